"""What one clause says happened: a fact, before it is compared with the article's other facts."""

import re
from dataclasses import dataclass, field, replace
from datetime import date as Day
from decimal import Decimal

from streams.extract.en.actions import Action
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.timing import NONE, When
from streams.extract.found import Found, FoundAmount

MILESTONES = {"start": "started", "complete": "completed", "operate": "operational", "land": "landed"}
METRICS = {
    "sign": "projects_signed",
    "start": "projects_started",
    "complete": "projects_completed",
    "operate": "projects_completed",
    "land": "projects_introduced",
    "introduce": "projects_introduced",
    "negotiate": "projects_negotiating",
    "reserve": "projects_reserved",
    "actual": "investment_actual",
    "foreign": "foreign_investment",
}
_SINGLE = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|his|whose|One|one|this|that|first|second|third|another|"
    r"[A-Z][\w’'-]+|city['’]s|largest|biggest|[\w-]+(?:yuan|dollar|euro))\s(?:[\w’'&$.-]+\s){0,"
    r"6}?(?:(?i:project|plant|factory|base|headquarters|park|fund|cent(?:er|re)|complex|line|facility|"
    r"mill|smelter|refinery|warehouse|fab|campus|hub|resort|terminal|"
    r"village|town|smelter|farm|station|mine|store|mall|hotel|hospital|clinic|distillery|brewery|"
    r"shipyard|academy|school|stadium|cinema|greenhouse|venture|scheme|works|depot|laborator(?:y|ies)|"
    r"institute|workshop|shop|hot spring|phase|furnace|kiln|unit|reactor|gigafactory|subsidiary|data "
    r"cent(?:er|re)|production "
    r"base|port|wharf|building|tower|pipeline|dam|reservoir|zone))\b"
)
SINGLE_NOUN = re.compile(
    r"\b(?:project|plant|factory|base|headquarters|park|complex|lines?|facility|mill|smelter|refinery|"
    r"warehouse|fab|campus|hub|resort|terminal|farm|station|mine|hotel|hospital|works|depot|hot spring|"
    r"clinic|hospital|distillery|brewery|shipyard|(?-i:Town|Village)|phase|gigafactory|workshop|"
    r"venture|pipeline|wharf|cent(?:er|re))\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|whose|his|one|One|another|first|second|third|fourth|[A-Z][\w’'-]+)\s"
    rf"(?:[\w’'&$.-]+\s){{0,5}}?(?i:{SINGLE_NOUN.pattern})"
)
_PLURAL = re.compile(
    r"\b(?:projects|contracts|deals|agreements|investments|plants|factories|memorandums|memoranda|mous|"
    r"documents|funds)\b",
    re.IGNORECASE,
)
INTENT = re.compile(
    r"\b(?:letters? of intent|intentions?|intent|mous?|memorand(?:um|ums|a)|in principle|preliminary|"
    r"tentative|intended)\b",
    re.IGNORECASE,
)
_STRONG_SIGN = re.compile(
    r"(?:sign|ink|pledg|conclud|seal|put|pen|contract|agree|enter|initial|exchang|has agreed|have agreed|"
    r"commit|finali|came to|reach|under contract)",
    re.IGNORECASE,
)
_COOPERATION = re.compile(
    r"\b(?:cooperation|strategic|framework|memorand\w+|mous?|partnership|letters? of intent)\b", re.IGNORECASE
)
_CONTRACTED = re.compile(
    r"\b(?:contract(?:ed|ual)?|agreed|planned) (?:foreign )?(?:investment|capital|funds)\b[^,;.]{0,30}$", re.IGNORECASE
)
_OFFICE = re.compile(
    r"\b(?:government|committee|administration|authority|authorities|governor|mayor|district|county|"
    r"province|state|zone|park)\b",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"(?:works? on (?:it|the site|them) (?:began|started)|(?:the )?first (?:sod|stone|pile)|ground was "
    r"broken|ground-?breaking (?:was|took place|followed)|construction (?:began|started|of it|was)|"
    r"work (?:began|started)|building (?:began|started)|it (?:broke ground|went into|was completed|was "
    r"put|opened|started)|production (?:began|started))\b",
    re.IGNORECASE,
)
_STRONG_INTRO = re.compile(
    r"(?:introduc|attract|dr[ae]w|br(?:ought|ing)|lur|absorb|woo|pull|poured|flow|signed (?:or|and)|landed and)",
    re.IGNORECASE,
)
_PENDING = re.compile(r"\bprojects\b", re.IGNORECASE)
FRAMEWORK = re.compile(r"\b(?:framework|strategic (?:cooperation|co-operation|partnership|alliance))\b", re.IGNORECASE)
PACT = re.compile(
    r"\b(?:agreements?|memorand(?:um|ums|a)|mous?|pacts?|partnerships?|cooperation framework|strategic "
    r"framework|framework|accords?|protocols?|letters? of intent|alliance|cooperation (?:deal|document|"
    r"contract)s?|twinning|to work together|to cooperate)\b",
    re.IGNORECASE,
)
INVESTMENT = re.compile(
    r"\b(?:(?:re-?)?invest\w*|projects?|contracts?|deals?|agreements?|plants?|factor(?:y|ies)|base|funds?|"
    r"capital|worth|total|mous?|memorand\w+|park|complex|headquarters|facility|construction|cost\w*)\b",
    re.IGNORECASE,
)


