"""Is this article about regional investment? A weighted lexicon, one pass, no state.

`lexicon.py` teaches the format of the data files. An article that is about regional investment but tells of no
countable happening is relevant too; one in a language that has no lexicon is not, with that reason.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict

from schemas.article import RawArticle, RelevantArticle
from streams.classify.lexicon import Cue, Lexicon, Zone, load_lexicon
from streams.fold import fold

READ = 20_000
"""Characters of an article that are looked at. What an article is about shows long before."""
LOOKS = 100
"""Places of one cue that are looked at: more is a list or a fault, and each costs a search of its surroundings."""
SENTENCE_END = re.compile(r"[。!?;\n！？；]|\.(?=\s)")


def classify(article: RawArticle) -> RelevantArticle:
    """The verdict: relevant or not, the score, the kinds of happenings hinted at and the phrases that decided."""
    if article.language not in ("zh", "en"):
        reason = f"language: {article.language} is not read"
        return RelevantArticle(article=article, relevant=False, score=0.0, reasons=(reason,))
    lexicon = load_lexicon(article.language)
    title, text = article.title[:READ], article.text[:READ]
    if article.language == "zh":
        title, text = fold(title).text, fold(text).text
    hits = find_cues(f"{title}\n{text}", len(title) + 1, lexicon)
    score = round(sum(weight for _, weight, _ in hits), 2)
    kinds = tuple(sorted({cue.kind for cue, weight, _ in hits if weight > 0 and cue.kind != "topic"}))
    return RelevantArticle(
        article=article,
        relevant=score >= lexicon.threshold,
        kinds=kinds,
        score=score,
        reasons=tuple(f"{weight:+g} {cue.reason}: {phrase}" for cue, weight, phrase in hits) or ("no cue",),
    )


def find_cues(document: str, body: int, lexicon: Lexicon) -> list[tuple[Cue, float, str]]:
    """The hits that count, each with its cue, its weight in its zone and its words, the heaviest first.

    `body` is where the text begins in `document`, after the title and its newline.
    """
    lowered = _lower(document)
    ends = _sentence_ends(lowered)
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    looks: Counter[int] = Counter()
    for last, entries in lexicon.automaton.iter(lowered):
        for index, length, goes_on in entries:
            start, end = last + 1 - length, last + 1
            cue = lexicon.cues[index]
            zone = _zone(start, body, lexicon.lead)
            if zone not in cue.zones or (lexicon.boundaries and _inside_word(lowered, start, end, goes_on)):
                continue
            looks[index] += 1
            if looks[index] > LOOKS:
                continue
            if (cue.near or cue.unless) and not _fits(_window(lowered, start, end, cue.reach, ends), cue):
                continue
            found[index].append((cue.weight * lexicon.zones[zone], document[start:end]))
    hits: list[tuple[Cue, float, str]] = []
    for index, weights in found.items():
        cue = lexicon.cues[index]
        dearest = sorted(weights, key=lambda hit: -abs(hit[0]))[: cue.times]
        hits.extend((cue, weight, phrase) for weight, phrase in dearest)
    return sorted(hits, key=lambda hit: (-abs(hit[1]), hit[2]))


def _zone(start: int, body: int, lead: int) -> Zone:
    if start < body:
        return "title"
    return "lead" if start < body + lead else "body"


def _inside_word(text: str, start: int, end: int, goes_on: bool) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = not goes_on and end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return before or after


def _fits(window: str, cue: Cue) -> bool:
    if cue.near and not cue.near.search(window):
        return False
    return not (cue.unless and cue.unless.search(window))


def _window(text: str, start: int, end: int, reach: int, ends: list[int]) -> str:
    """The words with up to `reach` characters to each side, within their sentence."""
    before, after = bisect_left(ends, start), bisect_left(ends, end)
    low = max(start - reach, ends[before - 1] + 1 if before else 0)
    high = min(end + reach, ends[after] if after < len(ends) else len(text))
    return text[low:high]


def _sentence_ends(text: str) -> list[int]:
    # A full stop ends a sentence only before a blank: "9.88 billion" and "U.S. dollars" go on.
    return [
        match.start()
        for match in SENTENCE_END.finditer(text)
        if match.group() != "." or text[match.start() - 1 : match.start()].islower()
    ]


def _lower(text: str) -> str:
    # Lower case of the same length, so that offsets hold: 'İ' and its like keep their case.
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
