"""When a feed is polled next. Pure: times are arguments, and what looks random is drawn from a seed.

The publisher's wishes (ttl, sy:, Cache-Control, Expires, skipHours, skipDays, Retry-After) lengthen the wait and never
shorten it; everything is held between `Limits.least` and `Limits.most`.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

WEEK = timedelta(days=7)
WITHOUT_VALIDATORS = 3
"""Times the least wait, for a feed that cannot answer 304: each poll costs its whole body."""
JITTER = 0.1
"""Share of a wait that is added, so that feeds that were polled together drift apart."""
FIRST_SPREAD = 0.05
"""Seconds between the first polls of two feeds that were never polled, up to FIRST_SPREAD_MOST in all."""
FIRST_SPREAD_MOST = 60.0
STALE_GAPS = 5
"""Times its usual gap that a feed may be silent."""
STALE_LEAST = timedelta(days=3)
"""Silence over a weekend is no news."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Limits:
    """Least and most seconds between two polls of a feed."""

    least: float
    most: float

    def clamp(self, seconds: float) -> float:
        """Within the limits."""
        return max(self.least, min(seconds, self.most))


def usual_gap(moments: Iterable[datetime], now: datetime) -> float | None:
    """Seconds between two articles over the last week: 84 articles make 7200. None when there was none."""
    recent = sum(now - WEEK < moment <= now for moment in moments)
    return WEEK.total_seconds() / recent if recent else None


def wait_after_success(
    limits: Limits,
    *,
    interval: float | None,
    gap: float | None,
    asked: float | None = None,
    fresh: float | None = None,
    validators: bool = True,
) -> float:
    """Seconds until the next poll, without jitter.

    `interval` is the operator's, else the feed's usual `gap` between articles counts (none: the longest wait);
    `asked` is the feed's own ttl or sy:, `fresh` what its HTTP headers allow.

    >>> limits = Limits(300, 86400)
    >>> wait_after_success(limits, interval=None, gap=7200), wait_after_success(limits, interval=None, gap=None)
    (7200, 86400)
    >>> wait_after_success(limits, interval=600, gap=None, asked=3600, fresh=900)
    3600
    """
    base = interval if interval is not None else gap if gap is not None else limits.most
    if interval is None and not validators:
        base = max(base, limits.least * WITHOUT_VALIDATORS)
    return limits.clamp(max(base, asked or 0, fresh or 0))


def wait_after_error(limits: Limits, errors: int, seed: str) -> float:
    """Seconds until the next try: least · 2^errors, at most `most`, less up to a fifth of itself by the seed."""
    full = min(limits.least * 2.0 ** min(errors, 40), limits.most)
    return full * (1 - 0.2 * fraction(seed))


def with_jitter(seconds: float, limits: Limits, seed: str) -> float:
    """A little later, never earlier; not beyond the longest wait."""
    return min(seconds * (1 + JITTER * fraction(seed)), max(limits.most, seconds))


def first_delay(url: str, feeds: int) -> float:
    """Seconds until a feed that was never polled has its first poll: spread over time by its URL."""
    return min(feeds * FIRST_SPREAD, FIRST_SPREAD_MOST) * fraction(url)


def fraction(seed: str) -> float:
    """A number in [0, 1) that is the same for the same seed in every process."""
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=7).digest(), "big") / 2**56


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds a response stays fresh (RFC 9111, 4.2): max-age less Age, else Expires less Date. None when not said.

    `no-cache`, `no-store` and times past say nothing about how long to wait. Names of headers are in lower case.

    >>> fresh_for({"cache-control": "public, max-age=600", "age": "100"}, datetime(2026, 1, 1, tzinfo=UTC))
    500.0
    """
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(?:cache|store)\b", control):
        return None
    age = re.search(r"\bmax-age\s*=\s*\"?(\d{1,10})", control)
    if age:
        return max(float(age[1]) - (_whole(headers.get("age")) or 0), 0) or None
    expires = parse_http_date(headers.get("expires"))
    if expires is None:
        return None
    left = (expires - (parse_http_date(headers.get("date")) or now)).total_seconds()
    return left if left > 0 else None


def parse_retry_after(value: str | None, now: datetime, most: float) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3), capped. None for what is negative or cannot be read.

    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> [parse_retry_after(v, now, 3600) for v in ("120", "-5", "Thu, 01 Jan 2026 00:10:00 GMT", "999999", "soon")]
    [120.0, None, 600.0, 3600, None]
    """
    seconds = _whole(value)
    if seconds is None:
        moment = parse_http_date(value)
        seconds = (moment - now).total_seconds() if moment else None
    return min(seconds, most) if seconds is not None and seconds >= 0 else None


def parse_http_date(value: str | None) -> datetime | None:
    """An HTTP date in UTC, or None."""
    try:
        moment = parsedate_to_datetime(value) if value else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def after_skips(moment: datetime, hours: Iterable[int], days: Iterable[str], most: float) -> datetime:
    """The first moment from `moment` on that is not in an hour (UTC) or on a day to skip; at most `most` seconds later.

    >>> after_skips(datetime(2026, 1, 1, 3, 20, tzinfo=UTC), (3, 4), (), 86400).isoformat()
    '2026-01-01T05:00:00+00:00'
    """
    skipped_hours, skipped_days = frozenset(hours), frozenset(days)
    latest, at = moment + timedelta(seconds=most), moment
    while at.astimezone(UTC).hour in skipped_hours or _DAYS[at.astimezone(UTC).weekday()] in skipped_days:
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if at >= latest:
            return latest
    return at


def should_be_stale(moments: Iterable[datetime], now: datetime) -> bool:
    """True when the feed has been silent for several times its usual gap. `moments`: when its articles appeared."""
    ordered = sorted(moments)[-50:]
    if len(ordered) < 3:
        return False
    gap = (ordered[-1] - ordered[0]) / (len(ordered) - 1)
    return now - ordered[-1] > max(gap * STALE_GAPS, STALE_LEAST)


def _whole(value: str | None) -> float | None:
    return float(value) if value is not None and re.fullmatch(r"\s*\d{1,12}\s*", value) else None
