"""The bytes of a feed into entries: RSS 0.9x, 1.0 and 2.0, Atom, RDF, and JSON Feed. Pure; runs in a worker process.

feedparser reads the XML; the encoding, the doctype, dates, polling hints and identity are read by dealwire itself.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

import feedparser

from streams.feeds.decoding import NotText, decode
from streams.feeds.hints import find_hints
from streams.feeds.identity import named
from streams.feeds.links import is_web_link
from streams.feeds.markup import NOT_XML, NotAFeed, mend, prepare
from streams.feeds.parsed import MAX_ENTRIES, MAX_RAW, Entry, Parsed, Unreadable
from streams.feeds.plain import plain_line, plain_text

MAX_FIELD = 2_000_000
"""Characters of markup of one field that are read."""


def parse_feed(body: bytes, url: str, http_charset: str | None = None) -> Parsed:
    """The entries of a feed in the order of the document. Raises Unreadable; never anything else."""
    try:
        decoded = decode(body, http_charset)
    except NotText as error:
        raise Unreadable("encoding", str(error)) from error
    try:
        if decoded.text.lstrip()[:1] == "{":
            return _json_feed(decoded.text, url, decoded.encoding)
        return _xml_feed(decoded.text, url, decoded.encoding)
    except NotAFeed as error:
        raise Unreadable("parse", f"expected a feed, found {error}") from error
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        LookupError,
        RecursionError,
        AssertionError,
    ) as error:
        # What a parser of foreign input raises inside is a fact about the input.
        raise Unreadable("parse", f"{type(error).__name__}: {error}"[:300]) from error


def _xml_feed(text: str, url: str, encoding: str) -> Parsed:
    prepared = prepare(text)
    read = _feedparser(prepared.text)
    if read.bozo and sum(map(bool, read.entries)) < len(prepared.entries):
        again = _feedparser(mend(prepared))  # an entry that is not closed had swallowed others
        read = max(read, again, key=lambda one: sum(map(bool, one.entries)))
    found = read.entries
    if not found and not read.get("version") and not read.feed:
        raise NotAFeed("nothing that is a channel or an entry")
    sources: Iterable[str] = prepared.entries if len(prepared.entries) == len(found) else ("",) * len(found)
    base = _base(read.feed.get("link"), url)
    entries = [_entry(item, base, source) for item, source in zip(found[:MAX_ENTRIES], sources, strict=False)]
    return Parsed(
        tuple(entries), find_hints(prepared.text), prepared.whole, len(found), read.get("version") or "xml", encoding
    )


def _feedparser(text: str) -> Any:
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8")),  # bytes in a file object only: a string might be taken for a URL
        sanitize_html=False,  # the markup is thrown away, not shown
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )


def _entry(found: Mapping[str, Any], base: str, source: str) -> Entry:
    item = dict(found.items())  # a plain dict: feedparser's answers for fields that an entry does not have
    summary = _field(item, "summary")
    content = max((_body(part) for part in item.get("content", ())), key=len, default="")
    entry = Entry(
        guid=_field(item, "id").strip()[:2000],
        link=_link(item, base)[:4000],
        title=plain_line(_field(item, "title")),
        summary=plain_text(summary),
        text=plain_text(content),
        date=(_date(item))[:100],
        raw=(source or json.dumps(_plain(item), ensure_ascii=False))[:MAX_RAW],
    )
    return named(entry)


def _field(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return NOT_XML.sub("", value[:MAX_FIELD]) if isinstance(value, str) else ""


def _body(part: Mapping[str, Any]) -> str:
    kind = str(part.get("type") or "")
    value = part.get("value")
    return value[:MAX_FIELD] if isinstance(value, str) and kind.startswith(("text/", "application/xhtml")) else ""


def _date(item: Mapping[str, Any]) -> str:
    return next(filter(None, (_field(item, name).strip() for name in ("published", "updated", "created"))), "")


def _link(item: Mapping[str, Any], base: str) -> str:
    links = [link for link in item.get("links", ()) if isinstance(link, Mapping)]
    pages = [link for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    link = _field(item, "link")
    if link == _field(item, "id") and not is_web_link(link):
        link = ""  # feedparser takes a guid for a link unless it says that it is none
    given = link or (str(pages[0]["href"]) if pages else "")
    return _absolute(NOT_XML.sub("", given), base)


def _absolute(given: str, base: str) -> str:
    given = given.strip()
    try:
        return urljoin(base, given) if given else ""
    except ValueError:
        return given


def _base(link: object, url: str) -> str:
    return _absolute(link, url) if isinstance(link, str) and link else url


def _plain(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in item.items() if isinstance(value, str)}


def _json_feed(text: str, url: str, encoding: str) -> Parsed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise NotAFeed(f"JSON that does not parse: {error}") from error
    items = data.get("items")
    if not isinstance(items, list) or not re.match(r"https?://jsonfeed\.org/version/", str(data.get("version"))):
        raise NotAFeed("JSON that is no JSON Feed")
    base = _base(data.get("home_page_url"), url)
    entries = [_json_entry(item, base) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return Parsed(tuple(entries), whole=True, total=len(items), kind="json", encoding=encoding)


def _json_entry(item: dict[str, Any], base: str) -> Entry:
    def string(name: str) -> str:
        value = item.get(name)
        return NOT_XML.sub("", str(value)[:MAX_FIELD]) if isinstance(value, str | int | float) else ""

    entry = Entry(
        guid=string("id").strip()[:2000],
        link=_absolute(string("url") or string("external_url"), base)[:4000],
        title=plain_line(string("title")),
        summary=plain_text(string("summary")),
        text=plain_text(string("content_html") or string("content_text")),
        date=(string("date_published") or string("date_modified"))[:100],
        raw=json.dumps(item, ensure_ascii=False)[:MAX_RAW],
    )
    return named(entry)
