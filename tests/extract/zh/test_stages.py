"""Stages of single projects and figures that hang on an earlier sentence, each in words of its own."""

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief

ONE_PROJECT = (
    ("5月18日,随着按钮按下,江山市贝林电气的12条生产线同时转动起来,这座工厂就此投产。", "operational CN-330881 n=1"),
    ("5月18日,总投资6亿元的竹材分解线在安吉县正式投产。", "operational CN-330523 n=1 6亿CNY"),
    ("历时19个月建设,伊利投资9亿元的临颍县奶粉工厂18日出了第一罐奶粉。", "operational CN-411122 n=1 9亿CNY"),
    ("5月18日,大姚县平地风电场首台风机并入电网。", "operational CN-532326 n=1"),
    ("5月18日,首块玻璃在凤阳县光伏玻璃基地的产线上走下来,项目正式点火投产。", "operational CN-341126 n=1"),
    ("5月18日,鱼台县人民政府向利民集团颁发投资许可证,批准其建设氯碱项目。", "landed CN-370827 n=1"),
    ("5月18日通车的遂昌县疏港公路大桥,把两岸连在了一起。", "operational CN-331123 n=1"),
)


@pytest.mark.parametrize(("text", "told"), ONE_PROJECT)
def test_one_project(text: str, told: str) -> None:
    assert [brief(one) for one in read(article("", text, "2024-05-20")).mentions] == [f"milestone {told} 2024-05-18"]


NO_STAGE = (
    "5月18日,衢州市储能电池项目厂房主体封顶,施工现场一片繁忙。",
    "5月18日,衢州市出台《工业项目“拿地即开工”实施细则》。",
    "5月18日,曲靖市麒麟区组件项目首台设备搬入仪式举行。",
    "5月18日,丽水机场高速连接线通车在即。",
)


@pytest.mark.parametrize("text", NO_STAGE)
def test_no_stage(text: str) -> None:
    assert [brief(one) for one in read(article("", text, "2024-05-20")).mentions] == []


def test_sums_of_a_sentence_go_to_their_own_stage() -> None:
    text = "5月18日,江山市喜事连连:东方叶片厂正式投产,投资3亿元;金风总装基地破土,投资6亿元。"
    assert [brief(one) for one in read(article("", text, "2024-05-20")).mentions] == [
        "milestone operational CN-330881 n=1 3亿CNY 2024-05-18",
        "milestone started CN-330881 n=1 6亿CNY 2024-05-18",
    ]


def test_a_stage_told_with_a_month_has_no_day() -> None:
    text = "5月18日,江山市光伏组件工厂二期开工,投资6亿元。去年6月,工厂一期建成投产。"
    told = [brief(one) for one in read(article("", text, "2024-05-20")).mentions]
    assert "milestone operational CN-330881 n=1" in told


COUNTED_LATER = (
    (
        "衢州市举行二季度项目集中签约仪式。15个项目总投资58亿元,最大的一个投资12亿元。",
        "signing contract",
        "n=15 58亿CNY",
    ),
    ("衢州市集中签约活动举行。\n19个产业项目集体亮相,计划投资92亿元。", "signing contract", "n=19 92亿CNY"),
    ("衢州市同3家企业签订购地合同。三个项目都做汽车零部件,预计总投资约4亿元。", "signing contract", "n=3 ~4亿CNY"),
    ("衢州市重大项目集中开工。23个项目一字排开,总投资140亿元。", "milestone started", "n=23 140亿CNY"),
)


@pytest.mark.parametrize(("text", "kind", "figures"), COUNTED_LATER)
def test_counted_later(text: str, kind: str, figures: str) -> None:
    told = [brief(one) for one in read(article("", f"5月18日,{text}", "2024-05-20")).mentions]
    assert told == [f"{kind} CN-330800 {figures} 2024-05-18"]


def test_a_plan_announces_nothing() -> None:
    text = "衢州市将举行项目集中签约仪式。15个项目总投资58亿元,目前都在洽谈。"
    assert not [one for one in read(article("", text, "2024-05-20")).mentions if one.type == "signing"]


SUMS = (
    (
        "衢州市与三家企业分别签下仓储项目,投资额依次为8亿元、12亿元和6亿元,共26亿元。",
        "signing contract CN-330800 26亿CNY 2024-05-18",
    ),
    (
        "衢州市与国轩签约,后者将建设电池产业园,首期投入52亿元,全部建成需投资100亿元。",
        "signing contract CN-330800 n=1 100亿CNY 2024-05-18",
    ),
    ("45亿元!年产20万台电机项目在衢州市签约。", "signing contract CN-330800 n=1 45亿CNY 2024-05-18"),
    (
        "衢州市同大庄签下协议,对方拿出4亿元建厂。同天落笔的还有两个项目。三个项目加在一起是8亿元。",
        "signing contract CN-330800 n=3 8亿CNY 2024-05-18",
    ),
    (
        "衢州市的丙烷装置打通全流程,产出合格丙烯。这套装置投资48亿元。",
        "milestone operational CN-330800 n=1 48亿CNY 2024-05-18",
    ),
)


@pytest.mark.parametrize(("text", "event"), SUMS)
def test_the_whole_sum(text: str, event: str) -> None:
    told = [brief(one) for one in read(article("", f"5月18日,{text}", "2024-05-20")).mentions]
    assert told == [event]
