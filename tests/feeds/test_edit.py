"""The feeds file as commands change it."""

import pytest

from streams.feeds.edit import (
    EditError,
    add_entry,
    fields_of,
    find_feed,
    parse_opml,
    remove_entry,
    set_enabled,
    to_opml,
)
from streams.feeds.feeds_file import parse_feeds

FILE = """# our feeds

[[feed]]
url = "https://ann:secret@one.example/rss"   # theirs
name = "one"

# the second one, since May
[[feed]]
url = "https://two.example/list"
name = "two"
kind = "page"
item = "ul > li"
enabled = false
"""


def test_an_entry_more() -> None:
    text = add_entry(FILE, {"url": "https://three.example/", "name": '三 "3"', "region": "CN-330200", "interval": 60.0})
    assert text.startswith(FILE)
    three = parse_feeds(text).feeds[2]
    assert (three.url, three.name, three.region, three.interval) == (
        "https://three.example/",
        '三 "3"',
        "CN-330200",
        60,
    )
    assert len(parse_feeds(add_entry("", {"url": "https://three.example/"})).feeds) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "https://one.example/rss"}, "the same url as the feed of line 3"),
        ({"url": "https://x.example/", "name": "two"}, "the same name as the feed of line 8"),
        ({"url": "x.example"}, "http:// or https://"),
        ({"url": "https://x.example/", "region": "Ningbo"}, "region = 'Ningbo'"),
        ({"url": "https://x.example/", "kind": "page", "item": "ul["}, "expected a CSS selector"),
    ],
)
def test_a_wrong_entry_is_not_added(fields: dict[str, object], words: str) -> None:
    with pytest.raises(EditError) as caught:
        add_entry(FILE, fields)
    assert words in str(caught.value)
    assert "line 3" in words or not str(caught.value).startswith("line")


def test_an_entry_less_and_the_comment_of_the_next_stays() -> None:
    text = remove_entry(FILE, find_feed(parse_feeds(FILE), "one"))
    assert [feed.name for feed in parse_feeds(text).feeds] == ["two"]
    assert text.startswith("# our feeds\n")
    assert "# the second one, since May\n[[feed]]\n" in text
    assert "secret" not in text
    last = remove_entry(FILE, find_feed(parse_feeds(FILE), "https://two.example/list"))
    assert last.endswith('name = "one"\n\n# the second one, since May\n')


def test_on_and_off_and_on() -> None:
    def names(text: str) -> list[str]:
        file = parse_feeds(text)
        assert not file.problems
        return [feed.name for feed in file.feeds if feed.enabled]

    on = set_enabled(FILE, find_feed(parse_feeds(FILE), "two"), True)
    assert names(on) == ["one", "two"]
    off = set_enabled(on, find_feed(parse_feeds(on), "one"), False)
    assert names(off) == ["two"]
    again = set_enabled(off, find_feed(parse_feeds(off), "one"), True)
    assert again == on
    assert set_enabled(on, find_feed(parse_feeds(on), "two"), True) == on
    assert set_enabled(on, find_feed(parse_feeds(on), "two"), False) == FILE


def test_no_such_feed() -> None:
    with pytest.raises(EditError, match=r"no feed 'https://x\.example/'"):
        find_feed(parse_feeds(FILE), "https://ann:secret@x.example/")


def test_opml_out_and_in() -> None:
    feeds = parse_feeds(FILE).feeds
    opml = to_opml(feeds)
    assert "secret" not in opml
    assert parse_opml(opml.encode()) == [{"url": "https://one.example/rss", "name": "one"}]
    nested = (
        '<?xml version="1.0" encoding="gbk"?><opml version="1.0"><body><outline text="组">'
        '<outline text="宁波" xmlUrl="http://n.example/rss"/><outline text="no feed"/></outline></body></opml>'
    )
    assert parse_opml(nested.encode("gbk")) == [{"url": "http://n.example/rss", "name": "宁波"}]


@pytest.mark.parametrize("data", [b"", b"no xml", b"<rss/>", b"<html><body></html>"])
def test_no_opml(data: bytes) -> None:
    with pytest.raises(EditError, match="expected OPML"):
        parse_opml(data)


def test_an_opml_that_is_made_to_do_harm() -> None:
    evil = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline xmlUrl="http://a/&x;"/></body></opml>'
    assert "root:" not in str(parse_opml(evil))


def test_the_fields_of_an_entry_make_it_again() -> None:
    for feed in parse_feeds(FILE).feeds:
        (again,) = parse_feeds(add_entry("", fields_of(feed))).feeds
        assert (again.url, again.name, again.selectors, again.enabled) == (
            feed.url, feed.name, feed.selectors, feed.enabled,
        )  # fmt: skip
