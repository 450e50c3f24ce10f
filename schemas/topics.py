"""The one registry of topics. Whatever creates, checks, documents, reads or writes a topic starts here."""

from dataclasses import dataclass
from typing import Literal

from schemas.alert import Alert
from schemas.article import RawArticle, RelevantArticle
from schemas.base import Contract
from schemas.dead_letter import DeadLetter
from schemas.event import Event, Mentions
from schemas.feed_state import FeedState
from schemas.notice import Notice
from schemas.project import Project
from schemas.total import OwnerTotals, PeriodTotal, RegionProjects, RegionTotal, SectorTotal

DAY_MS = 24 * 3600 * 1000
PARTITIONS = 4
"""The embedded broker makes every topic with 4; a real cluster gets the same so that both are one code path."""


@dataclass(frozen=True)
class Topic:
    """A topic: what its values are, how they are keyed and kept, who writes and who reads it."""

    name: str
    model: type[Contract] | None
    key: str
    cleanup: Literal["delete", "compact"]
    producer: str
    consumers: tuple[str, ...]
    retention_days: int | None = None
    partitions: int = PARTITIONS
    max_message_bytes: int = 1_048_588

    def config(self) -> dict[str, str]:
        """Kafka's topic configuration: what `dealwire topics create` sets and `topics check` compares."""
        settings = {"cleanup.policy": self.cleanup, "max.message.bytes": str(self.max_message_bytes)}
        if self.retention_days is not None:
            settings["retention.ms"] = str(self.retention_days * DAY_MS)
        return settings


RAW_ARTICLES = Topic("raw-articles", RawArticle, "article_id", "delete", "feeds", ("classify",), 30)
RELEVANT_ARTICLES = Topic("relevant-articles", RelevantArticle, "article_id", "delete", "classify", ("extract",), 30)
MENTIONS = Topic("mentions", Mentions, "owner region", "delete", "extract", ("ledger",), 30)
SIGNINGS = Topic("signings", Event, "event_id", "compact", "ledger", ("alerts", "web"))
AGREEMENTS = Topic("agreements", Event, "event_id", "compact", "ledger", ("web",))
MILESTONES = Topic("milestones", Event, "event_id", "compact", "ledger", ("alerts", "web"))
ACTIVITIES = Topic("activities", Event, "event_id", "compact", "ledger", ("web",))
STATISTICS = Topic("statistics", Event, "event_id", "compact", "ledger", ("web",))
TARGETS = Topic("targets", Event, "event_id", "compact", "ledger", ("web",))
JOINT_COPIES = Topic("joint-copies", Event, "event_id", "compact", "ledger", ("alerts",))
"""What the totals of a province count of happenings that the nation is home of: the event as that province knows it."""
REGION_TOTALS = Topic("region-totals", RegionTotal, "region", "compact", "ledger", ("web",))
SECTOR_TOTALS = Topic("sector-totals", SectorTotal, "region|sector", "compact", "ledger", ())
PERIOD_TOTALS = Topic("period-totals", PeriodTotal, "region|period", "compact", "ledger", ())
PROJECTS = Topic("projects", Project, "project_id", "compact", "ledger", ())
REGION_PROJECTS = Topic("region-projects", RegionProjects, "region", "compact", "ledger", ())
PROVINCE_TOTALS = Topic("province-totals", OwnerTotals, "country", "delete", "ledger", ("ledger",), 30)
ALERT_CANDIDATES = Topic("alert-candidates", Alert, "country", "delete", "alerts", ("alerts",), 30)
"""What rules fire for. All that one country's stories were ever called is in one partition, so each is raised once."""
ALERTS = Topic("alerts", Alert, "alert_id", "delete", "alerts", ("web", "notify"), 90)
NOTICES = Topic("notices", Notice, "notice_id", "compact", "notify", ("notify",))
"""What the notifier has to tell and has told: its whole memory."""
DEAD_LETTERS = Topic(  # a letter carries a whole message in base64: it must fit whatever fitted its source
    "dead-letters", DeadLetter, "source topic", "delete", "any", ("replay", "web"), 90, max_message_bytes=4_194_304
)  # fmt: skip
FEED_STATES = Topic("feed-states", FeedState, "feed url", "compact", "feeds", ("feeds", "web"))

POLLERS = Topic("pollers", None, "poller", "delete", "feeds", ("feeds",), 1)
"""Signs of life of the pollers among themselves; nobody else's business, so it has no contract."""

EVENT_TOPICS = {
    "signing": SIGNINGS,
    "agreement": AGREEMENTS,
    "milestone": MILESTONES,
    "activity": ACTIVITIES,
    "statistic": STATISTICS,
    "target": TARGETS,
}

APP = "dealwire"


def changelog(table: str, partitions: int = PARTITIONS) -> Topic:
    """The changelog of a Faust table: compacted, never deleted from (rule 8 of docs/faust.md)."""
    return Topic(f"{APP}-{table}-changelog", None, "table key", "compact", table, (table,), partitions=partitions)


TABLES = ("article-owners", "ledger", "ledger-days", "owner-rows", "alerts-raised")
"""Faust tables. Each has a changelog topic that the registry creates; Faust itself declares nothing."""

TOPICS: tuple[Topic, ...] = (
    RAW_ARTICLES, RELEVANT_ARTICLES, MENTIONS, SIGNINGS, AGREEMENTS, MILESTONES, ACTIVITIES, STATISTICS, TARGETS,
    JOINT_COPIES, REGION_TOTALS, SECTOR_TOTALS, PERIOD_TOTALS, PROJECTS, REGION_PROJECTS, PROVINCE_TOTALS,
    ALERT_CANDIDATES, ALERTS, NOTICES, DEAD_LETTERS, FEED_STATES, POLLERS,
    *(changelog(table) for table in TABLES),
)  # fmt: skip
BY_NAME = {topic.name: topic for topic in TOPICS}
