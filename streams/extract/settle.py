"""Which place a shared name means, by the other places of the document. What nothing speaks for is never guessed."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from schemas import regions
from schemas.regions import holds, level_of, related
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
NAMED, HOLDS, HOME, HINT, BESIDE, LINKED, NEAREST = 8, 5, 6, 1, 12, 40, 3
MOST_OPEN = 20
"""Names that stay open and yet speak for each other: "Yichun" and "Fengcheng" are only both in Jiangxi."""
FAR, NEAR_SPOTS = 2000, 40
"""How far back the nearest place above is looked for: characters, places."""
STRONG = 8
"""What has to speak for a meaning more than for the usual one."""
UNSURE = ("weak", "word")
ALL_FORMS = ("full", "zone", "former", "bare", "weak", "word")
BARE_FORMS = ("full", "zone", "former", "bare")
ROUNDS = (("full", "zone", "former"), BARE_FORMS, BARE_FORMS, ALL_FORMS, ALL_FORMS)
PATIENT = 2
"""Up to this round a name waits for its neighbours, which may say more than what it usually means."""


def settle(places: list[Place], folded: str, language: Language, home: str | None) -> list[Place]:
    """The places that are places, each with what it means; full names first, everyday words last."""
    for place in places:
        if place.senses and len({sense.codes for sense in place.senses}) == 1 and place.senses[0].form not in UNSURE:
            take(place, place.senses[0])
    for turn, forms in enumerate(ROUNDS):
        still_open = {index: place for index, place in enumerate(places) if is_open(place, forms)}
        if still_open:
            evidence = Evidence(places, home)
        for index in still_open:
            beside_it = [i for i in (index - 2, index - 1, index + 1, index + 2) if 0 <= i < len(places)]
            wait = turn < PATIENT and any(i in still_open for i in beside_it)
            around = [places[i] for i in beside_it if not places[i].hint]
            choose(places[index], around, folded, language, evidence, wait)
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


def choose(place: Place, around: list[Place], folded: str, language: Language, evidence: Evidence, wait: bool) -> None:
    """Settles a shared name when one candidate has more to speak for it than any other.

    `around`: the places beside it; one that is open itself counts with what it usually means.
    `wait`: what the name itself usually means is not enough yet.
    """
    scores: dict[Sense, int] = {}
    nearest = evidence.nearest([sense.codes[0] for sense in place.senses], place, folded)
    near_by = neighbours(place, around, folded)
    starts = not folded[place.start - 1 : place.start].isalpha()
    for sense in place.senses:
        near = max((says(other, sense, language) for other in near_by), default=0)
        score = max(evidence.speaks_for(code, place) for code in sense.codes)
        if (
            language == "zh"
            and sense.form in UNSURE
            and near < BESIDE
            and not allowed(place, sense, starts, score, evidence)
        ):
            continue  # an everyday word
        scores[sense] = score + near + NEAREST * (nearest in sense.codes)
    if not scores:
        return
    best = max(scores.values())
    winners = {sense.codes: sense for sense, score in scores.items() if score == best}
    if len(winners) > 1:
        winners = city_of(winners) or winners
    usual = usual_sense(place.senses)
    if usual and (len(winners) > 1 or best - scores.get(usual, 0) < (BESIDE if usual.level == "province" else STRONG)):
        if not wait or is_plain(place, usual):
            take(place, usual)
    elif best > 0 and len(winners) == 1:
        take(place, next(iter(winners.values())))


def is_plain(place: Place, usual: Sense) -> bool:
    """True where nothing beside it can make the name another: its rivals are districts in pinyin, or lie in it."""
    return all(s.form in UNSURE or holds(usual.codes[0], s.codes[0]) for s in place.senses if s is not usual)


def city_of(winners: dict[tuple[str, ...], Sense]) -> dict[tuple[str, ...], Sense]:
    """The city where a city and a county of one prefecture share the bare name (临夏市, 临夏县); else nothing."""
    if len({ancestors_of(codes[0])[:1] for codes in winners}) > 1:
        return {}
    cities = {codes: sense for codes, sense in winners.items() if regions.name_of(codes[0], "zh").endswith("市")}
    return cities if len(cities) == 1 else {}


def allowed(place: Place, sense: Sense, starts: bool, score: int, evidence: Evidence) -> bool:
    """True where a common word may be the place: its full name is in the text, it names a zone, it starts a phrase."""
    if sense.form == "word":
        return False
    named = any(code in evidence.named for code in sense.codes)
    return named or (score > 0 and place.made) or (starts and score >= ABOVE["prefecture"])


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
