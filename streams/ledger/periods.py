"""Calendar periods: ISO weeks, months, quarters and years."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

Span = tuple[date, date]
"""First and last day."""


@lru_cache(maxsize=16384)
def periods_of(day: date) -> tuple[tuple[str, Span], ...]:
    """The week, month, quarter and year that a day lies in, each with its first and last day.

    >>> [name for name, _ in periods_of(date(2024, 12, 31))]
    ['2025-W01', '2024-12', '2024-Q4', '2024']
    >>> [f"{start} {end}" for _, (start, end) in periods_of(date(2024, 2, 10))]
    ['2024-02-05 2024-02-11', '2024-02-01 2024-02-29', '2024-01-01 2024-03-31', '2024-01-01 2024-12-31']
    """
    iso = day.isocalendar()
    monday = day - timedelta(days=day.weekday())
    quarter = (day.month - 1) // 3
    return (
        (f"{iso.year}-W{iso.week:02d}", (monday, monday + timedelta(days=6))),
        (f"{day.year}-{day.month:02d}", (day.replace(day=1), _last(day.year, day.month))),
        (f"{day.year}-Q{quarter + 1}", (date(day.year, quarter * 3 + 1, 1), _last(day.year, quarter * 3 + 3))),
        (f"{day.year}", (date(day.year, 1, 1), date(day.year, 12, 31))),
    )


def span_of(period: str) -> Span:
    """The first and last day of a period by its name. Raises ValueError for a name of no period.

    >>> [f"{start} {end}" for start, end in map(span_of, ("2025-W01", "2024-02", "2024-Q4", "2024"))]
    ['2024-12-30 2025-01-05', '2024-02-01 2024-02-29', '2024-10-01 2024-12-31', '2024-01-01 2024-12-31']
    """
    year, _, rest = period.partition("-")
    if rest.startswith("W"):
        day = date.fromisocalendar(int(year), int(rest[1:]), 1)
    else:
        month = int(rest[1:]) * 3 if rest.startswith("Q") else int(rest or 12)
        day = date(int(year), month, 1)
    for name, span in periods_of(day):
        if name == period:
            return span
    raise ValueError(f"expected a period such as 2024-W07, 2024-02, 2024-Q1 or 2024, found {period!r}")


def closed_periods(days: Iterable[date], today: date, since: date | None = None) -> dict[str, Span]:
    """The periods of these days that have ended before `today`; with `since`, only those that had not by then."""
    return {
        name: span
        for day in days
        for name, span in periods_of(day)
        if span[1] < today and (since is None or span[1] >= since)
    }


def _last(year: int, month: int) -> date:
    return date(year, month, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
