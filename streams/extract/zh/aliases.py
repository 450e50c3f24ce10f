"""Names that the text itself gives to places: 横跨浑南和望花、顺城的示范区, 位于某县的某某园."""

import re

from streams.extract.found import FoundRegion
from streams.extract.zh.place import Place

NAMED = re.compile(
    r"(?:[两三四五\d]个?(?:县?市?区|市|县市?|旗))?(?:境内)?的(?P<name>[\u4e00-\u9fff]{0,10}?(?:高新|经开|开发|示范|合作|新|园)区|[\u4e00-\u9fffA-Za-z0-9·]{2,22}?(?=[,。、;是由管同与和将在,]|新增|当天|主战|$))"
)

Aliases = dict[str, tuple[str, ...]]
"""Name, or the end of one, → codes."""


def find_aliases(text: str, found: list[FoundRegion], roles: list[str]) -> Aliases:
    """The names that follow places told as where something lies."""
    aliases: Aliases = {}
    held: tuple[str, ...] = ()
    last = -9
    for one, role in zip(found, roles, strict=True):
        if role != "bound" or not one.codes:
            continue
        # 横跨浑南和望花、顺城的示范区: the name stands for all of them
        held = (*held, *one.codes) if one.start - last <= 3 else one.codes
        last = one.end
        if match := NAMED.match(text, one.end):
            aliases[match["name"]] = held
            for size in range(3, len(match["name"])):
                aliases.setdefault(match["name"][-size:], held)
    return aliases


def alias_places(text: str, aliases: Aliases, found: list[FoundRegion]) -> list[Place]:
    """Where the names stand, apart from places that are known themselves."""
    taken = [(one.start, one.end) for one in found if not one.generic]
    places: list[Place] = []
    for name, codes in sorted(aliases.items(), key=lambda alias: -len(alias[0])):
        at = text.find(name) if len(name) >= 3 else -1
        while at >= 0:
            end = at + len(name)
            if not any(at < stop and start < end for start, stop in taken):
                places.append(Place(at, end, codes, "zone", "place", False, False))
                taken.append((at, end))
            at = text.find(name, end)
    return sorted(places, key=lambda place: place.start)


def alias_at(text: str, aliases: Aliases, one: FoundRegion) -> tuple[str, ...]:
    """What a place stands for that is a part of such a name; none when it is not."""
    for name, codes in aliases.items():
        at = text.find(name, max(0, one.start - len(name)), one.end + len(name))
        if at >= 0 and at <= one.start < at + len(name) and one.level in ("zone", "prefecture", "any"):
            return codes
    return ()
