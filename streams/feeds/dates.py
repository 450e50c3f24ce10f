"""Dates as publishers write them. A date without a zone is in the feed's own; what cannot be read is None.

feedparser takes naive dates as UTC and `CST` as American, which is 8 to 14 hours off for a Chinese feed.
"""

import contextlib
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from streams.feeds.month_names import MONTHS, Worded, find_worded

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Older dates are what a CMS writes when it has none: 1970, 0001, 1900."""
MAX_SKEW = timedelta(hours=24)
"""How far ahead of our clock a date may be: less than a day can be a zone mistake."""

_HOURS = {  # offsets from UTC in hours, from the IANA time zone database (etcetera, europe, northamerica, asia)
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "myt": 8, "awst": 8,
    "ict": 7, "wib": 7, "wita": 8, "wit": 9, "pkt": 5, "gst": 4, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "sast": 2, "eat": 3, "wat": 1, "brt": -3, "art": -3,
}  # fmt: skip
_AMBIGUOUS = {"cst": -6.0, "ist": 5.5}
"""Several zones use these letters: the feed's own zone when it uses them itself, else this offset."""

_NUMERIC = re.compile(
    r"""(?P<year>\d{4})\s*(?:[-/.]|年|년)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月|월)\s*(?P<day>\d{1,2})\s*(?:日|일)?\.?
        (?:[T\s,]*(?P<rest>.*))?""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:[T\s]?(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<name>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d\d)"
    r"(?:[\s,]+(?:at\s+)?(?P<rest>.*))?",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    r"(?:[\s,]+(?:at\s+)?(?P<rest>.*))?",
    re.DOTALL,
)
_DAY_MONTH_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?:[T\s,]+(?P<rest>.*))?", re.DOTALL
)
_MONTH_DAY = re.compile(r"(?:(?P<month>\d\d)-(?P<day>\d\d)|(?P<m>\d{1,2})月(?P<d>\d{1,2})日)(?:\s+(?P<rest>\S.*))?")
"""Without a year, as Chinese lists have it."""
_MONTH_FIRST_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
                      "America/Detroit", "America/Anchorage", "Pacific/Honolulu")  # fmt: skip
"""Where 05/04 is the fourth of May; elsewhere it is the fifth of April."""
_ASCTIME = re.compile(
    r"[A-Za-z]{3}\s+(?P<name>[A-Za-z]{3})\s+(?P<day>\d{1,2})\s+(?P<clock>\d\d:\d\d:\d\d)\s+(?P<zone>[A-Za-z]+\s+)?(?P<year>\d{4})"
)
_CLOCK = re.compile(
    r"""(?P<half>上午|下午|晚上|中午|早上|凌晨|午前|午後|오전|오후)?\s*(?P<hour>\d{1,2})\s*[:时点時시]\s*(?:(?P<minute>\d{1,2})\s*(?:分|분)?)?
        (?:\s*:?\s*(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?\s*秒?)?\s*(?P<ampm>[ap]\.?m\.?\b)?\s*(?P<zone>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COMPACT_CLOCK = re.compile(r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)\s*(?P<zone>.*)", re.DOTALL)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])\s*(\d{1,2}):?(\d\d)?(?:\s*\(?[A-Za-z /]*\)?)?", re.IGNORECASE)


def parse_date(raw: str | None, zone: str, now: datetime | None = None) -> datetime | None:
    """The moment in UTC, or None when it cannot be read. `zone` (IANA) is where naive dates are at home. A date without
    a year is the last one before `now`; without `now` it cannot be read.

    >>> parse_date("2024-05-19 10:30:00", "Asia/Shanghai").isoformat()
    '2024-05-19T02:30:00+00:00'
    >>> parse_date("Sun, 19 May 2024 10:30:00 CST", "Asia/Shanghai") == parse_date("1716085800", "UTC")
    True
    >>> parse_date("0001-01-01T00:00:00Z", "UTC"), parse_date("yesterday", "UTC")
    (None, None)
    """
    text = " ".join((raw or "").split())[:80]
    if not text:
        return None
    home = _zone(zone) or ZoneInfo("UTC")
    try:
        moment = _unix(text) or _written(text, home) or _numbers(text, home, now) or _worded(text, home, now)
        moment = moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):  # the 31st of June, hour 25
        return None
    return moment if moment and moment >= EARLIEST else None


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """The date unless it lies further ahead of `now` than any clock or zone mistake."""
    return moment if moment is not None and moment <= now + MAX_SKEW else None


def _unix(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def _written(text: str, home: tzinfo) -> datetime | None:
    asc = _ASCTIME.fullmatch(text)
    if asc:
        return _assemble(asc["year"], _month(asc["name"]), asc["day"], f"{asc['clock']} {asc['zone'] or ''}", home)
    for pattern in (_NUMERIC, _COMPACT, _DAY_FIRST, _MONTH_FIRST):
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else _month(parts.get("name") or "")
            return _assemble(parts["year"], month, parts["day"], parts["rest"] or "", home)
    return None


def _numbers(text: str, home: ZoneInfo, now: datetime | None) -> datetime | None:
    found = _DAY_MONTH_YEAR.fullmatch(text)
    if found:
        day, month = found["day"], found["month"]
        if int(month) > 12 or (found["mark"] == "/" and home.key in _MONTH_FIRST_ZONES and int(day) <= 12):
            day, month = month, day
        return _assemble(found["year"], int(month), day, found["rest"] or "", home)
    short = _MONTH_DAY.fullmatch(text)
    if short:
        worded = Worded(None, int(short["month"] or short["m"]), int(short["day"] or short["d"]), short["rest"] or "")
        return _latest(worded, home, now)
    return None


def _worded(text: str, home: ZoneInfo, now: datetime | None) -> datetime | None:
    worded = find_worded(text)
    return None if worded is None else _latest(worded, home, now)


def _latest(date: Worded, home: ZoneInfo, now: datetime | None) -> datetime | None:
    """The moment; of a date without a year the last such day that is not ahead of any clock."""
    if date.year is not None:
        return _assemble(f"{date.year:04}", date.month, str(date.day), date.rest, home)
    if now is None:
        return None
    this = now.astimezone(home).year
    for year in range(this + 1, this - 5, -1):  # five, for the 29th of February
        with contextlib.suppress(ValueError):
            moment = _assemble(str(year), date.month, str(date.day), date.rest, home)
            if moment is None or moment <= now + MAX_SKEW:
                return moment
    return None


def _month(name: str) -> int | None:
    return MONTHS.get(name.lower())


def _assemble(year: str, month: int | None, day: str, rest: str, home: tzinfo) -> datetime | None:
    if month is None:
        return None
    full_year = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    if not rest.strip():
        return datetime(full_year, month, int(day), tzinfo=home)
    clock = _CLOCK.fullmatch(rest.strip()) or _COMPACT_CLOCK.fullmatch(rest.strip())
    if clock is None:
        where = _find_zone(rest, home)  # a date with a zone and no time of day
        return datetime(full_year, month, int(day), tzinfo=where) if where else None
    parts = clock.groupdict()
    where = _find_zone(parts["zone"], home)
    if where is None:
        return None
    hour, leap = _hour(int(parts["hour"]), parts.get("half") or parts.get("ampm") or "")
    second = int(parts.get("second") or 0)
    micro = int((parts.get("part") or "0").ljust(6, "0")[:6])
    moment = datetime(full_year, month, int(day), hour, int(parts["minute"] or 0), min(second, 59), micro, tzinfo=where)
    return moment + timedelta(days=leap)


def _hour(hour: int, half: str) -> tuple[int, int]:
    """The hour of the day and the days to add: 24:00 is the next day, 12 am is 0, 下午3 is 15."""
    if hour == 24:
        return 0, 1
    word = half.lower().replace(".", "")
    if word in ("pm", "下午", "晚上", "午後", "오후") and hour < 12:
        return hour + 12, 0
    return (0, 0) if word in ("am", "凌晨", "午前", "오전") and hour == 12 else (hour, 0)


def _find_zone(text: str, home: tzinfo) -> tzinfo | None:
    """The zone a date ends with: `home` when it names none, None when it names one that is not known."""
    name = text.strip().strip("()[]").strip()
    if not name:
        return home
    offset = _OFFSET.fullmatch(name)
    if offset:
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-delta if offset[1] == "-" else delta) if delta <= timedelta(hours=14) else None
    letters = name.split()[0].lower()
    if letters in _AMBIGUOUS:
        winter = datetime(2024, 1, 1, tzinfo=home)
        own = (winter.tzname() or "").lower() == letters
        offset_at_home = winter.utcoffset() or timedelta()
        return timezone(offset_at_home if own else timedelta(hours=_AMBIGUOUS[letters]))
    if letters in _HOURS:
        return timezone(timedelta(hours=_HOURS[letters]))
    if name in ("北京时间", "北京時間"):
        return ZoneInfo("Asia/Shanghai")
    return _zone(name)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if "/" in name or name == "UTC" else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
