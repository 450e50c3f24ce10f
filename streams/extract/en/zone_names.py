"""Zones that no gazetteer knows: where the article says that one lies, all its names stand for that place."""

import itertools
import re
from dataclasses import replace
from functools import cache

from schemas.regions import holds
from streams.extract.found import FoundRegion
from streams.extract.place_words import load

_NOUN = r"(?:[Zz]one|New Area|new area|Park|Corridor|corridor|Estate|Area)"
_CAPITAL = r"[A-Z][\w’'&-]*"
_LIES = re.compile(
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,6}}?)(?P<noun>(?: (?:[a-z-]+ ){{0,4}}?{_NOUN})?(?: Authority)?)\b"
    r"(?: \((?P<short>[A-Z][A-Za-z]{1,9})\))?"
    r",? (?:(?:which|that) )?(?P<link>(?:(?:is|are|lies?|sits?|stands?|belongs?|belonging|located|situated|run|"
    r"governed|administered|managed|part|half|inside|on|set up|based|standing|lying|an? [a-z -]{3,30})\b[\w ]{0,40}? )?"
    r"(?:in|of|at|to|within|inside|under|by|on the (?:soil|land|territory|ground) of)) (?:the (?:city|county) of |"
    r"the (?:city|county|district|prefecture)['’]s )?$"
)
"""What may stand before the name of the place that holds a zone."""
_RULED = re.compile(r"\bby$")
_FIRST = ("The", "In", "At", "On", "A", "An", "Since", "From", "Its", "And", "But", "Our", "For", "With", "By", "This")


def find_zone_names(text: str, regions: list[FoundRegion]) -> list[FoundRegion]:
    """`regions` and the other mentions of zones that the text places in one of them; sorted, without overlap."""
    lies: dict[str, tuple[tuple[str, ...], bool]] = {}
    for index, region in enumerate(regions):
        if region.generic or not region.codes or region.level == "country":
            continue
        for name, ruled in _names_before(text, region):
            codes = _joined(text, regions[index:])
            known, only_ruled = lies.get(name, ((), True))
            if not known or (not ruled and (only_ruled or _is_smaller(codes, known))):
                lies[name] = codes, ruled
    if not lies:
        return regions
    taken = [(r.start, r.end) for r in regions]
    names = "|".join(map(re.escape, sorted(lies, key=len, reverse=True)))
    more = [
        FoundRegion(m.start(), m.end(), lies[m[0]][0], "zone", m[0])
        for m in re.finditer(rf"(?<![\w’'-])(?:{names})(?![\w-])", text)
        if not any(low < m.end() and m.start() < high for low, high in taken)
    ]
    placed = [_placed(region, lies) for region in regions]
    return sorted([*placed, *more], key=lambda region: region.start)


def _placed(region: FoundRegion, lies: dict[str, tuple[tuple[str, ...], bool]]) -> FoundRegion:
    """A zone that is only named after a city, where the text says in which districts it lies."""
    codes, ruled = lies.get(region.name, ((), True))
    return (
        region
        if ruled or region.level != "zone" or not _is_smaller(codes, region.codes)
        else replace(region, codes=codes)
    )


_AND = re.compile(r",? and |, (?:and )?")


def _joined(text: str, regions: list[FoundRegion]) -> tuple[str, ...]:
    """The codes of the first place and of those of its level that are enumerated with it: "in Jimsar and Qitai"."""
    codes = list(regions[0].codes)
    for one, other in itertools.pairwise(regions[:8]):
        if other.level != regions[0].level or not other.codes or not _AND.fullmatch(text[one.end : other.start]):
            break
        codes += [code for code in other.codes if code not in codes]
    return tuple(codes)


def _names_before(text: str, region: FoundRegion) -> list[tuple[str, bool]]:
    """The names of the zone that is said to lie in a place, and whether the place is only said to run it."""
    low = max(0, region.start - 150)
    line = max(text.rfind("\n", low, region.start), text.rfind(". ", low, region.start), low - 1) + 1
    best = None
    for match in _LIES.finditer(text[line : region.start]):
        best = match
    if best is None:
        return []
    words = best["name"].split()
    while words and (words[0] in _FIRST or words[0].endswith(("'s", "’s"))):
        words = words[1:]
    noun = best["noun"].split()
    words += [word for word in noun if word.istitle() and word != "Authority"]
    if not words:
        return []
    whole = " ".join(words)
    zone = bool(re.search(_NOUN, " ".join([*words[-2:], *noun]))) or (
        " " in best["link"] and re.search(rf"{re.escape(whole)}(?: [A-Z][\w&-]*){{0,6}} {_NOUN}\b", text) is not None
    )
    if not zone:
        return []
    names = [whole, " ".join(_own_words(words))]
    if best["short"]:
        names.append(best["short"])
    return [(name, bool(_RULED.search(best["link"]))) for name in dict.fromkeys(names) if len(name) > 3]


@cache
def _common() -> frozenset[str]:
    """Words that any zone may have in its name."""
    lists = load("en")
    return frozenset(word for phrase in (*lists["zone_words"], *lists["zones"]) for word in phrase.split())


def _own_words(words: list[str]) -> list[str]:
    """Shenshan of the Shenshan Special Cooperation Zone."""
    own = list(words)
    while own and own[-1].lower() in _common():
        own.pop()
    return [] if any(word.lower() in _common() for word in own[:1]) else own


def _is_smaller(codes: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return codes != known and all(any(holds(k, code) for k in known) for code in codes)
