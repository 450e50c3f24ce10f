"""What a reader found in a document before it read events from it; offsets count in the document."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.event import Mention

Codes = tuple[str, ...]
READ = 20_000
"""Characters that are looked at, as in the readers."""
_ENDS = {
    "zh": re.compile(r"[。!?;！？；\n]"),
    "en": re.compile(r"[.!?](?=\s)|\n|;"),
}


@dataclass(frozen=True)
class Seen:
    """A place: its role as the reader of its language sees it (subject, inside, venue, guest, …)."""

    start: int
    end: int
    codes: Codes
    role: str


@dataclass(frozen=True)
class Figure:
    """A sum of money (`noun` is "") or a count of what `noun` names."""

    start: int
    end: int
    value: float
    noun: str = ""


@dataclass(frozen=True)
class Scene:
    """The findings of one article, each kind in the order of the text.

    `title`: where the title ends. `home`: the article's own place by the rules. `generic`: words like "the county"
    and 全市 as (offset, level). `days`, `periods`: offsets of times. `stated`: type, start and end of mentions whose
    region the words themselves give, so that it is not weighed again.
    """

    language: str
    document: str
    title: int
    home: Codes
    places: Sequence[Seen]
    generic: Sequence[tuple[int, str]]
    figures: Sequence[Figure]
    days: Sequence[int]
    periods: Sequence[int]
    stated: frozenset[tuple[str, int, int]] = frozenset()

    @cached_property
    def breaks(self) -> list[int]:
        """Where sentences end: offsets of the marks."""
        return [match.start() for match in _ENDS[self.language].finditer(self.document, 0, READ)]

    @cached_property
    def lines(self) -> list[int]:
        """Where paragraphs end."""
        return [match.start() for match in re.finditer("\n", self.document[:READ])]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentences that hold `[start, end)`."""
        return _around(self.breaks, start, end, len(self.document))

    def paragraph(self, start: int) -> tuple[int, int]:
        """The line that holds an offset."""
        return _around(self.lines, start, start + 1, len(self.document))

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def between(self, start: int, end: int) -> Sequence[Seen]:
        """The places that begin in `[start, end)`."""
        return self.places[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _around(marks: list[int], start: int, end: int, length: int) -> tuple[int, int]:
    before = bisect_left(marks, start)
    after = bisect_left(marks, max(start, end - 1))
    return (marks[before - 1] + 1 if before else 0), (marks[after] if after < len(marks) else length)


def subtype(mention: Mention) -> str:
    """Stage, kind or metric; "" for an agreement."""
    return mention.stage or mention.kind or mention.metric or ""
