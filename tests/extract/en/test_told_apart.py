"""Deals told over several clauses or sentences: whose sum and count, which step, what is taken back. Own examples."""

import pytest

from streams.extract.en.reader import read
from tests.extract.en.article import english
from tests.extract.en.test_events import brief

SUMS_TOLD_LATER = [
    (
        "At a ceremony in Luohe on Tuesday, 14 companies inked project contracts. The deals carry planned spending of "
        "5.3 billion yuan.",
        ["signing/contract CN-411100 n=None 5300000000 CNY 2023-06-13"],
    ),
    (
        "Contracts for 3.3 billion yuan were signed in Jiujiang on June 12. They concern seven projects, "
        "mostly in textiles.",
        ["signing/contract CN-360400 n=7 3300000000 CNY 2023-06-12"],
    ),
    (
        "Zaozhuang broke ground on June 12 for 35 projects. The biggest, a battery plant, costs 20 billion "
        "yuan; the whole "
        "batch comes to 61.4 billion yuan.",
        ["milestone/started CN-370400 n=35 61400000000 CNY 2023-06-12"],
    ),
    (
        "Contracts for three projects changed hands in Heyuan on June 12: a 1.1-billion-yuan casing plant, a "
        "600-million-yuan tile plant and a 300-million-yuan warehouse.",
        ["signing/contract CN-441600 n=3 2000000000 CNY 2023-06-12"],
    ),
    (
        "A 2-billion-yuan rail park is planned in Zhuzhou. Work on the park began on June 9.",
        ["milestone/started CN-430200 n=1 2000000000 CNY 2023-06-09"],
    ),
]
PARTS_AND_WHOLES = [
    (
        "Seven of the ten projects presented in Guang'an were signed on the spot on June 13, for a total of "
        "2.9 billion yuan.",
        ["signing/contract CN-511600 n=7 2900000000 CNY 2023-06-13"],
    ),
    (
        "Of the 46 projects signed in Suqian on June 10, which are worth 19.7 billion yuan in all, 20 are in "
        "new materials.",
        ["signing/contract CN-321300 n=46 19700000000 CNY 2023-06-10"],
    ),
    (
        "Twelve projects went ahead in Dazhou on June 8: seven started, five were finished.",
        ["milestone/started CN-511700 n=7 - 2023-06-08", "milestone/completed CN-511700 n=5 - 2023-06-08"],
    ),
    (
        "Guigang came away with 14 contracts worth 8.2 billion yuan on June 12; Wuzhou with nine, for 5.65 billion.",
        [
            "signing/contract CN-450800 n=14 8200000000 CNY 2023-06-12",
            "signing/contract CN-450400 n=9 5650000000 CNY 2023-06-12",
        ],
    ),
    (
        "Lu'an signed eight projects worth 3 billion yuan on June 9. Six agreements came of it as well, for "
        "1 billion yuan. They are included in the total.",
        ["signing/contract CN-341500 n=8 3000000000 CNY 2023-06-09"],
    ),
]
STEPS = [
    (
        "Zhuzhou's 2-billion-yuan rail base, which broke ground in May 2021, was delivered on June 10.",
        ["milestone/completed CN-430200 n=1 2000000000 CNY 2023-06-10"],
    ),
    (
        "In Lianyungang, a 3-billion-yuan fiber project got its business license on June 12 and will break "
        "ground in August.",
        ["milestone/landed CN-320700 n=1 3000000000 CNY 2023-06-12"],
    ),
    (
        "A plywood maker has been building its 800-million-yuan mill in Linyi since March 3, 2022.",
        ["milestone/started CN-371300 n=1 800000000 CNY 2022-03-03"],
    ),
    (
        "The group used the fair in Luohe to start work, on Monday, on a 900-million-yuan noodle factory.",
        ["milestone/started CN-411100 n=1 900000000 CNY 2023-06-12"],
    ),
]
ONE_OR_NONE = [
    (
        "Jingtian agreed on June 9 to invest 1.05 billion yuan in Heyuan.",
        ["signing/contract CN-441600 n=1 1050000000 CNY 2023-06-09"],
    ),
    (
        "Huaihua agreed with a circus company on June 9 on a 900-million-yuan theatre.",
        ["signing/contract CN-431200 n=1 900000000 CNY 2023-06-09"],
    ),
    (
        "Nine processors came to Panjin on June 9. Eight of them signed letters of intent for 1.7 billion yuan.",
        ["signing/intention CN-211100 n=None 1700000000 CNY 2023-06-09"],
    ),
    (
        "Two cement funds were set up at the ceremony in Luzhou on June 9 with a volume of 3 billion yuan.",
        ["signing/contract CN-510500 n=2 3000000000 CNY 2023-06-09"],
    ),
]
TAKEN_BACK = [
    (
        "Jingzhou signed 12 projects worth 5 billion yuan on June 12. A separate contract for a "
        "2-billion-yuan paper mill has "
        "been terminated.",
        ["signing/contract CN-421000 n=12 5000000000 CNY 2023-06-12"],
    ),
    ("The agreement that Ziyang signed with a drone maker in May has been annulled.", []),
    ("In our issue of June 10 we wrote that Dezhou had signed 36 projects. No such signing took place.", []),
    ("There will be no 5-billion-yuan film city in Lianyungang, the city said on Thursday.", []),
    ("Three firms that signed contracts with Zhumadian but never laid a brick have lost their land.", []),
]
BACKGROUND = [
    (
        "Jinhua started 46 projects worth 38.7 billion yuan on June 12. The biggest is a 6.5-billion-yuan "
        "cell factory of Jinko. "
        "Jinko signed the contract for it last October.",
        ["milestone/started CN-330700 n=46 38700000000 CNY 2023-06-12"],
    ),
    (
        "Dezhou signed 16 projects worth 12.3 billion yuan on June 13. A wafer line will be added at a cost "
        "of 2.6 billion yuan "
        "to the plant it opened in 2020.",
        ["signing/contract CN-371400 n=16 12300000000 CNY 2023-06-13"],
    ),
    (
        "The first cell was lifted off the line of a fourth plant in Liyang on June 13. The plant has cost 5 "
        "billion yuan and "
        "took 14 months to build.",
        ["milestone/operational CN-320481 n=1 5000000000 CNY 2023-06-13"],
    ),
    (
        "Zhanjiang Normal University and Maoming signed an agreement on June 13 to set up a joint institute "
        "in Maoming.",
        ["agreement/- CN-440900 n=None - 2023-06-13"],
    ),
]
ALL = [*SUMS_TOLD_LATER, *PARTS_AND_WHOLES, *STEPS, *ONE_OR_NONE, *TAKEN_BACK, *BACKGROUND]


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[text[:50] for text, _ in ALL])
def test_what_belongs_together_is_told_apart(text: str, expected: list[str]) -> None:
    """The events of a short text, without activities, which other tests look at."""
    found = [brief(mention) for mention in read(english(text)).mentions if mention.type != "activity"]
    assert sorted(found) == sorted(expected)
