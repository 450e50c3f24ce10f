"""Everything that was found in the text of an article: sums, counts, days and periods."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from streams.extract.en.amounts import find_amounts
from streams.extract.en.counts import Count, find_counts
from streams.extract.en.dates import find_days
from streams.extract.en.periods import Period, find_periods
from streams.extract.found import FoundAmount, FoundDay

if TYPE_CHECKING:  # the clauses are made of what is found
    from streams.extract.en.clauses import Clause


@dataclass
class Findings:
    """All that was found in the cleaned text of an article."""

    text: str
    amounts: list[FoundAmount]
    counts: list[Count]
    days: list[FoundDay]
    periods: list[Period]
    clauses: dict[int, "list[Clause]"] = field(default_factory=dict)


def find_all(text: str, published: date) -> Findings:
    """Numbers and times of the whole text, found once."""
    amounts = find_amounts(text)
    days = find_days(text, published)
    return Findings(text, amounts, find_counts(text, amounts, days), days, find_periods(text, published))


def within(found: list, start: int, end: int) -> list:
    """The findings that begin in a span; `found` is in the order of the text."""
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]


_START = attrgetter("start")
