"""Whatever bytes come: an answer or Unreadable, soon, and never anything else."""

import contextlib
import doctest
import importlib
import json
import pkgutil
import random
import tracemalloc
from dataclasses import astuple
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import streams.feeds
from streams.feeds import markup
from streams.feeds.article_page import read_article
from streams.feeds.articles import find_changes
from streams.feeds.dates import parse_date
from streams.feeds.decoding import NotText, decode, looks_garbled
from streams.feeds.feeds_file import Feed, parse_feeds
from streams.feeds.identity import keys_of
from streams.feeds.links import clean_link, host_of, is_web_link, origin_of, split_login
from streams.feeds.page_list import parse_list
from streams.feeds.parsed import Parsed, Selectors, Unreadable, from_plain, to_plain
from streams.feeds.parser import parse_feed
from streams.feeds.plain import plain_text
from streams.feeds.schedule import fresh_for, parse_retry_after
from streams.feeds.states import new_state
from tests.feeds.harness import NOON, item, rss

ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>签约</title>'
    '<link href="/a"/><updated>2024-05-19</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>文</p></div>'
    "</content></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<item rdf:about="http://n.example/1"><title>T</title></item></rdf:RDF>'
)
SAMPLES = [
    rss(item(1), item(2, title="签约"), head="<ttl>5</ttl>").encode(),
    rss(item(1, title="签约项目投资"), encoding="gb2312").encode("gbk"),
    ('<!DOCTYPE rss [<!ENTITY a "b">]>' + rss(item(1, title="&a;"), encoding=None)).encode(),
    ATOM.encode(),
    ATOM.encode("utf-16"),
    RDF.encode(),
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "title": "T"}]}',
    rb'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/\ud800", "title": "\udfff"}, '
    rb'{"id": "\ud800", "content_text": "a\udc00", "date_published": "\ud801"}]}',
]
PAGES = [
    (
        "<html><head><meta charset='gbk'></head><body><ul><li><a href='1.html'>宁波签约</a><i>2024-05-19</i></li></ul>"
        "<div class='TRS_Editor'><p>5月19日，宁波市举行重大项目集中签约仪式，现场签约项目36个，"
        "总投资158亿元，涉及新材料、高端装备、生物医药等产业。</p></div></body></html>"
    ).encode("gbk"),
    b"<html><body><script type='text/xml'><datastore><record><![CDATA[<ul><li><a href='/a/2024/5/19/1.html'>A</a></li>"
    b"</ul>]]></record></datastore></script><article><p>One two three, four five six. Seven eight, nine ten eleven.</p>"
    b"<p>Again one two three, four five six. Seven eight nine, ten.</p></article></body></html>",
]
PIECES = [
    b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [", b"]>", b"&a;", b"&#0;", b"&#xD800;",
    b"<?xml", b"\x00", b"\xff\xfe", b"\x0b", b"<", b">", b"&", b'"', b"<entry", b"<rss", b"</rss>", b"xmlns:a='b'",
    b"<a:b>", b"\xd6\xd0", "中".encode(), b"<content type='application/xhtml+xml'>", b"<link rel='enclosure'/>",
]  # fmt: skip


def check(body: bytes) -> Parsed | None:
    """Reads it as a poll would, up to the messages."""
    try:
        parsed = parse_feed(body, "http://feed.example/", None)
    except Unreadable as error:
        return None if error.reason in ("parse", "encoding") else pytest.fail(f"reason {error.reason!r}")
    assert from_plain(to_plain(parsed)) == parsed
    feed = Feed(url="http://feed.example/", name="n")
    changes = find_changes(feed, new_state(feed, 1, NOON), parsed, NOON, "1")
    for article in changes.articles:
        article.wire().decode("utf-8")
    again = new_state(feed, 1, NOON).model_copy(update={"seen": changes.seen})
    repeated = find_changes(feed, again, parsed, NOON, "1")
    assert not repeated.articles, "the same document is no news"
    assert not repeated.letters
    return parsed


