"""Cooperation agreements, partnerships and memorandums between named parties, without count and amount (rule 14)."""

import re

from schemas.regions import related
from streams.extract.en.actions import find_actions
from streams.extract.en.calls import is_off
from streams.extract.en.clauses import Clause, find_clauses
from streams.extract.en.context import Context
from streams.extract.en.deal_words import PACT, SINGLE_NOUN
from streams.extract.en.facts import Fact
from streams.extract.en.findings import within
from streams.extract.en.follow import find_pledge
from streams.extract.en.guess import find_paper
from streams.extract.en.sentences import Sentence
from streams.extract.en.timekeeper import Timekeeper
from streams.extract.en.timing import when_of
from streams.extract.en.whose import region_of

_NAME = (
    r"(?:the |The )?[A-Z][\w’'&.()-]*(?:(?: of| and| for| the|,| &)? [A-Z][\w’'&.()-]*){0,9}"
    r"(?: (?:district|city|province|county|zone|new area|government|group|committee))?"
)
_GOVERNMENT = (
    r"(?:the |The )?(?:(?:municipal|regional|state|banner|city|district|county|provincial|prefecture|local|people['’]s|"
    r"administrative|new area['’]s|zone['’]s|management|area['’]s) ?){1,3}"
    r"(?:government|committee|administration|authorities|authority|bureau)"
    r"(?: of (?:the )?[A-Z][\w’' -]{1,50}?(?= (?:and|signed|with|have|has|on|yesterday|$)))?"
    r"|the (?:city|district|county|province|new area|zone|region|banner|company|group|firm|university|bureau)"
)
_PARTY = rf"(?:{_GOVERNMENT}|{_NAME})"
_WITH = re.compile(rf"\b(?:with|between|by)\s(?P<a>{_PARTY})(?:,? and (?P<b>{_PARTY}))?")
_AND = re.compile(rf"(?P<a>{_PARTY})(?: \([^)]*\))?,? and (?P<b>{_PARTY})(?: \([^)]*\))?\s(?:\w+ ){{0,3}}$")
_ONE = re.compile(rf"(?P<a>{_PARTY})(?: \([^)]*\))?,?\s(?:\w+ ){{0,3}}$")
_NOT_A_PACT = re.compile(
    r"\b(?:supply|purchase|procurement|loan|credit|sales?|export|insurance|sponsorship|transfer|"
    r"employment|labou?r|trade|free trade|extradition|ceasefire|licen[cs]ing|player|bond|share|stock|"
    r"peace|tax|listing|underwriting) (?:\w+ )?(?:agreements?|contracts?|deals?|pacts?|framework)\b",
    re.IGNORECASE,
)


def read_agreements(ctx: Context, deals: list[Fact]) -> list[Fact]:
    """The agreements of the article; a clause that already tells of a counted deal gives none."""
    found: list[Fact] = []
    taken = [fact.span for fact in deals if fact.action == "sign" and not fact.title]
    for sentence in ctx.sentences:
        if sentence.paragraph < 0 or _told_one_by_one(ctx, sentence, deals):
            continue
        for clause in find_clauses(sentence, ctx.findings):
            if any(low < clause.end and clause.start < high for low, high in taken):
                continue
            fact = _agreement_of(ctx, clause, bool(taken))
            if fact is not None and not _told(found, fact):
                found.append(fact)
    Timekeeper(ctx).date_agreements(found)
    return found


_TWO = re.compile(
    r"\b(?:and|with|between)\s(?:the )?(?:[A-Z]|(?:an? |its |their |two |three |"
    r"several )?(?i:[\w’'-]+ ){0,5}?(?:company|"
    r"producer|maker|group|firm|university|universities|executives|bank|giant|investor|enterprises?|companies|firms|"
    r"developer|operator|manufacturer|institutes?|chambers?|institutions)\b)"
)
_AGREEMENT_ALONE = re.compile(
    r"\W*(?:an?|the|this|that|such an|two|three|several|both|their) (?:[\w’'-]+ ){0,6}?(?:agreements?|memorand\w+|"
    r"pacts?|"
    r"accords?|documents?|papers?|letters?)[ ,]",
    re.IGNORECASE,
)


def _names_two(ctx: Context, clause: Clause) -> bool:
    """Two sides are named in the clause, or where it has only the paper ("An agreement was signed") right before it."""
    text = ctx.text[clause.start : clause.end]
    if _TWO.search(text):
        return True
    before = [s for s in ctx.sentences if s.paragraph == clause.sentence.paragraph and s.end <= clause.sentence.start]
    return bool(
        _AGREEMENT_ALONE.match(text) and before and _TWO.search(before[-1].text) and _SIDES.search(before[-1].text)
    )


_SIDES = re.compile(
    r"\b(?:cooperat\w+|co-operat\w+|collaborat\w+|partner\w*|alliance|work together|join(?:ed|t)?|agreed?)\b", re.I
)
_LOAN = re.compile(r"\b(?:loans?|credit lines?|credit|lending|overdraft)\b", re.IGNORECASE)


def _told_one_by_one(ctx: Context, sentence: Sentence, deals: list[Fact]) -> bool:
    """ "Signed two agreements. Under the first, ...": what each is about is told after, with its sum."""
    if not any(
        c.noun == "agreement" and c.value > 1 for c in within(ctx.findings.counts, sentence.start, sentence.end)
    ):
        return False
    after = [s for s in ctx.sentences if sentence.end <= s.start < sentence.end + 400 and _FIRST.match(s.text)]
    return any(deal.type == "signing" and deal.clause.sentence.start == s.start for deal in deals for s in after)


