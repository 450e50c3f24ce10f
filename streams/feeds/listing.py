"""What the topic says of each feed of the file, in rows. For `dealwire feeds list`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from streams.feeds.sink import KafkaSink
from streams.feeds.states import enabled_again
from streams.settings import Settings

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One feed: `health` is also `new` (never polled) and `disabled`."""

    name: str
    url: str
    health: str
    next_poll: datetime | None
    last_error: str | None
    articles_a_day: float
    """Over the last week, by the dates of the articles."""


def rows(feeds: Iterable[Feed], states: Iterable[FeedState], now: datetime) -> list[Row]:
    """A row a feed, in the order of the file. Pure."""
    known = {state.feed: state for state in states}
    return [_row(feed, known.get(feed.url), now) for feed in feeds]


def _row(feed: Feed, state: FeedState | None, now: datetime) -> Row:
    if state is None:
        return Row(feed.name, feed.url, "new" if feed.enabled else "disabled", None, None, 0.0)
    recent = sum(now - WEEK < one.first_seen <= now for one in state.seen.values() if one.revision)
    waits = feed.enabled and state.health != "gone"
    health = state.health if feed.enabled else "disabled"
    return Row(feed.name, feed.url, health, state.next_poll if waits else None, state.last_error, recent / WEEK.days)


async def load(settings: Settings) -> list[FeedState]:
    """The states that the topic holds. Raises SinkError."""
    return await KafkaSink(settings).load_states()


async def revive(settings: Settings, feed: Feed, now: datetime) -> bool:
    """Writes the state of a feed that was gone as one that is due; False when it was not gone. Raises SinkError."""
    sink = KafkaSink(settings)
    state = next((state for state in await sink.load_states() if state.feed == feed.url), None)
    if state is None or state.health != "gone":
        return False
    await sink.start()
    try:
        await sink.save(enabled_again(state, now))
    finally:
        await sink.stop()
    return True
