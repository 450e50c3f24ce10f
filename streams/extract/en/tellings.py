"""Whether a clause tells enough to be a fact, and which: the count, the sum, one project or several."""

import re
from dataclasses import replace

from streams.extract.en.actions import Action
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.deal_words import (
    CONTRACTED,
    COOPERATION,
    HINT,
    INVESTMENT,
    OFFICE,
    PACT,
    PENDING,
    PLURAL,
    SINGLE_NOUN,
    STRONG_INTRO,
    STRONG_SIGN,
)
from streams.extract.en.facts import Fact
from streams.extract.en.findings import within
from streams.extract.en.measures import amount_of, gap, is_single, listed_sum, project_count
from streams.extract.en.timing import NONE, When


def make_fact(ctx: Context, clause: Clause, regions: tuple[str, ...], sure: float, time: When = NONE) -> Fact | None:
    """The fact of a clause with an action; None when nothing countable is said."""
    action = clause.action
    if action is None:
        return None
    count, partial = project_count(clause, ctx), False
    shares = [share for share in _shares(clause) if not _are_signers(ctx, clause, share)]
    if count is not None and _are_signers(ctx, clause, count):
        count = None
    if count and count.noun == "fund" and action.name == "land":
        action = replace(action, name="sign")  # a fund that is set up is concluded
    if count is None and shares:
        count, partial = shares[0], True
    amount = amount_of(clause, count, ctx)
    listed = listed_sum(clause, ctx, count) if action.name in ("sign", "start", "complete", "operate") else None
    if listed:
        count, amount = listed
    if action.name in ("actual", "foreign") and clause.amounts:
        usable = [a for a in clause.amounts if not CONTRACTED.search(ctx.text[max(0, a.start - 60) : a.start])]
        told = action
        inside = [a for a in usable if told.start <= a.start < told.end]  # "attracted 2 billion in foreign capital"
        amount = min(inside or usable, key=lambda a: abs(gap(a, told)), default=None)
    single = count is None and is_single(clause, ctx)
    if (
        (single or (count and count.value == 1))
        and _LAUNCHED.search(action.words)
        and not _BUILT_ON.search(ctx.text, clause.start, clause.end)
    ):
        action = replace(action, name="operate")
    clause.action = action
    fact = Fact(clause, action.name, "", None, None, regions, sure, time, count, amount=amount, single=single)
    fact.each = clause.each[0] if clause.each else None
    fact.title, fact.partial = clause.sentence.paragraph < 0, partial
    fact.projects = count.value if count else (1 if single else None)
    fact.span = (clause.start, clause.end)
    fact.pending = count is None and amount is None and bool(PENDING.search(ctx.text[clause.start : clause.end]))
    return fact if _is_told(ctx, fact, action) else None


_LAUNCHED = re.compile(r"\b(?:was|were|been) (?:\w+ )?launched$", re.IGNORECASE)
_BUILT_ON = re.compile(r"\b(?:projects?|construction|building|bases?|parks?|complex|phase|zone)\b", re.IGNORECASE)
"""A mill that is launched runs; a project that is launched begins."""


_SIGN_PAPERS = re.compile(
    r"[\s,]*(?:of them |more |others? )?(?:(?:have|has|had|also|then|already|then also) )*(?:signed|inked|sealed|"
    r"concluded|"
    r"exchanged|put|initialled|penned)\s(?:[\w’'-]+ ){0,4}?(?:contracts?|agreements?|letters?|memorand\w+|deals?|"
    r"papers?|pens?|"
    r"names?|signatures?|mous?|documents?)\b",
    re.IGNORECASE,
)


def _are_signers(ctx: Context, clause: Clause, count: Count) -> bool:
    """ "Eleven of them signed letters of intent": those who sign are firms, not projects (rule 14)."""
    bare = count.elliptical or count.partial
    if clause.action and clause.action.start < count.start:
        return False  # "took away 17 signed deals"
    if not bare or not _SIGN_PAPERS.match(ctx.text, count.start + _number_length(ctx, count)):
        return False
    told = [c for c in ctx.findings.counts if c.start < count.start and not (c.elliptical or c.partial)]
    return not told or told[-1].noun != "project" or count.start - told[-1].end > NEAR


NEAR = 200
"""Characters over which "three of them" takes up a count of projects."""


