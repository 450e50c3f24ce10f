"""The service that polls: a plain asyncio process. It starts polls when feeds are due and stops without losing any.

states = what the topic remembers
for ever: for each feed that is due: poll(feed, state)          (poll.py; many at once, one a host)
"""

import asyncio
import heapq
import importlib.metadata
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import datetime, timedelta

from prometheus_client import start_http_server

from schemas.feed_state import FeedState
from streams.feeds import logs
from streams.feeds.clock import Clock, SystemClock
from streams.feeds.feeds_file import Feed, FeedsFileError, load_feeds
from streams.feeds.fetcher import Fetcher, user_agent
from streams.feeds.gate import Gate
from streams.feeds.network import Network, parse_networks
from streams.feeds.poll import Polls, show_state
from streams.feeds.readers import Readers
from streams.feeds.schedule import Limits, wait_after_error
from streams.feeds.sink import KafkaSink, SinkError
from streams.feeds.states import States, after_error, enabled_again, new_state, should_poll
from streams.metrics import Metrics
from streams.settings import Settings

AGAIN = 2.0
"""Seconds until a poll whose results the broker did not take is tried again, and between two tries to connect."""
LONGEST_NAP = 60.0


class Poller:
    """Polls the feeds it is given. Everything it touches is an argument."""

    def __init__(self, polls: Polls, feeds: Iterable[Feed]) -> None:
        self._polls = polls
        self._feeds = {feed.url: feed for feed in feeds if feed.enabled}
        self._states = States()
        self._due: list[tuple[datetime, str]] = []
        self._running: dict[str, asyncio.Task[None]] = {}
        self._broker_lost: float | None = None

    async def load(self) -> None:
        """Takes up the states of earlier runs, so that nothing is polled early. Raises SinkError."""
        now = self._polls.clock.now()
        for state in await self._polls.sink.load_states():
            if state.feed in self._feeds:
                self._states.put(state)
        for url, feed in self._feeds.items():
            if url not in self._states:
                self._states.put(new_state(feed, len(self._feeds), now))
            self._schedule(self._state(url))
            show_state(self._polls.metrics, feed, self._state(url))

    def state_of(self, url: str) -> FeedState | None:
        """What is known of a feed."""
        return self._states.get(url)

    async def enable(self, url: str) -> None:
        """An operator wants a feed polled that was gone. Raises SinkError."""
        state = enabled_again(self._state(url), self._polls.clock.now())
        await self._polls.sink.save(state)
        self._states.put(state)
        self._schedule(state)

    async def poll_due(self) -> int:
        """Polls every feed that is due now and returns, when all are done, how many that were."""
        started = self._start_due()
        await self._finish()
        return started

    async def poll_all(self) -> int:
        """Polls every feed once, due or not; 1 when the broker failed meanwhile, else 0."""
        for url in self._feeds:
            if self._state(url).health != "gone":
                self._start(url)
        await self._finish()
        return 0 if self._broker_lost is None else 1

    async def run(self, stop: asyncio.Event, deadline: float) -> int:
        """Polls until `stop`; 0 then, 1 when the broker stayed away for `deadline` seconds."""
        while not stop.is_set():
            if self._broker_lost is not None and self._polls.clock.monotonic() - self._broker_lost > deadline:
                logs.warning("gave_up", detail=f"no broker for {deadline:g} s")
                return 1
            self._start_due()
            waiting = asyncio.create_task(stop.wait())
            await asyncio.wait(
                {waiting, *self._running.values()}, timeout=self._nap(), return_when=asyncio.FIRST_COMPLETED
            )
            waiting.cancel()
        return 0

    async def drain(self, seconds: float) -> None:
        """Lets polls that are under way end; those that take longer are given up, unsaved, and so are polled again."""
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _state(self, url: str) -> FeedState:
        state = self._states.get(url)
        assert state is not None, "load() gives every feed a state"
        return state

    def _schedule(self, state: FeedState) -> None:
        if state.health != "gone":
            heapq.heappush(self._due, (state.next_poll, state.feed))

    def _nap(self) -> float:
        if self._broker_lost is not None:
            return AGAIN
        left = (self._due[0][0] - self._polls.clock.now()).total_seconds() if self._due else LONGEST_NAP
        return min(max(left, 0.0), LONGEST_NAP)

    def _start_due(self) -> int:
        now, started = self._polls.clock.now(), 0
        if self._broker_lost is not None and self._running:
            return 0  # one poll at a time finds out whether the broker is back
        while self._due and self._due[0][0] <= now:
            _, url = heapq.heappop(self._due)
            if url not in self._running and should_poll(self._state(url), now):
                self._start(url)
                started += 1
                if self._broker_lost is not None:
                    break
        return started

    def _start(self, url: str) -> None:
        self._running[url] = asyncio.create_task(self._poll(self._feeds[url]))

    async def _finish(self) -> None:
        while self._running:
            await asyncio.wait(self._running.values())

    async def _poll(self, feed: Feed) -> None:
        state = self._state(feed.url)
        try:
            state = self._merged(feed, await self._polls.poll(feed, state))
            self._states.put(state)
            self._broker_lost = None
        except SinkError as error:
            if self._broker_lost is None:
                self._broker_lost = self._polls.clock.monotonic()
                logs.warning("broker_lost", detail=str(error))
            state = state.model_copy(update={"next_poll": self._polls.clock.now() + timedelta(seconds=AGAIN)})
        except Exception:  # a mistake of ours in one feed must not end the others
            logs.error("poll_failed", feed=feed.name)
            now = self._polls.clock.now()
            wait = wait_after_error(self._polls.limits, state.errors + 1, feed.url)
            state = after_error(state, "internal", now, now + timedelta(seconds=wait))
            self._states.put(state)
        finally:
            del self._running[feed.url]
            self._schedule(state)

    def _merged(self, feed: Feed, state: FeedState) -> FeedState:
        """A feed that has moved to where another feed is polled already is polled no more."""
        if state.url == feed.url or state.url not in self._feeds:
            return state
        logs.warning("feed_merged", feed=feed.name, into=self._feeds[state.url].name)
        return state.model_copy(update={"health": "gone", "last_error": "merged"})


