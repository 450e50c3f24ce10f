"""When: the day or the period that a piece of folded Chinese text speaks of."""

import re
from dataclasses import dataclass
from datetime import date

from streams.extract.found import FoundDay
from streams.extract.zh.dates import find_days
from streams.extract.zh.layout import Line, Sentence, within
from streams.extract.zh.periods import Span, find_periods

ON_THE_SPOT = re.compile(
    r"会上|活动上|活动中|活动期间|活动现场|现场(?!会)|仪式上|大会(?!战)|会议期间|签约环节|此次|这次|本次|本届|当天|当日|同日|活动当天|此行|会期|推介会上|洽谈会上|一边是|同场|落幕|签约台|签约席"
)
OF_A_NAME = re.compile(
    r"的?[^,。;:\n\d]{0,22}?(?:集中签约|集中开工|签约|开工|竣工|投产|仪式|活动|大会|推进会|招商会|推介会|观摩|年会|三集中|首批|第一批|工作会议|[博洽贸展览]会|交易会|论坛|峰会)"
)
HOLDS = re.compile(r"举[办行]|开展|组织|召开")
COUNTED = re.compile(r"(?:达|共|超|近|逾|累计)*(?:\d|[一二三四五六七八九十百]+[余多]?[场次])")
OF_THINGS = re.compile(r"(?:已)?(?:新)?(?:签约|引进|开工|落户|推介|实施)的")
CUMULATIVE = re.compile(r"累计|历年|迄今|至今|已有|已累计|总计已|历史累计")
BRACKETED = re.compile(r"\s*【[^】\n]{2,16}】")
NOTE = re.compile(r"以[上下](?:数[字据])?(?:均|都)?(?:为|是|系)[^。)]{2,24}")
"""(以上为1—6月数据): the time of all that is listed."""
ROW = re.compile(r"\d[多余]?[个家项场条批次]|亿元?|万美?元")
"""A short line with figures is a row of a table, whose time the title tells."""
ALL_YEAR = re.compile(r"全年|年内|年度")


@dataclass(frozen=True)
class When:
    """A day (null: a happening whose day is not told), or a period. `distance`: 0 near, 3 from the whole article."""

    day: date | None = None
    found: FoundDay | None = None
    period: Span | None = None
    distance: int = 3

    @property
    def is_period(self) -> bool:
        """True for what is told of a period."""
        return self.period is not None


