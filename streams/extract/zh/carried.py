"""What one sentence leaves to the next: a happening told without figures, a sum told apart from its count."""

import re
from collections.abc import Sequence

from streams.extract.found import FoundAmount, FoundCount
from streams.extract.zh.layout import Sentence, within
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue, pattern

NEXT_SUM = pattern("facts", "NEXT_SUM")
HAPPENED = ("sign", "started", "completed", "operational")
"""What can be announced in one sentence and counted in the next."""
AFAR = 3
"""Sentences that an announcement reaches over."""
NOT_YET = re.compile(r"将|拟|计划|力争|确保|推动|加快|推进|有望|预计|后|率|要求|强调|希望|今年以来|累计|截至|去年")
"""An announcement with these words announces nothing that happened now."""
SHARE = re.compile(r"^(?:其中|另|含|包括|分别|从|按|最|单体|单个|这批|首批)|[县区市镇园](?:有|共)?$")
"""Before a count: one row or a share of a figure told already."""


SUMS_UP = re.compile(r"[^,。;\d]{0,8}(?:加在一起|加起来|合在一起|合起来|合计|总共|一共|共计|总计|拢共|相加)")
"""After a count: the total of what was told one by one."""


def sums_up(text: str, count: FoundCount) -> bool:
    """True for 三个项目加在一起是7.9亿元: the total of deals told before it."""
    return SUMS_UP.match(text, count.end, count.end + 24) is not None


def find_announcement(
    text: str, before: Sequence[Sentence], counts: Sequence[FoundCount], count: FoundCount, words: str
) -> Trigger | None:
    """The word of happening of an earlier sentence without a count: 举行集中签约仪式。15个项目总投资58亿元.

    `before`: the sentences up to this one, the title first. `words`: of the clause before the count. A title that
    gives another number, and a sentence that has a count of its own, have been told in full.
    """
    if SHARE.search(words.strip()):
        return None
    for sentence in reversed(before[-AFAR:]):
        own = [
            one for one in within(counts, sentence.start, sentence.end) if one.noun in ("project", "") and one.value > 1
        ]
        if own and all(one.value != count.value for one in own) and not sums_up(text, count):
            return None
        told = [one for one in find_triggers(text, sentence.start, sentence.end) if one.role in (*HAPPENED, "mixed")]
        if told:
            said = text[sentence.start : sentence.end]
            plain = len({one.role for one in told}) == 1 and told[0].role in HAPPENED and not NOT_YET.search(said)
            return told[-1] if plain and not has_cue("denied", said, 0, len(said)) else None
    return None


def find_next_sum(
    text: str, sentence: Sentence, count: FoundCount, counts: Sequence[FoundCount], amounts: Sequence[FoundAmount]
) -> FoundAmount | None:
    """The sum of a count may open the next sentence: 48个项目签约。总投资114亿元。"""
    first = sentence.clauses[0] if sentence.clauses else None
    if first is None:
        return None
    words = text[first.start : first.end].lstrip()
    if not NEXT_SUM.match(words) or has_cue("other_money", text, first.start, first.end):
        return None
    if any(one.value != count.value for one in within(counts, first.start, first.end)):
        return None
    sums = [one for one in within(amounts, first.start, first.end) if not one.per_project and not one.conversion]
    return sums[0] if sums else None


def find_lone_sum(
    text: str, sentence: Sentence, counts: Sequence[FoundCount], amounts: Sequence[FoundAmount]
) -> FoundAmount | None:
    """A sum that is a sentence of its own: 近1000亿元!86个项目集中签约。"""
    sums = within(amounts, sentence.start, sentence.end)
    if len(sums) != 1 or sums[0].per_project:
        return None
    around = text[sentence.start : sums[0].start] + text[sums[0].end : sentence.end]
    alone = len(around.strip()) <= 14 and not within(counts, sentence.start, sentence.end)
    return sums[0] if alone and not has_cue("other_money", around, 0, len(around)) else None
