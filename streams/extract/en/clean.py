"""Page chrome out, hard line breaks mended, without moving a character: the reader's text is as long as the document.

What is not the article (menus, bylines, share buttons, captions, related links, copyright) becomes line breaks, a line
break in the middle of a sentence becomes a blank. So every offset found holds in the document itself.
"""

import itertools
import re
from dataclasses import dataclass

from streams.extract.en.dateline import blank_dateline
from streams.extract.en.lexicon import phrases

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?:;。！？][\"”’')\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[*•·▪‣>–—-]\s+|\(?\d{1,2}[.)、]\s|\(?[a-z]\)\s)")
_STAMP = re.compile(
    r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}/\d{1,2}/\d{4}|\b[A-Z][a-z]{2,8}\.? \d{1,2}, ?(?:19|20)\d\d"
)


_LABEL = re.compile(
    r"\b(?:Date|Clicks|Views|Hits|Time|Updated|Published|Release[ds]?|Source|Reads|Browse[ds]?) ?:", re.IGNORECASE
)


@dataclass(frozen=True)
class Clean:
    """The text to read, as long as the document; the span of the dateline's place; where the body starts."""

    text: str
    dateline: tuple[int, int] | None
    body: int


def clean(document: str) -> Clean:
    """The document with its chrome blanked. The title is the first line."""
    title_end = document.find("\n")
    title_end = len(document) if title_end < 0 else title_end
    text = list(document)
    kept = _kept_lines(document, title_end)
    last = title_end
    for start, end in kept:
        text[last:start] = "\n" * (start - last)
        last = end
    text[last:] = "\n" * (len(document) - last)
    _join_wrapped(text, kept)
    dateline = blank_dateline(text, document, kept)
    return Clean("".join(text), dateline, title_end + 1)


def _kept_lines(document: str, title_end: int) -> list[tuple[int, int]]:
    """Start and end of the lines that are the article."""
    title = _plain(document[:title_end])
    kept: list[tuple[int, int]] = []
    in_links = False
    lines = [(m.start(), m.end()) for m in _LINE.finditer(document, title_end)]
    for index, (start, end) in enumerate(lines):
        line = document[start:end]
        if not line.strip():
            continue
        if in_links and len(line) < 160 and not re.search(r"[a-z\d][.!?][\"”’)]?\s*$", line):
            continue
        in_links = False
        if _opens_links(line):
            in_links = len(line.strip()) < 40
            continue
        if _is_chrome(line) or _plain(line) == title or _is_title_start(document, lines, index, title):
            continue
        if title and _is_title_rest(document, lines, index, title):
            continue
        kept.append((start, end))
    return kept


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_title_start(document: str, lines: list[tuple[int, int]], index: int, title: str) -> bool:
    if index + 1 >= len(lines) or not title:
        return False
    both = f"{document[slice(*lines[index])]} {document[slice(*lines[index + 1])]}"
    return len(both) < 400 and _plain(both) == title


def _is_title_rest(document: str, lines: list[tuple[int, int]], index: int, title: str) -> bool:
    return index > 0 and _is_title_start(document, lines, index - 1, title)


def _opens_links(line: str) -> bool:
    return bool(phrases("chrome_en", "links").match(line.strip()))


def _is_chrome(line: str) -> bool:
    stripped = line.strip()
    if len(stripped) > 400:
        return False
    if phrases("chrome_en", "anywhere").search(stripped):
        return True
    if phrases("chrome_en", "starts").match(stripped):
        return True
    if stripped[0] in "[(【" and stripped[-1] in "])】" and not re.search(r"[.!?] ", stripped):
        return True
    words = re.findall(r"[A-Za-z]{2,}", stripped)
    if not words or (
        _STAMP.search(stripped) and len(words) <= (12 if "|" in stripped else 6) and not stripped.endswith((".", ":"))
    ):
        return True
    if _STAMP.search(stripped) and _LABEL.search(stripped) and len(words) <= 16 and not stripped.endswith("."):
        return True
    ends = bool(re.search(r"[.!?][\"”’)\]]*$", stripped))
    hits = list(phrases("chrome_en", "words").finditer(stripped))
    return not ends and len(words) <= 24 and (len(hits) >= 2 or (bool(hits) and len(words) <= 5))


def _join_wrapped(text: list[str], kept: list[tuple[int, int]]) -> None:
    """Within a block whose lines break in mid-sentence, line breaks become blanks."""
    block: list[tuple[int, int]] = []
    for line in [*kept, (-9, -9)]:
        if block and line[0] - block[-1][1] == 1:
            block.append(line)
            continue
        if len(block) > 1 and _is_wrapped(text, block):
            for (_, end), (start, _) in itertools.pairwise(block):
                text[end:start] = " " * (start - end)
        block = [line]


def _is_wrapped(text: list[str], block: list[tuple[int, int]]) -> bool:
    lines = ["".join(text[start:end]) for start, end in block]
    if any(len(line) > 130 for line in lines[:-1]) or any(_BULLET.match(line) for line in lines[1:]):
        return False
    open_ends = sum(not _STOP.search(line) for line in lines[:-1])
    lower = sum(line.lstrip()[:1].islower() or line.lstrip()[:1].isdigit() for line in lines[1:])
    return open_ends * 2 >= len(lines) - 1 and lower > 0
