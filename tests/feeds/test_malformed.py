"""Cases 20 to 22 of polling: documents made, or broken, to do harm."""

import asyncio
import json
import os
import signal
import socket
import time
import tracemalloc
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from streams.feeds.parsed import Unreadable
from streams.feeds.parser import parse_feed
from streams.feeds.readers import Readers
from tests.feeds.harness import FakeClock, Rig, Site, give, item, rss, titles

MakeRig = Callable[..., Awaitable[Rig]]
MB = 1_000_000


LAUGHS = [f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10)]
ENTITIES = {
    "laughs on one line": "<!DOCTYPE rss [<!ENTITY lol0 \"lol\">" + "".join(LAUGHS) + "]>",
    "laughs on many lines": "<!DOCTYPE rss [\n<!ENTITY lol0 \"lol\">\n" + "\n".join(LAUGHS) + "\n]>",
    "quadratic": f'<!DOCTYPE rss [<!ENTITY lol9 "{"A" * 50_000}">]>',
    "many short": f'<!DOCTYPE rss [<!ENTITY lol9 "{"A" * 99}">]>',
    "file": '<!DOCTYPE rss [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
    "http": '<!DOCTYPE rss [<!ENTITY lol9 SYSTEM "{url}">]>',
    "http doctype": '<!DOCTYPE rss SYSTEM "{url}" [<!ENTITY % x SYSTEM "{url}"> %x;]>',
    "unfinished": '<!DOCTYPE rss [<!ENTITY lol9 "',
}  # fmt: skip


@pytest.mark.parametrize("kind", ENTITIES)
def test_case_20_entities(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        times = 30_000 if kind in ("quadratic", "many short") else 1
        text = rss(item(1, title="A &lol9; B", body="&lol9;" * times), encoding=None)
        body = '<?xml version="1.0"?>' + ENTITIES[kind].replace("{url}", url) + text
        tracemalloc.start()
        try:
            parsed = parse_feed(body.encode(), "http://feed.example/")
            read = parsed.entries[0].title + parsed.entries[0].summary if parsed.entries else ""
        except Unreadable:
            read = ""
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 40 * MB
        assert len(read) < 2 * MB
        assert "root:" not in read
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_case_20_simple_entities_still_parse() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY city "Ningbo"><!ENTITY nbsp "&#160;">]>'
    parsed = parse_feed(
        f"{doctype}{rss(item(title='&city;&nbsp;&amp; &eacute; Co'), encoding=None)}".encode(), "http://f/"
    )
    assert parsed.entries[0].title == "Ningbo & é Co"


