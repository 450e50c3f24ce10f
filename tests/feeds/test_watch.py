"""The feeds file while the poller runs."""

import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from schemas.feed_state import FeedState
from streams.feeds.feeds_file import load_feeds
from streams.feeds.states import enabled_again
from streams.feeds.watch import FeedsWatch
from tests.feeds.harness import Rig, Site, give, item, rss, titles
from tests.feeds.test_process import Line, line  # noqa: F401 (a fixture)

MakeRig = Callable[..., Awaitable[Rig]]


def entry(url: str, name: str, *more: str) -> str:
    return "\n".join(["[[feed]]", f'url = "{url}"', f'name = "{name}"', "interval = 600", *more, ""])


class Watched:
    """A rig whose feeds are those of a file."""

    def __init__(self, rig: Rig, file: Path) -> None:
        self.rig, self.file, self.writes = rig, file, 0

    async def start(self, *entries: str) -> "Watched":
        self.write(*entries)
        await self.rig.watch(*load_feeds(self.file).feeds)
        self.watch = FeedsWatch(self.file, self.rig.poller)
        return self

    def write(self, *entries: str) -> None:
        self.file.write_text("\n".join(entries), "utf-8")
        self.writes += 1  # two writes may fall into one tick of the file system's clock
        os.utime(self.file, ns=(0, self.writes * 1_000_000_000))

    def write_raw(self, text: str | None) -> None:
        if text is None:
            self.file.unlink()
        else:
            self.file.write_text(text, "utf-8")

    async def change(self, *entries: str) -> bool:
        self.write(*entries)
        taken = await self.watch.look()
        self.rig.feeds = load_feeds(self.file).feeds
        return taken

    def due(self, url: str) -> float:
        state = self.rig.poller.state_of(url)
        assert state is not None
        return (state.next_poll - self.rig.clock.now()).total_seconds()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feeds.toml"


async def test_entries_come_and_go_and_the_others_go_on(rig: Rig, site: Site, file: Path) -> None:
    urls = {name: site.url(f"/{name}") for name in "abc"}
    for name in "abc":
        site.serve(rss(item(name)), path=f"/{name}")
    watched = await Watched(rig, file).start(entry(urls["a"], "a"), entry(urls["b"], "b"))
    await rig.poll()
    due = watched.due(urls["a"])
    assert await watched.watch.look() is False, "nothing has changed"
    assert await watched.change(entry(urls["a"], "a"), entry(urls["c"], "c"))
    rig.clock.move(seconds=1)
    await rig.poller.poll_due()
    assert sorted(titles(rig.sink.articles)) == ["Report a", "Report b", "Report c"]
    assert watched.due(urls["a"]) == due - 1, "it is polled no earlier than before"
    rig.clock.move(hours=2)
    await rig.poller.poll_due()
    assert [request.target for request in site.asked].count("/b") == 1
    assert rig.count("feeds_next_poll_timestamp_seconds", feed="b") == 0, "no gauge of a feed that is not there"
    assert rig.count("feeds_next_poll_timestamp_seconds", feed="a") > 0
    await watched.change(entry(urls["a"], "a"), entry(urls["b"], "b"))
    rig.clock.move(hours=2)
    await rig.poller.poll_due()
    assert len(rig.sink.articles) == 3, "one that comes back is known"


async def test_one_that_is_read_differently_is_due_at_once(rig: Rig, site: Site, file: Path) -> None:
    page = "<html><ul><li><a href='/1'>一</a></li></ul><ol><li><a href='/2'>二</a></li></ol></html>"
    site.on("/list", give(page, headers={"ETag": '"1"'}))
    kind = 'kind = "page"'
    watched = await Watched(rig, file).start(entry(site.url("/list"), "l", kind, 'item = "ul li"'))
    await rig.poll()
    await watched.change(entry(site.url("/list"), "l", kind, 'item = "ol li"'))
    await rig.poller.poll_due()
    assert titles(rig.sink.articles) == ["一", "二"]
    assert "if-none-match" not in site.asked[1].headers
    await watched.change(entry(site.url("/list"), "l", kind, 'item = "ol li"', 'region = "CN-330200"'))
    assert await rig.poller.poll_due() == 0, "a region is for the next articles"


@pytest.mark.parametrize("broken", ["", "[[feed]]\nname = 'x'\n", None])
async def test_a_file_without_a_right_entry_changes_nothing(
    rig: Rig, site: Site, file: Path, broken: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    site.serve(rss(item()))
    watched = await Watched(rig, file).start(entry(site.url(), "a"))
    watched.write_raw(broken)
    assert await watched.watch.look() is False
    assert "the feeds of before" in caplog.text
    count = caplog.text.count("feeds_file")
    assert await watched.watch.look() is False
    assert caplog.text.count("feeds_file") == count, "said once"
    await rig.poll()
    assert len(rig.sink.articles) == 1


async def test_a_wrong_entry_is_named_and_the_others_are_taken(
    rig: Rig, site: Site, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = await Watched(rig, file).start(entry(site.url(), "a"))
    assert await watched.change(entry(site.url(), "a"), "[[feed]]\nurl = 7\n", entry(site.url("/b"), "b"))
    assert "line=7" in caplog.text
    assert rig.poller.state_of(site.url("/b")) is not None


async def test_a_gone_feed_that_was_enabled_again(rig: Rig, site: Site, file: Path) -> None:
    site.on("/feed", give(status=410), give(rss(item())))
    watched = await Watched(rig, file).start(entry(site.url(), "a"))
    await rig.poll()
    assert rig.state().health == "gone"
    await rig.sink.save(enabled_again(rig.sink.state(site.url()), rig.clock.now()))  # dealwire feeds enable
    assert await watched.watch.look(asked=True)
    await rig.poller.poll_due()
    assert len(rig.sink.articles) == 1


async def test_the_broker_fails_at_that_moment(make_rig: MakeRig, site: Site, file: Path) -> None:
    from streams.feeds.sink import SinkError

    rig = await make_rig()
    watched = await Watched(rig, file).start(entry(site.url(), "a"))

    async def fail() -> list[FeedState]:
        raise SinkError("gone")

    load, rig.sink.load_states = rig.sink.load_states, fail  # type: ignore[method-assign]
    watched.write(entry(site.url(), "a"), entry(site.url("/b"), "b"))
    with pytest.raises(SinkError):
        await watched.watch.look()
    rig.sink.load_states = load  # type: ignore[method-assign]
    assert await watched.watch.look(), "it is read again"
    assert rig.poller.state_of(site.url("/b")) is not None


@pytest.mark.parametrize("way", ["SIGHUP", "change"])
def test_a_process_reads_it_again(line: Line, way: str) -> None:  # noqa: F811
    line.feeds(a=rss(item(1)))
    process = line.poller()
    line.wait_for("the first poll", lambda: line.web.asked["/a"])
    file = line.folder / "feeds.toml"
    stat = file.stat()
    line.feeds(b=rss(item(2)))
    if way == "SIGHUP":
        process.send_signal(signal.SIGHUP)
    else:
        os.utime(file, (stat.st_atime, stat.st_mtime + 1))
    line.wait_for("a poll of the new feed", lambda: line.web.asked["/b"])
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert output.count("event=feeds_file_read") >= 1
    assert {article["title"] for article in line.read("raw-articles")} == {"Report 1", "Report 2"}
