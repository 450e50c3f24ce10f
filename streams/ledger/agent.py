"""mentions in; typed events, projects and totals out. Owns the tables `ledger` (what each article says of each owner)
and `ledger-days` (the day that an owner's totals were last published as of).

The books are in memory, one an owner, and follow from the table: they are built anew after every (re)assignment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime

from schemas.base import Contract
from schemas.event import Event, Mentions
from schemas.topics import (
    EVENT_TOPICS,
    JOINT_COPIES,
    PERIOD_TOTALS,
    PROJECTS,
    PROVINCE_TOTALS,
    REGION_PROJECTS,
    REGION_TOTALS,
    SECTOR_TOTALS,
)  # fmt: skip
from schemas.total import OwnerTotals, PeriodTotal, RegionProjects, RegionTotal, SectorTotal
from streams.ledger import rows
from streams.ledger.book import START_MONTHS, Book
from streams.ledger.changes import Change
from streams.ledger.national import NATION
from streams.ledger.refuse import accepted
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

STAGE = "ledger"


class Turned(Contract):
    """Up to which day an owner's totals are published."""

    owner: str
    day: date


class Ledger:
    """The step of the ledger agent, and what it keeps between messages."""

    def __init__(
        self,
        table: Rows[Mentions],
        days: Rows[Turned],
        today: Callable[[], date],
        now: Callable[[], datetime],
        metrics: Metrics,
        start_months: int = START_MONTHS,
    ) -> None:
        self.table, self.days, self.today, self.now, self.metrics = table, days, today, now, metrics
        self.start_months = start_months
        self.books: dict[str, Book] = {}
        self._partition: dict[str, int] = {}
        self._published: dict[str, date] = {}

    async def restore(self) -> None:
        """Build the books of the owners whose partitions this worker holds now, and only those."""
        held: dict[str, list[Mentions]] = defaultdict(list)
        self._partition = {}
        for partition, _, row in self.table.rows():
            held[row.record.owner].append(row.record)
            self._partition[row.record.owner] = partition
        for owner in self.books.keys() - held.keys():
            for gauge in (self.metrics.happenings, self.metrics.projects_overdue):
                with suppress(KeyError):
                    gauge.remove(owner)
        self.books = {owner: Book.restore(owner, held[owner], self.start_months) for owner in held}
        self._published = {}
        for owner in self.books:
            self._measure(owner)

    def step(self, mentions: Mentions, place: Place) -> Outcome:
        """Replace what the article said of the owner before; publish what that changes."""
        owner = mentions.owner
        book = self.books.setdefault(owner, Book(owner, self.start_months))
        self._partition[owner] = place.partition
        change = book.plan(mentions)
        if change is None:
            if book.is_older(mentions):
                self.metrics.refused.labels("older_revision").inc()
            return DROPPED
        events = (sent_event(event) for event in change.events)
        projects = (Out(PROJECTS, project.project_id, project) for project in change.projects)
        totals = map(sent_row, rows.changed(book, change, self.today()))
        return Outcome(
            outputs=(*events, *projects, *totals),
            rows=(Row(self.table, change.key, (mentions.article.revision, place.offset), change.record),),
            commit=lambda: self._commit(book, change),
        )

    def _commit(self, book: Book, change: Change) -> None:
        book.commit(change)
        for event in change.events:
            self.metrics.events_published.labels(event.type, event.status).inc()
        for reason in accepted(change.record)[1]:
            self.metrics.refused.labels(reason).inc()
        if change.events:
            self.metrics.feed_to_event.observe((self.now() - change.record.article.fetched).total_seconds())
        self.metrics.happenings.labels(book.owner).set(len(book))
        if any(change.converted):  # all open projects are looked at for this
            self._measure(book.owner)

    def _measure(self, owner: str) -> None:
        book = self.books[owner]
        self.metrics.happenings.labels(owner).set(len(book))
        self.metrics.projects_overdue.labels(owner).set(book.conversions.overdue(owner, self.today()))

    def turn(self) -> Iterator[tuple[int, Callable[[], Outcome]]]:
        """What to send because the day turned though nothing arrived, or because the books were built anew: (partition,
        what to do), a region at a time; the last of an owner notes that its totals are of today.

        After a rebalance all windows are sent once more: a worker that was paused while its partition moved may have
        sent old ones over the new. Closed periods are too many for that: only those that closed since the day noted.
        """
        for owner in sorted(self.books):
            today, since = self.today(), self._published.get(owner)
            if since == today:
                continue
            partition = self._partition[owner]
            noted = self.days.row(partition, owner)
            closed = noted.day if noted else None
            for region in rows.regions_of(self.books[owner]):
                yield partition, lambda o=owner, r=region, s=since, t=today, c=closed: self._turned(o, r, s, t, c)  # type: ignore[misc]
            yield partition, lambda o=owner, t=today: self._note(o, t)  # type: ignore[misc]

    def _turned(self, owner: str, region: str, since: date | None, today: date, closed: date | None) -> Outcome:
        book = self.books.get(owner)
        if book is None:  # the partition went to another worker
            return DROPPED
        return Outcome(outputs=tuple(map(sent_row, rows.turned(book, region, since, today, closed))))

    def _note(self, owner: str, today: date) -> Outcome:
        if owner not in self.books:
            return DROPPED
        self._published[owner] = today
        self._measure(owner)
        return Outcome(rows=(Row(self.days, owner, (today.toordinal(),), Turned(owner=owner, day=today)),))


def sent_event(event: Event) -> Out:
    """Where an event goes: to its type's topic from its home, among the copies from others."""
    return Out(EVENT_TOPICS[event.type] if event.home else JOINT_COPIES, event.event_id, event)


def sent_row(row: rows.Published) -> Out:
    """Where a row of totals goes: to subscribers, and an owner's part to the step that adds up the nation."""
    match row:
        case RegionTotal():
            return Out(REGION_TOTALS, row.region, row)
        case SectorTotal():
            return Out(SECTOR_TOTALS, f"{row.region}|{row.sector}", row)
        case PeriodTotal():
            return Out(PERIOD_TOTALS, f"{row.region}|{row.period}", row)
        case RegionProjects():
            return Out(REGION_PROJECTS, row.region, row)
        case OwnerTotals():
            return Out(PROVINCE_TOTALS, NATION, row)
