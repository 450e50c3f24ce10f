"""What "the city", "our district", "the new area" stands for, and the paragraphs that such a word opens."""

import re

from schemas.regions import ancestors_of, holds
from streams.extract.en.place import Places
from streams.extract.en.sentences import Sentence
from streams.extract.found import FoundRegion


def resolve_generic(region: FoundRegion, context: tuple[str, ...], places: Places) -> tuple[str, ...]:
    """What "the city", "our district", "the new area" stands for where `context` is being spoken of; () if unknown."""
    word = region.name.lower()
    if region.level == "zone":
        return _zone_near(places, region.start) or _zone_named(places, region.start, context) or context
    if not context:
        return ()
    code = context[0]
    chain = (code, *ancestors_of(code))
    wanted = region.level
    if not code.startswith("CN"):
        return (chain[-1],) if wanted == "country" else context
    for candidate in chain:
        digits = candidate[3:]
        level = (
            "country"
            if not digits
            else "province"
            if digits.endswith("0000")
            else "prefecture"
            if digits.endswith("00")
            else "county"
        )
        if "city" in word or "municipal" in word:
            if (
                level == "prefecture"
                or _is_county_city(digits)
                or (candidate[3:5] in ("11", "12", "31", "50") and level == "province")
            ):
                return (candidate,)
        elif level == wanted or (wanted == "any"):
            return (candidate,)
    nearest = [
        p
        for p in places.named
        if p.region.level == wanted and p.start < region.start and p.role in ("subject", "inside", "parent")
    ]
    return nearest[-1].codes if nearest else context


def _is_county_city(digits: str) -> bool:
    """County-level cities: 81 to 99 in GB/T 2260, and 01 to 20 where the prefecture is no city (21 or more)."""
    return digits[4:] >= "81" or (digits[2:4] >= "21" and digits[2:4] < "90" and digits[4:] <= "20")


def _zone_named(places: Places, at: int, context: tuple[str, ...]) -> tuple[str, ...]:
    """The zone named last before, where it lies in the place that is spoken of."""
    zones = [p for p in places.named if p.region.level == "zone" and p.start < at and p.codes[0].startswith("CN")]
    near = zones[-1].codes if zones else ()
    return near if near and context and all(any(holds(c, code) for c in context) for code in near) else ()


def _zone_near(places: Places, at: int) -> tuple[str, ...]:
    """The divisions over which the article says its zone lies."""
    return (
        places.zones[0][1]
        if len(places.zones) == 1
        else next((codes for start, codes in reversed(places.zones) if start <= at), ())
    )


_OPENING = re.compile(r"^[\s\"“]*(?:(?:For|In|At) )?(?:the )?$", re.IGNORECASE)


def set_topics(places: Places, sentences: list[Sentence]) -> None:
    """A paragraph that opens with a place inside the article's own ("Jilin City, the second town, ...") is about it."""
    for sentence in sentences:
        if sentence.paragraph < 0 or not sentence.first or sentence.marker:
            continue
        base = places.home_at(sentence.paragraph)
        for place in places.between(sentence.start, sentence.start + 12):
            inner = base and place.codes != base and all(any(holds(b, code) for b in base) for code in place.codes)
            if inner and place.role == "subject" and _OPENING.match(sentence.text[: place.start - sentence.start]):
                places.topics[sentence.paragraph] = place.codes
        for generic in places.generic:
            if (
                sentence.start <= generic.start <= sentence.start + 8
                and generic.level in ("prefecture", "county")
                and base
            ):
                codes = resolve_generic(generic, base, places)
                if codes and codes != base and all(any(holds(b, code) for b in base) for code in codes):
                    places.topics.setdefault(sentence.paragraph, codes)
