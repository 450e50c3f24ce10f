"""Whose event is it: the article's own place, the places a sentence is about, and what "the city" stands for there.

Where a thing was signed is not where the money goes. So every place named gets a role: subject (a place that does or
gets something), inside (in, at, to a place), origin (money or guests from there), name (part of another name).
"""

import itertools
import re

from schemas.regions import holds
from streams.extract.en.clean import Clean
from streams.extract.en.generics import set_topics
from streams.extract.en.home import find_home
from streams.extract.en.place import Place, Places
from streams.extract.en.roles import is_noise, role_of
from streams.extract.en.sentences import Sentence, find_heading
from streams.extract.en.zone_names import find_zone_names
from streams.extract.found import FoundRegion
from streams.extract.regions import find_regions

_SPAN_VERB = re.compile(
    r"\b(?:spans?|covers?|covering|takes? in|straddl\w+|stretch\w*|lies? in|lies? across|sits? (?:in|"
    r"across)|located in|spread\w*(?: over| across)?|consists? of|made up of|comprises?|comprising|run "
    r"(?:as one administration )?with|as one administration with|"
    r"extends?|includes? parts of|belongs? to|is part of|reaches into|under the administration of|"
    r"administered by|shared? by|across)\b",
    re.IGNORECASE,
)
_ZONE_NOUN = re.compile(
    r"\b(?:zone|new area|special area|new district|park|port|pilot|demonstration|area|city cluster|corridor|belt)s?\b",
    re.IGNORECASE,
)
VENUE_WORDS = re.compile(
    r"\b(?:held|took place|takes place|hosted|staged|convened|opened|kicked off|ceremony|venue|signed "
    r"in|gathered|meeting|conference|forum|expo|fair|roadshow|session|trip|visit\w*|travel\w*|tour\w*|"
    r"delegation)\b",
    re.IGNORECASE,
)


def find_places(cleaned: Clean, document: str, sentences: list[Sentence], feed_region: str | None) -> Places:
    """All places of the article with their roles, and its home."""
    found = _settled(find_regions(cleaned.text, "en", feed_region), cleaned, document, feed_region)
    found = find_zone_names(cleaned.text, found)
    named = [
        Place(region, role_of(cleaned.text, region, sentences), region.codes)
        for region in found
        if not region.generic and region.codes and not is_noise(cleaned.text, region)
    ]
    _mark_parents(named, sentences)
    _mark_joined(cleaned.text, named)
    zones = _zones(cleaned.text, named, sentences)
    dateline = _dateline_codes(cleaned, document, feed_region)
    home, certain = find_home(named, sentences, cleaned, dateline, feed_region)
    home = _in_headline(cleaned, document, dateline, home) or home
    home = next((codes for _, codes in zones if len(codes) > 1 and set(home) < set(codes)), home)
    places = Places(named, [r for r in found if r.generic], home, certain, {}, zones)
    places.dateline = dateline
    places.unsettled = [region for region in found if region.ambiguous]
    _set_sections(places, sentences)
    set_topics(places, sentences)
    return places


def _settled(found: list[FoundRegion], cleaned: Clean, document: str, feed_region: str | None) -> list[FoundRegion]:
    """Names that the article leaves open, settled by its menu line, its dateline or the place in a company's name."""
    if not any(region.ambiguous and not region.codes for region in found):
        return found
    hints = [
        code for region in find_regions(document, "en", feed_region) if not region.generic for code in region.codes
    ]
    words = re.findall(r"(?<![\w’'-])[A-Z][a-z]{3,}(?= [A-Z])", cleaned.text)[:40]
    hints += [code for word in dict.fromkeys(words) for region in find_regions(word, "en") for code in region.codes]
    for hint in dict.fromkeys(hints):
        if "-" not in hint:
            continue
        above = hint[:5] + "0000" if hint.startswith("CN") else hint
        for home in (hint, above):
            again = find_regions(cleaned.text, "en", home)
            if sum(bool(r.codes) for r in again) > sum(bool(r.codes) for r in found):
                return again
    return found


def _mark_parents(named: list[Place], sentences: list[Sentence]) -> None:
    """A province that only says where the city lies ("X, a city in Y province") has the role parent."""
    for one, other in itertools.pairwise(named):
        if other.start - one.region.end > 90 or one.codes == other.codes:
            continue
        crossing = any(one.region.end <= s.start <= other.start for s in sentences)
        if (
            not crossing
            and all(holds(other.codes[0], code) for code in one.codes)
            and other.role in ("inside", "origin", "subject", "name")
        ):
            if other.role != "subject" or other.start - one.region.end < 25:
                other.role = "parent"
        elif (
            not crossing
            and len(other.codes) == 1
            and holds(one.codes[0], other.codes[0])
            and other.start - one.region.end < 4
        ):
            one.role = "parent"


