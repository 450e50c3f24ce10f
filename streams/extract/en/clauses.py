"""A sentence cut at its actions, each with the counts, amounts, days and periods that are said of it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from streams.extract.en.actions import Action, find_actions
from streams.extract.en.asides import find_asides
from streams.extract.en.counts import Count
from streams.extract.en.findings import Findings, within
from streams.extract.en.other_money import is_other_measure
from streams.extract.en.parts import AMONG, after_whole, is_set_right, part_from
from streams.extract.en.sentences import Sentence
from streams.extract.found import Found, FoundAmount

_STRONG = re.compile(
    r";|, (?:and|while|whereas|but|plus|with(?= \d| (?:a )?(?:further|another))|next to|followed by)\b|"
    r" (?:while|whereas)\b|: | [–—-] |\. | and\b,?| next to\b| plus\b| as well as\b| along with\b| "
    r"together with\b| in addition to\b| alongside\b|, (?:as|so|when|where|which|who)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r",")


@dataclass
class Clause:
    """A stretch of a sentence with one action (or none) and what belongs to it. `parts` are its breakdown.

    `aside`: a relative clause that recalls something of what the main clause tells.
    """

    start: int
    end: int
    sentence: Sentence
    action: Action | None
    counts: list[Count] = field(default_factory=list)
    amounts: list[FoundAmount] = field(default_factory=list)
    each: list[FoundAmount] = field(default_factory=list)
    parts: list[Found] = field(default_factory=list)
    part_from: int | None = None
    aside: bool = False


def find_clauses(sentence: Sentence, findings: Findings) -> list[Clause]:
    """The clauses of a sentence, in order. A sentence without an action is one clause."""
    if sentence.start not in findings.clauses:
        findings.clauses[sentence.start] = _cut(sentence, findings)
    return [replace(clause) for clause in findings.clauses[sentence.start]]


def _cut(sentence: Sentence, findings: Findings) -> list[Clause]:
    actions = _distinct(find_actions(findings.text, sentence.start, sentence.end), findings, sentence)
    asides = find_asides(findings.text, sentence, actions)
    actions = [a for a in actions if not any(low <= a.start < high for low, high, _ in asides)]
    cuts = [sentence.start]
    owners: list[Action | None] = [actions[0] if actions else None]
    for index, (before, other) in enumerate(itertools.pairwise(actions)):
        one = owners[-1] or before
        after = actions[index + 2].start if index + 2 < len(actions) else sentence.end
        cut = _cut_between(findings, one, other) if _has_own(findings, one, other, after) else None
        if cut is None:
            owners[-1] = _stronger(owners[-1], other)
            continue
        cuts.append(cut)
        owners.append(other)
    cuts.append(sentence.end)
    main = [
        _fill(sentence, findings, low, high, action, asides)
        for (low, high), action in zip(
            itertools.pairwise(cuts), _still_to_come(findings.text, cuts, owners), strict=True
        )
    ]
    recalled = [replace(_fill(sentence, findings, low, high, action), aside=True) for low, high, action in asides]
    return main + recalled


_AND_TO = re.compile(r"\W*(?:and|but|then|while)?,? ?(?:also |then |finally )?to [a-z]")


def _still_to_come(text: str, cuts: list[int], owners: list[Action | None]) -> list[Action | None]:
    """ "Is to sign 60 projects and to make use of 2 billion": the second is as much to come as the first."""
    out: list[Action | None] = []
    for low, action in zip(cuts, owners, strict=False):
        if action and out and (last := out[-1]) and last.future and _AND_TO.match(text, low):
            action = replace(action, future=True)
        out.append(action)
    return out


def _distinct(actions: list[Action], findings: Findings, sentence: Sentence) -> list[Action]:
    """Without the repetition of one action in one breath ("signed contracts ... concluded")."""
    kept: list[Action] = []
    for action in actions:
        if action.name in ("sign", "introduce", "land", "complete") and _is_adjective(findings.text, action):
            continue
        if action.name == "actual" and kept and _AGREED.search(findings.text, kept[-1].end, action.start):
            continue
        kept.append(action)
    return kept or [a for a in actions if a.name == "sign"][:1]


_AGREED = re.compile(
    r"\b(?:contract(?:ed|ual)?|agreed|signed|pledged|promised|planned|intended|committed) (?:total |overall )?$",
    re.IGNORECASE,
)
"""Before funds that were not put in place, only promised: "the contracted funds reached"."""


def _has_own(findings: Findings, one: Action, other: Action, after: int) -> bool:
    """The second action has something of its own to count or name; else both tell of one thing."""
    if within(findings.counts, one.end, after) or within(findings.amounts, one.end, after):
        return True
    if one.name == "sign" != other.name and _CLAUSE.search(findings.text, one.end, other.start):
        return True
    return bool(_OWN_NOUN.search(findings.text, one.end, other.start)) or other.name == "sign"


_CLAUSE = re.compile(r";|, (?:and|but|while|so|yet)\b", re.IGNORECASE)


_OWN_NOUN = re.compile(
    r"(?:;|,? and|,|while)\s[^;]{0,60}\b(?:project|plant|factory|base|headquarters|park|complex|line|"
    r"facility|warehouse|hub|resort|terminal|farm|mine|hotel|phase|agreements?|contracts?)\b",
    re.IGNORECASE,
)


def _is_adjective(text: str, action: Action) -> bool:
    """ "the signed investment", "newly signed projects", "the contracts signed": says which, not what was done."""
    after = text[action.end : action.end + 30]
    before = text[max(0, action.start - 12) : action.start]
    return bool(
        re.match(
            r"\s(?:investment|amount|projects?|contracts?|agreements?|value|volume|sum|deals?|and landed)\b", after
        )
        and re.search(r"\b(?:the|newly|of|all|these|those|each|every|any|already|previously|with|a) $", before)
    )


def _stronger(one: Action | None, other: Action) -> Action:
    if one is None:
        return other
    if one.future != other.future:
        return one if other.future else other
    if one.name == other.name:
        return one
    rank = {
        "sign": 3,
        "start": 4,
        "operate": 5,
        "complete": 4,
        "land": 2,
        "introduce": 1,
        "reserve": 2,
        "negotiate": 2,
        "actual": 5,
        "foreign": 6,
    }
    return other if rank[other.name] > rank[one.name] else one


def _cut_between(findings: Findings, one: Action, other: Action) -> int | None:
    """Where the clause of `other` begins; None when the two actions are one clause."""
    text = findings.text
    gap = text[one.end : other.start]
    spent = re.search(r"\b(?:and|with)(?: \w+ly)? $", gap) and one.name == "introduce" and other.name == "actual"
    if spent and re.match(r"implement|carr", one.words, re.IGNORECASE):
        return None  # the projects that the money went to
    if one.name in ("introduce", "land") and re.match(r"bringing|drawing|attracting|investing", other.words):
        return None  # "245 firms have settled, bringing in 5 billion"
    candidates = [one.end + m.start() for m in _STRONG.finditer(gap)]
    commas = [one.end + m.start() for m in _WEAK.finditer(gap)]
    close = [cut for cut in candidates if other.start - cut <= 16 and not within(findings.counts, cut, other.start)]
    if close and within(findings.counts, one.end, close[-1]) and (one.name != other.name):
        return close[-1]
    if one.name != other.name or within(findings.counts, one.end, other.end + 60):
        counts = [c for c in within(findings.counts, one.end, other.start) if not c.partial]
        for count in reversed(counts):
            near = [cut for cut in (*candidates, *commas) if 0 <= count.start - cut <= 34]
            if near:
                return max(near)
        amounts = within(findings.amounts, one.end, other.start)
        for amount in reversed(amounts):
            near = [cut for cut in candidates if 0 <= amount.start - cut <= 20]
            if near and re.match(r"[^,;]{0,40}$", text[amount.end : other.start]):
                return max(near)
        if candidates:
            return candidates[-1]
        if commas and one.name != other.name:
            return commas[-1]
    return None


def _fill(
    sentence: Sentence,
    findings: Findings,
    low: int,
    high: int,
    action: Action | None,
    asides: Sequence[tuple[int, int, Action]] = (),
) -> Clause:
    clause = Clause(low, high, sentence, action)
    part = part_from(findings, low, high, action)
    if re.match(
        r"[\s,;:(–—-]*(?:of which|of whom|including|among (?:them|which|these)|such as)\b",
        findings.text[low:high],
        re.IGNORECASE,
    ):
        part = (low, high)
    if low == sentence.start and AMONG.match(sentence.text):
        part = after_whole(findings, low, high, action)
    clause.part_from = part[0] if part else None
    for count in within(findings.counts, low, high):
        if is_set_right(findings.text, count) or any(start <= count.start < end for start, end, _ in asides):
            continue
        inside = part is not None and part[0] <= count.start < part[1]
        (clause.parts if inside or count.partial else clause.counts).append(count)
    told_first = clause.counts[0].start if clause.counts else high
    of_them = next((c for c in clause.parts if c.start > told_first), None)
    for amount in within(findings.amounts, low, high):
        if (
            amount.conversion
            or is_set_right(findings.text, amount)
            or any(start <= amount.start < end for start, end, _ in asides)
        ):
            continue
        if amount.per_project:
            clause.each.append(amount)
        elif (
            sizes_a_part(clause, amount)
            or (part is not None and part[0] <= amount.start < part[1])
            or (of_them is not None and amount.start > of_them.start)
            or is_other_measure(findings.text, amount)
        ):
            clause.parts.append(amount)
        else:
            clause.amounts.append(amount)
    return clause


def sizes_a_part(clause: Clause, amount: FoundAmount) -> bool:
    """ "10 of them above 5 billion": the size belongs to the ten."""
    return any(
        isinstance(p, Count) and 0 <= amount.start - p.end < 12 and amount.qualifier == "at_least" for p in clause.parts
    )
