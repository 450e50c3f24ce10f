"""One happening in many phrasings: how local-government news says that something was signed, built or counted."""

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief

SIGNED = (
    "32个项目集中签约,总投资256亿元",
    "一口气签下32个项目,总投资256亿元",
    "32个重大项目签了约,投资总额256亿元",
    "签约项目32个,签约总额256亿元",
    "现场签约重点产业项目32个,协议总投资256亿元",
    "达成签约项目32个,计划投资总额256亿元",
    "32个项目同台落笔,总金额256亿元",
    "32个招商引资项目先后签下合同,总金额256亿元",
    "共敲定项目32个,合同投资256亿元",
    "揽下32个项目,引资256亿元",
    "总投资256亿元的32个项目正式签约",
    "三十二个项目成功签约,总投资二百五十六亿元",
    "32个项目云签约,总投资额256亿元",
    "收获签约项目32个,投资额256亿元",
    "集中签约32个产业项目,投资总额达256亿元人民币(约合36亿美元)",
    "32个项目完成签约。总投资256亿元",
    "签订32个投资项目,投资额256亿元",
    "32个重大项目签约落户,总投资256亿元",
)


@pytest.mark.parametrize("words", SIGNED)
def test_signed(words: str) -> None:
    told = [brief(mention) for mention in read(article("", f"5月18日,衢州市{words}。", "2024-05-20")).mentions]
    assert told == ["signing contract CN-330800 n=32 256亿CNY 2024-05-18"]


BUILT = (
    ("21个项目集中开工,总投资88亿元", "started"),
    ("集中开工21个重大项目,总投资88亿元", "started"),
    ("21个项目破土动工,总投资88亿元", "started"),
    ("21个重点项目奠基,总投资88亿元", "started"),
    ("21个项目竣工,总投资88亿元", "completed"),
    ("21个项目建成投产,总投资88亿元", "operational"),
    ("21个产业项目竣工投产,总投资88亿元", "operational"),
    ("21个项目点火投运,总投资88亿元", "operational"),
)


@pytest.mark.parametrize(("words", "stage"), BUILT)
def test_built(words: str, stage: str) -> None:
    told = [brief(mention) for mention in read(article("", f"5月18日,衢州市{words}。", "2024-05-20")).mentions]
    assert told == [f"milestone {stage} CN-330800 n=21 88亿CNY 2024-05-18"]


COUNTED = (
    ("今年以来,衢州市新签约项目120个", "projects_signed", "n=120 2024-01-01..2024-05-20"),
    ("1—4月,衢州市累计签约项目120个,协议投资800亿元", "projects_signed", "n=120 800亿CNY 2024-01-01..2024-04-30"),
    ("截至目前,衢州市已签约项目120个", "projects_signed", "n=120 ..2024-05-20"),
    ("一季度,衢州市新引进亿元以上项目36个", "projects_introduced", "n=36 each=>1亿CNY 2024-01-01..2024-03-31"),
    ("今年以来,衢州市新落地项目64个", "projects_introduced", "n=64 2024-01-01..2024-05-20"),
    ("前4个月,衢州市新开工项目51个", "projects_started", "n=51 2024-01-01..2024-04-30"),
    ("去年,衢州市竣工项目77个", "projects_completed", "n=77 2023-01-01..2023-12-31"),
    ("2023年,衢州市投产项目77个", "projects_completed", "n=77 2023-01-01..2023-12-31"),
    ("目前,衢州市在谈项目213个", "projects_negotiating", "n=213 ..2024-05-20"),
    ("今年以来,衢州市走访企业860余家", "enterprises_visited", "c=>860 2024-01-01..2024-05-20"),
    ("今年以来,衢州市举办招商推介会15场", "activities_held", "c=15 2024-01-01..2024-05-20"),
    ("今年以来,衢州市收集项目线索230余条", "leads", "c=>230 2024-01-01..2024-05-20"),
    ("2018年以来,衢州市新注册外资企业1026家", "companies_registered", "c=1026 2018-01-01..2024-05-20"),
    ("1至4月,衢州市招商引资到位资金412亿元", "investment_actual", "412亿CNY 2024-01-01..2024-04-30"),
    ("上半年,衢州市实际使用外资5.2亿美元", "foreign_investment", "5.2亿USD 2024-01-01..2024-06-30"),
    ("过去三年,衢州市累计签约项目300余个", "projects_signed", "n=>300 ..2024-05-20"),
    ("2021-2023年,衢州市累计签约项目300个", "projects_signed", "n=300 2021-01-01..2023-12-31"),
    ("衢州市谋划储备项目140个,总投资900亿元", "projects_reserved", "n=140 900亿CNY .."),
)


