"""The text of an article from the page that a feed links to. Pure; runs in a worker process.

Chinese government sites are built with a few content systems that mark the body: what is marked is taken. Elsewhere
trafilatura decides what of a page is the article.
"""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from streams.feeds.html import parse_html
from streams.feeds.links import is_web_link
from streams.feeds.parsed import ArticlePage, Unreadable
from streams.feeds.plain import plain_line, text_of

MARKED = (
    "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "article-content", "pages_content",
    "zoom", "Zoom", "UCAP-CONTENT", "js_content", "zwcontent",
)  # fmt: skip
"""Class names and ids in which the content systems of Chinese public sites keep the body: TRS, UCAP, jcms, WeChat."""
LEAST = 40
"""Characters below which a marked body is a picture's caption, or empty because a script fills it."""
_NEXT = re.compile(
    r"\s*[\[【(]?\s*(?:下\s*一?\s*页|下一頁|next(?:\s+page)?|suivante?|siguiente|weiter)\s*[>»›→\])】]*\s*", re.I
)
_TRS_PAGES = re.compile(
    r"""createPageHTML\w*\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*["']([\w.-]{1,100})["']\s*,\s*["'](\w{1,8})["']"""
)
MOST_NEXT = 10
"""Links that look like one to the next page, of one page."""


def read_article(body: bytes, url: str, http_charset: str | None = None) -> ArticlePage:
    """The article of a page. Raises Unreadable; never anything else."""
    root, _ = parse_html(body, url, http_charset)
    try:
        text = _marked(root) or _guessed(root, url)
        return ArticlePage(text, _meta(root, "ArticleTitle"), _date(root), _next(root, url))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, AssertionError) as error:
        # What a reader of foreign pages raises inside is a fact about the page.
        raise Unreadable("parse", f"{type(error).__name__}: {error}"[:300]) from error


def _marked(root: lxml.html.HtmlElement) -> str:
    """The text of the outermost marked body that has the most of it."""
    names = frozenset(MARKED)
    found = [
        node
        for node in root.iter(etree.Element)
        if node.tag not in ("body", "html") and (node.get("id") in names or names & set(node.get("class", "").split()))
    ]
    texts = (text_of(node) for node in found if not any(parent in found for parent in node.iterancestors()))
    best = max(texts, key=len, default="")
    return best if len(best) >= LEAST else ""


def _guessed(root: lxml.html.HtmlElement, url: str) -> str:
    import trafilatura  # here, because reading feeds needs none of it

    text = trafilatura.extract(root, url=url, include_comments=False, include_tables=True, deduplicate=False)
    return "\n".join(line for line in map(str.strip, (text or "").split("\n")) if line)


def _meta(root: lxml.html.HtmlElement, *names: str) -> str:
    wanted = {name.lower() for name in names}
    for node in root.iter("meta"):
        if (node.get("name") or node.get("property") or "").lower() in wanted and (node.get("content") or "").strip():
            return plain_line(node.get("content"))[:500]
    return ""


def _date(root: lxml.html.HtmlElement) -> str:
    """The date a page states of itself: what the Chinese rules for public sites prescribe, or Open Graph's."""
    return _meta(root, "PubDate", "article:published_time", "publishdate")[:100]


def _next(root: lxml.html.HtmlElement, url: str) -> tuple[str, ...]:
    links = (urljoin(url, href) for href in (*_next_links(root), *_trs_pages(root)) if href)
    return tuple(dict.fromkeys(link for link in links if is_web_link(link)))[:MOST_NEXT]


def _next_links(root: lxml.html.HtmlElement) -> Iterable[str]:
    for node in root.iter("a", "link"):
        says_so = "next" in (node.get("rel") or "").lower().split()
        if says_so or (node.tag == "a" and _NEXT.fullmatch("".join(node.itertext()))):
            yield node.get("href") or ""


def _trs_pages(root: lxml.html.HtmlElement) -> Iterable[str]:
    """TRS writes its page links by script: of `createPageHTML(3, 0, "t2024_1", "html")` page 0 is followed by _1."""
    for node in root.iter("script"):
        for count, current, stem, ending in _TRS_PAGES.findall(node.text or ""):
            if int(current) + 1 < int(count):
                yield f"{stem}_{int(current) + 1}.{ending}"
