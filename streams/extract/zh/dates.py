"""Days and periods in folded Chinese text, resolved against the day of the article."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from streams.extract.found import FoundDay
from streams.extract.zh.numbers import parse_number

H = "〇零○一二三四五六七八九十"
D1 = rf"(?:[0-3]?\d|[{H}廿]{{1,3}})"
M1 = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
Y4 = r"(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
YEAR = rf"(?:(?P<year>{Y4})年|(?P<rel>今年|去年|前年|明年|本年|当年|同年|上年))"
WEEK = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
JOIN = r"\s?(?:至|到|-|—{1,2}|~|–|、|和)\s?"

DAY = re.compile(
    rf"(?:{YEAR}的?|(?P<my>\d{{4}})[-/.](?=\d{{1,2}}[-/.]\d))?(?P<md>(?P<month>{M1})月(?P<day>{D1})[日号]"
    rf"|(?<=[-/.])(?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?P<relmonth>本月|上月|上个月|当月|同月)(?P<rday>{D1})[日号]"
    rf"|(?<![\d月.年{H}])(?P<bare>[0-3]?\d)日(?!元|本|均|报|益|用|常|程|游|内|后|前|产|处理))"
    rf"(?:(?:(?:上|下)午|晚(?:上|间)?)?{JOIN}(?:(?P<tm>{M1})月)?(?P<to>{D1})[日号])?"
)
WORD_DAYS = {"昨日": -1, "昨天": -1, "昨晚": -1, "今日": 0, "今天": 0, "今晨": 0, "今早": 0, "今晚": 0, "前天": -2}
RELATIVE = re.compile(r"昨日|昨天|昨晚|今日|今天|今晨|今早|今晚|前天")
WEEKDAY = re.compile(r"(?P<which>上|本|这|下)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])(?!年|期|边|刊|报)")
SAME_DAY = re.compile(r"当天|当日|同日|同一天|当晚|即日")
NEXT_DAY = re.compile(r"次日|翌日|第二天|隔天")
DAY_BEFORE = re.compile(r"前一天|前一日|头一天|头天")
VAGUE = re.compile(r"近日|日前|近期|最近|前不久|不久前|连日来|这几天|近几日|日来")


def resolve_year(month: int, day: int, today: date, *, future: bool = False) -> int:
    """The year of a month and day without one: this year, or the last when this year's would lie far ahead.

    >>> resolve_year(12, 20, date(2023, 1, 11)), resolve_year(1, 10, date(2022, 12, 14))
    (2022, 2022)
    >>> resolve_year(11, 8, date(2024, 10, 24)), resolve_year(1, 5, date(2024, 12, 20), future=True)
    (2024, 2025)
    """
    ahead = _day(today.year, month, day)
    if ahead is None:
        return today.year
    distance = (ahead - today).days
    if future:
        return today.year + 1 if distance < -120 else today.year
    return today.year - 1 if distance > 120 else today.year


def find_days(text: str, today: date) -> list[FoundDay]:
    """Every day the text names, in its order; `until` closes a run of days; words as vague as 近日 have no day.

    A bare 12日 takes the month of the day named before it in the text, else the latest such day up to tomorrow.
    当天 and 同日 take the day named before them.

    >>> [one.day.isoformat() for one in find_days("本报4月27日电 26日下午举行,当天签约", date(2025, 4, 27))]
    ['2025-04-27', '2025-04-26', '2025-04-26']
    """
    marks: list[tuple[int, re.Match[str], Callable[[re.Match[str], date, FoundDay | None], FoundDay | None]]] = []
    for pattern, reader in _READERS:
        marks += [(match.start(), match, reader) for match in pattern.finditer(text)]
    found: list[FoundDay] = []
    last: FoundDay | None = None
    end = 0
    for start, match, reader in sorted(marks, key=lambda mark: (mark[0], -mark[1].end())):
        if start < end:
            continue
        day = reader(match, today, last)
        if day is None:
            continue
        found.append(day)
        end = match.end()
        last = day if day.day else last
    return found


def _numeric(match: re.Match[str], today: date, last: FoundDay | None) -> FoundDay | None:
    day = _int(match["day"] or match["d2"] or match["rday"] or match["bare"])
    if match["bare"]:
        start = _bare(day, today, last)
    else:
        month = _month(match, today, last)
        year = _year(match, today, last)
        if year is None:
            same = last is not None and last.day is not None and last.day.year != today.year and match["relmonth"]
            year = last.day.year if same and last and last.day else resolve_year(month, day, today, future=_will(match))
        start = _day(year, month, day)
    if start is None:
        return None
    until = _until(match, start)
    return FoundDay(*match.span(), start, until)


def _until(match: re.Match[str], start: date) -> date | None:
    if not match["to"]:
        return None
    month = _int(match["tm"]) if match["tm"] else start.month
    until = _day(start.year, month, _int(match["to"]))
    return until if until and until > start else None


def _month(match: re.Match[str], today: date, last: FoundDay | None) -> int:
    if match["month"] or match["m2"]:
        return 1 if match["month"] == "元" else _int(match["month"] or match["m2"])
    if match["relmonth"] in ("上月", "上个月"):
        return (today.replace(day=1) - timedelta(days=1)).month
    if match["relmonth"] in ("当月", "同月") and last and last.day:
        return last.day.month
    return today.month


def _year(match: re.Match[str], today: date, last: FoundDay | None) -> int | None:
    if match["my"]:
        return int(match["my"])
    if match["year"]:
        return _int(match["year"])
    if match["rel"] in ("同年", "当年"):
        return last.day.year if last and last.day else today.year
    offset = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(match["rel"] or "")
    return None if offset is None else today.year + offset


def _will(match: re.Match[str]) -> bool:
    return bool(
        re.search(
            r"(?:将于|拟于|定于|计划于|预计|届时)[^,。]{0,4}$", match.string[max(0, match.start() - 10) : match.start()]
        )
    )


def _bare(day: int, today: date, last: FoundDay | None) -> date | None:
    if last and last.day and 0 <= (today - last.day).days <= 60 and day >= last.day.day:
        near = _day(last.day.year, last.day.month, day)
        if near and near <= today:
            return near
    here = _day(today.year, today.month, day)
    if here and (here - today).days <= 1:
        return here
    before = today.replace(day=1) - timedelta(days=1)
    return _day(before.year, before.month, day)


def _word(match: re.Match[str], today: date, last: FoundDay | None) -> FoundDay | None:
    return FoundDay(*match.span(), today + timedelta(days=WORD_DAYS[match[0]]))


def _weekday(match: re.Match[str], today: date, last: FoundDay | None) -> FoundDay | None:
    monday = today - timedelta(days=today.weekday())
    wanted = WEEK[match["day"]]
    if match["which"] == "上":
        day = monday + timedelta(days=wanted - 7)
    elif match["which"] == "下":
        day = monday + timedelta(days=wanted + 7)
    else:
        day = monday + timedelta(days=wanted)
        if not match["which"] and day > today:
            day -= timedelta(days=7)
    until = day + timedelta(days=1) if match["day"] == "末" else None
    return FoundDay(*match.span(), day, until)


def _shifted(by: int) -> Callable[[re.Match[str], date, FoundDay | None], FoundDay | None]:
    def read(match: re.Match[str], today: date, last: FoundDay | None) -> FoundDay | None:
        if last is None or last.day is None:
            return None
        return FoundDay(*match.span(), last.day + timedelta(days=by), last.until if by == 0 else None)

    return read


def _vague(match: re.Match[str], today: date, last: FoundDay | None) -> FoundDay | None:
    return FoundDay(*match.span(), None)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, FoundDay | None], FoundDay | None]], ...] = (
    (DAY, _numeric),
    (RELATIVE, _word),
    (WEEKDAY, _weekday),
    (SAME_DAY, _shifted(0)),
    (NEXT_DAY, _shifted(1)),
    (DAY_BEFORE, _shifted(-1)),
    (VAGUE, _vague),
)


def _int(words: str | None) -> int:
    plain = (words or "0").replace("廿", "二十")
    return int(parse_number(plain) or 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_day(2024, 2).isoformat()
    '2024-02-29'
    """
    return date(year, month, monthrange(year, month)[1])
