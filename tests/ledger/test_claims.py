"""Claimed beside observed: a figure of a region and period, and what was seen there."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from schemas.event import Event, Mentions, Period
from streams.ledger.book import Book
from streams.ledger.fold import fold
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, report, said

FIRST_QUARTER = Period(start=date(2024, 1, 1), end=date(2024, 3, 31))
APRIL = date(2024, 4, 8)


def claim(name: str = "claim", **fields: Any) -> Mentions:
    """233 projects signed in the first quarter."""
    given = {"metric": "projects_signed", "projects": 233, "period": FIRST_QUARTER, "regions": (WUXI,), **fields}
    return report(name, APRIL, type="statistic", **given)


SEEN = [
    report("a", projects=43, amount=46.53e9, date=DAY),
    report(
        "b",
        DAY + timedelta(days=9),
        date=DAY + timedelta(days=9),
        names=("Blue Lake",),
        stage="framework",
        regions=("CN-320214",),
    ),
    report("too late", APRIL, projects=5, date=APRIL),
    report("elsewhere", projects=9, date=DAY, regions=("CN-320508",)),
    report("started", projects=9, date=DAY, type="milestone", stage="started"),
]


def figure(*records: Mentions) -> Event:
    """The figure among the events."""
    return next(event for event in fold(records, APRIL).events if event.type == "statistic")


def test_both_numbers_and_the_difference_are_in_the_event() -> None:
    event = figure(claim(amount=100e9), *SEEN)
    assert all(figure(*order, *SEEN[2:]) == event for order in permutations([claim(amount=100e9), *SEEN[:2]]))
    assert event.observed is not None
    assert (event.observed.happenings, event.observed.projects) == (2, 44)
    assert event.observed.amount_cny.best == 46_530_000_000
    assert (event.observed.missing_projects, event.observed.missing_cny) == (189, 53_470_000_000)


def test_what_is_seen_later_goes_out_with_the_figure_and_only_with_what_it_claims() -> None:
    book = Book(JIANGSU)
    for record, expected in [
        (claim(), 0), (SEEN[0], 43), (SEEN[3], None), (SEEN[2], None), (SEEN[4], None), (SEEN[1], 44),
        (said(article("a", revision=2), owner=JIANGSU), 1),
    ]:  # fmt: skip
        change = book.plan(record)
        assert change is not None
        figures = [event for event in change.events if event.type == "statistic"]
        assert [event.observed.projects for event in figures if event.observed] == (
            [] if expected is None else [expected]
        )
        book.commit(change)


@pytest.mark.parametrize(
    "fields",
    [
        {"metric": "investment_actual", "projects": None, "amount": cny(5e9)},
        {"period": Period(start=None, end=date(2024, 3, 31))},
        {"period": None},
        {"regions": (WUXI, "CN-320500")},
        {"regions": ("CN",)},
    ],
    ids=["a metric of no happenings", "an open period", "no period", "two places", "the country"],
)
def test_what_cannot_be_compared_is_not(fields: dict[str, Any]) -> None:
    assert figure(claim(**fields), *SEEN).observed is None


def test_a_figure_of_starts_is_compared_with_starts() -> None:
    observed = figure(claim(metric="projects_started", projects=9), *SEEN).observed
    assert observed is not None
    assert (observed.happenings, observed.projects, observed.missing_projects) == (1, 9, 0)
    assert figure(claim(), XISHAN_ONLY).observed is not None


XISHAN_ONLY = report("x", projects=2, date=DAY, regions=(XISHAN,))
