"""What is told and did not happen, and what hangs on a batch or beside it; every text in words of its own."""

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief


def told(text: str, title: str = "") -> list[str]:
    return [brief(one) for one in read(article(title, text, "2024-05-20")).mentions]


NOTHING = {
    "supposed": "“假如一个县一年签下一百个项目,衢州市的服务跟得上吗?”5月18日,有委员问。",
    "a rumour": "近日,有网民发帖称“衢州市与某芯片巨头签下300亿元大单”,衢州市商务局称没有此事。",
    "came to nothing": "5月18日的恳谈结束后,衢州市原定签约的4个项目因条件没谈拢,一个都没签成。",
    "cancelled later": (
        "2020年,某光伏企业与江山市签约,计划投资18亿元建切片厂。受行业波动影响,双方于今年1月协商终止了该项目合作。"
    ),
    "taken back by the zone": (
        "2014年,某电子公司与武义县签约,计划投资3亿元建厂。5月18日,管委会依约解除与该公司的投资协议。"
    ),
    "cleared": "今年以来,河池市累计清退低效项目12个,涉及协议投资21亿元。",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_no_event(text: str) -> None:
    assert told(text) == []


def test_a_cancelling_of_others_leaves_a_deal() -> None:
    text = "5月18日,浙大网新与衢州市签约,投资3亿元建设产业园。去年,市里清理并解除了3个项目的合同。"
    assert told(text) == ["signing contract CN-330800 n=1 3亿CNY 2024-05-18"]


def test_the_corrected_figure_counts() -> None:
    text = "本报5月16日刊发的《江山签约12个项目》一文有误,江山市5月15日签约的项目应为2个,总投资3亿元,特此更正。"
    assert told(text) == ["signing contract CN-330881 n=2 3亿CNY 2024-05-15"]


ORDINALS = (
    (
        "5月18日,隔膜项目在长兴县签约,这是该县今年签下的第50个亿元以上项目。",
        "statistic projects_signed CN-330522 n=50 each=>1亿CNY 2024-01-01..2024-05-20",
    ),
    (
        "5月18日,今年嵊泗县第7家新投产企业举行开业典礼。",
        "statistic projects_completed CN-330922 c=7 2024-01-01..2024-05-20",
    ),
)


@pytest.mark.parametrize(("text", "statistic"), ORDINALS)
def test_an_ordinal_counts(text: str, statistic: str) -> None:
    assert statistic in told(text)


@pytest.mark.parametrize(
    "text", ["5月18日,磐安县第12个院士工作站揭牌。", "5月18日,武义县举行今年第三次集中签约,9个项目总投资31亿元。"]
)
def test_an_ordinal_of_other_things_does_not(text: str) -> None:
    assert not [one for one in told(text) if one.startswith("statistic")]


BESIDE = (
    (
        "5月18日,衢州市签约项目14个,总投资35亿元;同时,设立规模10亿元的产业母基金。",
        ["signing contract CN-330800 n=14 35亿CNY 2024-05-18", "signing contract CN-330800 n=1 10亿CNY 2024-05-18"],
    ),
    (
        "5月18日,衢州市签订正式合同8个,投资额46亿元;意向书5份,对应5个项目。",
        ["signing contract CN-330800 n=8 46亿CNY 2024-05-18", "signing intention CN-330800 n=5 2024-05-18"],
    ),
    (
        "5月18日,衢州市与多家企业签订合作协议8项,其中投资项目5个,总投资11亿元。",
        ["signing contract CN-330800 n=5 11亿CNY 2024-05-18"],
    ),
    (
        "5月18日,衢州市签约项目12个,总投资98亿元。签约方里,有一家公司的发动机项目,投资1亿欧元。",
        ["signing contract CN-330800 n=12 98亿CNY 2024-05-18"],
    ),
)


@pytest.mark.parametrize(("text", "events"), BESIDE)
def test_beside_a_batch_or_within_it(text: str, events: list[str]) -> None:
    assert told(text) == events


def test_two_projects_of_one_stage_are_two() -> None:
    text = "5月18日,投资25亿元的疏港铁路在曹妃甸区通车运营。\n当天,一家铸件企业外迁的新厂在曹妃甸区点火投产。"
    assert told(text) == [
        "milestone operational CN-130209 n=1 25亿CNY 2024-05-18",
        "milestone operational CN-130209 n=1 2024-05-18",
    ]


def test_one_project_told_again_is_one() -> None:
    text = "5月18日,投资52亿元的东立光伏多晶硅项目在海勃湾区开工建设。\n市长宣布东立项目开工。"
    assert told(text) == ["milestone started CN-150302 n=1 52亿CNY 2024-05-18"]


RECALLED = (
    "5月18日,衢州市储能工厂投产。去年8月23日,衢州市与某企业签下这个项目时,这里还是荒地。",
    "5月18日,衢州市储能工厂投产。有关协议去年8月23日已在深圳签署。",
)


@pytest.mark.parametrize("text", RECALLED)
def test_a_deal_recalled_with_its_day(text: str) -> None:
    assert "signing contract CN-330800 n=1 2023-08-23" in told(text)


def test_a_happening_of_this_week_has_no_day() -> None:
    assert told("衢州市经济开发区本周新签两个项目,投资额合计6亿元。") == ["signing contract CN-330800 n=2 6亿CNY"]
