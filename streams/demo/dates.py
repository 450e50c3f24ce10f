"""Dates inside the sample articles: placeholders that become the words an outlet would write today.

`{day:-3:zh_md}` is three days ago, `{month:-1:en}` last month, `{months:-1:zh}` the year up to the end of last month,
`{quarter:-1:en}` last quarter, `{year:4}` four years from now. Offsets count from today.
"""

import re
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
QUARTERS_EN = ("first", "second", "third", "fourth")
QUARTERS_ZH = "一二三四"
_PLACEHOLDER = re.compile(r"\{(\w+):(-?\d+)(?::(\w+))?\}")


def month_of(today: date, offset: int) -> tuple[int, int]:
    """Year and month, `offset` months from today's.

    >>> month_of(date(2027, 1, 31), -1), month_of(date(2026, 12, 1), 1)
    ((2026, 12), (2027, 1))
    """
    months = today.year * 12 + today.month - 1 + offset
    return months // 12, months % 12 + 1


def quarter_of(today: date, offset: int) -> tuple[int, int]:
    """Year and quarter, `offset` quarters from today's.

    >>> quarter_of(date(2027, 1, 2), -1)
    (2026, 4)
    """
    quarters = today.year * 4 + (today.month - 1) // 3 + offset
    return quarters // 4, quarters % 4 + 1


def _day(today: date, offset: int, form: str) -> str:
    day = today + timedelta(days=offset)
    return {
        "zh_md": f"{day.month}月{day.day}日",
        "zh_ymd": f"{day.year}年{day.month}月{day.day}日",
        "en": f"{MONTHS[day.month - 1]} {day.day}",
        "en_ymd": f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    }[form]


def _month(today: date, offset: int, form: str) -> str:
    year, month = month_of(today, offset)
    name = MONTHS[month - 1]
    return {"zh": f"{month}月", "zh_ym": f"{year}年{month}月", "en": name, "en_ym": f"{name} {year}"}[form]


def _months(today: date, offset: int, form: str) -> str:
    year, month = month_of(today, offset)
    if month == 1:
        return {"zh": f"{year}年1月", "en": f"January {year}"}[form]
    return {"zh": f"{year}年1至{month}月", "en": f"January to {MONTHS[month - 1]} {year}"}[form]


def _quarter(today: date, offset: int, form: str) -> str:
    year, quarter = quarter_of(today, offset)
    return {
        "zh": f"{year}年第{QUARTERS_ZH[quarter - 1]}季度",
        "en": f"{QUARTERS_EN[quarter - 1]} quarter of {year}",
    }[form]


def _year(today: date, offset: int, form: str) -> str:
    return {"": str(today.year + offset)}[form]


_UNITS = {"day": _day, "month": _month, "months": _months, "quarter": _quarter, "year": _year}


def render(text: str, today: date) -> str:
    """The text with every placeholder replaced. Raises ValueError for a placeholder that is not known.

    >>> render("{day:-3:zh_md} {day:-3:en}, {month:-1:zh_ym}, {months:-1:en}, {year:4}", date(2026, 11, 22))
    '11月19日 November 19, 2026年10月, January to October 2026, 2030'
    >>> render("{day:-2:zh_ymd} {quarter:-1:en} {months:-1:zh}", date(2027, 1, 2))
    '2026年12月31日 fourth quarter of 2026 2026年1至12月'
    """

    def word(found: re.Match[str]) -> str:
        unit, offset, form = found.group(1), int(found.group(2)), found.group(3) or ""
        try:
            return _UNITS[unit](today, offset, form)
        except KeyError as error:
            raise ValueError(
                f"{found.group(0)}: expected a unit of {', '.join(_UNITS)} and one of its forms"
            ) from error

    return _PLACEHOLDER.sub(word, text)
