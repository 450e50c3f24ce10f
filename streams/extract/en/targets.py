"""Plans and aims of an area for the future (rules 15 and 24)."""

import itertools
import re
from dataclasses import replace
from operator import attrgetter

from streams.extract.en.clauses import Clause, find_clauses, sizes_a_part
from streams.extract.en.context import Context
from streams.extract.en.counts import Count
from streams.extract.en.facts import Fact
from streams.extract.en.findings import within
from streams.extract.en.periods import Period
from streams.extract.en.sentences import Sentence
from streams.extract.en.target_words import AIM, COSTS, FIRM, MEASURES, SAID_OF_DEAL, VENTURE
from streams.extract.en.timing import When
from streams.extract.en.whose import STATED, region_of
from streams.extract.found import Found, FoundAmount


def read_targets(ctx: Context) -> list[Fact]:
    """The targets of the article."""
    found: list[Fact] = []
    for index, sentence in enumerate(ctx.sentences):
        if sentence.paragraph < 0:
            continue
        last = found[-1] if found else None
        goes_on = last is not None and ctx.sentences[index - 1] is last.clause.sentence
        before = last.time if last and goes_on and last.clause.sentence.paragraph == sentence.paragraph else None
        for clause in _stretches(ctx, sentence):
            found += _targets_of(ctx, clause, index, before)
    return found


def _stretches(ctx: Context, sentence: Sentence) -> list[Clause]:
    """The whole sentence as one clause, unless only one of its clauses looks ahead."""
    clauses = find_clauses(sentence, ctx.findings)
    whole = Clause(sentence.start, sentence.end, sentence, clauses[0].action if clauses else None)
    for clause in clauses:
        whole.counts += clause.counts
        whole.amounts += clause.amounts
        whole.each += clause.each
        whole.parts += [p for p in clause.parts if hasattr(p, "currency")]
    past = [c for c in clauses if c.action and not c.action.future and (c.counts or c.amounts)]
    if len(clauses) > 1 and past:
        return [c for c in clauses if c.action is None or c.action.future or AIM.search(ctx.text[c.start : c.end])]
    return [whole]


def _targets_of(ctx: Context, clause: Clause, index: int, before: When | None = None) -> list[Fact]:
    """Every aim of a clause: "sign 260 projects, put 90 billion in place and visit 400 companies" are three."""
    groups = _groups(ctx, clause)
    if len(groups) < 2:
        fact = _target_of(ctx, clause, index, before)
        return [fact] if fact else []
    first = _target_of(ctx, _stretch(clause, clause.start, groups[1]), index, before)
    if first is None:
        return []
    found = [first]
    for low, high in itertools.pairwise([*groups[1:], clause.end]):
        part = _stretch(clause, low, high)
        metric = _metric(ctx, ctx.text[low:high], 0)
        if metric is None or VENTURE.search(ctx.text[low:high]):
            continue
        fact = _made(ctx, part, metric, first.time, *_figures(ctx, part, low))
        if fact is not None:
            found.append(fact)
    return found


def _groups(ctx: Context, clause: Clause) -> list[int]:
    """Where in the clause the words for each aim begin: those that have a measure of their own before the figure."""
    figures = sorted((*_figures(ctx, clause, clause.start)[0], *_figures(ctx, clause, clause.start)[1]), key=_start)
    cuts = [clause.start]
    for one, other in itertools.pairwise(figures):
        joint = list(_JOINT.finditer(ctx.text, one.end, other.start))
        metric = _metric(ctx, ctx.text[joint[0].end() : _reach(ctx, clause, other)], 0) if joint else None
        spent = (
            metric == "investment_actual"
            and isinstance(one, Count)
            and not _DONE_WITH.search(ctx.text, cuts[-1], one.start)
        )
        if metric and not spent:
            cuts.append(joint[0].end())
    return cuts


