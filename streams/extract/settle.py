"""Which place a shared name means, by the other places of the document. What nothing speaks for is never guessed."""

from schemas.regions import ancestors_of, holds, level_of, name_of
from streams.extract.evidence import HOME, Evidence, Place
from streams.extract.gazetteer import Language, Sense
from streams.extract.neighbours import BESIDE, UNSURE, neighbours, says, usual_sense

NEAREST = 3
"""What the holder named last before the place says."""
STRONG = 8
"""What has to speak for a meaning more than for the usual one."""
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
    cities = {codes: sense for codes, sense in winners.items() if name_of(codes[0], "zh").endswith("市")}
    return cities if len(cities) == 1 else {}


def allowed(place: Place, sense: Sense, starts: bool, score: int, evidence: Evidence) -> bool:
    """True where a common word may be the place: its full name is in the text, it names a zone, it starts a phrase."""
    if sense.form == "word":
        return False
    named = any(code in evidence.named for code in sense.codes)
    return named or (score > 0 and place.made) or (starts and score >= HOME)


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
