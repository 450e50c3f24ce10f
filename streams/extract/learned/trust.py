"""What speaks for an answer being right in every part: features of a mention by name, for its confidence."""

import math
from collections import Counter
from collections.abc import Sequence

from schemas.event import Mention, Words
from schemas.regions import holds, level_of
from streams.extract.found import Dropped
from streams.extract.learned.ranking import chance_of
from streams.extract.learned.scene import Codes, Scene, subtype

Features = dict[str, float]


class Whole:
    """What all mentions of an article share, made once."""

    def __init__(self, mentions: Sequence[Mention], scene: Scene, dropped: Sequence[Dropped]) -> None:
        self.mentions, self.scene, self.dropped = mentions, scene, dropped
        self.places = Counter(place.codes for place in scene.places if place.codes)
        self.titles = {place.codes for place in scene.between(0, scene.title) if place.codes}
        self.regions = Counter(one.regions for one in mentions)
        self.types = Counter(one.type for one in mentions)
        self.kinds = Counter((one.type, subtype(one)) for one in mentions)
        self.told = Counter((bool(figure.noun), figure.value) for figure in scene.figures)
        starts = (words.start for one in mentions for field, words in one.words.items() if field in _FIGURES)
        self.used = {at for start in starts for at in range(start - 3, start + 4)}
        self.idle = [figure for figure in scene.figures if figure.start not in self.used]


def features(mention: Mention, whole: Whole, chances: dict[Codes, float]) -> Features:
    """All that is weighed. `chances`: of the mention's regions by the second reader."""
    scene = whole.scene
    sentence = scene.sentence(mention.span.start, mention.span.end)
    found: Features = {f"language {scene.language}": 1, "rules": mention.confidence}
    found |= _kind(mention)
    found |= _regions(mention, whole, sentence, chances)
    found |= _figures(mention, whole, sentence)
    found |= _times(mention, scene, sentence)
    found |= _company(mention, whole, sentence)
    return {name: value for name, value in found.items() if value}


def _shape(mention: Mention) -> str:
    """Which figures it has: many projects, one, a count of something else; with a sum or without."""
    if (mention.projects or 0) > 1:
        count = "many"
    elif mention.projects == 1:
        count = "one"
    else:
        count = "count" if mention.count else "none"
    return f"{count} with sum" if mention.amount else count


def _kind(mention: Mention) -> Features:
    shape = _shape(mention)
    return {
        mention.type: 1,
        f"{mention.type} {subtype(mention)}": 1,
        shape: 1,
        f"{mention.type} {shape}": 1,
        "size of each": mention.amount_per_project is not None,
        "bound": mention.amount is not None and mention.amount.qualifier != "exact",
        "names": bool(mention.names),
        "parties": min(3, len(mention.parties)),
        "sectors": min(3, len(mention.sectors)),
        "ambiguous": mention.ambiguous,
    }


def _regions(mention: Mention, whole: Whole, sentence: tuple[int, int], chances: dict[Codes, float]) -> Features:
    scene, everywhere, titles = whole.scene, whole.places, whole.titles
    codes, words = mention.regions, mention.words.get("regions")
    here = [place.codes for place in scene.between(*sentence) if place.codes]
    chance = chance_of(codes, chances)
    return {
        "region chance": chance,
        "region best": bool(chances) and chance >= max(chances.values()),
        "region beaten by": max([*chances.values(), 0.0]) - chance,
        "region not named": codes not in everywhere,
        "region without words": words is None,
        "region in sentence": words is not None and sentence[0] <= words.start < sentence[1],
        "region far": min(1.0, math.log1p(abs(words.start - mention.span.start)) / 7) if words else 0,
        "region named in sentence": codes in here,
        "region in title": codes in titles,
        "other region in title": bool(titles - {codes}),
        "other regions in sentence": min(4, len([one for one in here if one != codes])),
        "region share": everywhere[codes] / max(1, everywhere.total()),
        "region most named": bool(everywhere) and everywhere.most_common(1)[0][0] == codes,
        "region first named": bool(scene.places) and scene.places[0].codes == codes,
        "home": scene.home == codes,
        "regions named": min(2.0, math.log1p(len(everywhere))),
        "region sets": min(4, len(whole.regions)),
        "region of the article's share": whole.regions[codes] / len(whole.mentions),
        "joint": len(codes) > 1,
        f"level {level_of(codes[0]) if codes[0].startswith('CN') else 'abroad'}": 1,
        "deeper named": any(one != codes and all(holds(codes[0], code) for code in one) for one in everywhere),
    }


