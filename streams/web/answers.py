"""What the API answers: the shapes behind its OpenAPI document. Made of the contracts, so that the two cannot drift."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from schemas.alert import Alert
from schemas.dead_letter import DeadLetter
from schemas.event import Event, Stage
from schemas.feed_state import FeedState, Health
from schemas.total import RegionTotal, Sum, Window


class Place(BaseModel):
    """A region and its names; a name that is not known is the code."""

    code: str
    en: str
    zh: str


class ListedEvent(Event):
    """An event, with the names of its regions."""

    places: tuple[Place, ...]


class Events(BaseModel):
    """A page of events, the newest report first."""

    events: list[ListedEvent]
    next: str | None = Field(description="give it as `before` to get the next page; null on the last")


class Row(BaseModel):
    """One region in one window."""

    place: Place
    parent: str | None = Field(description="nearest region above that has a row; null at the top")
    below: int = Field(description="how many rows stand directly below")
    as_of: date
    kinds: dict[Stage, Sum] = Field(description="kinds of money are never added to one another")


class Totals(BaseModel):
    """Rows of one window, the region with the larger contracts first."""

    window: Window
    rows: list[Row]


class Region(BaseModel):
    """A region, what stands above and below it, and all its windows."""

    place: Place
    above: list[Place] = Field(description="nearest first")
    below: list[Place] = Field(description="regions directly below that have totals")
    total: RegionTotal


class ListedAlert(Alert):
    """An alert, with the names of its event's regions. `event` is what the alert was raised for."""

    places: tuple[Place, ...]
    now: ListedEvent | None = Field(description="the event as it stands, when it has changed since")


class Alerts(BaseModel):
    """The newest alerts."""

    alerts: list[ListedAlert]


class Feeds(BaseModel):
    """Every feed, those in trouble first, and how many are in which state."""

    health: dict[Health, int]
    feeds: list[FeedState]


class ReasonCount(BaseModel):
    """How many dead letters a stage has left for a reason."""

    stage: str
    reason: str
    count: int


class DeadLetters(BaseModel):
    """Dead letters by stage and reason, and the latest; bodies only when asked for and not above 64 KB."""

    counts: list[ReasonCount]
    letters: list[DeadLetter]


class TopicStatus(BaseModel):
    """How far a topic is read, over all its partitions."""

    topic: str
    partitions: int
    position: int
    end: int
    lag: int
    undecodable: int = Field(description="messages that were not of the topic's model and were passed over")


class Status(BaseModel):
    """How far the web process is and what it holds."""

    ready: bool
    broker_seen: datetime | None
    topics: list[TopicStatus]
    held: dict[str, int]
    dropped: dict[str, int] = Field(description="records that were older than what is kept")


class Fault(BaseModel):
    """What was wrong with a request."""

    code: str
    message: str


class Problem(BaseModel):
    """The body of every answer that is not 2xx."""

    error: Fault
