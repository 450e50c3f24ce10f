"""Periods in English text (rule 12 of the labels): a running total's start and end, inclusive; null where unknown."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from streams.extract.en.dates import _MONTH, MONTHS
from streams.extract.found import FoundPeriod
from streams.gate import Gate

_YEAR = r"(?:19|20)\d\d"
_WORDS = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_N = rf"(?:{'|'.join(_WORDS)}|\d{{1,2}})"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_JOIN = r"\s?(?:-|–|—|to|through|till|until|and)\s?"
_OF = rf"(?: (?:of|in))?(?: (?P<year>{_YEAR}|this year|last year|the year|the current year))?"

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Period(FoundPeriod):
    """`soft`: a word such as "now" or a bare month that also stands beside a single happening."""

    soft: bool = False


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _year(match: re.Match[str], day: date) -> int:
    words = match.groupdict().get("year")
    if not words or "year" in words:
        return day.year - (1 if words == "last year" else 0)
    return int(words)


def _month_of(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _recent(month: int, day: date) -> int:
    return day.year if month <= day.month else day.year - 1


def _month_range(m: re.Match[str], day: date) -> Span:
    first, last = _month_of(m["m1"]), _month_of(m["m2"])
    year = _year(m, day) if m["year"] else _recent(first, day) if first <= last else day.year
    if not m["year"] and last > day.month and first <= last:
        year = day.year - 1
    if first > last:
        return date(year - 1, first, 1), _months(year, last, last)[1]
    return _months(year, first, last)


def _one_month(m: re.Match[str], day: date) -> Span:
    month = _month_of(m["m1"])
    year = int(m["y"]) if m["y"] else _recent(month, day)
    return _months(year, month, month)


def _first_months(m: re.Match[str], day: date) -> Span:
    count = _WORDS.get(m["n"].lower()) or int(m["n"])
    return _months(_year(m, day), 1, min(12, max(1, count)))


def _quarter(m: re.Match[str], day: date) -> Span:
    number = _ORDINAL[m["q"].lower()]
    year = _year(m, day)
    if not m["year"] and date(year, number * 3 - 2, 1) > day:
        year -= 1
    return _months(year, number * 3 - 2, number * 3)


def _half(m: re.Match[str], day: date) -> Span:
    second = m["h"].lower() in ("second", "latter", "2")
    year = _year(m, day)
    if not m["year"] and second and day.month < 7:
        year -= 1
    return _months(year, 7, 12) if second else _months(year, 1, 6)


def _since_day(m: re.Match[str], day: date) -> Span:
    month = _month_of(m["m1"])
    words = (m["y"] or "").lower()
    year = int(words) if words.isdigit() else day.year - (words == "last year") if words else _recent(month, day)
    try:
        return date(year, month, int(m["d"] or 1)), day
    except ValueError:
        return None, day


def _five_year_plan(m: re.Match[str], day: date) -> Span:
    first = 1953 + (int(m["n"]) - 1) * 5 if int(m["n"]) < 6 else 1981 + (int(m["n"]) - 6) * 5
    return date(first, 1, 1), date(first + 4, 12, 31)


def _last_month(m: re.Match[str], day: date) -> Span:
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _end_of(m: re.Match[str], day: date) -> Span:
    if m["y"] and not m["m1"]:
        return None, date(int(m["y"]), 12, 31)
    month = _month_of(m["m1"])
    year = int(m["y"]) if m["y"] else _recent(month, day)
    return None, _months(year, month, month)[1]


def _as_of(m: re.Match[str], day: date) -> Span:
    month = _month_of(m["m1"])
    year = int(m["y"]) if m["y"] else _recent(month, day)
    try:
        return None, date(year, month, int(m["d"]))
    except ValueError:
        return None, None


_RULES: tuple[tuple[str, Callable[[re.Match[str], date], Span], bool], ...] = (
    (
        rf"(?:from |between )?(?P<m1>{_MONTH})(?: this year)?{_JOIN}(?P<m2>{_MONTH})(?:,? (?:of |in "
        rf")?(?P<year>{_YEAR}|this year|last year))?(?! \d)",
        _month_range,
        False,
    ),
    (rf"(?:in |over |during |for )?(?:the |its )?first (?P<n>{_N}) months{_OF}", _first_months, False),
    (
        rf"(?:in |over |during |for )?(?:the )?first (?P<n>three) quarters{_OF}",
        lambda m, d: _months(_year(m, d), 1, 9),
        False,
    ),
    (rf"(?:in |during |for )?(?:the )?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th) quarter{_OF}", _quarter, False),
    (
        rf"\bQ(?P<q>[1-4])(?: (?:of )?(?P<year>{_YEAR}))?",
        lambda m, d: _months(_year(m, d), int(m["q"]) * 3 - 2, int(m["q"]) * 3),
        False,
    ),
    (rf"(?:in |during |for )?(?:the )?(?P<h>first|second|latter)[ -]half(?:-year)?{_OF}", _half, False),
    (rf"\bH(?P<h>[12])(?: (?:of )?(?P<year>{_YEAR}))?\b", _half, False),
    (
        rf"(?:in |during |for )?(?:the )?(?:fiscal|financial) year (?P<y>{_YEAR})[/-](?P<z>\d\d(?:\d\d)?)",
        lambda m, d: (date(int(m["y"]), 7, 1), date(int(m["y"]) + 1, 6, 30)),
        False,
    ),
    (
        r"(?:for |over |in |during |throughout )(?:the )?(?:whole|full|entire)[ -]year",
        lambda m, d: _months(d.year - (d.month < 3), 1, 12),
        True,
    ),
    (
        r"(?:for |over |in |during )?(?:the )?(?:rest|remainder) of (?:the|this) year",
        lambda m, d: (d, date(d.year, 12, 31)),
        False,
    ),
    (r"last week", lambda m, d: (None, None), True),
    (r"half-year|the same six months", lambda m, d: (None, None), True),
    (
        r"since the (?:beginning|start|outset|turn|first day) of (?:this|the|the current) year",
        lambda m, d: (date(d.year, 1, 1), d),
        False,
    ),
    (
        r"(?:so far |thus far )(?:in )?this year|this year (?:so far|to date)|(?:for |in )?the year (?:so "
        r"far|to date)|year[- ]to[- ]date|since (?:January(?! \d)|New Year(?:['’]s Day)?)|so far in the "
        r"year",
        lambda m, d: (date(d.year, 1, 1), d),
        False,
    ),
    (rf"since (?:the )?(?:start|beginning) of (?P<y>{_YEAR})", lambda m, d: (date(int(m["y"]), 1, 1), d), False),
    (
        rf"since (?:[a-z' ]{{0,60}}?(?:on|in|from) )?(?P<m1>{_MONTH})(?: (?P<d>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?)?(?:,? (?:of )?(?P<y>{_YEAR}|last year|this year))?(?!\d)",
        _since_day,
        False,
    ),
    (
        rf"since (?:[a-z' -]{{0,60}}?(?:in|of|back in) )?(?P<y>{_YEAR})\b",
        lambda m, d: (date(int(m["y"]), 1, 1), d),
        False,
    ),
    (r"since last year", lambda m, d: (date(d.year - 1, 1, 1), d), False),
    (
        rf"from (?P<y>{_YEAR}) (?:to|until|through) (?P<z>{_YEAR})|between (?P<y2>{_YEAR}) and "
        rf"(?P<z2>{_YEAR})|(?<![\d-])(?P<y3>{_YEAR})[-–](?P<z3>20\d\d)(?![\d-])",
        lambda m, d: (date(int(m["y"] or m["y2"] or m["y3"]), 1, 1), date(int(m["z"] or m["z2"] or m["z3"]), 12, 31)),
        False,
    ),
    (
        rf"(?:over|in|during|for|within) (?:the )?(?:past|last|previous|recent|preceding) (?:(?:{_N}|few|"
        rf"several|couple of|dozen|decade|half a decade)[ -]?(?:years|decades?|months|weeks)?|years)(?: or "
        rf"(?:so|more))?",
        lambda m, d: (None, d),
        False,
    ),
    (rf"(?:in|over|during) the (?:(?:{_N}|few|several) )?(?:years|months) since\b", lambda m, d: (None, d), False),
    (r"(?:in|of|over) recent years|over the years|through the years", lambda m, d: (None, d), False),
    (r"(?:the )?(?P<n>1[0-9])th [Ff]ive[- ][Yy]ear [Pp]lan(?: period)?(?: \([^)]{0,20}\))?", _five_year_plan, False),
    (
        rf"(?:as of|at|by|before|up to|until|till) (?:the )?end (?:of )?(?:(?P<m1>{_MONTH})(?:,? (?:of "
        rf")?)?)?(?P<y>{_YEAR})?(?<=\w)",
        _end_of,
        False,
    ),
    (rf"(?:as of|up to|until|till) (?P<m1>{_MONTH}) (?P<d>\d{{1,2}})(?:,? (?P<y>{_YEAR}))?", _as_of, False),
    (r"last year|the (?:past|previous|preceding) year|a year ago", lambda m, d: _months(d.year - 1, 1, 12), False),
    (r"last month|the previous month", _last_month, False),
    (
        rf"(?:by|until|before|up to) (?:the year |around )?(?P<y>{_YEAR})(?![\d-])",
        lambda m, d: (None, date(int(m["y"]), 12, 31)),
        False,
    ),
    (
        rf"(?:in|during|for|throughout|over|of) (?:the (?:whole |full |entire )?year (?:of "
        rf")?)?(?P<y>{_YEAR})(?![\d-])|(?:the )?(?:whole|full|entire) year (?:of )?(?P<y2>{_YEAR})|"
        rf"(?P<y3>{_YEAR})['’]s",
        lambda m, d: _months(int(m["y"] or m["y2"] or m["y3"]), 1, 12),
        False,
    ),
    (
        r"(?:so|thus) far|to date|up to now|until now|up till now|hitherto|as of (?:now|today|yet)|to this "
        r"day|by now|already has",
        lambda m, d: (None, d),
        False,
    ),
    (
        rf"(?:in|during|for|throughout|of) (?:the month of )?(?P<m1>{_MONTH})(?:,? (?:of "
        rf")?(?P<y>{_YEAR}))?(?! ?\d)",
        _one_month,
        True,
    ),
    (
        r"(?:at present|currently|at this (?:stage|point|time)|for now|as of (?:now|today)|as things stand|"
        r"for the moment|right now"
        r"|at the moment|nowadays|now|presently)",
        lambda m, d: (None, d),
        True,
    ),
    (r"(?:this|the) year|the current year|this year['’]s", lambda m, d: _months(d.year, 1, 12), True),
    (r"(?:this|the) month", lambda m, d: (d.replace(day=1), d), True),
)
_COMPILED = tuple(
    (Gate([pattern], r"(?<![\w-])", r"(?!\w)", re.IGNORECASE), make, soft) for pattern, make, soft in _RULES
)


def find_periods(text: str, published: date) -> list[Period]:
    """Every period named in the text, in order, without overlaps.

    >>> [(p.first, p.last) for p in find_periods("From January to October it", date(2020, 11, 20))]
    [(datetime.date(2020, 1, 1), datetime.date(2020, 10, 31))]
    """
    taken = bytearray(len(text) + 1)
    found: list[Period] = []
    for pattern, make, soft in _COMPILED:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            try:
                first, last = make(match, published)
            except (ValueError, OverflowError, TypeError):
                continue
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            found.append(Period(match.start(), match.end(), first, last, soft))
    return sorted(found, key=lambda period: period.start)
