"""The same happenings in many words: an example of each family of verbs and nouns. The examples are our own."""

import pytest

from streams.classify.classifier import classify
from streams.extract.en.reader import read
from tests.extract.en.article import english
from tests.extract.en.test_events import brief

SIGNINGS = [
    (
        "Contracts were exchanged for a 2.3-billion-yuan pharmaceutical park in Lianyungang on June 9.",
        "signing/contract CN-320700 n=1 2300000000 CNY 2023-06-09",
    ),
    (
        "Langfang clinched agreements for two dozen undertakings on Thursday, outlays put at 9.7 billion yuan.",
        "signing/contract CN-131000 n=24 9700000000 CNY 2023-06-15",
    ),
    (
        "Guangxi's Baise city saw 21 projects sealed at a ceremony in Shenzhen on Friday, involving 13.2 billion yuan.",
        "signing/contract CN-451000 n=21 13200000000 CNY 2023-06-09",
    ),
    (
        "Foxconn said on Tuesday it would sink $500 million into two factories in Telangana, India.",
        "signing/contract IN-TS n=2 500000000 USD 2023-06-13",
    ),
    (
        "BASF pours another $10 billion into its Zhanjiang complex, the company said on June 14.",
        "signing/contract CN-440800 n=1 10000000000 USD 2023-06-14",
    ),
    (
        "A maker of winches agreed on June 13 to locate a 150-million-yuan works in Zhoushan.",
        "signing/contract CN-330900 n=1 150000000 CNY 2023-06-13",
    ),
    (
        "Eleven projects were signed at the intention level in Yulin, Guangxi, on June 12, 3.4 billion yuan in all.",
        "signing/intention CN-450900 n=11 3400000000 CNY 2023-06-12",
    ),
]
MILESTONES = [
    (
        "Dongfang Electric fired up a 900-million-yuan turbine workshop in Deyang, Sichuan, on Wednesday.",
        "milestone/operational CN-510600 n=1 900000000 CNY 2023-06-14",
    ),
    (
        "Piling began for an 80-million-yuan rope works in Weihai on June 12.",
        "milestone/started CN-371000 n=1 80000000 CNY 2023-06-12",
    ),
    (
        "The finishing touches were put to a 600-million-yuan cold store in Zhanjiang on June 10.",
        "milestone/completed CN-440800 n=1 600000000 CNY 2023-06-10",
    ),
    (
        "Work on a 700-million-yuan kiln drew to a close in Foshan on June 10.",
        "milestone/completed CN-440600 n=1 700000000 CNY 2023-06-10",
    ),
    (
        "A yeast plant swung into production in Chifeng on June 9.",
        "milestone/operational CN-150400 n=1 - 2023-06-09",
    ),
    (
        "A drone company was formally established in Zhuhai on June 7.",
        "milestone/landed CN-440400 n=1 - 2023-06-07",
    ),
    (
        "A base of 2 billion yuan for bamboo fibre was completed in Yibin, Sichuan, on June 10.",
        "milestone/completed CN-511500 n=1 2000000000 CNY 2023-06-10",
    ),
]
OTHERS = [
    (
        "The Jiujiang municipal government and Chery joined forces under a strategic pact inked on June 10.",
        "agreement/- CN-360400 n=None - 2023-06-10",
    ),
    (
        "Korean businessmen paid a study visit to Yantai on June 8.",
        "activity/delegation CN-370600 n=None - 2023-06-08",
    ),
    (
        "A group of officials from Anshun called on drug makers in Shanghai on June 8.",
        "activity/delegation CN-520400 n=None - 2023-06-08",
    ),
    (
        "Shanghai hosted Huangshan's investment invitation meeting on June 8.",
        "activity/conference CN-341000 n=None - 2023-06-08",
    ),
    (
        "A lantern fair threw open its gates in Zigong on June 8.",
        "activity/exhibition CN-510300 n=None - 2023-06-08",
    ),
    (
        "Yibin wants its power battery industry to top 200 billion yuan by 2027.",
        "target/cluster_scale CN-511500 n=None 200000000000 CNY None..2027-12-31",
    ),
    (
        "Investment leads collected by Ganzhou came to 820 in the first quarter.",
        "statistic/leads CN-360700 n=820 - 2023-01-01..2023-03-31",
    ),
    (
        "Loudi is haggling over 17 projects at this stage.",
        "statistic/projects_negotiating CN-431300 n=17 - None..2023-06-15",
    ),
    (
        "Changchun got 132 projects under way in the first five months.",
        "statistic/projects_started CN-220100 n=132 - 2023-01-01..2023-05-31",
    ),
    (
        "Handan has won over 140 projects in the first quarter.",
        "statistic/projects_introduced CN-130400 n=140 - 2023-01-01..2023-03-31",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIGNINGS + MILESTONES + OTHERS)
def test_other_words_for_the_same(text: str, expected: str) -> None:
    article = english(text)
    assert [brief(mention) for mention in read(article).mentions] == [expected]
    assert classify(article).relevant


@pytest.mark.parametrize(
    "text",
    [
        "A volleyball team in Fuzhou signed a spiker for 2 million yuan.",
        "A software company from Shenzhen has secured 600 million yuan in new funding from investors.",
        "A trader in Wuxi signed a loan agreement worth 300 million yuan.",
        "The Qiannan trade fair, to be staged in September, is now being prepared.",
        "The factory in Meishan is expected to make 50,000 tons a year and sell 4 billion yuan worth.",
    ],
)
def test_no_event_of_a_region(text: str) -> None:
    assert read(english(text)).mentions == ()


def test_the_sum_of_one_place_is_not_that_of_another() -> None:
    text = (
        "A delegation of Honghe Prefecture, Yunnan province, visited Guangdong. The city of Kaiyuan signed a "
        "cooperation agreement with Lingnan Exchange. In Dongguan, the city of Mile signed a contract for one project "
        "with an "
        "investment of 1.2 billion yuan."
    )
    told = [(m.type, m.regions, m.amount and m.amount.value) for m in read(english(text)).mentions]
    assert ("agreement", ("CN-532502",), None) in told
    assert [regions for kind, regions, _ in told if kind == "signing"] == [("CN-532504",)]


def test_numbers_of_a_list_are_no_counts() -> None:
    text = "Lanzhou signed 46 projects on June 12. By district: 1. Qilihe District, 8; 2. Xigu District, 4."
    assert [m.projects for m in read(english(text)).mentions] == [46]