class Clock:
    """The times of one document."""

    def __init__(self, text: str, lines: list[Line], today: date) -> None:
        self.text = text
        self.lines = lines
        self.today = today
        story = [line for line in lines if line.kind in ("title", "body", "heading")]
        days = [day for day in find_days(text, today) if any(line.start <= day.start < line.end for line in story)]
        periods = [
            one for one in find_periods(text, today) if any(line.start <= one.start < line.end for line in story)
        ]
        # 从2018年11月到今年2月20日 is a period and no day; 2023年 in 2023年4月24日 is a day and no period.
        self.days = [day for day in days if not any(one.start <= day.start and day.end <= one.end for one in periods)]
        taken = [(day.start, day.end) for day in self.days if day.day]
        self.periods = [one for one in periods if not any(start < one.end and one.start < end for start, end in taken)]
        self.datelines = {day.start for line in story for day in self.days if line.start <= day.start < line.told}
        self.main = self._main()
        self.default = self._default()
        self.sections = self._sections()
        heads = [line for line in lines if line.kind == "title"]
        told = [one for line in heads for one in within(self.periods, line.start, line.end) if one.first and one.last]
        self.titled = told[0] if told else None

    def _main(self) -> FoundDay | None:
        """The day of the article's own happening: the first that its opening tells."""
        seen = 0
        for line in self.lines:
            if line.kind != "body":
                continue
            seen += 1
            if seen > 3:
                break
            for day in self.days:
                if line.start <= day.start < line.end and day.start not in self.datelines:
                    return day
        for day in self.days:
            if day.start < self.lines[0].end if self.lines else False:
                return day
        return None

    def _sections(self) -> dict[int, Span]:
        """一、2023年工作回顾: by line, the year that the heading over it tells."""
        told: dict[int, Span] = {}
        held: Span | None = None
        for index, line in enumerate(self.lines):
            if line.kind == "body" and (head := BRACKETED.match(self.text, line.start, line.end)):
                year = re.search(r"20\d\d", head[0])
                if year:
                    first = date(int(year[0]), 1, 1)
                    told[index] = Span(*head.span(), first, date(first.year, 12, 31), "year")
            elif line.kind == "heading":
                years = [one for one in within(self.periods, line.start, line.end) if one.kind == "year"]
                held = years[0] if years else None
            elif held is not None:
                told[index] = held
        return told

    def _default(self) -> Span | None:
        """A period that the text sets for all its figures: 以下数字都从启动算起,到目前为止."""
        if note := NOTE.search(self.text):
            told = within(self.periods, note.start(), note.end())
            if told and told[0].first:
                return Span(0, 0, told[0].first, told[0].last, told[0].kind)
        match = re.search(r"以[下上](?:数[字据]|各项)[^。]{0,16}(?:到目前|截至|从启动|累计|算起)", self.text)
        if match is None:
            return self._reported()
        starts = [period for period in self.periods if period.start < match.start() and period.first]
        first = min((period.first for period in starts if period.first), default=None)
        return Span(match.start(), match.end(), first, self.today, "since")

    def _reported(self) -> Span | None:
        """今年1—10月，…主要情况如下: a report without days has the period of its title or opening."""
        opening = [line for line in self.lines if line.kind in ("title", "body", "heading")][:4]
        if self.main is not None or not opening:
            return None
        end = next((line.end for line in opening if self.text[line.start : line.end].rstrip().endswith(":")), None)
        stop = end or (opening[0].end if opening[0].kind == "title" else 0)
        told = [one for one in within(self.periods, 0, stop) if one.kind in ("span", "since") and one.first]
        return Span(0, 0, told[-1].first, told[-1].last, told[-1].kind) if told else None

    def periods_in(self, start: int, end: int) -> list[Span]:
        """The periods that begin in `[start, end)`."""
        return within(self.periods, start, end)

    def when(self, sentence: Sentence, start: int, end: int) -> When:
        """The time of what is told in `[start, end)` of the sentence."""
        own = self._nearest(sentence.start, start, end)
        if own is not None:
            return own
        spot = ON_THE_SPOT.search(self.text, sentence.start, end)
        if spot:
            return self._article()
        line = self.lines[sentence.line]
        carried = self._nearest(line.context, sentence.start, sentence.start)
        if carried is not None:
            return When(carried.day, carried.found, carried.period, 2)
        if line.kind == "heading" and self.titled and ROW.search(self.text, line.start, line.end):
            return When(period=self.titled, distance=2)
        if self.default and sentence.start > self.default.start:
            return When(period=self.default, distance=2)
        later = [one for one in within(self.periods, end, sentence.end) if one.kind in ("span", "since") and one.first]
        if len(later) == 1 and self.main is None and later[0].last and later[0].last <= self.today:
            return When(period=later[0], distance=1)
        if section := self.sections.get(sentence.line):
            return When(period=section, distance=2)
        return self._article()

    def _article(self) -> When:
        if self.main is None:
            return When()
        return When(None if self.main.until else self.main.day, self.main, None, 3)

    def _nearest(self, low: int, start: int, end: int) -> When | None:
        """The last day or period in `[low, start)`, else the first in `[start, end)`; 截至 joins what is before it."""
        days = [day for day in within(self.days, low, end) if day.start not in self.datelines]
        periods = [one for one in within(self.periods, low, end) if not self._is_name(one, bool(days))]
        marks: list[FoundDay | Span] = sorted([*days, *periods], key=lambda one: one.start)
        before = [one for one in marks if one.start < start]
        days_too = bool(before) and isinstance(before[-1], FoundDay)  # 本报16日刊发的…,某市15日签约
        own = [one for one in marks if one.start >= start and (days_too or isinstance(one, Span))]
        chosen = own[0] if own else before[-1] if before else marks[0] if marks else None
        if chosen is None:
            return None
        if isinstance(chosen, Span) and chosen.kind == "carry" and (day := self._carried_day(chosen)):
            return When(None if day.until else day.day, day, None, 1)
        if isinstance(chosen, Span):
            return When(period=self._joined(chosen, periods), distance=0)
        if ON_THE_SPOT.search(self.text, chosen.end, start) and chosen.day is None and self.main is not None:
            return self._article()
        return When(None if chosen.until else chosen.day, chosen, None, 0)

    def _carried_day(self, carry: Span) -> FoundDay | None:
        # 6月8日至10日…其间: the days of the trip told before, unless a period was told since
        days = [one for one in self.days if one.start < carry.start]
        periods = [one for one in self.periods if one.start < carry.start and one.kind != "carry"]
        return days[-1] if days and (not periods or periods[-1].start < days[-1].start) else None

    def _joined(self, chosen: Span, periods: list[Span]) -> Span:
        if chosen.kind == "carry":
            before = [one for one in self.periods if one.start < chosen.start and one.kind != "carry"]
            return before[-1] if before else chosen
        if chosen.kind in ("same", "month"):
            before = [one for one in self.periods if one.start < chosen.start and one.kind not in ("carry", "same")]
            read = _in_year if chosen.kind == "same" else _last_month
            return read(before[-1] if before else None, chosen)
        if ALL_YEAR.match(self.text, chosen.start):
            years = [one for one in self.periods if one.start < chosen.start and one.kind == "year"]
            if years and years[-1].first and years[-1].first.year != self.today.year:
                return years[-1]
        first, last = chosen.first, chosen.last
        for other in periods:
            if other is chosen:
                continue
            if first is None and other.first and other.kind in ("since", "year") and chosen.kind in ("until", "now"):
                first = other.first
            if chosen.kind in ("since", "year") and other.kind == "until" and other.last and other.last < self.today:
                last = other.last
        return Span(chosen.start, chosen.end, first, last, chosen.kind)

    def _is_name(self, period: Span, has_day: bool) -> bool:
        """A period that only names an event (一季度集中签约活动), not a span of time that figures cover."""
        if OF_THINGS.match(self.text, period.end):
            return True  # 去年签约的230个项目: says which projects, not when the figure was
        match = OF_A_NAME.match(self.text, period.end)
        if match is None or period.kind in ("since", "now", "until", "carry"):
            return False
        if HOLDS.search(match[0]) and COUNTED.match(self.text, match.end()):
            return False  # 上半年全市举办招商活动41场: so many were held in it
        if re.search(r"\d|[一二三四五六七八九十百]+[个项场家]", match[0]):
            return False
        return has_day or bool(
            re.search(r"集中|仪式|活动|大会|推进会|[会坛]$|三集中|会议|首批|第一批|论坛|峰会", match[0])
        )


def _in_year(period: Span | None, same: Span) -> Span:
    """去年同期: the period told before, as it was in the year of `same`; unknown when none was told."""
    if period is None or period.last is None or same.first is None:
        return Span(same.start, same.end, None, None, "open")
    back = period.last.year - same.first.year
    first, last = (None if day is None else _years_back(day, back) for day in (period.first, period.last))
    return Span(same.start, same.end, first, last, "span")


def _last_month(period: Span | None, month: Span) -> Span:
    """当月: the last month of the period told before."""
    last = period.last if period else None
    return Span(month.start, month.end, last.replace(day=1), last, "span") if last else month


def _years_back(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)