@pytest.mark.parametrize(("words", "metric", "rest"), COUNTED)
def test_counted(words: str, metric: str, rest: str) -> None:
    told = [brief(mention) for mention in read(article("", f"{words}。", "2024-05-20")).mentions]
    assert told == [f"statistic {metric} CN-330800 {rest}"]


AIMED = (
    ("今年,衢州市力争签约项目150个以上", "projects_signed", "n=>150 2024-01-01..2024-12-31"),
    ("衢州市今年引进内资到位资金目标为40亿元", "investment_actual", "40亿CNY 2024-01-01..2024-12-31"),
    ("到2027年,衢州市新材料产业规模要超过1000亿元", "cluster_scale", ">1000亿CNY ..2027-12-31"),
    ("衢州市提出打造千亿级新材料产业集群", "cluster_scale", "1000亿CNY .."),
    ("到2025年,衢州市电子信息产业产值突破500亿元", "output_value", ">500亿CNY ..2025-12-31"),
    ("今年,衢州市计划新开工亿元以上项目80个", "projects_started", "n=80 each=>1亿CNY 2024-01-01..2024-12-31"),
    ("2024年,衢州市确保实际使用外资3亿美元", "foreign_investment", "3亿USD 2024-01-01..2024-12-31"),
)


@pytest.mark.parametrize(("words", "metric", "rest"), AIMED)
def test_aimed_at(words: str, metric: str, rest: str) -> None:
    told = [brief(mention) for mention in read(article("", f"{words}。", "2024-05-20")).mentions]
    assert told == [f"target {metric} CN-330800 {rest}"]


HELD = (
    ("衢州市在上海举办招商推介会", "conference CN-330800 at=CN-310000"),
    ("衢州市投资环境说明会在上海举行", "conference CN-330800 at=CN-310000"),
    ("衢州市举行产业项目路演", "roadshow CN-330800"),
    ("首届衢州发展大会隆重开幕", "conference CN-330800"),
    ("衢州市委书记率队赴上海考察招商", "delegation CN-330800 at=CN-310000"),
    ("衢州市经贸代表团赴上海开展招商考察", "delegation CN-330800 at=CN-310000"),
    ("衢州市在上海召开新材料产业合作恳谈会", "conference CN-330800 at=CN-310000"),
)


@pytest.mark.parametrize(("words", "rest"), HELD)
def test_held(words: str, rest: str) -> None:
    told = [brief(mention) for mention in read(article("", f"5月18日,{words}。", "2024-05-20")).mentions]
    assert told == [f"activity {rest} 2024-05-18"]


DEALS = (
    ("衢州市政府与华友集团签署战略合作协议", "agreement CN-330800"),
    ("衢州市政府与华友集团签署合作备忘录", "agreement CN-330800"),
    (
        "衢州市政府与华友集团签订战略合作框架协议,计划投资80亿元建设电池材料基地",
        "signing framework CN-330800 n=1 80亿CNY",
    ),
    ("衢州市政府与华友集团签署投资意向书,拟投资8亿元建设电池材料基地", "signing intention CN-330800 n=1 8亿CNY"),
    ("华友集团与衢州市政府签订投资协议,将投资80亿元建设电池材料基地", "signing contract CN-330800 n=1 80亿CNY"),
    ("总投资80亿元的华友电池材料基地项目签约落户衢州市", "signing contract CN-330800 n=1 80亿CNY"),
    ("华友电池材料基地项目在衢州市开工,总投资80亿元", "milestone started CN-330800 n=1 80亿CNY"),
    ("华友电池材料基地在衢州市竣工投产,总投资80亿元", "milestone operational CN-330800 n=1 80亿CNY"),
)


@pytest.mark.parametrize(("words", "rest"), DEALS)
def test_single_deals(words: str, rest: str) -> None:
    told = [brief(mention) for mention in read(article("", f"5月18日,{words}。", "2024-05-20")).mentions]
    assert told == [f"{rest} 2024-05-18"]
