"""Changes to the text of a feeds file: entries come, go and are switched; what stands around them stays. Pure."""

import json
import re
from collections.abc import Iterable, Mapping

from lxml import etree  # type: ignore[import-untyped]

from streams.feeds.feeds_file import HEADER, Feed, FeedsFile, Problem, parse_feeds
from streams.feeds.links import is_web_link, without_login

ORDER = (
    "url", "name", "region", "language", "zone", "kind", "item", "link", "title", "date", "interval", "fulltext",
    "enabled",
)  # fmt: skip


class EditError(Exception):
    """The change cannot be made. The message is one line."""


def entry_text(fields: Mapping[str, object]) -> str:
    """A `[[feed]]` table; fields that are None are left out.

    >>> print(entry_text({"name": "a", "url": "http://a.cn/", "enabled": False, "zone": None}), end="")
    [[feed]]
    url = "http://a.cn/"
    name = "a"
    enabled = false
    """
    known = [(name, fields[name]) for name in ORDER if fields.get(name) is not None]
    return "[[feed]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in known)


def fields_of(feed: Feed) -> dict[str, object]:
    """The fields of an entry that are not what they would be if left out. Without its login."""
    fields: dict[str, object] = {"url": feed.url, "name": feed.name}
    plain = Feed(url=feed.url, name=feed.name)
    for name in ("region", "language", "zone", "kind", "interval", "fulltext", "enabled"):
        if getattr(feed, name) != getattr(plain, name):
            fields[name] = getattr(feed, name)
    if feed.selectors is not None:
        fields |= {name: getattr(feed.selectors, name) for name in ("item", "link", "title", "date")}
    return fields


def add_entry(text: str, fields: Mapping[str, object]) -> str:
    """The file with one entry more, at its end. Raises EditError when the entry would be wrong."""
    had = parse_feeds(text)
    grown = (text.rstrip("\n") + "\n\n" if text.strip() else "") + entry_text(fields)
    new = _problems_of_last(parse_feeds(grown), had)
    if new:
        raise EditError(re.sub(r"^line \d+: ", "", str(new[0])))
    return grown


def remove_entry(text: str, feed: Feed) -> str:
    """The file without the entry. A comment right above the next entry is that one's and stays."""
    lines = text.split("\n")
    start, end = _span(lines, feed)
    return "\n".join([*lines[:start], *lines[end:]]).rstrip("\n") + "\n"


def set_enabled(text: str, feed: Feed, on: bool) -> str:
    """The file with the entry enabled or disabled."""
    lines = text.split("\n")
    start, end = _span(lines, feed)
    kept = [line for line in lines[start:end] if not re.match(r"\s*[\"']?enabled[\"']?\s*=", line)]
    if not on:
        last = max(at for at, line in enumerate(kept) if line.strip() and not line.strip().startswith("#"))
        kept.insert(last + 1, "enabled = false")
    return "\n".join([*lines[:start], *kept, *lines[end:]])


def find_feed(file: FeedsFile, name: str) -> Feed:
    """The entry of that name or address. Raises EditError."""
    wanted = without_login(name)
    found = next((feed for feed in file.feeds if name == feed.name or wanted == feed.url), None)
    if found is None:
        raise EditError(f"no feed {wanted!r} in the feeds file")
    return found


def parse_opml(data: bytes) -> list[dict[str, object]]:
    """The feeds of an OPML file: url and name. Raises EditError when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EditError(f"expected OPML: {error}") from error
    if root is None or str(root.tag).lower() != "opml":
        raise EditError("expected OPML, found " + ("no XML" if root is None else f"<{root.tag}>"))
    found: list[dict[str, object]] = []
    for outline in root.iter("outline"):
        fields = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        if is_web_link(fields.get("xmlurl", "")):
            found.append({"url": fields["xmlurl"], "name": fields.get("title") or fields.get("text")})
    return found


def to_opml(feeds: Iterable[Feed]) -> str:
    """OPML 2.0 of the feed documents among the feeds, without logins."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "dealwire feeds"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        if feed.selectors is None:
            etree.SubElement(body, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.url)
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _value(value: object) -> str:
    # JSON and TOML write strings, numbers and truth alike but for this control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _span(lines: list[str], feed: Feed) -> tuple[int, int]:
    """Lines of the entry, from its header to before what belongs to the next."""
    start = feed.line - 1
    end = next((at for at in range(start + 1, len(lines)) if HEADER.match(lines[at])), len(lines))
    if end < len(lines):
        while lines[end - 1].strip().startswith("#"):
            end -= 1
    return start, end


def _problems_of_last(grown: FeedsFile, had: FeedsFile) -> list[Problem]:
    return [problem for problem in grown.problems if problem not in had.problems]
