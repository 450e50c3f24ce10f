"""Sentences that go on about the fact before: "Together they are to cost 12.24 billion yuan"."""

import re

from schemas.regions import holds
from streams.extract.en.context import Context
from streams.extract.en.deal_words import SINGLE_NOUN
from streams.extract.en.facts import Fact
from streams.extract.en.findings import within
from streams.extract.en.other_money import is_other_measure
from streams.extract.en.sentences import Sentence
from streams.extract.found import FoundAmount

_TOTAL = re.compile(
    r"\b(?:outlay|total\w*|combined|together|altogether|in all|overall|aggregate|collectively|adds? up|added "
    r"up|sum|account|investment (?:they|of|is|was|in|behind|for)|planned investment|stand for|the "
    r"investment|its investment|"
    r"(?:they|it|these|those|the projects?|which) (?:involve|will cost|cost|are (?:valued|worth)|"
    r"carr(?:y|ies)|represent|require|need|have|had taken|amount)|valued at|the (?:amount|sum|figure|"
    r"price tag)|took|price tag|outlay|swallow\w*|absorb\w*|bill (?:comes|came|runs|amounts)|put at|"
    r"estimated at|reckoned|runs? to|comes? to|came to|amounts? to|reach(?:es|ed)?|total(?:s|led|ed)?|"
    r"is to be invested|are to be invested|will be invested|(?:been|was|were|be) (?:\w+ )?(?:invested|"
    r"spent|put|poured)|will follow|price of|went into|investment agreed|agreed investment|foresees?|"
    r"projects will bring|capital expenditure|will swallow|costs?|good for|written in|in the contracts|"
    r"contracts? (?:is|are|was|were) worth|will pay|are paying|pay for|"
    r"(?:has|have|had) (?:put|poured|spent|invested|sunk)|(?:plans?|wants?|intends?|is|are|will|"
    r"expects?) (?:to )?(?:put|putting|invest|spend|spending|pour|pouring|inject)|with an investment|investing|"
    r"contract value|"
    r"worth)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"^\W*(?:among|of (?:them|these|those|which)|one of|the largest|the biggest|manufacturing takes|by "
    r"sector|they include|this includes|including|last year|the same|six others|another|the state|so "
    r"far|since|in \d{4}|over the past|in the past|previously|by the end|at present|the (?:city|"
    r"district|county|province|zone|area|region|state|government|prefecture|town) (?:already|has|had|now|"
    r"also (?:attracted|"
    r"introduced)|plans|aims|wants|expects|intends|hopes|seeks|will|is to|looks))\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"\W*(?:they|it|these|those|this|both|all of (?:them|these)|all (?:these |those )?(?:\w+ )?projects|(?:all )?"
    r"(?:the|its|their|these|those|this) (?:[\w’'-]+ ){0,4}?(?:"
    + SINGLE_NOUN.pattern[5:-3]
    + r"|projects|deals|contracts|"
    r"agreements|ventures|plants|factories|schemes|works|undertakings|signings|investors|package|batch|lot|papers|"
    r"documents|building|venture))\b",
    re.IGNORECASE,
)
"""A sentence that goes on about the thing told before."""
_PART = re.compile(
    r"\b(?:largest|biggest|one of|takes? up|accounts? for|makes? up|alone|of that|of the total|"
    r"respectively|the funds?|this year|of which)\b",
    re.IGNORECASE,
)


def follow_up(ctx: Context, sentence: Sentence, facts: list[Fact]) -> None:
    """Give the last fact the total that this sentence states, when it is said of it and of it alone."""
    if facts and _all_of(ctx, sentence, facts[-1]):
        return
    if not facts or (_NOT.match(sentence.text) and ";" not in sentence.text):
        return
    last = facts[-1]
    distance = sentence.paragraph - last.clause.sentence.paragraph
    gap = sum(last.clause.end < s.start < sentence.start for s in ctx.sentences)
    if last.title or distance > 1 or gap > 4 or last.action in ("actual", "foreign"):
        return
    if last.amount is not None:
        if _ANAPHORA.match(sentence.text) and gap == 0:
            _take_count(ctx, sentence, last)
        return
    amounts = [
        a
        for a in within(ctx.findings.amounts, sentence.start, sentence.end)
        if not a.conversion and not a.per_project and not is_other_measure(ctx.text, a)
    ]
    bare = bool(amounts) and len(sentence.text.strip()) - (amounts[0].end - amounts[0].start) < 30
    amounts = [a for a in amounts if not _PART.search(_lead(ctx, sentence, a.start))]
    goes_on = _ANAPHORA.match(sentence.text) is not None
    if goes_on and not amounts:
        _take_count(ctx, sentence, last)
    plain = gap == 0 and len(amounts) == 1 and _is_plain(ctx, sentence, last)
    if not amounts or not (bare or plain or _TOTAL.search(sentence.text) or goes_on) or (distance == 1 and gap > 2):
        return
    counts = [
        c.value
        for c in within(ctx.findings.counts, sentence.start, amounts[0].end)
        if c.noun in ("project", "contract") and not c.partial
    ]
    own = sum(f.projects or 0 for f in facts if f.clause.sentence is last.clause.sentence)
    _take_exact(ctx, sentence, last, counts)
    if counts and last.projects is None and goes_on:
        _take_count(ctx, sentence, last)
    if counts and last.projects is not None and counts[0] != last.projects:
        if counts[0] == own:
            ctx.drop(amounts[0].start, amounts[0].end, "one sum for several batches, which cannot be split")
        return
    siblings = [f for f in facts if f.clause.sentence is last.clause.sentence and f.projects]
    if len(siblings) > 1 and not counts:
        return
    last.amount = amounts[0]
    last.more.append((sentence.start, sentence.end))


def _take_exact(ctx: Context, sentence: Sentence, last: Fact, counts: list[int]) -> None:
    """ "More than 40 projects ... All 43 are": the exact count of what was told with a bound."""
    bound = last.count is not None and last.count.qualifier != "exact" and last.projects
    if counts and bound and bound < counts[0] <= bound * 1.15:
        exact = next(c for c in within(ctx.findings.counts, sentence.start, sentence.end) if c.value == counts[0])
        last.count, last.projects = exact, exact.value


_ELSE = re.compile(
    r"\b(?:subsid\w+|grants?|incentives?|support|tax\w*|deposit|fines?|fees?|price of|sold|salar\w+|wages?|rents?|"
    r"rewards?|bonus\w*|"
    r"budget|annual\w*|output|sales|revenue|profits?|gdp|trade|exports?|imports?|debts?|loans?|earlier|previously|"
    r"last year|so far|"
    r"already|a year|since|by 20\d\d|hopes?|aims?|targets?|goals?|wants?|plans?|market|assets|donat\w+|charity|"
    r"compar\w+|but|"
    r"instead|another|also|separately|meanwhile|other)\b",
    re.IGNORECASE,
)


def _is_plain(ctx: Context, sentence: Sentence, last: Fact) -> bool:
    """A sentence right after that tells one sum and nothing that makes it another's: time, place, other money."""
    if _ELSE.search(sentence.text) or within(ctx.findings.periods, sentence.start, sentence.end):
        return False
    if last.time.kind in ("period", "same", "soft") or within(ctx.findings.days, sentence.start, sentence.end):
        return False
    named = [p for p in ctx.places.between(sentence.start, sentence.end) if p.role in ("subject", "inside")]
    return all(any(holds(code, r) or holds(r, code) for r in last.regions) for p in named for code in p.codes)


def _lead(ctx: Context, sentence: Sentence, at: int) -> str:
    """What stands before a sum in its part of the sentence: after a semicolon, or a comma before "the whole batch"."""
    return re.split(
        r";|, (?=(?:and |but |while )?(?:the (?:whole|entire|full|total)|all|altogether|together|in all)\b)",
        ctx.text[sentence.start : at],
    )[-1]


def _take_count(ctx: Context, sentence: Sentence, last: Fact) -> None:
    """ "They concern seven projects": the count of the deals whose sum was told."""
    counts = [c for c in within(ctx.findings.counts, sentence.start, sentence.end) if c.noun == "project"]
    if (
        len(counts) == 1
        and last.projects is None
        and last.action == "sign"
        and not counts[0].partial
        and not counts[0].elliptical
    ):
        last.count, last.projects, last.single = counts[0], counts[0].value, False
        last.more.append((sentence.start, sentence.end))


_THE_THING = re.compile(
    r"\b(?:the|this|that) (?:[\w-]+ ){0,2}?(?P<thing>" + SINGLE_NOUN.pattern[5:-3] + r")\b", re.IGNORECASE
)
_BACK = 3
"""Sentences over which "the park" takes up a park that was told with its price."""


def take_price(ctx: Context, fact: Fact) -> None:
    """ "Work on the park began": the sum of the "5-billion-yuan equipment park" spoken of before."""
    if not fact.single or fact.amount is not None or fact.title:
        return
    thing = _THE_THING.search(ctx.text, fact.span[0], fact.span[1])
    if not thing:
        return
    here = ctx.sentences.index(fact.clause.sentence)
    low = ctx.sentences[max(0, here - _BACK)].start
    for amount in reversed(within(ctx.findings.amounts, low, fact.clause.sentence.start)):
        named = re.match(
            rf"(?: [\w’'&-]+){{0,5}} {re.escape(thing['thing'])}\b", ctx.text[amount.end : amount.end + 80]
        )
        if named and "-" in ctx.text[amount.start : amount.end]:
            fact.amount = amount
            return


def find_pledge(ctx: Context, sentence: Sentence) -> FoundAmount | None:
    """The sum that the sentence after an agreement says will be invested under it."""
    index = ctx.sentences.index(sentence)
    for following in ctx.sentences[index : index + 2]:
        if following.paragraph != sentence.paragraph:
            break
        if following is not sentence and any(
            p.role == "subject" and p.region.level != "country"
            for p in ctx.places.between(following.start, following.end)
        ):
            break  # of another place
        if not _PLEDGE.search(following.text):
            continue
        for amount in within(ctx.findings.amounts, following.start, following.end):
            if not amount.conversion and not amount.per_project and not is_other_measure(ctx.text, amount):
                return amount
    return None


_PLEDGE = re.compile(
    r"\b(?:plans?|wants?|means?|intends?|is|are|will|expects?|agreed|would|pledged|commit\w*) (?:to )?(?:be "
    r")?(?:put|invest\w*|spen[dt]|pour|inject|cost|sunk|channell?ed|committed)|\bwith an? (?:total |"
    r"planned )?investment|\btotal "
    r"investment|\binvesting\b",
    re.IGNORECASE,
)


def _all_of(ctx: Context, sentence: Sentence, last: Fact) -> bool:
    """ "All four plants are meant for the zone in X": the count, and where they stand, of the batch before."""
    match = re.match(r"\W*(?:all|the|these|both)(?: of the| the)? ", sentence.text, re.IGNORECASE)
    if (
        not match
        or last.projects is not None
        or last.action != "sign"
        or last.title
        or sentence.paragraph - last.clause.sentence.paragraph > 1
    ):
        return False
    at = sentence.start + match.end()
    counts = [c for c in within(ctx.findings.counts, at, at + 6) if c.noun in ("project", "contract") and c.value > 1]
    if not counts:
        return False
    last.count, last.projects = counts[0], counts[0].value
    last.more.append((sentence.start, sentence.end))
    for place in ctx.places.between(sentence.start, sentence.end):
        if place.role == "inside" and all(any(holds(r, code) for r in last.regions) for code in place.codes):
            last.regions = place.codes
            break
    return True
