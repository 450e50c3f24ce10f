"""The web server of the sample feeds: `python -m streams.demo.feeds_server FD TODAY` serves on an open socket.

A feed with revisions answers a poller that shows the validators of one version with the next, so what a poller sees
depends on what it has already read and on nothing else: not on time, and not on other readers.
"""

import asyncio
import contextlib
import signal
import socket
import sys
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from aiohttp import web

from streams.demo.feed_xml import CONTENT_TYPES, feed_bytes, paragraphs
from streams.demo.samples import SampleFeed, sample_feeds, version_at

FEEDS: web.AppKey[dict[str, SampleFeed]] = web.AppKey("feeds", dict)
TODAY: web.AppKey[date] = web.AppKey("today", date)


def validators(feed: SampleFeed, version: int, today: date) -> tuple[str, str]:
    """ETag and Last-Modified of a version of a feed."""
    changed = datetime.combine(today - timedelta(days=1), time(tzinfo=UTC)) + timedelta(minutes=version)
    return f'"{feed.name}-{today.isoformat()}-{version}"', format_datetime(changed, usegmt=True)


def versions_of(feed: SampleFeed) -> int:
    """How many versions a feed has: one more than the most revisions of an article."""
    return 1 + max(len(article.revisions) for article in feed.articles)


def next_version(feed: SampleFeed, today: date, if_none_match: str | None, if_modified_since: str | None) -> int | None:
    """The version for a reader with these validators; None when it already has the last one."""
    for version in range(versions_of(feed)):
        etag, modified = validators(feed, version, today)
        if if_none_match == etag or (if_none_match is None and if_modified_since == modified):
            return version + 1 if version + 1 < versions_of(feed) else None
    return 0


async def serve_feed(request: web.Request) -> web.Response:
    """A feed, or 304."""
    feed = request.app[FEEDS].get(request.match_info["name"])
    if feed is None:
        raise web.HTTPNotFound
    today, asked = request.app[TODAY], request.headers
    version = next_version(feed, today, asked.get("If-None-Match"), asked.get("If-Modified-Since"))
    etag, modified = validators(feed, versions_of(feed) - 1 if version is None else version, today)
    headers = {"ETag": etag, "Last-Modified": modified, "Cache-Control": "no-cache"}
    if version is None:
        return web.Response(status=304, headers=headers)
    body = feed_bytes(feed, version, today, str(request.url.origin()))
    # No charset here: the label inside the document is the one a reader has to cope with.
    return web.Response(body=body, headers={**headers, "Content-Type": CONTENT_TYPES[feed.kind]})


async def serve_article(request: web.Request) -> web.Response:
    """The page of an article as it stands now, for people who follow a link from the board."""
    for feed in request.app[FEEDS].values():
        for article in feed.articles:
            if article.id == request.match_info["id"] and not article.poison:
                last = version_at(article, len(article.revisions), request.app[TODAY])
                title, outlet = escape(last.title), escape(feed.title)
                page = (
                    f'<!doctype html><html lang="{feed.language}"><meta charset="utf-8"><title>{title}</title>'
                    f"<body><article><h1>{title}</h1>{paragraphs(last.text)}</article>"
                    f"<footer>{outlet}: a sample written for dealwire; the deal is invented.</footer></body></html>"
                )
                return web.Response(text=page, content_type="text/html")
    raise web.HTTPNotFound


def make_app(today: date) -> web.Application:
    """The server's routes: `/feeds/NAME.xml` and `/articles/ID`."""
    app = web.Application()
    app[FEEDS], app[TODAY] = {feed.name: feed for feed in sample_feeds()}, today
    app.router.add_get("/feeds/{name}.xml", serve_feed)
    app.router.add_get("/articles/{id}", serve_article)
    return app


async def serve(listening: socket.socket, today: date) -> None:
    """Serve on the socket until SIGTERM or SIGINT."""
    runner = web.AppRunner(make_app(today), access_log=None)
    await runner.setup()
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await web.SockSite(runner, listening, shutdown_timeout=1).start()
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), date.fromisoformat(sys.argv[2])))
