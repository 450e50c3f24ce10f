"""Signings, milestones and running totals: the facts of every clause, with their region and time."""

import re

from streams.extract.en.actions import Action
from streams.extract.en.announced import read_announced
from streams.extract.en.batches import split_batches
from streams.extract.en.calls import is_off
from streams.extract.en.clauses import Clause, find_clauses
from streams.extract.en.context import Context
from streams.extract.en.facts import MILESTONES, Fact
from streams.extract.en.findings import within
from streams.extract.en.follow import follow_up, take_price
from streams.extract.en.guess import guess_action
from streams.extract.en.measures import is_priced_thing
from streams.extract.en.sentences import Sentence
from streams.extract.en.tellings import make_fact
from streams.extract.en.timekeeper import Timekeeper
from streams.extract.en.timing import when_of
from streams.extract.en.told_where import narrow_regions
from streams.extract.en.whose import STATED, region_of

MOST = 80
"""Happenings that are read in one article."""
_SAME_THING = re.compile(
    r"\b(?:the|its|our) (?:[\w-]+ ){0,2}(?:project|plant|factory|base|works|park|complex|facility|mill|"
    r"line|refinery)\b|\bit\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:is|are|was|were) (?:still )?\W?(?:weighing|considering|mulling|studying|eyeing|pondering|thinking of)\b|"
    r"^\W*(?:imagine|suppose|say a|what if|if|consider a|picture|assume|even if)\b|\bwould have "
    r"(?:been )?(?:signed|invested)\b",
    re.IGNORECASE,
)


_INCLUDED = re.compile(
    r"\W*(?:they|these|those|all of (?:them|these)|both|it|this)\b[^.]{0,30}\b(?:included|counted|contained|"
    r"part of)\b(?<!not included)"
    r"(?<!not counted)[^.]{0,40}\b(?:total|sum|figures?|number|tally|count)\b",
    re.IGNORECASE,
)
_SET_RIGHT = re.compile(
    r"(?<!as )\bwe (?:had |have |wrongly |mistakenly |erroneously )*(?:wrote|reported|misreported)\b(?!.*\b(?:should|"
    r"correct\w*)\b)"
    r"|\b(?:our (?:\w+ )?(?:story|report|issue|article|edition|piece)|this (?:paper|site|newspaper|agency)|an? earlier "
    r"(?:version|story|report|article|dispatch))\b[^.]{0,60}\b(?:wrote|reported|said|stated|gave|put|claimed|"
    r"misstated|had "
    r"(?:wrongly|mistakenly))\b(?!.*\b(?:should|correct\w*)\b)",
    re.IGNORECASE,
)


def read_deals(ctx: Context) -> list[Fact]:
    """The facts of the article in the order of the text, times resolved, types settled."""
    facts: list[Fact] = []
    for sentence in ctx.sentences:
        if len(facts) >= MOST:
            ctx.drop(sentence.start, sentence.end, f"more than {MOST} happenings in one article: a list, not news")
            break
        if _SET_RIGHT.search(sentence.text):
            ctx.drop(sentence.start, sentence.end, "what an earlier story said, set right here")
            taken_back = {c.value for c in within(ctx.findings.counts, sentence.start, sentence.end)}
            facts = [f for f in facts if not (f.title and f.projects in taken_back)]
            continue
        if _HYPOTHETICAL.search(sentence.text):
            ctx.drop(sentence.start, sentence.end, "imagined, not told")
            continue
        mine: list[Fact] = []
        for clause in find_clauses(sentence, ctx.findings):
            for batch in split_batches(clause, ctx.findings):
                fact = _fact_of(ctx, batch, facts + mine)
                if fact is not None:
                    mine.append(fact)
        _share_out(ctx, sentence, mine)
        if not mine and _sums_up(ctx, sentence, facts):
            continue
        if (
            facts
            and not mine
            and _INCLUDED.match(sentence.text)
            and 0 <= sentence.start - facts[-1].clause.sentence.end < 3
        ):
            ctx.drop(*facts.pop().span, "included in a total told before (rule 1)")
            continue
        announced = read_announced(ctx, sentence, facts)
        if announced is not None and _is_news(announced, mine, facts):
            mine.append(announced)
        if all(fact.partial or fact.action in ("actual", "foreign") for fact in mine):
            follow_up(ctx, sentence, facts)
        facts += mine
    facts = [fact for fact in facts if not (fact.pending and fact.amount is None)]
    for fact in facts:
        _thing_before(ctx, fact)
    facts = _one_project(ctx, facts)
    for fact in facts:
        take_price(ctx, fact)
    narrow_regions(ctx, facts)
    Timekeeper(ctx).resolve(facts)
    _claim_count(ctx, facts)
    return facts


