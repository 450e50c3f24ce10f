"""Paragraphs and sentences of the cleaned text, with their offsets."""

import re
from dataclasses import dataclass

from streams.extract.found import Found

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|Co|Ltd|Inc|Corp|St|Jr|Sr|vs|approx|etc|e\.g|i\.e|U\.S|U\.K|a\.m|p\.m|E|N|"
    r"S|W|Prof|Gen|Gov|Sen|Dept|est|fig|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|P\.R|Rs|Rp|ca))\.$"
)
_STARTERS = re.compile(
    r"\s+(?:The|It|In|On|At|A|An|This|That|These|They|We|He|She|But|And|So|As|With|For|From|After|"
    r"Since|Its|Their|According|"
    r"To|By|Of|One|Two|Total|Meanwhile|Among|During|About|More|Over|Nearly)\b"
)
_END = re.compile(r"[.!?][\"”’)\]]{0,3}(?=\s)|\n+")
_MARKER = re.compile(r"\s*(?:\(?(?P<number>\d{1,2}|[IVX]{1,4}|[a-h])[.)、]\s*|[*•·▪‣>◆●■–—-]\s+)")
_HEADING = re.compile(r"^(?P<head>[A-Z][A-Z'’ &-]{2,40}(?:, [A-Z][A-Z'’ -]{2,30})?)\s?[.:–—-]\s")


@dataclass(frozen=True)
class Sentence(Found):
    """A sentence; `paragraph` counts from 0, and is -1 for the title."""

    text: str
    paragraph: int
    first: bool
    marker: str | None = None


def find_sentences(text: str, body: int) -> list[Sentence]:
    """The sentences of a cleaned document; the title, `text[:body - 1]`, comes first as one."""
    found: list[Sentence] = []
    title = text[: max(0, body - 1)]
    if title.strip():
        found.append(Sentence(0, len(title), title, -1, True))
    paragraph = -1
    for line in re.finditer(r"[^\n]+", text[body:]):
        if not line.group().strip():
            continue
        paragraph += 1
        start, stop = body + line.start(), body + line.end()
        marker = _MARKER.match(text, start, stop)
        name = None
        if marker:
            start, name = marker.end(), marker["number"] or "*"
        for index, (low, high) in enumerate(_split(text, start, stop)):
            found.append(Sentence(low, high, text[low:high], paragraph, index == 0, name if index == 0 else None))
    return found


def _split(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    parts = []
    low = start
    for match in _END.finditer(text, start, stop):
        if not _ends_here(text, match, stop):
            continue
        if text[low : match.end()].strip():
            parts.append((low, match.end()))
        low = match.end()
        while low < stop and text[low].isspace():
            low += 1
    if text[low:stop].strip():
        parts.append((low, stop))
    return parts


def _ends_here(text: str, match: re.Match[str], stop: int) -> bool:
    rest = text[match.end() : min(stop, match.end() + 40)]
    after = rest.lstrip()[:1]
    if after and not (after.isupper() or after.isdigit() or after in "\"“‘'([$€£¥"):
        return False
    if text[match.start()] == "." and _ABBREVIATIONS.search(text[max(0, match.start() - 8) : match.start() + 1]):
        word = text[max(0, match.start() - 4) : match.start()]
        return bool(_STARTERS.match(rest)) and not word.endswith(("Mr", "Dr", "No", "Ms", "Mrs"))
    return True


def find_heading(sentence: str) -> re.Match[str] | None:
    """Capitals at the start of an item ("YUNNAN. Investors ...") that name what the item is about."""
    return _HEADING.match(sentence)
