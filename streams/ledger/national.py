"""The nation's rows: every happening once, added up from what each owner is home of.

Mentions of several provinces, and those that name no more than the country, have the owner `CN` too; its book's row
joins the provinces' rows here, and this step is the only writer of the rows of `CN`.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from schemas.event import MONEY_KINDS, Range, Sector, Stage
from schemas.total import (
    WINDOWS,
    Cohort,
    Kinds,
    PeriodParts,
    PeriodTotal,
    RegionProjects,
    RegionTotal,
    SectorTotal,
    Sum,
    Windows,
)  # fmt: skip
from streams.ledger.cells import range_of
from streams.ledger.periods import Span

NATION = "CN"
MOST_OVERDUE = 100


def should_add(owner: str) -> bool:
    """True for the owners that the nation is made of: the Chinese ones, the owner `CN` included."""
    return owner.partition("-")[0] == NATION


def should_publish(region: str) -> bool:
    """False for the one region whose rows a book must not write itself: `CN`."""
    return region != NATION


def add_windows(parts: Iterable[Windows]) -> Windows:
    """The owners' windows added, at most one an owner."""
    given = list(parts)
    added = {window: add_kinds(part[window] for part in given if window in part) for window in WINDOWS}
    return {window: kinds for window, kinds in added.items() if kinds}


def add_kinds(parts: Iterable[Kinds]) -> Kinds:
    """Sums added, kind by kind."""
    by_kind: dict[Stage, list[Sum]] = {}
    for part in parts:
        for stage, one in part.items():
            by_kind.setdefault(stage, []).append(one)
    return {stage: _added(by_kind[stage]) for stage in MONEY_KINDS if stage in by_kind}


def region_total(parts: Iterable[Windows], as_of: date) -> RegionTotal:
    """The national row. Joint happenings are in the part of the country's own book alone."""
    return RegionTotal(region=NATION, owner=NATION, as_of=as_of, windows=add_windows(parts))


def sector_total(parts: Iterable[Windows], sector: Sector, as_of: date) -> SectorTotal:
    """The national row of a sector."""
    return SectorTotal(region=NATION, sector=sector, owner=NATION, as_of=as_of, windows=add_windows(parts))


def period_total(parts: Iterable[PeriodParts], period: str, span: Span) -> PeriodTotal:
    """The nation's row of a closed period."""
    given = list(parts)
    names = sorted({sector for part in given for sector in part.sectors})
    return PeriodTotal(
        region=NATION,
        period=period,
        start=span[0],
        end=span[1],
        owner=NATION,
        kinds=add_kinds(part.kinds for part in given),
        sectors={name: add_kinds(part.sectors[name] for part in given if name in part.sectors) for name in names},
    )


def projects_total(parts: Iterable[RegionProjects], as_of: date) -> RegionProjects:
    """What of the nation's named projects came to be."""
    given = list(parts)
    years = sorted({year for part in given for year in part.cohorts})
    overdue = sorted((one for part in given for one in part.longest), key=lambda one: (one.signed, one.project_id))
    return RegionProjects(
        region=NATION,
        owner=NATION,
        as_of=as_of,
        cohorts={year: add_cohorts(part.cohorts[year] for part in given if year in part.cohorts) for year in years},
        overdue=sum(part.overdue for part in given),
        longest=tuple(overdue[:MOST_OVERDUE]),
    )


def add_cohorts(parts: Iterable[Cohort]) -> Cohort:
    """Cohorts of one year added."""
    given = list(parts)
    return Cohort(**{name: sum(getattr(part, name) for part in given) for name in Cohort.model_fields})


def _added(parts: list[Sum]) -> Sum:
    if len(parts) == 1:
        return parts[0]

    def money(ranges: list[Range]) -> Range:
        return range_of(*(sum((getattr(one, end) for one in ranges), Decimal(0)) for end in ("low", "best", "high")))

    return Sum.model_construct(
        happenings=sum(part.happenings for part in parts),
        projects=sum(part.projects for part in parts),
        amount_cny=money([part.amount_cny for part in parts]),
        amount_usd=money([part.amount_usd for part in parts]),
        exact=sum(part.exact for part in parts),
        bounded=sum(part.bounded for part in parts),
        unknown=sum(part.unknown for part in parts),
        joint=sum(part.joint for part in parts),
    )
