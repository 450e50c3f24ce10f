"""Days and periods of facts: their own words, then those before them, then the article's (rules 4, 11, 12, 13)."""

import re

from streams.extract.en.clauses import Clause
from streams.extract.en.context import Context
from streams.extract.en.facts import MILESTONES, Fact, settle_type
from streams.extract.en.sentences import Sentence
from streams.extract.en.timing import When, is_multiday, when_of

_AT_FAIR = re.compile(
    r"\b(?:at|during|from) the (?:[\w-]+ ){0,6}(?:fair|expo|exhibition|trip|tour|week|festival)\b", re.IGNORECASE
)
_TRIP = re.compile(
    r"\b(?:the (?:delegation|team|group|mission|trip|tour|journey)|brought (?:back|home)|returned with|"
    r"on the (?:trip|way|journey|tour))\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have)(?: \w+)? $|\b(?:has|have) (?:been |already |so far |also |now )*$", re.IGNORECASE
)


_THAN = re.compile(r"\b(?:than|from|against|over|compared with|on)\b[^.;,]{0,12}$", re.IGNORECASE)
"""Before a time that something is only compared with."""


_GOING = re.compile(r"\b(?:under construction|been building|being built|under ?way)\b", re.IGNORECASE)
"""Work that goes on: "since June 5" is the day it began."""


class Timekeeper:
    """Days and periods of facts: their own words first, then those of the sentences before, then of the article."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.bulletin = self._bulletin_period()

    def _bulletin_period(self) -> When | None:
        """The period that the title or the first sentences give to a whole report."""
        for sentence in [s for s in self.ctx.sentences if s.paragraph <= 1][:4]:
            if any(d.day and sentence.start <= d.start < sentence.end for d in self.ctx.findings.days):
                return None
            hard = [
                p
                for p in self.ctx.findings.periods
                if sentence.start <= p.start < sentence.end
                and not p.soft
                and p.first
                and p.last
                and p.first <= self.ctx.published
            ]
            if hard:
                return When("period", None, hard[0].first, hard[0].last, hard[0])
        return None

    def resolve(self, facts: list[Fact]) -> None:
        """Sets time, date and type of every fact."""
        for index, fact in enumerate(facts):
            near = index and facts[index - 1].clause.sentence.paragraph == fact.clause.sentence.paragraph
            if fact.partial and near and fact.time.kind == "none":
                fact.time = facts[index - 1].time
            self._resolve(fact)

    def _resolve(self, fact: Fact) -> None:
        when = fact.time
        if when.kind == "same":
            when = self._period_before(fact.clause.sentence) or When("soft", None, None, None, when.span)
            when = When("period", None, when.first, when.last, when.span)
        if when.kind in ("none", "recent", "said") and fact.clause.sentence.paragraph >= 0:
            when = self._inherited(fact, when)
        as_of = when.span is not None and self.ctx.text[when.span.start : when.span.end].lower().startswith("as of")
        one = (
            fact.projects == 1
            and (not fact.count or fact.count.value == 1)
            and (fact.action in MILESTONES or (fact.action == "sign" and as_of))
        )
        if one and as_of and when.last:
            when = When("day", when.last, None, None, when.span)
        going = fact.action == "start" and fact.clause.action and _GOING.search(fact.clause.action.words)
        if (one or going) and when.kind == "period" and when.first and self._since_a_day(when):
            when = When("day", when.first, None, None, when.span)
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

    def _since_a_day(self, when: When) -> bool:
        """ "under construction since June 10": the day of one thing."""
        if when.span is None or not self.ctx.text[when.span.start : when.span.end].lower().startswith("since"):
            return False
        return any(
            when.span.start <= d.start <= when.span.end + 1 and d.day == when.first for d in self.ctx.findings.days
        )

    def _day_told_after(self, fact: Fact) -> None:
        """ "The ceremony was on Wednesday", in the sentence after."""
        sentence = fact.clause.sentence
        after = [s for s in self.ctx.sentences if s.paragraph == sentence.paragraph and s.start > sentence.start][:2]
        for following in after:
            if re.search(
                r"\b(?:ceremony|signing|event|meeting|papers|contracts|act|it|projects|deals|agreements|documents|"
                r"they)\b"
                r"[^.;]{0,70}\b(?:was|were|took place|held|happened|came)\b",
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
        if fact.metric == "projects_reserved" and not self._has_own_time(fact):
            return When("period")  # a list with no time words has none (rule 12)
        if fact.metric == "projects_negotiating" and not self._has_own_time(fact):
            return When("period", None, None, today)  # what is talked about now (rule 12)
        if (
            self.bulletin
            and fact.metric != "projects_negotiating"
            and when.kind == "period"
            and when.first is None
            and when.last == self.bulletin.last
        ):
            when = self.bulletin
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

    def _has_own_time(self, fact: Fact) -> bool:
        sentence = fact.clause.sentence
        return when_of(Clause(sentence.start, sentence.end, sentence, None), self.ctx.findings, sentence).kind != "none"

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
        running = fact.action in ("actual", "foreign", "planned")
        for earlier in before[:-13:-1]:
            if is_multiday(earlier.text) and not running:
                return When("range")
            found = when_of(Clause(earlier.start, earlier.end, earlier, None), self.ctx.findings, earlier)
            if running and found.kind in ("day", "range"):
                continue
            if found.kind in ("day", "range", "period") and not (
                found.kind == "period"
                and fact.action == "sign"
                and not self._perfect(fact)
                and (fact.projects == 1 or found.first is None)
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
        earlier = [p for p in earlier if not _THAN.search(self.ctx.text[max(0, p.start - 24) : p.start])]
        named = re.search(r"\b(quarter|month|half|year)\b", sentence.text, re.IGNORECASE)
        least, most = {"quarter": (89, 92), "month": (27, 31), "half": (180, 185), "year": (360, 366)}.get(
            named[1].lower() if named else "", (0, 10**6)
        )
        fitting = [p for p in earlier if p.first and p.last and least <= (p.last - p.first).days + 1 <= most]
        earlier = fitting or [p for p in earlier if not p.soft] or earlier
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
