"""Cases 30 to 33 of polling: what is remembered, what is too much, what a crash costs."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from schemas.feed_state import FeedState, Seen
from streams.feeds import articles
from streams.feeds.feeds_file import Feed
from streams.feeds.identity import digest
from streams.feeds.states import States
from tests.feeds.harness import NOON, MemorySink, Rig, Site, give, item, rss, titles

MakeRig = Callable[..., Awaitable[Rig]]


async def test_case_30_leaves_and_returns(rig: Rig, site: Site) -> None:
    with_it, without = rss(item(1), item(2)), rss(item(2))
    site.on("/feed", give(with_it), *[give(without)] * 5, give(with_it))
    await rig.watch(site.url())
    await rig.poll(7)
    assert len(rig.sink.articles) == 2


async def test_case_30_kept_for_90_days(rig: Rig, site: Site) -> None:
    site.serve(rss(item(1), item(2)), headers={"ETag": '"1"'})
    await rig.watch(site.url())
    await rig.poll()
    site.on("/feed", give(status=304))
    rig.clock.move(days=100)
    await rig.poll()  # silence for 100 days forgets nothing: the entries may still be in the feed
    site.serve(rss(item(2), item(3)))
    await rig.poll()
    assert len(rig.state().seen) == 2, "what was last seen 100 days ago and is no longer in the feed is forgotten"
    rig.clock.move(days=80)
    site.serve(rss(item(3), item(4)))
    await rig.poll()
    assert len(rig.state().seen) == 3
    assert len(rig.sink.articles) == 4


async def test_case_30_bounded(rig: Rig, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "SEEN_MOST", 50)
    await rig.watch(site.url())
    for start in range(0, 200, 20):
        site.serve(rss(*(item(n) for n in range(start, start + 40))))
        await rig.poll()
        assert len(rig.state().seen) <= 50
    assert len(rig.sink.articles) == 220, "what is in the feed is never forgotten"


async def test_case_31_huge(rig: Rig, site: Site) -> None:
    site.serve(rss(*(item(n) for n in range(10_050))), headers={"ETag": '"1"'})
    await rig.watch(Feed(url=site.url(), name="n", interval=3600))
    await rig.poll()
    assert len(rig.sink.articles) == 1000, "a first load is capped"
    assert rig.wait < 3600, "and the rest follows soon"
    assert rig.count("feeds_entries_suppressed_total", feed="n", reason="over_cap") == 50
    assert rig.state().etag is None
    assert rig.state().body_hash is None, "the same document has to be read again"


async def test_case_31_the_last_batch(rig: Rig, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MAX_NEW", 100)
    site.serve(rss(*(item(n) for n in range(250))), headers={"ETag": '"1"'})
    await rig.watch(site.url())
    await rig.poll(3)
    assert len({article.article_id for article in rig.sink.articles}) == len(rig.sink.articles) == 250
    assert rig.state().etag == '"1"'
    await rig.poll()
    assert site.asked[-1].headers["if-none-match"] == '"1"'


def test_case_31_a_full_state_fits_a_message() -> None:
    import gzip

    seen = {
        f"g:{digest(str(n))}": Seen(
            article_id=digest(str(n), "id", length=32),
            revision=1,
            content_hash=digest(str(n), "content"),
            first_seen=NOON - timedelta(seconds=n * 61),
            last_seen=NOON,
        )
        for n in range(articles.SEEN_MOST)
    }
    state = FeedState(feed="http://f.example/", url="http://f.example/", next_poll=NOON, seen=seen)
    from schemas.topics import FEED_STATES

    assert len(gzip.compress(state.wire())) < FEED_STATES.max_message_bytes
    states = States()
    states.put(state)
    assert states.get("http://f.example/") == state


async def test_case_31_an_item_over_the_message_limit(rig: Rig, site: Site) -> None:
    from schemas.topics import RAW_ARTICLES

    long = "长" * 390_000
    site.serve(rss(item(1, title="T" * 5000, body=long), item(2)))
    await rig.watch(site.url())
    await rig.poll()
    short, cut = rig.sink.articles[0], rig.sink.articles[1]
    if cut.title == "Report 2":
        short, cut = cut, short
    assert cut.truncated
    assert not short.truncated
    assert cut.text == long[: articles.MAX_TEXT]
    assert all(len(message.value) < RAW_ARTICLES.max_message_bytes for message in rig.sink.messages)


@pytest.mark.parametrize("died_after", [0, 1, 37, 99, 100])
async def test_case_32_crash(make_rig: MakeRig, site: Site, died_after: int) -> None:
    """Killed after some of 100 items were acknowledged; at 100 all were, but not yet the state."""
    sink = MemorySink(room=died_after)
    rig = await make_rig(sink=sink)
    site.serve(rss(*(item(n, date=None if n % 3 else "Wed, 04 Mar 2026 08:00:00 GMT") for n in range(100))))
    await rig.watch(site.url())
    await rig.poll()
    assert len(sink.articles) == died_after
    sink.room = None
    rig.clock.move(minutes=5)
    await rig.watch(site.url())
    await rig.poll()
    assert len(sink.articles) == died_after + 100
    ids = {article.title: article.article_id for article in sink.articles}
    assert len(set(ids.values())) == 100
    assert {(article.article_id, article.revision) for article in sink.articles} == {(one, 1) for one in ids.values()}
    dated = [article for article in sink.articles if article.published]
    assert len({(article.article_id, article.first_seen) for article in dated}) == 34, "they say the same again"


async def test_case_32_crash_during_a_revision(make_rig: MakeRig, site: Site) -> None:
    sink = MemorySink()
    rig = await make_rig(sink=sink)
    site.serve(rss(item(1), item(2)))
    await rig.watch(site.url())
    await rig.poll()
    site.serve(rss(item(1, title="A"), item(2, title="B")))
    sink.room = 1
    await rig.poll()
    sink.room = None
    await rig.watch(site.url())
    await rig.poll()
    assert sorted((article.title, article.revision) for article in sink.articles if article.revision > 1) in (
        [("A", 2), ("A", 2), ("B", 2)],
        [("A", 2), ("B", 2), ("B", 2)],
    )


async def test_case_33_silence(rig: Rig, site: Site) -> None:
    def written(hours: int) -> str:
        return (NOON - timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    body = rss(*(item(n, date=written(24 * n)) for n in range(10)))  # one a day
    site.on("/feed", give(body, headers={"ETag": '"1"'}), give(status=304))
    await rig.watch(site.url())
    await rig.poll()
    assert rig.state().health == "ok"
    await rig.poll(3)
    assert rig.state().health == "ok", "three days are not several times a day"
    await rig.poll(4)
    assert (rig.state().health, rig.state().errors) == ("stale", 0)
    assert rig.count("feeds_health", feed=rig.feeds[0].name, state="stale") == 1
    assert rig.count("feeds_health", feed=rig.feeds[0].name, state="broken") == 0
    site.serve(rss(item("new", date=rig.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT"))))
    await rig.poll()
    assert rig.state().health == "ok"
    assert titles(rig.sink.articles)[-1] == "Report new"
