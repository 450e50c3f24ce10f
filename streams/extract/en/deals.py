"""Signings, milestones and running totals: the facts of every clause, with their region and time."""

import re

from streams.extract.en.announced import read_announced
from streams.extract.en.batches import split_batches
from streams.extract.en.clauses import Clause, find_clauses, within
from streams.extract.en.context import Context
from streams.extract.en.facts import MILESTONES, Fact, make_fact, settle_type
from streams.extract.en.follow import follow_up
from streams.extract.en.guess import guess_action
from streams.extract.en.sentences import Sentence
from streams.extract.en.timing import When, is_multiday, when_of
from streams.extract.en.whose import region_of

MOST = 80
"""Happenings that are read in one article."""
_AT_FAIR = re.compile(
    r"\b(?:at|during|from) the (?:[\w-]+ ){0,6}(?:fair|expo|exhibition|trip|tour|week|festival)\b", re.IGNORECASE
)
_TRIP = re.compile(
    r"\b(?:the (?:delegation|team|group|mission|trip|tour|journey)|brought (?:back|home)|returned with|"
    r"on the (?:trip|way|journey|tour))\b",
    re.IGNORECASE,
)
_SAME_THING = re.compile(
    r"\b(?:the|its|our) (?:[\w-]+ ){0,2}(?:project|plant|factory|base|works|park|complex|facility|mill|"
    r"contract|deal|agreement|line|refinery)\b|\bit\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"^\W*(?:imagine|suppose|say a|what if|if|consider a|picture|assume|even if)\b|\bwould have "
    r"(?:been )?(?:signed|invested)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have)(?: \w+)? $|\b(?:has|have) (?:been |already |so far |also |now )*$", re.IGNORECASE
)


def read_deals(ctx: Context) -> list[Fact]:
    """The facts of the article in the order of the text, times resolved, types settled."""
    facts: list[Fact] = []
    for sentence in ctx.sentences:
        if len(facts) >= MOST:
            ctx.drop(sentence.start, sentence.end, f"more than {MOST} happenings in one article: a list, not news")
            break
        if _HYPOTHETICAL.search(sentence.text):
            ctx.drop(sentence.start, sentence.end, "imagined, not told")
            continue
        mine: list[Fact] = []
        for clause in find_clauses(sentence, ctx.findings):
            for batch in split_batches(clause, ctx.findings):
                fact = _fact_of(ctx, batch, facts + mine)
                if fact is not None:
                    mine.append(fact)
        _share_out(ctx, sentence, mine)
        if not mine and _sums_up(ctx, sentence, facts):
            continue
        if not mine:
            announced = read_announced(ctx, sentence, facts)
            mine += [announced] if announced and not any(_is_repeat(announced, f) for f in facts) else []
        if all(fact.partial or fact.action in ("actual", "foreign") for fact in mine):
            follow_up(ctx, sentence, facts)
        facts += mine
    facts = [fact for fact in facts if not (fact.pending and fact.amount is None)]
    facts = _one_project(ctx, facts)
    Timekeeper(ctx).resolve(facts)
    return facts


def _sums_up(ctx: Context, sentence: Sentence, facts: list[Fact]) -> bool:
    """ "That makes 3.95 billion in all": the sum of the batches just told goes to the whole told before them."""
    amounts = [
        a for a in within(ctx.findings.amounts, sentence.start, sentence.end) if not a.conversion and not a.per_project
    ]
    if len(amounts) != 1:
        return False
    for size in (2, 3, 4):
        group = facts[-size:]
        if len(group) < size or not all(f.amount and f.projects for f in group):
            continue
        if sum(f.amount.value for f in group if f.amount) == amounts[0].value:
            count = sum(f.projects or 0 for f in group)
            whole = next((f for f in facts[:-size] if f.projects == count and f.amount is None), None)
            if whole is not None:
                whole.amount, whole.title = amounts[0], False
                for fact in group:
                    fact.partial = True
                return True
    return False


