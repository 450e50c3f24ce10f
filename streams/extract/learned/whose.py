"""What speaks for each place of an article being the one whose event a run of words tells: features by name.

A feature has the value that is given with it. Parts that depend only on the place, or only on one naming of it, are
made once an article.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schemas.regions import holds, level_of
from streams.extract.learned.scene import Codes, Scene, Seen

Features = dict[str, float]
MOST, BACK, AHEAD = 14, 8, 4
"""Places that are weighed for one mention; those named last before its end and first after it."""
SUBJECTS = ("subject", "place")
NEAR_WORDS, NEAR_CHARACTERS = 5, 40
_WORD = re.compile(r"[A-Za-z][\w’'-]*|\d[\d.,]*|[^\sA-Za-z\d]")
_NUMBER = re.compile(r"\d[\d.,]*")
_PLAIN = ("The", "In", "At", "On", "By", "And", "For", "From")


@dataclass(frozen=True)
class Telling:
    """A run of words that tells an event. `kind`: of an activity, else its type.

    `rules`: the regions that the rules give it, found at `found` (None: taken from afar); `mark` sets apart answers of
    rules that were written with the article at hand.
    """

    kind: str
    start: int
    end: int
    rules: Codes = ()
    found: int | None = None
    mark: str = ""

    def by_rules(self) -> Features:
        """What the rules' word counts for."""
        if self.found is None:
            where = "from afar"
        else:
            where = "inside" if self.start <= self.found < self.end else "near" if self.found < self.start else "after"
        several = "several" if len(self.rules) > 1 else "one"
        return {f"rules say{self.mark} {what}": 1 for what in ("so", where, f"of {self.kind}", several)}