def _thing_before(ctx: Context, fact: Fact) -> None:
    """ "X will get a 5-billion-yuan plant. Its builder signed with the city": what the sentence before tells of."""
    if not fact.hint or fact.action != "sign":
        return
    here = ctx.sentences.index(fact.clause.sentence)
    before = ctx.sentences[here - 1] if here else None
    if before is None or before.paragraph != fact.clause.sentence.paragraph:
        return
    clause = Clause(before.start, before.end, before, None)
    sums = within(ctx.findings.amounts, before.start, before.end)
    if len(sums) == 1 and is_priced_thing(ctx, clause, sums[0]) and not is_off(before.text):
        fact.hint, fact.single, fact.projects, fact.amount = False, True, 1, sums[0]
        fact.more.append((before.start, before.end))


def _claim_count(ctx: Context, facts: list[Fact]) -> None:
    """ "Noodles and now 69 projects: ... Contracts of 36.7 billion were made": the one count of the lead untold."""
    open_ones = [f for f in facts if f.type == "signing" and f.projects is None and f.amount and not f.title]
    if len(open_ones) != 1 or any(f.projects and f.projects > 1 for f in facts if f.action == "sign"):
        return
    lead = [s for s in ctx.sentences if s.paragraph <= 0][:2]
    counts = [
        c
        for s in lead
        for c in within(ctx.findings.counts, s.start, s.end)
        if c.noun in ("project", "contract") and c.value > 1 and not (c.elliptical or c.partial)
    ]
    if len({c.value for c in counts}) == 1 and not any(f.projects == counts[0].value for f in facts):
        open_ones[0].count, open_ones[0].projects, open_ones[0].single = counts[-1], counts[-1].value, False


def _sums_up(ctx: Context, sentence: Sentence, facts: list[Fact]) -> bool:
    """ "That makes 3.95 billion in all": the sum of the batches just told goes to the whole told before them."""
    amounts = [
        a for a in within(ctx.findings.amounts, sentence.start, sentence.end) if not a.conversion and not a.per_project
    ]
    if len(amounts) != 1:
        return False
    for size in (2, 3, 4):
        group = facts[-size:]
        if len(group) < size or not all(f.amount and f.projects for f in group):
            continue
        if sum(f.amount.value for f in group if f.amount) == amounts[0].value:
            count = sum(f.projects or 0 for f in group)
            whole = next((f for f in facts[:-size] if f.projects == count and f.amount is None), None)
            if whole is not None:
                whole.amount, whole.title = amounts[0], False
                for fact in group:
                    fact.partial = True
                return True
    return False


def _is_news(announced: Fact, mine: list[Fact], facts: list[Fact]) -> bool:
    """An announced deal beside what else its sentence tells: its sum is no other fact's, and it was not told before."""
    apart = all(
        f.action in MILESTONES and f.amount and announced.amount and f.amount.start != announced.amount.start
        for f in mine
    )
    return apart and not any(_is_repeat(announced, f) for f in facts)


def _is_repeat(one: Fact, other: Fact) -> bool:
    return bool(other.single and other.action == "sign" and not other.title) and (
        other.amount is None or (one.amount is not None and one.amount.value == other.amount.value)
    )


