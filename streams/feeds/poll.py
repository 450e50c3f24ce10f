"""One poll of one feed: ask, read, compare, publish, remember. Decisions are in the pure modules; this orders them.

The order is the guarantee: articles are acknowledged by the broker before the state is saved. A crash in between sends
them again, under the same ids; none is lost.
"""

import asyncio
import contextlib
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import get_args

from schemas.feed_state import FeedState, Health
from schemas.topics import DEAD_LETTERS, RAW_ARTICLES
from streams.feeds import logs, schedule
from streams.feeds.articles import Changes, find_changes, hold_back
from streams.feeds.clock import Clock
from streams.feeds.feeds_file import Feed
from streams.feeds.fetcher import Fetcher, FetchError, Request, Response
from streams.feeds.fulltext import AT_ONCE, TRIES, FullText
from streams.feeds.gate import Gate
from streams.feeds.links import origin_of
from streams.feeds.parsed import Hints, Unreadable
from streams.feeds.readers import Readers
from streams.feeds.sink import Message, Sink
from streams.feeds.states import after_error, after_redirects
from streams.metrics import Metrics

HEALTHS: tuple[Health, ...] = get_args(Health)
QUIET = (429, 503)
"""Answers whose Retry-After speaks for the whole server."""


@dataclass(frozen=True)
class Polls:
    """What polls are made with."""

    fetcher: Fetcher
    readers: Readers
    gate: Gate
    sink: Sink
    clock: Clock
    limits: schedule.Limits
    metrics: Metrics
    version: str
    pages: FullText | None = None
    """Reads the pages that feeds link to; None: what feeds say has to do."""

    async def poll(self, feed: Feed, state: FeedState) -> FeedState:
        """Polls a feed and returns its new state, which is saved. Raises SinkError; then nothing has changed."""
        started, state = self.clock.monotonic(), state.model_copy(update={"name": feed.name})
        try:
            async with self.gate.turn(state.url):
                quiet = self.gate.silent_for(state.url)
                response = None if quiet else await self.fetcher.fetch(_request(feed, state))
            if response is None:
                after = state.model_copy(update={"next_poll": self.clock.now() + timedelta(seconds=quiet)})
                await self.sink.save(after)
                return after
            after, outcome = await self._take(feed, state, response)
        except FetchError as error:
            after, outcome = self._failed(feed, state, error), error.reason
        except Unreadable as error:
            after, outcome = self._failed(feed, state, FetchError(error.reason, str(error))), error.reason
        await self.sink.save(after)
        self._count(feed, after, outcome, self.clock.monotonic() - started)
        return after

    async def _take(self, feed: Feed, state: FeedState, response: Response) -> tuple[FeedState, str]:
        now = self.clock.now()
        digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
        state = after_redirects(state, response.permanent_to)
        if response.status == 304:
            return self._succeeded(feed, state, response, now), "not_modified"
        state = state.model_copy(update={"etag": None, "last_modified": None})  # those of another body
        if response.whole and digest == state.body_hash:
            return self._succeeded(feed, state, response, now), "not_modified"
        parsed = await self.readers.parse(response.body, response.url, response.charset, feed.selectors)
        now = self.clock.now()
        absent = response.status == 226 or not response.whole
        pages = self.pages if feed.fulltext and not all(entry.text for entry in parsed.entries) else None
        find = partial(find_changes, feed, state, parsed, now, self.version, partial=absent)
        # In a thread, because ten thousand entries take half a second that other feeds need not wait.
        changes = await asyncio.to_thread(find, most=None if pages is None else AT_ONCE)
        failed: frozenset[str] = frozenset()
        if pages is not None:
            articles, failed = await pages.complete(feed, changes.articles)
            last = state.page_tries + 1 >= TRIES
            changes = hold_back(replace(changes, articles=articles), failed, state, last=last)
        await self.sink.publish(_messages(changes))
        self._count_changes(feed, changes, parsed.total)
        whole = response.whole and parsed.whole and not changes.backlog
        state = _with_hints(state, parsed.hints).model_copy(
            update={
                "seen": changes.seen,
                "newest": changes.newest,
                "body_hash": digest if whole else None,
                "page_tries": state.page_tries + 1 if failed and changes.backlog else 0,
            }
        )
        return self._succeeded(feed, state, response if whole else None, now, soon=changes.backlog), "ok"

    def _succeeded(
        self, feed: Feed, state: FeedState, response: Response | None, now: datetime, *, soon: bool = False
    ) -> FeedState:
        """The state after an answer. `response` None: its validators are not to be kept. `soon`: more is waiting."""
        if state.errors:
            logs.info("feed_recovered", feed=feed.name, after=state.last_error)
        headers = response.headers if response else {}
        moments = [seen.first_seen for seen in state.seen.values() if seen.revision]
        update: dict[str, object] = {
            "etag": headers.get("etag", state.etag),
            "last_modified": headers.get("last-modified", state.last_modified),
        }
        seconds = schedule.wait_after_success(
            self.limits,
            interval=feed.interval,
            gap=schedule.usual_gap(moments, now),
            asked=state.every,
            fresh=schedule.fresh_for(headers, now),
            validators=bool(update["etag"] or update["last_modified"]),
        )
        seconds = self.limits.least if soon else seconds
        seconds = schedule.with_jitter(seconds, self.limits, f"{feed.url} {now.isoformat()}")
        due = schedule.after_skips(
            now + timedelta(seconds=seconds), state.skip_hours, state.skip_days, self.limits.most
        )
        health = "stale" if schedule.should_be_stale(moments, now) else "ok"
        update |= {"errors": 0, "last_error": None, "health": health, "last_poll": now, "last_success": now}
        return state.model_copy(update={**update, "next_poll": due})

    def _failed(self, feed: Feed, state: FeedState, error: FetchError) -> FeedState:
        now = self.clock.now()
        wait = schedule.wait_after_error(self.limits, state.errors + 1, f"{feed.url} {now.isoformat()}")
        if error.status in QUIET:
            asked = schedule.parse_retry_after(error.retry_after, now, self.limits.most)
            if asked is not None:
                self.gate.silence(state.url, asked)
                wait = max(asked, self.limits.least)
        after = after_error(state, error.reason, now, now + timedelta(seconds=wait))
        if state.last_error != error.reason:  # a feed that stays broken is logged once
            logs.warning("feed_failed", feed=feed.name, reason=error.reason, detail=str(error), health=after.health)
        return after

    def _count_changes(self, feed: Feed, changes: Changes, total: int) -> None:
        self.metrics.entries_fetched.labels(feed.name).inc(total)
        self.metrics.articles_published.labels(feed.name).inc(len(changes.articles))
        for letter in changes.letters:
            self.metrics.dead_letters.labels("feeds", letter.reason).inc()
            logs.warning("dead_letter", feed=feed.name, reason=letter.reason, detail=letter.error)
        for reason, count in changes.suppressed.items():
            self.metrics.entries_suppressed.labels(feed.name, reason).inc(count)

    def _count(self, feed: Feed, state: FeedState, outcome: str, seconds: float) -> None:
        self.metrics.polls.labels(feed.name, outcome).inc()
        self.metrics.poll_seconds.observe(max(seconds, 0))
        show_state(self.metrics, feed, state)


