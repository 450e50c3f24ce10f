"""Counts of other things than projects: companies, visits, events held, leads (statistics)."""

import re
from dataclasses import replace

from streams.extract.en.actions import find_actions
from streams.extract.en.clauses import Clause, find_clauses
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.facts import Fact
from streams.extract.en.numbers import find_numbers
from streams.extract.en.timekeeper import Timekeeper
from streams.extract.en.timing import when_of
from streams.extract.en.whose import region_of

_REGISTERED = re.compile(
    r"\b(?:register\w*|approved|welcomed|settled|landed|(?:are|were|is|was) at home|came to (?:it|the)|is home to|home "
    r"to|set up|established|introduced|"
    r"attracted|brought in|moved in|gathered|gathers|houses|hosts?|based|located|operat\w+ (?:in|"
    r"there)|(?:work|manufacture|produce|trade|do business|"
    r"are (?:active|present|in business)) (?:in|here|there)|"
    r"drawn|housed?|admitted|lured|collected|allotted|allocated|chosen|licensed|incorporated|"
    r"founded|taken root|clustered|invested in|on the register|set themselves up|opened for business|opened|founding|"
    r"incorporat\w*|newly established|sprang up|sprung up|started up|took out licen[cs]es|"
    r"business licen[cs]es|number)\b",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:has|have|had|counts?|counted|sent|with)\b(?: (?:now|currently|already|so far|some|about|to "
    r"date|at present|meanwhile|as many as|sent))*\s*$",
    re.IGNORECASE,
)
_CALLED_ON = re.compile(
    r"\s(?:\w+ ){0,3}?(?:(?:were|was|been|got) )?(?:\w+ (?:or|and) )?(?:\w+ )?(?:visited|contacted|talked to|"
    r"called (?:up)?on|"
    r"approached|received|interviewed|met)\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:home to|registered|at home (?:there|in)|have settled|has settled|set up (?:there|in))\b", re.IGNORECASE
)
_WERE_GUESTS = re.compile(r"\b(?:attended|participated|took part|guests|job)\b", re.IGNORECASE)
_ATTENDED = re.compile(
    r"\b(?:attend\w*|participat\w*|took part|came(?! to (?:it|the (?:district|zone|city|area|park|"
    r"county)))|joined|sent|represent\w*|gathered (?:at|for)|invited|"
    r"guests|(?:were|was) present|exhibit\w*|put up stands|from \d+ countries|in the room|took to)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:go(?:ing)?|went|gone|travel\w*|set) out(?: (?:\w+ ){0,6})?\s?(?P<n>\d{1,4}|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve) times\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:led|sent|took|leading|sending) (?:\w+ ){0,2}(?:teams?|groups?|delegations?)[^.;]{0,40}? (?:for )?"
    r"(?P<m>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) times\b|"
    r"\b(?:activit(?:y|ies)|events?|conferences?|meetings?|roadshows?|promotions?)\b[^.;]{0,"
    r"60}?\b(?P<n>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) times\b",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"\b(?:invest(?:ment|ors?)|promot\w+|business|matchmaking|roadshows?|merchants?|attract\w*|trade|"
    r"negotiat\w+|project|visit\w*|outreach)\b",
    re.IGNORECASE,
)


_SENT_OUT = re.compile(r"\b(?:sent|led|sending|leading)(?: out)? (?:\w+ ){0,3}$", re.IGNORECASE)


def read_tallies(ctx: Context) -> list[Fact]:
    """The statistics of an article that count no projects."""
    facts: list[Fact] = []
    for sentence in ctx.sentences:
        if sentence.paragraph < 0:
            continue
        for clause in find_clauses(sentence, ctx.findings):
            facts += _tallies_of(ctx, clause)
        facts += _times_of(ctx, sentence.start, sentence.end, find_clauses(sentence, ctx.findings))
    trips = [f for f in facts if f.metric == "enterprises_visited" or (f.other_count and f.other_count.noun == "team")]
    single_trip = [f for f in trips if f.time.kind in ("day", "range", "none")]
    Timekeeper(ctx).date_tallies(facts)
    for fact in single_trip:
        if fact.time.kind != "period" or fact.time.first is None:
            ctx.drop(*fact.span, "those called on in one trip are part of it")
            facts.remove(fact)
    return facts


def _tallies_of(ctx: Context, clause: Clause) -> list[Fact]:
    found = []
    for count in clause.counts:
        metric = _metric_of(ctx, clause, count)
        if metric is None or count.elliptical:
            continue
        if clause.action is not None and clause.action.future:
            continue
        fact = _fact(ctx, clause, metric, count)
        if fact is not None:
            if (
                metric == "companies_registered"
                and clause.amounts
                and not any(c.noun == "project" for c in clause.counts)
            ):
                between = ctx.text[count.end : clause.amounts[0].start]
                fact.amount = None if re.search(r"\b(?:among them|including|such as)\b", between) else clause.amounts[0]
            found.append(fact)
    return found


def _signs(ctx: Context, clause: Clause, count: Count) -> bool:
    """ "12 companies put pen to paper", "inked deals with 37 companies": sides of a signing."""
    action = clause.action
    if action is None or action.name != "sign":
        return False
    before = ctx.text[max(clause.start, count.start - 12) : count.start]
    return count.end <= action.start < count.end + 40 or bool(re.search(r"\b(?:with|between) (?:the )?$", before))


def _metric_of(ctx: Context, clause: Clause, count: Count) -> str | None:
    text = ctx.text[clause.start : clause.end]
    if count.noun == "company" and _signs(ctx, clause, count):
        return None
    if count.noun == "lead":
        informed = re.search(r"information$", ctx.text[count.start : count.end])
        return "leads" if not informed or find_actions(ctx.text, clause.start, clause.end, ("leads",)) else None
    if count.noun == "activity":
        held = find_actions(ctx.text, clause.start, clause.end, ("hold",))
        return (
            "activities_held"
            if held
            and count.value > 1
            and _PROMOTION.search(ctx.text[max(0, clause.sentence.start - 250) : clause.end])
            else None
        )
    if count.noun == "team" and count.value > 1 and not count.elliptical:
        return (
            "activities_held" if _SENT_OUT.search(ctx.text, max(clause.start, count.start - 40), count.start) else None
        )
    if count.noun == "company" and re.match(r" strong\b", ctx.text[count.end :]):
        return "companies_registered"
    if count.noun == "company" and count.value > 1 and _CALLED_ON.match(ctx.text, count.end):
        return "enterprises_visited"
    if count.noun == "company" and count.value > 1 and _AT_HOME.search(text) and not _WERE_GUESTS.search(text):
        return "companies_registered"
    if count.noun != "company" or count.value < 2:
        return None
    visited = any(
        a.start <= count.start and count.start - a.end < 12
        for a in find_actions(ctx.text, clause.start, clause.end, ("visit",))
    )
    if not visited and re.match(
        r"[^.;]{0,40}\b(?:negotiat\w+|in talks)\b", ctx.text[count.end : clause.end], re.IGNORECASE
    ):
        return "projects_negotiating"
    if re.search(r"\bresidents$", ctx.text[count.start : count.end]) and not re.search(r"\b(?:zone|park)\b", text):
        return None
    if any(
        a.start <= count.start and count.start - a.end < 70
        for a in find_actions(ctx.text, clause.start, clause.end, ("visit",))
    ) or re.search(r"\b(?:were|was|been) visited\b", text):
        return (
            None
            if _ATTENDED.search(text) and not re.search(r"visit|held talks|called (?:on|at)", text)
            else "enterprises_visited"
        )
    if _ATTENDED.search(ctx.text[count.end : clause.end]) or _ATTENDED.search(ctx.text[clause.start : count.start]):
        return None
    before = ctx.text[max(clause.start, count.start - 45) : count.start]
    return "companies_registered" if _REGISTERED.search(text) or _HAS.search(before) else None


def _fact(ctx: Context, clause: Clause, metric: str, count: Count) -> Fact | None:
    out = metric in ("activities_held", "enterprises_visited")  # what is named after them is where they went
    regions, sure = region_of(ctx, replace(clause, end=count.end) if out else clause, False)
    if not regions:
        return None
    time = when_of(clause, ctx.findings, clause.sentence)
    fact = Fact(clause, metric, "statistic", None, metric, regions, sure * 0.9, time)
    fact.other_count = count
    fact.span = (clause.start, clause.end)
    return fact


def _times_of(ctx: Context, start: int, end: int, clauses: list[Clause]) -> list[Fact]:
    match = _TIMES.search(ctx.text, start, end) or _OUT.search(ctx.text, start, end)
    if not match or not clauses:
        return []
    clause = next((c for c in clauses if c.start <= match.start() < c.end), clauses[0])
    number = "n" if match["n"] else "m"
    count = Count(match.start(number), match.end(), int(find_numbers(match[number])[0].value), "activity")
    fact = _fact(ctx, clause, "activities_held", count)
    return [fact] if fact else []
