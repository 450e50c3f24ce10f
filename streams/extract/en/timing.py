"""When: the day of a happening, or the period of a running total (rules 4, 11, 12, 13)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from streams.extract.en.clauses import Clause
from streams.extract.en.findings import Findings, within
from streams.extract.en.periods import Period
from streams.extract.en.sentences import Sentence
from streams.extract.found import Found, FoundDay

_SAY = re.compile(
    r"\b(?:said|announced|told|according to|reported|released|revealed|disclosed|confirmed|stated|"
    r"noted|data show\w*|figures?)\b(?:[^.;]|\.\d){0,40}$|\b(?:report(?:ed)?|published|issue of|"
    r"statement)\b(?:[^.;]|\.\d){0,20}$",
    re.IGNORECASE,
)
_SAME_PERIOD = re.compile(
    r"\b(?:in|over|during|for) the (?:three|four|five|six|seven|eight|nine|ten|eleven) months\b(?! of| "
    r"since)|\b(?:in|during|over|for) the same (?:period|month|quarter|year|time|half|(?:\w+ )?months|"
    r"half-year)\b|\bsince then\b|\bin (?:that|the) (?:year|quarter|period|month)\b|\bover the same "
    r"period\b|\bduring (?:that|the|this) (?:year|period|quarter|month)\b",
    re.IGNORECASE,
)
_RANKING = re.compile(
    r"\b(?:largest|biggest|highest|best|most)\b(?:[^.;,]|\.\d){0,40}$|\bfirst (?:since|time|"
    r"in)\b(?:[^.;,]|\.\d){0,20}$|\b(?:third|first|second|fourth|fifth|latest) (?:batch|round|group|"
    r"session|edition|time|ceremony|roadshow|tour|trip|event|promotional|promotion|investment|"
    r"centrali[sz]ed)\b(?:[^.;,]|\.\d){0,50}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than(?! \d| an? | RMB| [$€£¥])|against|compared (?:with|to)|(?:up|down|rose|fell|grew|increas\w+|risen|"
    r"rise|jump\w*|different) from|"
    r"from (?:a year|the (?:same|previous|corresponding|year))|up on|above|over the same)\b(?:[^.;,]|\.\d){0,40}$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:falls? to|scheduled for|planned for|due|investment (?:for|in|of)|this year['’]s|spend|"
    r"expected|of which)\b(?:[^.;,]|\.\d){0,30}$",
    re.IGNORECASE,
)
_MULTIDAY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|multi|\d{1,2})[- ]day(?! (?:earlier|"
    r"later|ago))\b|\bfor (?:a week|two weeks|(?:two|three|four|five|six|seven|\d{1,2}) days)\b|"
    r"\bweek-?long\b|\brest of the week\b|\bruns? (?:until|through|to)\b|\blasts? (?:until|through)\b|"
    r"\bseries of\b|\bafter (?:two|three|four|five|six|seven|\d) days\b|\blasted (?:two|three|four|"
    r"five|\d)\b|\b(?:two|three|four|five|six|seven|\d) days\b|\bruns? for\b|\bsince (?:Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    re.IGNORECASE,
)


_RELATIVE = re.compile(r"[\s,]*(?:where|which|who|whose)\b", re.IGNORECASE)


LONGEST_HAPPENING = 12
"""Days that a fair, a trip or a round of signings lasts at most; what is counted over more is a running total."""


@dataclass(frozen=True)
class When:
    """`kind`: day, range (of days), period, soft (a month or "now"), none. `span`: the words."""

    kind: str
    day: date | None = None
    first: date | None = None
    last: date | None = None
    span: Found | None = None


NONE = When("none")


def when_of(clause: Clause, findings: Findings, sentence: Sentence) -> When:
    """What the clause itself says of time; if nothing, what the rest of its sentence says."""
    for low, high in ((clause.start, clause.end), (sentence.start, sentence.end)):
        when = _when_in(low, high, findings, clause)
        aside = when.span is not None and when.span.start >= clause.end and _RELATIVE.match(findings.text, clause.end)
        if when.kind != "none" and not (aside and when.kind in ("period", "soft")):
            return when
    return NONE


def _when_in(low: int, high: int, findings: Findings, clause: Clause) -> When:
    text = findings.text
    periods = [p for p in within(findings.periods, low, high) if not _is_aside(text, p, low, clause)]
    same = _SAME_PERIOD.search(text, low, high)
    days = [d for d in within(findings.days, low, high) if not any(p.start <= d.start < p.end for p in periods)]
    hard = [p for p in periods if not p.soft]
    exact = [d for d in days if d.day and not d.until and not _SAY.search(text[max(low, d.start - 60) : d.start])]
    ranges = [d for d in days if d.day and d.until]
    if hard and not (exact and _is_past(clause)):
        best = min(hard, key=lambda p: _distance(p, clause))
        return When("period", None, best.first, best.last, best)
    if same and not exact:
        return When("same", None, None, None, Found(same.start(), same.end()))
    if exact:
        best_day = min(exact, key=lambda d: _distance(d, clause))
        return When("day", best_day.day, None, None, best_day)
    if ranges:
        first, last = ranges[0].day, ranges[0].until
        kind = "period" if first and last and (last - first).days > LONGEST_HAPPENING else "range"
        return When(kind, None, first, last, ranges[0])
    soft = [p for p in periods if p.soft]
    if soft:
        nearest = min(soft, key=lambda p: _distance(p, clause))
        return When("soft", None, nearest.first, nearest.last, nearest)
    said = [d for d in days if d.day and not d.until]
    if said:
        return When("said", said[0].day, None, None, said[0])
    return When("recent", None, None, None, days[0]) if days else NONE


def _distance(found: FoundDay | Period, clause: Clause) -> int:
    if clause.action is None:
        return found.start
    return min(abs(found.start - clause.action.end), abs(clause.action.start - found.end))


def _is_past(clause: Clause) -> bool:
    """A day beside a period: it is the day that a thing was done on, unless the thing has been done over the period."""
    if clause.action is None:
        return True
    return not re.search(r"\b(?:has|have)\b", clause.action.words)


_OF_ANOTHER = re.compile(r",\s(?:which|who|where|whose)\b[^,;]*$", re.IGNORECASE)
"""A relative clause after what is told: its time is its own."""


def _is_aside(text: str, period: Period, low: int, clause: Clause) -> bool:
    """ "the largest since 2005", "than last year", "the second fair in China this year": no period of what is told."""
    before = text[max(low, period.start - 60) : period.start]
    if (
        clause.action
        and clause.action.end < period.start
        and _OF_ANOTHER.search(text[clause.action.end : period.start])
    ):
        return True
    return bool(_RANKING.search(before) or _COMPARED.search(before) or (_PLANNED.search(before) and period.soft))


@lru_cache(maxsize=64)  # asked again for every fact of a sentence
def is_multiday(text: str) -> bool:
    """True when the words tell of more than one day."""
    return bool(_MULTIDAY.search(text))