def _number_length(ctx: Context, count: Count) -> int:
    """Length of the number itself in the words of a count."""
    words = re.match(r"[\w,-]+", ctx.text[count.start : count.end])
    return words.end() if words else 0


def _shares(clause: Clause) -> list[Count]:
    """Counts of a part of what was counted before: "six of them"."""
    whole = clause.part_from == clause.start
    return [p for p in clause.parts if isinstance(p, Count) and (p.partial or whole) and p.noun != "company"]


def _is_told(ctx: Context, fact: Fact, action: Action) -> bool:
    """Whether the clause says enough for its action; may set what the fact is."""
    if action.name in ("actual", "foreign", "planned"):
        return _is_money(ctx, fact)
    if action.name == "sign":
        return _is_deal(ctx, fact, action)
    if action.name == "introduce":
        return _is_intake(ctx, fact, action)
    if action.name in ("negotiate", "reserve"):
        return fact.count is not None
    return _is_stage(ctx, fact)


def _is_money(ctx: Context, fact: Fact) -> bool:
    clause, amount = fact.clause, fact.amount
    if amount is None:
        fact.action = "introduce"
        return fact.count is not None
    if any(c.noun == "company" and c.start < amount.start for c in clause.counts):
        return False
    low = (
        clause.sentence.start if ctx.text[clause.start] == ":" else clause.start
    )  # "Foreign capital: 3 million arrived"
    if fact.action == "actual" and re.search(r"\bforeign\b", ctx.text[low : amount.start], re.IGNORECASE):
        fact.action = "foreign"
    fact.projects, fact.single = (fact.projects if fact.count else None), False
    return True


_NO_SITE = re.compile(
    r"\b(?:loans?|overdraft|credit (?:lines?|agreements?|contracts?|facilit\w+)|new funding|funding round|"
    r"financing round|series [a-e]\b|(?:series|seed|angel|"
    r"venture|funding|financing) (?:[a-e] )?round|sponsorship|team signed|club|player|striker|spiker|midfielder|"
    r"defender|goalkeeper|singer|actor|stake in|shares? (?:of|in|to)|bonds?|insurance|sales contracts?|"
    r"supply (?:contracts?|"
    r"agreements?|deals?)|(?<!land )purchase (?:contracts?|agreements?)|orders? (?:for|of|worth))\b",
    re.IGNORECASE,
)
"""What is signed or won by a company and builds nothing (rules 6 and 22)."""


_THE_PAPER = re.compile(
    r"\b(?:the|a|its|this) (?:[\w-]+ ){0,2}(?:contract|deal|investment agreement|papers)\b", re.IGNORECASE
)


_A_FIRM = re.compile(
    r"\b(?:with|of|from|and) an? (?:[\w’'&-]+ ){1,6}?(?:company|firm|maker|producer|manufacturer|supplier|developer|"
    r"processor|"
    r"builder|operator|refiner|group|enterprise|brewer|miner)\b",
    re.IGNORECASE,
)
"""One firm on the other side of a paper."""


_JOINT = re.compile(
    r"\bjoint(?:ly)? (?:[\w-]+ ){0,3}?(?:institute|laborator(?:y|ies)|lab|cent(?:er|re)|college|school|academy|"
    r"research|platform)\b",
    re.IGNORECASE,
)
"""What universities and places run together: an agreement (rule 14)."""


def _is_deal(ctx: Context, fact: Fact, action: Action) -> bool:
    if fact.count is not None:
        return True
    text = ctx.text[fact.clause.start : fact.clause.end]
    if _NO_SITE.search(text) and not SINGLE_NOUN.search(text):
        return False
    strong = bool(STRONG_SIGN.search(action.words))
    if _firms_signed(fact.clause) and not fact.amount:
        fact.single, fact.projects = False, None
        return True
    if fact.amount is not None:
        return strong or bool(INVESTMENT.search(text))
    if not fact.single and not fact.pending:
        paper = bool(_THE_PAPER.search(text)) or (bool(OFFICE.search(text)) and not PACT.search(text))
        fact.hint = strong and paper
        if not fact.hint and strong and not PACT.search(text) and not COOPERATION.search(text):
            fact.pending = fact.single = bool(_A_FIRM.search(text))  # the sum may follow
            fact.projects = 1 if fact.single else None
        return fact.hint or fact.pending
    return strong and not COOPERATION.search(text) and not _JOINT.search(text)


