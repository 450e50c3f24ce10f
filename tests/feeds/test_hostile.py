"""Cases 16 to 19 of polling: answers made to do harm, addresses nobody should ask, credentials."""

import asyncio
import gzip
import itertools
import re
import socket
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import brotli
import pytest
import pytest_asyncio
from aiohttp import web

from streams.feeds.feeds_file import parse_feeds
from streams.feeds.fetcher import Fetcher, FetchError, Request
from streams.feeds.network import guarded_sockets, parse_networks, should_connect
from tests.feeds.harness import FakeClock, Rig, Site, give, item, redirect, rss

MakeRig = Callable[..., Awaitable[Rig]]
MB = 1_000_000


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """0.3 MB of gzip that are 300 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b" " * MB
    return b"".join([*(packer.compress(block) for _ in range(300)), packer.flush()])


@pytest.fixture(scope="module")
def brotli_bomb() -> bytes:
    """Less than a kilobyte of Brotli that is 300 MB."""
    packer, block = brotli.Compressor(quality=1), b" " * MB
    return b"".join([*(packer.process(block) for _ in range(300)), packer.finish()])


BOMBS = ["gzip", "gzip, gzip", "gzip, gzip, gzip, gzip", "br", "gzip, br", "br, gzip", "identity"]


@pytest.mark.parametrize("coding", BOMBS)
async def test_case_16_bombs(make_rig: MakeRig, site: Site, bomb: bytes, brotli_bomb: bytes, coding: str) -> None:
    cap = 2 * MB
    rig = await make_rig(max_bytes=cap)
    body = b" " * (3 * MB) if coding == "identity" else bomb
    if coding.startswith("br"):
        body = brotli_bomb
    if "," in coding:
        body = brotli.compress(body) if coding.endswith("br") else gzip.compress(body)
    site.serve(body, headers={"Content-Encoding": coding})
    await rig.watch(site.url())
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    await rig.poll()
    growth = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert rig.state().last_error == "too_large"
    assert growth < 3 * cap


async def test_case_16_coding_that_was_not_asked_for(rig: Rig, site: Site) -> None:
    site.serve(b"\x28\xb5\x2f\xfd", headers={"Content-Encoding": "zstd"})
    await rig.watch(site.url())
    await rig.poll()
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate, br"
    assert rig.state().last_error == "encoding"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "gzip in two members", "br"])
async def test_case_16_honest_compression(rig: Rig, site: Site, coding: str) -> None:
    text = rss(*(item(n) for n in range(50))).encode()
    raw = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": raw.compress(text) + raw.flush(),
        "gzip in two members": gzip.compress(text[:99]) + gzip.compress(text[99:]),
        "br": brotli.compress(text),
    }[coding]
    site.serve(body, headers={"Content-Encoding": coding.split()[-1] if "raw" in coding else coding.split()[0]})
    await rig.watch(site.url())
    await rig.poll()
    assert len(rig.sink.articles) == 50


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
async def test_case_16_broken_compression(rig: Rig, site: Site, coding: str) -> None:
    site.serve(b"\xffthis is none of them", headers={"Content-Encoding": coding})
    await rig.watch(site.url())
    await rig.poll()
    assert rig.state().last_error == "encoding"


async def test_case_17_slow_loris(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    rig = await make_rig(timeout=1)
    other = await Site(clock, host="127.0.0.2").start()
    other.serve(rss(item()))

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for byte in itertools.cycle(b"<rss>"):
            await response.write(bytes([byte]))
            await asyncio.sleep(0.02)  # one byte now and then: no single read ever times out
        return response

    site.on("/feed", drip)
    await rig.watch(site.url(), other.url())
    started = time.monotonic()
    await rig.poll()
    assert time.monotonic() - started < 5
    assert rig.state(0).last_error == "timeout"
    assert rig.state(1).health == "ok"
    await other.stop()


FORBIDDEN = (
    "127.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "fc00::1", "fd12:3456::1",
    "10.1.2.3", "172.16.0.1", "192.168.1.1", "fe80::1", "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "nonsense",
)  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_case_18_addresses(address: str) -> None:
    assert not should_connect(address)


def test_case_18_allow_list() -> None:
    assert should_connect("93.184.216.34")
    assert should_connect("2606:2800:220:1:248:1893:25c8:1946")
    allowed = parse_networks("127.0.0.0/8, fd00::/8")
    assert should_connect("127.1.2.3", allowed)
    assert should_connect("::ffff:127.1.2.3", allowed)
    assert should_connect("fd00::7", allowed)
    assert not should_connect("10.0.0.1", allowed)
    with pytest.raises(ValueError, match=r"'10\.0\.0\.0/99' is not a network"):
        parse_networks("10.0.0.0/99")
    made = guarded_sockets(allowed)((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1)))
    made.close()


class Ear:
    """A listening socket that counts who connects."""

    def __init__(self) -> None:
        self.heard = 0

    async def start(self, host: str) -> "Ear":
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.heard += 1
            writer.close()

        self._server = await asyncio.start_server(answer, host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        self._server.close()
        await self._server.wait_closed()


@pytest_asyncio.fixture(loop_scope="session")
async def ear() -> AsyncIterator[Ear]:
    ear = await Ear().start("127.0.0.1")
    yield ear
    await ear.stop()


SPELLINGS = (
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "localhost",
    "0.0.0.0",
    "[::ffff:127.0.0.1]",
)


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("way", ["direct", "redirected"])
async def test_case_18_nothing_is_asked_of_private_addresses(
    make_rig: MakeRig, clock: FakeClock, ear: Ear, host: str, way: str
) -> None:
    rig = await make_rig(allow="127.0.0.2/32")
    site = await Site(clock, host="127.0.0.2").start()
    target = f"http://{host}:{ear.port}/secret"
    site.on("/feed", redirect(target, 302))
    await rig.watch(target if way == "direct" else site.url())
    await rig.poll()
    assert rig.state().last_error in ("blocked", "dns"), "resolvers differ in which spellings they take"
    assert rig.state().health in ("blocked", "backing_off")
    assert ear.heard == 0
    if host in ("127.0.0.1", "localhost", "0.0.0.0"):
        assert rig.state().last_error == "blocked"
    await site.stop()


async def test_case_18_a_name_that_turns_private(
    make_rig: MakeRig, clock: FakeClock, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = await Site(clock, host="127.0.0.2").start()
    site.on("/feed", redirect(f"http://rebind.example:{ear.port}/secret", 302))
    rig = await make_rig(allow="127.0.0.2/32")
    answers = iter(["127.0.0.2", "127.0.0.1"])
    loop = asyncio.get_running_loop()
    real = loop.getaddrinfo

    async def look_up(host: str, port: int, **options: object) -> object:
        return await real(next(answers) if host == "rebind.example" else host, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(loop, "getaddrinfo", look_up)
    await rig.watch(site.url(host="rebind.example"))
    await rig.poll()
    assert [request.target for request in site.asked] == ["/feed"]
    assert rig.state().last_error == "blocked"
    assert ear.heard == 0
    await site.stop()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "javascript:1"])
async def test_case_18_http_only(rig: Rig, site: Site, target: str) -> None:
    site.on("/feed", redirect(target, 302))
    await rig.watch(site.url())
    await rig.poll()
    assert rig.state().last_error == "blocked"


async def test_case_18_five_hops(rig: Rig, site: Site) -> None:
    for hop in range(7):
        site.on(f"/{hop}", redirect(f"/{hop + 1}", 302))
    site.serve(rss(item()), path="/7")
    await rig.watch(site.url("/2"), site.url("/1"))
    await rig.poll()
    assert [rig.state(at).last_error for at in (0, 1)] == [None, "http_3xx"]


@pytest.mark.parametrize("host", ["127.0.0.1", "several.example"])
async def test_case_18_a_private_feed_says_so_and_how_to_allow_it(
    make_rig: MakeRig, ear: Ear, host: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    real = loop.getaddrinfo

    async def look_up(name: str, port: int, **options: object) -> object:
        several = [await real(address, port, type=socket.SOCK_STREAM) for address in ("127.0.0.1", "127.0.0.3")]
        return [info for infos in several for info in infos]

    monkeypatch.setattr(loop, "getaddrinfo", look_up)
    rig = await make_rig(allow="")
    await rig.watch(f"http://{host}:{ear.port}/secret")
    await rig.poll()
    assert rig.state().last_error == "blocked"
    assert re.search(r"private address 127.0.0.[13]: allow it with DEALWIRE_POLL_ALLOW_PRIVATE", caplog.text)
    assert "Cannot connect" not in caplog.text
    assert ear.heard == 0


async def test_case_18_a_blocked_feed_is_due_at_once_after_a_restart(
    make_rig: MakeRig, site: Site, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    site.serve(rss(item(1)))
    refused = await make_rig(allow="")
    await refused.watch(site.url())
    await refused.poll(3)
    assert site.asked == []
    assert refused.wait > 1000, "its errors have made the wait long"
    still = await make_rig(allow="", sink=refused.sink)
    await still.watch(site.url())
    caplog.clear()
    assert await still.poller.poll_due() == 1
    assert "private address" in caplog.text, "who restarts it is told again"
    allowed = await make_rig(sink=refused.sink)
    await allowed.watch(site.url())
    assert await allowed.poller.poll_due() == 1
    assert (allowed.state().health, len(allowed.sink.articles)) == ("ok", 1)


async def test_another_error_is_not_due_at_once_after_a_restart(make_rig: MakeRig, site: Site) -> None:
    site.on("/feed", give(status=500))
    rig = await make_rig()
    await rig.watch(site.url())
    await rig.poll(2)
    before = rig.wait
    await rig.watch(site.url())
    assert rig.wait == before > 0
    assert await rig.poller.poll_due() == 0


@pytest.mark.parametrize("target", ["http://[", "//[::1/x"])
async def test_a_redirect_to_no_address(rig: Rig, site: Site, target: str) -> None:
    site.on("/feed", redirect(target, 302))
    await rig.watch(site.url())
    await rig.poll()
    assert rig.state().last_error == "http_3xx"


async def test_a_request_that_cannot_be_written_is_no_parse_error(rig: Rig, site: Site) -> None:
    site.serve(rss(item()))
    fetcher = Fetcher("dealwire/1 (+x)\r\nX-Evil: 1", timeout=5, max_bytes=1000, allowed=parse_networks("127.0.0.0/8"))
    async with fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(Request(site.url()))
    assert caught.value.reason == "connect"
    assert site.asked == []


async def test_case_19_credentials_stay_here(
    rig: Rig, site: Site, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    other = await Site(clock, host="127.0.0.2").start()
    entries = item(1, link="http://ann:hunter2@news.example/1") + "<item><pubDate>x</pubDate></item>"
    other.serve(rss(entries))
    site.on("/feed", redirect(other.url(), 301))
    site.on("/broken", give(status=500))
    text = "".join(
        f'[[feed]]\nurl = "http://ann:hunter2@127.0.0.1:{site.port}{path}"\n' for path in ("/feed", "/broken")
    )
    file = parse_feeds(text + '[[feed]]\nurl = "ftp://ann:hunter2@x.example/"\n')
    assert len(file.problems) == 1
    await rig.watch(*(feed.__class__(**{**feed.__dict__, "name": feed.url}) for feed in file.feeds))
    with caplog.at_level("DEBUG"):
        await rig.poll(4)
    assert site.asked[0].headers["authorization"] == "Basic YW5uOmh1bnRlcjI="
    assert all("authorization" not in request.headers for request in other.asked)
    assert rig.state(0).url == other.url()
    written = [message.key + message.value for message in rig.sink.messages]
    written += [key.encode() + value for key, value in rig.sink.states.items()]
    written += [record.getMessage().encode() for record in caplog.records]
    written += [str(problem).encode() for problem in file.problems]
    from prometheus_client import generate_latest

    written.append(generate_latest(rig.metrics.registry))
    assert len(rig.sink.articles) == 1
    assert len(rig.sink.letters) == 1
    # The dead letter keeps the entry's own source in base64; the feed's credentials are not part of that.
    assert not [line for line in written if b"hunter2" in line]
    await other.stop()
