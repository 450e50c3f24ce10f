"""Days in English text, read against the day of publication."""

import re
from datetime import date, timedelta

from streams.extract.found import FoundDay

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|"
    r"Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,? ?(?P<year{n}>(?:19|20)\d\d)\b)?"
_JOIN = r"\s?(?:-|–|—|to|through|till|until|and|&|, and)\s?"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_PATTERNS = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("iso", r"(?<![\d-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?![\d-])", 0),
        ("slash", r"(?<![\d/])(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?P<year>(?:19|20)\d\d)(?![\d/])", 0),
        (
            "month_day",
            rf"\b(?P<month>{_MONTH}) ?(?P<day>{_DAY})(?:{_JOIN}(?:(?P<month2>{_MONTH}) "
            rf"?)?(?P<day2>{_DAY})(?![\w:]| ?(?:{_MONTH}|%|percent|million|billion|projects)))?"
            rf"(?!\d|:\d){_YEAR.format(n='')}(?!\d)",
            0,
        ),
        (
            "day_month",
            rf"\b(?P<day>{_DAY})(?:{_JOIN}(?P<day2>{_DAY}))? (?:of )?(?P<month>{_MONTH}){_YEAR.format(n='')}",
            0,
        ),
        ("ordinal", r"\bon the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:floor|China|anniversary|session))", re.I),
        (
            "weekday_last",
            rf"\b(?:last|the previous|this past|the past|the preceding) (?P<week>{_WEEKDAY})\b",
            re.I,
        ),
        ("weekday_next", rf"\b(?:next|coming|the following) {_WEEKDAY}\b", re.I),
        ("weekday", rf"\b(?P<week>{_WEEKDAY})s?\b", 0),
        ("before_yesterday", r"\bthe day before yesterday\b", re.I),
        ("yesterday", r"\byesterday\b", re.I),
        (
            "today",
            r"\btoday\b(?!['’]s (?:world|market))|\bthis (?:morning|afternoon|evening)\b|\btonight\b|\bearlier "
            r"in the day\b",
            re.I,
        ),
        (
            "days_apart",
            rf"\b(?P<apart>a|one|{'|'.join(_NUMBERS)}|\d\d?) (?P<unit>day|week)s? "
            r"(?P<way>earlier|before|later|after(?:wards)?)\b(?! (?:that|the|it|its|they|a|signing|its) )",
            re.I,
        ),
        ("day_earlier", r"\bthe (?:day before|previous day|preceding day|eve)\b", re.I),
        ("day_later", r"\bthe (?:next|following) day\b|\bthe day after\b", re.I),
        (
            "same_day",
            r"\bthe same day\b(?! (?:of )?(?:last|a|the previous|the year))|\bthat (?:same )?day\b|"
            r"\bthe same occasion\b|"
            r"\bon the day\b",
            re.I,
        ),
        ("days_ago", rf"\b(?P<apart>a|one|{'|'.join(_NUMBERS)}|\d\d?) (?P<unit>day|week)s? ago\b", re.I),
        (
            "recently",
            r"\brecently\b|\bthe other day\b|\ba few days ago\b|\bin recent days\b|\blately\b|\bdays ago\b",
            re.I,
        ),
    )
)


def find_days(text: str, published: date) -> list[FoundDay]:
    """Every day named in the text, in order; `until` ends a run of days; `day` is null for "recently".

    >>> find_days("signed on Tuesday", date(2021, 8, 18))[0].day
    datetime.date(2021, 8, 17)
    """
    raw: list[tuple[int, int, str, re.Match[str]]] = []
    taken = bytearray(len(text) + 1)
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                raw.append((match.start(), match.end(), name, match))
    found: list[FoundDay] = []
    for start, end, name, match in sorted(raw, key=lambda item: item[:2]):
        previous = next((day.day for day in reversed(found) if day.day), None)
        days = _resolve(name, match, published, previous)
        if days is not None:
            found.append(FoundDay(start, end, *days))
    return found


def _resolve(
    name: str, match: re.Match[str], published: date, previous: date | None
) -> tuple[date | None, date | None] | None:
    if name in ("iso", "slash", "month_day", "day_month"):
        return _absolute(match, published)
    if name == "ordinal":
        return _day_of_recent_month(int(match["day"]), published), None
    if name in ("weekday", "weekday_last"):
        wanted = WEEKDAYS[match["week"].lower()]
        back = (published.weekday() - wanted) % 7
        if name == "weekday_last" and back == 0:
            back = 7
        return published - timedelta(days=back), None
    shift = {"yesterday": 1, "before_yesterday": 2, "today": 0}.get(name)
    if shift is not None:
        return published - timedelta(days=shift), None
    if name == "days_ago":
        return published - _span(match), None
    if name == "days_apart":
        sign = -1 if match["way"].lower() in ("earlier", "before") else 1
        return (previous + sign * _span(match), None) if previous else None
    step = {"day_earlier": -1, "day_later": 1, "same_day": 0}.get(name)
    if step is not None:
        return (previous + timedelta(days=step), None) if previous else None
    return (None, None) if name == "recently" else None


def _span(match: re.Match[str]) -> timedelta:
    """ "three days", "a week"."""
    word = match["apart"].lower()
    number = int(word) if word.isdigit() else _NUMBERS.get(word, 1)
    return timedelta(days=number * (7 if match["unit"].lower() == "week" else 1))


def _absolute(match: re.Match[str], published: date) -> tuple[date | None, date | None] | None:
    groups = match.groupdict()
    month = _month(groups["month"])
    year = int(groups["year"]) if groups.get("year") else None
    first = _make(year, month, _number(groups["day"]), published)
    if first is None:
        return None
    if not groups.get("day2"):
        return first, None
    month2 = _month(groups["month2"]) if groups.get("month2") else month
    last = _make(first.year, month2, _number(groups["day2"]), published)
    if last is None or last <= first:
        return first, None
    return first, last


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS[name.lower().rstrip(".")]


def _make(year: int | None, month: int, day: int, published: date) -> date | None:
    """Without a year, the latest such day that is not well after the day of publication."""
    for candidate in (year,) if year else (published.year + 1, published.year, published.year - 1):
        try:
            made = date(candidate, month, day)
        except ValueError:
            continue
        if year or made <= published + timedelta(days=45):
            return made
    return None


def _day_of_recent_month(day: int, published: date) -> date | None:
    first = published.replace(day=1)
    for base in (first, (first - timedelta(days=1)).replace(day=1)):
        try:
            made = base.replace(day=day)
        except ValueError:
            continue
        if made <= published:
            return made
    return None