@dataclass
class Fact:
    """A happening or a running total as one clause tells it; `time` as found, resolved later."""

    clause: Clause
    action: str
    type: str
    stage: str | None
    metric: str | None
    regions: tuple[str, ...]
    sure: float
    time: When
    count: Count | None = None
    projects: int | None = None
    other_count: Count | None = None
    amount: FoundAmount | None = None
    each: FoundAmount | None = None
    single: bool = False
    title: bool = False
    partial: bool = False
    date: Day | None = None
    date_span: Found | None = None
    dated: bool = False
    pending: bool = False
    hint: bool = False
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    kind: str | None = None
    venue: str | None = None
    span: tuple[int, int] = (0, 0)
    more: list[tuple[int, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What must agree for two facts to be of one kind."""
        return self.type, self.stage, self.metric

    @property
    def size(self) -> int | None:
        """How many projects, if it says so."""
        return self.projects


def project_count(clause: Clause, ctx: Context) -> Count | None:
    """The count of projects of the clause's action; a number of agreements only where they are called projects."""
    wanted = ("project", "contract", "fund")
    counts = [c for c in clause.counts if c.noun in wanted and not (c.elliptical and _is_idle(c, clause, ctx))]
    if not counts:
        same = {c.value for c in ctx.findings.counts if c.noun == "project" and not c.elliptical}
        counts = [
            c
            for c in clause.counts
            if c.noun == "agreement"
            and (
                c.value in same
                or re.match(r" (?:for|on|covering|of) (?:\w+ ){0,3}projects\b", ctx.text[c.end : c.end + 40])
            )
            and not INTENT.search(ctx.text[c.start : c.end + 12])
        ]
    if not counts and clause.action and clause.action.name in ("start", "complete", "operate"):
        counts = [c for c in clause.counts if c.noun == "company" and c.value > 1]
    if not counts:
        return None
    full = [c for c in counts if not c.elliptical]
    pool = full or counts
    return nearest(pool, clause.action) if clause.action and len(pool) > 1 and not full else pool[0]


def nearest(counts: list[Count], action: Action) -> Count:
    """The count that stands nearest to the action."""
    return min(counts, key=lambda count: _gap(count, action))


def _gap(found: Found, action: Action) -> int:
    return action.start - found.end if found.end <= action.start else found.start - action.end


def _is_idle(count: Count, clause: Clause, ctx: Context) -> bool:
    """A bare number that only happens to stand there ("on 3, said"): it must stand by the action or by an amount."""
    if clause.action is None:
        return True
    near = abs(_gap(count, clause.action)) < 45
    return not near


def amount_of(clause: Clause, count: Count | None, ctx: Context) -> FoundAmount | None:
    """The total of the clause: of several sums the one that words of a total introduce, else the first after it."""
    if not clause.amounts:
        return None
    if len(clause.amounts) == 1:
        return clause.amounts[0]
    total = [
        a
        for a in clause.amounts
        if _TOTAL.search(ctx.text[max(clause.start, a.start - 50) : a.start]) or _TOTAL_AFTER.match(ctx.text, a.end)
    ]
    if total:
        return total[0]
    if count is None and clause.action is not None:
        action = clause.action
        return min(clause.amounts, key=lambda a: _gap(a, action))
    after = [a for a in clause.amounts if count is None or a.start > count.end]
    return (after or clause.amounts)[0]


_TOTAL = re.compile(
    r"\b(?:total\w*|combined|altogether|together|overall|aggregate|in all|sum)\b[^.;]{0,45}$", re.IGNORECASE
)
_TOTAL_AFTER = re.compile(
    r"\s*(?:\([^)]{0,60}\)\s*)?(?:altogether|in (?:total|all)|together|combined|all told|overall)\b", re.IGNORECASE
)


_ONE_PAPER = re.compile(
    r"\b(?:a|an|the|its) (?:[\w-]+ ){0,3}(?:contract|deal|investment agreement|project agreement|"
    r"agreement (?:\w+ ){0,3}to (?:lay out|invest|build|set up|spend|put|develop|construct)|letter of "
    r"intent|lease)\b",
    re.IGNORECASE,
)


def is_single(clause: Clause, ctx: Context) -> bool:
    """One project, named or not: a singular noun and no plural one in the clause."""
    text = ctx.text[clause.start : clause.end]
    one = _SINGLE.search(text) or _DETERMINED.search(text) or (clause.amounts and _ONE_PAPER.search(text))
    return bool(one) and not _PLURAL.search(text)


def _listed_sum(clause: Clause, ctx: Context) -> tuple[Count, FoundAmount] | None:
    """ "Two agreements: a station for 210 million and a plant for 95 million": two projects, 305 million."""
    counts = [c for c in clause.counts if c.noun in ("agreement", "contract") and c.value > 1]
    amounts = [*clause.amounts, *(p for p in clause.parts if isinstance(p, FoundAmount))]
    amounts.sort(key=lambda a: a.start)
    if not counts or len(amounts) != counts[0].value or len({a.currency for a in amounts}) != 1:
        return None
    if any(_TOTAL.search(ctx.text[max(clause.start, a.start - 40) : a.start]) for a in amounts):
        return None
    whole = replace(amounts[0], end=amounts[-1].end, value=sum((a.value for a in amounts), Decimal(0)))
    return counts[0], whole


def stage_of_signing(clause: Clause, ctx: Context) -> str:
    """contract, framework or intention (rule 14)."""
    text = ctx.text[clause.start : clause.end]
    around = ctx.text[clause.sentence.start : clause.sentence.end]
    contracts = re.search(r"\bcontracts?\b|\bcontract projects\b", text, re.IGNORECASE)
    if (
        re.search(
            r"\bof intent\b|\bmous?\b|memorand|\bintention(?:al)? (?:projects|agreements|contracts)|\bintents?\b",
            text,
            re.IGNORECASE,
        )
        and not contracts
    ):
        return "intention"
    if (
        re.search(r"\bletters? of intent\b", around, re.IGNORECASE)
        and not contracts
        and not re.search(r"\bsigned\b", text)
    ):
        return "intention"
    if FRAMEWORK.search(text) and not contracts:
        return "framework"
    return "contract"


def make_fact(ctx: Context, clause: Clause, regions: tuple[str, ...], sure: float, time: When = NONE) -> Fact | None:
    """The fact of a clause with an action; None when nothing countable is said."""
    action = clause.action
    if action is None:
        return None
    count = project_count(clause, ctx)
    shares = [
        p
        for p in clause.parts
        if isinstance(p, Count) and (p.partial or clause.part_from == clause.start) and p.noun != "company"
    ]
    partial = count is None and bool(shares)
    if partial:
        count = shares[0]
    amount = amount_of(clause, count, ctx)
    listed = _listed_sum(clause, ctx) if count is None and action.name == "sign" else None
    if listed:
        count, amount = listed
    single = count is None and is_single(clause, ctx)
    each = clause.each[0] if clause.each else None
    fact = Fact(
        clause,
        action.name,
        "",
        None,
        None,
        regions,
        sure,
        time,
        count,
        None,
        None,
        amount,
        each,
        single,
        clause.sentence.paragraph < 0,
        partial,
    )
    if action.name in ("actual", "foreign") and clause.amounts:
        usable = [a for a in clause.amounts if not _CONTRACTED.search(ctx.text[max(0, a.start - 60) : a.start])]
        fact.amount = amount = min(usable, key=lambda a: abs(_gap(a, action)), default=None)
    fact.projects = count.value if count else (1 if single else None)
    fact.span = (clause.start, clause.end)
    text = ctx.text[clause.start : clause.end]
    fact.pending = count is None and amount is None and bool(_PENDING.search(text))
    if action.name in ("actual", "foreign") and amount is None and count is not None:
        fact.action = "introduce"
        return fact
    if action.name in ("actual", "foreign"):
        if amount is None or any(c.noun == "company" and c.start < amount.start for c in clause.counts):
            return None
        if action.name == "actual" and re.search(r"\bforeign\b", ctx.text[clause.start : amount.start], re.IGNORECASE):
            fact.action = "foreign"
        fact.projects, fact.count, fact.single = (fact.projects if count else None), count, False
    elif action.name == "sign":
        if count is None and amount is None and not single and not fact.pending:
            if _firms_signed(clause):
                return fact
            fact.hint = bool(_STRONG_SIGN.match(action.words)) and bool(_OFFICE.search(text)) and not PACT.search(text)
            return fact if fact.hint else None
        if count is None and amount is None and not _STRONG_SIGN.match(action.words):
            return None
        if count is None and amount is None and _COOPERATION.search(text):
            return None
        weak = not _STRONG_SIGN.match(action.words)
        if count is None and amount is not None and weak and not INVESTMENT.search(text):
            return None
    elif action.name == "introduce":
        if count is None and not _STRONG_INTRO.match(action.words):
            return None
        if count is None and (
            amount is None or not INVESTMENT.search(text) or any(c.noun == "company" for c in clause.counts)
        ):
            return None
        fact.single = False
        fact.projects = count.value if count else None
    elif action.name in ("negotiate", "reserve"):
        if count is None:
            return None
    elif count is None and single and (_is_loose(ctx, clause) or clause.sentence.text.lstrip()[:1] in "\"“'‘"):
        return None
    elif count is None and not (single and SINGLE_NOUN.search(text)):
        if count is None and amount is None and not fact.pending and not clause.sentence.paragraph < 0:
            fact.hint = _HINT.match(ctx.text[clause.start : clause.end].strip()) is not None
            return fact if fact.hint else None
        if not fact.pending and (amount is None or not re.search(r"\bprojects?\b", text, re.IGNORECASE)):
            return None
    return fact


def _is_loose(ctx: Context, clause: Clause) -> bool:
    """ "the finished product line": the word stands before its noun and tells nothing."""
    action = clause.action
    if action is None or action.name != "complete" or not re.match(r"complet|finish", action.words, re.IGNORECASE):
        return False
    before = ctx.text[max(clause.start, action.start - 40) : action.start]
    return not re.search(
        r"\b(?:was|were|been|has|have|had|is|are|be|being|got|builders|workers|company|group|crews)\b(?: \w+){0,3} $",
        before,
    ) and not re.match(r"\w+ (?:construction|building|work|the|its|a)\b", ctx.text[action.start : clause.end])


def _firms_signed(clause: Clause) -> bool:
    """ "12 companies put pen to paper": a signing whose projects are not counted."""
    action = clause.action
    if action is None or not _STRONG_SIGN.match(action.words):
        return False
    return any(c.noun == "company" and c.value > 1 and c.end <= action.start < c.end + 40 for c in clause.counts)


def settle_type(fact: Fact, ctx: Context, period: bool) -> None:
    """Type and subtype: a running total over a period is a statistic, the rest a signing or a milestone."""
    action = fact.action
    if action in ("negotiate", "reserve", "actual", "foreign", "introduce") or period:
        fact.type, fact.metric, fact.stage = "statistic", METRICS[action], None
    elif action == "sign":
        fact.type, fact.stage, fact.metric = "signing", stage_of_signing(fact.clause, ctx), None
    else:
        fact.type, fact.stage, fact.metric = "milestone", MILESTONES[action], None
