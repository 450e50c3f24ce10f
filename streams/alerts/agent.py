"""signings and milestones in, alerts out: one alert a rule and happening, however many outlets carry it; and a notice
to whoever was alerted when a correction, a retraction or a merger makes it other than it was told.

Two steps. The first asks the rules. The second raises what was not raised yet; it is keyed by country, because
a happening changes its event id, and so its partition, when a report of it turns up that is older than the others, and
its owner when one turns up that names more provinces.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from schemas.alert import Alert
from schemas.base import Contract
from schemas.event import Event
from schemas.topics import ALERT_CANDIDATES, ALERTS
from streams.alerts.notices import Told, changes_between, make_notice, told_of
from streams.alerts.rules import Rule, alert_id_of, make_alert, should_alert
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

RULES_STAGE = "alert-rules"
STAGE = "alerts"


class Raised(Contract):
    """That an alert was raised, and for which event; its row's key is one of the things the happening is known by."""

    rule: str
    event_id: str
    told: Told | None = None
    """In the row of the event that the alert was raised for; the others only lead there."""


def rules_step(rules: Sequence[Rule], now: Callable[[], datetime]) -> Callable[[Event, Place], Outcome]:
    """An event in, a candidate out for each rule that fires; of what was corrected or taken back one for every rule,
    because its alert may be out."""

    def step(event: Event, place: Place) -> Outcome:
        reasons = ((rule, should_alert(rule, event)) for rule in rules)
        follows = event.home and event.status in ("revised", "retracted")
        candidates = [make_alert(rule, event, reason or "", now()) for rule, reason in reasons if reason or follows]
        outputs = tuple(Out(ALERT_CANDIDATES, event.owner.partition("-")[0], alert) for alert in candidates)
        return Outcome(outputs=outputs) if outputs else DROPPED

    return step


def known_by(alert: Alert) -> Iterator[str]:
    """What tells the alert's happening again: its id, each sentence that reports it, what it was merged into."""
    event = alert.event
    yield key_of(alert.rule, event.event_id)
    for source in event.sources:
        yield f"{alert.rule}|{event.type}|{event.stage}|{source.article}|{source.start}-{source.end}"


def key_of(rule: str, event_id: str) -> str:
    """The row of a rule and event."""
    return f"{rule}|{event_id}"


def alert_step(table: Rows[Raised], metrics: Metrics) -> Callable[[Alert, Place], Outcome]:
    """A candidate in; an alert out unless one was raised for the same rule and happening; a notice out when one was and
    the happening is no longer what was told."""
    return _Alerts(table, metrics).step


class _Alerts:
    def __init__(self, table: Rows[Raised], metrics: Metrics) -> None:
        self.table, self.metrics = table, metrics

    def step(self, alert: Alert, place: Place) -> Outcome:
        held = {key: self.table.row(place.partition, key) for key in known_by(alert)}
        known = next((row for row in held.values() if row is not None), None)
        if known is not None:
            return self._follow(alert, known, held, place)
        if not alert.reason or not alert.event.home:
            return DROPPED
        self.metrics.alerts_raised.labels(alert.rule).inc()
        first, *others = held
        leads = Raised(rule=alert.rule, event_id=alert.event.event_id)
        told = leads.model_copy(update={"told": told_of(alert.event)})
        rows = (
            Row(self.table, first, (place.offset,), told),
            *(Row(self.table, key, (place.offset,), leads) for key in others),
        )
        return Outcome(outputs=(Out(ALERTS, alert.alert_id, alert),), rows=rows)

    def _follow(self, alert: Alert, known: Raised, held: dict[str, Raised | None], place: Place) -> Outcome:
        leads = known.model_copy(update={"told": None})
        rows = [Row(self.table, key, (place.offset,), leads) for key, row in held.items() if row is None]
        notice, told = self._notice(alert, known, place)
        if told is not None:
            first = key_of(known.rule, known.event_id)
            rows.append(Row(self.table, first, (place.offset,), leads.model_copy(update={"told": told})))
        if (
            alert.event.merged_into
            and self.table.row(place.partition, key_of(alert.rule, alert.event.merged_into)) is None
        ):
            rows.append(Row(self.table, key_of(alert.rule, alert.event.merged_into), (place.offset,), leads))
        if notice is None:
            return Outcome(rows=tuple(rows)) if rows else DROPPED
        self.metrics.alert_notices.labels(alert.rule, str(notice.notice)).inc()
        return Outcome(outputs=(Out(ALERTS, notice.alert_id, notice),), rows=tuple(rows))

    def _notice(self, alert: Alert, known: Raised, place: Place) -> tuple[Alert | None, Told | None]:
        """The notice that is due, and what people know then."""
        first = self.table.row(place.partition, key_of(known.rule, known.event_id))
        was, event = first.told if first else None, alert.event
        if was is None or not event.home or (event.status not in ("revised", "retracted") and not was.retracted):
            return None, None
        about = alert_id_of(known.rule, known.event_id)
        if event.merged_into:
            other = self.table.row(place.partition, key_of(alert.rule, event.merged_into))
            if other is None or other.event_id == known.event_id or was.merged:
                return None, None
            same = (f"the same happening as that of alert {alert_id_of(other.rule, other.event_id)}",)
            return make_notice(alert, about, "merged", same), was.model_copy(update={"merged": True})
        if was.merged:  # the other alert's notices speak for both
            return None, None
        now = told_of(event)
        changes = changes_between(was, now)
        if not changes:
            return None, None
        return make_notice(alert, about, "retraction" if now.retracted else "correction", changes), now
