"""The shape of a page of Chinese news: lines, sentences, parts, clauses; page furniture is told from the story."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from streams.extract.zh.lexicon import pattern

LineKind = Literal["title", "body", "heading", "source", "chrome"]

FURNITURE = pattern("layout", "FURNITURE")
STARTS = pattern("layout", "STARTS")
STAMP = re.compile(r"^\W{0,3}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
MORE_LINKS = re.compile(r"\W{0,3}(?:相关(?:阅读|新闻|链接|推荐|报道|文章)|热[点门]推荐|推荐阅读|延伸阅读|猜你喜欢)")
SOURCE = re.compile(
    r"(?:来源|稿源|作者|发布|消息来源|文章来源|信息来源|主办)[::]|客户端】|本报|日报|晚报|发布$|融媒|电视台|政府"
)
DATELINE = pattern("layout", "DATELINE")
LONGEST_CLAUSE = 240
LONGEST_SENTENCE = 1200
"""No writer's clause or sentence is longer; what is gets cut, so that the cost of reading one is bounded."""
SHORT = 90
BREAK = re.compile(r"[。!?;]|(?<=[\u4e00-\u9fff])\.(?=\s|$)|$")
CLAUSE = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),|:(?!\d)|(?<!\d):|——|…+|\s{2,}|(?<=\))\s")
TITLE_CLAUSE = re.compile(CLAUSE.pattern + r"|(?<=[\u4e00-\u9fff”])\s|\s(?=[\u4e00-\u9fff“])")


@dataclass(frozen=True)
class Piece:
    """`text[start:end]` of the folded document."""

    start: int
    end: int


@dataclass(frozen=True)
class Sentence(Piece):
    """Up to 。!? or the end of the line. `parts` are cut at ; and hold clauses, cut at commas and colons."""

    parts: tuple[tuple[Piece, ...], ...]
    line: int

    @property
    def clauses(self) -> tuple[Piece, ...]:
        """All clauses in their order."""
        return tuple(clause for part in self.parts for clause in part)


@dataclass(frozen=True)
class Line(Piece):
    """A paragraph, heading or piece of furniture.

    `told`: where its story begins, after a dateline. `context`: where the words begin that the lines of a list hang on.
    """

    kind: LineKind
    told: int
    context: int
    sentences: tuple[Sentence, ...] = field(default=())


Placed = TypeVar("Placed", bound="HasStart")


class HasStart(Protocol):
    """Something that stands at an offset."""

    @property
    def start(self) -> int:
        """Its first character."""


def within(placed: Sequence[Placed], start: int, end: int) -> list[Placed]:
    """Those of an ascending sequence that begin in `[start, end)`."""
    low = bisect_left(placed, start, key=_start)
    high = bisect_left(placed, end, lo=low, key=_start)
    return list(placed[low:high])


def _start(one: HasStart) -> int:
    return one.start


def find_lines(text: str, title: int) -> list[Line]:
    """The lines of a folded document whose title is `text[:title]`; empty ones are left out."""
    lines: list[Line] = []
    at = 0
    links = False
    for raw in text.split("\n"):
        start, end = at, at + len(raw)
        at = end + 1
        if not raw.strip():
            continue
        kind = _kind(raw.strip(), start < title, links)
        links = links or (kind in ("chrome", "source") and bool(MORE_LINKS.match(raw.strip())))
        if lines and raw.strip() == text[:title].strip():
            kind = "chrome"  # the title once more
        dateline = DATELINE.match(text, start, end) if kind == "body" else None
        told = dateline.end() if dateline else start
        sentences = _sentences(text, told, end, len(lines), kind) if kind in ("title", "body", "heading") else ()
        lines.append(Line(start, end, kind, told, _context(text, lines, start, raw, kind), sentences))
    return lines


def _kind(line: str, is_title: bool, after_links: bool) -> LineKind:
    if is_title:
        return "title"
    hits = len(FURNITURE.findall(line))
    if after_links and (len(line) < 40 or line.startswith("·")):
        return "chrome"
    if (
        STARTS.match(line)
        or (hits and len(line) < SHORT and (hits > 1 or not re.search(r"。.", line)))
        or STAMP.fullmatch(line)
    ):
        return "source" if SOURCE.search(line) else "chrome"
    if hits >= 3 and "。" not in line:
        return "source" if SOURCE.search(line) else "chrome"
    if len(line) <= 16 and line.count("|") and not re.search(r"\d[个亿]", line):
        return "chrome"
    if len(line) < 30 and not re.search(r"[。!?,;]", line):
        return "heading"
    return "body"


def _context(text: str, lines: list[Line], start: int, raw: str, kind: LineKind) -> int:
    # "三件事——" or "如下:" governs the lines of the list under it.
    if not lines or lines[-1].kind not in ("body", "heading"):
        return start
    if kind == "heading" == lines[-1].kind:
        return lines[-1].context  # the rows of a table hang on its caption
    before = text[lines[-1].start : lines[-1].end].rstrip()
    if before.endswith((":", "—")) or (
        lines[-1].context != lines[-1].start
        and re.match(r"\s*(?:[^,。:]{1,8}:|[—\-·•●◆○]|\d{1,2}[.、]|[一二三四五六七八九十]{1,2}、|\()", raw)
    ):
        return lines[-1].context
    return start


def _sentences(text: str, start: int, end: int, line: int, kind: LineKind) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    at = start
    parts: list[tuple[Piece, ...]] = []
    sentence_start = start
    for match in BREAK.finditer(text, start, end):
        stop = match.start()
        while stop - sentence_start > LONGEST_SENTENCE:
            middle = min(stop, max(at, sentence_start + LONGEST_SENTENCE))
            if clauses := _clauses(text, at, middle, TITLE_CLAUSE if kind == "title" else CLAUSE):
                parts.append(clauses)
            if parts:
                found.append(Sentence(sentence_start, middle, tuple(parts), line))
            parts, sentence_start, at = [], middle, middle
        clauses = _clauses(text, at, stop, TITLE_CLAUSE if kind == "title" else CLAUSE)
        if clauses:
            parts.append(clauses)
        if match[0] != ";":
            if parts:
                found.append(Sentence(sentence_start, stop, tuple(parts), line))
            parts, sentence_start = [], match.end()
        at = match.end()
    return tuple(found)


def _clauses(text: str, start: int, end: int, cut: re.Pattern[str]) -> tuple[Piece, ...]:
    clauses: list[Piece] = []
    at = start
    for match in cut.finditer(text, start, end):
        if text[at : match.start()].strip():
            clauses.append(Piece(at, match.start()))
        at = match.end()
    if text[at:end].strip():
        clauses.append(Piece(at, end))
    return tuple(piece for clause in clauses for piece in _cut(clause))


def _cut(clause: Piece) -> list[Piece]:
    starts = range(clause.start, clause.end, LONGEST_CLAUSE)
    return [Piece(start, min(start + LONGEST_CLAUSE, clause.end)) for start in starts]
