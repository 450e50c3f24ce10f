"""The whole ledger of a set of records at once: the oracle that the running ledger must agree with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schemas.event import Event, Mentions
from schemas.project import Project
from schemas.total import RegionTotal
from streams.ledger.book import START_MONTHS, Book
from streams.ledger.recount import all_rows
from streams.ledger.rows import Published


@dataclass(frozen=True)
class Folded:
    """Events by id, each published by its home alone; the provinces' copies of what the nation is home of; projects;
    every row of totals by its key, the national ones among them."""

    as_of: date
    events: list[Event]
    copies: list[Event]
    projects: list[Project]
    books: tuple[Book, ...] = field(compare=False, repr=False)

    @cached_property
    def rows(self) -> dict[tuple[str, ...], Published]:
        """Every row as it should stand in its topic, by what it is of."""
        return all_rows(self.books, self.as_of)

    @cached_property
    def totals(self) -> dict[str, RegionTotal]:
        """Totals by region."""
        return {row.region: row for row in self.rows.values() if isinstance(row, RegionTotal)}


def fold(mentions: Iterable[Mentions], as_of: date, start_months: int = START_MONTHS) -> Folded:
    """The same for any order of the records and any repeats; the highest article revision of each owner wins."""
    by_owner: dict[str, list[Mentions]] = defaultdict(list)
    for record in mentions:
        by_owner[record.owner].append(record)
    books = tuple(Book.restore(owner, records, start_months) for owner, records in sorted(by_owner.items()))
    published = sorted((event for book in books for event in book.published()), key=lambda event: event.event_id)
    return Folded(
        as_of=as_of,
        events=[event for event in published if event.home],
        copies=[event for event in published if not event.home],
        projects=sorted((one for book in books for one in book.projects()), key=lambda one: one.project_id),
        books=books,
    )
