"""The article's own place: the one that its headline and its first sentences are about."""

import re
from collections import defaultdict

from schemas.regions import holds, related
from streams.extract.en.clean import Clean
from streams.extract.en.place import Place
from streams.extract.en.sentences import Sentence

_WEIGHTS = {"subject": 1.0, "inside": 0.6, "origin": 0.15, "name": 0.1, "parent": 0.1}
_AWAY = re.compile(
    r"\b(?:(?:roadshow|conference|forum|fair|meeting|session|show|event|shopping|partners|investors|"
    r"deals?|projects?|tour|trip|presents itself|courting|signed|inked|pitch\w*|promot\w+|business)(?: "
    r"\w+){0,2} (?:in|to|at)|goes (?:\w+ )?to|went (?:\w+ )?to|out to|visit\w*|travel\w* to|heads? to|"
    r"trip to|tour of|takes [\w ]{2,30} to|to firms in)\s*$",
    re.IGNORECASE,
)


def find_home(
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
        if 0 <= place.start - cleaned.body < 3 and cleaned.text[place.region.end : place.region.end + 1] == ":":
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
        if inner and score >= 0.75 * scores[best] and _is_introduced(codes, named, sentences, cleaned.body):
            best = codes
            break
    second = max((s for codes, s in scores.items() if codes != best and not _kin(codes, best)), default=0.0)
    return best, scores[best] >= 1.5 * second


def _is_introduced(codes: tuple[str, ...], named: list[Place], sentences: list[Sentence], body: int) -> bool:
    """True for a place that the headline names or that is the first sentence's subject: no mere venue or example."""
    first = next((s.end for s in sentences if s.paragraph >= 0), body)
    return any(
        p.codes == codes and (p.start < body - 1 or (p.start < first and p.role == "subject")) for p in named
    ) or not any(p.start < body - 1 for p in named)


def _kin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(related(a, b) for a in one for b in other)


def _lead_end(sentences: list[Sentence]) -> int:
    body = [s for s in sentences if s.paragraph >= 0]
    return next(
        (s.end for i, s in enumerate(body) if s.end - body[0].start > 350 or i == 3), body[-1].end if body else 0
    )
