"""`dealwire feeds ...` as people and scripts meet it: real processes, a real server, a broker where one is needed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from confluent_kafka import Producer
from typer.testing import CliRunner

from schemas.feed_state import FeedState, Seen
from schemas.regions import name_of
from streams.cli import app
from streams.feeds.feeds_file import parse_feeds
from tests.feeds.harness import item, rss
from tests.feeds.test_process import Web
from tests.test_cli import dealwire

LIST = (
    '<html><body><ul class="n"><li><a href="/1.html">宁波签约</a><i>2024-05-19</i></li>'
    '<li><a href="/2.html">苏州开工</a><i>2024-05-18</i></li></ul></body></html>'
)


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    web.bodies = {
        "/rss": rss(item(1, date="2024-05-19 10:30:00", title="签约"), item(2, date=None), item(1)).encode("utf-8"),
        "/list": LIST.encode("gbk"),
        "/home": b'<html><link rel="alternate" type="application/rss+xml" href="/rss"><body>x</body></html>',
    }
    yield web.start()
    web.stop()


def feeds(*arguments: str, **environment: str) -> Result:
    """One command, in this process: starting one for each takes half a second."""
    near = {"DEALWIRE_POLL_ALLOW_PRIVATE": "127.0.0.0/8", "DEALWIRE_POLL_PER_HOST_GAP": "0"}
    return CliRunner().invoke(app, ["feeds", *arguments], env=near | environment, catch_exceptions=False)


def test_check_prints_a_json_line_for_each_source(web: Web, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xml"
    saved.write_bytes(rss(item(7), encoding="gb2312").encode("gbk"))
    run = feeds("check", web.url("/rss"), str(saved), web.url("/home"), web.url("/none"), "nowhere.xml", "--json")
    assert run.exit_code == 1
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [list(row) for row in rows] == [["source", "ok", "reason", "kind", "items"]] * 5
    assert [(row["ok"], row["reason"], row["kind"], len(row["items"])) for row in rows] == [
        (True, None, "rss", 3),
        (True, None, "rss", 1),
        (False, "parse", None, 0),
        (False, "http_4xx", None, 0),
        (False, "connect", None, 0),
    ]
    assert [row["source"] for row in rows][:2] == [web.url("/rss"), str(saved)]
    first, second, third = rows[0]["items"]
    assert (first["title"], first["link"], first["published"]) == (
        "签约", "http://news.example/1", "2024-05-19T02:30:00Z",
    )  # fmt: skip
    assert (second["title"], second["published"]) == ("Report 2", None)
    assert len({first["id"], second["id"], third["id"]}) == 3
    assert all(len(one["id"]) == 32 for one in rows[0]["items"])


def test_check_shows_all_of_a_huge_feed(tmp_path: Path) -> None:
    saved = tmp_path / "huge.xml"
    saved.write_text(rss(*(item(n) for n in range(2500))))
    run = feeds("check", str(saved), "--json")
    items = json.loads(run.stdout)["items"]
    assert [one["title"] for one in items] == [f"Report {n}" for n in range(2500)], "in the order of the document"


def test_check_explains_and_proposes_an_entry_that_works(web: Web, tmp_path: Path) -> None:
    run = feeds("check", web.url("/home"), web.url("/rss"), web.url("/list"), "--zone", "Asia/Hong_Kong")
    assert run.exit_code == 1
    assert f"the page names a feed: {web.url('/rss')}" in run.stdout
    assert "2 of 3 without" not in run.stdout
    assert "1 of 3 without a date that can be read" in run.stdout
    assert "no ETag and no Last-Modified" in run.stdout
    assert 'zone = "Asia/Hong_Kong"' in run.stdout
    assert '--item "ul.list > li"' in run.stdout
    run = feeds("check", web.url("/list"), "--item", "ul.n > li")
    assert run.exit_code == 0, run.stdout + run.stderr
    assert "ok, page, 2 items" in run.stdout
    proposed = run.stdout[run.stdout.index("    [[feed]]") :]
    file = tmp_path / "feeds.toml"
    file.write_text("\n".join(line.strip() for line in proposed.splitlines()), "utf-8")
    run = feeds("check", "--all", "--json", "--feeds", str(file))
    row = json.loads(run.stdout)
    assert (run.exit_code, row["ok"], row["kind"]) == (0, True, "page")
    assert [one["link"] for one in row["items"]] == [web.url("/1.html"), web.url("/2.html")]
    assert row["items"][0]["published"] == "2024-05-18T16:00:00Z"


def test_check_keeps_passwords_to_itself(web: Web) -> None:
    address = web.url("/rss").replace("//", "//ann:secret@")
    for options in ([], ["--json"]):
        run = feeds("check", address, *options)
        assert run.exit_code == 0
        assert "secret" not in run.stdout + run.stderr


def test_check_of_private_addresses_says_how_to_allow_them(web: Web) -> None:
    run = dealwire("feeds", "check", web.url("/rss"))
    assert run.returncode == 1
    assert "DEALWIRE_POLL_ALLOW_PRIVATE" in run.stdout
    assert not web.asked


def test_add_enable_remove_import_export(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    given = ["--feeds", str(file)]
    run = feeds("add", "https://one.example/rss", "--name", "one", "--region", "CN-330200", *given)
    assert (run.exit_code, run.stdout) == (0, f"{file}: 1 feeds, +1\n"), run.stderr
    assert feeds("add", "https://two.example/", "--item", "li", "--zone", "Asia/Tokyo", *given).exit_code == 0
    opml = tmp_path / "reader.opml"
    outlines = "".join(f'<outline text="one" xmlUrl="https://{host}.example/rss"/>' for host in ("one", "three"))
    opml.write_text(f"<opml><body>{outlines}</body></opml>")
    run = feeds("import", str(opml), *given)
    assert run.exit_code == 0
    assert "the same url as the feed of line 1" in run.stderr
    assert run.stdout == f"{file}: 3 feeds, +1\n"
    run = feeds("export", *given)
    assert run.stdout.count("<outline") == 2
    assert feeds("enable", "one", "--off", *given).exit_code == 0
    assert 'region = "CN-330200"\nenabled = false\n' in file.read_text()
    assert feeds("remove", "https://two.example/", *given).stdout == f"{file}: 2 feeds, -1\n"
    for wrong in (["remove", "two"], ["add", "https://one.example/rss"], ["add", "x"], ["import", "none.opml"]):
        run = feeds(*wrong, *given)
        assert (run.exit_code, len(run.stderr.splitlines())) == (2, 1), run.stderr
    assert len(file.read_text().split("[[feed]]")) == 3


def test_list_and_enable_a_feed_that_was_gone(brokers: str, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    file = tmp_path / "feeds.toml"
    names = ("well", "gone", "new", "off")
    tables = [f'[[feed]]\nurl = "https://{name}.example/"\nname = "{name}"\n' for name in names]
    file.write_text("\n".join(tables) + "enabled = false\n")
    seen = {
        str(n): Seen(
            article_id=str(n), revision=1, content_hash="x", first_seen=now - timedelta(hours=5 * n), last_seen=now
        )
        for n in range(70)
    }
    states = [
        FeedState(feed="https://well.example/", url="https://well.example/", next_poll=now, seen=seen),
        FeedState(
            feed="https://gone.example/", url="https://gone.example/", next_poll=now, health="gone", last_error="gone"
        ),
    ]
    producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "log_level": 0})
    for state in states:
        producer.produce("feed-states", state.wire(), key=state.feed)
    producer.flush(10)
    given = {"DEALWIRE_KAFKA_BROKERS": brokers, "DEALWIRE_FEEDS": str(file)}

    def listed() -> dict[str, dict[str, object]]:
        run = feeds("list", "--json", **given)
        assert run.exit_code == 0, run.stderr
        return {row["name"]: row for row in map(json.loads, run.stdout.splitlines())}

    rows = listed()
    assert {name: row["health"] for name, row in rows.items()} == {
        "well": "ok", "gone": "gone", "new": "new", "off": "disabled",
    }  # fmt: skip
    assert rows["well"]["articles_a_day"] == pytest.approx(24 / 5, abs=0.2)
    assert (rows["gone"]["next_poll"], rows["gone"]["last_error"]) == (None, "gone")
    assert "articles a day" in feeds("list", **given).stdout
    assert feeds("enable", "gone", **given).exit_code == 0
    assert listed()["gone"]["health"] == "ok"


def test_the_starter_list() -> None:
    run = feeds("starter")
    file = parse_feeds(run.stdout)
    assert not file.problems
    assert len(file.feeds) >= 60
    assert run.stdout.count("# Found in: ") == len(file.feeds), "each says where it was found"
    assert all(feed.language and feed.enabled for feed in file.feeds)
    assert sum(feed.region is not None for feed in file.feeds) >= len(file.feeds) - 2
    assert len({feed.region for feed in file.feeds}) >= 20
    assert sum(feed.kind == "page" for feed in file.feeds) >= 20
    for feed in file.feeds:
        assert feed.region is None or name_of(feed.region, "en") != feed.region, feed


def test_list_without_a_broker(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text('[[feed]]\nurl = "https://a.example/"\n')
    run = feeds("list", DEALWIRE_KAFKA_BROKERS="127.0.0.1:9", DEALWIRE_KAFKA_DEADLINE="2", DEALWIRE_FEEDS=str(file))
    assert run.exit_code == 1
    assert len(run.stderr.splitlines()) == 1
    assert "Traceback" not in run.stderr
