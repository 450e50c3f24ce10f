"""Places in a document: which divisions, zones and countries are named, and what a shared name means here.

text → names of the gazetteer, the longest first → those that are places → zones → settled by the context → chains
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from schemas.regions import level_of
from streams.extract.chains import join
from streams.extract.evidence import Place
from streams.extract.folding import fold_chinese, fold_english
from streams.extract.found import FoundRegion
from streams.extract.gazetteer import Language, Name, Sense, gazetteer
from streams.extract.neighbours import UNSURE
from streams.extract.place_context import Verdict, judge_chinese, judge_english
from streams.extract.place_words import chinese, english
from streams.extract.settle import settle


@dataclass(frozen=True)
class Places:
    """`regions`: the places of a document. `press`: places in the names of newspapers and broadcasters (沈阳日报,
    Hubei Daily); they are no regions of the text, but tell whose 我市 it is."""

    regions: list[FoundRegion]
    press: list[FoundRegion]


MOST = 3000
"""Places that are read of one document; no article names more, and hostile input must not cost minutes."""


def find_regions(text: str, language: Language, home: str | None = None) -> list[FoundRegion]:
    """Every place named in a document, sorted and without overlap; offsets count in `text`.

    `home` is the region of the feed itself, or None; it helps to settle names that several places share.
    A chain from large to small (浙江省宁波市海曙区; "Haishu District, Ningbo, Zhejiang") is one place, the smallest.
    """
    return find_places(text, language, home).regions


def find_places(text: str, language: Language, home: str | None = None) -> Places:
    """The places of a document and, apart from them, those that only name its press."""
    folded = fold_chinese(text) if language == "zh" else fold_english(text)
    places = list(islice(read(text, folded, language), MOST))
    known = settle(places, folded, language, home)
    regions = join([place for place in known if not place.hint], text, folded, language)
    return Places(
        [found(text, place) for place in regions],
        [found(text, place) for place in known if place.hint == "press"],
    )


def found(text: str, place: Place) -> FoundRegion:
    """The place as it is handed out."""
    return FoundRegion(
        place.start,
        place.end,
        place.codes,
        place.generic or place.level,
        text[place.start : place.end],
        ambiguous=place.ambiguous,
        generic=bool(place.generic),
    )


def read(text: str, folded: str, language: Language) -> Iterator[Place]:
    """From the left, the longest name at each spot, none inside another; hints among them."""
    hits: dict[int, Name] = {}
    for start, name in islice(gazetteer(language).hits(folded), MOST * 4):
        if (start not in hits or name.size > hits[start].size) and (language == "zh" or is_word(text, start, name)):
            hits[start] = name
    if language == "zh":
        hits |= abbreviations(folded)
    reached = 0
    for start in sorted(hits):
        name = hits[start]
        if start < reached:
            continue
        if name.kind == "generic":
            yield Place(start, start + name.size, name.text, (), generic=name.level)
        elif name.kind == "place":
            follows = hits.get(start + name.size)
            place = read_place(text, folded, language, start, name, follows)
            if place is None:
                continue
            yield place
            reached = place.end
            continue
        reached = start + name.size


def is_word(text: str, start: int, name: Name) -> bool:
    """True when an English name stands as a word of its own, with its capitals where it is a place."""
    end = start + name.size
    if (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum():
        return False
    if name.kind == "generic":
        return True
    return (
        text[start:end] == name.text if name.text.isupper() else text[start].isupper() or text.startswith("the ", start)
    )


SHORT = re.compile(
    r"(?<=[在来赴抵驻])(?:京|沪|津|渝|穗|蓉|甬|榕|深(?![入化度处层圳切刻远])|杭(?!州)|港(?![口区交股湾务珠澳]))(?=[签举召开集办投招考对拜推路揽])"
)
"""One-letter names of cities, read only as in 来穗揽商, 在深签约."""


def abbreviations(folded: str) -> dict[int, Name]:
    """Cities named by one letter, by where they stand."""
    names = gazetteer("zh").letters
    return {match.start(): names[match[0]] for match in SHORT.finditer(folded)}


def read_place(
    text: str, folded: str, language: Language, start: int, name: Name, follows: Name | None
) -> Place | None:
    """The name as a place, with the words of a zone that follow it; None when it runs across words.

    `follows`: the name that begins where this one ends; 天津|滨海新区 is no zone named after Tianjin.
    """
    end, senses = start + name.size, name.senses
    if folded.startswith(("china's ", "china (", "中国("), start):  # says where Jiangsu is: "in east China's Jiangsu"
        return None
    words = chinese() if language == "zh" else english()
    zone = words.zone.match(folded, end)
    if (
        zone
        and not (follows and follows.kind == "place")
        and all(sense.level != "country" for sense in senses)
        and is_zone(text, end, zone[0])
    ):
        end = zone.end()
        made = all(sense.form != "zone" for sense in senses)
        place = Place(start, end, text[start:end], senses, level="zone", made=made)
    else:
        bare_name = not words.kind.search(name.text[-1:])
        if bare_name and any(is_abroad(sense) for sense in senses) and (kind := words.kind.match(folded, end)):
            end = kind.end()
        place = Place(start, end, text[start:end], senses)
    verdict = judge(text, folded, language, place)
    if verdict == "crossing":
        return None
    if verdict == "weak":
        place.senses = tuple(replace(sense, form="weak") for sense in place.senses)
    elif verdict != "place":
        place.hint = verdict
    return place


def is_abroad(sense: Sense) -> bool:
    """True for a first-level division of another country, whose kind (Province, 州) the names leave out."""
    return sense.level == "province" and not sense.codes[0].startswith("CN-")


def is_zone(text: str, end: int, words: str) -> bool:
    """True for Chinese, "Kunshan Development Zone", "Kunshan development zone"; not for "Kunshan new city streets"."""
    return (
        not words.startswith((" ", ")"))
        or text[end : end + 3].strip(" )")[:1].isupper()
        or words.endswith(("zone", "park", "area"))
    )


def judge(text: str, folded: str, language: Language, place: Place) -> Verdict:
    """Whether the name is a place or part of the name of something else."""
    bare = place.level != "zone" and all(sense.form in ("bare", *UNSURE) for sense in place.senses)
    if language == "en":
        return judge_english(text, folded, place.start, place.end, bare)
    short = bare and all(level_of(code) == "county" for sense in place.senses for code in sense.codes)
    return judge_chinese(folded, place.start, place.end, bare, short)
