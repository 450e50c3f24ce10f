"""Whose event is it: the article's own place, the places a sentence is about, and what "the city" stands for there.

Where a thing was signed is not where the money goes. So every place named gets a role: subject (a place that does or
gets something), inside (in, at, to a place), origin (money or guests from there), name (part of another name).
"""

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field

from schemas.regions import ancestors_of, holds, related
from streams.extract.en.clean import Clean
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


@dataclass
class Place:
    """A named place and its role in its sentence."""

    region: FoundRegion
    role: str
    codes: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its name begins."""
        return self.region.start


@dataclass
class Places:
    """The places of one article. `home`: its own place; `section`: paragraph -> the place an item is about."""

    named: list[Place]
    generic: list[FoundRegion]
    home: tuple[str, ...]
    certain: bool
    sections: dict[int, tuple[str, ...]] = field(default_factory=dict)
    zones: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    topics: dict[int, tuple[str, ...]] = field(default_factory=dict)
    dateline: tuple[str, ...] = ()

    def home_at(self, paragraph: int) -> tuple[str, ...]:
        """The place of the item that holds the paragraph, else of the article."""
        return self.topics.get(paragraph) or self.sections.get(paragraph, self.home)

    def topic(self, paragraph: int) -> tuple[str, ...]:
        """The place that the paragraph opens with, when it opens with one of those within the article's own."""
        return self.topics.get(paragraph, ())

    def between(self, start: int, end: int) -> list[Place]:
        """The places named in a span."""
        return [place for place in self.named if start <= place.start < end]


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
    home, certain = _home(named, sentences, cleaned, dateline, feed_region)
    home = next((codes for _, codes in zones if len(codes) > 1 and set(home) < set(codes)), home)
    places = Places(named, [r for r in found if r.generic], home, certain, {}, zones)
    places.dateline = dateline
    _set_sections(places, sentences)
    _set_topics(places, sentences)
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


def _dateline_codes(cleaned: Clean, document: str, feed_region: str | None) -> tuple[str, ...]:
    if cleaned.dateline is None:
        return ()
    start, end = cleaned.dateline
    return tuple(
        code for region in find_regions(document[start:end].title(), "en", feed_region) for code in region.codes
    )


_WEIGHTS = {"subject": 1.0, "inside": 0.6, "origin": 0.15, "name": 0.1, "parent": 0.1}
_AWAY = re.compile(
    r"\b(?:(?:roadshow|conference|forum|fair|meeting|session|show|event|shopping|partners|investors|"
    r"deals?|projects?|tour|trip|presents itself|courting|signed|inked|pitch\w*|promot\w+|business)(?: "
    r"\w+){0,2} (?:in|to|at)|goes (?:\w+ )?to|went (?:\w+ )?to|out to|visit\w*|travel\w* to|heads? to|"
    r"trip to|tour of|takes [\w ]{2,30} to|to firms in)\s*$",
    re.IGNORECASE,
)


def _home(
    named: list[Place], sentences: list[Sentence], cleaned: Clean, dateline: tuple[str, ...], feed_region: str | None
) -> tuple[tuple[str, ...], bool]:
    scores: dict[tuple[str, ...], float] = defaultdict(float)
    lead = _lead_end(sentences)
    for place in named:
        weight = _WEIGHTS[place.role]
        if place.region.level == "country":
            weight *= 0.25
        if place.start < cleaned.body - 1:
            weight *= 5 if place.role == "subject" else 4
        elif place.start < lead:
            weight *= 2.5
        if place.start - cleaned.body < 3 and cleaned.text[place.region.end : place.region.end + 1] == ":":
            weight *= 0.2  # a dateline
        if place.role == "inside" and _AWAY.search(cleaned.text[max(0, place.start - 50) : place.start]):
            weight *= 0.3
        scores[place.codes] += weight
    for codes in list(scores):
        if feed_region and all(holds(feed_region, code) for code in codes):
            scores[codes] += 2.0
    if feed_region and feed_region not in {code for codes in scores for code in codes}:
        scores[(feed_region,)] += 1.5
    if dateline and not scores:
        scores[dateline[:1]] += 1.0
    if not scores:
        return (), False
    best = max(scores, key=lambda codes: scores[codes])
    for codes, score in sorted(scores.items(), key=lambda item: -item[1]):
        inner = codes != best and all(any(holds(b, code) for b in best) for code in codes)
        if inner and score >= 0.75 * scores[best]:
            best = codes
            break
    second = max((s for codes, s in scores.items() if codes != best and not _kin(codes, best)), default=0.0)
    return best, scores[best] >= 1.5 * second


