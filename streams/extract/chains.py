"""Chains of places, put together: 浙江省|宁波市|海曙区 and "Haishu District, Ningbo, Zhejiang" are one place, the smallest."""

import re

from schemas.regions import holds
from streams.extract.gazetteer import Language
from streams.extract.settle import Place

QUARTER = r"(?:(?:the )?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)(?:ern)? |[nsew]\. )?"
ENGLISH_LINK = re.compile(
    rf"(?: ?\(|,| of| in| under)?(?:,? (?:a|an|the) [a-z-]{{0,20}} ?(?:city|district|county|town|banner)(?: of| in| under)?,?)?"
    rf" ?(?:in |of )?(?:the city of )?{QUARTER}(?:china's )?(?:the )?{QUARTER}"
)
CHINESE_LINKS = ("", " ", "·", "-", "—")
LONGEST = 60
"""Characters between two places of an English chain."""


def join(places: list[Place], folded: str, language: Language) -> list[Place]:
    """The places with chains made one. Chinese goes from large to small, English from small to large."""
    out: list[Place] = []
    outer: Place | None = None  # the last member of the chain so far
    for place in places:
        last = out[-1] if out else None
        if last and outer and joins(last, outer, place, folded, language):
            if language == "zh":
                last.codes, last.level, last.ambiguous = place.codes, place.level, place.ambiguous
            last.end, last.text = (
                place.end,
                folded[last.start : place.end] if language == "en" else last.text + place.text,
            )
        else:
            out.append(place)
        outer = place
    return out


def joins(last: Place, outer: Place, place: Place, folded: str, language: Language) -> bool:
    """True when `place` goes on the chain that `outer` ends."""
    if not (last.codes and outer.codes and place.codes) or last.generic or place.generic:
        return False
    gap = folded[last.end : place.start]
    if language == "zh":
        return gap in CHINESE_LINKS and inside(place, last)
    return len(gap) <= LONGEST and inside(outer, place) and bool(ENGLISH_LINK.fullmatch(gap))


def inside(small: Place, large: Place) -> bool:
    """True when every code of the one lies in a code of the other, and they are not the same."""
    return small.codes != large.codes and all(any(holds(above, code) for above in large.codes) for code in small.codes)
