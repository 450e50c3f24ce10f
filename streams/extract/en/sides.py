"""Whose meeting or trip it is, where the words around it name the side: "X's meeting", "run by X"."""

import re

from streams.extract.en.context import Context
from streams.extract.en.place import Place
from streams.extract.en.sentences import Sentence

_BY = re.compile(
    r"\b(?:held|hosted|staged|organi[sz]ed|run|arranged|mounted|sponsored|launched|convened|put on|laid on|given|"
    r"conducted|jointly held|initiated|called) by (?:the )?(?:[a-z]+ ){0,3}(?:of )?$",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:for|on behalf of|promoting|to promote|to market|to sell) $", re.IGNORECASE)
_OFFICIALS = re.compile(
    r"\b(?:officials?|leaders?|cadres|mayors?|vice-mayors?|governors?|party (?:secretary|chief|boss)|secretary|"
    r"magistrate|"
    r"head|government|delegations?|missions?|scouts|teams?|representatives|trade mission|bureau|committee)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|of) (?:the )?(?:city|county|district|province)?(?: of )?$", re.IGNORECASE)
_GUESTS = re.compile(
    r"\b(?:businessmen|businesspeople|business people|entrepreneurs|merchants|investors|executives|managers|"
    r"industrialists|"
    r"traders|tycoons|company heads|ceos|manufacturers|makers|chambers? of commerce|enterprises|companies|firms)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?:to|of|in|at|around|round|through|into|near|on|visited|toured|inspected|scouted|surveyed|explored)(?: the)?"
    r"(?: (?:city|county|district|province) of)? $",
    re.IGNORECASE,
)


def side_of(ctx: Context, sentence: Sentence, start: int, end: int, trip: bool) -> tuple[str, ...]:
    """The division that promotes, or that a trip of business people goes to; empty when the words do not say."""
    text = ctx.text
    around = [p for p in ctx.places.between(sentence.start, sentence.end) if p.region.level != "country"]
    for place in around:
        if _BY.search(text[max(sentence.start, place.start - 60) : place.start]):
            return place.codes
    if trip:
        return _of_trip(ctx, sentence, around, start, end)
    for place in around:
        owns = re.match(r"['\u2019]s? ", text[place.region.end : place.region.end + 3])
        if any(0 < other.start - place.region.end < 5 for other in around):
            continue  # "Hunan's Yiyang": the second is meant
        if owns and place.start < end and start - place.region.end < 30:
            return place.codes
        if end <= place.start < end + 40 and _FOR.search(text[end : place.start]):
            return place.codes
    return ()


def _of_trip(ctx: Context, sentence: Sentence, around: list[Place], start: int, end: int) -> tuple[str, ...]:
    text = ctx.text
    before = text[sentence.start : max(start, sentence.start)] + text[start:end]
    for place in around:
        lead = text[max(sentence.start, place.start - 40) : place.start]
        people = text[sentence.start : place.start]
        if _FROM.search(lead) and _OFFICIALS.search(people[-45:]) and not _GUESTS.search(people):
            return place.codes
    if _GUESTS.search(before) and not _OFFICIALS.search(before):
        goals = [
            p
            for p in around
            if p.start > sentence.start + 5 and p.role != "origin" and _GOAL.search(text[p.start - 30 : p.start])
        ]
        owned = [
            p for p in around if p.start >= start and re.match(r"['\u2019]s ", text[p.region.end : p.region.end + 3])
        ]
        both = goals or owned
        return both[0].codes if both else ()
    return ()
