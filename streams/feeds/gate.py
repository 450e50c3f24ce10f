"""Manners towards one server: one request at a time, a gap between two, and quiet when it asks for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streams.feeds.clock import Clock
from streams.feeds.links import host_of, origin_of

MOST_HOSTS = 5000
"""Hosts that are kept in mind before those that are at rest are forgotten."""


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free: float = 0.0
    waiting: int = 0


class Gate:
    """Lets requests through, in all at most `at_once` of them."""

    def __init__(self, clock: Clock, gap: float, at_once: int = 100) -> None:
        """`gap` is seconds from the end of a request to the start of the next one to the same host."""
        self._clock, self._gap = clock, gap
        self._hosts: dict[str, _Host] = {}
        self._quiet: dict[str, float] = {}
        self._slots = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits until the host may be asked; hosts do not wait for each other, except for the number in all."""
        name = host_of(url)
        host = self._hosts.setdefault(name, _Host())
        host.waiting += 1
        try:
            async with host.lock:
                wait = host.free - self._clock.monotonic()
                if wait > 0:
                    await self._clock.sleep(wait)
                async with self._slots:
                    try:
                        yield
                    finally:
                        host.free = self._clock.monotonic() + self._gap
        finally:
            host.waiting -= 1
            if len(self._hosts) > MOST_HOSTS:
                self._forget()

    def _forget(self) -> None:
        """Hosts whose gap is over and that nobody waits for: linked pages are of ever more hosts."""
        now = self._clock.monotonic()
        self._hosts = {name: host for name, host in self._hosts.items() if host.waiting or host.free > now}

    def silence(self, url: str, seconds: float) -> None:
        """The origin answered 429 or 503 with Retry-After: nothing is asked of it until then."""
        until = self._clock.monotonic() + seconds
        origin = origin_of(url)
        self._quiet[origin] = max(until, self._quiet.get(origin, 0.0))

    def silent_for(self, url: str) -> float:
        """Seconds for which the origin asked not to be disturbed; 0 when it did not."""
        left = self._quiet.get(origin_of(url), 0.0) - self._clock.monotonic()
        if left <= 0:
            self._quiet.pop(origin_of(url), None)
        return max(left, 0.0)
