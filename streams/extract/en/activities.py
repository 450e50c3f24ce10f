"""Promotion meetings, roadshows, fairs and trips that took place (rules 9, 10, 11, 19, 23)."""

import re

from schemas.regions import holds
from streams.extract.en.actions import find_actions
from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.facts import Fact
from streams.extract.en.focus import focus_of
from streams.extract.en.generics import resolve_generic
from streams.extract.en.lexicon import phrases
from streams.extract.en.once import once
from streams.extract.en.sentences import Sentence
from streams.extract.en.sides import side_of
from streams.extract.en.timekeeper import Timekeeper
from streams.extract.en.timing import When, is_multiday, when_of
from streams.extract.en.whose import STATED, region_of, venue_of

_AHEAD = re.compile(
    r"\b(?:will (?:be )?(?:go to|travel|attend|take part|lead|send|present|held|hold|host|open|take place|"
    r"kick off|visit|stage|run)|is (?:to be|"
    r"scheduled|due|set|slated) |are (?:to be|scheduled|due|set) |to be held|upcoming|forthcoming|next "
    r"(?:week|month|year|spring|summer|autumn|winter)|in preparation|not fixed yet|plans? to (?:hold|"
    r"host|stage|visit)|"
    r"next session|will be staged|would be held|being prepared|in the making|is planned|are planned|planned for|"
    r"to be (?:staged|hosted|opened|organi[sz]ed|run)|gets? ready for|prepar(?:es|ing) for|countdown|"
    r"coming (?:week|month|weeks|months))\b",
    re.IGNORECASE,
)
_RECALLED = re.compile(
    r"\b(?:last year['’]s|previous(?: edition| session)?|last edition|since the (?:forum|fair|"
    r"conference|expo)|earlier (?:edition|session)|every year|each year|annually|in (?:19|20)\d\d|"
    r"years ago|recalled|first courted)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"[^.;,]*\b(?:every (?:other )?(?:week|month|day|few (?:days|weeks))|week after week|month after month|"
    r"all the time|in recent (?:weeks|months|years)|in the past (?:few )?(?:weeks|months|years))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:held|hold(?:s|ing)|took place|takes place|taking place|opened|opens|kicked off|kicks off|"
    r"closed|closes|concluded|concludes|ended|ends|staged|stages|hosted|hosts|hosting|organi[sz]ed|"
    r"convened|launched|gathered|put on|gave|ran|had|was|were|came to|filled|ran|went on|signed|at the|"
    r"at an?|at its|at this|during|on the sidelines|through|with an?|called|hosted|lasted|closes|wound up|pitched|"
    r"promoted|took|takes|"
    r"flew in|started|starts|began|begins|rolled|took part|presented itself|attended|drew|brought|"
    r"brings|sealed|inked|reached|under way|underway|ran its|gave|saw|attracted|bagged|invited|joined|"
    r"used the|used)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?!\w*(?:need|seed|speed|exceed|indeed|feed|hundred|based|related|unlimited|planned|expected|scheduled)\b)"
    r"\w{2,}ed\b|\b(?:took|ran|held|began|spent|flew|gave|came|got|went|drew|threw|rose|fell|met|set|led|lit|"
    r"swung|kept|made|paid|sat|shook|spoke|"
    r"sprang|stood|wound|drove|rode|brought|bought|"
    r"struck|told|won|wrote|left|sent|put|found|became)\b",
    re.IGNORECASE,
)
"""Any verb in the past: a thing told so took place."""
_TRIP_DONE = re.compile(
    r"\b(?:received|receives|hosted|welcomed|met|came home|concluded|wrapped|stop of|stop on|tour by|made calls|ended|"
    r"closed|completed|wrapped up|led|headed|visited|visits|travell?ed|went|toured|paid|arrived|in "
    r"[A-Z]\w+|came|come home|made the round|set out|flew|called on|has been|was in|were in|left for|"
    r"returned|stopped|on a|during|goes|calling|tour of|investigat\w+|inspected|studied)\b"
)
_KINDS = ("exhibition", "roadshow", "conference", "delegation")


def read_activities(ctx: Context, deals: list[Fact]) -> list[Fact]:
    """The activities of the article, each once."""
    found: list[Fact] = []
    for sentence in ctx.sentences:
        title = sentence.paragraph < 0
        for kind in _KINDS:
            match = phrases("activities_en", kind).search(sentence.text)
            if match is None and kind == "conference" and not title:
                match = _meeting(sentence.text)
            if match is None:
                continue
            fact = _activity_of(ctx, sentence, kind, match)
            if fact is not None:
                fact.title = title
                found.append(fact)
    kept = once(ctx, found)
    for fact in kept:
        _set_day(ctx, fact)
    return kept


_MEETING = re.compile(
    r"\b(?:[\w’'&\"“”-]+ ){0,3}(?:conference|convention|forum|summit|symposium|seminar|meeting|"
    r"gathering|salon|reception|session)\b(?! (?:hall|room|cent|of the (?:party|committee)))",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:investment promotion|promot\w+ (?:of )?invest\w*|investors?|attract\w* (?:investment|"
    r"business|investors)|entrepreneurs|business(?:es|people|men)?|merchants|economic (?:and trade "
    r")?cooperation|trade and economic|economic and trade|alumni|homecoming|"
    r"matchmaking|project promotion|investment cooperation|promotion)\b",
    re.IGNORECASE,
)


def _meeting(text: str) -> re.Match[str] | None:
    """A meeting whose surroundings show that it is for investors ("the conference to promote investment")."""
    for match in _MEETING.finditer(text):
        if _PURPOSE.search(text[max(0, match.start() - 50) : match.end() + 90]):
            return match
    return None


def _activity_of(ctx: Context, sentence: Sentence, kind: str, match: re.Match[str]) -> Fact | None:
    text = sentence.text
    if _AHEAD.search(text[max(0, match.start() - 70) : match.end() + 70]):
        ctx.drop(sentence.start, sentence.end, "a meeting still to come (rule 9)")
        return None
    if phrases("activities_en", "not_promotion").search(text[max(0, match.start() - 30) : match.end() + 20]):
        ctx.drop(sentence.start, sentence.end, "no promotion of investment (rule 9)")
        return None
    if _RECALLED.search(text[max(0, match.start() - 45) : match.start() + 5]) or _RECALLED.search(
        text[match.end() : match.end() + 14]
    ):
        return None
    if kind == "delegation" and _HABIT.match(text, match.end(), match.end() + 90):
        ctx.drop(sentence.start, sentence.end, "trips in general, none that is told (rule 23)")
        return None
    if re.match(r"(?: [\w-]+)? (?:\d[\d,]*|[a-z]+) times\b", text[match.end() :]):
        return None
    if any(
        c.start <= sentence.start + match.end() and c.end > sentence.start + match.start() and c.value > 1
        for c in ctx.findings.counts
        if c.noun in ("activity", "team") and ctx.text[c.start - 1 : c.start] not in ('"', "“", "'")
    ):
        return None
    done = _TRIP_DONE if kind == "delegation" else _DONE
    if not (done.search(text) or _PAST.search(text)):
        return None
    if kind == "delegation" and not (_is_business(ctx) and _goes_somewhere(ctx, sentence, match)):
        return None
    clause = Clause(sentence.start, sentence.end, sentence, None)
    regions, sure = _whose(ctx, sentence, clause, kind, sentence.start + match.start(), sentence.start + match.end())
    if not regions:
        return None
    when = when_of(clause, ctx.findings, sentence)
    days = [d for d in (when.day, when.first, when.last) if d]
    if days and when.kind in ("day", "range") and (ctx.published - max(days)).days > _LONG_AGO:
        ctx.drop(sentence.start, sentence.end, "merely recalled (rule 23)")
        return None
    fact = Fact(clause, kind, "activity", None, None, regions, sure * 0.85, when)
    fact.kind, fact.stated = kind, sure >= STATED
    fact.venue = venue_of(ctx, sentence.start, sentence.end, regions) or (None if kind == "delegation" else regions[0])
    fact.span = (sentence.start + match.start(), sentence.start + match.end())
    return fact


def _goes_somewhere(ctx: Context, sentence: Sentence, match: re.Match[str]) -> bool:
    """A verb of travel needs a place to go to; "the delegation" may stand alone."""
    if re.search(r"delegation|mission|team|group|party|attract", match.group(), re.IGNORECASE):
        return True
    at = sentence.start + match.start()
    return bool(ctx.places.between(at, at + 70))


def _is_business(ctx: Context) -> bool:
    """A trip counts when it is made for investment, trade or cooperation."""
    around = ctx.text[:3000]
    return bool(phrases("activities_en", "business").search(around))


_OWN_FAIR = re.compile(r"\b(?:its|their|our) (?:own |annual |first |[a-z]+ ){0,3}(?=\w)", re.IGNORECASE)
_LONG_AGO = 100
"""Days after which a meeting with a day of its own is merely recalled (rule 23)."""


def _whose(
    ctx: Context, sentence: Sentence, clause: Clause, kind: str, start: int, end: int
) -> tuple[tuple[str, ...], float]:
    """Of a fair the host's; of the rest who promotes: the article's place, unless the sentence has another subject."""
    base = ctx.places.home_at(sentence.paragraph)
    if kind == "exhibition":
        own = _OWN_FAIR.search(ctx.text, max(sentence.start, start - 12), end)
        host = (
            region_of(ctx, Clause(sentence.start, max(start, sentence.start + 1), sentence, None), False)[0]
            if own
            else ()
        )
        host = host or _host(ctx, sentence, start, end, base)
        if host:
            abroad = not any(holds(a, b) or holds(b, a) for a in host for b in base)
            foreign_fair = abroad and any(place.codes == host for place in ctx.places.between(start, end))
            return host, 0.8 if host == ctx.places.dateline[:1] and not foreign_fair else STATED
    else:
        side = side_of(ctx, sentence, start, end, kind == "delegation")
        if side:
            return side, STATED
    named = [p.start for p in ctx.places.between(start, end) if p.role == "subject"]
    stop = max(start, sentence.start + 1, *(at + 1 for at in named))
    region, sure = region_of(ctx, Clause(sentence.start, stop, sentence, None), False)
    kin = any(holds(a, b) or holds(b, a) for a in region for b in base)
    opens = any(
        p.codes == region and p.role == "subject" and not re.match(r" station|:|,", ctx.text[p.region.end :][:9])
        for p in ctx.places.between(sentence.start, sentence.start + 14)
    )
    if base and region and not (kin or opens or kind == "delegation" or region == focus_of(ctx, sentence)):
        return base, sure * 0.8
    return region or base, sure


def _host(ctx: Context, sentence: Sentence, start: int, end: int, base: tuple[str, ...]) -> tuple[str, ...]:
    """Who runs a fair: "X's fair", "hosted by X", "which X hosted", else the place it was held in."""
    text = ctx.text
    around = [p for p in ctx.places.between(sentence.start, sentence.end) if p.region.level != "country"]
    for place in around:
        after, before = text[place.region.end : place.region.end + 40], text[max(0, place.start - 40) : place.start]
        if re.match(r"['’]s\b", after) and place.start < start and start - place.start < 80:
            return place.codes
        if re.search(r"\b(?:hosted|staged|organi[sz]ed|run) by (?:the )?$", before) or re.match(
            r",? (?:the host\b|as (?:the )?host\b|(?:which )?(?:has )?(?:hosted|hosts|staged|stages|been "
            r"hosting|holds)\b)",
            after,
        ):
            return place.codes
        if start <= place.start < end:
            inner = [p for p in around if place.start < p.start < end and p.start - place.region.end < 3]
            return next((p.codes for p in inner if all(holds(place.codes[0], c) for c in p.codes)), place.codes)
    for generic in ctx.places.generic:
        if sentence.start <= generic.start < start + 10 and re.match(
            r" (?:has been |has |is |was )?(?:host\w*|stag\w*|held|organi[sz]\w*|hold\w*|running|runs|open\w*|put on)",
            text[generic.end : generic.end + 30],
        ):
            return resolve_generic(generic, base, ctx.places)
    host = re.search(r",? which (?:hosts|hosted|stages|staged)\b", text[sentence.start : sentence.end + 500])
    if host:
        at = sentence.start + host.start()
        named = [p for p in ctx.places.between(at - 30, at) if p.region.end >= at - 1]
        if named:
            return named[0].codes
    later = re.search(r",? (?:the|as) host(?: province| city)?\b", text[sentence.start : sentence.end + 800])
    if later:
        at = sentence.start + later.start()
        near = [p for p in ctx.places.between(at - 30, at) if p.region.end >= at - 1]
        if near:
            return near[0].codes
    inside = [p for p in around if p.role == "inside" and p.start > start - 60]
    if inside:
        if base and all(holds(code, b) for b in base for code in inside[0].codes):
            return inside[0].codes
        within_home = base and any(holds(b, code) or holds(code, b) for b in base for code in inside[0].codes)
        return base if within_home else inside[0].codes
    if re.search(r"\b(?:here|held in (?:the|our) city)\b", sentence.text) and base:
        return base
    away = ctx.places.dateline and not any(holds(a, b) or holds(b, a) for a in ctx.places.dateline for b in base)
    guest = away and bool(find_actions(text, sentence.start, sentence.end, ("sign",)))
    return ctx.places.dateline[:1] if guest else base if away else ()


_ONE_OF_SEVERAL = re.compile(r"\b(?:opening|first|second|third|last|closing|final) day of (?:the )?$", re.IGNORECASE)


def _set_day(ctx: Context, fact: Fact) -> None:
    when = fact.time
    if when.kind in ("none", "recent", "soft") and not ctx.places.sections and fact.kind != "delegation":
        when = Timekeeper(ctx).article_day(fact) or when
    own = fact.time.kind == "day" and fact.kind != "exhibition"
    paragraph = (
        [fact.clause.sentence] if own else [s for s in ctx.sentences if s.paragraph == fact.clause.sentence.paragraph]
    )
    multi = any(is_multiday(s.text) for s in paragraph[:3]) or (
        fact.kind == "delegation" and is_multiday(fact.clause.sentence.text)
    )
    multi = multi or (
        fact.kind == "exhibition" and bool(_ONE_OF_SEVERAL.search(ctx.text[max(0, fact.span[0] - 40) : fact.span[0]]))
    )
    if when.kind == "day" and when.day and not multi:
        fact.date, fact.date_span = when.day, when.span
    fact.time = when if when.kind != "range" else When("range")