def mutated(sample: bytes, chance: random.Random) -> bytes:
    body = bytearray(sample)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(body) + 1)
        match chance.randrange(5):
            case 0:
                body[at : at + chance.randint(1, 40)] = b""
            case 1:
                body[at:at] = chance.choice(PIECES)
            case 2:
                body[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                body[at:at] = body[max(0, at - 60) : at] * chance.randint(1, 3)
            case 4:
                del body[at:]
    return bytes(body)


@pytest.mark.parametrize("seed", range(10))
def test_mutated_samples(seed: int) -> None:
    chance = random.Random(seed)
    read = sum(check(mutated(chance.choice(SAMPLES), chance)) is not None for _ in range(420))
    assert 70 < read < 420, "the mutations are neither harmless nor hopeless"


def read_page(body: bytes) -> tuple[bool, bool]:
    """Reads it as a list and as an article, up to what passes between processes; what of it could be read."""
    listed = told = False
    with contextlib.suppress(Unreadable):
        parsed = parse_list(body, "http://page.example/", None, Selectors("ul > li"))
        assert from_plain(to_plain(parsed)) == parsed
        listed = True
    with contextlib.suppress(Unreadable):
        page = read_article(body, "http://page.example/")
        json.dumps(astuple(page), ensure_ascii=False).encode("utf-8")
        told = bool(page.text)
    return listed, told


@pytest.mark.parametrize("seed", range(4))
def test_mutated_pages(seed: int) -> None:
    chance = random.Random(seed)
    read = [read_page(mutated(chance.choice(PAGES), chance)) for _ in range(100)]
    assert 20 < sum(listed for listed, _ in read) < 100
    assert sum(told for _, told in read) > 20


def test_whatever_comes_takes_bounded_memory() -> None:
    chance = random.Random(99)
    tracemalloc.start()
    for _ in range(60):
        body = mutated(chance.choice(SAMPLES), chance) * chance.choice((1, 1, 10))
        with contextlib.suppress(Unreadable):
            parse_feed(body, "http://feed.example/")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_every_prefix_of_a_feed() -> None:
    whole = SAMPLES[0]
    counts = [len(parsed.entries) if (parsed := check(whole[:end])) else 0 for end in range(0, len(whole), 3)]
    assert counts == sorted(counts), "a longer prefix has no fewer entries"
    assert counts[-1] == 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    check(body)
    with contextlib.suppress(NotText):
        decode(body, "gbk")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([piece.decode("latin-1") for piece in PIECES]) | st.text(max_size=5), max_size=30))
def test_any_markup(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(f"<rss><channel><item><title>{text}</title></item></channel></rss>".encode("utf-8", "replace"))
    assert "\x00" not in plain_text(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    looks_garbled(text)
    moment = parse_date(text, "Asia/Shanghai")
    assert moment is None or moment.tzinfo == UTC
    clean_link(text), host_of(text), origin_of(text), is_web_link(text), split_login(text)
    parse_feeds(text), parse_feeds(f"[[feed]]\n{text}")
    parse_retry_after(text, NOON, 10)
    fresh_for({"cache-control": text, "age": text, "expires": text, "date": text}, NOON)


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"http://(a|b)\.example(:80)?/[a-c?&=#%]{0,12}", fullmatch=True))
def test_a_clean_link_is_clean(link: str) -> None:
    again = clean_link("http://" + clean_link(link))
    assert again == clean_link(link) == clean_link(link + "#x")


def test_keys_depend_on_nothing_else() -> None:
    entry = parse_feed(SAMPLES[0], "http://a.example/").entries[0]
    assert keys_of(entry) == keys_of(entry)
    assert len(keys_of(entry)) == 4


def test_a_growing_entity_stops_growing() -> None:
    text = '<!DOCTYPE rss [<!ENTITY a "' + "x" * 100 + '">]><rss>' + "&a;" * 50_000 + "</rss>"
    assert len(markup.prepare(text).text) < 3 * markup.MAX_GROWTH


def test_examples_in_docstrings() -> None:
    names = [info.name for info in pkgutil.iter_modules(streams.feeds.__path__, "streams.feeds.")]
    results = [doctest.testmod(importlib.import_module(name)) for name in names]
    assert sum(result.attempted for result in results) > 20
    assert sum(result.failed for result in results) == 0
