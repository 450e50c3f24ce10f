"""A small finished run, written by hand: what the checks are tried on."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from schemas.alert import Alert
from schemas.article import FeedRef, RawArticle, RelevantArticle
from schemas.dead_letter import DeadLetter
from schemas.event import Amount, Event, Range, Source
from schemas.total import RegionTotal, Sum
from streams.demo.picture import Picture
from streams.demo.samples import SampleArticle, SampleFeed, Version

TODAY = date(2027, 1, 2)
NOW = datetime(2027, 1, 2, 4, tzinfo=UTC)


def sample(name: str, *revisions: str, poison: str = "") -> SampleArticle:
    versions = tuple(Version(title=text, text=text) for text in revisions)
    return SampleArticle(id=name, day=0, title=name, text=name, shows=(), poison=poison, revisions=versions)


FEEDS = (
    SampleFeed(
        name="feed", kind="rss", encoding="utf-8", title="Feed", language="en", zone="Asia/Shanghai",
        articles=(sample("deal", "deal corrected"), sample("sport"), sample("broken", poison="identity")),
    ),
)  # fmt: skip


def raw(name: str, revision: int = 1) -> RawArticle:
    return RawArticle(
        article_id=f"id-{name}", revision=revision, feed=FeedRef(name="feed", url="http://127.0.0.1/feed"),
        url=f"http://127.0.0.1/articles/{name}", title=name, text=name, language="en", published=NOW, first_seen=NOW,
        fetched=NOW, content_hash=f"{name}{revision}", fulltext=True,
    )  # fmt: skip


def event(name: str = "event", **changes: Any) -> Event:
    source = Source(
        article="id-deal", revision=2, feed="feed", url="http://127.0.0.1/articles/deal", title="deal", published=NOW,
        language="en", fingerprint="print", evidence="deal", start=0, end=4,
    )  # fmt: skip
    whole: dict[str, Any] = {
        "type": "signing", "stage": "contract", "regions": ("CN-330212",), "event_id": name, "status": "new",
        "revision": 1, "owner": "CN-330000", "home": True, "day": TODAY, "evidence": "deal", "sources": (source,),
        "amount": Amount(value=Decimal(10**9), currency="CNY"), "independent_sources": 1, "first_reported": NOW,
        "extractor": "1",
    }  # fmt: skip
    return Event(**{**whole, **changes})


def total(region: str, best: int = 10**9, as_of: date = TODAY, happenings: int = 1) -> RegionTotal:
    amount = Range(low=Decimal(best), best=Decimal(best), high=Decimal(best))
    row = Sum(happenings=happenings, projects=3, amount_cny=amount, exact=1)
    return RegionTotal(region=region, owner="CN-330000", as_of=as_of, windows={"7d": {"contract": row}})


def letter(**changes: Any) -> DeadLetter:
    whole: dict[str, Any] = {
        "topic": "feed", "partition": None, "offset": None, "key": None, "value": "PGl0ZW0vPg==", "stage": "feeds",
        "reason": "identity", "error": "nothing usable", "attempts": 1, "version": "0.1.0", "at": NOW,
    }  # fmt: skip
    return DeadLetter(**{**whole, **changes})


def alert(name: str = "alert", of: Event | None = None) -> Alert:
    return Alert(alert_id=name, rule="large", headline="Large", reason="1 billion", event=of or event(), raised=NOW)


def picture() -> Picture:
    """Everything as it must be: one deal in two revisions, one irrelevant article, one dead letter."""
    first, second, sport = raw("deal"), raw("deal", 2), raw("sport")
    relevant = {
        (one.article_id, one.revision): RelevantArticle(article=one, score=1.0, reasons=()) for one in (first, second)
    }
    return Picture(
        raw={(one.article_id, one.revision): one for one in (first, second, sport)},
        relevant=relevant,
        extracted=set(relevant),
        events={"event": event()},
        totals={region: total(region) for region in ("CN", "CN-330000")},
        alerts={"alert": alert()},
        dead=[letter()],
    )


VERDICTS = {("id-deal", 1): True, ("id-deal", 2): True, ("id-sport", 1): False}


def with_sum(found: RegionTotal, **changes: Any) -> RegionTotal:
    """The total with its one sum changed."""
    row = found.windows["7d"]["contract"]
    return found.model_copy(update={"windows": {"7d": {"contract": row.model_copy(update=changes)}}})
