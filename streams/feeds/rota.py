"""The feeds of one poller: whose turn it is, what is under way, what is remembered.

states = what the topic remembers
for ever: for each feed that is due and ours: poll(feed, state)          (poll.py; many at once, one a host)
"""

import asyncio
import heapq
from collections.abc import Iterable, Set
from datetime import datetime, timedelta

from schemas.feed_state import FeedState
from streams.feeds import logs
from streams.feeds.feeds_file import Feed
from streams.feeds.poll import Polls, hide_state, show_state
from streams.feeds.schedule import wait_after_error
from streams.feeds.sharing import Sharing
from streams.feeds.sink import SinkError
from streams.feeds.states import States, after_error, enabled_again, new_state, should_poll, taken_up

AGAIN = 2.0
"""Seconds until a poll whose results the broker did not take is tried again."""
LONGEST_NAP = 1.0


class Rota:
    """The feeds of one poller. Everything it touches is an argument."""

    def __init__(self, polls: Polls, feeds: Iterable[Feed], sharing: Sharing | None = None) -> None:
        """Without `sharing` all feeds are its own."""
        self._polls, self._sharing = polls, sharing
        self._know(feeds)
        self._states = States()
        self._mine: set[str] = set()
        self._due: list[tuple[datetime, str]] = []
        self._running: dict[str, asyncio.Task[None]] = {}
        self._broker_lost: float | None = None
        self._loading = asyncio.Lock()

    def _know(self, feeds: Iterable[Feed]) -> None:
        known = list(feeds)
        self._feeds = {feed.url: feed for feed in known if feed.enabled}
        self._disabled = {feed.url for feed in known if not feed.enabled}

    async def change(self, feeds: Iterable[Feed]) -> None:
        """Takes other feeds instead, as the feeds file has them now. Those that stay go on as if nothing had happened;
        one that is to be read in another way is due at once. Raises SinkError; `change` again then."""
        async with self._loading:
            await self._change(feeds)
        self._say_plan()

    async def _change(self, feeds: Iterable[Feed]) -> None:
        before = self._feeds
        self._know(feeds)
        for url, feed in before.items():
            now = self._feeds.get(url)
            if now is None or (now.name, now.region) != (feed.name, feed.region):
                hide_state(self._polls.metrics, feed)
            state = self._states.get(url)
            if now is not None and state is not None and _is_read_differently(feed, now) and url not in self._running:
                again = {"etag": None, "last_modified": None, "body_hash": None, "next_poll": self._polls.clock.now()}
                self._states.put(state.model_copy(update=again))
        # What an operator has revived is in the topic.
        gone = {url for url in self._mine if (state := self._states.get(url)) is None or state.health == "gone"}
        self._mine = (self._mine - gone) & self._feeds.keys()
        await self._load()

    async def load(self) -> None:
        """Takes up what the topic remembers of its feeds, so that nothing is polled early. Raises SinkError."""
        async with self._loading:
            await self._load()

    async def _load(self) -> None:
        mine = {url for url in self._feeds if self._is_mine(url)}
        for url in self._mine - mine:
            hide_state(self._polls.metrics, self._feeds[url])
        if mine - self._mine or self._disabled:
            await self._take_up(mine - self._mine)
        self._mine = mine
        self._due = []
        for url in mine:
            self._schedule(self._state(url))

    async def share(self) -> None:
        """Hears of other pollers and tells them; feeds that were won are taken up. Raises SinkError."""
        if self._sharing is None:
            return
        if self._sharing.has_lapsed:
            self._mine = set()  # others may have polled them meanwhile: what is known of them is old
        last = self._sharing.last_beat
        if await self._sharing.tick():
            await self.load()
            self._say_plan()
        if self._sharing.last_beat != last:
            self._broker_lost = None  # it took a beat

    async def _take_up(self, urls: Set[str]) -> None:
        now = self._polls.clock.now()
        loaded = await self._polls.sink.load_states()
        known = {state.feed: state for state in loaded if state.feed in urls}
        for url in urls:
            if url not in self._running:
                state = known.get(url)
                fresh = new_state(self._feeds[url], len(self._feeds), now)
                self._states.put(taken_up(state, now) if state else fresh)
            show_state(self._polls.metrics, self._feeds[url], self._state(url))
        for state in loaded:
            if state.feed in self._disabled and state.health == "gone":
                # An operator has taken note of it: when the feed is enabled again, it is polled again.
                await self._polls.sink.save(enabled_again(state, now))

    def _say_plan(self) -> None:
        """How many feeds this poller has and when the first is due: one that waits looks like one that hangs."""
        now = self._polls.clock.now()
        first = min((moment for moment, _ in self._due), default=None)
        logs.info(
            "feeds_taken_up",
            feeds=len(self._mine),
            due_now=sum(moment <= now for moment, _ in self._due),
            next_poll="none" if first is None else max(first, now).isoformat(timespec="seconds"),
        )

    def _is_mine(self, url: str) -> bool:
        return self._sharing is None or self._sharing.is_mine(url)

    def state_of(self, url: str) -> FeedState | None:
        """What is known of a feed."""
        return self._states.get(url)

    async def poll_due(self) -> int:
        """Polls every feed that is due now and returns, when all are done, how many that were."""
        started = self._start_due()
        await self._finish()
        return started

    async def poll_all(self) -> int:
        """Polls every feed once, due or not; 1 when the broker failed meanwhile, else 0."""
        for url in self._feeds:
            state = self._state(url)
            if state.health != "gone":
                self._start(state)
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

    def miss_broker(self, error: SinkError) -> None:
        """The broker did not answer: `run` gives up when that lasts."""
        if self._broker_lost is None:
            self._broker_lost = self._polls.clock.monotonic()
            logs.warning("broker_lost", detail=str(error))

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
            if url in self._running or url not in self._feeds or not self._is_mine(url):
                continue
            state = self._state(url)
            if should_poll(state, now):
                self._start(state)
                started += 1
                if self._broker_lost is not None:
                    break
        return started

    def _start(self, state: FeedState) -> None:
        self._running[state.feed] = asyncio.create_task(self._poll(self._feeds[state.feed], state))

    async def _finish(self) -> None:
        while self._running:
            await asyncio.wait(self._running.values())

    async def _poll(self, feed: Feed, state: FeedState) -> None:
        try:
            state = await self._merged(feed, await self._polls.poll(feed, state))
            self._states.put(state)
            self._broker_lost = None
        except SinkError as error:
            self.miss_broker(error)
            state = state.model_copy(update={"next_poll": self._polls.clock.now() + timedelta(seconds=AGAIN)})
        except Exception:  # a mistake of ours in one feed must not end the others
            logs.error("poll_failed", feed=feed.name)
            now = self._polls.clock.now()
            wait = wait_after_error(self._polls.limits, state.errors + 1, feed.url)
            state = after_error(state, "internal", now, now + timedelta(seconds=wait))
            self._states.put(state)
        finally:
            del self._running[feed.url]
            if feed.url in self._feeds:
                self._schedule(state)
            else:
                hide_state(self._polls.metrics, feed)  # it was taken out of the file meanwhile

    async def _merged(self, feed: Feed, state: FeedState) -> FeedState:
        """A feed that has moved to where another feed is polled already is polled no more."""
        if state.url == feed.url or state.url not in self._feeds:
            return state
        logs.warning("feed_merged", feed=feed.name, into=self._feeds[state.url].name)
        merged = state.model_copy(update={"health": "gone", "last_error": "merged"})
        await self._polls.sink.save(merged)
        show_state(self._polls.metrics, feed, merged)
        return merged


def _is_read_differently(one: Feed, other: Feed) -> bool:
    return (one.zone, one.kind, one.selectors) != (other.zone, other.kind, other.selectors)