_JOINT = re.compile(
    r"(?:,? and|;|,|, while|,? as well as|,? plus)(?: (?:also|then))? (?!with\b|worth\b|totall?ing\b|for a)"
)
_DONE_WITH = re.compile(
    r"\b(?:sign|ink|conclude|introduce|attract|bring in|draw|land|start|begin|break ground|finish|put into)\b",
    re.IGNORECASE,
)
"""Projects with a verb of their own are an aim beside the money; those merely carried out are what it is spent on."""
_start = attrgetter("start")


def _reach(ctx: Context, clause: Clause, figure: Found) -> int:
    """The end of the words that go with a figure: up to the next comma, conjunction or number."""
    stop = re.compile(r"[,;]| and | while |\d").search(ctx.text, figure.end, clause.end)
    return stop.start() if stop else clause.end


def _stretch(clause: Clause, low: int, high: int) -> Clause:
    """The part of a clause between two offsets."""
    return replace(
        clause,
        start=low,
        end=high,
        counts=within(clause.counts, low, high),
        amounts=within(clause.amounts, low, high),
        each=within(clause.each, low, high),
        parts=within(clause.parts, low, high),
    )


def _figures(ctx: Context, clause: Clause, after: int) -> tuple[list[FoundAmount], list[Count]]:
    """The sums and counts of a clause from an offset on that an aim may be about."""
    amounts = [
        a
        for a in within(ctx.findings.amounts, after, clause.end)
        if not a.conversion and not a.per_project and not sizes_a_part(clause, a)
    ]
    counts = [
        c
        for c in clause.counts
        if c.start >= after
        and c.noun in ("project", "company", "activity", "contract", "lead")
        and (not c.elliptical or _ANOTHER.search(ctx.text, max(clause.start, c.start - 9), c.end + 24))
        and c.value > 1
    ]
    return amounts, counts


_ANOTHER = re.compile(r"\b(?:another|further) \S+ (?:are|is|will|should|have)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|shall|is to|are to|(?:scheduled|planned|due|expected|set) to|must|should)\b", re.IGNORECASE
)


def _target_of(ctx: Context, clause: Clause, index: int, before: When | None) -> Fact | None:
    """The aim of a clause; `before`: the time of the aim in the sentence before, which lasts."""
    text = ctx.text[clause.start : clause.end]
    aim = AIM.search(text)
    if not aim:
        return None
    noun = re.search(r"\b(?:goals?|targets?|objective|ambition|task|quota)\b", text, re.IGNORECASE)
    amounts, counts = _figures(ctx, clause, clause.start if noun else clause.start + aim.start())
    if noun and (named := _named_sum(ctx, clause, noun.end())):
        amounts, counts, clause = [named], [], _stretch(clause, clause.start + noun.start(), clause.end)
    ahead = _ahead(ctx, clause.sentence.start if len(text) < len(clause.sentence.text) else clause.start, clause.end)
    firm = FIRM.search(text)
    of_deal = SAID_OF_DEAL.match(clause.sentence.text) and not firm and COSTS.search(text)
    if of_deal and _metric(ctx, text, 0) not in ("output_value", "cluster_scale"):
        return None
    goes_on = before is not None and _TO_COME.search(text) is not None and ctx.places.home != ()
    if not (amounts or counts) or not (ahead or firm or goes_on):
        return None
    metric = _metric(ctx, text, index) or ("investment_planned" if amounts and _DRAWN.search(text) else None)
    if metric is None or (VENTURE.search(_OF_AREA.sub("", text)) and metric not in ("cluster_scale",) and not firm):
        return None
    period = ahead[0] if ahead else None
    first, last = (period.first, period.last) if period else (None, None)
    if period and first and re.match(r"by|until|before", ctx.text[period.start : period.end], re.IGNORECASE):
        first = None
    time = before if before and not ahead else When("period", None, first, last, period)
    told = [f for f in (*clause.counts, *clause.amounts) if f.end <= clause.start + aim.start()]
    if told and not noun and (cut := _JOINT.search(ctx.text, max(f.end for f in told), clause.start + aim.end())):
        clause = _stretch(clause, cut.start(), clause.end)  # what stands before has happened
        metric = _metric(ctx, ctx.text[cut.start() : clause.end], 0) or metric
    return _made(ctx, clause, metric, time, amounts, counts)