def show_state(metrics: Metrics, feed: Feed, state: FeedState) -> None:
    """The gauges of a feed."""
    metrics.feed_info.labels(feed.name, feed.region or "").set(1)
    for health in HEALTHS:
        metrics.feed_health.labels(feed.name, health).set(health == state.health)
    metrics.next_poll.labels(feed.name).set(state.next_poll.timestamp())
    if state.newest is not None:
        metrics.newest_article.labels(feed.name).set(state.newest.timestamp())


def hide_state(metrics: Metrics, feed: Feed) -> None:
    """No gauges for a feed that another poller shows now."""
    with contextlib.suppress(KeyError):
        metrics.feed_info.remove(feed.name, feed.region or "")
    for health in HEALTHS:
        with contextlib.suppress(KeyError):
            metrics.feed_health.remove(feed.name, health)
    for gauge in (metrics.next_poll, metrics.newest_article):
        with contextlib.suppress(KeyError):
            gauge.remove(feed.name)


def _request(feed: Feed, state: FeedState) -> Request:
    login = feed.login if origin_of(state.url) == origin_of(feed.url) else None
    return Request(state.url, state.etag, state.last_modified, login)


def _messages(changes: Changes) -> list[Message]:
    articles = [Message(RAW_ARTICLES.name, one.article_id.encode(), one.wire()) for one in changes.articles]
    letters = [Message(DEAD_LETTERS.name, one.topic.encode(), one.wire()) for one in changes.letters]
    return articles + letters


def _with_hints(state: FeedState, hints: Hints) -> FeedState:
    update = {"every": hints.every, "skip_hours": hints.skip_hours, "skip_days": hints.skip_days}
    return state.model_copy(update=update)
