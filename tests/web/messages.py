"""Messages as the line publishes them, with what a test cares about as arguments."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from schemas.alert import Alert
from schemas.dead_letter import DeadLetter
from schemas.event import Amount, Event, Range, Source
from schemas.feed_state import FeedState, Seen
from schemas.total import RegionTotal, Sum

START = datetime(2026, 11, 1, 8, tzinfo=UTC)


def source(sentence: str = "宁波海曙区签约8个项目，总投资28亿元。", **fields: Any) -> Source:
    """A source whose evidence starts the article."""
    given = {
        "article": "a1", "revision": 1, "feed": "Ningbo Daily", "url": "https://news.example/a1", "title": "签约",
        "published": START, "language": "zh", "fingerprint": "f1", "evidence": sentence, "start": 0,
        "end": len(sentence),
    }  # fmt: skip
    return Source(**(given | fields))


def event(event_id: str, hours: int = 0, **fields: Any) -> Event:
    """A contract signing in Haishu, first reported `hours` after START."""
    given: dict[str, Any] = {
        "event_id": event_id, "type": "signing", "stage": "contract", "regions": ("CN-330203",), "projects": 8,
        "amount": Amount(value=Decimal("2.8e9"), currency="CNY"), "status": "new", "revision": 1,
        "owner": "CN-330000", "home": True, "day": date(2026, 11, 1), "evidence": source().evidence,
        "sources": (source(),), "independent_sources": 1, "first_reported": START + timedelta(hours=hours),
        "extractor": "1",
    }  # fmt: skip
    return Event(**(given | fields))


def amount(best: str, happenings: int = 1, **fields: Any) -> Sum:
    """A sum of an exact amount."""
    money = Decimal(best)
    return Sum(happenings=happenings, amount_cny=Range(low=money, best=money, high=money), exact=happenings, **fields)


def total(region: str, **windows: Any) -> RegionTotal:
    """Totals of a region; 28 hundred million of contracts in 30 days when not told otherwise."""
    given = {name.lstrip("_"): value for name, value in windows.items()}
    return RegionTotal(
        region=region,
        owner="CN-330000",
        as_of=date(2026, 11, 2),
        windows=given or {"30d": {"contract": amount("2.8e9")}},
    )


def alert(alert_id: str, about: Event, hours: int = 0) -> Alert:
    """An alert of the default rule."""
    return Alert(
        alert_id=alert_id, rule="large-signing", headline="28亿元：海曙区", reason="at least 1 billion yuan",
        event=about, raised=START + timedelta(hours=hours),
    )  # fmt: skip


def letter(reason: str = "decode", value: str | None = "bm90IGpzb24=") -> DeadLetter:
    """A dead letter of the classifier."""
    return DeadLetter(
        topic="raw-articles", partition=0, offset=7, key="a2V5", value=value, stage="classify", reason=reason,
        error="not JSON", attempts=1, version="0.1.0", at=START,
    )  # fmt: skip


def feed(url: str, **fields: Any) -> FeedState:
    """The state of a feed that has seen one entry."""
    seen = Seen(article_id="a1", revision=1, content_hash="h", first_seen=START, last_seen=START)
    return FeedState(feed=url, url=url, next_poll=START, seen={"k": seen}, **fields)
