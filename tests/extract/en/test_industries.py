"""The industries of an event: from products and trades, in its own words and in the sentences about its projects."""

import pytest

from streams.extract.en.reader import read
from streams.extract.en.sectors import find_sectors
from tests.extract.en.article import english


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a goat milk powder line", {"agriculture"}),
        ("tyres, printed circuit boards and parts of electric cars", {"automotive", "electronics", "new_energy"}),
        ("an ethylene cracker", {"chemicals"}),
        ("helicopter parts and flight training", {"aerospace", "education"}),
        ("a cold-chain warehouse", {"logistics"}),
        ("a paper mill on the Silk Road", set()),
        ("the officials met in a hotel over tea", set()),
    ],
)
def test_products(words: str, expected: set[str]) -> None:
    assert set(find_sectors(words)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zigong in Sichuan signed 31 projects on Monday. The mayor shook many hands. They range "
            "from pumps and valves to salt chemicals.",
            {"equipment", "chemicals"},
        ),
        (
            "Zigong in Sichuan signed 31 projects on Monday. The city is known for its dinosaurs and its silk.",
            set(),
        ),
        ("Zigong in Sichuan now counts 96 integrated circuit companies.", {"semiconductors"}),
        (
            "Zigong in Sichuan held an investment promotion conference on robots on Monday in the silk city of Suzhou.",
            {"robotics"},
        ),
        ("Zigong in Sichuan made actual use of 40 million dollars of foreign capital in 2022, mostly in chips.", set()),
    ],
)
def test_what_the_projects_are(text: str, expected: set[str]) -> None:
    [mention] = read(english(text)).mentions
    assert set(mention.sectors) == expected
