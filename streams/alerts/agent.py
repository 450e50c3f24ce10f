"""signings and milestones in, alerts out: one alert a rule and happening, however many outlets carry it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from schemas.base import Contract
from schemas.event import Event
from schemas.topics import ALERTS
from streams.alerts.rules import Rule, make_alert, should_alert
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Rows

STAGE = "alerts"


class Raised(Contract):
    """That an alert was raised; its row's key is the alert's id."""

    rule: str
    event_id: str


def alert_step(
    rules: Sequence[Rule], table: Rows[Raised], now: Callable[[], datetime], metrics: Metrics
) -> Callable[[Event, Place], Outcome]:
    """The step of the agent."""

    def step(event: Event, place: Place) -> Outcome:
        outputs: list[Out] = []
        rows: list[Row] = []
        for rule in rules:
            reason = should_alert(rule, event)
            if reason is None:
                continue
            alert = make_alert(rule, event, reason, now())
            if table.row(place.partition, alert.alert_id) is not None:
                continue
            outputs.append(Out(ALERTS, alert.alert_id, alert))
            raised = Raised(rule=alert.rule, event_id=event.event_id)
            rows.append(Row(table, alert.alert_id, (place.offset,), raised))
            metrics.alerts_raised.labels(alert.rule).inc()
        return Outcome(outputs=tuple(outputs), rows=tuple(rows)) if outputs else DROPPED

    return step
