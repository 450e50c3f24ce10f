"""A count of projects with a sum, and no verb that the lexicon knows: the words around tell what was done."""

import re

from streams.extract.en.actions import Action, find_actions
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact
from streams.extract.en.measures import is_priced_thing

_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|plans?|planned|expect\w*|hop(?:e|es|ing)|aims?|targets?|goals?|"
    r"wants?|intends?|seek\w*|look(?:s|ing)? for|if|should|to be|invited?|proposals?|applications?|"
    r"bids?|"
    r"needs?|requires?|available|potential|not|never|no longer|cancell?ed|scrapped)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:has|have|had|there are|counts?|home to|hosts?|houses?|holds|boasts|contains|so far|to date|"
    r"since|at present|currently|altogether over)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:sign(?:ed|s|ing)?|inked?|contracts?|deals?|agreements?|put (?:pen|their names)|memorand\w+|"
    r"mous?|pacts?|ceremony|catch|haul|harvest|fair|expo|signatures?|investment promotion|promotion (?:conference|"
    r"meeting)|investors?)\b",
    re.IGNORECASE,
)
_STARTED = re.compile(
    r"\b(?:break(?:s|ing)? ground|broke ground|ground-?breaking|construction|commence\w*|kick(?:s|ed)? "
    r"off|started|starts|under way|building)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:the same (?:for|with|goes|happened|was true)|likewise|so did|as did|another|a further|in "
    r"addition|on top|besides|joined by|followed by|next to)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\bnot (?:counted|included|contained|part of)\b|\b(?:did|do|does|was|were) the same\b|\bin addition to (?:this|"
    r"these)\b",
    re.I,
)
"""A batch beside the total told before."""
_SHARE = re.compile(
    r"^\W*(?:they|these|those|this|by (?:sector|field|industry|area)|it includes?|the (?:projects|"
    r"largest|rest|list)|of|among|half|a third|most)\b|\b(?:tells? apart|divided|breakdown|split|"
    r"respectively|includ\w+)\b",
    re.IGNORECASE,
)


_PLANNED = re.compile(
    r"\b(?:contract(?:ed|ual)? (?:value|amount|volume|sum)|planned investment|intended investment|investment planned|"
    r"(?:sums?|value) (?:\w+ ){0,3}contracts|value of (?:the |its |their )?contracts|agreed investment)\b",
    re.IGNORECASE,
)


def _is_told_of(ctx: Context, clause: Clause, before: list[Fact]) -> bool:
    """The sum of what was told before, or of a single project, is no total of its own."""
    hard = any(not p.soft for p in ctx.findings.periods if clause.sentence.start <= p.start < clause.sentence.end)
    return not hard or bool(
        re.match(r"\W*(?:their|its|these|those|the (?:two|three|projects?))\b", clause.sentence.text, re.IGNORECASE)
    )


_PAPER = re.compile(
    r"\W*(?:[\w’'. -]{1,40}: ?)?(?:an?|another|the) (?:[\w’'-]+ ){0,5}?"
    r"(?P<paper>agreements?|letters? of (?:intent|intention)|memorand\w+(?: of understanding)?|mous?|contracts?|"
    r"pacts?|leases?)"
    r" (?:with|between|for|on|over)\b",
    re.IGNORECASE,
)


def find_paper(ctx: Context, clause: Clause) -> Action | None:
    """The signing of a note without a verb: "X county: a letter of intent with a dairy, 300 million yuan"."""
    match = _PAPER.match(ctx.text[clause.start : clause.end])
    if clause.action or not match or clause.sentence.paragraph < 0 or _AHEAD.search(clause.sentence.text):
        return None
    if _VERB.search(clause.sentence.text):
        return None
    return Action(clause.start + match.start("paper"), clause.start + match.end("paper"), "sign", match["paper"])


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|do|remains?|says?|said|includes?|expires?|lets?)\b", re.I
)


_GOT = re.compile(
    r"\b(?:got|took|received|had|posted|recorded|the (?:figure|sum|amount) (?:was|stood|came|reached))\b", re.I
)


def _said_again(ctx: Context, clause: Clause) -> Action | None:
    """ "In the first quarter it got 24.7 billion": the measure of the sentence before, for a time of its own."""
    got = _GOT.search(ctx.text, clause.start, clause.end)
    hard = any(not p.soft for p in ctx.findings.periods if clause.start <= p.start < clause.end)
    index = ctx.sentences.index(clause.sentence)
    if not got or not hard or not clause.amounts or clause.counts or not index:
        return None
    before = ctx.sentences[index - 1]
    same = before.paragraph == clause.sentence.paragraph
    told = find_actions(ctx.text, before.start, before.end, ("foreign", "actual")) if same else []
    return Action(got.start(), got.end(), told[-1].name, got.group()) if told else None


