"""When a notice may be sent: quiet hours, digests, the rate of a channel, the next try. Pure; moments have a zone."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from streams.notify.rules import Channel, Rule

MAX_BACKOFF = 900.0
"""Seconds, at most, between two tries."""
HOUR = timedelta(hours=1)
MONDAY = 0


def due_of(rule: Rule, channel: Channel, now: datetime) -> datetime:
    """When a notice made now is to be sent: at once, or at the digest's next time on the channel's clock."""
    if rule.digest is None:
        return now
    here = now.astimezone(ZoneInfo(channel.timezone))
    at = time.fromisoformat(rule.at)
    day = here.date()
    if rule.digest == "weekly":
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    due = datetime.combine(day, at, here.tzinfo)
    if due <= here:
        due = datetime.combine(day + timedelta(days=7 if rule.digest == "weekly" else 1), at, here.tzinfo)
    return due.astimezone(now.tzinfo)


def free_at(channel: Channel, sent: Sequence[datetime], now: datetime) -> datetime:
    """From when on the channel may be sent something: `now`, or later; `sent` are its last messages, oldest first."""
    moment = now
    if channel.max_per_hour is not None and len(sent) >= channel.max_per_hour:
        moment = max(now, sent[-channel.max_per_hour] + HOUR)
    return _after_quiet(channel, moment)


def next_try(first: float, tries: int, now: datetime) -> datetime:
    """When to try again after so many failures; `first` is the wait in seconds after the first."""
    return now + timedelta(seconds=min(first * 2 ** min(tries - 1, 30), MAX_BACKOFF))


def _after_quiet(channel: Channel, moment: datetime) -> datetime:
    hours = channel.quiet_hours()
    if hours is None:
        return moment
    start, end = hours
    here = moment.astimezone(ZoneInfo(channel.timezone))
    clock = here.time().replace(tzinfo=None)
    inside = start <= clock < end if start < end else clock >= start or clock < end
    if not inside:
        return moment
    day = here.date() + timedelta(days=1 if clock >= end else 0)
    return datetime.combine(day, end, here.tzinfo).astimezone(moment.tzinfo)
