"""A company's word that it will build somewhere: a deal known from its announcement (rules 11 and 14 of the labels)."""

import re

from streams.extract.en.actions import Action
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.deal_words import SINGLE_NOUN, SITE
from streams.extract.en.facts import Fact
from streams.extract.en.findings import within
from streams.extract.en.other_money import is_other_measure
from streams.extract.en.sentences import Sentence
from streams.extract.en.timing import NONE, When, when_of
from streams.extract.en.whose import region_of

_WORD = re.compile(
    r"\b(?:will|is to|are to|is going to|are going to|has decided to|have decided to|decided to|"
    r"intends? to|plans? to|is set to|are set to|wants? to|agrees? to|would|aims? to|is|are|has|have|"
    r"to|promised to|undertook to|committed to|chose to|opted to|looks? to|set to)"
    r" (?:also |now |then |together |jointly |soon )*"
    r"(?:invest(?:ing|ed)?|assembl(?:e|ing)|mak(?:e|ing)|produc(?:e|ing)|spend(?:ing)?|spent|"
    r"put(?:ting)?|pour(?:ing|ed)?|inject(?:ing|ed)?|pump(?:ing|ed)?|plough(?:ing|ed)?|plow(?:ing|ed)?|sink|"
    r"splash(?: out)?|channel|commit|devote|earmark|allocate|fund|finance|launch|create|found|erect|enlarge|"
    r"extend|upgrade|relocate|move|bring|start|raise|boost|scale up|ramp up|install|manufacture|host|"
    r"build(?:ing)?|built|set(?:ting)? up|establish(?:ing|ed)?|construct(?:ing|ed)?|expand(?:ing|ed)?|"
    r"open(?:ing)?|locat(?:e|ing)|double|develop(?:ing)?|erect|add|mak(?:e|ing) an investment|place|"
    r"site|put up|lay out|laying out)\b"
    r"|\b(?:plans|planned|foresees|envisages|announced|announces|pledged|pledges|promised|"
    r"promises) an? (?:[\w-]+ ){0,2}"
    r"investment of\b"
    r"|\b(?:picks|picked|chooses|chose|chosen|selects|selected|opts for|opted for|unveils|unveiled|"
    r"invests|pours|puts|spends|builds|invested|announces|announced|confirms|confirmed|discloses|disclosed|reveals|"
    r"revealed|commits|committed|earmarks|earmarked|pumps|pumped|ploughs|ploughed|sinks|sank|splashes|splashed|"
    r"expands|expanded|doubles|doubled|sets up|establishes|injects|injected|lays out|laid out|poured|spent|opts|"
    r"settles on|settled on|decides on|decided on|goes for|plumps for|named|names|tapped|taps|favou?rs)\b(?= .{0,"
    r"120}\b(?:plant|factory|base|facility|headquarters|complex|investment|project|mill|hub|park|"
    rf"cent(?:er|re)|site|line|production|works|spend|outlay|{SITE})\b)",
    re.IGNORECASE,
)
_TIME_TO = re.compile(
    r"\b(?:months|years|days|weeks|time|needed|ready|able|right|how|where|easier|cheaper|free) to$", re.IGNORECASE
)
""" "took 14 months to build"."""
_WEAK = re.compile(r"(?:mak|produc|assembl|start|bring|host|mov|rais|boost|add|develop|creat|launch)", re.IGNORECASE)
"""What a company does with more than money."""
_SITE = re.compile(
    SINGLE_NOUN.pattern[:-3] + r"|site|production|operations?|gigafactory|campus|premises|units|lines)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:[’']s)?(?: (?:city|district|county|province|government|municipal|provincial|district|also|"
    r"has|have|had|the|authorities|officials|administration|management committee|new area|zone|"
    r"[a-z]+ly))*,?(?: in \d{4},| this year,)?\s*$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:research and development|r&d|shares?|stake|dividend|bonds?|advertis\w+|over the next .{0,"
    r"20}nationwide|worldwide|globally|goal|target|tourists|public|government will|city will|province "
    r"will|district will|county will|residents|subsid\w+|grants?|would have|had planned|was to have|"
    r"(?:been|was|were) (?:\w+ )?(?:invested|spent|poured|sunk)|had been to|and sell|it was said|is said to|"
    r"are said to|was said to|rumou?r\w*|reportedly|speculat\w+|lend|"
    r"expected to (?:make|sell|produce|turn out|generate|yield))\b",
    re.IGNORECASE,
)


