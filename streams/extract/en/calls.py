"""Whether the whole article tells that nothing comes of it: called off, denied, a rumour, a fraud (rule 5)."""

import re

from streams.extract.en.actions import find_actions
from streams.extract.en.context import Context
from streams.extract.en.findings import within
from streams.extract.en.lexicon import phrases
from streams.extract.en.sentences import Sentence

OBJECT = 40
"""Characters in which the object of "cancels" follows."""


def is_called_off(ctx: Context) -> bool:
    """True when the headline or the first sentence says that the deal or the project is off, or was never real."""
    body = [s for s in ctx.sentences if s.paragraph >= 0 and len(s.text) > 50]
    lead = [s for s in ctx.sentences if s.paragraph < 0] + body[:1]
    return any(is_off(s.text) and not _tells_others(ctx, s) for s in lead)


def _tells_others(ctx: Context, sentence: Sentence) -> bool:
    """ "24 deals, three groundbreakings, one cancelled date": several were signed or started all the same."""
    off = phrases("called_off_en", "off").search(sentence.text)
    after = sentence.start + off.end() if off else sentence.start
    done = [a for a in find_actions(ctx.text, sentence.start, sentence.end) if not (a.future or a.negated)]
    counts = [
        c for c in within(ctx.findings.counts, sentence.start, sentence.end) if c.noun != "company" and c.value > 1
    ]
    return bool(done) and any(not 0 <= c.start - after < OBJECT for c in counts)


def is_off(sentence: str) -> bool:
    """True when the sentence itself says that its deal or project is off, or was never real.

    >>> is_off("The contract for a paper mill has been terminated.")
    True
    """
    return bool(phrases("called_off_en", "off").search(sentence) and _DEAL.search(sentence))


_DEAL = re.compile(
    r"\b(?:plants?|factor(?:y|ies)|projects?|deals?|contracts?|agreements?|investments?|smelter|mill|"
    r"mine|complex|park|refinery|fab|base|headquarters|venture|memorandum|talks?|reports?|gigafactory|"
    r"conference|meeting|fair|expo|pledge|"
    r"plan|plans|site|expansion|undertaking)\b",
    re.IGNORECASE,
)
