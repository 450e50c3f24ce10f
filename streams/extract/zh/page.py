"""Everything that is known of one document before events are read: its lines, figures, times and places."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schemas.event import EventType, Kind, Metric, Sector, Stage
from streams.extract.found import FoundAmount, FoundCount
from streams.extract.zh.clock import BRACKETED, Clock, When
from streams.extract.zh.facts import Fact, Figures, find_facts, find_figures
from streams.extract.zh.layout import Line, Sentence, find_lines
from streams.extract.zh.places import Atlas, Home

PLANS = re.compile(r"目标|任务|计划|安排|打算|部署|规划|展望|今后")
PLAN_TITLE = re.compile(
    r"(?:今年|明年|20\d\d年)[^,。\s]{0,10}(?:要(?![闻求])|将|计划|目标|任务|安排|打算|这样干)|目标(?:任务)?(?:出炉|确定|明确|来了|敲定|是)|任务(?:清单|书)"
)
REPORTS = re.compile(r"完成|回顾|情况|进展|总结|\d[个项家亿]")
"""What makes a heading one of aims, and what one of things done."""


@dataclass(frozen=True)
class Page:
    """A folded document with what its words stand for."""

    text: str
    lines: list[Line]
    today: date
    figures: Figures
    clock: Clock
    atlas: Atlas

    def sentences(self, *kinds: str) -> list[Sentence]:
        """The sentences of the lines of these kinds; of the story when none is named."""
        wanted = kinds or ("title", "body", "heading")
        return [sentence for line in self.lines if line.kind in wanted for sentence in line.sentences]

    def is_title(self, sentence: Sentence) -> bool:
        """True for a sentence of the title."""
        return self.lines[sentence.line].kind == "title"

    def words(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return self.text[sentence.start : sentence.end]

    def next_sentences(self, sentence: Sentence, most: int) -> list[Sentence]:
        """The sentences after one in the story, into the next paragraph."""
        low = bisect_left(self.story, sentence.end, key=lambda one: one.start)
        return self.story[low : low + most]

    def is_planned(self, at: int) -> bool:
        """True under a heading that says that aims follow: 二、2024年目标任务."""
        return any(start <= at < end for start, end in self._planned)

    @cached_property
    def is_plan(self) -> bool:
        """True for a title that promises a plan: 今年要干这些大事."""
        title = self.text[: self.lines[0].end] if self.lines and self.lines[0].kind == "title" else ""
        return bool(PLAN_TITLE.search(title)) and not REPORTS.search(title)

    @cached_property
    def _planned(self) -> list[tuple[int, int]]:
        bracketed = [
            (line.start, line.end)
            for line in self.lines
            if (head := BRACKETED.match(self.text, line.start, line.end))
            and PLANS.search(head[0])
            and not REPORTS.search(head[0])
        ]
        heads = [line for line in self.lines if line.kind == "heading"]
        ends = [*(line.start for line in heads[1:]), len(self.text)]
        return bracketed + [
            (line.end, end)
            for line, end in zip(heads, ends, strict=bool(heads))
            if PLANS.search(words := self.text[line.start : line.end]) and not REPORTS.search(words)
        ]

    @cached_property
    def story(self) -> list[Sentence]:
        """The sentences of the paragraphs."""
        return self.sentences("body")

    def facts(self) -> list[Fact]:
        """The counts with their triggers."""
        return find_facts(self.text, self.lines, self.figures)[0]


def make_page(text: str, title: int, today: date, feed_region: str | None) -> Page:
    """The page of a folded document whose title is `text[:title]`."""
    lines = find_lines(text, title)
    return Page(text, lines, today, find_figures(text), Clock(text, lines, today), Atlas(text, lines, feed_region))


@dataclass
class Draft:
    """An event as it is put together; offsets count in the folded document.

    `thing`: the words for what a stage is told of, where it is not named.
    `formal`: the words say that these are contracts, not letters.
    `whole`: sums up what was told before. `again`: speaks of a paper just told of.
    `part`: told as a share of a batch, to be absorbed by it. `apart`: told as a batch of its own. `own_trigger`: what
    happened is said in the figure's own clause. `weak`: how much speaks against it, 0 to 1.
    """

    type: EventType
    sentence: Sentence
    start: int
    end: int
    home: Home | None
    when: When
    stage: Stage | None = None
    kind: Kind | None = None
    metric: Metric | None = None
    projects: FoundCount | None = None
    single: bool = False
    count: FoundCount | None = None
    amount: FoundAmount | None = None
    size: FoundAmount | None = None
    partners: int | None = None
    venue: str | None = None
    names: tuple[str, ...] = ()
    thing: str = ""
    parties: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    sector_words: str = ""
    formal: bool = False
    whole: bool = False
    again: bool = False
    part: bool = False
    apart: bool = False
    own_trigger: bool = False
    title: bool = False
    period: tuple[date | None, date | None] | None = None
    weak: float = 0.0
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def number(self) -> int | None:
        """The project count; one single project or fund is 1."""
        return self.projects.value if self.projects else 1 if self.single else None

    @property
    def is_fund(self) -> bool:
        """True for funds: so counted, or a single one so called."""
        return self.projects.noun == "fund" if self.projects else self.single and "基金" in self.sector_words

    @property
    def codes(self) -> tuple[str, ...]:
        """The regions, or none."""
        return self.home.codes if self.home else ()
