"""Which reports are of one happening: pairs that must meet, and their near misses that must not."""

from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest

from schemas.event import Mentions, Period
from streams.ledger.book import Book
from streams.ledger.fold import fold
from streams.ledger.node import nodes_of
from streams.ledger.story import components_of, stories_of
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, mention, report, said
from tests.ledger.reports import happenings, press, score

NEXT_DAY, NEXT_WEEK = DAY + timedelta(days=1), DAY + timedelta(days=8)
OCTOBER = {
    "metric": "projects_signed",
    "type": "statistic",
    "period": Period(start=date(2023, 1, 1), end=date(2023, 10, 31)),
}
NOVEMBER = {**OCTOBER, "period": Period(start=date(2023, 1, 1), end=date(2023, 11, 30))}


def told(*fields: dict[str, Any]) -> list[Mentions]:
    """One article for each; `on` is its day, `language` its language."""
    return [
        report(f"a{number}", on, language=language, **rest)
        for number, given in enumerate(fields)
        for on, language, rest in [
            (
                given.get("on", DAY),
                given.get("language", "en"),
                {k: v for k, v in given.items() if k not in ("on", "language")},
            )
        ]
    ]


def count(records: list[Mentions]) -> int:
    """How many happenings the reports are of, whatever their order."""
    nodes = [node for record in records for node in nodes_of(record)]
    partitions = set()
    for order in permutations(nodes):
        stories = [story for part in components_of(order, lambda _, all=order: all) for story in stories_of(part)]
        partitions.add(frozenset(frozenset(node.key for node in story) for story in stories))
    assert len(partitions) == 1
    return len(partitions.pop())


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [
                {"projects": 43, "amount": 46.53e9, "date": DAY},
                {"projects": 43, "amount": cny(46.5e9, "at_least"), "date": DAY, "on": DAY + timedelta(days=3)},
                {"projects": 43, "amount": 46.53e9, "language": "zh"},
            ],
            id="over 46.5 billion and 465.3亿",
        ),
        pytest.param(
            [
                {"projects": 40, "projects_qualifier": "at_least", "amount": cny(90e9, "about"), "date": DAY},
                {"amount": cny(90e9, "at_least"), "date": DAY},
            ],
            id="nearly 90 billion and over 90 billion",
        ),
        pytest.param(
            [
                {"projects": 1, "amount": 7e9, "names": ("Blue Lake Battery Park",)},
                {"amount": 6.89e9, "names": ("Blue Lake Battery Park Phase II",)},
            ],
            id="7 billion may be 6.89",
        ),
        pytest.param(
            [{"projects": 36, "amount": 10.73e9, "date": DAY}, {"projects": 36, "date": DAY, "regions": (WUXI,)}],
            id="a county and its city",
        ),
        pytest.param(
            [
                {"projects": 12, "amount": 3.25e9, "date": DAY},
                {"projects": 12, "amount": 3.25e9, "date": DAY + timedelta(days=2)},
            ],
            id="signed on the 18th, reported as on the 20th",
        ),
        pytest.param([{"date": DAY}, {"date": DAY, "projects": 5}], id="nothing but the day and the county"),
        pytest.param(
            [
                {"amount": {"value": 1e9, "currency": "USD", "qualifier": "exact"}, "date": DAY},
                {"amount": 7.2e9, "date": DAY},
            ],
            id="a billion dollars and 7.2 billion yuan",
        ),
        pytest.param(
            [{"stage": "framework", "amount": 5.25e9, "date": DAY}, {"amount": 5.25e9, "date": DAY, "projects": 1}],
            id="one outlet does not say framework",
        ),
        pytest.param(
            [
                {"type": "activity", "kind": "conference", "date": DAY, "regions": (JIANGSU,)},
                {"type": "activity", "kind": "conference", "date": DAY, "regions": (JIANGSU,), "language": "zh"},
            ],
            id="a province's conference of a day",
        ),
        pytest.param(
            [
                {**OCTOBER, "projects": 233},
                {**OCTOBER, "projects": 233, "language": "zh", "on": NEXT_WEEK + timedelta(days=9)},
            ],
            id="one figure repeated weeks later",
        ),
        pytest.param(
            [
                {"type": "agreement", "parties": ("Xishan District Government", "Haitong Bank Co., Ltd."), "date": DAY},
                {"type": "agreement", "parties": ("Haitong Bank",), "date": DAY},
                {
                    "type": "agreement",
                    "parties": ("HAITONG BANK Company", "Government of Xishan District"),
                    "date": DAY,
                },
            ],
            id="a party spelt three ways",
        ),
    ],
)
def test_reports_of_one_happening_meet(reports: list[dict[str, Any]]) -> None:
    assert count(told(*reports)) == 1


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [{**OCTOBER, "projects": 233}, {**NOVEMBER, "projects": 233}],
            id="two monthly figures, even with one number",
        ),
        pytest.param([{**OCTOBER, "projects": 233}, {**OCTOBER, "projects": 251}], id="two figures of one period"),
        pytest.param(
            [{**OCTOBER, "projects": 233}, {**OCTOBER, "metric": "projects_started", "projects": 233}],
            id="signed and started",
        ),
        pytest.param(
            [{**OCTOBER, "projects": 233}, {**OCTOBER, "type": "target", "projects": 233}], id="a figure and a target"
        ),
        pytest.param(
            [
                {"projects": 12, "amount": 3.2e9, "date": DAY},
                {"projects": 12, "amount": 3.2e9, "date": NEXT_WEEK, "on": NEXT_WEEK},
            ],
            id="a second batch a week later",
        ),
        pytest.param(
            [{"projects": 12, "date": DAY}, {"projects": 12, "date": NEXT_DAY}], id="each day's ceremony of a fair"
        ),
        pytest.param(
            [
                {"type": "activity", "kind": "exhibition", "date": DAY},
                {"type": "activity", "kind": "exhibition", "date": NEXT_DAY},
            ],
            id="each day of a fair",
        ),
        pytest.param([{"projects": 5, "date": DAY}, {"projects": 43, "date": DAY}], id="5 projects and 43"),
        pytest.param([{"projects": 43, "amount": 46.53e9}, {"projects": 43, "amount": 46.73e9}], id="another sum"),
        pytest.param(
            [
                {"stage": "framework", "amount": 5e9, "names": ("Lake",), "date": date(2023, 5, 9)},
                {"amount": 5e9, "names": ("Lake",), "date": date(2023, 9, 9)},
            ],
            id="framework in May, contract in September",
        ),
        pytest.param(
            [
                {"type": "milestone", "stage": "started", "names": ("Lake",), "date": DAY},
                {"type": "milestone", "stage": "completed", "names": ("Lake",), "date": DAY},
            ],
            id="started and completed",
        ),
        pytest.param(
            [{"names": ("Blue Lake Battery",), "date": DAY}, {"names": ("Red Hill Textiles",), "date": DAY}],
            id="two named projects of a day",
        ),
        pytest.param(
            [
                {"projects": 12, "amount": 3.2e9, "date": DAY},
                {"projects": 12, "amount": 3.2e9, "date": DAY, "regions": ("CN-320206",)},
            ],
            id="two counties of a city",
        ),
        pytest.param([{}, {}], id="nothing known of either but the county"),
        pytest.param(
            [{"date": DAY, "regions": (JIANGSU,)}, {"date": DAY, "regions": (XISHAN,)}],
            id="nothing known but the day, in a province and in a county",
        ),
        pytest.param(
            [
                {"type": "agreement", "parties": ("Xishan District", "Haitong Bank"), "date": DAY},
                {"type": "agreement", "parties": ("Xishan District", "Nanjing University"), "date": DAY},
            ],
            id="two partners of a day",
        ),
        pytest.param(
            [
                {"type": "activity", "kind": "roadshow", "date": DAY, "venue": "CN-110000"},
                {"type": "activity", "kind": "roadshow", "date": DAY, "venue": "CN-440300"},
            ],
            id="two venues of a day",
        ),
    ],
)
def test_near_misses_stay_apart(reports: list[dict[str, Any]]) -> None:
    assert count(told(*reports)) == 2


