"""The feeds file: what is right goes on, what is wrong is named by its line."""

from pathlib import Path

import pytest

from streams.feeds.feeds_file import FeedsFileError, load_feeds, parse_feeds
from streams.feeds.links import Login

ROOT = Path(__file__).parent.parent.parent

GOOD = """
# our feeds
[[feed]]
url = "https://ann:s%40t@one.example/rss"
name = "One"
region = "CN-330200"
language = "zh"
zone = "Asia/Shanghai"
interval = 600
enabled = false

[[feed]] # the other
url = "https://two.example/atom.xml"
"""


def test_every_key_and_every_default() -> None:
    file = parse_feeds(GOOD)
    assert not file.problems
    one, two = file.feeds
    assert (one.url, one.login) == ("https://one.example/rss", Login("ann", "s@t"))
    assert (one.name, one.region, one.language, one.interval, one.enabled) == ("One", "CN-330200", "zh", 600, False)
    assert (two.name, two.zone, two.enabled, two.line) == ("two.example/atom.xml", "Asia/Shanghai", True, 12)
    assert "s@t" not in one.ref.model_dump_json()


WRONG = [
    # an entry, the line in it that is named, words of the message
    ('url = "https://a.example"\nlanguage = "fr"', 2, "language = 'fr': expected one of en, zh, other"),
    ('name = "x"', 0, "without url"),
    ('url = "gopher://a.example"', 1, "http:// or https://"),
    ("url = 7", 1, "expected text"),
    ('url = "https://a.example"\nzone = "Mars/Base"', 2, "IANA zone"),
    ('url = "https://a.example"\nzone = 8', 2, "IANA zone"),
    ('url = "https://a.example"\n\nintervall = 5', 3, "unknown key 'intervall'"),
    ('url = "https://a.example"\ninterval = -5', 2, "seconds between polls"),
    ('url = "https://a.example"\ninterval = true', 2, "seconds between polls"),
    ('url = "https://a.example"\nenabled = "yes"', 2, "true or false"),
    ('url = "https://a.example"\nregion = "Ningbo"', 2, "region code"),
    ('url = "https://a.example"\nname = ""', 2, "a short name"),
    ('url = "https://a.example"\nkind = "atom"', 2, "one of rss, page"),
    ('url = "https://a.example"\nkind = "page"', 0, "without item"),
    ('url = "https://a.example"\nkind = "page"\ntitle = "a"', 0, "without item"),
    ('url = "https://a.example"\nkind = "page"\nitem = "ul["', 3, "item = 'ul[': expected a CSS selector: Expected"),
    ('url = "https://a.example"\nkind = "page"\nitem = "li"\ndate = ""', 4, "expected a CSS selector: not a text"),
    ('url = "https://a.example"\nkind = "page"\nitem = "li"\nlink = 7', 4, "expected a CSS selector: not a text"),
    ('url = "https://a.example"\nitem = "li"', 2, 'only an entry of kind = "page" has selectors'),
    ('url = "https://a.example"\nfulltext = 1', 2, "fulltext = 1: expected true or false"),
    ('url = "https://a.example\nname = "x"', 1, "not valid TOML"),
    ('url = "https://a.example"\nname = = "x"', 2, "not valid TOML"),
    ('url = "https://good.example/1"', 0, "the same url as the feed of line 1"),
    ('url = "https://a.example"\nname = "good"', 0, "the same name as the feed of line 1"),
]


@pytest.mark.parametrize(("entry", "line", "words"), WRONG)
def test_a_wrong_entry_is_named_and_the_rest_goes_on(entry: str, line: int, words: str) -> None:
    good = '[[feed]]\nurl = "https://good.example/1"\nname = "good"\n\n'
    after = '\n[[feed]]\nurl = "https://after.example/"\n'
    file = parse_feeds(f"{good}[[feed]]\n{entry}\n{after}")
    assert [feed.url for feed in file.feeds] == ["https://good.example/1", "https://after.example/"]
    (problem,) = file.problems
    assert problem.line == 5 + line
    assert words in problem.text


def test_what_stands_before_the_first_entry() -> None:
    file = parse_feeds('# a comment\nfeeds = ["https://a.example"]\n[[feed]]\nurl = "https://b.example"\n')
    assert [(problem.line, problem.text) for problem in file.problems] == [(2, "expected a [[feed]] table here")]
    assert len(file.feeds) == 1


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "[[feed]]"])
def test_nothing_in_it(text: str) -> None:
    assert not parse_feeds(text).feeds


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(FeedsFileError, match="No such file"):
        load_feeds(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(FeedsFileError, match="not UTF-8 text at byte 0"):
        load_feeds(tmp_path / "bad.toml")


def test_the_example_is_right() -> None:
    file = load_feeds(ROOT / "feeds.example.toml")
    assert not file.problems
    assert len(file.feeds) >= 3
