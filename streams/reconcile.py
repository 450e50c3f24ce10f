"""`dealwire reconcile` and `dealwire totals`: the totals recounted from the typed topics."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from schemas.base import Contract
from schemas.event import Event
from schemas.regions import name_of
from schemas.topics import (
    EVENT_TOPICS,
    JOINT_COPIES,
    PERIOD_TOTALS,
    REGION_PROJECTS,
    REGION_TOTALS,
    SECTOR_TOTALS,
    Topic,
)  # fmt: skip
from schemas.total import PeriodTotal, RegionProjects, RegionTotal, SectorTotal, Sum
from streams.broker import BrokerError
from streams.latest import parse_all, read_latest
from streams.ledger.recount import all_rows, count
from streams.ledger.rows import Published, key_of
from streams.settings import Settings

TIMEOUT = 10.0
"""Seconds, at most, for one answer of the broker; fewer when DEALWIRE_KAFKA_DEADLINE is less."""
COUNTED = (EVENT_TOPICS["signing"], EVENT_TOPICS["milestone"], JOINT_COPIES)
"""The topics whose events are in totals."""
PUBLISHED: dict[Topic, type[Any]] = {
    REGION_TOTALS: RegionTotal,
    SECTOR_TOTALS: SectorTotal,
    PERIOD_TOTALS: PeriodTotal,
    REGION_PROJECTS: RegionProjects,
}
Values = dict[str, Any]


def reconcile(settings: Settings, today: date) -> int:
    """Recount every total as of `today` and print what differs from the published: 0 when nothing does, else 1.

    Run it when the workers have caught up: what is under way differs.
    """
    try:
        found = read_latest(settings.kafka_brokers, (*COUNTED, *PUBLISHED), _patience(settings))
        events = list(_events(found))
        published = {
            key_of(row): row
            for topic, model in PUBLISHED.items()
            for row in parse_all(model, found[topic.name], topic.name)
        }
    except BrokerError as error:
        return _fail("reconcile", error)
    counted = all_rows(count(events, settings.start_months), today)
    differing = 0
    for key in sorted(published.keys() | counted.keys()):
        lines = list(differences(key, published.get(key), counted.get(key)))
        differing += bool(lines)
        print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{len(events)} events, {len(published)} published rows, {len(counted)} recounted, {differing} differ")
    return 1 if differing else 0


def differences(key: tuple[str, ...], published: Published | None, counted: Published | None) -> Iterator[str]:
    """In words, what the two rows say differently; a row that is not there says nothing."""
    one, other = _flat(published), _flat(counted)
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            stale = f", as of {published.as_of}" if isinstance(published, RegionTotal | SectorTotal) else ""
            was, now = one.get(name, "nothing"), other.get(name, "nothing")
            yield f"{' '.join(key)}: {name}: published {was}{stale}, recounted {now}"


def totals(settings: Settings, region: str, as_of: date) -> RegionTotal | None:
    """The region's windows as of a day, from the events that stand; None for a region with nothing to its name.

    Raises BrokerError.
    """
    found = read_latest(settings.kafka_brokers, COUNTED, _patience(settings))
    row = all_rows(count(_events(found), settings.start_months), as_of).get(("total", region))
    return row if isinstance(row, RegionTotal) else None


def show_totals(settings: Settings, region: str, as_of: date, as_json: bool) -> int:
    """Print the region's windows as of a day: 0, or 1 when the broker does not give them."""
    try:
        row = totals(settings, region, as_of)
    except BrokerError as error:
        return _fail("totals", error)
    row = row or RegionTotal(region=region, owner=region, as_of=as_of, windows={})
    if as_json:
        print(row.wire().decode())
        return 0
    print(f"{name_of(region, 'en')} {region} as of {as_of}")
    for window, kinds in row.windows.items():
        for stage, one in kinds.items():
            print(f"{window:5} {stage:12} {_in_words(one)}")
    if not row.windows:
        print("nothing")
    return 0


def _in_words(one: Sum) -> str:
    money = one.amount_cny
    between = f" ({money.low:,} to {money.high:,})" if money.low != money.high else ""
    return (
        f"{one.happenings} happenings, {one.projects} projects, {money.best:,} CNY{between}, "
        f"{one.amount_usd.best:,} USD; exact {one.exact}, bound {one.bounded}, unknown {one.unknown}, joint {one.joint}"
    )


def _events(found: Mapping[str, dict[str, bytes]]) -> Iterable[Event]:
    for topic in COUNTED:
        yield from parse_all(Event, found[topic.name], topic.name)


def _flat(row: Contract | None) -> Values:
    """The numbers of a row by their path; what is nothing is left out, and so is the day it was made as of."""
    if row is None:
        return {}
    whole = row.model_dump(
        mode="json", include={"windows", "home", "kinds", "sectors", "cohorts", "overdue", "longest"}
    )
    return {path: value for path, value in _leaves(whole) if value not in (0, None, [], {})}


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path} {name}".strip())
    else:
        yield path, value


def _patience(settings: Settings) -> float:
    return min(TIMEOUT, settings.kafka_deadline)


def _fail(command: str, error: BrokerError) -> int:
    print(f"dealwire: {command}: {error}", file=sys.stderr)
    return 1
