"""What the poller would make of a source, without a broker: fetch, read, explain. For `dealwire feeds check`."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from schemas.article import RawArticle
from schemas.dead_letter import DeadLetter
from streams.feeds.articles import find_changes
from streams.feeds.clock import SystemClock
from streams.feeds.edit import entry_text, fields_of
from streams.feeds.feeds_file import Feed
from streams.feeds.fetcher import Fetcher, FetchError, Request, Response, user_agent
from streams.feeds.gate import Gate
from streams.feeds.network import parse_networks
from streams.feeds.parsed import Parsed, Unreadable
from streams.feeds.readers import Readers
from streams.feeds.states import new_state
from streams.settings import Settings

SHOWN = 10
"""Items of a source that are shown to a person."""
FAMILIES = {"rss": "rss", "rss10": "rdf", "rss090": "rdf", "atom": "atom", "xml": "rss"}
"""Beginnings of feedparser's names for versions, the longest that fits counts."""


@dataclass(frozen=True)
class Checked:
    """What became of one source. `articles` are in the order of the document; `notes` are for a person."""

    source: str
    feed: Feed
    reason: str | None = None
    kind: str | None = None
    articles: tuple[RawArticle, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when the poller could read it."""
        return self.reason is None

    def as_json(self) -> dict[str, object]:
        """The line of `--json`; moments in UTC."""
        items = []
        for article in self.articles:
            published = article.model_dump(mode="json")["published"]
            items.append(
                {"id": article.article_id, "title": article.title, "link": article.url, "published": published}
            )
        return {"source": self.source, "ok": self.ok, "reason": self.reason, "kind": self.kind, "items": items}


async def check_sources(
    sources: Sequence[tuple[str, Feed]], settings: Settings, version: str
) -> AsyncIterator[Checked]:
    """Each source and its feed, in that order. A source that is no http(s) address is a file. Raises ValueError for a
    wrong setting of the allowed networks."""
    clock, readers = SystemClock(settings.today, settings.timezone), Readers(2)
    gate = Gate(clock, settings.poll_per_host_gap)
    fetcher = Fetcher(
        user_agent(version, settings.contact),
        timeout=settings.poll_timeout,
        max_bytes=settings.poll_max_bytes,
        allowed=parse_networks(settings.poll_allow_private),
    )
    try:
        async with fetcher:
            checks = _Checks(fetcher, readers, gate, clock, version)
            tasks = [asyncio.create_task(checks.check(source, feed)) for source, feed in sources]
            try:
                for task in tasks:
                    yield await task
            finally:
                for task in tasks:
                    task.cancel()
    finally:
        readers.close()


@dataclass(frozen=True)
class _Checks:
    fetcher: Fetcher
    readers: Readers
    gate: Gate
    clock: SystemClock
    version: str

    async def check(self, source: str, feed: Feed) -> Checked:
        try:
            response = await self._body(source, feed)
            parsed = await self.readers.parse(response.body, response.url, response.charset, feed.selectors)
        except (FetchError, Unreadable) as error:
            return Checked(source, feed, error.reason, notes=(str(error), *await self._found_in(source, feed, error)))
        return explain(source, feed, response, parsed, self.clock.now(), self.version)

    async def _body(self, source: str, feed: Feed) -> Response:
        if is_address(source):
            async with self.gate.turn(feed.url):
                return await self.fetcher.fetch(Request(feed.url, login=feed.login))
        try:
            return Response(200, feed.url, await asyncio.to_thread(Path(source).read_bytes))
        except OSError as error:
            raise FetchError("connect", f"expected a file or an http(s) address: {error.strerror}") from error

    async def _found_in(self, source: str, feed: Feed, error: FetchError | Unreadable) -> tuple[str, ...]:
        """A page that is no feed may name one."""
        if error.reason != "parse" or feed.selectors is not None:
            return ()
        try:
            body = (await self._body(source, feed)).body
            links = await self.readers.find_feeds(body, feed.url)
        except (FetchError, Unreadable):
            return ()
        return tuple(f"the page names a feed: {link}" for link in links) or (
            'a list page can be polled with kind = "page" and a CSS selector: --item "ul.list > li"',
        )


def lines_of(one: Checked, *, is_known: bool) -> list[str]:
    """What became of a source, for a person; with an entry for the feeds file unless it is `is_known` there."""
    state = f"ok, {one.kind}, {len(one.articles)} items" if one.ok else f"cannot be read: {one.reason}"
    lines = [f"{one.source}: {state}"]
    for article in one.articles[:SHOWN]:
        moment = article.published.strftime("%Y-%m-%d %H:%M") if article.published else "no date"
        lines.append(f"  {moment:16}  {article.title}  {article.url}")
    if len(one.articles) > SHOWN:
        lines.append(f"  ... and {len(one.articles) - SHOWN} more")
    lines += [f"  - {note}" for note in one.notes]
    if one.ok and one.feed.url and not is_known:
        lines.append(
            "  an entry for the feeds file (`dealwire feeds add` writes it; give it a region if it has one):\n"
        )
        lines += [f"    {line}" for line in entry_text(fields_of(one.feed)).splitlines()]
    return lines


def is_address(source: str) -> bool:
    """True for an http or https address; anything else names a file."""
    return source.lower().startswith(("http://", "https://"))


def explain(source: str, feed: Feed, response: Response, parsed: Parsed, now: datetime, version: str) -> Checked:
    """A document that was read: its articles as the first polls would publish them, and what is odd about it. Pure."""
    state, found, letters, backlog = new_state(feed, 1, now), list[RawArticle](), list[DeadLetter](), True
    while backlog:  # a poll takes a thousand
        changes = find_changes(feed, state, parsed, now, version)
        found += changes.articles
        letters += changes.letters
        state, backlog = state.model_copy(update={"seen": changes.seen}), changes.backlog
    by_place = {key: at for at, entry in enumerate(parsed.entries) for key in reversed(entry.keys)}
    place = {one.article_id: by_place.get(key, 0) for key, one in state.seen.items()}
    articles = tuple(sorted(found, key=lambda article: place[article.article_id]))
    notes = [*_notes(source, response, parsed, feed), *_article_notes(articles, letters)]
    return Checked(source, _proposed(feed, response, articles), None, family(parsed.kind), articles, tuple(notes))


def family(kind: str) -> str:
    """`rss`, `rdf`, `atom`, `json` or `page`.

    >>> family("rss091u"), family("rss10"), family("atom03"), family("json")
    ('rss', 'rdf', 'atom', 'json')
    """
    fits = [name for name in FAMILIES if kind.startswith(name)]
    return FAMILIES[max(fits, key=len)] if fits else kind


def _notes(source: str, response: Response, parsed: Parsed, feed: Feed) -> list[str]:
    notes = []
    if response.permanent_to:
        notes.append(f"it has moved for good to {response.permanent_to}")
    if not (response.whole and parsed.whole):
        notes.append("it is cut off: what is whole is read, and it is asked for again without validators")
    if is_address(source) and not {"etag", "last-modified"} & set(response.headers) and feed.interval is None:
        notes.append("no ETag and no Last-Modified: each poll costs its whole body, so it is polled less often")
    if parsed.total > len(parsed.entries):
        notes.append(f"{parsed.total} entries, of which {len(parsed.entries)} are read")
    if not parsed.entries:
        notes.append("it has no entries now")
    return notes


def _article_notes(articles: Sequence[RawArticle], letters: Sequence[DeadLetter]) -> list[str]:
    notes = [f"{count} dead letters: {error}" for error, count in Counter(one.error for one in letters).items()]
    undated = [article for article in articles if article.published is None]
    if undated:
        example = next((article.published_raw for article in undated if article.published_raw), None)
        said = f", such as {example!r}" if example else ""
        notes.append(f"{len(undated)} of {len(articles)} without a date that can be read{said}")
    short = sum(not article.fulltext for article in articles)
    if short:
        notes.append(f"{short} of {len(articles)} have a summary only: their pages are read when robots.txt allows it")
    linkless = sum(not article.url for article in articles)
    if linkless:
        notes.append(f"{linkless} of {len(articles)} without a link")
    return notes


def _proposed(feed: Feed, response: Response, articles: Sequence[RawArticle]) -> Feed:
    languages = Counter(article.language for article in articles).most_common(1)
    language = feed.language or (languages[0][0] if languages else None)
    return replace(feed, url=response.permanent_to or feed.url, language=language)
