"""What a clause measures: the count of its projects, its total, whether it is one project, and its stage of signing."""

import re
from dataclasses import replace
from decimal import Decimal

from streams.extract.en.actions import Action
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.deal_words import DETERMINED, FRAMEWORK, INTENT, PLURAL, SINGLE
from streams.extract.found import Found, FoundAmount


def project_count(clause: Clause, ctx: Context) -> Count | None:
    """The count of projects of the clause's action; a number of agreements only where they are called projects."""
    wanted = ("project", "contract", "fund")
    counts = [c for c in clause.counts if c.noun in wanted and not (c.elliptical and _is_idle(c, clause, ctx))]
    counts = [c for c in counts if not _points_back(ctx, c)]
    if not counts and _AS_MANY.search(ctx.text, clause.start, clause.end):
        counts = [c for c in clause.counts if c.noun == "company"][:1]
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
        start = clause.action.start
        counts = [
            c for c in clause.counts if c.noun == "company" and c.value > 1 and (c.end <= start or c.start - start < 60)
        ]
    if not counts:
        return None
    full = [c for c in counts if not c.elliptical]
    own = _told_apart(counts, clause, ctx)
    if own:
        return own
    pool = full or counts
    return nearest(pool, clause.action) if clause.action and len(pool) > 1 and not full else pool[0]


def _told_apart(counts: list[Count], clause: Clause, ctx: Context) -> Count | None:
    """ "Twelve projects went ahead: seven started": the action's own count is the one right before it."""
    if clause.action is None:
        return None
    own = [c for c in counts if c.elliptical and 0 <= clause.action.start - c.end <= 2]
    whole = [c for c in counts if own and c.end < own[0].start and re.search(r"[:;]", ctx.text[c.end : own[0].start])]
    return own[0] if whole else None


_AS_MANY = re.compile(r"\bas many (?:[\w-]+ )?(?:projects|plants|factories|ventures|schemes|works)\b", re.IGNORECASE)


def _points_back(ctx: Context, count: Count) -> bool:
    """ "companies have been registered for the 24": a number without a noun that takes up a count told before."""
    if not count.elliptical or not re.search(
        r"\b(?:the|these|those) $", ctx.text[max(0, count.start - 8) : count.start]
    ):
        return False
    return any(c.value == count.value and c.end <= count.start and not c.elliptical for c in ctx.findings.counts)


def nearest(counts: list[Count], action: Action) -> Count:
    """The count that stands nearest to the action."""
    return min(counts, key=lambda count: gap(count, action))


def gap(found: Found, action: Action) -> int:
    """Characters between something found and the action."""
    return action.start - found.end if found.end <= action.start else found.start - action.end


def _is_idle(count: Count, clause: Clause, ctx: Context) -> bool:
    """A bare number that only happens to stand there ("on 3, said"): it must stand by the action or by an amount."""
    if clause.action is None:
        return True
    near = abs(gap(count, clause.action)) < 45
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
        return min(clause.amounts, key=lambda a: gap(a, action))
    after = [a for a in clause.amounts if count is None or a.start > count.end]
    return (after or clause.amounts)[0]


_TOTAL = re.compile(
    r"\b(?:total\w*|combined|altogether|together|overall|aggregate|in all|sum)\b[^.;]{0,45}$", re.IGNORECASE
)
_TOTAL_AFTER = re.compile(
    r"\s*(?:\([^)]{0,60}\)\s*)?(?:altogether|in (?:total|all)|together|combined|all told|overall)\b", re.IGNORECASE
)


_ONE_PAPER = re.compile(
    r"(?:\b(?:a|an|the|its)|[’']s) (?:[\w-]+ ){0,3}(?:contract|deal|investment agreement|project agreement|"
    r"agreement (?:\w+ ){0,3}to (?:lay out|invest|build|set up|spend|put|develop|construct)|letter of "
    r"intent|lease)\b",
    re.IGNORECASE,
)


_PLEDGES = re.compile(
    r"\b(?:agree[ds]?|committed|commits|pledged|pledges|promised|undertook|undertakes|vowed|will|is to|decided)\b"
    r"(?: on [A-Z]\w+\.? \d+| on \w+day)? (?:itself )?(?:to )?"
    r"(?:invest|spend|put|pour|inject|sink|pump|plough)(?:ing)?\b"
)
_SEVERAL = re.compile(
    r"\b(?:companies|firms|enterprises|investors|manufacturers|makers|members|entrepreneurs|merchants|they|groups|"
    r"producers|"
    r"each|projects|plants|factories|government|city|district|county|province|cooperation)\b(?=.{0,90}\b(?:agree|"
    r"commit|pledg|"
    r"promis|under|vow|will|is to|decided))",
    re.IGNORECASE | re.DOTALL,
)
"""Several invest, or the place itself: no single project."""
_SITE_PAPER = re.compile(
    r"\b(?:an?|the|its|this) (?:[\w-]+ ){0,3}?(?:land[ -](?:use|lease|purchase|transfer) (?:contract|agreement|deal)|"
    r"land lease|"
    r"(?:investment|project|settlement) (?:contract|agreement))\b",
    re.IGNORECASE,
)
"""A paper that is signed for one project."""
_ITS_OWN = re.compile(
    r"\b(?:on|of|for|started|building|opened|finished) (?:its|their|one of its|one of their) own\b", re.IGNORECASE
)
"""The noun is left out: "Eve began work on its own"."""
_FOR_ONE = re.compile(r"\b(?:for|on|over) an? [\w’' -]{3,50}? (?:costing|worth|of|at|with)\b", re.IGNORECASE)
_EXCHANGED = re.compile(
    r"\b(?:exchang\w+ (?:\w+ )?(?:contracts|documents|agreements)|(?:contracts|documents|agreements|papers) (?:\w+ )?"
    r"(?:were|was|have been) (?:\w+ )?(?:exchanged|signed|swapped))\b",
    re.IGNORECASE,
)
"""Words of signing in the plural that may go with one project."""


