"""Several pollers share the feeds: who is alive, and whose feed is whose. No coordinator, no consumer group.

Every poller sends a beat several times a lease; who has not been heard for a lease is gone. A feed belongs to the live
poller that ranks highest for it (rendezvous hashing), so a poller that comes or goes moves only its own share. After a
change a poller goes on with the feeds that stay its own, and waits half a lease before it polls those it has won: by
then the others have heard of the change too, and have ended what they had begun.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from streams.feeds.clock import Clock
from streams.feeds.identity import digest

BEATS = 5
"""Beats a lease."""


@dataclass(frozen=True)
class Beat:
    """A sign of life, or the last one."""

    poller: str
    at: datetime
    leaving: bool = False

    def wire(self) -> bytes:
        """JSON."""
        return json.dumps({"poller": self.poller, "at": self.at.isoformat(), "leaving": self.leaving}).encode()


def parse_beat(value: bytes | None) -> Beat | None:
    """A beat from the topic, or None for what is none."""
    try:
        data = json.loads(value or b"")
        return Beat(str(data["poller"]), datetime.fromisoformat(data["at"]), bool(data["leaving"]))
    except (ValueError, KeyError, TypeError):
        return None


class Beats(Protocol):
    """Where beats go and come from. Both methods raise SinkError when the broker fails."""

    async def send_beat(self, beat: Beat) -> None:
        """Returns when it is acknowledged."""

    async def beats(self) -> Sequence[Beat]:
        """Those that came since the last call; the first call also gives those shortly before it."""


def owner_of(url: str, pollers: Iterable[str]) -> str | None:
    """Which poller a feed belongs to; None when there is none.

    >>> owner_of("http://a.example/", ["one", "two"]) == owner_of("http://a.example/", ["two", "one"])
    True
    """
    return max(pollers, key=lambda poller: (digest(poller, url), poller), default=None)


class Sharing:
    """One poller's view of the others. Call `tick` every `every` seconds."""

    def __init__(self, me: str, lease: float, clock: Clock, beats: Beats) -> None:
        """`lease` is seconds of silence after which a poller counts as gone."""
        self._me, self._lease, self._clock, self._beats = me, lease, clock, beats
        self._heard: dict[str, float] = {}
        self._settled: frozenset[str] = frozenset()
        self._members: frozenset[str] = frozenset()
        self._settle_at, self._changing = 0.0, False
        self.last_beat = float("-inf")
        """When the last beat was sent that the broker acknowledged (monotonic)."""

    @property
    def every(self) -> float:
        """Seconds between two ticks: several a beat, so that beats are heard soon."""
        return self._lease / BEATS / 4

    @property
    def has_lapsed(self) -> bool:
        """True when this poller has sent no beat for a lease: it is new or was asleep, and others have taken over."""
        return self._clock.monotonic() - self.last_beat >= self._lease

    def is_mine(self, url: str) -> bool:
        """True when the feed may be polled by this poller now: it has won it, and is itself alive for sure."""
        return not self.has_lapsed and owner_of(url, self._settled) == self._me == owner_of(url, self._members)

    async def tick(self) -> bool:
        """Sends and hears beats. True when a change has settled: feeds were won or lost. Raises SinkError."""
        before = self._clock.monotonic()
        if self.has_lapsed:
            self._settled, self._members = frozenset(), self._members - {self._me}
        for beat in await self._beats.beats():
            self._hear(beat)
        if before - self.last_beat >= self._lease / BEATS:
            await self._beats.send_beat(Beat(self._me, self._clock.now()))
            self.last_beat = before
        return self._settle()

    async def leave(self) -> None:
        """Tells the others at once. Raises SinkError."""
        self.last_beat = float("-inf")
        await self._beats.send_beat(Beat(self._me, self._clock.now(), leaving=True))

    def _hear(self, beat: Beat) -> None:
        age = (self._clock.now() - beat.at).total_seconds()
        if beat.poller == self._me:
            return
        if beat.leaving or age >= 2 * self._lease:  # clocks differ, so be generous: silence will tell
            self._heard.pop(beat.poller, None)
        else:
            self._heard[beat.poller] = self._clock.monotonic()

    def _settle(self) -> bool:
        now = self._clock.monotonic()
        self._heard = {poller: at for poller, at in self._heard.items() if now - at < self._lease}
        members = frozenset({self._me, *self._heard})
        if members != self._members:
            alone = members == {self._me} and not self._members  # at the start, with nobody to wait for
            self._members, self._changing = members, True
            # Even alone it listens for a moment: another one may have started at the same time.
            self._settle_at = now + (self._lease / BEATS / 2 if alone else self._lease / 2)
        if self._changing and now >= self._settle_at:
            self._settled, self._changing = self._members, False
            return True
        return False
