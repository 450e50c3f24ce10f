"""Questions to the view. Pure; `Refused` says what was wrong with a question."""

import re
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from schemas.alert import Alert
from schemas.event import Event, EventType, Sector, Stage
from schemas.feed_state import FeedState
from schemas.regions import ancestors_of, holds, name_of
from schemas.total import RegionTotal, Window
from streams.web.answers import (
    Alerts,
    DeadLetters,
    Events,
    Feeds,
    ListedAlert,
    ListedEvent,
    Place,
    ReasonCount,
    Region,
    Row,
    Totals,
)
from streams.web.newest import Rank
from streams.web.view import View

MAX_MERGES = 20
"""Steps of `merged_into` that are followed; more is a circle."""


class Refused(Exception):
    """A question that has no answer: `status` is the HTTP status, `code` a name for programs."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def place(code: str) -> Place:
    """A region with its names."""
    return Place(code=code, en=name_of(code, "en"), zh=name_of(code, "zh"))


def listed(event: Event) -> ListedEvent:
    """The event with the names of its regions."""
    fields = {name: getattr(event, name) for name in Event.model_fields}
    return ListedEvent.model_construct(**fields, places=tuple(place(code) for code in event.regions))


def listed_alert(alert: Alert, view: View) -> ListedAlert:
    """The alert with the names of its regions, and its event as it stands if that has changed."""
    fields = {name: getattr(alert, name) for name in Alert.model_fields}
    held = view.events.get(alert.event.event_id)
    now = listed(held) if held is not None and held.revision != alert.event.revision else None
    return ListedAlert.model_construct(**fields, places=tuple(place(code) for code in alert.event.regions), now=now)


def should_list(event: Event) -> bool:
    """No for what was taken back or is told by another event."""
    return event.status != "retracted" and event.merged_into is None


def find_events(
    view: View,
    *,
    type: EventType | None = None,
    stage: Stage | None = None,
    sector: Sector | None = None,
    region: str | None = None,
    since: date | None = None,
    before: str | None = None,
    all: bool = False,
    limit: int = 50,
) -> Events:
    """Events that pass every filter, newest first. `region` takes its whole subtree; `since` is the event's day."""
    found: list[Event] = []
    for event in view.events.newest(parse_cursor(before)):
        fits = (
            (all or should_list(event))
            and type in (None, event.type)
            and stage in (None, event.stage)
            and (sector is None or sector in event.sectors)
            and (since is None or event.day >= since)
            and (region is None or any(holds(region, code) for code in event.regions))
        )
        if fits:
            found.append(event)
        if len(found) > limit:
            break
    more = len(found) > limit
    page = found[:limit]
    return Events(events=[listed(event) for event in page], next=cursor(page[-1]) if more else None)


def cursor(event: Event) -> str:
    """Where a page ends, as a word that goes into a URL."""
    return f"{event.first_reported.isoformat()}~{event.event_id}"


def parse_cursor(text: str | None) -> Rank | None:
    """The rank a cursor stands for. Refused when it is not one that `next` gave."""
    if text is None:
        return None
    moment, _, identity = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not identity:
        raise Refused(400, "invalid_cursor", f"before: expected the `next` of an earlier answer, got {text!r}")
    return at, identity


def event_of(view: View, event_id: str) -> ListedEvent:
    """The event, or the one that it was merged into. Refused when it is not held."""
    for _ in range(MAX_MERGES):
        event = view.events.get(event_id)
        if event is None:
            raise Refused(404, "unknown_event", f"no event {event_id!r} among the newest {view.events.limit}")
        if event.merged_into is None:
            return listed(event)
        event_id = event.merged_into
    raise Refused(404, "unknown_event", f"event {event_id!r} is merged in a circle")


def totals(
    view: View, window: Window, *, region: str | None = None, under: str | None = None, levels: int | None = None
) -> Totals:
    """Rows of one window: all, one region, those directly under one, or the top `levels` levels."""
    parents = {code: _parent(view, code) for code in view.totals}
    below: dict[str, int] = {}
    for parent in parents.values():
        if parent:
            below[parent] = below.get(parent, 0) + 1
    chosen = [
        code
        for code, parent in parents.items()
        if region in (None, code) and under in (None, parent) and (levels is None or _depth(parents, code) <= levels)
    ]
    if region is not None and not chosen:
        raise Refused(404, "unknown_region", f"no totals for region {region!r}")
    rows = [_row(view.totals[code], window, parents[code], below.get(code, 0)) for code in chosen]
    return Totals(window=window, rows=sorted(rows, key=_size))


def region_of(view: View, code: str) -> Region:
    """A region with all its windows and its neighbours above and below. Refused when it has no totals."""
    total = view.totals.get(code)
    if total is None:
        raise Refused(404, "unknown_region", f"no totals for region {code!r}")
    below = sorted(other for other in view.totals if _parent(view, other) == code)
    return Region(
        place=place(code), above=[place(c) for c in ancestors_of(code)], below=[place(c) for c in below], total=total
    )


def find_alerts(view: View, region: str | None, limit: int) -> Alerts:
    """The newest alerts, or those of a region's subtree."""
    fitting = (a for a in view.alerts.newest() if region is None or any(holds(region, r) for r in a.event.regions))
    return Alerts(alerts=[listed_alert(alert, view) for alert in islice(fitting, limit)])


def feeds(view: View) -> Feeds:
    """Every feed, those with the most errors in a row first."""
    states = sorted(
        map(_shown_feed, view.feeds.values()), key=lambda state: (state.health == "ok", -state.errors, state.feed)
    )
    health = {state.health: 0 for state in states}
    for state in states:
        health[state.health] += 1
    return Feeds(health=health, feeds=states)


def _shown_feed(state: FeedState) -> FeedState:
    # States written before names were kept have none. The poller leaves logins out; should one be there, it ends here.
    plain = {name: without_login(getattr(state, name) or "") or None for name in ("feed", "url", "redirect_to")}
    return state.model_copy(update=plain | {"name": state.name or plain["feed"]})


def without_login(url: str) -> str:
    """The URL without user and password.

    >>> without_login("https://ann:s%40t@example.org:8443/feed?to=x@y")
    'https://example.org:8443/feed?to=x@y'
    """
    return re.sub(r"(?<=//)[^/?#]*@", "", url, count=1)


def dead_letters(view: View, limit: int, bodies: bool) -> DeadLetters:
    """Counts by stage and reason, largest first, and the latest letters."""
    counts = [ReasonCount(stage=s, reason=r, count=n) for (s, r), n in view.reasons.most_common()]
    letters = list(islice(view.letters.newest(), limit))
    if not bodies:
        letters = [letter.model_copy(update={"key": None, "value": None}) for letter in letters]
    return DeadLetters(counts=counts, letters=letters)


def _parent(view: View, code: str) -> str | None:
    # The nearest one that has a row: the national row is made a step later than the provinces'.
    return next((above for above in ancestors_of(code) if above in view.totals), None)


def _depth(parents: dict[str, str | None], code: str) -> int:
    depth, above = 1, parents[code]
    while above is not None:
        depth, above = depth + 1, parents[above]
    return depth


def _row(total: RegionTotal, window: Window, parent: str | None, below: int) -> Row:
    kinds = total.windows.get(window, {})
    return Row(place=place(total.region), parent=parent, below=below, as_of=total.as_of, kinds=kinds)


def _size(row: Row) -> tuple[Decimal, int, str]:
    contract = row.kinds.get("contract")
    best = contract.amount_cny.best if contract else Decimal(0)
    return -best, -sum(kind.happenings for kind in row.kinds.values()), row.place.code
