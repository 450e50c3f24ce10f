"""HTML of a feed entry as plain text: paragraphs become lines, nothing of the markup stays."""

import copy
import re
from html import unescape

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "thead", "tbody", "section", "article", "header", "footer",
     "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dt", "dd", "dl", "figure", "figcaption",
     "address", "aside", "main", "center", "form", "fieldset")
)  # fmt: skip
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "select",
     "button")
)  # fmt: skip
_TAG = re.compile(r"<\s*/?[a-zA-Z!][^<>]*>")
_PARAGRAPH = re.compile(r"</?(?:p|div|br)\b[^<>]{0,200}>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?\n[ \n]*")
UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
"""Control characters, soft hyphens, zero-width spaces, lone surrogates: in the way of every comparison."""


def plain_line(markup: str) -> str:
    """A title or other single line: no markup, no line breaks.

    >>> plain_line("  Suzhou &amp; <b>Wuxi</b>\\n sign ")
    'Suzhou & Wuxi sign'
    """
    return " ".join(plain_text(markup).split())


def plain_text(markup: str) -> str:
    """The text of HTML or of plain text; one line a paragraph, table cells apart by a space.

    >>> plain_text("<p>One&nbsp;two</p><p>three<br>four</p><script>x</script>")
    'One two\\nthree\\nfour'
    >>> plain_text("a < b and c\\n\\n\\nd")
    'a < b and c\\nd'
    """
    if not _TAG.search(markup):
        markup = unescape(markup)
        if not _PARAGRAPH.search(markup):  # else it was escaped once too often
            return _tidy(markup)
    return _tidy(_from_html(markup))


def _tidy(text: str) -> str:
    text = UNSEEN.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    return _NEWLINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _parser() -> lxml.html.HTMLParser:
    # Comments would take the text behind them along.
    return lxml.html.HTMLParser(remove_comments=True, remove_pis=True)


def _from_html(markup: str) -> str:
    try:
        # The unicode parser is told nothing of encodings: a <meta charset> inside must not matter.
        root = lxml.html.fragment_fromstring(UNSEEN.sub("", markup), create_parent="div", parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return unescape(re.sub(r"<[^<>]*>", " ", markup))
    return _flowing(root)


def text_of(root: etree._Element) -> str:
    """The text of an element as `plain_text` gives it. The element is left as it was."""
    return _tidy(_flowing(copy.deepcopy(root)))


def _flowing(root: etree._Element) -> str:
    """The text of a tree; what is silent in it is thrown away."""
    out: list[str] = []
    # In HTML a line break of the source is a space; only blocks break lines.
    for event, node in etree.iterwalk(root, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            _open(name, node, out)
        else:
            _close(name, node, out, is_root=node is root)
    return "".join(out)


def _open(name: str, node: etree._Element, out: list[str]) -> None:
    if name in _SILENT or not name:
        node.clear(keep_tail=True)
        return
    if name in _BLOCKS:
        out.append("\n")
    if node.text:
        out.append(_flow(node.text, name))


def _close(name: str, node: etree._Element, out: list[str], is_root: bool) -> None:
    if name in _BLOCKS and name != "br":
        out.append("\n")
    elif name in ("td", "th"):
        out.append(" ")
    if node.tail and not is_root:
        out.append(_flow(node.tail, ""))


def _flow(text: str, parent: str) -> str:
    return text if parent == "pre" else re.sub(r"\s+", " ", text)
