"""States of feeds: the first one, what changes after each kind of poll, and how they are kept in memory."""

import zlib
from datetime import datetime, timedelta

from pydantic import ValidationError

from schemas.feed_state import FeedState, Health
from streams.feeds.feeds_file import Feed
from streams.feeds.schedule import first_delay

BROKEN_AFTER = 8
"""Errors in a row from which a feed counts as broken: with doubling waits, about a day."""
MOVES_AFTER = 3
"""Chains of permanent redirects in a row to the same place after which the address changes."""


def new_state(feed: Feed, feeds: int, now: datetime) -> FeedState:
    """Of a feed that was never polled; `feeds` is how many there are, to spread their first polls."""
    return FeedState(feed=feed.url, url=feed.url, next_poll=now + timedelta(seconds=first_delay(feed.url, feeds)))


def should_poll(state: FeedState, now: datetime) -> bool:
    """True when the feed is due. One that is gone (HTTP 410) is not polled until an operator enables it."""
    return state.health != "gone" and state.next_poll <= now


def after_error(state: FeedState, reason: str, now: datetime, next_poll: datetime) -> FeedState:
    """The state after a poll that failed for the bounded reason code."""
    errors = state.errors + 1
    health: Health = "broken" if errors >= BROKEN_AFTER else "backing_off"
    if reason == "gone":
        health = "gone"
    elif reason == "blocked":
        health = "blocked"
    # An address that a redirect led to and that fails is given up for that of the feeds file.
    url = state.feed if errors >= MOVES_AFTER and reason != "gone" else state.url
    update = {
        "url": url,
        "errors": errors,
        "last_error": reason,
        "health": health,
        "last_poll": now,
        "next_poll": next_poll,
    }
    return state.model_copy(update=update)


def after_redirects(state: FeedState, permanent_to: str | None) -> FeedState:
    """Counts chains that were permanent all along; after three to one place that place is the feed's address."""
    if permanent_to is None or _downgrades(state.url, permanent_to):
        return state.model_copy(update={"permanent_redirects": 0, "redirect_to": None})
    count = state.permanent_redirects + 1 if state.redirect_to == permanent_to else 1
    if count < MOVES_AFTER:
        return state.model_copy(update={"permanent_redirects": count, "redirect_to": permanent_to})
    return state.model_copy(update={"permanent_redirects": 0, "redirect_to": None, "url": permanent_to})


def enabled_again(state: FeedState, now: datetime) -> FeedState:
    """The state after an operator has enabled a feed that was gone: due at once, at the address of the feeds file."""
    update = {"health": "ok", "errors": 0, "last_error": None, "next_poll": now, "url": state.feed}
    return state.model_copy(update=update)


def taken_up(state: FeedState, now: datetime) -> FeedState:
    """The state as a poller starts with it. A blocked feed is due at once, and says again why it is blocked: what
    its poller may connect to is a setting, which may have changed, and asking costs no request."""
    if state.health != "blocked":
        return state
    return state.model_copy(update={"errors": 0, "last_error": None, "next_poll": now})


def _downgrades(old: str, new: str) -> bool:
    return old.lower().startswith("https:") and not new.lower().startswith("https:")


class States:
    """All states of a poller, packed: an unpacked one with a thousand entries takes a megabyte."""

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}

    def __contains__(self, url: object) -> bool:
        return url in self._packed

    def put(self, state: FeedState) -> None:
        """Keeps a state in place of the earlier one of the same feed."""
        self._packed[state.feed] = zlib.compress(state.wire(), 1)

    def get(self, url: str) -> FeedState | None:
        """The state of a feed by the URL of the feeds file."""
        packed = self._packed.get(url)
        return None if packed is None else FeedState.model_validate_json(zlib.decompress(packed))


def decode_state(value: bytes | None) -> FeedState | None:
    """A state from the topic; None for one that cannot be read (the feed is then polled as if it were new)."""
    try:
        return FeedState.model_validate_json(value) if value else None
    except ValidationError:
        return None
