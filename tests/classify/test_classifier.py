"""What is about regional investment and what is not: sentences written for these tests."""

from datetime import UTC, datetime

import pytest

from schemas.article import FeedRef, Language, RawArticle
from streams.classify.classifier import READ, classify
from streams.classify.lexicon import LexiconError, load_lexicon, parse_lexicon

NOW = datetime(2024, 5, 20, tzinfo=UTC)


def article(title: str, text: str, language: Language = "zh") -> RawArticle:
    return RawArticle(
        article_id="a1", revision=1, feed=FeedRef(name="test", url=""), url="", title=title, text=text,
        language=language, published=NOW, first_seen=NOW, fetched=NOW, content_hash="", fulltext=True,
    )  # fmt: skip


RELEVANT = (
    ("衢州签约32个项目", "5月18日,衢州市32个项目集中签约,总投资256亿元。"),
    ("衢州在上海举办推介会", "5月18日,衢州市投资环境推介会在上海举行,120家企业参加。"),
    ("某工厂投产", "5月18日,比亚迪衢州工厂竣工投产,项目总投资60亿元。"),
    ("衢州与央企合作", "5月18日,衢州市政府与中国电建集团签署战略合作框架协议。"),
    ("招商引资工作会议召开", "5月16日,全市招商引资工作会议召开,部署新一年任务。"),
    ("某公司终止项目", "某公司公告,终止与衢州市政府签署的30亿元电池项目投资协议。"),
    ("前4月利用外资增长", "1至4月,衢州市实际使用外资5.2亿美元,同比增长18%。"),
    ("代表团来访", "6月13日,香港经贸代表团走进东莞,考察营商投资环境。"),
    ("到2027年建成千亿级产业集群", "衢州经开区提出,到2027年新材料产业集群规模突破1000亿元。"),
    ("屏對屏簽約", "22日,19個產業項目集中簽約,總投資額150.4億元。"),
    ("旅游項(xiàng)目簽(qiān)約(yuē)", "五個(gè)旅游項(xiàng)目簽(qiān)約,投資(zī)三百二十億元。"),
)


@pytest.mark.parametrize(("title", "text"), RELEVANT, ids=[row[0] for row in RELEVANT])
def test_relevant(title: str, text: str) -> None:
    verdict = classify(article(title, text))
    assert verdict.relevant, verdict.reasons
    assert verdict.score >= load_lexicon("zh").threshold
    assert verdict.reasons


IRRELEVANT = (
    ("球队签约外援", "俱乐部宣布签约两名外援,转会费30万欧元,新赛季联赛下周开战。"),
    ("招聘会签约300人", "20日,春风行动专场招聘会举行,60家企业与求职者达成就业意向300余人。"),
    ("楼盘热销", "5月18日,某楼盘开盘,当天签约房源320套,商品房成交火爆。"),
    ("家庭医生签约", "全市家庭医生签约居民210万人,签约服务率达75%。"),
    ("公司中标大单", "某上市公司公告,与客户签订6亿元销售合同,占2021年营业收入的66%。"),
    ("一季度净利润45亿元", "某公司发布财报,实现营业收入1249亿元,归母净利润45.7亿元。"),
    ("银行授信200亿元", "某银行与企业签署银企战略合作协议,意向授信200亿元,发放贷款。"),
    ("非法集资案宣判", "被告人以投资项目为名非法集资,法院一审判处有期徒刑十年。"),
    ("外贸进出口增长", "前4月,全市进出口额210亿元,其中出口180亿元,贸易顺差扩大。"),
    ("离岛免税卖出27亿元", "春节假期,离岛免税购物金额27.2亿元,购物人次增长。"),
    ("专项债发行", "该省成功发行新增专项债券120亿元,用于市政项目。"),
    ("招标公告", "某工程总投资3200万元,现公开招标,投标人须于5月30日前递交投标文件。"),
    ("B轮融资", "某公司完成5亿元B轮融资,由某基金领投,估值30亿元。"),
    ("自贸协定升级", "两国签署自由贸易协定升级议定书,97%的产品将实现零关税。"),
    ("天气预报", "明天多云转晴,气温20至28度。"),
)


@pytest.mark.parametrize(("title", "text"), IRRELEVANT, ids=[row[0] for row in IRRELEVANT])
def test_irrelevant(title: str, text: str) -> None:
    verdict = classify(article(title, text))
    assert not verdict.relevant, verdict.reasons
    assert verdict.reasons


def test_a_language_without_lexicon_is_not_relevant_and_says_so() -> None:
    verdict = classify(article("東京で新工場", "東京で新工場を建設する", "other"))
    assert (verdict.relevant, verdict.reasons) == (False, ("language: other is not read",))


def test_nothing_said_is_not_relevant() -> None:
    assert classify(article("", "")).reasons == ("no cue",)


def test_the_title_weighs_more_than_the_body() -> None:
    words = "招商引资"
    filler = "字" * 300 + "。"
    title, body = classify(article(words, filler)), classify(article("题", filler + words))
    assert title.score > body.score > 0


def test_text_beyond_the_limit_is_not_looked_at() -> None:
    assert classify(article("题", "字" * READ + "招商引资")).score == 0


@pytest.mark.parametrize("text", ["\x00", "\ufffd" * 10, "İ签约İ", "签约" * 200_000, "a" * 2_000_000])
def test_any_string_gives_a_verdict(text: str) -> None:
    assert classify(article(text[:50], text)) is not None


BASE = {"threshold": 1.0, "boundaries": True, "lead": 10, "zones": {"title": 2.0, "lead": 1.5, "body": 1.0}}
CUE = {"kind": "signing", "weight": 2.0, "reason": "signed", "words": ["sign"]}
WRONG = (
    ({**CUE, "kind": "party"}, "kind"),
    ({**CUE, "weight": 0}, "weight"),
    ({**CUE, "words": []}, "words"),
    ({**CUE, "wrods": ["x"]}, "unknown keys"),
    ({**CUE, "near": ["("]}, "not a regex"),
    ({**CUE, "zones": ["foot"]}, "zones"),
)


@pytest.mark.parametrize(("cue", "said"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_cue_is_named(cue: dict[str, object], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        parse_lexicon({**BASE, "cue": [cue]})


def test_a_missing_key_is_named() -> None:
    with pytest.raises(LexiconError, match="threshold"):
        parse_lexicon({key: value for key, value in BASE.items() if key != "threshold"} | {"cue": [CUE]})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_packaged_lexicons_are_well_formed(language: str) -> None:
    assert load_lexicon(language).cues
