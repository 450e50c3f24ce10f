"""mentions in, typed events and region totals out. Owns the table `ledger`: what each article says of each owner.

The books are in memory, one an owner, and follow from the table: they are built anew after every (re)assignment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime

from schemas.event import Mentions
from schemas.topics import EVENT_TOPICS, PROVINCE_TOTALS, REGION_TOTALS
from schemas.total import RegionTotal
from streams.ledger.book import Book, Change
from streams.ledger.national import NATION, add_provinces, should_add, should_publish
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

STAGE = "ledger"
NATIONAL_STAGE = "national"


class Ledger:
    """The step of the ledger agent, and what it keeps between messages."""

    def __init__(
        self, table: Rows[Mentions], today: Callable[[], date], now: Callable[[], datetime], metrics: Metrics
    ) -> None:
        self.table, self.today, self.now, self.metrics = table, today, now, metrics
        self.books: dict[str, Book] = {}
        self._published: dict[str, date] = {}
        """Owner -> the day that its totals were last published as of; absent: not since the books were built."""

    async def restore(self) -> None:
        """Build the books of the owners whose partitions this worker holds now, and only those."""
        held: dict[str, list[Mentions]] = defaultdict(list)
        for _, _, row in self.table.rows():
            held[row.record.owner].append(row.record)
        for owner in self.books.keys() - held.keys():
            with suppress(KeyError):
                self.metrics.happenings.remove(owner)
        self.books = {owner: Book.restore(owner, records) for owner, records in held.items()}
        self._published = {}
        for owner, book in self.books.items():
            self.metrics.happenings.labels(owner).set(len(book))

    def step(self, mentions: Mentions, place: Place) -> Outcome:
        """Replace what the article said of the owner before; publish what that changes."""
        book = self.books.setdefault(mentions.owner, Book(mentions.owner))
        change = book.plan(mentions)
        if change is None:
            return DROPPED
        today = self.today()
        events = (Out(EVENT_TOPICS[event.type], event.event_id, event) for event in change.events)
        totals = (
            out for region in sorted(change.regions) for out in sent_total(book.total(region, today, after=change))
        )
        return Outcome(
            outputs=(*events, *totals),
            rows=(Row(self.table, change.key, (mentions.article.revision, place.offset), change.record),),
            commit=lambda: self._commit(book, change),
        )

    def _commit(self, book: Book, change: Change) -> None:
        book.commit(change)
        for event in change.events:
            self.metrics.events_published.labels(event.type, event.status).inc()
        article = change.record.article
        if change.events:
            self.metrics.feed_to_event.observe((self.now() - article.fetched).total_seconds())
        self.metrics.happenings.labels(book.owner).set(len(book))

    def turn(self) -> Iterator[Callable[[], tuple[Out, ...]]]:
        """What to send because the day turned though nothing arrived: one call an owner whose totals are of before."""
        for owner in sorted(self.books):
            if self._published.get(owner) != self.today():
                yield lambda owner=owner: self._all_totals(owner)  # type: ignore[misc]

    def _all_totals(self, owner: str) -> tuple[Out, ...]:
        book = self.books.get(owner)
        if book is None:  # the partition went to another worker
            return ()
        today = self._published[owner] = self.today()
        return tuple(out for region in sorted(book.regions()) for out in sent_total(book.total(region, today)))


def sent_total(total: RegionTotal) -> Iterator[Out]:
    """Where a region's row goes: to subscribers, and an owner's to the step that adds up the nation."""
    if should_publish(total):
        yield Out(REGION_TOTALS, total.region, total)
    if should_add(total):
        yield Out(PROVINCE_TOTALS, NATION, total)


def national_step(table: Rows[RegionTotal], today: Callable[[], date]) -> Callable[[RegionTotal, Place], Outcome]:
    """province-totals in, the row CN out: its only writer."""

    def step(total: RegionTotal, place: Place) -> Outcome:
        rows = {row.record.owner: row for partition, _, row in table.rows() if partition == place.partition}
        held = rows.pop(total.owner, None)
        if held is not None and held.version > (place.offset,):
            return DROPPED
        nation = add_provinces([row.record for row in rows.values()] + [total], today())
        return Outcome(
            outputs=(Out(REGION_TOTALS, nation.region, nation),),
            rows=(Row(table, total.owner, (place.offset,), total),),
        )

    return step
