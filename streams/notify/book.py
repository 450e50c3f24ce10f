"""Who was told what, and what waits: a fold over the records of `notices`. Pure; what changes is returned as records
that the caller keeps before it goes on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

from schemas.alert import Alert
from schemas.notice import Notice
from streams.notify import timing
from streams.notify.match import should_tell
from streams.notify.rules import Rule, Rules
from streams.notify.text import MAX_DIGEST, text_of, title_of, url_of


class Book:
    """The notices of all channels. `tries` and `backoff` (seconds) say when a failing one is given up."""

    def __init__(self, rules: Rules, tries: int, backoff: float, kept: Iterable[Notice] = ()) -> None:
        self.rules, self.tries, self.backoff = rules, tries, backoff
        self._notices: dict[str, Notice] = {}
        self._waiting: dict[str, set[str]] = defaultdict(set)
        self._told: dict[tuple[str, str, str], str] = {}
        self._sent: dict[str, list[datetime]] = defaultdict(list)
        self._sending: set[str] = set()
        for notice in sorted(kept, key=lambda one: (one.sent or one.created, one.notice_id)):
            self.keep(notice)

    def keep(self, notice: Notice) -> None:
        """Take a record in; the latest of an id counts."""
        self._notices[notice.notice_id] = notice
        (self._waiting[notice.channel].add if notice.state == "waiting" else self._waiting[notice.channel].discard)(
            notice.notice_id
        )
        if notice.kind == "alert":
            for name in (notice.alert_id, notice.event_id, *notice.known_by):
                self._told.setdefault((notice.rule, notice.channel, name), notice.notice_id)
        if notice.state == "sent" and notice.sent is not None:
            sent = self._sent[notice.channel]
            if not notice.digest or not sent or sent[-1] != notice.sent:  # a digest is one message
                sent.append(notice.sent)
            limit = self._limit(notice.channel)
            del sent[: max(0, len(sent) - limit)]

    def accept(self, alert: Alert, now: datetime) -> tuple[Notice, ...]:
        """What the alert adds or changes; nothing when all who should know do."""
        made = (self._one(rule, name, alert, now) for rule in self.rules.rules for name in rule.channels)
        return tuple(notice for notice in made if notice is not None)

    def next(self, channel: str, now: datetime) -> tuple[datetime | None, tuple[Notice, ...]]:
        """(when to ask again, what to send now as one message); of a channel nothing overtakes what is older.

        Whoever takes it tells `begin`, then keeps what `sent` or `failed` gives.
        """
        waiting = sorted((self._notices[one] for one in self._waiting[channel]), key=_order)
        ready = [one for one in waiting if one.due <= now or not one.digest]
        if not ready:
            return (min(one.due for one in waiting) if waiting else None), ()
        first = ready[0]
        free = max(first.due, timing.free_at(self._channel(channel), self._sent[channel], now))
        if free > now:
            return free, ()
        if not first.digest:
            return None, (first,)
        same = [one for one in ready if one.digest and one.rule == first.rule]
        return None, tuple(same[:MAX_DIGEST])

    def begin(self, notices: Iterable[Notice]) -> None:
        """They are being sent: from now on they may be known."""
        self._sending.update(notice.notice_id for notice in notices)

    def sent(self, notices: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
        """The records of what has been sent."""
        return self._end(notices, {"state": "sent", "sent": now, "error": None})

    def failed(self, notices: Iterable[Notice], error: str, final: bool, now: datetime) -> tuple[Notice, ...]:
        """The records of what could not be sent: to be tried again, or given up; `final` needs no more tries."""
        changed: list[Notice] = []
        for notice in notices:
            tries = notice.tries + 1
            state = "failed" if final or tries >= self.tries else "waiting"
            due = timing.next_try(self.backoff, tries, now)
            changed += self._end([notice], {"state": state, "tries": tries, "error": error, "due": due})
        return tuple(changed)

    def waiting(self) -> dict[str, int]:
        """Channel -> notices that are not sent yet."""
        return {channel: len(self._waiting[channel]) for channel in self.rules.channels}

    def _end(self, notices: Iterable[Notice], change: dict[str, object]) -> tuple[Notice, ...]:
        ended = tuple(self._notices[notice.notice_id].model_copy(update=change) for notice in notices)
        self._sending.difference_update(notice.notice_id for notice in ended)
        return ended

    def _one(self, rule: Rule, channel: str, alert: Alert, now: datetime) -> Notice | None:
        known = next(
            (self._notices[told] for name in _names(alert) if (told := self._told.get((rule.name, channel, name)))),
            None,
        )
        if known is None:
            if alert.notice not in (None, "correction"):
                return None
            reason = should_tell(rule, alert)  # a correction may be what makes it worth telling
            return (
                self._make(rule, channel, _plain(alert), reason, alert.about or alert.alert_id, now) if reason else None
            )
        if alert.notice is None:
            return None  # told by another alert, or by this one before
        reason = should_tell(rule, alert) or f"you were told of it by rule {rule.name}"
        if known.state == "failed":
            return None
        if known.state == "waiting" and known.tries == 0 and known.notice_id not in self._sending:
            return self._amend(known, rule, alert, reason)
        if known.state == "withdrawn":
            again = alert.notice == "correction" and should_tell(rule, alert) is not None
            return self._amend(known, rule, alert, reason) if again else None
        notice = self._make(rule, channel, alert, reason, known.alert_id, now)
        return None if notice.notice_id in self._notices else notice

    def _amend(self, known: Notice, rule: Rule, alert: Alert, reason: str) -> Notice:
        """Nobody was told yet: what waits says what is so now, or is withdrawn."""
        still = alert.notice == "correction" and should_tell(rule, alert) is not None
        plain = _plain(alert)
        fresh = {"title": title_of(plain), "text": text_of(plain, reason), "url": url_of(alert.event)}
        return known.model_copy(update={**fresh, "state": "waiting" if still else "withdrawn"})

    def _make(self, rule: Rule, channel: str, alert: Alert, reason: str, told: str, now: datetime) -> Notice:
        kind = alert.notice or "alert"
        event = alert.event
        # Two alerts about one happening are corrected twice; whoever was told once needs to hear it once.
        what = event.event_id if kind == "alert" else f"{event.event_id}|{event.revision}"
        identity = f"{rule.name}|{channel}|{kind}|{what}"
        return Notice(
            notice_id=blake2b(identity.encode(), digest_size=10).hexdigest(),
            rule=rule.name, channel=channel, kind=kind, alert_id=told, event_id=event.event_id,
            known_by=tuple(_sentences(alert)), title=title_of(alert), text=text_of(alert, reason),
            url=url_of(event), created=now, due=timing.due_of(rule, self._channel(channel), now),
            digest=rule.digest is not None, state="waiting",
        )  # fmt: skip

    def _channel(self, name: str) -> "timing.Channel":
        return self.rules.channels[name]

    def _limit(self, channel: str) -> int:
        known = self.rules.channels.get(channel)
        return (known.max_per_hour if known else None) or 1


def _order(notice: Notice) -> tuple[datetime, str]:
    return notice.created, notice.notice_id


def _plain(alert: Alert) -> Alert:
    """The alert as told to somebody who does not know what it was before."""
    return alert.model_copy(update={"notice": None, "changes": ()})


def _names(alert: Alert) -> Iterator[str]:
    if alert.about:
        yield alert.about
    yield from (alert.alert_id, alert.event.event_id)
    yield from _sentences(alert)


def _sentences(alert: Alert) -> Iterator[str]:
    """What tells the happening again when it goes on under another id."""
    event = alert.event
    for source in event.sources:
        yield f"{event.type}|{event.stage}|{source.article}|{source.start}-{source.end}"
