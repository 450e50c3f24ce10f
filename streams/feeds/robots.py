"""robots.txt (RFC 9309): what a page's server allows. Feeds are made for programs and are asked for without it."""

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urljoin

from streams.feeds.clock import Clock
from streams.feeds.fetcher import Fetcher, FetchError, Request
from streams.feeds.gate import Gate
from streams.feeds.links import origin_of
from streams.feeds.parsed import Unreadable
from streams.feeds.readers import Readers

AGENT = "dealwire"
"""The product token that a robots.txt may name."""
KEPT = timedelta(days=1)
"""How long an answer counts (RFC 9309, 2.4)."""
KEPT_AFTER_ERROR = timedelta(hours=1)
READ = 512_000
"""Bytes of a robots.txt that count; RFC 9309, 2.5 asks for at least 500 KiB."""
MOST_ORIGINS = 2000


class _Rules(NamedTuple):
    text: bytes | None
    """None: nothing may be fetched."""
    until: datetime


class Robots:
    """The rules of origins, each asked for once a day at most."""

    def __init__(self, fetcher: Fetcher, readers: Readers, gate: Gate, clock: Clock) -> None:
        self._fetcher, self._readers, self._gate, self._clock = fetcher, readers, gate, clock
        self._rules: dict[str, _Rules] = {}

    async def allow(self, url: str, *, in_turn: bool = False) -> bool:
        """Whether the page may be fetched. A server that fails to say (5xx, no answer) allows nothing; 4xx: all.

        `in_turn`: who asks holds the gate already, as when a page redirects to another origin.
        """
        rules = self._known(url)
        if rules is None and in_turn:
            rules = await self._ask(url)
        elif rules is None:
            async with self._gate.turn(url):
                rules = self._known(url) or await self._ask(url)  # another one may have asked meanwhile
        if not rules.text:
            return rules.text is not None
        try:
            return await self._readers.may_fetch(rules.text, url, AGENT)
        except Unreadable:  # rules made to burn time
            return False

    def _known(self, url: str) -> _Rules | None:
        rules = self._rules.get(origin_of(url))
        return rules if rules is not None and self._clock.now() < rules.until else None

    async def _ask(self, url: str) -> _Rules:
        rules = await self._answer(urljoin(origin_of(url), "/robots.txt"))
        self._rules.pop(origin_of(url), None)
        if len(self._rules) >= MOST_ORIGINS:
            del self._rules[next(iter(self._rules))]  # the one asked for longest ago
        self._rules[origin_of(url)] = rules
        return rules

    async def _answer(self, where: str) -> _Rules:
        now, quiet = self._clock.now(), self._gate.silent_for(where)
        if quiet:
            return _Rules(None, now + timedelta(seconds=quiet))
        try:
            response = await self._fetcher.fetch(Request(where, accept="text/plain, */*;q=0.5"))
        except FetchError as error:
            if error.reason in ("http_4xx", "gone") and error.status != 429:
                return _Rules(b"", now + KEPT)
            return _Rules(None, now + KEPT_AFTER_ERROR)
        return _Rules(response.body[:READ], now + KEPT)
