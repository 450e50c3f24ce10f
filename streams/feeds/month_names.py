"""Dates with a month's name, in some thirty languages, taken apart. Pure.

A date in words is put into the form `2024-05-19 REST`, which `dates.py` reads. `dateparser` was measured: 3 ms a date,
2.6 s for the first one that it cannot read, and `CST` is American whatever the feed says.
"""

import json
import re
from importlib.resources import files
from typing import NamedTuple

_DATA = json.loads(files("streams.feeds").joinpath("data/months.json").read_text("utf-8"))
MONTHS: dict[str, int] = {
    **_DATA["months"],
    **{"ב" + name: month for name, month in _DATA["months"].items() if "א" <= name[0] <= "ת"},  # Hebrew: in May
    **{f"tháng {month}": month for month in range(1, 13)},
}
"""Names in lower case, without a final dot, and their numbers."""
LANGUAGES: tuple[str, ...] = (*_DATA["languages"], "vi", "zh", "ja", "ko")
"""Languages whose dates are read; the last four write months as numbers."""
BUDDHIST = 2400
"""Years from this on are of the Thai calendar, which is 543 ahead."""

_WORD = re.compile(r"tháng\s\d{1,2}(?!\d)|[^\s\d,;:()\[\]/+-]+")
_DAY_BEFORE = re.compile(r"(\d{4}|\d{1,2})(?!\d)\D{0,12}$")
_YEAR_BEFORE = re.compile(r"(\d{4})\D+\d{1,2}\D*$")
_YEAR_AFTER = re.compile(r"\D{0,12}?(\d{4}|\d\d(?!\s*[\d:.]))(?!\d)(.*)", re.DOTALL)
_DAY_AFTER = re.compile(r"\D{0,12}?(\d{1,2})(?![\d:])(.*)", re.DOTALL)
_CLOCK = re.compile(r"\d{1,2}\s?(?:[:h]\s?\d\d|[ap]\.?m\b).*", re.DOTALL | re.IGNORECASE)
_DOTTED_CLOCK = re.compile(r"(\d{1,2})[.h]\s?(\d\d)(?!\d)")
_HOURS_WORD = re.compile(r"(?<=\d)\s*(?:uhr|hrs?|h|น\.?|ч\.?|год\.?|óra)(?=\s|$)", re.IGNORECASE)


class Worded(NamedTuple):
    """A date in words: its numbers (`year` None: not said) and what is left of it, a time of day as a rule."""

    year: int | None
    month: int
    day: int
    rest: str


def find_worded(text: str) -> Worded | None:
    """The date in a text that is one, or None when it has no month's name or no day.

    >>> find_worded("Mar. 19 mai 2024 à 10h30"), find_worded("16th Nov")
    (Worded(year=2024, month=5, day=19, rest='10:30'), Worded(year=None, month=11, day=16, rest=''))
    >>> find_worded("2024 m. gegužės 19 d.").day, find_worded("19 พฤษภาคม 2567").year, find_worded("in May")
    (19, 2024, None)
    """
    words = [match for match in _WORD.finditer(text) if match[0].lower().rstrip(".") in MONTHS]
    if not words:
        return None
    word = words[-1]  # "mar." is March in some languages and Tuesday in others: then the month follows
    before, after = text[: word.start()], text[word.end() :]
    month = MONTHS[word[0].lower().rstrip(".")]
    number = _DAY_BEFORE.search(_CLOCK.sub("", before) if _CLOCK.match(before) else before)
    if number is not None and len(number[1]) == 4:
        day, year = _DAY_AFTER.match(after), number[1]
        return None if day is None else Worded(_gregorian(year), month, int(day[1]), _time(day[2]))
    if number is None:
        first = _DAY_AFTER.match(after)
        if first is None:
            return None
        day_text, after = first[1], first[2]
    else:
        day_text = number[1]
    found = _YEAR_AFTER.match(after)
    rest = _time(found[2] if found else after) or _time(before)
    found = found or _YEAR_BEFORE.search(before)
    return Worded(_gregorian(found[1]) if found else None, month, int(day_text), rest)


def _gregorian(year: str) -> int:
    number = int(year)
    if len(year) == 2:
        return number + (2000 if number < 70 else 1900)
    return number - 543 if number >= BUDDHIST else number


def _time(text: str) -> str:
    """The time of day in what is left of a date, its words gone."""
    text = _HOURS_WORD.sub("", _DOTTED_CLOCK.sub(r"\1:\2", text))
    found = _CLOCK.search(text)
    return found[0].strip(" ,;.") if found else ""
