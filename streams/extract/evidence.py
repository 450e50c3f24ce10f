"""What speaks for a meaning of a name: the other places of the document, and what the feed calls home."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from schemas.regions import ancestors_of, holds, level_of, related
from streams.extract.gazetteer import Sense

ABOVE = {"prefecture": 8, "province": 4, "country": 2}
"""What a named division above a candidate says for it; one that merely holds another named place says half as much."""
NAMED, HOLDS, HOME, HINT = 8, 5, 6, 1
MOST_OPEN = 20
"""Names that stay open and yet speak for each other: "Yichun" and "Fengcheng" are only both in Jiangxi."""
FAR, NEAR_SPOTS = 2000, 40
"""How far back the nearest place above is looked for: characters, places."""


@dataclass
class Place:
    """A name in the text with what it may stand for; `codes` once settled.

    `made`: a zone by its words alone (江苏 + 工业园), so what it is named after need not hold it.
    `hint`: part of another name (a company, a newspaper): no place, but it tells where the document is at home.
    """

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    generic: str = ""
    hint: str = ""
    made: bool = False
    codes: tuple[str, ...] = ()
    level: str = ""
    sure: bool = False
    ambiguous: bool = False


class Evidence:
    """What is known of the document so far."""

    def __init__(self, places: list[Place], home: str | None) -> None:
        self.named: Counter[str] = Counter()
        self.within: Counter[str] = Counter()
        self.hinted: Counter[str] = Counter()
        self.home = home if home and home != "CN" else None
        self.spots: list[tuple[int, str]] = []
        self.scores: dict[tuple[str, str], int] = {}
        self.open: dict[str, set[str]] = {}
        for place in places:
            if not place.sure and not place.hint and len(self.open) < MOST_OPEN:
                self.open[place.text] = {code for sense in place.senses for code in sense.codes}
            for code in place.codes if place.sure else ():
                if place.hint:
                    self.hinted.update((code, *ancestors_of(code)))
                    continue
                self.spots.append((place.start, code))
                self.named[code] += 1
                self.within.update(ancestors_of(code))

    def speaks_for(self, code: str, place: Place) -> int:
        """How much of the document speaks for a candidate; 0 is nothing."""
        known = (code, place.text)
        if known not in self.scores:
            self.scores[known] = self.score(code, place)
        return self.scores[known]

    def score(self, code: str, place: Place) -> int:
        """What `speaks_for` remembers."""
        score = NAMED * (code in self.named) + HOLDS * (code in self.within) + HINT * (code in self.hinted)
        for above in ancestors_of(code):
            if above == "CN":
                break
            weight = ABOVE[level_of(above)]
            if above in self.named:
                score += weight
            elif above in self.within:
                score += weight // 2
            elif above in self.hinted:
                score += HINT
        score += HINT * any(
            related(code, candidate) and code != candidate
            for text, candidates in self.open.items()
            if text != place.text
            for candidate in candidates
        )
        if self.home and (holds(self.home, code) or holds(code, self.home)):
            score += HOME
        return score

    def nearest(self, candidates: list[str], place: Place, folded: str) -> str | None:
        """The candidate whose city or province was named last before the place, in the same paragraph."""
        paragraph = folded.rfind("\n", max(0, place.start - FAR), place.start)
        last = bisect_left(self.spots, (place.start, ""))
        for start, code in reversed(self.spots[max(0, last - NEAR_SPOTS) : last]):
            if start < paragraph:
                break
            held = [c for c in candidates if c != code and holds(code, c)] if level_of(code) != "country" else []
            if len(held) == 1:
                return held[0]
        return None
