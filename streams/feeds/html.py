"""HTML documents as trees, from bytes that may be in any encoding and any state of repair. Runs in a worker process."""

import re

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from streams.feeds.decoding import NotText, decode
from streams.feeds.parsed import Unreadable
from streams.feeds.plain import UNSEEN

_ISLAND = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_ISLAND_FRAME = re.compile(
    r"""<script[^>]{0,100}type\s*=\s*["']text/xml["'][^>]{0,100}>\s*(<datastore>.*?)</script>""",
    re.DOTALL | re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


def parse_html(body: bytes, url: str, http_charset: str | None) -> tuple[lxml.html.HtmlElement, str]:
    """The tree of a page, its links absolute, and the encoding it was in. Raises Unreadable.

    Lists of a widespread Chinese CMS come as XML records within a script, which a browser unpacks: so does this.
    """
    try:
        decoded = decode(body, http_charset)
    except NotText as error:
        raise Unreadable("encoding", str(error)) from error
    text = _DECLARATION.sub("", UNSEEN.sub("", decoded.text))
    text = _ISLAND_FRAME.sub(lambda script: _records(script[1]), text)
    if text.lstrip()[:10].lower().startswith("<datastore"):
        text = _records(text)
    if "<" not in text:
        raise Unreadable("parse", "expected an HTML page, found " + ("words" if text.strip() else "nothing"))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser, base_url=url)
        root.make_links_absolute(url, handle_failures="ignore")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError, RecursionError) as error:
        raise Unreadable("parse", f"expected an HTML page: {type(error).__name__}: {error}"[:300]) from error
    return root, decoded.encoding


def find_feeds(body: bytes, url: str) -> list[str]:
    """Addresses of the feeds that a page names (`rel="alternate"`), without repeats. Raises Unreadable."""
    root, _ = parse_html(body, url, None)
    kinds = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
    links = [node.get("href") or "" for node in root.iter("link") if (node.get("type") or "").strip().lower() in kinds]
    return list(dict.fromkeys(link for link in links if link))


def _records(island: str) -> str:
    return "\n".join(_ISLAND.findall(island))
