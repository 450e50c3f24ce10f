"""Where the projects stand, told a sentence later: "All seven will be built in X", "The plant, in X, will cost"."""

import re

from schemas.regions import holds
from streams.extract.en.context import Context
from streams.extract.en.facts import MILESTONES, Fact

_ONE = re.compile(
    r"\W*(?:The (?:[\w-]+ ){0,3}(?:plant|project|factory|base|works|park|complex|line|facility|mill|mine|campus|hub|"
    r"headquarters|refinery|smelter|cent(?:er|re))|It|Its site|The site)\b"
    r"(?:, (?:in|at|near)|[^.;,]{0,40} (?:built|stands?|located|rises?|go up|lies?|sited|erected|placed|"
    r"put up) (?:in|at|on)) "
)
_ALL = re.compile(
    r"\W*(?:All(?: of them| \w+)?|They(?: all)?|The (?:\w+ ){0,2}projects|Both)\b[^.;,]{0,30} "
    r"(?:built|stand|located|rise|go up|lie|sited|settle|go) (?:in|to|at) "
)
_REACH = 2
"""Sentences after the one of the event."""


def narrow_regions(ctx: Context, facts: list[Fact]) -> None:
    """Gives each signing and milestone the part of its region that the next sentences say it is in."""
    for fact in facts:
        if fact.title or fact.action not in ("sign", *MILESTONES):
            continue
        index = ctx.sentences.index(fact.clause.sentence)
        told = _ALL if fact.projects is not None and fact.projects > 1 else _ONE
        for sentence in ctx.sentences[index + 1 : index + 1 + _REACH]:
            if any(f.clause.sentence is sentence and f is not fact and f.action == fact.action for f in facts):
                break
            match = told.match(sentence.text)
            if match is None or sentence.paragraph - fact.clause.sentence.paragraph > 1:
                continue
            at = sentence.start + match.end()
            for place in ctx.places.between(at, at + 12):
                inner = all(any(holds(r, code) for r in fact.regions) for code in place.codes)
                if inner and place.codes != fact.regions:
                    fact.regions, fact.stated = place.codes, True
                    fact.more.append((sentence.start, sentence.end))
            break