_AND = re.compile(r",? (?:and|or|as well as)(?: then)?(?: the (?:city|county) of| the)? ")


def _mark_joined(text: str, named: list[Place]) -> None:
    """ "To Nantong and Yangzhou": both are gone to, though the word stands before the first alone."""
    for one, other in itertools.pairwise(named):
        gap = text[one.region.end : other.start]
        if other.role == "subject" and one.role in ("inside", "origin") and _AND.fullmatch(gap):
            other.role = one.role


def _zones(text: str, named: list[Place], sentences: list[Sentence]) -> list[tuple[int, tuple[str, ...]]]:
    """Where a sentence says over which divisions a zone lies: its offset and those divisions."""
    zones = []
    for sentence in sentences:
        for verb in _SPAN_VERB.finditer(sentence.text):
            at = sentence.start + verb.end()
            if not _ZONE_NOUN.search(sentence.text[: verb.start()]):
                continue
            run: list[str] = []
            last = at
            for place in named:
                if place.start < at or place.start > sentence.end or place.start - last > (45 if not run else 28):
                    if place.start >= at:
                        break
                    continue
                if run and re.search(r"\bof\s*(?:the\s)?$", text[last : place.start]):
                    break
                if place.region.level in ("county", "prefecture", "zone"):
                    run += [code for code in place.codes if code not in run]
                elif run:
                    break
                last = place.region.end
            if run:
                held = [code for code in run if not any(code != other and holds(code, other) for other in run)]
                zones.append((sentence.start, tuple(held)))
                break
    return zones


def _in_headline(cleaned: Clean, document: str, dateline: tuple[str, ...], home: tuple[str, ...]) -> tuple[str, ...]:
    """The division of a dateline whose town the headline names, where the article's place is the country around it."""
    if cleaned.dateline is None or len(home) != 1 or len(home[0]) > 2 or not dateline or home[0] == dateline[0]:
        return ()
    town = re.match(r"[\w’'-]+", document[slice(*cleaned.dateline)].strip())
    named = town and re.search(rf"\b{re.escape(town[0])}\b", cleaned.text[: cleaned.body], re.IGNORECASE)
    return dateline[:1] if named and holds(home[0], dateline[0]) else ()


def _dateline_codes(cleaned: Clean, document: str, feed_region: str | None) -> tuple[str, ...]:
    if cleaned.dateline is None:
        return ()
    start, end = cleaned.dateline
    return tuple(
        code for region in find_regions(document[start:end].title(), "en", feed_region) for code in region.codes
    )


def _set_sections(places: Places, sentences: list[Sentence]) -> None:
    """Numbered items and headings that begin with a place are about it; so are the paragraphs up to the next."""
    heads: dict[int, tuple[str, ...]] = {}
    breaks: set[int] = set()
    for sentence in sentences:
        if sentence.paragraph < 0 or not sentence.first:
            continue
        heading = find_heading(sentence.text)
        colon = re.match(r"^\W*(?:[A-Z][\w’'-]+ ?){1,3}: ", sentence.text)
        named = re.match(r"^(?:[A-Z][\w’'-]+ ?){1,3}[.:]$", sentence.text.strip())
        short = bool(named) or (
            len(sentence.text) < 60
            and (not re.search(r"[.!?:]$", sentence.text.strip()) or sentence.text.upper() == sentence.text)
        )
        if not (heading or short or colon or (sentence.marker and sentence.marker != "*")):
            continue
        head = heading or colon
        limit = sentence.start + (head.end() if head else len(sentence.text) if short else 0)
        codes = [p.codes for p in places.between(sentence.start, limit)]
        if codes:
            heads[sentence.paragraph] = (
                codes[-1] if len(codes) == 1 else tuple(dict.fromkeys(c for group in codes for c in group))
            )
        elif heading or short or sentence.marker:
            breaks.add(sentence.paragraph)
    if len(heads) < 2:
        return
    current: tuple[str, ...] | None = None
    for paragraph in range(max((s.paragraph for s in sentences), default=-1) + 1):
        if paragraph in heads:
            current = heads[paragraph]
        elif paragraph in breaks:
            current = None
        if current:
            places.sections[paragraph] = current
