"""One clause, several batches: "43 projects were signed, next to six funds of 5.3 billion" (rule 2)."""

import itertools
import re
from dataclasses import replace

from streams.extract.en.actions import Action
from streams.extract.en.clauses import Clause
from streams.extract.en.counts import Count
from streams.extract.en.findings import Findings, within

_OWN_SUM = re.compile(r",?\s?(?:(?:worth|with|for|costing|valued at|totall?ing|of)\b|\()", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:;|,|,? (?:and|while|but)) (?:(?:and|while|but) )?(?:(?:its|the) )?(?:[A-Z][\w’'-]+ ){1,4}"
    r"(?:with |got |took |signed |inked |brought |won |had |another |its |district |county |city )*$"
)
"""Another place before the second count: "Shanxi took home 38 (41.7 billion yuan) and Hunan 64 (93.5 billion yuan)"."""
_ADDED = re.compile(
    r"(?:,? ?(?:and|plus|next to|along with|as well as|together with|alongside|in addition to|besides|"
    r"on top of|accompanied by|followed by|beside)(?: (?:a )?(?:further|another|the|also))?|;[^;.]{0,"
    r"50}|,)\s*$",
    re.IGNORECASE,
)


def split_batches(clause: Clause, findings: Findings) -> list[Clause]:
    """The clause, or one clause for each batch that has its own count and its own amount."""
    counts = [
        c
        for c in clause.counts
        if c.noun in ("project", "contract", "fund") and (not c.elliptical or _has_sum(c, clause, findings))
    ]
    if clause.action is None or len(counts) < 2 or len(clause.amounts) < 2:
        return [clause]
    cuts = []
    for one, other in itertools.pairwise(counts):
        between = within(clause.amounts, one.end, other.start)
        after = within(clause.amounts, other.end, clause.end)
        if not between or not after:
            continue
        gap = findings.text[between[-1].end : other.start]
        others = _OTHERS.search(gap)
        if others:
            cuts.append(between[-1].end + others.start())
        elif _ADDED.search(gap):
            cuts.append(other.start)
    if not cuts:
        return [clause]
    edges = [clause.start, *cuts, clause.end]
    return [
        replace(
            clause,
            start=low,
            end=high,
            action=_action_at(clause.action, low, within(counts, low, high)),
            counts=within(clause.counts, low, high),
            amounts=within(clause.amounts, low, high),
            each=within(clause.each, low, high),
            parts=within(clause.parts, low, high),
        )
        for low, high in itertools.pairwise(edges)
    ]


def _has_sum(count: Count, clause: Clause, findings: Findings) -> bool:
    """A number without a noun that has a sum of its own close behind: "6 more on June 12 (3.1 billion yuan)"."""
    near = any(0 <= a.start - count.end < NEAR for a in clause.amounts)
    return near or _OWN_SUM.match(findings.text, count.end) is not None


NEAR = 20
"""Characters between a count and its sum."""


def _action_at(action: Action, low: int, counts: list[Count]) -> Action:
    """The action of a later batch stands where its count does, so that what is named before it is its subject."""
    return action if action.end > low or not counts else replace(action, start=counts[0].start, end=counts[0].start)
