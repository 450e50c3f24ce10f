"""What one happening adds, and where: sums by region, sector, stage and day. Whole numbers only, so adding and taking
away is exact."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from schemas.event import Event, Range, Sector, Stage
from schemas.regions import ancestors_of, owner_of
from schemas.total import Sum


class Cell(NamedTuple):
    """A sum of happenings; amounts in whole yuan and in cents."""

    happenings: int = 0
    projects: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    usd_low: int = 0
    usd_best: int = 0
    usd_high: int = 0
    exact: int = 0
    bounded: int = 0
    unknown: int = 0
    joint: int = 0
    uncounted: int = 0
    """Happenings without a stated project count."""

    def plus(self, other: "Cell") -> "Cell":
        """The two added."""
        return Cell(*(a + b for a, b in zip(self, other, strict=True)))

    def negative(self) -> "Cell":
        """What takes this cell away when added."""
        return Cell(*(-a for a in self))


EMPTY = Cell()


class Row(NamedTuple):
    """A line of the ledger: all that a region has, or only what its owner is home of; of one sector, or of all."""

    region: str
    home_only: bool = False
    sector: Sector | None = None


Line = tuple[Row, Stage]
Deltas = dict[Line, dict[int, Cell]]
"""What to add, by line and day (the ordinal of the date)."""


def lines_of(event: Event) -> list[Line]:
    """Where a happening counts in its owner's book: each place it names there and every division above up to the owner,
    once in each; the owner's home row when the owner is its home; each of them again for each of its sectors. Nothing
    for figures, targets and activities, nor in the book of the country for what a province is home of."""
    if event.stage is None or (not event.home and "-" not in event.owner):
        return []
    above = {place for region in event.regions for place in (region, *ancestors_of(region))}
    rows = [(place, False) for place in sorted(above) if owner_of(place) == event.owner]
    if event.home and rows:
        rows.append((event.owner, True))
    return [(Row(*row, sector), event.stage) for row in rows for sector in (None, *event.sectors)]


def cell_of(event: Event) -> Cell:
    """One happening as a sum."""
    money, dollars = event.amount_cny, event.amount_usd
    exact = bool(money and event.amount and event.amount.qualifier == "exact")
    return Cell(
        happenings=1,
        projects=event.projects or 0,
        low=int(money.low) if money else 0,
        best=int(money.best) if money else 0,
        high=int(money.high) if money else 0,
        usd_low=int(dollars.low * 100) if dollars else 0,
        usd_best=int(dollars.best * 100) if dollars else 0,
        usd_high=int(dollars.high * 100) if dollars else 0,
        exact=int(exact),
        bounded=int(bool(money) and not exact),
        unknown=int(not money),
        joint=int(not event.home),
        uncounted=int(not event.projects),
    )


def deltas_of(added: Iterable[Event], taken_back: Iterable[Event] = ()) -> Deltas:
    """What these happenings add, and those take away; what comes to nothing is left out."""
    deltas: Deltas = {}
    for sign, events in ((True, added), (False, taken_back)):
        for event in events:
            cell = cell_of(event) if sign else cell_of(event).negative()
            day = event.day.toordinal()
            for line in lines_of(event):
                days = deltas.setdefault(line, {})
                days[day] = days.get(day, EMPTY).plus(cell)
    kept = ((line, {day: cell for day, cell in days.items() if cell != EMPTY}) for line, days in deltas.items())
    return {line: days for line, days in kept if days}


def sum_cells(cells: Iterable[Cell]) -> Cell:
    """All of them added."""
    columns = list(zip(*cells, strict=True))
    return Cell(*map(sum, columns)) if columns else EMPTY


def sum_of(cell: Cell) -> Sum:
    """The cell as it travels. Not validated again: a ledger row is made of thousands."""
    cents = Decimal(100)
    return Sum.model_construct(
        happenings=cell.happenings,
        projects=cell.projects,
        amount_cny=range_of(Decimal(cell.low), Decimal(cell.best), Decimal(cell.high)),
        amount_usd=range_of(cell.usd_low / cents, cell.usd_best / cents, cell.usd_high / cents),
        exact=cell.exact,
        bounded=cell.bounded,
        unknown=cell.unknown,
        joint=cell.joint,
    )


def range_of(low: Decimal, best: Decimal, high: Decimal) -> Range:
    """A range of what is already valid."""
    return Range.model_construct(low=low, best=best, high=high)


def kinds_of(cells: Mapping[Stage, Cell]) -> dict[Stage, Sum]:
    """As they travel, in the order of the mapping; kinds with nothing in them are left out."""
    return {stage: sum_of(cell) for stage, cell in cells.items() if cell.happenings}
