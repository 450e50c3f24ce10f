"""The national row: every happening once, added up from what each owner is home of.

Mentions that name no more than the country have the owner `CN`; its book's row joins the provinces' rows here, and this
step is the only writer of the row `CN`.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from schemas.event import MONEY_KINDS, Range, Stage
from schemas.total import WINDOWS, RegionTotal, Sum, Window

NATION = "CN"


def should_add(total: RegionTotal) -> bool:
    """True for the rows that the national row is made of: each Chinese owner's own, the owner `CN` included."""
    return total.region == total.owner and total.owner.partition("-")[0] == NATION


def should_publish(total: RegionTotal) -> bool:
    """False for the one row that a book must not write itself: `CN`, a part of the nation's row of that name."""
    return total.region != NATION


def add_provinces(rows: Iterable[RegionTotal], as_of: date) -> RegionTotal:
    """The national row of the owners' rows, at most one an owner. Joint happenings are in one owner's `home` alone."""
    parts: dict[tuple[Window, Stage], list[Sum]] = {}
    for row in rows:
        for window, kinds in (row.home or {}).items():
            for stage, part in kinds.items():
                parts.setdefault((window, stage), []).append(part)
    windows = {
        window: {stage: _added(parts[window, stage]) for stage in MONEY_KINDS if (window, stage) in parts}
        for window in WINDOWS
    }
    return RegionTotal(
        region=NATION,
        owner=NATION,
        as_of=as_of,
        windows={window: kinds for window, kinds in windows.items() if kinds},
    )


def _added(parts: list[Sum]) -> Sum:
    return Sum(
        happenings=sum(part.happenings for part in parts),
        projects=sum(part.projects for part in parts),
        amount_cny=Range(
            low=sum((part.amount_cny.low for part in parts), Decimal(0)),
            best=sum((part.amount_cny.best for part in parts), Decimal(0)),
            high=sum((part.amount_cny.high for part in parts), Decimal(0)),
        ),
        exact=sum(part.exact for part in parts),
        bounded=sum(part.bounded for part in parts),
        unknown=sum(part.unknown for part in parts),
        joint=sum(part.joint for part in parts),
    )
