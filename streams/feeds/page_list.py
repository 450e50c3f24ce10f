"""A page that lists articles into entries, by CSS selectors of its feeds-file entry. Pure; runs in a worker process.

What is not selected, or not found, is guessed: the first link of an item, the longer of its `title` attribute and its
words, the first date in the item or in the link.
"""

import re
from functools import cache

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from streams.feeds.dates import parse_date
from streams.feeds.html import parse_html
from streams.feeds.identity import named
from streams.feeds.links import is_web_link
from streams.feeds.parsed import MAX_ENTRIES, MAX_RAW, Entry, Parsed, Selectors, Unreadable
from streams.feeds.plain import plain_line, text_of
from streams.feeds.selectors import split_selector, to_xpath

_CUT = re.compile(r"(?:\.{2,}|…+)$")
_DATE = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?", re.ASCII
)  # fmt: skip
_SHORT_DATE = re.compile(r"[\[(（【]?\s*(\d\d-\d\d|\d{1,2}月\d{1,2}日)\s*[\])）】]?", re.ASCII)
_DATES_IN_LINK = (
    re.compile(r"/t((?:19|20)\d\d)([01]\d)([0-3]\d)_", re.ASCII),  # TRS: /202405/t20240519_123.html
    re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/_.-])", re.ASCII),  # jcms: /art/2024/5/19/art_1.html
    re.compile(r"/((?:19|20)\d\d)([01]\d)([0-3]\d)/", re.ASCII),
)


def parse_list(body: bytes, url: str, http_charset: str | None, selectors: Selectors) -> Parsed:
    """The entries of a list page in the order of the page. Raises Unreadable when there are none: it was rebuilt."""
    root, encoding = parse_html(body, url, http_charset)
    items = _select(root, selectors.item)
    if not items:
        raise Unreadable("parse", f"no element matches item = {selectors.item!r}")
    entries = [entry for item in items[:MAX_ENTRIES] if (entry := _entry(item, selectors)) is not None]
    if not entries:
        raise Unreadable("parse", f"none of the {len(items)} elements that match item = {selectors.item!r} has a link")
    over = max(0, len(items) - MAX_ENTRIES)
    return Parsed(tuple(entries), total=len(entries) + over, kind="page", encoding=encoding)


@cache
def _compiled(css: str) -> etree.XPath:
    return etree.XPath(to_xpath(css))


def _select(node: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    return list(_compiled(split_selector(selector)[0])(node))


def _entry(item: lxml.html.HtmlElement, selectors: Selectors) -> Entry | None:
    """None for an item without a link: a separator, a heading."""
    anchor = next((one for one in _select(item, selectors.link or "a[href]") if is_web_link(_href(one))), None)
    if anchor is None:
        return None
    link = _href(anchor)
    return named(
        Entry(
            link=link[:4000],
            title=(_value(item, selectors.title) if selectors.title else "") or _title(anchor),
            date=((_chosen_date(item, selectors.date) if selectors.date else "") or _found_date(item, link))[:100],
            raw=str(lxml.html.tostring(item, encoding="unicode", with_tail=False))[:MAX_RAW],
        )
    )


def _href(anchor: lxml.html.HtmlElement) -> str:
    return (anchor.get("href") or "").strip()


def _value(item: lxml.html.HtmlElement, selector: str) -> str:
    """What a selector finds, in one line: the words of all elements that match, or the attribute of the first."""
    found, attribute = _select(item, selector), split_selector(selector)[1]
    if attribute:
        return plain_line(next((value for one in found if (value := one.get(attribute))), ""))
    return " ".join(_words(one) for one in found if not any(parent in found for parent in one.iterancestors()))


def _words(node: lxml.html.HtmlElement) -> str:
    return " ".join(text_of(node).split())


def _title(anchor: lxml.html.HtmlElement) -> str:
    """The words of the link; its `title` where they are cut off or missing."""
    words, whole = _words(anchor), plain_line(anchor.get("title") or "")
    return whole if whole and (not words or _CUT.search(words)) else words


def _chosen_date(item: lxml.html.HtmlElement, selector: str) -> str:
    text = _value(item, selector)
    if parse_date(text, "UTC") is not None:
        return text
    found = _DATE.search(text)
    short = _SHORT_DATE.fullmatch(text)
    return found[0] if found else short[1] if short else text


def _found_date(item: lxml.html.HtmlElement, link: str) -> str:
    found = _DATE.search(_words(item))
    if found:
        return found[0]
    in_link = next(filter(None, (pattern.search(link) for pattern in _DATES_IN_LINK)), None)
    if in_link:
        return "-".join(in_link.groups())
    texts = (" ".join("".join(node.itertext()).split()) for node in item.iter() if isinstance(node.tag, str))
    return next((short[1] for text in texts if (short := _SHORT_DATE.fullmatch(text))), "")
