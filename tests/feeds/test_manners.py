"""Cases 1 to 6 of polling: manners towards the servers."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from tests.feeds.harness import NOON, FakeClock, MemorySink, Rig, Site, give, item, redirect, rss, titles

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
    assert rig.state().name == rig.feeds[0].name
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