class Whose:
    """The candidates of one article and their features."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.namings: dict[Codes, list[Seen]] = defaultdict(list)
        for place in scene.places:
            if place.codes:
                self.namings[place.codes].append(place)
        self._whole: dict[Codes, Features] = {}
        self._cues: dict[int, Features] = {}

    @cached_property
    def _in_title(self) -> list[Codes]:
        return [place.codes for place in self.scene.between(0, self.scene.title) if place.codes]

    @cached_property
    def _headings(self) -> list[Seen]:
        """Places in short lines under the title."""
        found = []
        for place in self.scene.between(self.scene.title, len(self.scene.document)):
            low, high = self.scene.paragraph(place.start)
            if place.codes and high - low < 45:
                found.append(place)
        return found

    def candidates(self, start: int, end: int) -> list[Codes]:
        """The places that words in `[start, end)` may be about: nearest named, named in the title, named most."""
        before = [place.codes for place in self.scene.between(0, end) if place.codes]
        after = [place.codes for place in self.scene.between(end, end + 600) if place.codes]
        most = sorted(self.namings, key=lambda codes: -len(self.namings[codes]))[:2]
        nearest = list(dict.fromkeys(reversed(before)))[:BACK] + list(dict.fromkeys(after))[:AHEAD]
        return list(dict.fromkeys([*nearest, *self._in_title[:3], *most]))[:MOST]

    def features(self, telling: "Telling") -> list[tuple[Codes, list[Features]]]:
        """For each candidate the parts of its features."""
        around = _Around(self, telling.start, telling.end)
        chosen = self.candidates(telling.start, telling.end)
        near = {codes: around.nearest(self.namings[codes]) for codes in chosen}
        order = sorted(chosen, key=lambda codes: near[codes][0])
        found = [
            (codes, [self.whole(codes), self.cues(near[codes][1]), around.features(telling.kind, codes, order, near)])
            for codes in chosen
        ]
        if telling.rules:
            same = [parts for codes, parts in found if set(codes) == set(telling.rules)]
            if not same:
                found.append((telling.rules, [{}, {}, {"not named": 1}]))
                same = [found[-1][1]]
            same[0][-1].update(telling.by_rules())
        return found

    def whole(self, codes: Codes) -> Features:
        """What the whole article says of a place."""
        if codes not in self._whole:
            self._whole[codes] = self._make_whole(codes)
        return self._whole[codes]

    def _make_whole(self, codes: Codes) -> Features:
        named, scene = self.namings[codes], self.scene
        total = sum(len(one) for one in self.namings.values())
        in_title = [place for place in named if place.start < scene.title]
        body = scene.between(scene.title, len(scene.document))
        found: Features = {f"level {level_of(codes[0])}": 1, "share": len(named) / total}
        found[f"title as {in_title[0].role}" if in_title else "not in title"] = 1
        flags = {
            "alone in title": bool(in_title) and set(self._in_title) == {codes},
            "first in title": bool(in_title) and self._in_title[0] == codes,
            "named most": all(len(named) >= len(one) for one in self.namings.values()),
            "named once": len(named) == 1,
            "named first": next(iter(self.namings)) == codes,
            "in lead": bool(body) and any(body[0].start <= p.start < body[0].start + 150 for p in named),
            "several divisions": len(codes) > 1,
            "only place": len(self.namings) == 1,
        }
        found |= {name: 1 for name, true in flags.items() if true}
        for role, times in Counter(place.role for place in named).items():
            found[f"share as {role}"] = times / len(named)
        if scene.home:
            found[f"home {_kinship(scene.home, codes)}"] = 1
        return found

    def cues(self, place: Seen) -> Features:
        """The words on both sides of one naming under the title."""
        if place.start not in self._cues:
            self._cues[place.start] = self._make_cues(place) if place.start >= self.scene.title else {}
        return self._cues[place.start]

    def _make_cues(self, place: Seen) -> Features:
        text, language = self.scene.document, self.scene.language
        low = max(self.scene.sentence(place.start, place.end)[0], place.start - NEAR_CHARACTERS)
        left = _tokens(text[low : place.start], language)[-NEAR_WORDS:]
        right = _tokens(text[place.end : place.end + NEAR_CHARACTERS], language)[:NEAR_WORDS]
        found: Features = {f"left of it {token}": 0.4 for token in left}
        found |= {f"right of it {token}": 0.4 for token in right}
        for size in (1, 2):
            found[f"before {size} {' '.join(left[-size:])}"] = 0.7
            found[f"after {size} {' '.join(right[:size])}"] = 0.7
        return found


class _Around:
    """The neighbourhood of one run of words."""

    def __init__(self, whose: Whose, start: int, end: int) -> None:
        self.whose, self.start, self.end = whose, start, end
        scene = whose.scene
        self.low, self.high = scene.sentence(start, end)
        self.paragraph = scene.paragraph(start)
        self.in_sentence = [place for place in scene.between(self.low, self.high) if place.codes]
        self.in_paragraph = [place for place in scene.between(*self.paragraph) if place.codes]
        before = [place for place in scene.between(scene.title, start) if place.codes]
        self.last_subject = next((p for p in reversed(before) if p.role in SUBJECTS), None)
        self.last = next((p for p in reversed(scene.between(scene.title, end)) if p.codes), None)
        self.heading = next((p for p in reversed(whose._headings) if p.start < start), None)
        self.generic = {level for at, level in scene.generic if self.low <= at < self.high}
        self.generic_before = {level for at, level in scene.generic if self.paragraph[0] <= at < start} - self.generic

    def nearest(self, named: list[Seen]) -> tuple[tuple[int, int], Seen]:
        """The naming that is nearest, after how near it is: (zone, characters)."""
        return min(((self._distance(place), place) for place in named), key=lambda pair: pair[0])

    def _distance(self, place: Seen) -> tuple[int, int]:
        at = place.start
        if self.start <= at < self.end:
            return 0, at - self.start
        if self.low <= at < self.start:
            return 1, self.start - at
        if self.end <= at < self.high:
            return 2, at - self.end
        if at < self.whose.scene.title:
            return 4, 0
        return (3, self.start - at) if at < self.start else (5, at - self.end)

    def features(
        self, kind: str, codes: Codes, order: list[Codes], near: dict[Codes, tuple[tuple[int, int], Seen]]
    ) -> Features:
        """How the place stands to the words. `order`: all candidates, nearest first."""
        (zone, characters), place = near[codes]
        where, role, level = _ZONES[zone], place.role, level_of(codes[0])
        found: Features = {
            where: 1, f"{where} as {role}": 1, f"{where} of {kind}": 1, f"{where} as {role} of {kind}": 1,
            f"{role} of {kind}": 1, "distance": min(1.0, math.log1p(characters) / 7),
            f"nearest {min(order.index(codes), 4)}": 1, "candidates": min(1.0, len(order) / 6),
        }  # fmt: skip
        if home := self.whose.scene.home:
            found[f"home {_kinship(home, codes)}, {where}"] = 1
        for level_word in self.generic:
            found[f"{level} beside {level_word}"] = 1
        for level_word in self.generic_before:
            found[f"{level} after {level_word}"] = 1
        found |= {name: 1 for name, true in self._flags(codes, order, near).items() if true}
        return found

    def _flags(
        self, codes: Codes, order: list[Codes], near: dict[Codes, tuple[tuple[int, int], Seen]]
    ) -> dict[str, bool]:
        (zone, _), place = near[codes]
        whole = self.whose.whole(codes)
        others = [other for other in order if other != codes]
        nearer = [other for other in others if near[other][0][0] <= zone]
        inside = [one.codes for one in self.in_sentence if self.start <= one.start < self.end]
        subjects = [other for other in order if near[other][1].role in SUBJECTS]
        named_here = bool(self.in_sentence)
        return {
            "nearest subject": bool(subjects) and subjects[0] == codes,
            "below a nearer": any(_above(other, codes) for other in nearer),
            "above a nearer": any(_above(codes, other) for other in nearer),
            "above another": any(_above(codes, other) for other in others),
            "above one of the sentence": any(_above(codes, o) for o in others if near[o][0][0] <= 2),
            "first of paragraph": bool(self.in_paragraph) and self.in_paragraph[0].codes == codes,
            "in paragraph": any(one.codes == codes for one in self.in_paragraph),
            "opens paragraph": any(o.codes == codes and o.start - self.paragraph[0] < 12 for o in self.in_paragraph),
            "no place in paragraph": not self.in_paragraph,
            "first of sentence": named_here and self.in_sentence[0].codes == codes,
            "opens sentence": self.low <= place.start < min(self.high, self.low + 8),
            "no place in sentence, in title": not named_here and "not in title" not in whole,
            "no place in sentence, first": not named_here and "named first" in whole,
            "last subject": self.last_subject is not None and self.last_subject.codes == codes,
            "last subject, same paragraph": self.last_subject is not None
            and self.last_subject.codes == codes
            and self.last_subject.start >= self.paragraph[0],
            "last named": self.last is not None and self.last.codes == codes,
            "heading": self.heading is not None and self.heading.codes == codes,
            "first inside": bool(inside) and inside[0] == codes,
            "last inside": bool(inside) and inside[-1] == codes,
            "only one inside": set(inside) == {codes},
        }


_ZONES = ("inside", "before", "after", "earlier", "title", "later")


@lru_cache(maxsize=4096)
def _above(one: Codes, other: Codes) -> bool:
    return all(any(holds(above, code) for above in one) for code in other)


def _kinship(home: Codes, codes: Codes) -> str:
    if home == codes:
        return "itself"
    if _above(home, codes):
        return "above"
    return "below" if _above(codes, home) else "foreign"


def _tokens(text: str, language: str) -> list[str]:
    if language == "zh":
        return [char for char in _NUMBER.sub("#", text) if not char.isspace()]
    return [_token(word) for word in _WORD.findall(text)]


def _token(word: str) -> str:
    if word[0].isdigit():
        return "#"
    return "Name" if word[0].isupper() and word not in _PLAIN else word.lower()