_SUM_OF = re.compile(r"\binvestments (?:of|worth|totall?ing|exceeding|up to)\b", re.IGNORECASE)
"""A sum in the plural, said of one project as well."""


def is_single(clause: Clause, ctx: Context) -> bool:
    """One project, named or not: a singular noun and no plural one in the clause."""
    if (
        clause.action
        and clause.action.name == "land"
        and any(c.noun == "company" and c.value > 1 for c in clause.counts)
    ):
        return False
    text = ctx.text[clause.start : clause.end]
    one = (
        SINGLE.search(text)
        or _SITE_PAPER.search(text)
        or (clause.amounts and _ITS_OWN.search(text))
        or DETERMINED.search(text)
        or (clause.amounts and _ONE_PAPER.search(text) and (_FOR_ONE.search(text) or not FRAMEWORK.search(text)))
    )
    if (
        clause.amounts
        and not clause.counts
        and _PLEDGES.search(text)
        and not (_SEVERAL.search(text) or FRAMEWORK.search(text))
    ):
        return True
    priced = any(is_priced_thing(ctx, clause, amount) for amount in clause.amounts)
    return bool(one or priced) and not PLURAL.search(_SUM_OF.sub("", _EXCHANGED.sub("", text)))


def is_priced_thing(ctx: Context, clause: Clause, amount: FoundAmount) -> bool:
    """ "a 900-million-yuan theatre": a sum that stands as an adjective before one thing, whatever it is."""
    if "-" not in ctx.text[amount.start : amount.end]:
        return False
    lead = _ONE_LEAD.search(ctx.text[max(clause.start, amount.start - 30) : amount.start])
    thing = _THING.match(ctx.text, amount.end, clause.end)
    return bool(lead and thing and not _NO_THING.search(thing.group()))


_ONE_LEAD = re.compile(r"(?:\b(?:an?|the|its|their|one|another|new|second|first)|[’']s?) (?:[a-z-]+ )?$", re.IGNORECASE)
_THING = re.compile(
    r"(?: (?!of\b|in\b|at\b|on\b|for\b|by\b|to\b|and\b|was\b|is\b|has\b|with\b|from\b|went\b|into\b|which\b|that\b)"
    r"[\w’'&-]+){1,6}"
)
_NO_THING = re.compile(
    r"\b(?:deals?|contracts?|agreements?|packages?|investments?|loans?|budgets?|bonds?|programmes?|programs?|credit|"
    r"orders?|"
    r"turnover|market|industry|cluster|economy|target|mark|level|class|profit|revenue|subsid\w+|grants?|"
    r"[\w-]*[^s’']s)$",
    re.IGNORECASE,
)


def listed_sum(clause: Clause, ctx: Context, count: Count | None) -> tuple[Count, FoundAmount] | None:
    """ "Two agreements: a station for 210 million and a plant for 95 million": two projects, 305 million."""
    named = ("project", "contract", "fund") if count else ("agreement", "contract")
    if count is None and not clause.counts and len(clause.amounts) > 1:
        return _listed_one_by_one(clause, ctx)
    counts = [c for c in clause.counts if c.noun in named and c.value > 1 and not c.elliptical]
    amounts = [*clause.amounts, *(p for p in clause.parts if isinstance(p, FoundAmount))]
    amounts.sort(key=lambda a: a.start)
    if len(counts) != 1 or len(amounts) != counts[0].value or len({a.currency for a in amounts}) != 1:
        return None
    if any(_TOTAL.search(ctx.text[max(clause.start, a.start - 40) : a.start]) for a in amounts):
        return None
    whole = replace(amounts[0], end=amounts[-1].end, value=sum((a.value for a in amounts), Decimal(0)))
    return counts[0], whole


_EACH_ONE = re.compile(
    r"\b(?:an?|one|another|the (?:first|second|third|other|last)) [^,;]{3,70}?(?:\b(?:of|for|at|worth|costing|with|"
    r"over)|\()\s*$",
    re.IGNORECASE,
)


def _listed_one_by_one(clause: Clause, ctx: Context) -> tuple[Count, FoundAmount] | None:
    """ "A contract for a store of 300 million, one for a works of 200 million": two projects, 500 million."""
    low = clause.start
    for amount in clause.amounts:
        if not _EACH_ONE.search(ctx.text[low : amount.start]) and not is_priced_thing(ctx, clause, amount):
            return None
        low = amount.end
    if len({a.currency for a in clause.amounts}) != 1:
        return None
    first, last = clause.amounts[0], clause.amounts[-1]
    whole = replace(first, end=last.end, value=sum((a.value for a in clause.amounts), Decimal(0)))
    return Count(first.start, last.end, len(clause.amounts), "project"), whole


def stage_of_signing(clause: Clause, ctx: Context) -> str:
    """contract, framework or intention (rule 14)."""
    text = ctx.text[clause.start : clause.end]
    around = ctx.text[clause.sentence.start : clause.sentence.end]
    contracts = re.search(r"(?<!framework )\bcontracts?\b|\bcontract projects\b", text, re.IGNORECASE)
    if (
        re.search(
            r"\bof intent(?:ion)?\b|\bmous?\b|memorand|\bintention(?:al)? (?:projects|agreements|contracts|level|stage|"
            r"deals)|"
            r"\bintents?\b|\bnon-binding\b|\bin principle\b",
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
