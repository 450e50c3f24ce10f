"""Closed periods, sectors and dollars: what league tables compare."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.total import PeriodTotal, SectorTotal
from streams.ledger import rows
from streams.ledger.book import Book
from streams.ledger.fold import Folded, fold
from streams.ledger.periods import periods_of, span_of
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, mention, report, told

LATER = date(2025, 2, 3)
RECORDS = [
    report("a", projects=2, amount=1e9, date=DAY, sectors=("new_energy", "chemicals")),
    report("b", projects=3, amount=2e9, date=DAY + timedelta(days=1), sectors=("new_energy",)),
    report("c", projects=5, amount=4e9, date=date(2024, 3, 1), regions=("CN-330203",)),
    report("d", LATER, projects=7, amount=8e9, date=LATER),
    *told(article("e"), mention(projects=11, amount=16e9, date=DAY, regions=(XISHAN, "CN-330203"), sectors=("ai",))),
]


def period(folded: Folded, region: str, name: str) -> PeriodTotal | None:
    """The region's row of a period."""
    row = folded.rows.get(("period", region, name))
    assert row is None or isinstance(row, PeriodTotal)
    return row


def sector(folded: Folded, region: str, name: str) -> dict[str, int]:
    """Projects of contracts by window."""
    row = folded.rows.get(("sector", region, name))
    assert isinstance(row, SectorTotal)
    return {window: kinds["contract"].projects for window, kinds in row.windows.items()}


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_four_periods_that_are_known_by_their_names(day: date) -> None:
    found = periods_of(day)
    assert len({name for name, _ in found}) == 4
    for name, (start, end) in found:
        assert start <= day <= end
        assert span_of(name) == (start, end)
        assert {dict(periods_of(edge))[name] for edge in (start, end)} == {(start, end)}


@pytest.mark.parametrize("name", ["2024-13", "2024-W54", "2024-Q5", "x"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - some of them are the calendar's own
        span_of(name)


@pytest.mark.parametrize(("name", "projects"), [("2024-W12", 16), ("2024-03", 16), ("2024-Q1", 16), ("2024", 16)])
def test_closed_periods_of_a_region(name: str, projects: int) -> None:
    for region in (XISHAN, WUXI, JIANGSU):
        row = period(fold(RECORDS, LATER), region, name)
        assert row is not None
        assert (row.kinds["contract"].projects, row.end < LATER) == (projects, True)


def test_the_nations_period_counts_each_happening_once_and_has_its_sectors() -> None:
    row = period(fold(RECORDS, LATER), "CN", "2024-03")
    assert row is not None
    assert (row.kinds["contract"].happenings, row.kinds["contract"].projects) == (4, 21)
    assert {name: kinds["contract"].projects for name, kinds in row.sectors.items()} == {
        "ai": 11, "chemicals": 2, "new_energy": 5,
    }  # fmt: skip


def test_an_open_period_has_no_row_and_gets_one_when_it_closes() -> None:
    assert period(fold(RECORDS, LATER), XISHAN, "2025-02") is None
    assert period(fold(RECORDS, date(2024, 3, 31)), XISHAN, "2024-03") is None
    assert period(fold(RECORDS, date(2024, 4, 1)), XISHAN, "2024-03") is not None


def test_sectors_have_the_windows_of_their_happenings() -> None:
    folded = fold(RECORDS, DAY + timedelta(days=1))
    assert sector(folded, XISHAN, "new_energy")["7d"] == sector(folded, "CN", "new_energy")["7d"] == 5
    assert sector(folded, JIANGSU, "chemicals")["all"] == 2
    assert sector(folded, "CN-330203", "ai")["all"] == sector(folded, "CN", "ai")["all"] == 11
    assert ("sector", "CN", "textiles") not in folded.rows


def test_sums_are_in_dollars_too_at_each_happenings_own_day() -> None:
    total = fold([RECORDS[0], RECORDS[3]], LATER).totals["CN"].windows["all"]["contract"]
    in_march, in_february = (
        event.amount_usd.best for event in fold([RECORDS[0], RECORDS[3]], LATER).events if event.amount_usd
    )
    assert total.amount_usd.best == in_march + in_february
    assert total.amount_usd.low == total.amount_usd.best == total.amount_usd.high
    assert total.amount_usd.best.quantize(Decimal("0.01")) == total.amount_usd.best


def test_a_late_article_publishes_the_closed_periods_of_its_day_and_no_others() -> None:
    book = Book.restore(JIANGSU, [RECORDS[3]])
    change = book.plan(RECORDS[1])
    assert change is not None
    published = list(rows.changed(book, change, LATER))
    periods = {(row.region, row.period) for row in published if isinstance(row, PeriodTotal)}
    assert periods == {
        (region, name) for region in (XISHAN, WUXI, JIANGSU) for name in ("2024-W12", "2024-03", "2024-Q1", "2024")
    }
    today = book.plan(report("f", LATER, projects=1, date=LATER))
    assert today is not None
    assert not [row for row in rows.changed(book, today, LATER) if isinstance(row, PeriodTotal)]
