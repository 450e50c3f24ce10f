"""Lines, sentences and clauses; page furniture."""

import pytest

from streams.extract.zh.layout import find_lines

FURNITURE = (
    "当前位置:首页 > 招商动态    发布时间:2017-03-13",
    "[打印] [关闭]    声明:本网转载内容仅供参考", "责任编辑:周蕴",
    "(记者 陆清)  责任编辑:周蕴", "上一篇:秋粮收购全面展开    下一篇:故黄河两岸添新绿", "字号:T|T",
    "2023年2月14日",
    "首页 | 政务公开 | 办事服务 | 互动交流",
    "苏ICP备0500XXXX号  新闻热线:0516-8580XXXX", "分享: 微信 微博    打印 关闭",
    "▲点击图片查看更多 | 分享到朋友圈", "图为签约仪式现场。(主办方供图)",
    "版权声明:凡注明本网原创的作品,转载请注明出处。",
    "来源:苏州市商务局  发布日期:2025-04-27  字号:大 中 小  打印 关闭", "2024-03-20 10:27  来源:喀什融媒  作者:阿力木",
)  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_makes_no_event(line: str) -> None:
    text = f"标题\n{line}\n5月18日,32个项目签约。"
    kinds = [one.kind for one in find_lines(text, 2)]
    assert kinds[0] == "title"
    assert kinds[1] in ("chrome", "source")
    assert kinds[2] == "body"


STORY = (
    "5月18日,32个项目集中签约,总投资256亿元。(记者 陆清)",
    "活动现场,来源于12个国家的客商参加。",
    "签约:31个重点项目,总投资逾100亿元;",
)


@pytest.mark.parametrize("line", STORY)
def test_the_story_is_read(line: str) -> None:
    assert [one.kind for one in find_lines(f"标题\n{line}", 2)] == ["title", "body"]


def test_clauses_do_not_cut_numbers() -> None:
    (line,) = find_lines("签约1,234个项目,总投资10:30公布,共3个", -1)
    text = "签约1,234个项目,总投资10:30公布,共3个"
    assert [text[one.start : one.end] for one in line.sentences[0].clauses] == [
        "签约1,234个项目",
        "总投资10:30公布",
        "共3个",
    ]


def test_a_dateline_is_no_part_of_the_story() -> None:
    text = "杭州4月24日电(记者 白羽)内蒙古签下108个项目。"
    (line,) = find_lines(text, -1)
    assert text[line.told :].startswith("内蒙古")


def test_a_list_hangs_on_the_line_above() -> None:
    text = "6月27日,开州区办成三件事——\n签约:31个重点项目;\n开工:26个重点项目。"
    assert [one.context for one in find_lines(text, -1)] == [0, 0, 0]
