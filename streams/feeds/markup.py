"""What is done to a feed's text before an XML parser sees it: no doctype, no entities, nothing cut in the middle."""

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

MAX_ENTITY = 100
"""Characters an entity may stand for. What publishers declare is a name for one character."""
MAX_GROWTH = 1_000_000
"""Characters that all entities together may add."""

_START = re.compile(
    r"<(?:\?xml|!DOCTYPE|!--|rss\b|feed\b|rdf:RDF\b|RDF\b|channel\b|atom:feed\b|[a-z0-9]+:RDF\b)", re.IGNORECASE
)
_ROOT = re.compile(r"<((?:[A-Za-z0-9_]+:)?(?:rss|feed|RDF|channel))[\s>/]", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"]*)"|'([^']*)')\s*>""")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_ENTRY_END = re.compile(r"</((?:[A-Za-z0-9_]+:)?(?:item|entry))\s*>", re.IGNORECASE)
_ENTRY = re.compile(r"<((?:atom:)?(?:item|entry))(?=[\s>])[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
NOT_XML = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")

"""Characters that no XML document may hold, and half characters, which no message can."""


class NotAFeed(ValueError):
    """The document is no feed; the message says what it looks like instead."""


@dataclass(frozen=True)
class Prepared:
    """A document an XML parser may be given. `whole` is false when its end was missing."""

    text: str
    whole: bool
    entries: tuple[str, ...]
    """The source of each entry, as far as they can be told apart."""


def prepare(text: str) -> Prepared:
    """Junk before the prolog goes, the doctype goes, what was cut off goes. Raises NotAFeed."""
    text = NOT_XML.sub("", text)
    start = _START.search(text)
    root = _ROOT.search(text)
    if not text.strip():
        raise NotAFeed("an empty document")
    if start is None or root is None:
        raise NotAFeed(
            "an HTML page" if re.search(r"<(html|body|!doctype html)", text[:5000], re.IGNORECASE) else "no feed"
        )
    if re.search(r"<(?:html|body)[\s>]", text[: root.start()], re.IGNORECASE):
        raise NotAFeed("an HTML page")
    text = _DECLARATION.sub("", text[start.start() :])
    text = _without_doctype(text)
    text, whole = _closed(text, root[1])
    return Prepared(text, whole, tuple(match[0] for match in _ENTRY.finditer(text)))


def _without_doctype(text: str) -> str:
    """The document without its doctype; entities that stood for a short text are written out, others stay."""
    start = re.search(r"<!DOCTYPE\b", text[:100_000], re.IGNORECASE)
    first = _ROOT.search(text)
    if start is None or (first is not None and first.start() < start.start()):
        return text
    end = _doctype_end(text, start.end())
    subset = text[start.end() : end]
    values = {
        name: double or single
        for name, double, single in _ENTITY.findall(subset)
        if len(double or single) <= MAX_ENTITY
        and not _REFERENCE.search(double or single)
        and "<" not in (double or single)
    }
    rest = text[: start.start()] + text[end:]
    return _expanded(rest, values) if values else rest


def _doctype_end(text: str, at: int) -> int:
    """Where the doctype ends: the `>` outside quotes, comments and the bracketed subset."""
    depth = 0
    while at < len(text):
        char = text[at]
        if char in "\"'":
            close = text.find(char, at + 1)
            at = len(text) if close < 0 else close
        elif text.startswith("<!--", at):
            close = text.find("-->", at)
            at = len(text) if close < 0 else close + 2
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
        elif char == ">" and depth <= 0:
            return at + 1
        at += 1
    return len(text)


def _expanded(text: str, values: dict[str, str]) -> str:
    left = MAX_GROWTH

    def write_out(reference: re.Match[str]) -> str:
        nonlocal left
        value = values.get(reference[1])
        if value is None or left < len(value):
            return reference[0]
        left -= len(value)
        return value

    return _REFERENCE.sub(write_out, text)


def _closed(text: str, root: str) -> tuple[str, bool]:
    """A document that ends with its root; of a truncated one the entries that are whole."""
    if re.search(rf"</{re.escape(root)}\s*>", text[-100_000:], re.IGNORECASE) or re.search(
        rf"<{re.escape(root)}[^>]*/>", text
    ):
        return text, True
    ends = list(_ENTRY_END.finditer(text))
    if not ends:
        return text, False
    channel = "</channel>" if root.lower() == "rss" else ""
    return f"{text[: ends[-1].end()]}{channel}</{root}>", False


def mend(prepared: Prepared) -> str:
    """The document with every entry that is not well-formed closed by itself, so that it cannot swallow the next."""
    text, at, out = prepared.text, 0, []
    for source in prepared.entries:
        start = text.index(source, at)
        out += [text[at:start], _well_formed(source)]
        at = start + len(source)
    return "".join([*out, text[at:]])


def _well_formed(source: str) -> str:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None else str(etree.tostring(root, encoding="unicode"))
