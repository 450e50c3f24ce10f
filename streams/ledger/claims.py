"""What a figure claims, beside what was seen: the happenings of its region and period."""

from decimal import Decimal

from schemas.event import SIGNING_STAGES, Event, Metric, Observed, Range, Stage
from streams.ledger.cells import Deltas, Row, sum_cells
from streams.ledger.periods import Span
from streams.ledger.windows import DaySums

CLAIMED: dict[Metric, tuple[Stage, ...]] = {
    "projects_signed": SIGNING_STAGES,
    "projects_introduced": ("landed",),
    "projects_started": ("started",),
    "projects_completed": ("completed",),
}
"""The kinds of happenings that a figure counts. The claim is of all of them, so here, and only here, kinds of signings
are added."""


def span_of(event: Event) -> Span | None:
    """The period of a figure that can be compared: of one place below the country, both ends known; else None."""
    period = event.period
    if event.type != "statistic" or event.metric not in CLAIMED or not event.home or len(event.regions) != 1:
        return None
    if period is None or period.start is None or period.end is None or event.regions[0] == "CN":
        return None
    return period.start, period.end


def observe(event: Event, sums: DaySums, after: Deltas | None = None) -> Event:
    """The figure with what was seen of it; any other event as it is."""
    span = span_of(event)
    if span is None or event.metric is None:
        return event
    row = Row(event.regions[0])
    cell = sum_cells(sums.between((row, stage), span, after) for stage in CLAIMED[event.metric])
    counted = cell.projects + cell.uncounted
    claimed = event.amount_cny.best if event.amount_cny else None
    seen = Observed(
        happenings=cell.happenings,
        projects=counted,
        amount_cny=Range(low=Decimal(cell.low), best=Decimal(cell.best), high=Decimal(cell.high)),
        missing_projects=event.projects - counted if event.projects is not None else None,
        missing_cny=claimed - cell.best if claimed is not None else None,
    )
    return event.model_copy(update={"observed": seen})


def is_touched(event: Event, deltas: Deltas) -> bool:
    """Whether the deltas change what was seen of a figure."""
    span = span_of(event)
    if span is None or event.metric is None:
        return False
    first, last = (day.toordinal() for day in span)
    return any(
        first <= day <= last
        for stage in CLAIMED[event.metric]
        for day in deltas.get((Row(event.regions[0]), stage), ())
    )
