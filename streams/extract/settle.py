"""Which place a shared name means, by the other places of the document. What nothing speaks for is never guessed."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from schemas import regions
from schemas.regions import holds, level_of
from streams.extract.gazetteer import Language, Sense
from streams.extract.place_words import CHINESE_LINKS, ENGLISH_LINK, LONGEST_LINK


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


@lru_cache(maxsize=8192)
def ancestors_of(code: str) -> tuple[str, ...]:
    """`schemas.regions.ancestors_of`, remembered."""
    return regions.ancestors_of(code)


RANK = {"country": 0, "province": 1, "zone": 2, "prefecture": 2, "county": 3}
ABOVE = {"prefecture": 8, "province": 4, "country": 2}
"""What a named division above a candidate says for it; one that merely holds another named place says half as much."""
NAMED, HOLDS, HOME, HINT, BESIDE, NEAREST = 8, 5, 6, 1, 12, 3
FAR, NEAR_SPOTS = 2000, 40
"""How far back the nearest place above is looked for: characters, places."""
STRONG = 8
"""What has to speak for a meaning more than for the usual one."""
UNSURE = ("weak", "word")
ALL_FORMS = ("full", "zone", "former", "bare", "weak", "word")
ROUNDS = (("full", "zone", "former"), ("full", "zone", "former", "bare"), ALL_FORMS, ALL_FORMS)


def settle(places: list[Place], folded: str, language: Language, home: str | None) -> list[Place]:
    """The places that are places, each with what it means; full names first, everyday words last."""
    for place in places:
        if place.senses and len({sense.codes for sense in place.senses}) == 1 and place.senses[0].form not in UNSURE:
            take(place, place.senses[0])
    for forms in ROUNDS:
        still_open = [index for index, place in enumerate(places) if is_open(place, forms)]
        if still_open:
            evidence = Evidence(places, home)
        for index in still_open:
            around = [p for p in (*places[max(0, index - 2) : index], *places[index + 1 : index + 3]) if p.sure]
            choose(places[index], around, folded, language, evidence)
    return [place for place in places if place.sure or place.generic or leave_open(place)]


def is_open(place: Place, forms: tuple[str, ...]) -> bool:
    """True for a name of one of these forms that is not settled yet."""
    return not (place.sure or place.generic) and any(sense.form in forms for sense in place.senses)


def take(place: Place, sense: Sense) -> None:
    """Settles the place."""
    place.codes, place.level, place.sure = sense.codes, place.level or sense.level, True


class Evidence:
    """What is known of the document so far."""

    def __init__(self, places: list[Place], home: str | None) -> None:
        self.named: Counter[str] = Counter()
        self.within: Counter[str] = Counter()
        self.hinted: Counter[str] = Counter()
        self.home = home if home and home != "CN" else None
        self.spots: list[tuple[int, str]] = []
        for place in places:
            for code in place.codes if place.sure else ():
                if place.hint:
                    self.hinted.update((code, *ancestors_of(code)))
                    continue
                self.spots.append((place.start, code))
                self.named[code] += 1
                self.within.update(ancestors_of(code))

    def speaks_for(self, code: str) -> int:
        """How much of the document speaks for a candidate; 0 is nothing."""
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


def choose(place: Place, around: list[Place], folded: str, language: Language, evidence: Evidence) -> None:
    """Settles a shared name when one candidate has more to speak for it than any other."""
    scores: dict[Sense, int] = {}
    nearest = evidence.nearest([sense.codes[0] for sense in place.senses], place, folded)
    for sense in place.senses:
        near = max((beside(other, place, sense, folded, language) for other in around), default=0)
        named = sense.form != "word" and any(code in evidence.named for code in sense.codes)
        score = max(evidence.speaks_for(code) for code in sense.codes)
        if language == "zh" and sense.form in UNSURE and near < BESIDE and not named and not (place.made and score):
            continue  # an everyday word
        scores[sense] = score + near + NEAREST * (nearest in sense.codes)
    if not scores:
        return
    best = max(scores.values())
    winners = {sense.codes: sense for sense, score in scores.items() if score == best}
    usual = usual_sense(place.senses)
    if usual and (len(winners) > 1 or best - scores.get(usual, 0) < (BESIDE if usual.level == "province" else STRONG)):
        take(place, usual)
    elif best > 0 and len(winners) == 1:
        take(place, next(iter(winners.values())))


def beside(other: Place, place: Place, sense: Sense, folded: str, language: Language) -> int:
    """What a neighbour says: one that holds the candidate and stands next to it; a sibling in the same enumeration."""
    before = other.end <= place.start
    gap = folded[other.end : place.start] if before else folded[place.end : other.start]
    if other.hint or len(gap) > LONGEST_LINK:
        return 0
    if any(o != c and holds(o, c) for o in other.codes for c in sense.codes):
        if language == "zh":
            return BESIDE if before and gap in CHINESE_LINKS else 2
        return BESIDE if (not before and ENGLISH_LINK.fullmatch(gap)) or (before and gap == "'s ") else 2
    siblings = {ancestors_of(code)[:1] for code in other.codes} & {ancestors_of(code)[:1] for code in sense.codes}
    return BESIDE if siblings and gap.strip() in ("、", ",", "和", "and", "与", "及", "/", ", and") else 0


def usual_sense(senses: tuple[Sense, ...]) -> Sense | None:
    """What readers think of first: the prominent one; full names before bare ones, provinces before cities."""
    prominent = [sense for sense in senses if sense.prominent]
    first = prominent or first_rank(senses)
    return first[0] if len({sense.codes for sense in first}) == 1 else None


def first_rank(senses: tuple[Sense, ...]) -> list[Sense]:
    """The senses that come first in a reader's mind; none when all are weak."""
    full = [sense for sense in senses if sense.form in ("full", "zone")]
    if full:
        return full
    if all(sense.form in UNSURE for sense in senses):
        return []
    best = min(RANK[sense.level] for sense in senses)
    return [sense for sense in senses if RANK[sense.level] == best]


def leave_open(place: Place) -> bool:
    """Marks a place that stays open, with what holds all candidates; False when it may be no place at all."""
    candidates = [sense for sense in place.senses if sense.form not in UNSURE]
    if place.hint or not candidates:
        return False
    chains = [(code, *ancestors_of(code)) for sense in place.senses for code in sense.codes]
    common = next((code for code in chains[0] if all(code in chain for chain in chains)), "CN")
    place.codes, place.level = (() if level_of(common) == "country" else (common,)), candidates[0].level
    place.ambiguous = True
    return True