def test_two_mentions_of_one_article_are_two_happenings_also_when_a_third_would_join_them() -> None:
    pair = said(article("a"), mention(0, projects=43, date=DAY), mention(50, projects=43, amount=46.53e9, date=DAY))
    assert count([pair, report("b", date=DAY, projects=43)]) == 2


def test_a_named_project_does_not_join_another_by_way_of_a_vague_report() -> None:
    named = {"projects": 1, "amount": 3.25e9, "date": DAY, "names": ("Blue Lake Battery",)}
    assert count(told(named, {"projects": 1, "date": DAY}, {"date": DAY, "names": ("Red Hill Textiles",)})) == 2


def test_where_a_mention_stands_decides_its_id_and_not_the_order_of_the_record() -> None:
    two = [mention(0, projects=43, date=DAY), mention(50, projects=6, date=DAY)]
    there, back = said(article("a"), *two), said(article("a"), *reversed(two))
    assert fold([there], DAY).events == fold([back], DAY).events


def test_a_week_apart_still_meets_whichever_comes_first() -> None:
    first, last = told(
        {"amount": 3.25e9, "projects": 12}, {"amount": 3.25e9, "projects": 12, "on": DAY + timedelta(days=7)}
    )
    for known, new in ((first, last), (last, first)):
        book = Book.restore(JIANGSU, [known])
        change = book.plan(new)
        assert change is not None
        book.commit(change)
        assert len(book) == 1


