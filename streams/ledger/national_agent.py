"""province-totals in, the rows of the nation out: their only writer. Owns the table `owner-rows`: the owners' parts."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from schemas.regions import names, owner_of
from schemas.total import OwnerTotals
from streams.ledger import national
from streams.ledger.agent import sent_row
from streams.ledger.periods import span_of
from streams.ledger.rows import Published
from streams.step import DROPPED, Outcome, Place, Row, Rows

NATIONAL_STAGE = "national"


@cache
def owners() -> tuple[str, ...]:
    """Every owner that the nation is made of."""
    return tuple(sorted({owner_of(region) for region in names() if national.should_add(region)}))


def pieces_of(part: OwnerTotals) -> Iterator[tuple[str, OwnerTotals]]:
    """What of the nation a message changes, one by one: (name, the owner's part of it)."""
    bare = part.model_copy(update={"windows": None, "sectors": {}, "periods": {}, "projects": None})
    if part.windows is not None:
        yield "windows", bare.model_copy(update={"windows": part.windows})
    for sector, windows in part.sectors.items():
        yield f"sector {sector}", bare.model_copy(update={"sectors": {sector: windows}})
    for period, sums in part.periods.items():
        yield f"period {period}", bare.model_copy(update={"periods": {period: sums}})
    if part.projects is not None:
        yield "projects", bare.model_copy(update={"projects": part.projects})


def national_row(parts: list[OwnerTotals], today: date) -> Published:
    """The nation's row of one piece, of all owners' parts of it."""
    first = parts[0]
    if first.projects is not None:
        return national.projects_total([part.projects for part in parts if part.projects], today)
    for sector in first.sectors:
        return national.sector_total([part.sectors[sector] for part in parts], sector, today)
    for period in first.periods:
        return national.period_total([part.periods[period] for part in parts], period, span_of(period))
    return national.region_total([part.windows or {} for part in parts], today)


def national_step(table: Rows[OwnerTotals], today: Callable[[], date]) -> Callable[[OwnerTotals, Place], Outcome]:
    """The step of the agent: replaces the owner's parts, adds all owners' up. Of a part that comes again after a later
    one nothing is published."""

    def step(part: OwnerTotals, place: Place) -> Outcome:
        outputs, rows = [], []
        for name, piece in pieces_of(part):
            mine = table.held(place.partition, f"{part.owner}|{name}")
            if mine is not None and mine.version > (place.offset,):
                continue
            theirs = (table.row(place.partition, f"{owner}|{name}") for owner in owners() if owner != part.owner)
            outputs.append(sent_row(national_row([piece, *(row for row in theirs if row is not None)], today())))
            rows.append(Row(table, f"{part.owner}|{name}", (place.offset,), piece))
        return Outcome(outputs=tuple(outputs), rows=tuple(rows)) if rows else DROPPED

    return step