def _one_project(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """An article about one project: its stages told without its name are kept, and its sum is that of every stage."""
    told = [f for f in facts if not f.hint and f.action in ("sign", *MILESTONES)]
    firm = [f for f in told if not (f.count and f.time.kind in ("period", "same"))]
    firm.sort(key=lambda f: f.title)
    if not firm or any(f.projects != 1 or f.count for f in firm):
        return [f for f in facts if not f.hint]
    sums = {f.amount.value: f.amount for f in firm if f.amount and not f.title}
    for fact in facts:
        if fact.hint:
            fact.projects, fact.single, fact.regions = 1, True, firm[0].regions
        if (
            fact.amount is None
            and len(sums) == 1
            and fact.regions == firm[0].regions
            and fact.action in ("sign", *MILESTONES)
            and (fact.hint or _SAME_THING.search(ctx.text[fact.span[0] : fact.span[1]]))
        ):
            fact.amount = next(iter(sums.values()))
    return facts


def _share_out(ctx: Context, sentence: Sentence, facts: list[Fact]) -> None:
    """ "52 projects signed and 38 started, worth 26.3 billion and 19.7 billion respectively": each its own."""
    if len(facts) < 2 or "respectively" not in sentence.text:
        return
    amounts = [
        a for a in within(ctx.findings.amounts, sentence.start, sentence.end) if not a.conversion and not a.per_project
    ]
    if len(amounts) == len(facts):
        for fact, amount in zip(facts, amounts, strict=True):
            fact.amount = amount


_PITCH = re.compile(
    r"\b(?:road-?shows?|pitch(?:ed|es|ing)? (?:session|event|day)|audition\w*|demo day)\b", re.IGNORECASE
)


def _is_pitched(clause: Clause, action: Action) -> bool:
    """ "12 projects were pitched at a roadshow": no list of projects seeking investors and no deal."""
    if not _PITCH.search(clause.sentence.text):
        return False
    return action.name == "reserve" or not re.match(
        r"sign|ink|seal|conclud|contract|agree|land|bag", action.words, re.IGNORECASE
    )


_SINCE = re.compile(r"\b(?:since|ever since) (?:[\w’'&.-]+ ){1,6}$", re.IGNORECASE)


_STATE = re.compile(
    r"(?:is|are) (?:now |already |currently )*(?:in |under |up |running|operating|producing|operational|online|open)",
    re.IGNORECASE,
)
"""A state, not a step: "19 of them are in operation"."""
_CONTACT = re.compile(
    r"\b(?:plant|factory|base|works|facility|mill|line|park|complex|project|hall|site|one) (?:that |which )?(?:it|"
    r"they|he|she|the (?:company|firm|group)) "
    r"(?:had |has |already )?$",
    re.IGNORECASE,
)
""" "the plant it opened in 2020"."""


_TAKEN_OFF = re.compile(
    r"\b(?:struck|crossed|removed|deleted|dropped|taken|erased|weeded|thrown) (?:off|from|out of|out|off of) "
    r"(?:the|its|their|our) (?:[\w-]+ ){0,2}(?:lists?|register|books?|catalogue|records?|library|pipeline|reserve)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\W*(?:Under|As part of|Thanks to|By|Following|Out of|On the strength of) (?:an?|this|that|the) "
    r"(?:[\w-]+ ){0,3}(?:agreement|pact|partnership|cooperation|accord|twinning)\b"
)
"""Before what two sides have set up since."""


def _has_day(ctx: Context, clause: Clause) -> bool:
    return any(d.day for d in within(ctx.findings.days, clause.start, clause.end))


def _fact_of(ctx: Context, clause: Clause, before: list[Fact]) -> Fact | None:
    if clause.action is None:
        clause.action = guess_action(ctx, clause, before)
    action = clause.action
    if action is None or not (
        clause.counts or clause.amounts or clause.parts or action.name not in ("introduce", "negotiate", "reserve")
    ):
        return None
    if action.name in ("reserve", "sign") and _is_pitched(clause, action):
        ctx.drop(clause.start, clause.end, "projects pitched at an event are part of it (rule 16)")
        return None
    fact = make_fact(ctx, clause, (), 1.0)
    if fact is None:
        return None
    if fact.partial and _STATE.match(action.words) and not _has_day(ctx, clause):
        ctx.drop(clause.start, clause.end, "how a part of what was told stands (rule 1)")
        return None
    if _TAKEN_OFF.search(ctx.text, clause.sentence.start, clause.sentence.end):
        ctx.drop(clause.start, clause.end, "taken off a list (rule 5)")
        return None
    if fact.single and not fact.amount and _UNDER.match(ctx.text, clause.start) and not _has_day(ctx, clause):
        ctx.drop(clause.start, clause.end, "what an agreement of earlier brought, told as background (rule 23)")
        return None
    lead = ctx.text[max(clause.start, action.start - 60) : action.start]
    if fact.single and (_SINCE.search(lead) or _CONTACT.search(lead)) and not _has_day(ctx, clause):
        ctx.drop(clause.start, clause.end, "merely recalled (rule 23)")
        return None
    if (fact.projects or 1) == 1 and is_off(clause.sentence.text):
        ctx.drop(clause.start, clause.end, "called off or denied (rule 5)")
        return None
    if action.future or action.negated:
        ctx.drop(clause.start, clause.end, "still to come" if action.future else "denied or negated (rule 5)")
        return None
    fact.regions, fact.sure = region_of(ctx, clause, fact.single or fact.projects == 1, fact.action in ("foreign",))
    if not fact.regions:
        ctx.drop(clause.start, clause.end, "no region known")
        return None
    fact.stated = fact.sure >= STATED
    fact.time = when_of(clause, ctx.findings, clause.sentence)
    fact.dated = fact.time.kind in ("day", "range", "period", "soft", "same")
    return fact