_OF_AREA = re.compile(
    r"\b(?:commission|committee|bureau|city|county|district|province|government|authorities|administration|mayor)\b"
    r"[^.;,]{0,30}\b(?:expects?|wants?|intends|would like|means) the (?:base|park)\b",
    re.IGNORECASE,
)
"""An office that expects something of a base speaks of an area, not of its own plant."""


def _named_sum(ctx: Context, clause: Clause, after: int) -> FoundAmount | None:
    """ "46 percent of the year's target of 4.5 billion": of several sums the one that the word names."""
    sums = within(ctx.findings.amounts, clause.start, clause.end)
    if len(sums) < 2:
        return None
    at = clause.start + after
    gap = re.compile(r" (?:of|at|to reach|:) ?(?:about |over |more than |some )?").match(ctx.text, at)
    return next((a for a in sums if gap and 0 <= a.start - at <= gap.end() - at + 6), None)


def _ahead(ctx: Context, low: int, high: int) -> list[Period]:
    """The periods named in a span that are not over."""
    today = ctx.published
    return [
        p
        for p in within(ctx.findings.periods, low, high)
        if p.last and p.last >= today and (p.last.month == 12 or p.last > today) and p.last != today
    ]


_DRAWN = re.compile(r"\b(?:attract|secur|lur|woo|win|draw in|land|clinch)\w*\b", re.IGNORECASE)
_SPENT = re.compile(
    r"\b(?:in place|fixed[- ]assets?|actual(?:ly)?|complet\w+|spen[dt]|arriv\w+|paid|used?|utili[sz]\w+|"
    r"funds from outside)\b",
    re.IGNORECASE,
)


def _made(
    ctx: Context, clause: Clause, metric: str, time: When, amounts: list[FoundAmount], counts: list[Count]
) -> Fact | None:
    regions, sure = region_of(ctx, clause, False)
    if not regions:
        return None
    drawn = _DRAWN.search(ctx.text, clause.start, clause.end) and not _SPENT.search(ctx.text, clause.start, clause.end)
    if (
        amounts
        and not counts
        and (metric in ("projects_introduced", "projects_signed") or (metric == "investment_actual" and drawn))
    ):
        metric = "investment_planned"  # a sum to be won, with no word that it is to be spent
    fact = Fact(clause, "target", "target", None, metric, regions, sure * 0.85, time)
    fact.stated = sure >= STATED
    projects = [c for c in counts if c.noun in ("project", "contract")]
    others = [c for c in counts if c.noun not in ("project", "contract")]
    fact.count = projects[0] if projects else None
    fact.projects = projects[0].value if projects else None
    fact.other_count = others[0] if others and not projects else None
    if fact.projects is None and metric.startswith("projects_") and not fact.other_count and not amounts:
        return None
    if not amounts and not counts:
        return None
    fact.amount = amounts[0] if amounts else None
    fact.each = clause.each[0] if clause.each else None
    fact.span = (clause.start, clause.end)
    return fact


def _metric(ctx: Context, text: str, index: int) -> str | None:
    if re.match(r"\W*the same\b", text, re.IGNORECASE) and index:
        text = f"{ctx.sentences[index - 1].text} {text}"
    found = next((name for name, pattern in MEASURES if pattern.search(text)), None)
    if found is None and index:
        found = next((name for name, pattern in MEASURES if pattern.search(ctx.sentences[index].text)), None)
    if found is None and index and ctx.sentences[index - 1].paragraph == ctx.sentences[index].paragraph:
        before = ctx.sentences[index - 1].text
        found = next((name for name, pattern in MEASURES if pattern.search(before)), None)
    return found
