"""The sample feeds: read from the TOML files in `samples/`, rendered for a day."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from schemas.base import Contract
from schemas.event import EventType, Kind, Metric, Stage
from streams.demo.dates import render

FOLDER = Path(__file__).parent / "samples"


class ExpectedAmount(Contract):
    """A sum of money, in units of the currency (ISO 4217)."""

    value: int
    currency: str


class ExpectedEvent(Contract):
    """An event as a careful person reads it in an article; the fields that a strict score compares."""

    type: EventType
    stage: Stage | None = None
    kind: Kind | None = None
    metric: Metric | None = None
    regions: tuple[str, ...]
    projects: int | None = None
    count: int | None = None
    amount: ExpectedAmount | None = None


class Version(Contract):
    """What an article says at one time, placeholders for dates still in it, and what is to be read in that."""

    title: str
    text: str
    events: tuple[ExpectedEvent, ...] = ()


class SampleArticle(Contract):
    """One entry of a sample feed. `revisions` appear, one by one, on later polls of the feed."""

    id: str
    day: int = Field(le=0, description="day of publication, counted from today")
    title: str
    text: str
    events: tuple[ExpectedEvent, ...] = ()
    shows: tuple[str, ...] = Field(description="what of the line this article is there to show")
    poison: str = Field("", description="the reason with which this entry, with nothing usable, becomes a dead letter")
    revisions: tuple[Version, ...] = ()

    @property
    def versions(self) -> tuple[Version, ...]:
        """All it ever says, first to last."""
        return (Version(title=self.title, text=self.text, events=self.events), *self.revisions)


class SampleFeed(Contract):
    """One sample feed: its form on the wire, what the feeds file says of it, and its entries."""

    name: str
    kind: Literal["rss", "atom", "rdf"]
    encoding: str = Field(description="what its bytes are in")
    declared: str | None = Field(None, description="what its XML declaration says instead")
    naive_dates: bool = Field(False, description="dates as local time without a zone")
    title: str
    language: Literal["en", "zh"]
    region: str | None = None
    zone: str
    articles: tuple[SampleArticle, ...]


@cache
def sample_feeds() -> tuple[SampleFeed, ...]:
    """Every sample feed, by file name."""
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(
        SampleFeed.model_validate({"name": file.stem, **tomllib.loads(file.read_text("utf-8"))}) for file in files
    )


def version_at(article: SampleArticle, polls: int, today: date) -> Version:
    """What the entry says, dates filled in, to a poller that has already read the feed `polls` times."""
    version = article.versions[min(polls, len(article.revisions))]
    return Version(title=render(version.title, today).strip(), text=render(version.text, today).strip())


def published_at(feed: SampleFeed, article: SampleArticle, today: date) -> datetime:
    """When the entry appeared, in the feed's zone: half past nine, or just after midnight for one of today."""
    clock = time(9, 30) if article.day else time(0, 1)
    return datetime.combine(today + timedelta(days=article.day), clock, ZoneInfo(feed.zone))


def expected_revisions(feeds: tuple[SampleFeed, ...]) -> int:
    """How many messages the sample feeds put on raw-articles in all; the poison is none of them."""
    return sum(len(article.versions) for feed in feeds for article in feed.articles if not article.poison)


def expected_poison(feeds: tuple[SampleFeed, ...]) -> int:
    """How many entries must end in the dead letters."""
    return sum(bool(article.poison) for feed in feeds for article in feed.articles)


def in_words(feeds: tuple[SampleFeed, ...]) -> str:
    """What there is: `5 sample feeds with 51 articles, 2 of them revised (53 revisions), and 1 broken entry`."""
    articles = [article for feed in feeds for article in feed.articles if not article.poison]
    revised = sum(bool(article.revisions) for article in articles)
    broken = expected_poison(feeds)
    return (
        f"{len(feeds)} sample feeds with {len(articles)} articles, {revised} of them revised "
        f"({expected_revisions(feeds)} revisions), and {broken} broken entr{'y' if broken == 1 else 'ies'}"
    )


def day_in(zone: str, now: datetime | None = None) -> date:
    """Today in a zone."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo(zone)).date()
