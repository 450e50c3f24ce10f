"""The totals added up anew from published events alone, without mentions or books: what `reconcile` compares with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from schemas.event import Event
from schemas.total import OwnerTotals
from streams.ledger import rows
from streams.ledger.cells import deltas_of
from streams.ledger.conversions import Conversions
from streams.ledger.national_agent import national_row, pieces_of
from streams.ledger.projects import Chapters, chapter_of
from streams.ledger.rows import Published, Summed
from streams.ledger.windows import DaySums


@dataclass
class Counted:
    """One owner's sums: what the rows are made of."""

    owner: str
    sums: DaySums = field(default_factory=DaySums)
    conversions: Conversions = field(default_factory=Conversions)


def count(events: Iterable[Event], start_months: int) -> list[Counted]:
    """The sums of every owner. `events` are those that stand: of their homes, and the provinces' copies."""
    by_owner: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.status != "retracted":
            by_owner[event.owner].append(event)
    counted = []
    for owner, mine in sorted(by_owner.items()):
        one, chapters = Counted(owner), Chapters()
        one.sums.apply(deltas_of(mine))
        for chapter in filter(None, map(chapter_of, mine)):
            chapters.put(chapter)
        found = chapters.projects(chapters.all_names(), owner, start_months)
        one.conversions.apply((), (project for project, _ in found.values()))
        counted.append(one)
    return counted


def all_rows(books: Iterable[Summed], as_of: date) -> dict[tuple[str, ...], Published]:
    """Every row of totals as of a day, by `rows.key_of`; the national ones among them."""
    published = [
        row for book in books for region in rows.regions_of(book) for row in rows.turned(book, region, None, as_of)
    ]
    pieces: dict[str, list[OwnerTotals]] = defaultdict(list)
    for row in published:
        for name, piece in pieces_of(row) if isinstance(row, OwnerTotals) else ():
            pieces[name].append(piece)
    nation = [national_row(parts, as_of) for _, parts in sorted(pieces.items())]
    return {rows.key_of(row): row for row in (*published, *nation) if not isinstance(row, OwnerTotals)}