_FIRST = re.compile(
    r"\W*(?:(?:under|in|with|by|according to) )?(?:the (?:first|second|other|former|latter|one)|one|another)\b",
    re.IGNORECASE,
)


def _told(found: list[Fact], fact: Fact) -> bool:
    """An agreement spoken of again with the same parties, or in the next sentence without any."""
    for other in found:
        if set(fact.parties) and set(fact.parties) <= set(other.parties):
            return True
        if not fact.parties and 0 <= fact.clause.sentence.start - other.clause.sentence.end < 200:
            return True
    return False


def _agreement_of(ctx: Context, clause: Clause, deals_told: bool) -> Fact | None:
    signs = find_actions(ctx.text, clause.start, clause.end, ("sign",))
    note = None if signs else find_paper(ctx, clause)
    action = signs[0] if signs else note
    if action is None:
        return None
    text = ctx.text[clause.start : clause.end]
    pact = PACT.search(ctx.text, action.start, min(clause.end, action.end + 160)) or PACT.search(
        ctx.text, clause.start, action.start
    )
    about = ctx.text[clause.start : clause.end]
    not_one = pact is not None and _NOT_A_PACT.search(
        ctx.text, max(clause.start, pact.start() - 40), min(clause.end, pact.end() + 1)
    )
    if pact is None or not_one or _LOAN.search(about):
        return None
    if is_off(clause.sentence.text):
        ctx.drop(clause.start, clause.end, "called off or denied (rule 5)")
        return None
    if action.future or action.negated:
        ctx.drop(clause.start, clause.end, "an agreement still to come or denied")
        return None
    if any(c.noun in ("project", "contract") and not c.elliptical for c in clause.counts):
        return None
    parties = find_parties(ctx, clause, action.start, action.end)
    regions, sure = region_of(ctx, clause, False)
    regions = _gaining(ctx, regions)
    named = [p for p in ctx.places.between(clause.start, clause.end) if p.region.level != "country"]
    two = bool(parties) or _names_two(ctx, clause)
    alone = note or (not named and _AGREEMENT_ALONE.match(text))
    if not regions or (len(parties) < 2 and not (two and (named or alone or _place_signs(ctx, clause, action.start)))):
        ctx.drop(clause.start, clause.end, "an agreement without a place or parties")
        return None
    fact = Fact(
        clause, "sign", "agreement", None, None, regions, sure * 0.9, when_of(clause, ctx.findings, clause.sentence)
    )
    fact.parties = parties
    fact.span = (clause.start, clause.end)
    pledge = clause.amounts[0] if clause.amounts else find_pledge(ctx, clause.sentence)
    if pledge is not None:
        fact.type, fact.amount = "signing", pledge
        fact.single = names_one(ctx, pledge.start, sentence_end(ctx, pledge.start))
        fact.projects = 1 if fact.single else None
        fact.stage = _stage_of(text)
    return fact


def _gaining(ctx: Context, regions: tuple[str, ...]) -> tuple[str, ...]:
    """Of several sides those whose article it is: the sisters abroad and elsewhere gain no investment by it."""
    if len(regions) < 2 or not ctx.places.certain:
        return regions
    own = tuple(code for code in regions if any(related(code, base) for base in ctx.places.home))
    return own or regions


def _stage_of(text: str) -> str:
    """What an agreement with a sum is (rule 14)."""
    if re.search(r"framework|strategic", text, re.IGNORECASE):
        return "framework"
    return "intention" if re.search(r"memorand|mou|intent", text, re.IGNORECASE) else "contract"


def names_one(ctx: Context, start: int, end: int) -> bool:
    """The sum is for one thing: "10 billion yuan into a battery plant"."""
    text = ctx.text[start:end]
    one = re.search(
        r"\b(?:in|into|on|for|to build|building|to set up|to construct) (?:an?|the|its) (?:[\w’'-]+ ){0,5}"
        + SINGLE_NOUN.pattern,
        text,
        re.IGNORECASE,
    )
    listed = one and re.match(r",? (?:[\w-]+ ){1,4}?(?:and|,) ", text[one.end() :])
    return bool(one) and not listed and not re.search(r"\b(?:projects|plants|factories)\b", text)


def sentence_end(ctx: Context, at: int) -> int:
    """Where the sentence around an offset ends."""
    return next((s.end for s in ctx.sentences if s.start <= at < s.end), at)


def _place_signs(ctx: Context, clause: Clause, stop: int) -> bool:
    named = [p for p in ctx.places.between(clause.start, stop) if p.role in ("subject", "name")]
    return bool(named) or any(clause.start <= g.start < stop for g in ctx.places.generic)


def find_parties(ctx: Context, clause: Clause, start: int, end: int) -> tuple[str, ...]:
    """Who signed, as written: "A and B signed", "A signed ... with B", "between A and B"."""
    before, after = ctx.text[clause.start : start], ctx.text[end : clause.end]
    both = _AND.search(before[-260:])
    found = [both["a"], both["b"]] if both else []
    if not both:
        one = _ONE.search(before[-200:])
        found = [one["a"]] if one else []
        other = _WITH.search(after[:260]) or _WITH.search(before[-260:])
        if other:
            found += [name for name in (other["a"], other["b"]) if name]
    return tuple(dict.fromkeys(name.strip(" ,") for name in found if len(name) > 2 and not _PAPER.match(name)))


_PAPER = re.compile(
    r"(?:the\b ?)?(?:|papers?|documents?|agreements?|contracts?|pacts?|deals?|memorand\w+|ceremony|"
    r"signing|event|conference|forum|both|two sides|parties|it|they|he|she|on|in|at|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|this|that|also|meanwhile|recently|yesterday|today)$",
    re.IGNORECASE,
)
