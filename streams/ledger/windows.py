"""Sums by region, stage and day, and the windows over them. Whole numbers only, so adding and taking away is exact."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from schemas.event import MONEY_KINDS, Event, Range, Stage
from schemas.regions import ancestors_of, owner_of
from schemas.total import WINDOWS, Sum, Window


class Cell(NamedTuple):
    """A sum of happenings; amounts in whole yuan."""

    happenings: int = 0
    projects: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    exact: int = 0
    bounded: int = 0
    unknown: int = 0
    joint: int = 0

    def plus(self, other: "Cell") -> "Cell":
        """The two added."""
        return Cell(*(a + b for a, b in zip(self, other, strict=True)))

    def negative(self) -> "Cell":
        """What takes this cell away when added."""
        return Cell(*(-a for a in self))


EMPTY = Cell()


class Row(NamedTuple):
    """A line of the ledger: all that a region has, or only what its owner is home of."""

    region: str
    home_only: bool = False


class Slot(NamedTuple):
    """Where a cell stands; `day` is the ordinal of the date."""

    row: Row
    stage: Stage
    day: int


Deltas = dict[Slot, Cell]


def slots_of(event: Event) -> list[Slot]:
    """Where a happening counts in its owner's book: each place it names there and every division above up to the owner,
    once in each; and the owner's home row when the owner is its home. Nothing for figures, targets and activities."""
    if event.stage is None:
        return []
    mine = [region for region in event.regions if owner_of(region) == event.owner]
    places = {place for region in mine for place in (region, *ancestors_of(region)) if owner_of(place) == event.owner}
    rows = [Row(place) for place in sorted(places)]
    if event.home and places:
        rows.append(Row(event.owner, home_only=True))
    return [Slot(row, event.stage, event.day.toordinal()) for row in rows]


def cell_of(event: Event) -> Cell:
    """One happening as a sum."""
    money = event.amount_cny
    exact = bool(money and event.amount and event.amount.qualifier == "exact")
    return Cell(
        happenings=1,
        projects=event.projects or 0,
        low=int(money.low) if money else 0,
        best=int(money.best) if money else 0,
        high=int(money.high) if money else 0,
        exact=int(exact),
        bounded=int(bool(money) and not exact),
        unknown=int(not money),
        joint=int(not event.home),
    )


def add_event(deltas: Deltas, event: Event, *, taken_back: bool = False) -> None:
    """Adds the happening to the deltas, or its negative."""
    cell = cell_of(event).negative() if taken_back else cell_of(event)
    for slot in slots_of(event):
        deltas[slot] = deltas.get(slot, EMPTY).plus(cell)


def starts_of(as_of: date) -> dict[Window, date]:
    """The first day of each window that ends with `as_of`; that of `all` is the calendar's.

    >>> {window: str(day) for window, day in starts_of(date(2024, 5, 15)).items() if window in ("7d", "wtd", "qtd")}
    {'7d': '2024-05-09', 'wtd': '2024-05-13', 'qtd': '2024-04-01'}
    """
    return {
        "7d": as_of - timedelta(days=6),
        "30d": as_of - timedelta(days=29),
        "90d": as_of - timedelta(days=89),
        "365d": as_of - timedelta(days=364),
        "wtd": as_of - timedelta(days=as_of.weekday()),
        "mtd": as_of.replace(day=1),
        "qtd": as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1),
        "ytd": as_of.replace(month=1, day=1),
        "all": date.min,
    }


class DaySums:
    """Every slot's cell, and each year's sum beside them, so that `all` does not walk through all days."""

    def __init__(self) -> None:
        self._days: dict[tuple[Row, Stage], dict[int, Cell]] = {}
        self._years: dict[tuple[Row, Stage], dict[int, Cell]] = {}

    def apply(self, deltas: Mapping[Slot, Cell]) -> None:
        """Adds the deltas; a sum that comes to nothing is forgotten."""
        for (row, stage, day), cell in deltas.items():
            self._add(self._days, row, stage, day, cell)
            self._add(self._years, row, stage, date.fromordinal(day).year, cell)

    def regions(self) -> set[str]:
        """Regions that have anything."""
        return {row.region for row, _ in self._days}

    def windows(
        self, row: Row, as_of: date, after: Mapping[Slot, Cell] | None = None
    ) -> dict[Window, dict[Stage, Sum]]:
        """The row's windows with the deltas `after` added; windows and kinds with nothing in them are left out."""
        found: dict[Window, dict[Stage, Sum]] = {window: {} for window in WINDOWS}
        for stage in MONEY_KINDS:
            extra = [(slot.day, cell) for slot, cell in (after or {}).items() if slot[:2] == (row, stage)]
            sums = _sums(self._days.get((row, stage), {}), self._years.get((row, stage), {}), as_of)
            for window, start in starts_of(as_of).items():
                more = (cell for day, cell in extra if start.toordinal() <= day <= as_of.toordinal())
                if (cell := sum_cells(sums.get(window, EMPTY), more)).happenings:
                    found[window][stage] = sum_of(cell)
        return {window: kinds for window, kinds in found.items() if kinds}

    @staticmethod
    def _add(table: dict[tuple[Row, Stage], dict[int, Cell]], row: Row, stage: Stage, at: int, cell: Cell) -> None:
        cells = table.setdefault((row, stage), {})
        cells[at] = cells.get(at, EMPTY).plus(cell)
        if cells[at] == EMPTY:
            del cells[at]
            if not cells:
                del table[row, stage]


def sum_of(cell: Cell) -> Sum:
    """The cell as it travels."""
    return Sum(
        happenings=cell.happenings,
        projects=cell.projects,
        amount_cny=Range(low=Decimal(cell.low), best=Decimal(cell.best), high=Decimal(cell.high)),
        exact=cell.exact,
        bounded=cell.bounded,
        unknown=cell.unknown,
        joint=cell.joint,
    )


def _sums(days: Mapping[int, Cell], years: Mapping[int, Cell], as_of: date) -> dict[Window, Cell]:
    """One walk back from `as_of`, noting the sum at the first day of each window."""
    if not days:
        return {}
    sums: dict[Window, Cell] = {}
    running, day = EMPTY, as_of.toordinal()
    starts = sorted(((start.toordinal(), window) for window, start in starts_of(as_of).items()), reverse=True)
    for start, window in starts:
        if window == "all":
            sums[window] = sum_cells(sums["ytd"], (cell for year, cell in years.items() if year < as_of.year))
            continue
        while day >= start:
            if cell := days.get(day):
                running = running.plus(cell)
            day -= 1
        sums[window] = running
    return sums


def sum_cells(first: Cell, rest: Iterable[Cell]) -> Cell:
    """All of them added."""
    for cell in rest:
        first = first.plus(cell)
    return first
