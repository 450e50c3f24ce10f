"""Chains of places, put together: 浙江省|宁波市|海曙区 and "Haishu District, Ningbo" are one place, the smallest."""

from schemas.regions import holds, related
from streams.extract.evidence import Place
from streams.extract.gazetteer import Language
from streams.extract.place_words import CHINESE_LINKS, ENGLISH_LINK, LONGEST_LINK


def join(places: list[Place], text: str, folded: str, language: Language) -> list[Place]:
    """The places with chains made one. Chinese goes from large to small, English from small to large."""
    out: list[Place] = []
    outer: Place | None = None  # the last member of the chain so far
    for place in places:
        last = out[-1] if out else None
        if last and outer and is_chain(last, outer, place, text, folded, language):
            if language == "zh" and not namesakes(last, place):
                last.codes, last.level, last.ambiguous = place.codes, place.level, place.ambiguous
            elif language == "en" and lodges(place, last):
                last.codes = place.codes
            last.end = place.end
        else:
            out.append(place)
        outer = place
    return out


def is_chain(last: Place, outer: Place, place: Place, text: str, folded: str, language: Language) -> bool:
    """True when `place` goes on the chain that begins with `last` and so far ends with `outer`."""
    if not (last.codes and outer.codes and place.codes) or last.generic or place.generic:
        return False
    gap = folded[last.end : place.start]
    if "\n" in text[last.end : place.start]:
        return False
    if language == "zh":
        return gap in CHINESE_LINKS and (inside(place, last) or (not gap and namesakes(last, place)))
    if gap == " " and namesakes(last, place):
        return True
    if len(gap) > LONGEST_LINK or not ENGLISH_LINK.fullmatch(gap):
        return False
    return inside(outer, place) or (gap in (" in ", " of ") and (lodges(place, last) or same_spot(last, place)))


def inside(small: Place, large: Place) -> bool:
    """True when every code of the one lies in a code of the other, and they are not the same."""
    return small.codes != large.codes and all(any(holds(above, code) for above in large.codes) for code in small.codes)


def lodges(host: Place, zone: Place) -> bool:
    """True when a zone is only named after a place and lies in another: "the Jiangsu Industrial Park in Ordos"."""
    return zone.made and host.level in ("prefecture", "county") and not akin(host, zone)


def namesakes(host: Place, zone: Place) -> bool:
    """True for a zone of another city with the name of a known one: 宁波滨海新区 is not Tianjin's."""
    new_area = zone.level == "zone" or zone.text.endswith(("新区", "New Area"))
    return new_area and host.level in ("prefecture", "county") and not akin(host, zone)


def akin(one: Place, other: Place) -> bool:
    """True when a code of the one holds or lies in a code of the other."""
    return any(related(a, b) for a in one.codes for b in other.codes)


def same_spot(zone: Place, place: Place) -> bool:
    """True for a zone and the division that is its only holder: "Ain Sokhna in Suez"."""
    return zone.level == "zone" and zone.codes == place.codes
