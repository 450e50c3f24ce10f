"""What stands beside a name and what it usually means: two voices in settling it."""

from dataclasses import dataclass
from functools import lru_cache

from schemas.regions import ancestors_of, holds
from streams.extract.evidence import Place
from streams.extract.gazetteer import Language, Sense
from streams.extract.place_words import CHINESE_LINKS, ENGLISH_LINK, LONGEST_LINK

RANK = {"country": 0, "province": 1, "zone": 2, "prefecture": 2, "county": 3}
UNSURE = ("weak", "word")
"""Forms that the context has to speak for."""
BESIDE, LINKED = 12, 40
"""What a sibling in the same enumeration says, and a holder in the same chain."""


@dataclass(frozen=True)
class Neighbour:
    """A place beside another: what it means or usually means, what stands between, and whether it comes first."""

    codes: tuple[str, ...]
    gap: str
    before: bool


def neighbours(place: Place, around: list[Place], folded: str) -> list[Neighbour]:
    """Those of the places around that are near and say something; the same name again says nothing."""
    near = []
    for other in around:
        before = other.end <= place.start
        start, end = (other.end, place.start) if before else (place.end, other.start)
        if other.hint or end - start > LONGEST_LINK or (not other.sure and other.text == place.text):
            continue
        usual = None if other.sure else usual_sense(other.senses)
        if codes := usual.codes if usual else other.codes:
            near.append(Neighbour(codes, folded[start:end], before))
    return near


def says(other: Neighbour, sense: Sense, language: Language) -> int:
    """What a neighbour says for a candidate: one that holds it and is linked with it, a sibling in the enumeration."""
    if any(o != c and holds(o, c) for o in other.codes for c in sense.codes):
        if language == "zh":
            linked = other.before and other.gap in CHINESE_LINKS
        else:
            linked = other.gap == "'s " if other.before else bool(ENGLISH_LINK.fullmatch(other.gap))
        return LINKED if linked else 2
    if other.gap.strip() not in LIST_GAPS:
        return 0
    siblings = {ancestors_of(code)[:1] for code in other.codes} & {ancestors_of(code)[:1] for code in sense.codes}
    return BESIDE if siblings else 0


LIST_GAPS = ("、", ",", "和", "and", "与", "及", "/", ", and")


@lru_cache(maxsize=8192)
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
    known = [sense for sense in senses if sense.form not in UNSURE or sense.codes[0].startswith("CN-")]
    best = min(RANK[sense.level] for sense in known)
    return [sense for sense in known if RANK[sense.level] == best]