def test_a_story_of_hundreds_of_outlets_is_one() -> None:
    lines = ({"amount": 3.25e9, "projects": 12}, {"amount": cny(3.2e9, "at_least"), "date": DAY, "projects": 12})
    book = Book.restore(JIANGSU, told(*(lines[number % 2] for number in range(300))))
    assert (len(book), book.events()[0].independent_sources) == (1, 300)


def test_a_mention_repeated_in_its_article_counts_once() -> None:
    twice = said(article("a"), mention(0, projects=43, date=DAY), mention(50, projects=43, date=DAY))
    assert len(nodes_of(twice)) == 1


def test_a_vague_report_does_not_glue_two_happenings() -> None:
    assert count(told({"projects": 43, "date": DAY}, {"projects": 6, "date": DAY}, {"date": DAY})) == 2


@pytest.mark.parametrize("seed", range(4))
def test_a_made_up_press_is_told_apart(seed: int) -> None:
    dice = Random(seed)
    records, gold = press(dice, happenings(dice, 150))
    assert len(records) >= 500
    folded = fold(records, DAY)
    found = [[(source.article, event.type, 0) for source in event.sources] for event in folded.events]
    f1, joined, missed = score(found, gold)
    assert f1 >= 0.98, f"{len(joined)} pairs joined wrongly, {len(missed)} missed"


def test_the_made_up_press_is_not_told_apart_by_reading_it_as_one() -> None:
    dice = Random(0)
    records, gold = press(dice, happenings(dice, 150))
    f1, _, _ = score([[(record.article.article_id, m.type, 0) for record in records for m in record.mentions]], gold)
    assert f1 < 0.1


def test_only_reports_within_reach_are_looked_at() -> None:
    records = told(
        *({"projects": n + 2, "amount": (n + 10) * 1e8, "date": DAY - timedelta(days=9 * n)} for n in range(6))
    )
    book = Book.restore(JIANGSU, records)
    change = book.plan(report("z", projects=3, amount=1.1e9, date=DAY - timedelta(days=9)))
    assert change is not None
    assert len(change.before) == 1
