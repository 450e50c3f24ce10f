"""The rows of totals that a book gives, and which of them a change or the turn of the day touches."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from schemas.event import MONEY_KINDS, Sector
from schemas.total import (
    OwnerTotals,
    PeriodParts,
    PeriodTotal,
    RegionProjects,
    RegionTotal,
    SectorTotal,
    Windows,
)  # fmt: skip
from streams.ledger.cells import Row
from streams.ledger.changes import Change
from streams.ledger.conversions import Conversions, places_of
from streams.ledger.national import should_add, should_publish
from streams.ledger.periods import Span, closed_periods
from streams.ledger.windows import DaySums

Published = RegionTotal | SectorTotal | PeriodTotal | RegionProjects | OwnerTotals


class Summed(Protocol):
    """What rows are made of: a book, or sums counted otherwise."""

    owner: str
    sums: DaySums
    conversions: Conversions


def region_total(book: Summed, region: str, as_of: date, after: Change | None = None) -> RegionTotal:
    """The region's windows as of a day; with `after`, as they will be when that change is committed."""
    deltas = after.deltas if after else None
    home = book.sums.windows(Row(region, home_only=True), as_of, deltas) if region == book.owner else None
    windows = book.sums.windows(Row(region), as_of, deltas)
    return RegionTotal(region=region, owner=book.owner, as_of=as_of, windows=windows, home=home)


def sector_total(book: Summed, region: str, sector: Sector, as_of: date, after: Change | None = None) -> SectorTotal:
    """The region's windows of one sector."""
    windows = book.sums.windows(Row(region, sector=sector), as_of, after.deltas if after else None)
    return SectorTotal(region=region, sector=sector, owner=book.owner, as_of=as_of, windows=windows)


def period_total(book: Summed, region: str, period: str, span: Span, after: Change | None = None) -> PeriodTotal:
    """The region's closed period."""
    parts = book.sums.parts(Row(region), span, after.deltas if after else None)
    return PeriodTotal(
        region=region, period=period, start=span[0], end=span[1], owner=book.owner, kinds=parts.kinds,
        sectors=parts.sectors,
    )  # fmt: skip


def projects_total(book: Summed, region: str, as_of: date, after: Change | None = None) -> RegionProjects:
    """What of the region's signed projects came to be."""
    gone, new = after.converted if after else ((), ())
    return book.conversions.record(region, book.owner, as_of, gone, new)


def key_of(row: Published) -> tuple[str, ...]:
    """What the row is of: two rows of one key are the same row at two times."""
    match row:
        case SectorTotal():
            return "sector", row.region, row.sector
        case PeriodTotal():
            return "period", row.region, row.period
        case RegionProjects():
            return "projects", row.region
        case OwnerTotals():
            return "owner", row.owner
    return "total", row.region


def changed(book: Summed, change: Change, today: date) -> Iterator[Published]:
    """Every row that the change alters, as it will be; for the nation, the owner's part."""
    rows = {row for row, _ in change.deltas}
    days: dict[str, set[date]] = {}
    for (row, _), cells in change.deltas.items():
        days.setdefault(row.region, set()).update(map(date.fromordinal, cells))
    projects = sorted({place for projects in change.converted for one in projects for place in places_of(one)})
    for region in filter(should_publish, sorted({row.region for row in rows})):
        yield region_total(book, region, today, change)
        for row in sorted({row for row in rows if row.region == region and row.sector and not row.home_only}, key=str):
            assert row.sector
            yield sector_total(book, region, row.sector, today, change)
        for period, span in sorted(closed_periods(days[region], today).items()):
            yield period_total(book, region, period, span, change)
    for region in filter(should_publish, projects):
        yield projects_total(book, region, today, change)
    home = {row.sector for row in rows if row.home_only}
    converted = book.owner in projects
    if should_add(book.owner) and (home or converted):
        ended = closed_periods(days[book.owner], today) if home else {}
        yield owner_part(book, today, home, ended, converted, change)


def regions_of(book: Summed) -> list[str]:
    """Every region with something to its name, at every level up to the owner, sorted."""
    return sorted({row.region for row in book.sums.rows()} | set(book.conversions.regions()))


def turned(
    book: Summed, region: str, since: date | None, today: date, closed_since: date | None = None
) -> Iterator[Published]:
    """The rows of a region that differ between two days though nothing arrived, all of them when `since` is None; and
    the periods that have closed since, or since `closed_since` when that is known, else ever. With the owner's own
    region comes its part in the nation."""
    ended_since = since or closed_since
    if should_publish(region):
        yield from _turned(book, region, since, today, ended_since)
    if region != book.owner or not should_add(region):
        return
    home = Row(region, home_only=True)
    sectors = [s for s in (None, *book.sums.sectors(home)) if _differs(book, home._replace(sector=s), since, today)]
    ended = closed_periods(_days(book, home), today, ended_since)
    converted = region in book.conversions.regions() and _falls_due(book, region, since, today)
    if sectors or ended or converted:
        yield owner_part(book, today, set(sectors), ended, converted)


def owner_part(
    book: Summed, today: date, sectors: set[Sector | None], ended: dict[str, Span], projects: bool,
    after: Change | None = None,
) -> OwnerTotals:  # fmt: skip
    """The owner's part in the nation: these sectors (None: all of them together) and periods, and the projects."""
    deltas, home = after.deltas if after else None, Row(book.owner, home_only=True)
    windows: dict[Sector | None, Windows] = {
        sector: book.sums.windows(home._replace(sector=sector), today, deltas) for sector in sectors
    }
    parts: dict[str, PeriodParts] = {name: book.sums.parts(home, span, deltas) for name, span in sorted(ended.items())}
    return OwnerTotals(
        owner=book.owner,
        as_of=today,
        windows=windows.get(None),
        sectors={sector: windows[sector] for sector in sorted(s for s in sectors if s)},
        periods=parts,
        projects=projects_total(book, book.owner, today, after) if projects else None,
    )


def _turned(
    book: Summed, region: str, since: date | None, today: date, ended_since: date | None
) -> Iterator[Published]:
    row = Row(region)
    days = _days(book, row)
    if days and _differs(book, row, since, today):
        yield region_total(book, region, today)
    for sector in book.sums.sectors(row):
        if _differs(book, row._replace(sector=sector), since, today):
            yield sector_total(book, region, sector, today)
    for period, span in sorted(closed_periods(days, today, ended_since).items()):
        yield period_total(book, region, period, span)
    if region in book.conversions.regions() and _falls_due(book, region, since, today):
        yield projects_total(book, region, today)


def _differs(book: Summed, row: Row, since: date | None, today: date) -> bool:
    return since is None or book.sums.windows(row, since) != book.sums.windows(row, today)


def _falls_due(book: Summed, region: str, since: date | None, today: date) -> bool:
    return since is None or book.conversions.due_between(region, since, today)


def _days(book: Summed, row: Row) -> Iterable[date]:
    return {date.fromordinal(day) for stage in MONEY_KINDS for day in book.sums.days(row, stage)}