async def connect(tries: Callable[[], Awaitable[None]], clock: Clock, deadline: float, stop: asyncio.Event) -> bool:
    """Tries until it does not raise SinkError; False when that took over `deadline` seconds or `stop` was set."""
    started = clock.monotonic()
    while not stop.is_set():
        try:
            await tries()
            return True
        except SinkError as error:
            if clock.monotonic() - started > deadline:
                logs.warning("gave_up", detail=str(error), after_seconds=f"{deadline:g}")
                return False
            logs.warning("waiting_for_broker", detail=str(error))
            await clock.sleep(AGAIN)
    return False


def run(settings: Settings, once: bool = False) -> int:
    """The service. 0 after SIGTERM, SIGINT or (`once`) one poll of every feed; 1 without a broker; 2 on bad use."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what matters of it is said in our own lines
    try:
        allowed = parse_networks(settings.poll_allow_private)
        file = load_feeds(settings.feeds)
    except ValueError as error:
        print(f"DEALWIRE_POLL_ALLOW_PRIVATE: {error}", file=sys.stderr)
        return 2
    except FeedsFileError as error:
        print(error, file=sys.stderr)
        return 2
    for problem in file.problems:
        logs.warning("feeds_file", file=settings.feeds, line=problem.line, detail=problem.text)
    if not any(feed.enabled for feed in file.feeds):
        print(f"feeds file {str(settings.feeds)!r}: no feed to poll", file=sys.stderr)
        return 2
    return asyncio.run(_serve(settings, file.feeds, allowed, once))


async def _serve(settings: Settings, feeds: Iterable[Feed], allowed: tuple[Network, ...], once: bool) -> int:
    stop, metrics = _stopped_by_signals(), Metrics()
    clock, sink, readers = SystemClock(settings.today, settings.timezone), KafkaSink(settings), Readers(2)
    version = importlib.metadata.version("dealwire")
    agent = user_agent(version, settings.contact)
    limits = Limits(settings.poll_min, max(settings.poll_min, settings.poll_max))
    server = _show_metrics(metrics, settings.poller_metrics_port)
    try:
        async with Fetcher(
            agent, timeout=settings.poll_timeout, max_bytes=settings.poll_max_bytes, allowed=allowed
        ) as fetcher:
            gate = Gate(clock, settings.poll_per_host_gap)
            poller = Poller(Polls(fetcher, readers, gate, sink, clock, limits, metrics, version), feeds)

            async def begin() -> None:
                await sink.start()
                await poller.load()

            if not await connect(begin, clock, settings.kafka_deadline, stop):
                return 0 if stop.is_set() else 1
            code = await (_until(stop, poller.poll_all()) if once else poller.run(stop, settings.kafka_deadline))
            await poller.drain(settings.grace * 0.5)
            return code
    finally:
        readers.close()
        await asyncio.wait_for(sink.stop(), settings.grace * 0.3)
        server()


async def _until(stop: asyncio.Event, work: Coroutine[None, None, int]) -> int:
    """The result of the work, or 0 when `stop` comes first."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        return 0
    return working.result()


def _stopped_by_signals() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _show_metrics(metrics: Metrics, port: int) -> Callable[[], None]:
    """Serves the metrics on loopback and returns what ends that. A taken port costs the metrics, not the poller."""
    try:
        server, thread = start_http_server(port, addr="127.0.0.1", registry=metrics.registry)
    except OSError as error:
        logs.warning("no_metrics", port=port, detail=error.strerror)
        return lambda: None
    print(f"poller: metrics on http://127.0.0.1:{server.server_port}/metrics", flush=True)

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join(1)

    return end
