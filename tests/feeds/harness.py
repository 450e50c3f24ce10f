"""The real poller on a clock that stands still, a real server that misbehaves on request, a broker in memory."""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from schemas.article import RawArticle
from schemas.dead_letter import DeadLetter
from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from streams.feeds.fetcher import Fetcher, user_agent
from streams.feeds.fulltext import FullText
from streams.feeds.gate import Gate
from streams.feeds.network import parse_networks
from streams.feeds.poll import Polls
from streams.feeds.readers import Readers
from streams.feeds.robots import Robots
from streams.feeds.rota import Rota
from streams.feeds.schedule import Limits
from streams.feeds.sharing import Beat, Sharing
from streams.feeds.sink import Message, SinkError
from streams.metrics import Metrics

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LIMITS = Limits(300, 86400)


class FakeClock:
    """Stands still until it is moved; sleeping moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now, self._slept = now, 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - NOON).total_seconds() + 1_000_000

    async def sleep(self, seconds: float) -> None:
        self.move(seconds=seconds)
        await asyncio.sleep(0)

    def move(self, **by: float) -> None:
        self._now += timedelta(**by)

    def move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


class MemorySink:
    """A broker in memory: same interface and same promises as `KafkaSink`. `room`: messages until it fails."""

    def __init__(self, room: int | None = None) -> None:
        self.messages: list[Message] = []
        self.states: dict[str, bytes] = {}
        self.room = room
        self.sent: list[Beat] = []
        self.heard = self.deaf = 0  # `deaf`: calls of `beats` that hear nothing yet

    async def load_states(self) -> list[FeedState]:
        return [FeedState.model_validate_json(value) for value in self.states.values()]

    async def publish(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._take()
            self.messages.append(message)

    async def save(self, state: FeedState) -> None:
        self._take()
        self.states[state.feed] = state.wire()

    async def send_beat(self, beat: Beat) -> None:
        self._take()
        self.sent.append(beat)

    async def beats(self) -> list[Beat]:
        if self.deaf:
            self.deaf -= 1
            return []
        new = self.sent[self.heard :]
        self.heard = len(self.sent)
        return new

    def for_another(self) -> "MemorySink":
        """The same broker as another poller sees it."""
        other = MemorySink()
        other.messages, other.states, other.sent = self.messages, self.states, self.sent
        return other

    def _take(self) -> None:
        if self.room is not None:
            if self.room <= 0:
                raise SinkError("the broker is gone")
            self.room -= 1

    @property
    def articles(self) -> list[RawArticle]:
        return [RawArticle.model_validate_json(m.value) for m in self.messages if m.topic == "raw-articles"]

    @property
    def letters(self) -> list[DeadLetter]:
        return [DeadLetter.model_validate_json(m.value) for m in self.messages if m.topic == "dead-letters"]

    def state(self, url: str) -> FeedState:
        return FeedState.model_validate_json(self.states[url])


Answer = Callable[[web.Request], Any]


@dataclass
class Asked:
    """A request as the server saw it."""

    target: str
    headers: dict[str, str]
    at: float
    raw: list[tuple[bytes, bytes]]


@dataclass
class Site:
    """A real HTTP server. `answers[path]` is a list of answers; the last one is given again and again."""

    clock: FakeClock
    host: str = "127.0.0.1"
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0

    async def start(self) -> "Site":
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        await self._runner.cleanup()

    def url(self, path: str = "/feed", host: str | None = None, scheme: str = "http") -> str:
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def serve(
        self, body: str | bytes, path: str = "/feed", status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """From now on this body at this path."""
        self.on(path, give(body, status, headers))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        raw = [(bytes(name), bytes(value)) for name, value in request.raw_headers]
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.raw_path, headers, self.clock.monotonic(), raw))
        answers = self.answers.get(request.path)
        if not answers:
            return web.Response(status=404)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            result = answer(request)
            return await result if asyncio.iscoroutine(result) else result
        finally:
            self.in_flight -= 1


def give(body: str | bytes = b"", status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """An answer with these bytes."""
    data = body.encode() if isinstance(body, str) else body
    kept = {"Content-Type": "application/rss+xml", **(headers or {})}
    return lambda request: web.Response(body=data, status=status, headers=kept)


def redirect(target: str, status: int = 301) -> Answer:
    return give(b"", status, {"Location": target})


def item(
    number: object = 1,
    *,
    title: str | None = None,
    guid: str | None = None,
    link: str | None = None,
    date: str | None = "Wed, 04 Mar 2026 08:00:00 GMT",
    body: str | None = None,
) -> str:
    """An RSS item; an empty string leaves a field out."""
    fields = {
        "title": f"Report {number}" if title is None else title,
        "guid": f"guid-{number}" if guid is None else guid,
        "link": f"http://news.example/{number}" if link is None else link,
        "pubDate": date or "",
        "description": f"The text of report {number}." if body is None else body,
    }
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value) + "</item>"


def rss(*items: str, head: str = "", encoding: str | None = "utf-8") -> str:
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    return f'{prolog}<rss version="2.0"><channel><title>News</title>{head}{"".join(items)}</channel></rss>'


class Rig:
    """A poller with everything around it. `poll()` moves the clock to when a feed is due, and polls."""

    def __init__(
        self,
        clock: FakeClock,
        readers: Readers,
        *,
        timeout: float = 5,
        max_bytes: int = 10_000_000,
        allow: str = "127.0.0.0/8",
        gap: float = 0.0,
        limits: Limits = LIMITS,
        sink: MemorySink | None = None,
        pages: bool = False,
    ) -> None:
        """`pages`: linked pages are read, as the service does."""
        self.clock, self.sink, self.metrics = clock, sink or MemorySink(), Metrics()
        agent = user_agent("1.2.3", "https://dealwire.example/contact")
        self.fetcher = Fetcher(agent, timeout=timeout, max_bytes=max_bytes, allowed=parse_networks(allow))
        self.gate = Gate(clock, gap)
        robots = Robots(self.fetcher, readers, self.gate, clock)
        full = FullText(self.fetcher, readers, self.gate, robots, clock, limits, self.metrics) if pages else None
        self.polls = Polls(self.fetcher, readers, self.gate, self.sink, clock, limits, self.metrics, "1.2.3", full)
        self.feeds: tuple[Feed, ...] = ()

    async def watch(self, *feeds: Feed | str, sharing: Sharing | None = None) -> Rota:
        """A new poller for these feeds, with the states that are in the sink: the same as a restart."""
        self.feeds = tuple(
            Feed(url=feed, name=re.sub(r"\W+", "-", feed.split("://")[1])) if isinstance(feed, str) else feed
            for feed in feeds
        )
        self.poller = Rota(self.polls, self.feeds, sharing)
        if sharing is None:
            await self.poller.load()
        return self.poller

    async def poll(self, times: int = 1) -> None:
        """The next `times` rounds: each time the clock moves until every feed that is not gone is due."""
        for _ in range(times):
            due = [state.next_poll for feed in self.feeds if (state := self.poller.state_of(feed.url)) is not None]
            self.clock.move_to(max(due))
            await self.poller.poll_due()

    def state(self, at: int = 0) -> FeedState:
        state = self.poller.state_of(self.feeds[at].url)
        assert state is not None
        return state

    @property
    def wait(self) -> float:
        """Seconds until the first feed is due."""
        return (self.state().next_poll - self.clock.now()).total_seconds()

    def count(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"dealwire_{name}", labels) or 0.0


def titles(articles: Iterable[RawArticle]) -> list[str]:
    return [article.title for article in articles]
