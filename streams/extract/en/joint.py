"""Happenings of several places told together, where their names stand in a sentence before: "the three signed"."""

import itertools
import re

from schemas.regions import holds
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.place import Place

Codes = tuple[str, ...]
_TOGETHER = re.compile(
    r"\b(?:a|the|their|first|another) joint\b|\bjointly\b|"
    r"\b(?:the|these|all|all of the) (?P<n>two|three|four|five|six)\b(?! (?:projects?|contracts?|companies|firms|"
    r"plants?|factories|funds?|years?|months?|days?|sides|agreements?))|"
    r"\bboth (?:cities|counties|districts|provinces|places)\b",
    re.IGNORECASE,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LISTED = re.compile(r"(?:,? (?:in|of) [A-Z][\w’' -]{2,30})?(?:,| and|, and|,? as well as| from)(?: (?:the|of))?\s?")
_BACK = 4
"""Sentences that are looked back; the headline is looked at last."""


def joint_before(ctx: Context, clause: Clause) -> Codes:
    """The places enumerated last before a clause that speaks of them together; () where it does not.

    "The three" needs just three of them.
    """
    text = ctx.text[clause.sentence.start : clause.end] if clause.action else clause.sentence.text
    match = _TOGETHER.search(text)
    if match is None:
        return ()
    size = _NUMBERS.get((match["n"] or "").lower())
    index = ctx.sentences.index(clause.sentence)
    around = [*reversed(ctx.sentences[max(1, index - _BACK) : index + 1]), ctx.sentences[0]]
    for sentence in around:
        runs = _runs(ctx, [p for p in ctx.places.between(sentence.start, sentence.end) if p.region.level != "country"])
        for run in runs:
            if size in (None, len(run)) and not any(p.role == "inside" and size is None for p in run):
                return tuple(dict.fromkeys(code for place in run for code in place.codes))
    return ()


def _runs(ctx: Context, places: list[Place]) -> list[list[Place]]:
    """Stretches of at least two places that are enumerated, none in another."""
    runs: list[list[Place]] = []
    row = places[:1]
    for one, other in itertools.pairwise(places):
        if _holds(one, other) or _holds(other, one):
            continue
        if _LISTED.fullmatch(ctx.text[row[-1].region.end : other.start]):
            row.append(other)
        else:
            runs.append(row)
            row = [other]
    return [run for run in [*runs, row] if len(run) > 1]


def _holds(one: Place, other: Place) -> bool:
    return any(holds(a, b) for a in one.codes for b in other.codes)
