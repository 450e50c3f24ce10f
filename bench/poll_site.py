"""What the poller is measured against: `python -m bench.poll_site`. A server and an embedded broker in one process.

`/same/N` answers 304 to the validators it has given; `/new/N` is a feed of 50 items; `/poison` burns a parser's time.
Prints its port and the broker's address, then serves until its stdin ends.
"""

import asyncio
import sys

from aiohttp import web
from confluent_kafka import Producer

ITEMS = 50
TAG = {"ETag": '"1"', "Content-Type": "application/rss+xml"}
POISON = ("<rss><channel><item><description>" + "<b><i><u><s>x" * 100_000).encode()
TEXT = "The city signed {n} projects with a total investment of {n}.5 billion yuan at a ceremony on Tuesday. " * 5


def feed(number: str, items: int) -> bytes:
    """An RSS feed with whole texts of half a kilobyte."""
    rows = "".join(
        f"<item><guid>{number}-{n}</guid><title>Report {n} of {number}</title><link>http://n.example/{number}/{n}</link>"
        f"<pubDate>Wed, 04 Mar 2026 08:00:{n % 60:02} GMT</pubDate><description>{TEXT.format(n=n)}</description></item>"
        for n in range(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{rows}</channel></rss>'.encode()


async def same(request: web.Request) -> web.Response:
    """304 to who has the feed."""
    if request.headers.get("If-None-Match") == TAG["ETag"]:
        return web.Response(status=304, headers=TAG)
    return web.Response(body=feed(request.match_info["number"], 1), headers=TAG)


async def new(request: web.Request) -> web.Response:
    """A feed that nobody has seen."""
    return web.Response(body=feed(request.match_info["number"], ITEMS), headers=TAG)


async def poison(request: web.Request) -> web.Response:
    """1.4 MB of tags that are never closed."""
    return web.Response(body=POISON)


async def main() -> None:
    """Serves until stdin ends."""
    producer = Producer({"bootstrap.servers": "none:1", "test.mock.num.brokers": 1, "log_level": 0})
    [node] = producer.list_topics(timeout=10).brokers.values()
    app = web.Application()
    app.add_routes([web.get("/same/{number}", same), web.get("/new/{number}", new), web.get("/poison", poison)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0, backlog=4096).start()
    print(runner.addresses[0][1], f"{node.host}:{node.port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
