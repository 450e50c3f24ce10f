"""What 我市, 全区, 该县, 当地 and 园区 mean where they stand."""

from collections.abc import Sequence

from schemas.regions import parent_of
from streams.extract.found import FoundRegion
from streams.extract.zh.place import Place

AUTONOMOUS = ("15", "45", "54", "64", "65")


def meant_by(
    one: FoundRegion, text: str, before: Sequence[Place], home: str | None, cities: set[str]
) -> tuple[str, ...]:
    """The codes of a generic word. `before`: the places before it; `home`: of its heading or article; `cities`: what
    the text calls 市, also below a prefecture."""
    near = (home,) if home else ()
    local = [place for place in before if place.role == "place" and not place.generic]
    if one.level == "any":
        return local[-1].codes if local else near
    if one.level == "zone":
        zones = [place for place in local if place.level == "zone"] or local
        return zones[-1].codes if zones else near
    words = text[one.start : one.end]
    if words[0] in "该这此" and (named := [place for place in local if _is_called(place, text, words[-1])]):
        return named[-1].codes  # 该市: the one just named
    if one.level == "prefecture" and words[-1] == "市" and home in cities:
        return near
    code = at_level(home, one.level, words)
    return (code,) if code else ()


def _is_called(place: Place, text: str, kind: str) -> bool:
    """True for a place that 该区, 该市 or 该县 may mean: its name ends so, or its level is so called."""
    levels = {
        "省": "province",
        "市": "prefecture",
        "州": "prefecture",
        "盟": "prefecture",
        "县": "county",
        "区": "zone",
    }
    return text[place.end - 1] == kind or place.level == levels.get(kind)


def at_level(home: str | None, level: str, words: str) -> str | None:
    """The division of a level that `home` is or lies in, for a word like 全区; None without a home."""
    if home is None:
        return None
    if not home.startswith("CN-"):
        return home
    digits = home[3:]
    if level == "province" or (
        level == "county" and "区" in words and digits[:2] in AUTONOMOUS and digits.endswith("00")
    ):
        return f"CN-{digits[:2]}0000"
    if level == "prefecture" and not digits.endswith("00") and digits[4:] < "81":
        return parent_of(home)
    return home
