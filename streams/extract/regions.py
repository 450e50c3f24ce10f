"""Places in a document: which divisions, zones and countries are named, and what a shared name means here.

text → candidates of the automaton → longest non-overlapping names → those that are places → zones → settled by context → chains
"""

import re
from dataclasses import replace

from streams.extract.found import FoundRegion
from streams.extract.gazetteer import Language, Name, gazetteer
from streams.extract.folding import fold_chinese, fold_english
from streams.extract.place_context import is_other_chinese, is_other_english
from streams.extract.settle import Place, settle

__all__ = ["find_regions"]


def find_regions(text: str, language: Language, home: str | None = None) -> list[FoundRegion]:
    """Every place named in a document, sorted and without overlap; offsets count in `text`.

    `home` is the region of the feed itself, or None; it helps to settle names that several places share.
    A chain from large to small (浙江省宁波市海曙区; "Haishu District, Ningbo, Zhejiang") is one place, the smallest.
    """
    folded = fold_chinese(text) if language == "zh" else fold_english(text)
    places: list[Place] = []
    for start, name in names_in(text, folded, language):
        if not places or start >= places[-1].end:
            place = make(text, folded, language, start, name)
            if place is not None:
                places.append(place)
    return settle(places, folded, language, home)


def names_in(text: str, folded: str, language: Language) -> list[tuple[int, Name]]:
    """Where names stand: from the left, the longest first, none inside another."""
    hits: dict[int, list[Name]] = {}
    for last, name in gazetteer(language).hits(folded):
        start = last + 1 - name.size
        if language == "zh" or is_word(text, start, last + 1, name):
            hits.setdefault(start, []).append(name)
    taken, end = [], 0
    for start in sorted(hits):
        if start >= end:
            name = max(hits[start], key=lambda name: name.size)
            taken.append((start, name))
            end = start + name.size
    return taken


def is_word(text: str, start: int, end: int, name: Name) -> bool:
    """True when an English name stands as a word of its own and, where it is a place, with a capital."""
    if start and text[start - 1].isalnum() or text[end : end + 1].isalnum():
        return False
    return name.kind == "generic" or text[start].isupper() or text[start : start + 4] == "the "


ZH_ZONE = re.compile(
    r"(?:国家级|省级|国家)?(?:[东西南北]部)?(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术产业园区?|高新技术开发区|高新产业园区?|高新区|经开区|综合保税区|综保区|保税港区|保税区|"
    r"出口加工区|边境经济合作区|经济合作区|经济区|工业园区?|工业集中区|工业集聚区|产业集聚区|产业园区?|产业转移工业园|科技园区?|科技城|高科技园区?|化工园区?|临港经济区|临空经济区|空港经济区|"
    r"自由贸易试验区|自贸试验区|自贸区|自贸片区|片区|自由贸易港|自贸港|示范区|试验区|先行区|合作区|开发区|旅游度假区|新区|新城|国际陆港|港区)"
)
EN_ZONE = re.compile(
    r"(?: (?:national|provincial|state-level|comprehensive|international|north|south|east|west|new|high-tech|hi-tech|high tech|high and new|"
    r"economic|economic and technological|economic and technology|economic & technological|technological|technology|industrial|industry|"
    r"science|sci-tech|development|development and|free|trade|pilot|free-trade|bonded|export|processing|logistics|"
    r"chemical|airport|port|coastal|demonstration|cooperation|cooperative|border|tourism|resort|advanced|manufacturing|"
    r"software|modern|agricultural|area|and|district|city)){0,7}? "
    r"(?:development zone|development area|economic zone|trade zone|trade port|bonded zone|bonded area|new area|new district|new city|hi-tech zone|"
    r"high-tech zone|high-tech park|hi-tech park|processing zone|industrial park|industry park|industrial zone|science park|tech park|"
    r"technology park|pilot zone|demonstration zone|cooperation zone|demonstration area|etdz|sez|zone|industrial development zone|eco-city)s?\b"
)


def make(text: str, folded: str, language: Language, start: int, name: Name) -> Place | None:
    """The name as a place, with the words of a zone that follow it; None when it is no place."""
    end = start + name.size
    if name.kind == "trap":
        return None
    if name.kind == "generic":
        return Place(start, end, text[start:end], (), generic=name.level)
    if language == "en" and folded.startswith("china's ", start):  # "in east China's Jiangsu": says where Jiangsu is
        return None
    bare = all(sense.form in ("bare", "weak") for sense in name.senses)
    zone = (ZH_ZONE if language == "zh" else EN_ZONE).match(folded, end)
    if zone and not all(sense.form == "zone" for sense in name.senses):
        senses = tuple(replace(sense, level="zone") for sense in name.senses if sense.level != "country")
        if senses and (language == "zh" or text[end + 1].isupper() or " zone" in zone[0]):
            if is_part(text, folded, language, start, zone.end(), False):
                return None
            return Place(start, zone.end(), text[start : zone.end()], senses)
    if is_part(text, folded, language, start, end, bare):
        return None
    return Place(start, end, text[start:end], name.senses)


def is_part(text: str, folded: str, language: Language, start: int, end: int, bare: bool) -> bool:
    """True when the name is part of the name of a company, a road, a person."""
    if language == "zh":
        return is_other_chinese(folded, start, end, bare)
    return is_other_english(text, folded, start, end, bare)
