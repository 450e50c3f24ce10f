"""What the demo has seen of the topics: a plain record that grows message by message. Pure."""

from dataclasses import dataclass, field

from schemas import topics
from schemas.alert import Alert
from schemas.article import RawArticle, RelevantArticle
from schemas.base import Contract
from schemas.dead_letter import DeadLetter
from schemas.event import Event, Mentions
from schemas.total import RegionTotal

WATCHED = (
    topics.RAW_ARTICLES,
    topics.RELEVANT_ARTICLES,
    topics.MENTIONS,
    *topics.EVENT_TOPICS.values(),
    topics.REGION_TOTALS,
    topics.ALERTS,
    topics.DEAD_LETTERS,
)
"""The topics that the demo reads, each from its beginning."""

Revision = tuple[str, int]
"""Article id and revision."""


@dataclass
class Picture:
    """The newest record under each key of every watched topic."""

    raw: dict[Revision, RawArticle] = field(default_factory=dict)
    relevant: dict[Revision, RelevantArticle] = field(default_factory=dict)
    extracted: set[Revision] = field(default_factory=set)
    events: dict[str, Event] = field(default_factory=dict)
    totals: dict[str, RegionTotal] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    dead: list[DeadLetter] = field(default_factory=list)

    def apply(self, topic: str, value: bytes) -> Contract | None:
        """Take a message in. Gives the record when it says something new that is worth a line on the screen.

        Raises pydantic's ValidationError (a ValueError) for a message that is not what the registry promises.
        """
        model = topics.BY_NAME[topic].model
        assert model is not None, f"{topic} is a changelog"
        record = model.model_validate_json(value)
        match record:
            case RawArticle():
                self.raw[record.article_id, record.revision] = record
            case RelevantArticle():
                self.relevant[record.article.article_id, record.article.revision] = record
            case Mentions():
                self.extracted.add((record.article.article_id, record.article.revision))
            case Event():
                return self._event(record)
            case RegionTotal():
                self.totals[record.region] = record
            case Alert():
                known = record.alert_id in self.alerts
                self.alerts[record.alert_id] = record
                return None if known else record
            case DeadLetter():
                self.dead.append(record)
                return record
        return None

    def _event(self, event: Event) -> Event | None:
        before = self.events.get(event.event_id)
        self.events[event.event_id] = event
        same = before is not None and (before.revision, before.status) == (event.revision, event.status)
        return None if same else event
