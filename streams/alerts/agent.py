"""signings and milestones in, alerts out: one alert a rule and happening, however many outlets carry it.

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
from streams.alerts.rules import Rule, make_alert, should_alert
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

RULES_STAGE = "alert-rules"
STAGE = "alerts"


class Raised(Contract):
    """That an alert was raised; its row's key is one of the things the happening is known by."""

    rule: str
    event_id: str


def rules_step(rules: Sequence[Rule], now: Callable[[], datetime]) -> Callable[[Event, Place], Outcome]:
    """An event in, a candidate out for each rule that fires."""

    def step(event: Event, place: Place) -> Outcome:
        fired = ((rule, reason) for rule in rules if (reason := should_alert(rule, event)) is not None)
        candidates = [make_alert(rule, event, reason, now()) for rule, reason in fired]
        outputs = tuple(Out(ALERT_CANDIDATES, event.owner.partition("-")[0], alert) for alert in candidates)
        return Outcome(outputs=outputs) if outputs else DROPPED

    return step


def known_by(alert: Alert) -> Iterator[str]:
    """What tells the alert's happening again: its id, and each sentence that reports it."""
    event = alert.event
    yield f"{alert.rule}|{event.event_id}"
    for source in event.sources:
        yield f"{alert.rule}|{event.type}|{event.stage}|{source.article}|{source.start}-{source.end}"


def alert_step(table: Rows[Raised], metrics: Metrics) -> Callable[[Alert, Place], Outcome]:
    """A candidate in, an alert out unless one was raised for the same rule and happening."""

    def step(alert: Alert, place: Place) -> Outcome:
        held = {key: table.row(place.partition, key) for key in known_by(alert)}
        known = next((row for row in held.values() if row is not None), None)
        raised = known or Raised(rule=alert.rule, event_id=alert.event.event_id)
        rows = tuple(Row(table, key, (place.offset,), raised) for key, row in held.items() if row is None)
        if known is not None:
            return Outcome(rows=rows) if rows else DROPPED
        metrics.alerts_raised.labels(alert.rule).inc()
        return Outcome(outputs=(Out(ALERTS, alert.alert_id, alert),), rows=rows)

    return step
