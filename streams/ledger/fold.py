"""The whole ledger of a set of records at once: the oracle that the running ledger must agree with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schemas.event import Event, Mentions
from schemas.total import RegionTotal
from streams.ledger.book import Book
from streams.ledger.national import NATION, add_provinces, should_add, should_publish


@dataclass(frozen=True)
class Folded:
    """Events by id, each published by its home alone; totals by region, the national row among them."""

    events: list[Event]
    totals: dict[str, RegionTotal]


def fold(mentions: Iterable[Mentions], as_of: date) -> Folded:
    """The same for any order of the records and any repeats; the highest article revision of each owner wins."""
    by_owner: dict[str, list[Mentions]] = defaultdict(list)
    for record in mentions:
        by_owner[record.owner].append(record)
    books = [Book.restore(owner, records) for owner, records in sorted(by_owner.items())]
    events = sorted((event for book in books for event in book.events()), key=lambda event: event.event_id)
    rows = [book.total(region, as_of) for book in books for region in sorted(book.regions())]
    totals = {row.region: row for row in rows if should_publish(row)}
    if national := [row for row in rows if should_add(row)]:
        totals[NATION] = add_provinces(national, as_of)
    return Folded(events, dict(sorted(totals.items())))
