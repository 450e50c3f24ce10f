"""What an English article says happened: one example and more for each kind of event. The examples are our own."""

import pytest

from schemas.event import Mention
from streams.extract.en.reader import read
from tests.extract.en.article import english


def brief(mention: Mention) -> str:
    """A mention in one line: type, places, how many, sum, day or period."""
    amount = f"{mention.amount.value.normalize():f} {mention.amount.currency}" if mention.amount else "-"
    number = mention.projects if mention.projects is not None else mention.count
    period = f"{mention.period.start}..{mention.period.end}" if mention.period else "-"
    when = period if mention.type in ("statistic", "target") else str(mention.date)
    kind = mention.stage or mention.metric or mention.kind or "-"
    return f"{mention.type}/{kind} {'+'.join(mention.regions)} n={number} {amount} {when}"


EVENTS = [
    (
        "Taizhou in Jiangsu province signed 24 projects worth 13.6 billion yuan on Tuesday.",
        ["signing/contract CN-321200 n=24 13600000000 CNY 2023-06-13"],
    ),
    (
        "On June 12, 18 contracts with a total investment of 9.1 billion yuan were inked in Jinhua, Zhejiang province.",
        ["signing/contract CN-330700 n=18 9100000000 CNY 2023-06-12"],
    ),
    (
        "Companies put their names to 31 projects in Weifang, Shandong province, on Monday, 20.4 billion yuan in all.",
        ["signing/contract CN-370700 n=31 20400000000 CNY 2023-06-12"],
    ),
    (
        "Zigong, a city in Sichuan province, put pen to paper on 12 projects on June 13. The total "
        "investment is 6.6 billion yuan.",
        ["signing/contract CN-510300 n=12 6600000000 CNY 2023-06-13"],
    ),
    (
        "The city of Yichun in Jiangxi province took home 26 deals valued at RMB 11.2 billion on Wednesday.",
        ["signing/contract CN-360900 n=26 11200000000 CNY 2023-06-14"],
    ),
    (
        "Contracts for nine projects changed hands in Huzhou, Zhejiang province, yesterday. Together they "
        "stand for 4.3 billion yuan.",
        ["signing/contract CN-330500 n=9 4300000000 CNY 2023-06-14"],
    ),
    (
        "Forty projects worth 21 billion yuan were signed in Leshan, Sichuan, on Friday, next to three "
        "funds with a combined scale of 2.5 billion yuan.",
        [
            "signing/contract CN-511100 n=40 21000000000 CNY 2023-06-09",
            "signing/contract CN-511100 n=3 2500000000 CNY 2023-06-09",
        ],
    ),
    (
        "Letters of intent for seven projects, with an investment of 1.9 billion yuan, were signed in "
        "Anshan, Liaoning province, on Monday.",
        ["signing/intention CN-210300 n=7 1900000000 CNY 2023-06-12"],
    ),
    (
        "Changde in Hunan province and Sany Group signed a strategic cooperation framework agreement on "
        "Monday, under which Sany will invest 8 billion yuan.",
        ["signing/framework CN-430700 n=None 8000000000 CNY 2023-06-12"],
    ),
    (
        "Bosch has agreed to invest 1.2 billion yuan in a plant in Suzhou, Jiangsu province, the company "
        "said on Tuesday.",
        ["signing/contract CN-320500 n=1 1200000000 CNY 2023-06-13"],
    ),
    (
        "Siemens will spend 700 million yuan on a new factory in Mianyang, Sichuan province, it announced "
        "on Wednesday.",
        ["signing/contract CN-510700 n=1 700000000 CNY 2023-06-14"],
    ),
    (
        "Huangshi in Hubei province and Tongling in Anhui province jointly signed six projects worth 3 "
        "billion yuan on Monday.",
        ["signing/contract CN-420200+CN-340700 n=6 3000000000 CNY 2023-06-12"],
    ),
    (
        "The city of Putian in Fujian province and Xiamen University concluded a cooperation agreement on June 8.",
        ["agreement/- CN-350300 n=None - 2023-06-08"],
    ),
    (
        "The government of Ezhou, Hubei province, and SF Express signed a memorandum of understanding on "
        "logistics on Tuesday.",
        ["agreement/- CN-420700 n=None - 2023-06-13"],
    ),
    (
        "Ground was broken for 16 projects costing 7.7 billion yuan in Dezhou, Shandong province, on Thursday.",
        ["milestone/started CN-371400 n=16 7700000000 CNY 2023-06-15"],
    ),
    (
        "Construction of 35 key projects worth 18.3 billion yuan kicked off in Nanyang, Henan province, on June 10.",
        ["milestone/started CN-411300 n=35 18300000000 CNY 2023-06-10"],
    ),
    (
        "Work began in Xuancheng, Anhui province, on Monday on 11 factories; they will cost 5.2 billion yuan.",
        ["milestone/started CN-341800 n=11 5200000000 CNY 2023-06-12"],
    ),
    (
        "Twelve projects with a total investment of 4.8 billion yuan went into operation in Jining, "
        "Shandong province, on June 9.",
        ["milestone/operational CN-370800 n=12 4800000000 CNY 2023-06-09"],
    ),
    (
        "A battery plant of CALB, built for 5 billion yuan, was put into production in Xiamen, Fujian "
        "province, on Sunday.",
        ["milestone/operational CN-350200 n=1 5000000000 CNY 2023-06-11"],
    ),
    (
        "Eight projects were declared finished in Handan, Hebei province, on Tuesday. They took 2.4 billion yuan.",
        ["milestone/completed CN-130400 n=8 2400000000 CNY 2023-06-13"],
    ),
    (
        "The authorities of Hai Duong province, Vietnam, granted investment certificates to five projects "
        "worth US$310 million on Monday.",
        ["milestone/landed VN-61 n=5 310000000 USD 2023-06-12"],
    ),
    (
        "Baoding, Hebei province, held an investment promotion conference in Beijing on June 7.",
        ["activity/conference CN-130600 n=None - 2023-06-07"],
    ),
    (
        "A delegation of Wuhu, Anhui province, visited Seoul from June 5 to 9 to meet investors.",
        ["activity/delegation CN-340200 n=None - None"],
    ),
    (
        "Nanning in Guangxi took an investment roadshow to Singapore on Tuesday.",
        ["activity/roadshow CN-450100 n=None - 2023-06-13"],
    ),
    (
        "The Yiwu International Commodities Fair opened in Yiwu, Zhejiang province, on Friday.",
        ["activity/exhibition CN-330782 n=None - 2023-06-09"],
    ),
    (
        "So far this year Luohe in Henan province has signed 88 projects with a contracted investment of "
        "41 billion yuan.",
        ["statistic/projects_signed CN-411100 n=88 41000000000 CNY 2023-01-01..2023-06-15"],
    ),
    (
        "From January to May, Xiangtan in Hunan province introduced 57 projects of over 100 million yuan each.",
        ["statistic/projects_introduced CN-430300 n=57 - 2023-01-01..2023-05-31"],
    ),
    (
        "In the first quarter the city of Yingtan, Jiangxi province, started construction of 44 projects "
        "worth 15 billion yuan.",
        ["statistic/projects_started CN-360600 n=44 15000000000 CNY 2023-01-01..2023-03-31"],
    ),
    (
        "Last year Binzhou, Shandong province, used 310 million U.S. dollars of foreign capital.",
        ["statistic/foreign_investment CN-371600 n=None 310000000 USD 2022-01-01..2022-12-31"],
    ),
    (
        "Funds from outside the province in place in Tieling, Liaoning, reached 6.1 billion yuan from January to May.",
        ["statistic/investment_actual CN-211200 n=None 6100000000 CNY 2023-01-01..2023-05-31"],
    ),
    (
        "Since January the teams of Quzhou, Zhejiang province, have visited 214 companies.",
        ["statistic/enterprises_visited CN-330800 n=214 - 2023-01-01..2023-06-15"],
    ),
    (
        "In the first half of 2022 Jiaozuo in Henan province held 46 investment promotion activities.",
        ["statistic/activities_held CN-410800 n=46 - 2022-01-01..2022-06-30"],
    ),
    (
        "Suining in Sichuan province collected 163 project leads from January to April.",
        ["statistic/leads CN-510900 n=163 - 2023-01-01..2023-04-30"],
    ),
    (
        "At present 75 projects are under negotiation in Fushun, Liaoning province.",
        ["statistic/projects_negotiating CN-210400 n=75 - None..2023-06-15"],
    ),
    (
        "Guangyuan, Sichuan province, presented a list of 52 projects that are looking for investors.",
        ["statistic/projects_reserved CN-510800 n=52 - None..None"],
    ),
    (
        "Kunshan in Jiangsu province is home to 5,200 foreign-funded companies.",
        ["statistic/companies_registered CN-320583 n=5200 - None..2023-06-15"],
    ),
    (
        "Chuzhou in Anhui province aims to introduce 300 projects of over 100 million yuan each by the end of 2025.",
        ["target/projects_introduced CN-341100 n=300 - None..2025-12-31"],
    ),
    (
        "Yibin, Sichuan province, plans to build a power battery cluster of 200 billion yuan by 2025.",
        ["target/cluster_scale CN-511500 n=None 200000000000 CNY None..2025-12-31"],
    ),
    (
        "Taicang in Jiangsu province has set itself the goal of attracting 500 million dollars of foreign "
        "capital this year.",
        ["target/foreign_investment CN-320585 n=None 500000000 USD 2023-01-01..2023-12-31"],
    ),
    (
        "Sixty projects worth 30 billion yuan were signed in Xinyang, Henan province, on Monday. Of these,"
        " 12 exceed 1 billion yuan and the largest costs 5 billion yuan.",
        ["signing/contract CN-411500 n=60 30000000000 CNY 2023-06-12"],
    ),
    (
        "At a meeting in Guangzhou, Chenzhou of Hunan province signed 22 projects worth 10.5 billion yuan on June 8.",
        ["signing/contract CN-431000 n=22 10500000000 CNY 2023-06-08"],
    ),
    (
        "Zaozhuang in Shandong province signed 14 projects on Tuesday and started 17 others, with total "
        "investments of 6.2 billion yuan and 8.8 billion yuan respectively.",
        [
            "signing/contract CN-370400 n=14 6200000000 CNY 2023-06-13",
            "milestone/started CN-370400 n=17 8800000000 CNY 2023-06-13",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_event(text: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(english(text)).mentions] == expected
