"""What looks like an event and is none."""

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief

NOTHING = {
    "a cancelled project": "衢州市政府与某公司协商一致,决定终止2021年签署的总投资30亿元的电池项目投资协议。",
    "a denied one": "针对网传某企业将投资50亿元落户衢州,衢州市招商局回应称消息不实,双方并未签约。",
    "a hope": "衢州市有关负责人表示,希望更多企业来衢投资,推动签约项目早开工、早投产。",
    "a ceremony to come": "衢州市将于6月28日举办招商推介会,届时将集中签约项目30个。",
    "an internal meeting": "5月16日,衢州市招商引资工作推进会议召开,会议要求抓好项目签约落地。",
    "a forum of advice": "5月16日,衢州市召开企业家座谈会,听取企业对优化营商环境的意见。",
    "a share that rose": "今年以来,衢州市签约项目履约率达92%,开工率达81%,同比提高6个百分点。",
    "a comparison": "衢州市招商工作持续向好,签约数比上年同期多12个。",
    "a project that should start": "衢州市将加快推进智能工厂项目开工建设,争取早日投产达效。",
    "a plant recalled": "自2019年3月1日投产以来,衢州市巨化化工基地累计生产产品80万吨。",
    "prizes": "衢州市兑现招商引资奖励资金9375万元。",
    "a loan": "衢州市某银行与企业签订贷款合同,授信额度20亿元。",
    "an order": "衢州市某公司与客户签订采购合同,合同金额6亿元。",
    "a fair not held yet": "第十届中国国际博览会将于11月5日在衢州开幕,已确定200家企业参展。",
    "the number of a fair": "衢州市已连续第23年参加该活动。",
    "people and places": "来自13个国家和地区的245位嘉宾来到衢州。",
    "a company's sales": "衢州市该项目达产后年产值可达120亿元,年纳税3亿元。",
    "jobs": "衢州市专场招聘会上,120家企业与求职者达成就业意向300余人。",
    "a rule of thumb": "衢州市坚持“一个项目、一名领导、一套班子”推进服务。",
    "a task list": "衢州市要求各县区对签约项目建档立卡、专班跟进。",
    "a related link": "衢州市天气晴好。\n相关阅读:\n·衢州市32个项目集中签约 总投资256亿元",
    "a byline": "衢州市天气晴好。\n(记者 签约 摄影 开工)  责任编辑:项目",
    "a population": "衢州市是拥有千万人口、万亿GDP的都市圈城市。",
    "a visit recalled": "此前,衢州市曾多次率队赴深圳考察招商。",
    "meetings counted": "近年来,衢州市先后组织多场专题培训。",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_no_event(text: str) -> None:
    assert [brief(mention) for mention in read(article("", text, "2024-05-20")).mentions] == []


PARTS = {
    "by size": "其中10亿元以上项目3个、亿元以上项目28个",
    "by industry": "其中工业项目27个,总投资200亿元",
    "by owner": "包括外资项目5个、民营项目20个",
    "by district": "其中龙游县8个项目、60亿元",
    "as named examples": "其中,某科技公司投资15亿元建设电子材料基地",
    "as a share": "10亿元以上项目3个,占签约总数的9.4%",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_a_breakdown_is_no_second_event(part: str) -> None:
    text = f"5月18日,衢州市32个项目集中签约,总投资256亿元。{part}。"
    assert [brief(mention) for mention in read(article("", text, "2024-05-20")).mentions] == [
        "signing contract CN-330800 n=32 256亿CNY 2024-05-18"
    ]


TITLES = ("衢州签约32个项目 总投资逾250亿元", "32个项目落户衢州", "衢州揽下256亿元大单", "衢州:256亿元!")


@pytest.mark.parametrize("title", TITLES)
def test_the_title_is_no_second_event(title: str) -> None:
    text = "5月18日,衢州市32个项目集中签约,总投资256亿元。"
    assert [brief(mention) for mention in read(article(title, text, "2024-05-20")).mentions] == [
        "signing contract CN-330800 n=32 256亿CNY 2024-05-18"
    ]
