"""A rule fired for an event."""

from typing import Literal

from pydantic import Field

from schemas.base import Contract, Moment
from schemas.event import Event


class Alert(Contract):
    """One alert a rule and happening, however many outlets carry it; its `alert_id` derives from (rule, event_id).

    When what was alerted is corrected or taken back, or turns out to be what another alert is about, a notice follows:
    an alert of its own that says which alert it is `about` and what changed.
    """

    alert_id: str
    rule: str
    headline: str
    reason: str = Field(description="why the rule fires; empty in a notice when it no longer does")
    event: Event
    raised: Moment
    notice: Literal["correction", "retraction", "merged"] | None = Field(None, description="null for the alert itself")
    about: str | None = Field(None, description="of a notice: the alert that it follows")
    changes: tuple[str, ...] = Field((), description="of a notice: what is other than it was told, in words")