async def test_case_21_cpu_bomb(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    bombs = Readers(1, deadline=0.5)
    rig = await make_rig(readers=bombs)
    depth = 100_000  # 1.4 MB of tags that are never closed
    site.serve("<rss><channel><item><description>" + "<b><i><u><s>x" * depth)
    site.serve(rss(item()), path="/good")
    await rig.watch(site.url(), site.url("/good"))
    lags: list[float] = []

    async def tick() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            lags.append(time.monotonic() - before - 0.01)

    ticking = asyncio.create_task(tick())
    started = time.monotonic()
    await rig.poll()
    took = time.monotonic() - started
    ticking.cancel()
    bombs.close()
    assert rig.state(0).last_error == "timeout"
    assert rig.state(1).health == "ok"
    assert took < 4
    assert max(lags) < 0.1


async def test_case_21_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = Readers(1, deadline=0.2)
    from streams.feeds import readers as module

    monkeypatch.setattr(module, "COMMAND", ("-c", "import sys,time; sys.stdin.buffer.read(1); time.sleep(60)"))
    with pytest.raises(Unreadable) as caught:
        await hangs.parse(b"<rss/>", "http://f/", None)
    assert caught.value.reason == "timeout"
    assert not hangs.running
    monkeypatch.setattr(module, "COMMAND", ("-c", "import os; os._exit(9)"))
    with pytest.raises(Unreadable) as caught:
        await hangs.parse(b"<rss/>", "http://f/", None)
    assert caught.value.reason == "parse"
    hangs.close()
    monkeypatch.undo()
    patient = Readers(1)
    assert (await patient.parse(rss(item()).encode(), "http://f/", None)).total == 1
    patient.close()


async def test_case_21_a_process_that_was_ended_from_outside() -> None:
    pool = Readers(1)
    pool.warm()
    (pid,) = pool.running
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # noqa: ASYNC222 (it is dying)
    assert (await pool.parse(rss(item()).encode(), "http://f/", None)).total == 1
    assert pid not in pool.running
    pool.close()


async def test_case_21_recycled(monkeypatch: pytest.MonkeyPatch) -> None:
    from streams.feeds import readers as module

    monkeypatch.setattr(module, "RECYCLE_AFTER", 2)
    pool = Readers(1)
    seen = set()
    for _ in range(5):
        await pool.parse(rss(item()).encode(), "http://f/", None)
        seen |= pool.running
    pool.close()
    assert len(seen) == 3, "five documents, two by each process"


ONE, TWO = item(1), item(2)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "http://n.example/1", "title": "A", "content_html": "<p>B</p>"}, {"id": 2}],
    }
)
MALFORMED: dict[str, tuple[str, int | str]] = {
    "bare ampersand": (rss(item(1, title="Sun & Sons", body="A & B"), TWO), 2),
    "vertical tab": (rss(item(1, title="A\x0bB"), TWO), 2),
    "junk before the prolog": ("\n\n <br>PHP Notice: x in /y on line 3\n" + rss(ONE, TWO), 2),
    "byte order mark": ("\ufeff" + rss(ONE), 1),
    "html page": ("<!DOCTYPE html><html><head><title>x</title></head><body><p>no</p></body></html>", "parse"),
    "html with a feed in it": ("<html><body><pre>" + rss(ONE) + "</pre></body></html>", "parse"),
    "empty": ("", "parse"),
    "blanks": ("  \n ", "parse"),
    "words": ("Internal error", "parse"),
    "xml of another kind": ("<?xml version='1.0'?><sitemap><url>x</url></sitemap>", "parse"),
    "json": ('{"error": "not found"}', "parse"),
    "json feed": (JSON_FEED, 1),
    "no entries": (rss(), 0),
    "unknown prefix": (rss(item(1) + "<x:y>z</x:y>"), 1),
    "unclosed tag in an item": (rss("<item><title>A<link>http://n.example/1</link></item>", TWO), 2),
    "upper case": (rss(ONE).replace("item>", "ITEM>").replace("title>", "TITLE>"), 1),
    "rss 0.91": ('<rss version="0.91"><channel><item><title>A</title></item></channel></rss>', 1),
}


@pytest.mark.parametrize("kind", MALFORMED)
async def test_case_22_malformed(rig: Rig, site: Site, kind: str) -> None:
    body, expected = MALFORMED[kind]
    site.serve(body)
    await rig.watch(site.url())
    await rig.poll()
    if isinstance(expected, str):
        assert rig.state().last_error == expected
        assert not rig.sink.messages
    else:
        assert rig.state().last_error is None
        assert len(rig.sink.articles) == expected


@pytest.mark.parametrize("cut", ["in the third item", "before the end", "in a character"])
async def test_case_22_truncated(rig: Rig, site: Site, cut: str) -> None:
    whole = rss(ONE, TWO, item(3, title="报告")).encode()
    at = {
        "in the third item": whole.rindex(b"<guid>"),
        "before the end": whole.rindex(b"</channel>"),
        "in a character": whole.index("告".encode()) + 1,
    }[cut]
    site.on("/feed", give(whole[:at], headers={"ETag": '"1"'}), give(whole, headers={"ETag": '"1"'}))
    await rig.watch(site.url())
    await rig.poll()
    assert len(rig.sink.articles) == (3 if cut == "before the end" else 2)
    assert (rig.state().etag, rig.state().body_hash) == (None, None)
    await rig.poll()
    assert "if-none-match" not in site.asked[1].headers
    assert titles(rig.sink.articles).count("Report 1") == 1
    assert len(rig.sink.articles) == 3


async def test_case_22_connection_cut(rig: Rig, site: Site) -> None:
    whole = rss(ONE, TWO).encode()

    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(whole)), "ETag": '"1"'})
        await response.prepare(request)
        await response.write(whole[: whole.rindex(b"<item>") + 20])
        assert request.transport is not None
        request.transport.close()
        return response

    site.on("/feed", cut)
    await rig.watch(site.url())
    await rig.poll()
    assert titles(rig.sink.articles) == ["Report 1"]
    assert rig.state().etag is None
