"""Cases 1 to 13 of polling: manners towards the servers."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from streams.feeds.schedule import Limits
from tests.feeds.harness import LIMITS, NOON, FakeClock, MemorySink, Rig, Site, give, item, redirect, rss, titles

MakeRig = Callable[..., Awaitable[Rig]]


async def test_case_01_conditional_get(rig: Rig, site: Site) -> None:
    etag, modified = 'W/"a  b,\\c"', "Sun,  1 Mar 2026 01:02:03 +0000"  # odd on purpose: to be sent back untouched
    path = "/feed?b=%7e&a=1&a=2"
    site.on("/feed", give(rss(item()), headers={"ETag": etag, "Last-Modified": modified}), give(rss(item(2))))
    await rig.watch(site.url(path))
    await rig.poll(3)
    first, second, third = site.asked
    assert dict(second.raw)[b"If-None-Match"] == etag.encode()
    assert dict(second.raw)[b"If-Modified-Since"] == modified.encode()
    for request in (first, third):  # nothing known; a 200 without validators
        assert not {"if-none-match", "if-modified-since"} & set(request.headers)
    assert {request.target for request in site.asked} == {path}


async def test_case_02_not_modified(rig: Rig, site: Site) -> None:
    body = rss(item())
    site.on(
        "/feed",
        give(body, headers={"ETag": '"1"'}),
        give(status=500),
        give(status=304, headers={"ETag": '"2"'}),
        give(body, headers={"ETag": '"3"'}),
    )
    await rig.watch(site.url())
    await rig.poll(2)
    assert rig.state().errors == 1
    await rig.poll()
    assert (rig.state().errors, rig.state().etag, rig.state().last_success) == (0, '"2"', rig.clock.now())
    parsed = rig.count("feeds_entries_fetched_total", feed=rig.feeds[0].name)
    await rig.poll()  # 200 with the same bytes
    assert rig.state().etag == '"3"'
    assert rig.count("feeds_entries_fetched_total", feed=rig.feeds[0].name) == parsed == 1
    assert rig.count("feeds_polls_total", feed=rig.feeds[0].name, outcome="not_modified") == 2
    assert len(rig.sink.messages) == 1


async def test_case_02_partial_feed(rig: Rig, site: Site) -> None:
    """226: what is absent is not gone, so nothing can have come back under another name."""
    site.on("/feed", give(rss(item(1), item(2))), give(rss(item(3)), 226), give(rss(item(1), item(2), item(3))))
    await rig.watch(site.url())
    await rig.poll(3)
    assert sorted(titles(rig.sink.articles)) == ["Report 1", "Report 2", "Report 3"]
    same = item(guid="other", link="http://news.example/other", title="Report 1", body="The text of report 1.")
    site.serve(rss(same), status=226)
    await rig.poll()
    assert len({article.article_id for article in rig.sink.articles}) == 4


async def test_case_03_validators_after_the_articles(make_rig: MakeRig, site: Site) -> None:
    sink = MemorySink(room=2)
    rig = await make_rig(sink=sink)
    site.serve(rss(*(item(n) for n in range(5))), headers={"ETag": '"1"'})
    await rig.watch(site.url())
    await rig.poll()
    assert len(sink.articles) == 2
    assert not sink.states
    sink.room = None
    await rig.watch(site.url())  # the process was killed and starts again
    await rig.poll()
    assert "if-none-match" not in site.asked[-1].headers
    assert len({article.article_id for article in sink.articles}) == 5
    assert sink.state(site.url()).etag == '"1"'


async def test_case_04_moved_for_good(rig: Rig, site: Site) -> None:
    site.serve(rss(item()), path="/new", headers={"ETag": '"1"'})
    site.on("/feed", redirect("/hop", 308))
    site.on("/hop", redirect("/new", 301))
    await rig.watch(site.url())
    await rig.poll(2)
    assert rig.state().url == site.url()
    await rig.poll()
    assert rig.state().url == site.url("/new")
    await rig.watch(site.url())  # recorded: it outlives a restart
    await rig.poll()
    assert site.asked[-1].target == "/new"
    assert len(rig.sink.articles) == 1


@pytest.mark.parametrize(
    "chain",
    [[redirect("/new", 302)], [redirect("/hop", 301), redirect("/new", 307)]],
    ids=["temporary", "one of two temporary"],
)
async def test_case_04_moved_for_now(rig: Rig, site: Site, chain: list[Callable[[web.Request], web.Response]]) -> None:
    site.serve(rss(item()), path="/new")
    site.on("/feed", chain[0])
    site.on("/hop", chain[-1])
    await rig.watch(site.url())
    await rig.poll(5)
    assert rig.state().url == site.url()
    assert len(site.asked) == 5 * (len(chain) + 1)


async def test_case_04_not_to_one_place(rig: Rig, site: Site) -> None:
    for n in range(6):
        site.serve(rss(item()), path=f"/{n}")
    site.on("/feed", *(redirect(f"/{n}") for n in range(6)))
    await rig.watch(site.url())
    await rig.poll(5)
    assert rig.state().url == site.url()


async def test_case_04_not_in_a_row(rig: Rig, site: Site) -> None:
    site.serve(rss(item()), path="/new")
    site.on("/feed", *[redirect("/new")] * 2, redirect("/new", 302), *[redirect("/new")] * 2, give(rss(item())))
    await rig.watch(site.url())
    await rig.poll(6)
    assert rig.state().url == site.url()


def test_case_04_never_from_https_to_http() -> None:
    from streams.feeds.states import after_redirects

    state = FeedState(feed="https://a.example/f", url="https://a.example/f", next_poll=NOON)
    for _ in range(5):
        state = after_redirects(state, "http://a.example/f")
    assert state.url == "https://a.example/f"
    for _ in range(3):
        state = after_redirects(state, "https://b.example/f")
    assert state.url == "https://b.example/f"


async def test_case_04_merged(rig: Rig, site: Site) -> None:
    site.serve(rss(item()), path="/new")
    site.on("/feed", redirect("/new"))
    await rig.watch(site.url(), site.url("/new"))
    await rig.poll(3)
    assert (rig.state(0).health, rig.state(0).last_error) == ("gone", "merged")
    site.asked.clear()
    await rig.watch(site.url(), site.url("/new"))
    await rig.poll(2)
    assert [request.target for request in site.asked] == ["/new", "/new"], "by one of them only"


async def test_case_04_moved_to_nothing(rig: Rig, site: Site) -> None:
    site.serve(rss(item()), path="/new")
    site.on("/feed", *[redirect("/new")] * 3, give(rss(item(2))))
    await rig.watch(site.url())
    await rig.poll(4)
    assert rig.state().url == site.url("/new")
    site.on("/new", give(status=404))
    await rig.poll(3)
    assert rig.state().url == site.url(), "the address of the feeds file is tried again"
    await rig.poll()
    assert titles(rig.sink.articles) == ["Report 1", "Report 2"]


async def test_case_05_gone(rig: Rig, site: Site) -> None:
    site.serve("", status=410)
    await rig.watch(site.url())
    await rig.poll()
    assert rig.state().health == "gone"
    await rig.watch(site.url())
    rig.clock.move(days=30)
    assert await rig.poller.poll_due() == 0
    assert len(site.asked) == 1
    site.serve(rss(item()))
    other = Feed(url=site.url("/other"), name="other")
    await rig.watch(Feed(url=site.url(), name="a", enabled=False), other)  # an operator disables it ...
    await rig.watch(Feed(url=site.url(), name="a"), other)  # ... and enables it again
    await rig.poll()
    assert rig.state().health == "ok"
    assert len(rig.sink.articles) == 1


@pytest.mark.parametrize("status", [404, 403, 401, 500])
async def test_case_05_others_come_back(rig: Rig, site: Site, status: int) -> None:
    site.on("/feed", *[give(status=status)] * 12, give(rss(item())))
    await rig.watch(site.url())
    await rig.poll(12)
    assert rig.state().health == "broken"
    await rig.poll()
    assert (rig.state().health, rig.state().errors) == ("ok", 0)


async def test_case_06_retry_after(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    rig = await make_rig()
    other = await Site(clock, host="127.0.0.2").start()
    other.serve(rss(item()))
    site.on("/a", give(status=429, headers={"Retry-After": "7200"}))
    site.serve(rss(item()), path="/b")
    feeds = [Feed(url=url, name=url, interval=300) for url in (site.url("/a"), site.url("/b"), other.url())]
    await rig.watch(feeds[0])
    await rig.poll()
    await rig.watch(*feeds)
    rig.clock.move(seconds=1)
    await rig.poller.poll_due()
    assert [request.target for request in site.asked] == ["/a"], "nothing else is asked of this origin"
    assert len(other.asked) == 1
    for at in (0, 1):
        assert rig.state(at).next_poll >= NOON + timedelta(hours=2)
    rig.clock.move(minutes=90)
    await rig.poller.poll_due()
    assert (len(site.asked), len(other.asked)) == (1, 2)
    rig.clock.move(minutes=31)
    await rig.poller.poll_due()
    assert [request.target for request in site.asked][1:2] == ["/a"]
    await other.stop()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("Wed, 04 Mar 2026 14:00:00 GMT", 7200),
        ("-3600", None),
        ("Wed, 04 Mar 2026 10:00:00 GMT", None),
        ("99999999", 86400),
        ("soon", None),
        ("5", 300),
    ],
)
async def test_case_06_forms_of_retry_after(rig: Rig, site: Site, value: str, seconds: float | None) -> None:
    site.serve("", status=503, headers={"Retry-After": value})
    await rig.watch(site.url())
    rig.clock.move_to(rig.state().next_poll)
    moved = (rig.clock.now() - NOON).total_seconds()  # the first poll is spread by some milliseconds
    await rig.poller.poll_due()
    if seconds is None:
        assert 480 <= rig.wait <= 600, "as any other error"
    else:
        assert rig.wait == pytest.approx(seconds, abs=moved + 0.001)
    assert rig.state().health == "backing_off"


@pytest.mark.parametrize(
    ("headers", "head", "interval", "expected"),
    [
        ({"Cache-Control": "max-age=3600", "Age": "600"}, "", 600, 3000),
        ({"Cache-Control": "max-age=100"}, "", 600, 600),
        ({"Expires": "Wed, 04 Mar 2026 14:00:00 GMT", "Date": "Wed, 04 Mar 2026 12:00:00 GMT"}, "", 600, 7200),
        ({"Expires": "0"}, "", 600, 600),
        ({"Cache-Control": "no-cache, max-age=9999"}, "", 600, 600),
        ({"Cache-Control": "no-store", "Expires": "Wed, 04 Mar 2026 14:00:00 GMT"}, "", 600, 600),
        ({"Cache-Control": "max-age=99999999"}, "", 600, 86400),
        ({}, "<ttl>90</ttl>", 600, 5400),
        ({}, "<ttl>90</ttl>", 7200, 7200),
        ({}, "", 5, 300),
        ({"Cache-Control": "max-age=6000"}, "<ttl>90</ttl>", 600, 6000),
    ],
)
async def test_case_07_freshness(
    rig: Rig, site: Site, headers: dict[str, str], head: str, interval: float, expected: float
) -> None:
    site.serve(rss(item(), head=head), headers=headers)
    await rig.watch(Feed(url=site.url(), name="n", interval=interval))
    await rig.poll()
    assert expected <= rig.wait <= min(expected * 1.1, 86400)


SYNDICATION = (
    '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">{}</sy:updatePeriod>'
    "<sy:updateFrequency>{}</sy:updateFrequency>"
)


@pytest.mark.parametrize(
    ("head", "start", "least", "most"),
    [
        # The poll would be at 12:10 or a minute later.
        ("<skipHours><hour>12</hour><hour>13</hour><hour>14</hour></skipHours>", "12:00", "15:00", "15:00"),
        ("<skipHours><hour>13</hour></skipHours>", "12:00", "12:10", "12:11"),
        ("<skipDays><day>Wednesday</day></skipDays>", "12:00", "24:00", "24:00"),
        ("<skipHours>" + "".join(f"<hour>{h}</hour>" for h in range(24)) + "</skipHours>", "12:00", "36:10", "36:11"),
        (SYNDICATION.format("daily", 2), "00:00", "12:00", "13:12"),
        (SYNDICATION.format("weekly", 1), "00:00", "24:00", "24:00"),
        ("<ttl>20</ttl>" + SYNDICATION.format("hourly", 1), "12:00", "13:00", "13:06"),
    ],
)
async def test_case_08_what_the_feed_asks_for(
    rig: Rig, site: Site, head: str, start: str, least: str, most: str
) -> None:
    def at(clock: str) -> float:
        hour, minute = clock.split(":")
        return int(hour) * 60 + int(minute)

    midnight = NOON.replace(hour=0)
    rig.clock = rig.polls.clock  # type: ignore[assignment]
    rig.clock._now = midnight + timedelta(minutes=at(start))
    site.on("/feed", give(rss(item(), head=head), headers={"ETag": '"1"'}), give(status=304))
    await rig.watch(Feed(url=site.url(), name="n", interval=600))
    await rig.poll()
    minutes = (rig.state().next_poll - midnight).total_seconds() / 60
    assert at(least) - 0.01 <= minutes <= at(most) + 0.01


async def test_case_08_remembered_over_304(rig: Rig, site: Site) -> None:
    site.on("/feed", give(rss(item(), head="<ttl>120</ttl>"), headers={"ETag": '"1"'}), give(status=304))
    await rig.watch(Feed(url=site.url(), name="n", interval=600))
    await rig.poll(2)
    assert rig.wait >= 7200


@pytest.mark.parametrize(
    ("items", "validators", "limits", "least", "most"),
    [
        (84, True, LIMITS, 7200, 7200 * 1.1),
        (0, True, LIMITS, 86400, 86400),
        (84, True, Limits(3600, 86400), 7200, 7200 * 1.1),
        (84, False, Limits(3600, 86400), 3 * 3600, 3 * 3600 * 1.1),
    ],
    ids=["84 a week", "silent", "with validators", "without validators"],
)
async def test_case_09_adaptive(
    make_rig: MakeRig, site: Site, items: int, validators: bool, limits: Limits, least: float, most: float
) -> None:
    def written(number: int) -> str:
        return item(number, date=(NOON - timedelta(hours=2 * number + 1)).strftime("%a, %d %b %Y %H:%M:%S GMT"))

    rig = await make_rig(limits=limits)
    old = item("old", date="Thu, 01 Jan 2026 00:00:00 GMT")
    site.serve(rss(*(written(n) for n in range(items)), old), headers={"ETag": '"1"'} if validators else {})
    await rig.watch(site.url())
    await rig.poll()
    assert least <= rig.wait <= most


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, "", "http_5xx"),
        (404, "", "http_4xx"),
        (200, "<html><body>Sorry</body></html>", "parse"),
        (200, b"\x81\xff\x00" * 50, "encoding"),
    ],
)
async def test_case_10_errors_back_off(
    rig: Rig, site: Site, status: int, body: str | bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    site.serve(body, status=status)
    await rig.watch(site.url())
    waits = []
    for _ in range(12):
        await rig.poll()
        waits.append(rig.wait)
    assert rig.state().last_error == reason
    assert rig.count("feeds_polls_total", feed=rig.feeds[0].name, outcome=reason) == 12
    for errors, wait in enumerate(waits, 1):
        full = min(300 * 2**errors, 86400)
        assert full * 0.8 <= wait <= full
    assert sum("feed_failed" in record.message for record in caplog.records) == 1, "logged once"
    site.serve(rss(item()))
    await rig.poll()
    assert (rig.state().errors, rig.state().health) == (0, "ok")


async def test_case_10_dns_connect_tls(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig()
    urls = ["http://does-not-exist.invalid/feed", "http://127.0.0.1:1/feed", site.url(scheme="https")]
    await rig.watch(*urls)
    await rig.poll()
    assert [rig.state(at).last_error for at in range(3)] == ["dns", "connect", "tls"]


async def test_case_11_spread_and_restart(make_rig: MakeRig, site: Site) -> None:
    rig = await make_rig()
    urls = [site.url(f"/{n}") for n in range(100)]
    for n in range(100):
        site.serve(rss(item(n)), path=f"/{n}")
    feeds = [Feed(url=url, name=str(n), interval=600) for n, url in enumerate(urls)]
    await rig.watch(*feeds)
    starts = sorted((rig.state(at).next_poll - NOON).total_seconds() for at in range(100))
    assert starts[0] < 1
    assert starts[-1] > 4
    assert len({round(start, 1) for start in starts}) > 25, "spread out"
    await rig.poll()
    waits = sorted((rig.state(at).next_poll - rig.clock.now()).total_seconds() for at in range(100))
    assert waits[0] >= 600
    assert waits[-1] - waits[0] > 40, "jitter"
    before = [rig.state(at).next_poll for at in range(100)]
    await rig.watch(*feeds)  # a restart
    assert await rig.poller.poll_due() == 0
    assert [rig.state(at).next_poll for at in range(100)] == before
    again = await make_rig()
    await again.watch(*feeds)  # from nothing, the same spread: the seed is the address
    assert sorted((again.state(at).next_poll - rig.clock.now()).total_seconds() for at in range(100)) == starts


async def test_case_12_one_request_a_host(make_rig: MakeRig, site: Site, clock: FakeClock) -> None:
    rig = await make_rig(gap=2.0)
    other = await Site(clock, host="127.0.0.2").start()
    other.serve(rss(item()))
    for n in range(20):
        site.serve(rss(item(n)), path=f"/{n}")
    await rig.watch(*(site.url(f"/{n}") for n in range(20)), other.url())
    start = clock.monotonic()
    await rig.poll()
    times = [request.at for request in site.asked]
    assert len(times) == 20
    assert site.most_in_flight == 1
    assert all(after - before >= 2.0 for before, after in itertools.pairwise(times))
    assert other.asked[0].at - start < 5, "another host does not wait for these twenty"
    await other.stop()


async def test_case_12_a_slow_host_delays_no_other(rig: Rig, site: Site, clock: FakeClock) -> None:
    other = await Site(clock, host="127.0.0.2").start()
    answered = asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        await answered.wait()
        return web.Response(text=rss(item()))

    async def quick(request: web.Request) -> web.Response:
        answered.set()
        return web.Response(text=rss(item()))

    site.on("/feed", slow)
    other.on("/feed", quick)
    await rig.watch(site.url(), other.url())
    await rig.poll()  # would time out if the second waited for the first
    assert [rig.state(at).health for at in (0, 1)] == ["ok", "ok"]
    await other.stop()


async def test_case_13_who_we_are(rig: Rig, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.on(
        "/feed",
        give(rss(item()), headers={"Set-Cookie": "spy=1; Path=/"}),
        give(status=403),
        redirect("/next", 302),
    )
    site.serve(rss(item()), path="/next")
    await rig.watch(site.url(host="localhost"))  # by name: clients keep no cookies of bare addresses anyway
    await rig.poll(4)
    assert len(site.asked) == 6
    assert {request.headers["user-agent"] for request in site.asked} == {
        "dealwire/1.2.3 (+https://dealwire.example/contact)"
    }
    for request in site.asked:
        assert not {"cookie", "referer", "authorization"} & set(request.headers)


def test_limits_of_this_file_are_those_of_the_service() -> None:
    from streams.settings import Settings

    settings = Settings()
    assert Limits(settings.poll_min, settings.poll_max) == LIMITS
