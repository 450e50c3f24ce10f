"""Case 14 of polling: several pollers share the feeds."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import Feed
from streams.feeds.sharing import Beat, Sharing, owner_of, parse_beat
from tests.feeds.harness import NOON, FakeClock, MemorySink, Rig, Site, item, rss

MakeRig = Callable[..., Awaitable[Rig]]
LEASE = 10.0


class Crew:
    """Pollers of one broker. `pass_time` lets time go by in small steps for those that are awake."""

    def __init__(self, make_rig: MakeRig, clock: FakeClock, feeds: list[Feed]) -> None:
        self.make_rig, self.clock, self.feeds = make_rig, clock, feeds
        self.sink = MemorySink()
        self.awake: dict[str, Rig] = {}
        self.sharing: dict[str, Sharing] = {}

    async def join(self, name: str) -> Rig:
        sink = self.sink.for_another()
        rig = await self.make_rig(sink=sink)
        self.sharing[name] = Sharing(name, LEASE, self.clock, sink)
        await rig.watch(*self.feeds, sharing=self.sharing[name])
        self.awake[name] = rig
        return rig

    async def pass_time(self, seconds: float, step: float = 1.0) -> None:
        for _ in range(int(seconds / step)):
            for rig in list(self.awake.values()):
                await rig.poller.share()
                await rig.poller.poll_due()
            self.clock.move(seconds=step)

    def owners(self) -> Counter[str]:
        owned = [name for name in self.awake for feed in self.feeds if self.sharing[name].is_mine(feed.url)]
        return Counter(owned)


def make_feeds(site: Site, count: int) -> list[Feed]:
    for n in range(count):
        site.serve(rss(item(n)), path=f"/{n}", headers={"ETag": '"1"'})
    return [Feed(url=site.url(f"/{n}"), name=str(n), interval=300) for n in range(count)]


def polls_of(site: Site) -> Counter[str]:
    return Counter(request.target for request in site.asked)


async def test_case_14_alone_at_once(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 8))
    await crew.join("one")
    await crew.pass_time(3)
    assert len(site.asked) == 8, "it listens for a second, and there is nobody to wait for"


async def test_the_start_says_how_many_feeds_are_due_and_when_the_next_is(
    make_rig: MakeRig, clock: FakeClock, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 3))
    soon, late = clock.now() - timedelta(seconds=9), clock.now() + timedelta(minutes=7)
    for feed, due in zip(crew.feeds, (soon, late, late), strict=True):
        await crew.sink.save(FeedState(feed=feed.url, url=feed.url, next_poll=due))
    await crew.join("one")
    with caplog.at_level("INFO"):
        await crew.pass_time(3)
    lines = [record.getMessage() for record in caplog.records if "feeds_taken_up" in record.getMessage()]
    assert len(lines) == 1
    assert lines[0].startswith("event=feeds_taken_up feeds=3 due_now=1 next_poll=2026-03-04T12:00:0")


async def test_case_14_two_that_start_at_the_same_time(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 20))
    one, two = await crew.join("one"), await crew.join("two")
    for feed in crew.feeds:  # all due at once
        await crew.sink.save(FeedState(feed=feed.url, url=feed.url, next_poll=NOON))
    one.sink.deaf = two.sink.deaf = 1  # neither has heard the other when it sends its first beat
    for rig in (one, two):
        await rig.poller.share()
    for rig in (one, two):
        await rig.poller.poll_due()
    await crew.pass_time(LEASE, step=0.5)
    assert set(polls_of(site).values()) == {1}


async def test_case_14_once_an_interval(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 30))
    for name in ("one", "two", "three"):
        await crew.join(name)
    await crew.pass_time(LEASE)
    owners = crew.owners()
    assert sum(owners.values()) == 30
    assert len(owners) == 3
    assert max(owners.values()) < 18, "a fair share each"
    await crew.pass_time(250)
    assert set(polls_of(site).values()) == {1}
    await crew.pass_time(330)
    assert set(polls_of(site).values()) <= {1, 2}
    assert len({article.article_id for article in crew.sink.articles}) == len(crew.sink.articles) == 30


async def test_case_14_takeover_after_a_kill(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 20))
    await crew.join("one")
    await crew.join("two")
    await crew.pass_time(20)
    before = polls_of(site)
    assert set(before.values()) == {1}
    killed = crew.owners()["two"]
    assert killed > 3
    del crew.awake["two"]  # it is killed: it says nothing any more
    await crew.pass_time(LEASE * 1.6)
    assert crew.owners() == Counter({"one": 20})
    assert polls_of(site) == before, "what it polled shortly before is not polled again"
    await crew.pass_time(330)
    assert all(count >= 2 for count in polls_of(site).values())
    assert len(crew.sink.articles) == 20, "states moved with the feeds: nothing is published again"


async def test_case_14_leaving_is_quick(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 20))
    await crew.join("one")
    await crew.join("two")
    await crew.pass_time(20)
    await crew.sharing["two"].leave()
    assert crew.owners()["two"] == 0, "it polls no more"
    del crew.awake["two"]
    await crew.pass_time(LEASE / 2 + 2)
    assert crew.owners() == Counter({"one": 20})


async def test_case_14_joining_moves_only_a_share(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 40))
    await crew.join("one")
    await crew.join("two")
    await crew.pass_time(20)
    before = {feed.url: crew.sharing["one"].is_mine(feed.url) for feed in crew.feeds}
    await crew.join("three")
    await crew.pass_time(2)
    assert sum(crew.owners().values()) < 40, "won feeds rest until the others know"
    await crew.pass_time(18)
    assert sum(crew.owners().values()) == 40
    moved = [url for url, was in before.items() if crew.sharing["one"].is_mine(url) and not was]
    assert not moved, "feeds move to the new one only"
    assert set(polls_of(site).values()) == {1}


async def test_case_14_asleep_and_awake_again(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 20))
    await crew.join("one")
    await crew.join("two")
    await crew.pass_time(20)
    sleeper = crew.awake.pop("two")
    await crew.pass_time(330)
    polled = polls_of(site)
    crew.awake["two"] = sleeper
    assert crew.owners()["two"] == 0
    assert await sleeper.poller.poll_due() == 0, "it does not poll before it has heard what happened"
    await crew.pass_time(LEASE)
    assert sum(crew.owners().values()) == 20
    assert crew.owners()["two"] > 3
    assert polls_of(site) == polled, "it has taken up the states of the other one"


async def test_case_14_a_poller_that_comes_and_goes_in_one_lease(
    make_rig: MakeRig, clock: FakeClock, site: Site
) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 20))
    await crew.join("one")
    await crew.pass_time(10)
    passing = crew.sink.for_another()
    await passing.send_beat(Beat("passing", clock.now()))
    await crew.pass_time(2)
    await passing.send_beat(Beat("passing", clock.now(), leaving=True))
    await crew.pass_time(10)
    assert crew.owners() == Counter({"one": 20})
    await crew.pass_time(330)
    assert set(polls_of(site).values()) == {2}


async def test_case_14_metrics_are_shown_by_the_owner(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 10))
    one = await crew.join("one")
    await crew.pass_time(3)
    two = await crew.join("two")
    await crew.pass_time(20)
    for feed in crew.feeds:
        shown = [rig.count("feeds_health", feed=feed.name, state="ok") for rig in (one, two)]
        assert sorted(shown) == [0, 1]


def test_owner_is_the_same_for_all_and_spread() -> None:
    pollers = [f"p{n}" for n in range(5)]
    owners = Counter(owner_of(f"http://f.example/{n}", pollers) for n in range(1000))
    assert max(owners.values()) < 260
    assert owner_of("http://f.example/", []) is None


def test_beats_of_long_ago_and_nonsense_are_passed_over() -> None:
    assert parse_beat(b"\xff") is None
    assert parse_beat(b"{}") is None
    beat = Beat("one", NOON, leaving=True)
    assert parse_beat(beat.wire()) == beat


async def test_an_old_beat_delays_nobody(make_rig: MakeRig, clock: FakeClock, site: Site) -> None:
    crew = Crew(make_rig, clock, make_feeds(site, 5))
    await crew.sink.for_another().send_beat(Beat("dead", NOON - timedelta(minutes=5)))
    await crew.join("one")
    await crew.pass_time(3)
    assert len(site.asked) == 5
