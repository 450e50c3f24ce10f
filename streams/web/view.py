"""What the web process knows: a fold of the messages it has read. Pure; the same messages give the same view.

Each topic is last-value-wins by key, so a message read twice changes nothing and a compacted topic gives the same view
as the full one. Memory is bounded by the constants here; totals and feeds are all kept, because they are as many as
there are regions and entries in the feeds file.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from schemas.alert import Alert
from schemas.base import Contract
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.feed_state import FeedState
from schemas.topics import ALERTS, DEAD_LETTERS, EVENT_TOPICS, FEED_STATES, MILESTONES, REGION_TOTALS, SIGNINGS, Topic
from schemas.total import RegionTotal
from streams.web.newest import Newest

MAX_EVENTS = 5_000
"""Newest events by first report; about 3 KB each."""
MAX_ALERTS = 1_000
"""Newest alerts; each carries its event."""
MAX_DEAD_LETTERS = 200
"""Latest dead letters; the counts by reason go on for all of them."""
MAX_BODY = 64 * 1024
"""Characters of base64 of a dead letter's body that are kept; the topic has the whole."""

READ: tuple[Topic, ...] = (*EVENT_TOPICS.values(), REGION_TOTALS, ALERTS, DEAD_LETTERS, FEED_STATES)
"""The topics that are read, all of them from the beginning."""


NO_WORKER = {topic.name for topic in READ} - {SIGNINGS.name, MILESTONES.name, DEAD_LETTERS.name}
"""Topics whose dead letters the web process writes. Workers read signings and milestones and write theirs; a message of
dead-letters that cannot be read is where it belongs."""
At = tuple[str, int | None, int | None]
"""Where a message stands: topic, partition, offset."""


@dataclass(frozen=True)
class Change:
    """What a message changed: `name` is the kind of live update, `key` what it replaces."""

    name: Literal["event", "total", "alert", "feed", "dead_letter"]
    key: str
    value: Contract | None


@dataclass
class View:
    """The current truth as far as it was read. Changed by `apply` only."""

    events: Newest[Event] = field(default_factory=lambda: Newest(MAX_EVENTS))
    alerts: Newest[Alert] = field(default_factory=lambda: Newest(MAX_ALERTS))
    letters: Newest[DeadLetter] = field(default_factory=lambda: Newest(MAX_DEAD_LETTERS))
    totals: dict[str, RegionTotal] = field(default_factory=dict)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    letter_ends: dict[int, int] = field(default_factory=dict)
    lettered: set[At] = field(default_factory=set)
    """The messages of the topics without a worker that a dead letter was read of."""

    def apply(self, value: Contract, partition: int, offset: int) -> Change | None:
        """Takes one message in; None when it changes nothing that is shown."""
        match value:
            case Event():
                kept = self.events.put(value.event_id, value.first_reported, value)
                return Change("event", value.event_id, value) if kept else None
            case RegionTotal():
                self.totals[value.region] = value
                return Change("total", value.region, value)
            case Alert():
                kept = self.alerts.put(value.alert_id, value.raised, value)
                return Change("alert", value.alert_id, value) if kept else None
            case FeedState():
                # What the poller has seen of a feed can be large and is nobody's business here.
                self.feeds[value.feed] = value.model_copy(update={"seen": {}})
                return Change("feed", value.feed, self.feeds[value.feed])
            case DeadLetter():
                return self._letter(value, partition, offset)
        raise TypeError(f"expected a message of {', '.join(t.name for t in READ)}, got {type(value).__name__}")

    def forget(self, topic: str, key: str) -> Change | None:
        """Takes in a tombstone: the record with this key is no more."""
        if topic == REGION_TOTALS.name and self.totals.pop(key, None) is not None:
            return Change("total", key, None)
        if topic == FEED_STATES.name and self.feeds.pop(key, None) is not None:
            return Change("feed", key, None)
        if topic in {t.name for t in EVENT_TOPICS.values()} and self.events.remove(key):
            return Change("event", key, None)
        return None

    def _letter(self, letter: DeadLetter, partition: int, offset: int) -> Change | None:
        # Dead letters have no id of their own: their place in the topic is one, and tells a letter read twice.
        if offset < self.letter_ends.get(partition, 0):
            return None
        self.letter_ends[partition] = offset + 1
        self.reasons[letter.stage, letter.reason] += 1
        if letter.topic in NO_WORKER:
            self.lettered.add((letter.topic, letter.partition, letter.offset))
        identity = f"{partition}-{offset}"
        short = {name: None for name in ("key", "value") if len(getattr(letter, name) or "") > MAX_BODY}
        self.letters.put(identity, letter.at, letter.model_copy(update=short) if short else letter)
        return Change("dead_letter", identity, letter)
