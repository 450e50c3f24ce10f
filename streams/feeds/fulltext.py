"""The whole text of an article whose feed gives only a summary, from the page it links to.

robots.txt allows it?              robots.py
gate.turn(host)                    the same manners and the same guards as for feeds
  fetch the page
readers.read_article(bytes)        in a worker process                          article_page.py
is there a next page of it?        up to five
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from schemas.article import RawArticle
from streams.feeds.articles import Whole, with_text
from streams.feeds.clock import Clock
from streams.feeds.feeds_file import Feed
from streams.feeds.fetcher import Fetcher, FetchError, Request
from streams.feeds.gate import Gate
from streams.feeds.links import is_web_link, without_login
from streams.feeds.next_page import is_next_page
from streams.feeds.parsed import ArticlePage, Unreadable
from streams.feeds.readers import Readers
from streams.feeds.robots import Robots
from streams.feeds.schedule import Limits, parse_retry_after
from streams.metrics import Metrics

MOST_PAGES = 5
"""Pages of one article."""
AT_ONCE = 20
"""Articles of one poll whose pages are read; the rest waits for the next poll."""
SIDE_BY_SIDE = 5
"""Articles of one poll that are read at once, if they are of several hosts."""
TRIES = 3
"""Polls in a row that try pages which could not be had."""
PASSING = frozenset(("dns", "connect", "tls", "timeout", "http_5xx", "quiet"))
"""Reasons that may be gone by the next poll."""
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_HTML = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")


@dataclass(frozen=True)
class FullText:
    """Reads linked pages. `metrics` counts what became of each article's."""

    fetcher: Fetcher
    readers: Readers
    gate: Gate
    robots: Robots
    clock: Clock
    limits: Limits
    metrics: Metrics

    async def complete(
        self, feed: Feed, articles: Iterable[RawArticle]
    ) -> tuple[tuple[RawArticle, ...], frozenset[str]]:
        """The articles, with the text of their pages where the feed had none and the page could be had; and the ids
        of those whose page may be had another time."""
        slots, failed = asyncio.Semaphore(SIDE_BY_SIDE), set[str]()

        async def one(article: RawArticle) -> RawArticle:
            if article.fulltext or not is_web_link(article.url):
                return article
            try:
                async with slots:
                    whole = await self.read(article.url)
            except (FetchError, Unreadable) as error:
                if error.reason in PASSING or getattr(error, "status", None) == 429:
                    failed.add(article.article_id)
                self._count(feed, error.reason)
                return article
            changed = with_text(article, whole, feed, self.clock.now())
            self._count(feed, "short" if changed is article else "ok" if changed.fulltext else "part")
            return changed

        return tuple(await asyncio.gather(*map(one, articles))), frozenset(failed)

    def _count(self, feed: Feed, outcome: str) -> None:
        self.metrics.pages_read.labels(feed.name, outcome).inc()

    async def read(self, url: str) -> Whole:
        """The article at a URL, of all its pages. Raises FetchError or Unreadable when its first page is not had."""
        first = page = await self._page(url)
        texts, whole, had = [page.text], True, {url}
        while links := [link for link in page.next if link not in had and is_next_page(url, link, len(texts) + 1)]:
            if len(texts) == MOST_PAGES:
                whole = False
                break
            had.add(links[0])
            try:
                page = await self._page(links[0])
            except (FetchError, Unreadable):
                whole = False  # what was had so far is worth having
                break
            if not page.text or page.text in texts:
                break
            texts.append(page.text)
        return Whole("\n".join(texts), first.title, first.date, whole)

    async def _page(self, url: str) -> ArticlePage:
        url = without_login(url)
        if not await self.robots.allow(url):
            raise FetchError("robots", "robots.txt does not allow it")
        async with self.gate.turn(url):
            if self.gate.silent_for(url):
                raise FetchError("quiet", "the server asked for silence")
            try:
                response = await self.fetcher.fetch(Request(url, accept=_ACCEPT, allow=self._allow_hop()))
            except FetchError as error:
                asked = parse_retry_after(error.retry_after, self.clock.now(), self.limits.most)
                if asked is not None and error.status in (429, 503):
                    self.gate.silence(url, asked)
                raise
        if response.content_type not in _HTML:
            raise Unreadable("parse", f"expected an HTML page, found {response.content_type[:60]}")
        page = await self.readers.read_article(response.body, response.url, response.charset)
        return page if response.whole else ArticlePage(page.text, page.title, page.date)

    def _allow_hop(self) -> Callable[[str], Awaitable[bool]]:
        return lambda url: self.robots.allow(url, in_turn=True)
