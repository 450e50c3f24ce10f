"""Texts to measure with: labelled articles joined to a length, ones about other things, hostile and mutated ones."""

import json
import random
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

from schemas.article import RawArticle
from streams.classify.classifier import classify
from streams.files import make_article

LABELLED = Path(__file__).parent.parent / "tests" / "eval" / "articles"
MEGABYTE = 1_000_000
UNITS = {
    "digits": "7", "brackets": "(", "closing": ")", "亿": "亿", "one letter": "a", "spaces": " ", "lines": "\n",
    "commas": ",", "and": " and,", "numbers": "12,", "names": "Ab ", "surrogates": "\0\ud800", "亿元": "3亿元",
    "places": "朝阳区", "places en": "Chaoyang District, ", "quotes": "“”", "projects": "5个项目",
    "projects en": "5 projects ", "days": "5月3日", "days en": "May 3, ", "signed": "签约", "yuan": "1 billion yuan ",
    "emoji": "🎉", "bidi": "\u202e\u2066", "pinyin": "動(dòng)",
    "sentence": "浙江省宁波市海曙区签约14个项目，总投资85.5亿元。",
    "sentence en": "Ningbo signed 14 projects worth 8.55 billion yuan on May 11. ",
}  # fmt: skip
"""Each is repeated to a megabyte."""


@cache
def _labelled(language: str, relevant: bool) -> list[dict[str, str]]:
    held = set((LABELLED.parent / "held.txt").read_text("utf-8").split())
    found = (json.loads(path.read_bytes()) for path in sorted((LABELLED / language).glob("*.json")))
    return [one for one in found if one["id"] not in held and one["relevant"] == relevant]


def articles(language: str, length: int) -> list[RawArticle]:
    """Relevant articles of about `length` characters: a labelled one or more to a fifth of it, and background.

    Real articles of that length tell of two to four happenings between quotations and other matters; the labelled ones
    are all happenings, so paragraphs of articles about other things stand for the rest.
    """
    background = cycle(text for one in _labelled(language, False) for text in one["text"].split("\n") if text.strip())
    made, text, title = [], "", ""
    for one in _labelled(language, True):
        title, text = title or one["title"], f"{text}\n\n{one['text']}"
        if len(text) < length // 5:
            continue
        while len(text) < length:
            text = f"{text}\n\n{next(background)}"
        made.append(make_article(f"bench-{len(made)}", title, text[:length], None, None))
        text = title = ""
    return made


def irrelevant(language: str) -> list[RawArticle]:
    """The labelled articles that are of no interest and that the classifier stops: near misses, all of them."""
    made = (make_article(one["id"], one["title"], one["text"], None, None) for one in _labelled(language, False))
    return [one for one in made if not classify(one).relevant]


@cache
def hostile() -> tuple[tuple[str, RawArticle], ...]:
    """A megabyte of each unit, in the body and, shorter, in the title."""
    made = []
    for name, unit in UNITS.items():
        title, text = unit * (20_000 // len(unit)), "签约 signed " + unit * (MEGABYTE // len(unit))
        made.append((name, make_article(f"hostile-{name}", title, text, None, None)))
    return tuple(made)


def mutated(count: int, chance: random.Random) -> Iterator[tuple[str, RawArticle]]:
    """Labelled articles with pieces doubled, moved, cut out, and units of `UNITS` put in."""
    units = list(UNITS.values())
    sources = [one for language in ("en", "zh") for one in _labelled(language, True)]
    for number in range(count):
        source = chance.choice(sources)
        text = source["text"]
        for _ in range(chance.randint(1, 8)):
            at, upto = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
            piece = text[at:upto][:400]
            change = chance.randrange(4)
            if change == 0:
                text = text[:at] + piece * chance.randint(2, 6) + text[at:]
            elif change == 1:
                text = text[:at] + text[upto:] or source["text"]
            elif change == 2:
                text = text[:at] + chance.choice(units) * chance.randint(1, 300) + text[at:]
            else:
                text = text[upto:] + text[:upto]
        yield (
            f"mutated {source['id']} #{number}",
            make_article(f"mutated-{number}", source["title"], text[:50_000], None, None),
        )