def _is_intake(ctx: Context, fact: Fact, action: Action) -> bool:
    clause = fact.clause
    fact.single = False
    fact.projects = fact.count.value if fact.count else None
    if fact.count is not None:
        return True
    if not STRONG_INTRO.match(action.words) or any(c.noun == "company" for c in clause.counts):
        return False
    return fact.amount is not None and bool(INVESTMENT.search(ctx.text[clause.start : clause.end]))


_ONE_FIRM = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[A-Z][\w’'&-]+)\s(?:[\w’'&$.-]+\s){0,6}?(?:company|firm|institute|academy|subsidiary|"
    r"trader|"
    r"maker|manufacturer|supplier|developer|operator|start-up|startup|cent(?:er|re)|branch|enterprise|"
    r"retailer|insurer|venture|corporation)\b(?! [a-z]+s\b(?<! has)(?<! was)(?<! is)(?<! sets)(?<! opens))"
)


def _is_one_firm(fact: Fact, text: str) -> bool:
    """One company that settles: named so before the words of settling, and no others beside it."""
    action = fact.clause.action
    firm = _ONE_FIRM.search(text)
    return bool(firm and action and firm.start() + fact.clause.start <= action.end and not PLURAL.search(text))


def _is_stage(ctx: Context, fact: Fact) -> bool:
    clause = fact.clause
    text = ctx.text[clause.start : clause.end]
    if fact.count is not None:
        return True
    if fact.action == "land" and not SINGLE_NOUN.search(text) and _is_one_firm(fact, text):
        fact.single, fact.projects = True, 1
        return True
    if fact.single and (
        _is_going_on(fact, ctx) or _is_loose(ctx, clause) or clause.sentence.text.lstrip()[:1] in "\"“'‘"
    ):
        return False
    if fact.single and SINGLE_NOUN.search(text):
        return True
    if fact.amount is None and not fact.pending and not fact.title:
        fact.hint = HINT.match(text.strip()) is not None
        return fact.hint
    return fact.pending or (
        fact.amount is not None and (fact.single or bool(re.search(r"\bprojects?\b", text, re.IGNORECASE)))
    )


def _is_going_on(fact: Fact, ctx: Context) -> bool:
    """ "The plant is being built": a state without a day, not a start."""
    words = fact.clause.action.words if fact.clause.action else ""
    going = re.search(
        r"\b(?:being built|under construction|under ?way|taking shape|going up|rising)\b", words, re.IGNORECASE
    )
    return bool(going) and not any(d.day for d in within(ctx.findings.days, fact.clause.start, fact.clause.end))


def _is_loose(ctx: Context, clause: Clause) -> bool:
    """ "the finished product line": the word stands before its noun and tells nothing."""
    action = clause.action
    if action is None or action.name != "complete" or not re.match(r"complet|finish", action.words, re.IGNORECASE):
        return False
    before = ctx.text[max(clause.start, action.start - 40) : action.start]
    if before.endswith(", ") and re.match(r" (?:in|on|last|by|earlier)\b", ctx.text[action.end : action.end + 9]):
        return False  # "the works on the island, completed in 2016"
    return not re.search(
        r"\b(?:was|were|been|has|have|had|is|are|be|being|got|builders|workers|company|group|crews)\b(?: \w+){0,3} $",
        before,
    ) and not re.match(r"\w+ (?:construction|building|work|the|its|a)\b", ctx.text[action.start : clause.end])


_NO_INVESTMENT = re.compile(
    r"\b(?:agreements?|contracts?|deals?|letters?) to (?:accept|join|use|buy|sell|supply|sponsor|promote|hire|employ|"
    r"deliver)\b",
    re.IGNORECASE,
)


def _firms_signed(clause: Clause) -> bool:
    """ "12 companies put pen to paper": a signing whose projects are not counted."""
    action = clause.action
    if action is None or not STRONG_SIGN.search(action.words) or _NO_INVESTMENT.search(clause.sentence.text):
        return False
    return any(c.noun == "company" and c.value > 1 and c.end <= action.start < c.end + 40 for c in clause.counts)