def guess_action(ctx: Context, clause: Clause, before: list[Fact]) -> Action | None:
    """The likely action of a clause that counts projects and states a sum (or deals, which are signed anyway)."""
    paper = find_paper(ctx, clause)
    if paper and clause.amounts:
        return paper
    again = _said_again(ctx, clause)
    if again:
        return again
    planned = _PLANNED.search(ctx.text, clause.start, clause.end)
    if planned and clause.amounts and not clause.counts and not _is_told_of(ctx, clause, before):
        return Action(planned.start(), planned.end(), "planned", planned.group())
    counts = [c for c in clause.counts if c.noun in ("project", "contract", "fund") and c.value > 1]
    if not counts and not clause.counts:
        return _guess_stage(ctx, clause, before)
    if not counts or clause.part_from == clause.start:
        return None
    text = ctx.text[clause.start : clause.end]
    apart = _APART.search(text) is not None
    text = _APART.sub("", text)
    told = any(f.projects == counts[0].value and not f.title for f in before)
    total = sum(f.projects or 0 for f in before[-3:] if not f.title)
    if (
        told
        or counts[0].value == total
        or (_AHEAD.search(text) and not apart)
        or (_SHARE.search(clause.sentence.text) and not (apart or _SAME.search(text)))
    ):
        return None
    deal = counts[0].noun == "contract" and not counts[0].elliptical
    if (
        not clause.amounts
        and not (deal and clause.sentence.paragraph <= 0)
        and not (clause.sentence.paragraph <= 1 and _has_day(ctx, clause))
    ):
        return None
    name = _name(ctx, clause, text, counts[0].elliptical, deal, before)
    return Action(counts[0].start, counts[0].end, name, "") if name else None


_STAGES = (
    (
        "sign",
        re.compile(
            r"\b(?:contracts?|sign\w*|agree\w*|letters?|memorand\w+|mous?|deals?|papers|pens?|ink|seals?|terms)\b",
            re.IGNORECASE,
        ),
    ),
    ("complete", re.compile(r"\b(?:complet\w+|finished|ready|handed|roof|accepted)\b", re.IGNORECASE)),
    (
        "operate",
        re.compile(
            r"\bfirst (?!stone|sod|pile|brick|spade|shovel|concrete|phase|half|quarter|time|of)\w+|\b(?:production|"
            r"producing|"
            r"running|operat\w+|opened|moving|output|shipped|steam|smoke|humming|lit|switched)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "start",
        re.compile(
            r"\b(?:work|site|sods?|stones?|piles?|excavat\w+|shovels?|spades?|construction|builders|ground|earth)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What a sentence about one priced thing and a day most likely tells; the first that fits."""


def _guess_stage(ctx: Context, clause: Clause, before: list[Fact]) -> Action | None:
    """One thing with its price on a day, and no verb that the lexicon knows: the step that the words speak of."""
    text = ctx.text[clause.start : clause.end]
    if clause.part_from == clause.start or _AHEAD.search(text) or not _has_day(ctx, clause):
        return None
    priced = [a for a in clause.amounts if is_priced_thing(ctx, clause, a)]
    if len(priced) != 1 or any(f.amount and f.amount.value == priced[0].value for f in before if not f.title):
        return None
    for name, words in _STAGES:
        match = words.search(text)
        if match:
            return Action(clause.start + match.start(), clause.start + match.end(), name, match.group())
    return None


def _has_day(ctx: Context, clause: Clause) -> bool:
    return any(d.day and clause.start <= d.start < clause.end for d in ctx.findings.days)


def _name(ctx: Context, clause: Clause, text: str, elliptical: bool, deal: bool, before: list[Fact]) -> str | None:
    last = next(
        (
            f
            for f in reversed(before)
            if not f.title and f.action in ("sign", "start", "complete", "operate", "introduce")
        ),
        None,
    )
    near = last is not None and clause.sentence.paragraph - last.clause.sentence.paragraph <= 1
    here = last is not None and last.clause.sentence is clause.sentence
    apart = _APART.search(ctx.text[clause.start : clause.end])
    if near and last is not None and ((elliptical and here) or apart or _SAME.search(text)):
        return last.action
    if near and last is not None and clause.counts[0].value < (last.projects or 0):
        return None
    if elliptical:
        return None
    if deal:
        return "sign"
    if _STANDS.search(text):
        return "introduce"
    if last is not None:
        return None  # what the sum is about has been told
    lead = " ".join(s.text for s in ctx.sentences[:6])
    if find_actions(lead, 0, len(lead), ("sign",)) or _SIGNED.search(lead):
        return "sign"
    return "start" if _STARTED.search(lead) else None
