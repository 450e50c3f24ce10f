"""Which words tell an event's industries: its own, and the sentences beside it about its projects (rule 21)."""

import re

from schemas.event import Sector
from streams.extract.en.actions import find_actions
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact
from streams.extract.en.sectors import find_sectors
from streams.extract.en.sentences import Sentence

_GENERAL = re.compile(
    r"\b(?:home to|known for|traditional|famous|its economy|leading industries|strength|base "
    r"of|has spent|has always|years building|taken root|the city['’]s industr|last year|so far|since (?:19|20)\d\d|"
    r"exhibitors|visitors|guests)\b|[\"“][^\"”]{30,}[\"”]",
    re.IGNORECASE,
)
"""A sentence about the place, another time, the guests, or in somebody's own words."""
_OF_PROJECTS = re.compile(
    r"\W*(?:(?i:(?:among|of) (?:them|the|these|those)|they|the (?:\w+ )?(?:projects|deals|contracts|list|largest|"
    r"biggest|"
    r"money|fields|rest|plants|companies|signatories|investors|winners|fattest|parks?)|these|those|it|its|by (?:sector|"
    r"field|industry)|most|all|half|the (?:other|new)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|\d+|"
    r"projects|industries|manufacturing|both|from|first|second|under)\b|"
    r"[A-Z][\w’'&.-]+(?: [A-Z][\w’'&.-]+){0,3} (?:will|is to|is|plans?|makes?|wants|takes|comes|gets|topped|"
    r"leads?|brings?)\b)"
)
_LISTS = re.compile(
    r"\b(?:cover(?:s|ing|ed)?|rang(?:e|es|ing) from|fields? (?:involved|are)|involv\w+|sectors? (?:such as|like|"
    r"including)|"
    r"focus\w*|concentrated in|represented|key ?words|include[sd]?|including|account(?:s|ing)? for|dominat\w+|"
    r"lead the list|largest share|second, |third\b|mainly|mostly|in the areas?|areas of|fields of|spread over)\b",
    re.IGNORECASE,
)
_NONE = frozenset(("investment_actual", "foreign_investment", "activities_held"))
_NARROW = frozenset(("companies_registered", "enterprises_visited", "leads"))
_THEME = re.compile(r"[^.;\n]{0,90}")
_THEME_END = re.compile(
    r",| (?:on|in|at) (?:[A-Z]|the \w+ of)| (?:was|were|is|are|had|has|held|took|drew|opened|at which|which|when|"
    r"where|with|and (?:signed|inked))\b"
)
_REACH = 6
"""Sentences after the event that may list its industries."""


def sectors_of(ctx: Context, fact: Fact) -> tuple[Sector, ...]:
    """The fields of the event's own projects; a fair's theme and sums that are not by project give none."""
    if fact.type == "activity":
        return _of_activity(ctx, fact)
    if fact.metric in _NONE and fact.type == "statistic":
        return ()
    if fact.metric in _NARROW and fact.other_count:
        return find_sectors(_counted(ctx, fact))
    own = " ".join((ctx.text[fact.span[0] : fact.span[1]], *(ctx.text[low:high] for low, high in fact.more)))
    if fact.type == "target":
        return find_sectors(own) or find_sectors(_before(ctx, fact.clause.sentence))
    if fact.type == "agreement":
        return find_sectors(_paragraph(ctx, fact, 2))
    if fact.single or fact.projects == 1:
        told = own if fact.type == "statistic" else f"{own} {_paragraph(ctx, fact)}"
        first = ctx.sentences[0].text if ctx.sentences and not ctx.places.sections else ""
        return find_sectors(f"{told} {first}") or find_sectors(_before(ctx, fact.clause.sentence))
    found = find_sectors(" ".join((own, *_listings(ctx, fact))))
    return found or (find_sectors(_title(ctx, fact)) if fact.type != "statistic" else ())


def _of_activity(ctx: Context, fact: Fact) -> tuple[Sector, ...]:
    """The trade that a meeting or a trip was held for; none of a fair (rule 21)."""
    if fact.kind == "roadshow":
        return find_sectors(_paragraph(ctx, fact, 8))
    if fact.kind == "exhibition":
        return ()
    theme = _THEME.match(ctx.text, fact.span[1])
    after = theme.group() if theme else ""
    end = _THEME_END.search(after) if fact.kind == "conference" else None
    sentence = fact.clause.sentence.start
    name = ctx.text[max(sentence, fact.span[0] - 30) : fact.span[1]] if fact.kind == "conference" else ""
    return find_sectors(f"{name} {after[: end.start()] if end else after}")


def _counted(ctx: Context, fact: Fact) -> str:
    """The words of what is counted: "96 integrated circuit companies", "14 investors in electromobility"."""
    count = fact.other_count
    if count is None:
        return ""
    after = re.compile(r"(?: in(?: the)? [a-z][\w -]{2,30})?").match(ctx.text, count.end)
    return ctx.text[count.start : after.end() if after else count.end]


def _title(ctx: Context, fact: Fact) -> str:
    """The headline, where it tells of the same count or sum."""
    title = ctx.sentences[0]
    if title.paragraph >= 0 or ctx.places.sections:
        return ""
    same = {c.value for c in ctx.findings.counts if c.start < title.end} & {fact.projects}
    first = next((s for s in ctx.sentences if s.paragraph >= 0), None)
    return title.text if same or fact.clause.sentence is first else ""


def _before(ctx: Context, sentence: Sentence) -> str:
    """The sentence before in the paragraph, for "the industry", "the plant"."""
    index = ctx.sentences.index(sentence)
    earlier = ctx.sentences[index - 1] if index else sentence
    return earlier.text if earlier.paragraph == sentence.paragraph else ""


def _paragraph(ctx: Context, fact: Fact, most: int = 8) -> str:
    """The sentence of the fact and what follows it in its paragraph, up to `most` sentences and the next signing."""
    sentence = fact.clause.sentence
    own = [s for s in ctx.sentences if s.paragraph == sentence.paragraph and s.start >= sentence.start][:most]
    kept = own[:1]
    for following in own[1:]:
        if find_actions(ctx.text, following.start, following.end, ("sign",)):
            break
        kept.append(following)
    return " ".join(s.text for s in kept)


def _listings(ctx: Context, fact: Fact) -> list[str]:
    """The next sentences, up to the end of the next paragraph, that say what the projects are."""
    sentence = fact.clause.sentence
    index = ctx.sentences.index(sentence)
    furthest = sentence.paragraph + (1 if fact.type == "statistic" else 2)
    found: list[str] = []
    for following in ctx.sentences[index + 1 : index + 1 + _REACH]:
        if following.paragraph > furthest:
            break
        about = _OF_PROJECTS.match(following.text) or _LISTS.search(following.text)
        named = () if _GENERAL.search(following.text) else find_sectors(following.text)
        if len(named) > 2 or (named and about):
            found.append(following.text)
        elif found:
            break
    return found