def _is_repeat(one: Fact, other: Fact) -> bool:
    return bool(other.single and other.action == "sign" and not other.title) and (
        other.amount is None or (one.amount is not None and one.amount.value == other.amount.value)
    )


def _one_project(ctx: Context, facts: list[Fact]) -> list[Fact]:
    """An article about one project: its stages told without its name are kept, and its sum is that of every stage."""
    firm = [f for f in facts if not f.hint and f.action in ("sign", *MILESTONES)]
    if not firm or any(f.projects != 1 or f.count for f in firm):
        return [f for f in facts if not f.hint]
    sums = {f.amount.value: f.amount for f in firm if f.amount and not f.title}
    for fact in facts:
        if fact.hint:
            fact.projects, fact.single, fact.regions = 1, True, firm[0].regions
        if (
            fact.amount is None
            and len(sums) == 1
            and fact.regions == firm[0].regions
            and fact.action in ("sign", *MILESTONES)
            and (fact.hint or _SAME_THING.search(ctx.text[fact.span[0] : fact.span[1]]))
        ):
            fact.amount = next(iter(sums.values()))
    return facts


def _share_out(ctx: Context, sentence: Sentence, facts: list[Fact]) -> None:
    """ "52 projects signed and 38 started, worth 26.3 billion and 19.7 billion respectively": each its own."""
    if len(facts) < 2 or "respectively" not in sentence.text:
        return
    amounts = [
        a for a in within(ctx.findings.amounts, sentence.start, sentence.end) if not a.conversion and not a.per_project
    ]
    if len(amounts) == len(facts):
        for fact, amount in zip(facts, amounts, strict=True):
            fact.amount = amount


def _fact_of(ctx: Context, clause: Clause, before: list[Fact]) -> Fact | None:
    if clause.action is None:
        clause.action = guess_action(ctx, clause, before)
    action = clause.action
    if action is None or not (
        clause.counts or clause.amounts or clause.parts or action.name not in ("introduce", "negotiate", "reserve")
    ):
        return None
    fact = make_fact(ctx, clause, (), 1.0)
    if fact is None:
        return None
    if action.future or action.negated:
        ctx.drop(clause.start, clause.end, "still to come" if action.future else "denied or negated (rule 5)")
        return None
    fact.regions, fact.sure = region_of(ctx, clause, fact.single or fact.projects == 1, fact.action in ("foreign",))
    if not fact.regions:
        ctx.drop(clause.start, clause.end, "no region known")
        return None
    fact.time = when_of(clause, ctx.findings, clause.sentence)
    fact.dated = fact.time.kind in ("day", "range", "period", "soft", "same")
    return fact


