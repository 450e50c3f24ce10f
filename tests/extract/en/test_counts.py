"""Counts of projects, deals, companies, activities, leads. The examples are our own."""

from datetime import date

import pytest

from streams.extract.en.amounts import find_amounts
from streams.extract.en.counts import Count, find_counts
from streams.extract.en.dates import find_days

DAY = date(2023, 6, 15)


def counts(text: str) -> list[Count]:
    return find_counts(text, find_amounts(text), find_days(text, DAY))


@pytest.mark.parametrize(
    ("text", "value", "noun", "qualifier"),
    [
        ("Forty-three major industrial projects were", 43, "project", "exact"),
        ("06 FDI projects with", 6, "project", "exact"),
        ("more than 40 projects", 40, "project", "at_least"),
        ("nearly 30 key schemes", 30, "project", "about"),
        ("a dozen contracts", 12, "contract", "exact"),
        ("half a dozen projects", 6, "project", "exact"),
        ("100-plus projects", 100, "project", "at_least"),
        ("two hundred and six projects", 206, "project", "exact"),
        ("1,832 companies", 1832, "company", "exact"),
        ("18 memorandums of understanding", 18, "agreement", "exact"),
        ("six fund cooperation projects", 6, "project", "exact"),
        ("four funds", 4, "fund", "exact"),
        ("312 project leads", 312, "lead", "exact"),
        ("74 pieces of effective investment information", 74, "lead", "exact"),
        ("35 promotion events", 35, "activity", "exact"),
        ("10 others broke ground", 10, "project", "exact"),
        ("Thirteen were signed", 13, "project", "exact"),
        ("The number of firms that have registered since 2014 is 4,310", 4310, "company", "exact"),
    ],
)
def test_count(text: str, value: int, noun: str, qualifier: str) -> None:
    found = counts(text)
    assert [(count.value, count.noun, count.qualifier) for count in found] == [(value, noun, qualifier)]


@pytest.mark.parametrize("text", ["six of them were signed", "Thirty of the 48 are big", "69 of the contracts"])
def test_part(text: str) -> None:
    assert counts(text)[0].partial


@pytest.mark.parametrize(
    "text",
    [
        "the 2023 investment conference",
        "rose 12 percent",
        "on June 30 projects",
        "the 7th expo",
        "500 guests",
        "230 mu",
    ],
)
def test_not_a_count(text: str) -> None:
    assert counts(text) == []
