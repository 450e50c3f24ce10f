"""Whose fair it is: its organiser's, where it is held, a city in its name, or by the table of great fairs."""

import re

from streams.extract.zh.fairs import find_fair_host
from streams.extract.zh.layout import Piece
from streams.extract.zh.page import Page
from streams.extract.zh.places import Home

ORGANISED = re.compile(r"[^,。;]{2,40}(?:主办(?!地|权|场)|共同举办|联合举办)")
OFFICE = re.compile(r"(?:人民)?政府|管委会|[市省区县]委")


def host_of(page: Page, clause: Piece, match: re.Match[str]) -> Home | None:
    """A fair is its host's: where it is held, or a city in its name, else the article's own place."""
    if organiser := _organiser(page):
        return organiser
    held = [one for one in page.atlas.between(clause.start, clause.end) if one.role == "venue"]
    inside = [one for one in page.atlas.between(match.start(), match.end()) if one.level not in ("country", "province")]
    for place in [*held, *inside]:
        return Home(place.codes, place, 0)
    if code := find_fair_host(match[0]):
        return Home((code,), None, 1)
    return Home((page.atlas.home,), None, 2) if page.atlas.home else None


def _organiser(page: Page) -> Home | None:
    """由商务部和北京市政府共同主办: the place whose government holds the fair, where the text tells it."""
    for told in ORGANISED.finditer(page.text):
        places = page.atlas.between(told.start(), told.end())
        governing = [one for one in places if OFFICE.match(page.text, one.end)]
        if governing and governing[0].codes != ("CN",):
            return Home(governing[0].codes, governing[0], 1)
    return None