def read_announced(ctx: Context, sentence: Sentence, before: list[Fact]) -> Fact | None:
    """The deal of a sentence that says a company will invest a sum in one site; None when it says no such thing."""
    if any(f.type != "statistic" and (f.projects or 0) > 1 and f.action == "sign" for f in before):
        return None  # one of the batch that the article tells of
    match = next(
        (m for m in _WORD.finditer(sentence.text) if not _TIME_TO.search(sentence.text[: m.start() + 2])), None
    )
    if not match or _NOT.search(sentence.text) or _is_place_acting(ctx, sentence, match.start()):
        return None
    amounts = [
        a
        for a in within(ctx.findings.amounts, sentence.start, sentence.end)
        if not a.conversion and not a.per_project and not is_other_measure(ctx.text, a)
    ]
    built = _SITE.search(sentence.text) or _goes_to_place(ctx, sentence, match.start())
    counts = [
        c
        for c in within(ctx.findings.counts, sentence.start + match.start(), sentence.end)
        if c.noun == "project" and 1 < c.value < 10 and not c.elliptical and not c.partial
    ]
    plural = re.search(r"\b(?:projects|plants|factories)\b", sentence.text)
    if amounts and _WEAK.match(match.group().split()[-1]) and amounts[0].start < sentence.start + match.start():
        return None  # "with a 5-billion park it wants to make more"
    if not amounts or not (built or plural) or (plural and (len(counts) != 1 or "projects" in plural.group())):
        return None
    start, end = sentence.start + match.start(), sentence.start + match.end()
    action = Action(start, end, "sign", match.group())
    clause = Clause(sentence.start, sentence.end, sentence, action, [], amounts)
    regions, sure = region_of(ctx, clause, True)
    if not regions or not (ctx.places.between(sentence.start, sentence.end) or sentence.paragraph <= 1):
        return None
    fact = Fact(
        clause,
        "sign",
        "",
        None,
        None,
        regions,
        sure * 0.85,
        NONE,
        amount=amounts[0],
        single=True,
        title=sentence.paragraph < 0,
    )
    fact.projects = 1
    if plural:
        fact.single, fact.count, fact.projects = False, counts[0], counts[0].value
    fact.span = (sentence.start, sentence.end)
    _set_time(ctx, fact, clause, sentence)
    return fact


def _set_time(ctx: Context, fact: Fact, clause: Clause, sentence: Sentence) -> None:
    """The day of the announcement; when it will be built is no day of the deal."""
    fact.time = when_of(clause, ctx.findings, sentence)
    if fact.time.kind in ("period", "soft"):
        fact.time = NONE  # when it will be built, not when it was agreed
        said = [d for d in within(ctx.findings.days, sentence.start, sentence.end) if d.day and not d.until]
        if said:
            fact.time = When("said", said[0].day, None, None, said[0])


def _goes_to_place(ctx: Context, sentence: Sentence, at: int) -> bool:
    """ "will expand with 60 million dollars in X county": the place says that something is built there."""
    words = re.search(
        r"\b(?:invest|expand|spend|pour|assembl|mak|produc|build)\w*\b",
        ctx.text[sentence.start + at : sentence.end],
        re.IGNORECASE,
    )
    there = re.search(r"\b(?:there|here)\b", ctx.text[sentence.start + at : sentence.end])
    return (bool(words) and (there is not None)) or (
        bool(words) and any(p.role == "inside" for p in ctx.places.between(sentence.start + at, sentence.end))
    )


def _is_place_acting(ctx: Context, sentence: Sentence, at: int) -> bool:
    """The city or its government is the one that will invest: an aim of the place, not a company's deal."""
    stop = sentence.start + at
    for place in ctx.places.between(sentence.start, stop):
        if place.role in ("subject", "parent", "inside") and _SUBJECT.match(ctx.text[place.region.end : stop]):
            return True
    return any(sentence.start <= g.start < stop and _SUBJECT.match(ctx.text[g.end : stop]) for g in ctx.places.generic)
