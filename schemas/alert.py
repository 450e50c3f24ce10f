"""A rule fired for an event."""

from schemas.base import Contract, Moment
from schemas.event import Event


class Alert(Contract):
    """One alert a rule and happening, however many outlets carry it. `alert_id` derives from (rule, event_id)."""

    alert_id: str
    rule: str
    headline: str
    reason: str
    event: Event
    raised: Moment
