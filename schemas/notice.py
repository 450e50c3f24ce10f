"""A message to one channel about a happening: what is to be told, and what was."""

from typing import Literal

from pydantic import Field

from schemas.base import Contract, Moment


class Notice(Contract):
    """One message a rule, channel and happening; the latest record of a `notice_id` says how far it has come.

    Its id derives from what it tells, so that whoever receives one twice can tell. A notice that waits is sent after a
    restart; one that was sent is never sent again.
    """

    notice_id: str
    rule: str = Field(description="of the notifier's rules file")
    channel: str
    kind: Literal["alert", "correction", "retraction", "merged"]
    alert_id: str = Field(description="the alert that it tells of; of what follows one, that alert")
    event_id: str
    known_by: tuple[str, ...] = Field((), description="the sentences that report the happening: it is told by them too")
    title: str
    text: str
    url: str | None = Field(description="of the best source")
    created: Moment
    due: Moment = Field(description="not to be sent before: the next try, the digest")
    digest: bool = Field(False, description="is sent together with others of its rule")
    state: Literal["waiting", "sent", "failed", "withdrawn"]
    tries: int = Field(0, ge=0, description="how often sending has failed")
    error: str | None = Field(None, description="of the last try, without addresses or secrets")
    sent: Moment | None = None