class Timekeeper:
    """Days and periods of facts: their own words first, then those of the sentences before, then of the article."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.bulletin = self._bulletin_period()

    def _bulletin_period(self) -> When | None:
        """The period that the title or the first sentences give to a whole report."""
        for sentence in [s for s in self.ctx.sentences if s.paragraph <= 0][:3]:
            if any(d.day and sentence.start <= d.start < sentence.end for d in self.ctx.findings.days):
                return None
            hard = [
                p
                for p in self.ctx.findings.periods
                if sentence.start <= p.start < sentence.end and not p.soft and p.first and p.last
            ]
            if hard:
                return When("period", None, hard[0].first, hard[0].last, hard[0])
        return None

    def resolve(self, facts: list[Fact]) -> None:
        """Sets time, date and type of every fact."""
        for index, fact in enumerate(facts):
            if fact.partial and index and fact.time.kind == "none":
                fact.time = facts[index - 1].time
            self._resolve(fact)

    def _resolve(self, fact: Fact) -> None:
        when = fact.time
        if when.kind == "same":
            when = self._period_before(fact.clause.sentence) or When("soft", None, None, None, when.span)
            when = When("period", None, when.first, when.last, when.span)
        if when.kind in ("none", "recent", "said") and fact.clause.sentence.paragraph >= 0:
            when = self._inherited(fact, when)
        one = fact.projects == 1 and fact.action in MILESTONES and not fact.count
        period = not one and (when.kind == "period" or (when.kind == "soft" and not self._is_one_thing(fact)))
        own = fact.time.kind == "day"
        if fact.action == "introduce" and own and not self._perfect(fact):
            fact.action = "sign"
        settle_type(fact, self.ctx, period)
        if (
            fact.metric == "foreign_investment"
            and fact.projects
            and re.search(r"\b(?:announce|pledg|commit)", self.ctx.text[fact.span[0] : fact.span[1]], re.IGNORECASE)
        ):
            fact.metric = "projects_signed"
        fact.time = when
        if fact.type != "statistic" and when.day and when.kind in ("day", "said"):
            fact.date, fact.date_span = when.day, when.span
        if fact.type == "signing" and fact.date and self._within_run(fact):
            fact.date, fact.date_span = None, None
        if fact.type in ("signing", "milestone") and fact.date is None and when.kind == "none":
            self._day_told_after(fact)
        if fact.type == "statistic":
            fact.time = self._until_now(fact)

    def _day_told_after(self, fact: Fact) -> None:
        """ "The ceremony was on Wednesday", in the sentence after."""
        sentence = fact.clause.sentence
        after = [s for s in self.ctx.sentences if s.paragraph == sentence.paragraph and s.start > sentence.start][:2]
        for following in after:
            if re.search(
                r"\b(?:ceremony|signing|event|meeting|papers|contracts|act|it)\b[^.;]{0,30}\b(?:was|were|took "
                r"place|held|happened|came)\b",
                following.text,
                re.IGNORECASE,
            ):
                days = [
                    d
                    for d in self.ctx.findings.days
                    if following.start <= d.start < following.end and d.day and not d.until
                ]
                if days:
                    fact.date, fact.date_span = days[0].day, days[0]
                    return

    def _until_now(self, fact: Fact) -> When:
        """A running total has happened: it ends by the day of publication; what stands now ends on it."""
        when, today = fact.time, self.ctx.published
        if when.kind not in ("period", "soft"):
            stands = fact.metric in (
                "companies_registered",
                "foreign_investment",
                "investment_actual",
                "projects_introduced",
                "projects_signed",
                "projects_started",
                "projects_completed",
            )
            return When("period", None, None, today if stands else None)
        if when.last and when.last > today:
            first = when.first if when.first and when.first <= today else None
            return When(when.kind, None, first, today, when.span if first else None)
        return when

    def date_tallies(self, facts: list[Fact]) -> None:
        """Periods of counts of other things than projects."""
        for fact in facts:
            when = fact.time
            if when.kind == "same":
                when = self._period_before(fact.clause.sentence) or when
            if when.kind in ("none", "recent", "said", "day", "same"):
                found = self._inherited(fact, When("none"))
                when = found if found.kind == "period" else When("none")
            fact.time = when
            fact.time = self._until_now(fact)

    def date_agreements(self, facts: list[Fact]) -> None:
        """Days of agreements; one told of for a period keeps none."""
        for fact in facts:
            when = fact.time
            if when.kind in ("none", "recent", "said") and fact.clause.sentence.paragraph >= 0:
                when = self._inherited(fact, when)
            if when.day and when.kind in ("day", "said"):
                fact.date, fact.date_span = when.day, when.span

    def _perfect(self, fact: Fact) -> bool:
        start = fact.clause.action.start if fact.clause.action else fact.clause.start
        return bool(_PERFECT.search(self.ctx.text[max(0, start - 24) : start]))

    def _is_one_thing(self, fact: Fact) -> bool:
        """A month or "now" beside one project, or beside a milestone of one, tells no running total."""
        words = fact.time.span and self.ctx.text[fact.time.span.start : fact.time.span.end].lower()
        if fact.type or fact.action in ("introduce", "negotiate", "reserve", "actual", "foreign"):
            return False
        if fact.projects == 1:
            return fact.action != "sign" or fact.clause.sentence.paragraph <= 0
        return words in ("now", "currently", "at present") and fact.action == "sign"

    def _inherited(self, fact: Fact, when: When) -> When:
        """Time words of the sentences before in the paragraph; then of the item; then the article's own day."""
        sentence = fact.clause.sentence
        if _AT_FAIR.search(self.ctx.text, fact.clause.start, fact.clause.end) and self._has_run(sentence):
            return When("range")
        if fact.action == "sign" and _TRIP.search(self.ctx.text, fact.clause.start, fact.clause.end):
            return When("range")
        before = [s for s in self.ctx.sentences if s.paragraph == sentence.paragraph and s.start < sentence.start]
        for earlier in before[:-13:-1]:
            if is_multiday(earlier.text):
                return When("range")
            found = when_of(Clause(earlier.start, earlier.end, earlier, None), self.ctx.findings, earlier)
            if found.kind in ("day", "range", "period") and not (
                found.kind == "period" and fact.action == "sign" and not self._perfect(fact) and fact.projects == 1
            ):
                return found
        if self.bulletin and when.kind in ("none", "recent"):
            return self.bulletin
        if when.kind == "said":
            return when
        if when.kind == "recent":
            return when
        return self.article_day(fact) or when

    def _has_run(self, sentence: Sentence) -> bool:
        """A fair or trip of several days is spoken of before."""
        runs = any(d.until and d.start < sentence.end for d in self.ctx.findings.days)
        return runs or any(is_multiday(s.text) for s in self.ctx.sentences if s.start <= sentence.start)

    def article_day(self, fact: Fact) -> When | None:
        """The day of the first paragraphs, or of the ceremony that the article is about."""
        section = self.ctx.places.sections
        if section and fact.clause.sentence.paragraph in section:
            return None
        lead = [s for s in self.ctx.sentences[:40] if 0 <= s.paragraph <= fact.clause.sentence.paragraph]
        found: list[When] = []
        for sentence in lead:
            when = when_of(Clause(sentence.start, sentence.end, sentence, None), self.ctx.findings, sentence)
            if is_multiday(sentence.text) and sentence.paragraph <= 2:
                return When("range")
            if when.kind in ("day", "said", "range"):
                found.append(when)
        for when in found:
            if when.kind in ("day", "range") and (when.day is None or (self.ctx.published - when.day).days <= 45):
                return when
        return next((w for w in found if w.kind == "said"), None)

    def _period_before(self, sentence: Sentence) -> When | None:
        """The period that "the same months" or "in the quarter" points at: the last one of that length."""
        earlier = [p for p in self.ctx.findings.periods if p.start < sentence.start and p.first and p.last]
        named = re.search(r"\b(quarter|month|half|year)\b", sentence.text, re.IGNORECASE)
        least, most = {"quarter": (89, 92), "month": (27, 31), "half": (180, 185), "year": (360, 366)}.get(
            named[1].lower() if named else "", (0, 10**6)
        )
        fitting = [p for p in earlier if p.first and p.last and least <= (p.last - p.first).days + 1 <= most]
        earlier = fitting or earlier
        return When("period", None, earlier[-1].first, earlier[-1].last, earlier[-1]) if earlier else self.bulletin

    def _within_run(self, fact: Fact) -> bool:
        """The day is one of a run of days ("the five-day fair since Wednesday"): no day is known of the deal."""
        if fact.time.span is None:
            return False
        around = self.ctx.text[fact.clause.sentence.start : fact.clause.sentence.end]
        return is_multiday(around) and not _near_action(self.ctx.text, fact)


def _near_action(text: str, fact: Fact) -> bool:
    if not fact.time.span or not fact.clause.action:
        return False
    low, high = sorted((fact.time.span.start, fact.clause.action.start))
    if re.search(
        r"\b(?:closed|ended|opened|concluded|since|wrapped up|to an end|kicked off)\b[^.;]{0,24}$",
        text[max(0, fact.time.span.start - 40) : fact.time.span.start],
    ):
        return False
    return high - low < 90 and not re.search(r"\b(?:closed|ended|opened|concluded|kicked off)\b", text[low:high])
