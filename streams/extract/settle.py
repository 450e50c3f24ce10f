"""Which place a shared name means, by the other places of the document; and chains of places, put together."""

import re
from collections import Counter
from dataclasses import dataclass

from schemas.regions import ancestors_of, holds, level_of
from streams.extract.found import FoundRegion
from streams.extract.gazetteer import Language, Sense


@dataclass
class Place:
    """A name in the text with what it may stand for; `codes` once settled."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    generic: str = ""
    codes: tuple[str, ...] = ()
    level: str = ""
    sure: bool = False


RANK = {"country": 0, "province": 1, "zone": 2, "prefecture": 2, "county": 3}


def settle(places: list[Place], folded: str, language: Language, home: str | None) -> list[FoundRegion]:
    """The places with their meaning. What nothing speaks for stays ambiguous, at the level that is certain."""
    for place in places:
        first(place)
    for forms in (
        ("full", "zone", "former"),
        ("full", "zone", "former", "bare"),
        ("full", "zone", "former", "bare", "weak"),
    ):
        sure = Evidence(places, home)
        for index, place in enumerate(places):
            if not place.sure and not place.generic and any(s.form in forms for s in place.senses):
                choose(place, places, index, folded, language, sure)
    found = [finish(place) for place in places]
    return join([f for f in found if f is not None], folded, language)


def top(senses: tuple[Sense, ...]) -> list[Sense]:
    """The senses that a reader thinks of first: full names before bare ones, provinces before cities before counties."""
    full = [s for s in senses if s.form in ("full", "zone")]
    if full:
        return full
    bare = [s for s in senses if s.form in ("bare", "former")]
    if not bare:
        return []
    best = min(RANK[s.level] for s in bare)
    return [s for s in bare if RANK[s.level] == best]


def first(place: Place) -> None:
    """Settles what needs no context: a name with one meaning."""
    if place.generic:
        return
    if len({s.codes for s in place.senses}) == 1 and place.senses[0].form != "weak":
        place.codes, place.level, place.sure = place.senses[0].codes, place.senses[0].level, True


class Evidence:
    """What is known of the document so far."""

    def __init__(self, places: list[Place], home: str | None) -> None:
        self.named: Counter[str] = Counter()
        self.within: Counter[str] = Counter()
        for place in places:
            if place.sure:
                for code in place.codes:
                    self.named[code] += 1
                    for above in ancestors_of(code):
                        self.within[above] += 1
        self.home = home

    def speaks_for(self, code: str) -> int:
        """How much of the document speaks for a candidate; 0 is nothing."""
        score = 0
        if code in self.named:
            score += 8
        if code in self.within:
            score += 5
        for above in ancestors_of(code):
            if above == "CN":
                break
            weight = {"prefecture": 4, "province": 2, "country": 1}[level_of(above)]
            if above in self.named:
                score += 2 * weight
            elif above in self.within:
                score += weight
        if self.home and (holds(self.home, code) or holds(code, self.home)) and self.home != "CN":
            score += 6
        return score


def choose(place: Place, places: list[Place], index: int, folded: str, language: Language, evidence: Evidence) -> None:
    """Settles a shared name when one candidate has more to speak for it than any other."""
    neighbours = [
        p for p in (places[index - 1] if index else None, places[index + 1] if index + 1 < len(places) else None) if p
    ]
    scores: dict[Sense, int] = {}
    for sense in place.senses:
        score = max(evidence.speaks_for(code) for code in sense.codes)
        for other in neighbours:
            if other.sure and any(o != c and holds(o, c) for o in other.codes for c in sense.codes):
                gap = folded[other.end : place.start] if other.end <= place.start else folded[place.end : other.start]
                score += 12 if len(gap) <= (0 if language == "zh" else 12) else 2 if len(gap) < 30 else 0
        scores[sense] = score
    default = top(place.senses)
    best = max(scores.values())
    winners = {s.codes: s for s, score in scores.items() if score == best}
    if len(default) == 1:
        chosen = default[0]
        if len(winners) == 1 and best >= 12 and scores[chosen] < best - 4:
            chosen = next(iter(winners.values()))
    elif best > 0 and len(winners) == 1:
        chosen = next(iter(winners.values()))
    else:
        return
    place.codes, place.level, place.sure = chosen.codes, chosen.level, True


def finish(place: Place) -> FoundRegion | None:
    """The place as it is handed out; None for an everyday word which nothing makes a place."""
    if place.generic:
        return FoundRegion(place.start, place.end, (), place.generic, place.text, generic=True)
    if place.sure:
        return FoundRegion(place.start, place.end, place.codes, place.level, place.text)
    candidates = top(place.senses)
    if not candidates:
        return None
    common = common_above([code for s in candidates for code in s.codes])
    codes = (common,) if common and common != "CN" else ()
    return FoundRegion(place.start, place.end, codes, candidates[0].level, place.text, ambiguous=True)


def common_above(codes: list[str]) -> str | None:
    """The smallest division that holds all of them."""
    chains = [(code, *ancestors_of(code)) for code in codes]
    return next((code for code in chains[0] if all(code in chain for chain in chains)), None)


EN_LINK = re.compile(
    r"(?: ?\(|,| of| in| under|,? (?:a|the|an) (?:county-level |prefecture-level |coastal |port )?(?:city|district|county|town)(?: of| in| under)?)*"
    r"(?:,? ?(?:of|in) )?(?:,? ?(?:the )?(?:city|county|district) of )?,? ?(?:(?:north|south|east|west|central|northeast|northwest|southeast|southwest|n|s|e|w|n\.|s\.|e\.|w\.)(?:ern)? )?(?:china's )?(?:the )?(?:[a-z]+ern )?"
)


def join(found: list[FoundRegion], folded: str, language: Language) -> list[FoundRegion]:
    """Chains put together: 浙江省|宁波市|海曙区 and "Haishu District, Ningbo" are one place."""
    out: list[FoundRegion] = []
    for item in found:
        last = out[-1] if out else None
        if last and last.codes and item.codes and not (last.generic or item.generic):
            gap = folded[last.end : item.start]
            if gap in ("", " ", "·") and language == "zh" and inside(item, last):
                out[-1] = FoundRegion(
                    last.start, item.end, item.codes, item.level, last.name + item.name, item.ambiguous
                )
                continue
            if language == "en" and len(gap) < 60 and inside(last, item) and EN_LINK.fullmatch(gap):
                out[-1] = FoundRegion(last.start, item.end, last.codes, last.level, last.name, last.ambiguous)
                continue
        out.append(item)
    return out


def inside(small: FoundRegion, large: FoundRegion) -> bool:
    """True when every code of the one lies in a code of the other."""
    return small.codes != large.codes and all(any(holds(b, s) for b in large.codes) for s in small.codes)
