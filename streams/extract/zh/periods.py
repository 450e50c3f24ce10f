"""Periods in folded Chinese text: what a statistic or a target covers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from streams.extract.found import FoundPeriod
from streams.extract.zh.dates import D1, M1, Y4, last_day, resolve_year
from streams.extract.zh.numbers import parse_number

JOIN = r"\s?(?:至|到|-|—{1,2}|~|–)\s?"
REL = r"今年|去年|前年|明年|本年度?|当年|上年度?|本年"
YEAR = rf"(?:(?:{Y4})年度?|{REL})"
PART = r"(?:底|末|初|中旬|上旬|下旬|中)"
POINT = (
    rf"(?:(?:{YEAR})的?(?:年?(?:底|末|初)|{M1}月(?:份|{PART}|{D1}[日号])?)?|{M1}月(?:份|{PART}|{D1}[日号])?|年底|年末)"
)
NUM = r"[\d一二两三四五六七八九十几多]{1,3}"
COMPARED = re.compile(r"比|较|与$|上年$|去年$")
LEVEL = re.compile(r"的?[约近超逾]?\d")
"""比去年同期的276.8亿元增长: what stands after the period is a figure of that period."""
FIVE_YEARS = {"一": 2001, "二": 2011, "三": 2016, "四": 2021, "五": 2026}


@dataclass(frozen=True)
class Span(FoundPeriod):
    """A period and how it was told.

    `kind`: `span` (both ends told), `year` (a whole calendar year), `since` (up to now), `now` (what stands), `until`
    (an end to come, or a 截至), `carry` (同期: the one before), `same` (去年同期: the one before, in that year),
    `month` (当月: the last of the one before), `open` (known to be a period, its ends not).
    """

    kind: str


def find_periods(text: str, today: date) -> list[Span]:
    """Every period in the order of the text. 今年 ends today here; a target reads it as the whole year.

    >>> [(str(one.first), str(one.last)) for one in find_periods("今年1至11月,去年", date(2022, 12, 14))]
    [('2022-01-01', '2022-11-30'), ('2021-01-01', '2021-12-31')]
    """
    marks: list[tuple[int, int, Span]] = []
    for rank, (pattern, read) in enumerate(_READERS):
        if (needed := _NEEDED.get(read)) and needed not in text:
            continue
        for match in pattern.finditer(text):
            compared = COMPARED.search(text[max(0, match.start() - 3) : match.start()])
            if compared and not (read is _same and LEVEL.match(text, match.end())):
                continue
            period = read(match, today)
            if period is not None and not text.startswith("同期", period.end):
                marks.append((match.start(), rank, period))
    found: list[Span] = []
    for start, _, period in sorted(marks, key=lambda mark: (mark[0], -mark[2].end, mark[1])):
        if not found or start >= found[-1].end:
            found.append(period)
    return found


def parse_point(words: str, today: date, *, end: bool) -> date | None:
    """A day out of 2018年11月, 今年2月20日, 10月底: its first day, or with `end` its last; None when it is none.

    >>> parse_point("去年12月中旬", date(2023, 1, 14), end=False), parse_point("2025年", date(2023, 1, 1), end=True)
    (datetime.date(2022, 12, 1), datetime.date(2025, 12, 31))
    """
    match = re.fullmatch(
        rf"(?:(?P<year>{Y4})年度?|(?P<rel>{REL}))?的?(?:(?P<month>{M1})月份?)?(?:(?P<day>{D1})[日号])?"
        rf"(?P<part>年?{PART}|年底|年末|年初)?(?:全年)?",
        words.strip(),
    )
    if match is None or not match[0]:
        return None
    month = _int(match["month"]) if match["month"] else None
    year = _year(match["year"], match["rel"], today)
    if year is None:
        year = resolve_year(month or 12, _int(match["day"]) or 1, today) if month else today.year
    part = match["part"] or ""
    if month is None:
        if part.endswith("初"):
            return date(year, 1, 1)
        return date(year, 12, 31) if end or part.endswith(("底", "末")) else date(year, 1, 1)
    if match["day"]:
        return _safe(year, month, _int(match["day"]))
    return last_day(year, month) if end else date(year, month, 1)


def _year(year: str | None, rel: str | None, today: date) -> int | None:
    if year:
        return _int(year)
    return today.year + {"去": -1, "上": -1, "前": -2, "明": 1}.get(rel[0], 0) if rel else None


def _int(words: str | None) -> int:
    return int(parse_number(words or "0") or 0)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(match: re.Match[str], first: date | None, last: date | None, kind: str) -> Span | None:
    if first and last and first > last:
        return None
    return Span(match.start(), match.end(), first, last, kind)


def _from_to(match: re.Match[str], today: date) -> Span | None:
    first, last = parse_point(match["first"], today, end=False), parse_point(match["last"], today, end=True)
    if first and last and not re.search(r"年", match["first"]) and first > last:
        first = first.replace(year=last.year)
    if first is None or last is None:
        return None
    return _span(match, first, last, "span")


def _years(match: re.Match[str], today: date) -> Span | None:
    return _span(match, date(_int(match["y1"]), 1, 1), date(_int(match["y2"]), 12, 31), "span")


def _months(match: re.Match[str], today: date) -> Span | None:
    first, last = _int(match["m1"]), _int(match["m2"])
    if not 1 <= first < last <= 12:
        return None
    year = _year(match["year"], match["rel"], today)
    if year is None:
        year = today.year if date(today.year, last, 1) <= today else today.year - 1
    return _span(match, date(year, first, 1), last_day(year, last), "span")


def _first_months(match: re.Match[str], today: date) -> Span | None:
    count = _int(match["n"])
    year = _year(match["year"], match["rel"], today)
    if not 1 <= count <= 12:
        return None
    if year is None:
        year = today.year if count <= today.month else today.year - 1
    return _span(match, date(year, 1, 1), last_day(year, count), "span")


def _quarter(match: re.Match[str], today: date) -> Span | None:
    last = {"1": 1, "2": 2, "3": 3, "4": 4}.get(match["q"]) or "一二三四两".find(match["q"]) + 1
    last = 2 if last == 5 else last
    year = _year(match["year"], match["rel"], today)
    if year is None:
        year = today.year if last * 3 - 2 <= today.month else today.year - 1
    first = 1 if match["upto"] else last
    return _span(match, date(year, first * 3 - 2, 1), last_day(year, last * 3), "span")


def _half(match: re.Match[str], today: date) -> Span | None:
    first = match["half"] == "上"
    year = _year(match["year"], match["rel"], today)
    if year is None:
        year = today.year if first or today.month >= 7 else today.year - 1
    return _span(match, date(year, 1 if first else 7, 1), date(year, 6, 30) if first else date(year, 12, 31), "span")


def _since(match: re.Match[str], today: date) -> Span | None:
    return _span(match, parse_point(match["first"] or match["from"], today, end=False), today, "since")


def _this_year(match: re.Match[str], today: date) -> Span | None:
    return _span(match, date(today.year, 1, 1), today, "since")


def _open_since(match: re.Match[str], today: date) -> Span | None:
    named = re.match(rf"(?:自|从)(?P<first>{POINT})", match[0])
    return _span(match, parse_point(named["first"], today, end=False) if named else None, today, "since")


def _now(match: re.Match[str], today: date) -> Span | None:
    return _span(match, None, today, "now")


def _up_to(match: re.Match[str], today: date) -> Span | None:
    last = parse_point(match["last"], today, end=True)
    if last and match[0].startswith("截") and (last.year, last.month) == (today.year, today.month):
        last = min(last, today)  # 截至5月中旬
    return _span(match, None, last, "until")


def _to_last_month(match: re.Match[str], today: date) -> Span | None:
    return _span(match, None, today.replace(day=1) - timedelta(days=1), "until")


def _whole_year(match: re.Match[str], today: date) -> Span | None:
    year = _year(match["year"], match["rel"], today)
    if year is None:
        return None
    last = today if year == today.year else date(year, 12, 31)
    return _span(match, date(year, 1, 1), last, "year")


def _month(match: re.Match[str], today: date) -> Span | None:
    first = parse_point(match["first"], today, end=False)
    last = parse_point(match["last"] or match["first"], today, end=True)
    if first is None or last is None:
        return None
    if match["last"]:
        last = last_day(first.year, last.month)
    return _span(match, first, last, "span")


def _this_month(match: re.Match[str], today: date) -> Span | None:
    first = today.replace(day=1)
    if match[0].startswith("上"):
        first = (first - timedelta(days=1)).replace(day=1)
        return _span(match, first, last_day(first.year, first.month), "span")
    return _span(match, first, today, "span")


def _that_month(match: re.Match[str], today: date) -> Span | None:
    return _span(match, today.replace(day=1), today, "month")


def _week(match: re.Match[str], today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday() + (7 if match[0].startswith("上") else 0))
    return _span(match, monday, monday + timedelta(days=6), "span")


def _five_years(match: re.Match[str], today: date) -> Span | None:
    first = FIVE_YEARS[match["n"]]
    if match["end"]:
        return _span(match, None, date(first + 4, 12, 31), "until")
    if match["since"]:
        return _span(match, date(first, 1, 1), today, "since")
    return _span(match, date(first, 1, 1), date(first + 4, 12, 31), "span")


def _open(match: re.Match[str], today: date) -> Span | None:
    return _span(match, None, None, "open")


def _same(match: re.Match[str], today: date) -> Span | None:
    year = _year(match["year"], match["rel"], today)
    return _span(match, date(year, 1, 1), date(year, 12, 31), "same") if year else None


def _carry(match: re.Match[str], today: date) -> Span | None:
    return _span(match, None, None, "carry")


_Y = rf"(?:(?P<year>{Y4})年|(?P<rel>{REL}))?的?"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (re.compile(rf"(?:从|自|由)?(?P<first>{POINT}){JOIN}(?P<last>{POINT})"), _from_to),
    (re.compile(rf"(?P<y1>{Y4})年?{JOIN}(?P<y2>{Y4})年"), _years),
    (re.compile(rf"{_Y}(?P<m1>{M1})月?(?:份)?{JOIN}(?P<m2>{M1})月(?:份)?(?!{D1}日)"), _months),
    (re.compile(rf"{_Y}(?:前|头)(?P<n>[\d一二两三四五六七八九十]{{1,2}})个?月"), _first_months),
    (
        re.compile(
            r"(?:^|(?<=[,。;\n]))(?P<year>)(?P<rel>)(?P<n>[2-9二两三四五六七八九十]|1[01]|十[一]?)个月(?=新|共|签|引|全|,)"
        ),
        _first_months,
    ),
    (re.compile(rf"{_Y}(?P<upto>前)?第?(?P<q>[一二两三四1-4])个?季度"), _quarter),
    (re.compile(rf"{_Y}(?P<half>[上下])半年"), _half),
    (
        re.compile(
            rf"(?:自|从)?(?P<first>{POINT})(?:以来|开始至今|至今|起(?!步|到|来))|(?:自|从)(?P<from>{POINT})开始"
        ),
        _since,
    ),
    (
        re.compile(
            r"(?:今年|年初|开年|新年|入春|本年度?|今年年初|今年开年|年初|开春)以来|(?:今年|年初|开年)(?:至今|到现在)"
        ),
        _this_year,
    ),
    (re.compile(r"(?:自|从)[^,。;\n]{1,24}?以来"), _open_since),
    (re.compile(rf"(?:过去|近|最近|这)(?:的)?{NUM}年(?:来|间|里)?|{NUM}年来|近年来|多年来|历年|历届"), _open_since),
    (
        re.compile(
            r"(?:截至|截止|到)(?:到)?(?:目前|现在|今日|今天|当前|发稿)(?:为止)?|目前|眼下|迄今|至今|如今|现已|从启动(?:以来|算起)"
        ),
        _now,
    ),
    (re.compile(r"(?:截至|截止到?|到)上个?月[底末]"), _to_last_month),
    (re.compile(rf"(?:截至|截止到?)(?P<last>{POINT})"), _up_to),
    (re.compile(rf"(?:到|至|在|力争)?(?P<last>{POINT})(?:前|之前|为止)"), _up_to),
    (re.compile(r"(?:到|至)(?P<last>(?:今年)?年?[底末])(?=[,，将有预可]|$)"), _up_to),
    (re.compile(rf"(?:到|至)(?P<last>(?:{YEAR})(?:年?[底末])?)"), _up_to),
    (
        re.compile(r"“?十(?P<n>[一二三四五])五”?(?:规划)?(?:(?P<since>(?:开局)?以来)|期间|时期|(?P<end>期?末))?"),
        _five_years,
    ),
    (
        re.compile(
            r"(?:未来|今后)(?:的)?[\d一二两三四五六七八九十几]{1,2}(?:至[\d一二三四五]{1,2})?年(?:内|时间)?"
            r"|[\d一二两三四五六七八九十]{1,2}年(?:内|(?:左右)?的?时间)|(?:(?<=[:,。;])|(?<=力争)|(?<=确保)|(?<=争取))[二两三四五六\d]年(?=[引签建打实完落再新])"
        ),
        _open,
    ),
    (re.compile(rf"(?:(?P<year>{Y4})年|(?P<rel>去年|前年|上年度?))的?同期(?!相比|增|下降|提)"), _same),
    (re.compile(rf"同期(?!相比|增|下降|提)|其间|(?:还是)?(?:这|上述){NUM}个月|上述(?:时|期)间"), _carry),
    (re.compile(rf"(?:(?P<year>{Y4})年|(?P<rel>去年|前年|上年|今年|本年|明年))度?(?:全年)?(?!{M1}月)"), _whole_year),
    (re.compile(rf"(?P<first>(?:{YEAR})?的?{M1}月)(?:份)?(?!{D1}[日号])(?:[、和](?P<last>{M1}月)份?)?(?!\d)"), _month),
    (re.compile(r"(?:全年|年内|年度)(?:共|内)?(?!的?(?:计划|任务|目标|预算))"), _this_year),
    (re.compile(r"上个?月|本月"), _this_month),
    (re.compile(r"当月(?!\d)"), _that_month),
    (re.compile(r"上一?周(?![一二三四五六日末天])|本周(?![一二三四五六日末天])"), _week),
)
_NEEDED: dict[Callable[[re.Match[str], date], Span | None], str] = {
    _same: "同期",
    _quarter: "季度",
    _half: "半年",
    _week: "周",
    _five_years: "十",
    _this_month: "月",
    _that_month: "当月",
    _to_last_month: "月",
}
"""What a text must hold for a reader to find anything: most readers need not look at most texts."""