def _figures(mention: Mention, whole: Whole, sentence: tuple[int, int]) -> Features:
    here = [figure for figure in whole.scene.figures if sentence[0] <= figure.start < sentence[1]]
    idle_here = [figure for figure in here if figure.start not in whole.used]
    evidence = [figure for figure in here if mention.span.start <= figure.start < mention.span.end]
    shape, amount, count = _shape(mention), mention.words.get("amount"), mention.words.get("projects")
    value = mention.projects if (mention.projects or 0) > 1 else mention.count
    return {
        "sums in sentence": min(4, len([one for one in here if not one.noun])),
        "counts in sentence": min(4, len([one for one in here if one.noun])),
        "sums in evidence": min(3, len([one for one in evidence if not one.noun])),
        "counts in evidence": min(3, len([one for one in evidence if one.noun])),
        "idle sums in sentence": min(3, len([one for one in idle_here if not one.noun])),
        "idle counts in sentence": min(3, len([one for one in idle_here if one.noun])),
        "idle figures": min(1.0, len(whole.idle) / 8),
        "all figures of sentence": len(here) == (mention.amount is not None) + shape.startswith(("many", "count")),
        "no sum, sums in sentence": mention.amount is None and any(not one.noun for one in here),
        "no count, counts in sentence": value is None and any(one.noun for one in here),
        "sum in evidence": amount is not None and mention.span.start <= amount.start < mention.span.end,
        "sum in sentence": amount is not None and sentence[0] <= amount.start < sentence[1],
        "sum from count": min(1.0, abs(amount.start - count.end) / 60) if amount and count else 0,
        "count told twice": value is not None and whole.told[True, float(value)] > 1,
        "sum told twice": mention.amount is not None and whole.told[False, float(mention.amount.value)] > 1,
    }


_FIGURES = ("projects", "count", "amount", "amount_per_project")


def _times(mention: Mention, scene: Scene, sentence: tuple[int, int]) -> Features:
    telling = mention.type in ("statistic", "target")
    words = mention.words.get("period" if telling else "date")
    return {
        "day": mention.date is not None,
        "time in sentence": _is_in(words, sentence),
        "time in evidence": _is_in(words, (mention.span.start, mention.span.end)),
        "no period": telling and words is None,
        "days": min(1.0, len(scene.days) / 5),
        "days in sentence": min(2, sum(sentence[0] <= day < sentence[1] for day in scene.days)),
        "periods in sentence": min(2, sum(sentence[0] <= one < sentence[1] for one in scene.periods)),
    }


def _is_in(words: Words | None, span: tuple[int, int]) -> bool:
    return words is not None and span[0] <= words.start < span[1]


def _company(mention: Mention, whole: Whole, sentence: tuple[int, int]) -> Features:
    """What else the article and the sentence tell."""
    scene, mentions, dropped = whole.scene, whole.mentions, whole.dropped
    low, high = sentence
    scale = 1 if scene.language == "zh" else 3
    length = mention.span.end - mention.span.start
    beside = [one for one in mentions if one is not mention and low <= one.span.start < high]
    return {
        "mentions": min(1.5, len(mentions) / 6),
        "of the same type": min(4, whole.types[mention.type]),
        "of the same kind": min(4, whole.kinds[mention.type, subtype(mention)]),
        "beside in sentence": min(3, len(beside)),
        "in title": mention.span.start < scene.title,
        "how far down": min(1.0, mention.span.start / 1500),
        "document": min(1.5, len(scene.document) / 2000),
        "first": mentions[0] is mention,
        "dropped in sentence": min(3, len([one for one in dropped if one.start < high and one.end > low])),
        "dropped": min(1.0, len(dropped) / 8),
        "evidence": min(1.5, length / (80 * scale)),
        "share of sentence": length / max(1, high - low),
        "sentence": min(2.0, (high - low) / (100 * scale)),
    }