def _kin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(related(a, b) for a in one for b in other)


def _lead_end(sentences: list[Sentence]) -> int:
    body = [s for s in sentences if s.paragraph >= 0]
    return next(
        (s.end for i, s in enumerate(body) if s.end - body[0].start > 350 or i == 3), body[-1].end if body else 0
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


def resolve_generic(region: FoundRegion, context: tuple[str, ...], places: Places) -> tuple[str, ...]:
    """What "the city", "our district", "the new area" stands for where `context` is being spoken of; () if unknown."""
    word = region.name.lower()
    if region.level == "zone":
        return _zone_near(places, region.start) or context
    if not context:
        return ()
    code = context[0]
    chain = (code, *ancestors_of(code))
    wanted = region.level
    if not code.startswith("CN"):
        return (chain[-1],) if wanted == "country" else context
    for candidate in chain:
        digits = candidate[3:]
        level = (
            "country"
            if not digits
            else "province"
            if digits.endswith("0000")
            else "prefecture"
            if digits.endswith("00")
            else "county"
        )
        if "city" in word or "municipal" in word:
            if (
                level == "prefecture"
                or _is_county_city(digits)
                or (candidate[3:5] in ("11", "12", "31", "50") and level == "province")
            ):
                return (candidate,)
        elif level == wanted or (wanted == "any"):
            return (candidate,)
    nearest = [
        p
        for p in places.named
        if p.region.level == wanted and p.start < region.start and p.role in ("subject", "inside", "parent")
    ]
    return nearest[-1].codes if nearest else context


def _is_county_city(digits: str) -> bool:
    """County-level cities: 81 to 99 in GB/T 2260, and 01 to 20 where the prefecture is no city (21 or more)."""
    return digits[4:] >= "81" or (digits[2:4] >= "21" and digits[2:4] < "90" and digits[4:] <= "20")


def _zone_near(places: Places, at: int) -> tuple[str, ...]:
    """The divisions over which the article says its zone lies."""
    return (
        places.zones[0][1]
        if len(places.zones) == 1
        else next((codes for start, codes in reversed(places.zones) if start <= at), ())
    )


_OPENING = re.compile(r"^[\s\"“]*(?:(?:For|In|At) )?(?:the )?$", re.IGNORECASE)


def _set_topics(places: Places, sentences: list[Sentence]) -> None:
    """A paragraph that opens with a place inside the article's own ("Jilin City, the second town, ...") is about it."""
    for sentence in sentences:
        if sentence.paragraph < 0 or not sentence.first or sentence.marker:
            continue
        base = places.home_at(sentence.paragraph)
        for place in places.between(sentence.start, sentence.start + 12):
            inner = base and place.codes != base and all(any(holds(b, code) for b in base) for code in place.codes)
            if inner and place.role == "subject" and _OPENING.match(sentence.text[: place.start - sentence.start]):
                places.topics[sentence.paragraph] = place.codes
        for generic in places.generic:
            if (
                sentence.start <= generic.start <= sentence.start + 8
                and generic.level in ("prefecture", "county")
                and base
            ):
                codes = resolve_generic(generic, base, places)
                if codes and codes != base and all(any(holds(b, code) for b in base) for code in codes):
                    places.topics.setdefault(sentence.paragraph, codes)
