"""Sums of days: the windows that end on a day, and closed periods."""

from collections.abc import Mapping
from datetime import date, timedelta

from schemas.event import MONEY_KINDS, Sector, Stage
from schemas.total import WINDOWS, PeriodParts, Window, Windows
from streams.ledger.cells import EMPTY, Cell, Deltas, Line, Row, kinds_of, sum_cells
from streams.ledger.periods import Span


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
    """Every line's cell of each day, and each year's sum beside them, so that `all` does not walk through all days."""

    def __init__(self) -> None:
        self._days: dict[Line, dict[int, Cell]] = {}
        self._years: dict[Line, dict[int, Cell]] = {}
        self._sectors: dict[tuple[str, bool], dict[Sector, int]] = {}
        """Which sectors a region's rows have, and in how many kinds of money."""

    def apply(self, deltas: Deltas) -> None:
        """Adds the deltas; a sum that comes to nothing is forgotten."""
        for line, days in deltas.items():
            was = line in self._days
            for day, cell in days.items():
                _add(self._days, line, day, cell)
                _add(self._years, line, date.fromordinal(day).year, cell)
            self._note_sector(line[0], (line in self._days) - was)

    def rows(self) -> set[Row]:
        """Rows that have anything."""
        return {row for row, _ in self._days}

    def days(self, row: Row, stage: Stage) -> list[int]:
        """The days on which the row has anything of this kind."""
        return list(self._days.get((row, stage), ()))

    def sectors(self, row: Row, after: Deltas | None = None) -> list[Sector]:
        """The sectors that the row's region has anything of, or may have with `after` added, sorted."""
        extra = {line[0].sector for line in after or {} if line[0][:2] == row[:2]}
        return sorted({*self._sectors.get(row[:2], ()), *(sector for sector in extra if sector)})

    def windows(self, row: Row, as_of: date, after: Deltas | None = None) -> Windows:
        """The row's windows with the deltas `after` added; windows and kinds with nothing in them are left out."""
        found: dict[Window, dict[Stage, Cell]] = {window: {} for window in WINDOWS}
        starts = {window: start.toordinal() for window, start in starts_of(as_of).items()}
        for stage in MONEY_KINDS:
            for window, cell in self._windows((row, stage), starts, as_of, (after or {}).get((row, stage), {})).items():
                found[window][stage] = cell
        return {window: kinds for window, cells in found.items() if (kinds := kinds_of(cells))}

    def between(self, line: Line, span: Span, after: Deltas | None = None) -> Cell:
        """The line's sum from the first to the last day of the span, with the deltas `after` added."""
        first, last = (day.toordinal() for day in span)
        more = after.get(line) if after else None
        cells = self._between(line, first, last)
        return sum_cells([*cells, *(c for day, c in more.items() if first <= day <= last)] if more else cells)

    def parts(self, row: Row, span: Span, after: Deltas | None = None) -> PeriodParts:
        """The row's kinds of money in a period, and those of each of its sectors."""
        sectors = {sector: self._kinds(row._replace(sector=sector), span, after) for sector in self.sectors(row, after)}
        return PeriodParts(
            kinds=kinds_of(self._kinds(row, span, after)),
            sectors={sector: kinds for sector, cells in sectors.items() if (kinds := kinds_of(cells))},
        )

    def _kinds(self, row: Row, span: Span, after: Deltas | None) -> dict[Stage, Cell]:
        return {
            stage: self.between((row, stage), span, after)
            for stage in MONEY_KINDS
            if (row, stage) in self._days or (after and (row, stage) in after)
        }

    def _windows(
        self, line: Line, starts: Mapping[Window, int], as_of: date, extra: Mapping[int, Cell]
    ) -> dict[Window, Cell]:
        last = as_of.toordinal()
        days, years = self._days.get(line, {}), self._years.get(line, {})
        if not days and not extra:
            return {}
        first = min(start for window, start in starts.items() if window != "all")
        near = {day: cell for day in _days_in(days, first, last) if (cell := days.get(day))}
        sums: dict[Window, Cell] = {
            window: sum_cells(cell for day, cell in near.items() if day >= start)
            for window, start in starts.items()
            if window != "all"
        }
        before = (cell for year, cell in years.items() if year < as_of.year)
        sums["all"] = sum_cells([sums["ytd"], *before])
        for window, start in starts.items():
            more = [cell for day, cell in extra.items() if start <= day <= last]
            sums[window] = sum_cells([sums[window], *more]) if more else sums[window]
        return sums

    def _between(self, line: Line, first: int, last: int) -> list[Cell]:
        days = self._days.get(line, {})
        year = date.fromordinal(first).year
        if (first, last) == (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()):
            return [self._years.get(line, {}).get(year, EMPTY)]
        return [cell for day in _days_in(days, first, last) if (cell := days.get(day))]

    def _note_sector(self, row: Row, change: int) -> None:
        if not change or row.sector is None:
            return
        kinds = self._sectors.setdefault(row[:2], {})
        kinds[row.sector] = kinds.get(row.sector, 0) + change
        if not kinds[row.sector]:
            del kinds[row.sector]


def _days_in(days: Mapping[int, Cell], first: int, last: int) -> list[int]:
    """The days from first to last that may have a cell: the shorter of two ways to look."""
    if len(days) <= last - first:
        return [day for day in days if first <= day <= last]
    return list(range(first, last + 1))


def _add(table: dict[Line, dict[int, Cell]], line: Line, at: int, cell: Cell) -> None:
    cells = table.setdefault(line, {})
    cells[at] = cells.get(at, EMPTY).plus(cell)
    if cells[at] == EMPTY:
        del cells[at]
        if not cells:
            del table[line]
