"""What only breaks down a figure told before, or takes it back."""

import re

from streams.extract.en.actions import Action
from streams.extract.en.findings import Findings, within
from streams.extract.found import Found

_PART = re.compile(
    r"\b(?:including|include[sd]?|among (?:them|which|these|those|the)|of (?:which|these|those|them)|"
    r"such as|namely|comprising|consist(?:s|ing) of|made up of|accounts? for|accounting for|accounted "
    r"for|"
    r"mak(?:es|ing) up|made up|takes? up|taking up|falls? to|belongs? to|the largest|the biggest|"
    r"represent(?:s|ing) \d+|the lion['’]s share|contribut(?:ed|ing|es)|the rest|the remaining|the "
    r"remainder|in particular|especially|notably|one of them|divided into|split into|broken down)\b",
    re.IGNORECASE,
)
AMONG = re.compile(
    r"\W*(?:among|of|one of|some of|two of|three of) (?:them|these|those|which|the (?:\d+|[a-z]+teen|"
    r"[a-z]*t[yw]o?-?[a-z]*|six|seven|eight|nine|ten|five|four|three|two|signed|new)\b)",
    re.IGNORECASE,
)


def after_whole(findings: Findings, low: int, high: int, action: Action | None) -> tuple[int, int]:
    """ "Of the 46 projects signed on Monday, worth 9 billion, 20 are ...": the parts begin after the whole is told."""
    counts = within(findings.counts, low, high)
    if not action or len(counts) < 2 or counts[0].partial or not 0 <= action.start - counts[0].end < 3:
        return low, high
    return counts[1].start, high


def is_set_right(text: str, found: Found) -> bool:
    """ "7.1 billion yuan, not 71 billion": the figure that a correction takes back."""
    return bool(_TAKEN_BACK.search(text[max(0, found.start - 24) : found.start]))


_TAKEN_BACK = re.compile(r"(?:,|\band) not (?:the )?$|\b(?:instead of|rather than) (?:the )?$", re.IGNORECASE)


def part_from(findings: Findings, low: int, high: int, action: Action | None) -> tuple[int, int] | None:
    """The stretch of a clause that only breaks down what stands before it."""
    text = findings.text[low:high]
    for match in _PART.finditer(text):
        at = low + match.end()
        if any(count.start <= low + match.start() < count.end for count in within(findings.counts, low, high)):
            continue
        numbers = within(findings.counts, at, high) + within(findings.amounts, at, high)
        ahead = [n for n in numbers if n.start - at < 40]
        if not any(
            q.start < low + match.start()
            for q in (*within(findings.counts, low, high), *within(findings.amounts, low, high))
        ):
            continue
        if action and action.start > at:
            end = action.start
            return (low + match.start(), end)
        if ahead and not re.match(r"including|such as", match.group(), re.IGNORECASE):
            return low + match.start(), high
        if ahead:
            return low + match.start(), high
    colon = re.search(r": ", text)
    if colon and action and action.end <= low + colon.start():
        before = list(within(findings.amounts, low, low + colon.start()))
        if before:
            return low + colon.start(), high
    return None
