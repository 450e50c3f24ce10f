"""How often a feed asks to be polled, read from its head. feedparser keeps only the last `<hour>`, so not by it."""

import re

from streams.feeds.parsed import Hints

HEAD = 20_000
"""Characters in which the channel's own elements stand; none of them is looked for among the entries."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}


def find_hints(text: str) -> Hints:
    """`ttl` (minutes), `sy:updatePeriod` and `sy:updateFrequency`, `skipHours`, `skipDays` (both GMT, RSS 2.0).

    >>> find_hints("<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>")
    Hints(every=5400.0, skip_hours=(0, 3), skip_days=())
    """
    head = _head(text)
    hours = {int(hour) % 24 for hour in _inner(head, "skipHours", "hour") if hour.isdigit() and int(hour) <= 24}
    days = {day.lower() for day in _inner(head, "skipDays", "day")} & set(_DAYS)
    return Hints(_every(head), tuple(sorted(hours)), tuple(sorted(days)))


def _head(text: str) -> str:
    first = re.search(r"<(?:item|entry)[\s>]", text)
    last = max(text.rfind("</item>"), text.rfind("</entry>"))
    # Some feeds put the channel's elements after its items.
    return text[: first.start()][:HEAD] + text[last:][:HEAD] if first else text[:HEAD]


def _inner(head: str, outer: str, element: str) -> list[str]:
    block = re.search(rf"<{outer}[^>]*>(.*?)</{outer}\s*>", head, re.DOTALL | re.IGNORECASE)
    return re.findall(rf"<{element}[^>]*>\s*(\w+)\s*</{element}", block[1], re.IGNORECASE) if block else []


def _every(head: str) -> float | None:
    asked: list[float] = []
    ttl = re.search(r"<ttl[^>]*>\s*(\d{1,7})", head, re.IGNORECASE)
    if ttl and int(ttl[1]) > 0:
        asked.append(int(ttl[1]) * 60.0)
    period = re.search(r"<sy:updatePeriod[^>]*>\s*(\w+)", head, re.IGNORECASE)
    if period and period[1].lower() in _PERIODS:
        times = re.search(r"<sy:updateFrequency[^>]*>\s*(\d{1,5})", head, re.IGNORECASE)
        asked.append(_PERIODS[period[1].lower()] / max(int(times[1]) if times else 1, 1))
    return max(asked) if asked else None
