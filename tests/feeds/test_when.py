"""Cases 7 to 13 of polling: when a feed is polled, and as whom."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from streams.feeds import gate
from streams.feeds.feeds_file import Feed
from streams.feeds.schedule import Limits
from tests.feeds.harness import LIMITS, NOON, FakeClock, Rig, Site, give, item, redirect, rss

MakeRig = Callable[..., Awaitable[Rig]]


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


async def test_case_12_hosts_are_forgotten_when_their_gap_is_over(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST_HOSTS", 10)
    doorway = gate.Gate(clock, 2.0)
    for n in range(200):
        async with doorway.turn(f"http://{n}.example/"):
            clock.move(seconds=1)
    assert len(doorway._hosts) <= 11
    before = clock.monotonic()
    async with doorway.turn("http://199.example/"):
        assert clock.monotonic() == before + 2.0, "the gap of the last one is kept"


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
