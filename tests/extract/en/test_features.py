"""What long articles bring with them: background, aims beside results, trips, fairs abroad, money by its country."""

import pytest

from streams.extract.en.reader import read
from tests.extract.en.article import english
from tests.extract.en.test_events import brief

MONEY = [
    (
        "Tangier gets a seat plant",
        "Rheintal signed a contract with Morocco on June 13 to invest 400 million dirhams in a plant in Morocco.",
        ["signing/contract MA-01 n=1 400000000 MAD 2023-06-13"],
    ),
    (
        "A cable works for Dubai",
        "Rheintal signed a contract in the United Arab Emirates on June 13 to invest 400 million "
        "dirhams in a plant there.",
        ["signing/contract AE-DU n=1 400000000 AED 2023-06-13"],
    ),
    (
        "Nuevo Leon gets a parts plant",
        "Rheintal signed a contract with Nuevo Leon, Mexico, on June 13 to invest 2.4 billion pesos in a plant there.",
        ["signing/contract MX-NLE n=1 2400000000 MXN 2023-06-13"],
    ),
]
AGREED = [
    (
        "Luoyang in figures",
        "In the first quarter the city signed contracts for 52 projects, and the contracted funds "
        "reached 30.1 billion yuan.",
        ["statistic/projects_signed CN-410300 n=52 30100000000 CNY 2023-01-01..2023-03-31"],
    ),
    (
        "Anji County in figures",
        "From January to May our county concluded 22 contracts; the agreed funds came to 3.1 billion yuan.",
        ["statistic/projects_signed CN-330523 n=22 3100000000 CNY 2023-01-01..2023-05-31"],
    ),
    ("Luoyang in figures", "Nine projects were struck off the list last year, the official said.", []),
    ("Luoyang in figures", "Of last year's contracts, 14 have been removed from the register.", []),
]
AIMS = [
    (
        "Weinan's year so far",
        "Foreign capital is scarce: 22 million US dollars were received from January to May, and the year's task of 60 "
        "million has to be caught up by the end of December.",
        [
            "statistic/foreign_investment CN-610500 n=None 22000000 USD 2023-01-01..2023-05-31",
            "target/foreign_investment CN-610500 n=None 60000000 USD 2023-01-01..2023-12-31",
        ],
    ),
]
TRIPS = [
    (
        "Jiujiang's investment promotion",
        "The mayor led teams to go out to attract business for 11 times this year; they went to Shenzhen, Hangzhou and "
        "Xiamen.",
        ["statistic/activities_held CN-360400 n=11 - 2023-01-01..2023-06-15"],
    ),
    (
        "Karamay seeks investment",
        "The city's answer is a trade delegation sent out every week. It signed 12 projects on June 13.",
        ["signing/contract CN-650200 n=12 - 2023-06-13"],
    ),
    (
        "Jinhua delegation in Germany",
        "For immediate use.\n\nHANNOVER/STUTTGART -- On June 12, the opening day of the Hannover Messe, "
        "the city held an "
        "investment promotion conference on the fairground.",
        ["activity/conference CN-330700 n=None - 2023-06-12", "activity/exhibition DE-NI n=None - None"],
    ),
    (
        "Ceramics of Tangshan",
        "The second Hebei Tangshan International Ceramics Fair opened on June 13.",
        ["activity/exhibition CN-130200 n=None - 2023-06-13"],
    ),
]
BACKGROUND = [
    (
        "Dalian and Japan",
        "Some 26 Japanese-funded companies work in Dalian now.",
        ["statistic/companies_registered CN-210200 n=26 - None..2023-06-15"],
    ),
    (
        "Linfen's new materials",
        "Under an agreement with a university an institute with 70 researchers was opened in Linfen. On "
        "June 13 the city "
        "signed 12 projects.",
        ["signing/contract CN-141000 n=12 - 2023-06-13"],
    ),
    (
        "Chengdu news",
        "Two years after it was signed, Tongwei's 5-billion-yuan plant in Jintang county has begun to ship wafers.",
        ["milestone/operational CN-510121 n=1 5000000000 CNY None"],
    ),
    (
        "A zone at Ain Sokhna in Egypt",
        "The zone in Suez governorate, Egypt, is run by a company of the Tianjin Economic-Technological "
        "Development Area. "
        "It has so far attracted 85 enterprises.",
        ["statistic/companies_registered EG-SUZ n=85 - None..2023-06-15"],
    ),
]
SITES = [
    (
        "Huaibei now sells alloys",
        "A base for the new alloy was laid out on 4 square kilometres of Suixi county in 2016.\n\n"
        "On June 12 seven projects broke ground at the base. They will cost 3 billion yuan.\n\n"
        "The commission expects the base to produce goods worth 10 billion yuan in 2025.",
        [
            "milestone/started CN-340621 n=7 3000000000 CNY 2023-06-12",
            "target/output_value CN-340621 n=None 10000000000 CNY 2025-01-01..2025-12-31",
        ],
    ),
    (
        "What Harbin has to show",
        "The twinning has brought the Dawan Industrial Park, on 20 square kilometers of Songbei district. As of "
        "June 1, 186 companies had registered in the park.",
        ["statistic/companies_registered CN-230109 n=186 - None..2023-06-01"],
    ),
    (
        "Zhuzhou's engines",
        "A park for aircraft engines has grown up in Lusong district. The mayor was there.\n\n"
        "On June 12 the city signed 12 contracts worth 5 billion yuan in Shanghai.",
        ["signing/contract CN-430200 n=12 5000000000 CNY 2023-06-12"],
    ),
]
ALL = [*SITES, *MONEY, *AGREED, *AIMS, *TRIPS, *BACKGROUND]


@pytest.mark.parametrize(("title", "text", "expected"), ALL, ids=[text[:50] for _, text, _ in ALL])
def test_feature(title: str, text: str, expected: list[str]) -> None:
    assert sorted(brief(mention) for mention in read(english(text, title)).mentions) == sorted(expected)
