"""The only place where the rooms meet: the Faust app of a worker, its topics, tables and agents."""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from schemas.base import Contract
from schemas.event import Mentions
from schemas.topics import (
    ALERT_CANDIDATES,
    APP,
    DEAD_LETTERS,
    JOINT_COPIES,
    MENTIONS,
    MILESTONES,
    PROVINCE_TOTALS,
    RAW_ARTICLES,
    RELEVANT_ARTICLES,
    SIGNINGS,
    Topic,
)  # fmt: skip
from schemas.total import OwnerTotals
from streams.alerts.agent import RULES_STAGE, Raised, alert_step, rules_step
from streams.alerts.agent import STAGE as ALERTS
from streams.alerts.rules import Rule, RulesError, load_rules
from streams.classify.agent import STAGE as CLASSIFY
from streams.classify.agent import classify_step
from streams.extract.agent import STAGE as EXTRACT
from streams.extract.agent import Owners, extract_step
from streams.faust_mends import MENDS, MendedApp
from streams.guard import Guard
from streams.ledger.agent import STAGE as LEDGER
from streams.ledger.agent import Ledger, Turned
from streams.ledger.national_agent import NATIONAL_STAGE, national_step
from streams.limits import FailureLimit
from streams.link import FaustLink
from streams.metrics import Metrics
from streams.row_table import RowTable
from streams.settings import Settings
from streams.step import Step
from streams.worker import run

log = logging.getLogger(__name__)

CONSUMED = (
    RAW_ARTICLES,
    RELEVANT_ARTICLES,
    MENTIONS,
    PROVINCE_TOTALS,
    SIGNINGS,
    MILESTONES,
    JOINT_COPIES,
    ALERT_CANDIDATES,
)
"""The topics that a worker's group reads."""
TURN_EVERY = 5.0
"""Seconds between two looks at the calendar."""


@dataclass
class Line:
    """A worker, put together: the app to run and what else runs beside it."""

    app: MendedApp
    metrics: Metrics
    guards: dict[str, Guard] = field(default_factory=dict)
    halted: asyncio.Event = field(default_factory=asyncio.Event)
    reason: str = ""

    def halt(self, reason: str) -> None:
        """Stop the worker because of a failure."""
        self.reason = self.reason or reason
        self.halted.set()


def run_worker(settings: Settings, mends: frozenset[str] = MENDS) -> int:
    """Run a worker until SIGTERM or SIGINT: 0; 1 when the broker is missing, topics differ or a limit is reached;
    2 for a wrong rules file."""
    try:
        rules = load_rules(settings.rules)
    except RulesError as error:
        print(f"dealwire: DEALWIRE_RULES: {error}", file=sys.stderr)
        return 2
    metrics = Metrics()
    return run(settings, metrics, CONSUMED, lambda: build_line(settings, rules, metrics, mends))


def build_line(settings: Settings, rules: tuple[Rule, ...], metrics: Metrics, mends: frozenset[str] = MENDS) -> Line:
    """The worker's app with every agent. Call it in a running event loop."""
    app = MendedApp(APP, mends=mends, **faust_settings(settings))
    line = Line(app, metrics)
    link = FaustLink(app)
    zone = ZoneInfo(settings.timezone)

    def now() -> datetime:
        return datetime.now(UTC)

    def today() -> date:
        return settings.today or datetime.now(zone).date()

    def table(name: str, model: type[Contract], partitions: int) -> Any:
        rows: Any = app.Table(name, partitions=partitions, key_type=bytes, value_type=bytes)
        rows.model, rows.on_unreadable = model, line.halt
        return rows

    def agent(stage: str, step: Step, *topics: Topic) -> None:
        models = {topic.name: topic.model for topic in topics if topic.model}
        limit = FailureLimit(settings.max_failures, settings.max_invalid_share)
        guard = line.guards[stage] = Guard(stage, models, step, link, limit, metrics, now, line.halt)
        # Raw bytes: what does not decode must reach the guard (rule 4). One actor: order (rule 1).
        source = app.topic(*models, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
        app.agent(source, name=stage, concurrency=1)(guard.run)

    ledger = Ledger(
        table("ledger", Mentions, MENTIONS.partitions), table("ledger-days", Turned, MENTIONS.partitions),
        today, now, metrics, settings.start_months,
    )  # fmt: skip
    ledger.table.on_recover(ledger.restore)  # type: ignore[attr-defined]
    owners = table("article-owners", Owners, RELEVANT_ARTICLES.partitions)
    provinces = table("owner-rows", OwnerTotals, PROVINCE_TOTALS.partitions)
    raised = table("alerts-raised", Raised, ALERT_CANDIDATES.partitions)

    agent(CLASSIFY, classify_step(metrics), RAW_ARTICLES)
    agent(EXTRACT, extract_step(owners, metrics), RELEVANT_ARTICLES)
    agent(LEDGER, ledger.step, MENTIONS)
    agent(NATIONAL_STAGE, national_step(provinces, today), PROVINCE_TOTALS)
    agent(RULES_STAGE, rules_step(rules, now), SIGNINGS, MILESTONES, JOINT_COPIES)
    agent(ALERTS, alert_step(raised, metrics), ALERT_CANDIDATES)

    @app.task
    async def turn_of_day() -> None:
        await turn_when_due(ledger, line.guards[LEDGER], TURN_EVERY, asyncio.sleep)

    return line


async def turn_when_due(ledger: Ledger, guard: Guard, every: float, sleep: Callable[[float], Any]) -> None:
    """Publish the totals anew when the day turns, and once after the books were built."""
    while True:
        for partition, work in ledger.turn():
            await guard.do_now(partition, work)
        await sleep(every)


def faust_settings(settings: Settings) -> dict[str, Any]:
    """What Faust is told; the numbers of the rules are those of docs/faust.md."""
    return {
        "broker": [f"kafka://{address.strip()}" for address in settings.kafka_brokers.split(",")],
        "processing_guarantee": "at_least_once",  # rule 7
        "store": "memory://",  # rule 8
        "Table": RowTable,
        "table_standby_replicas": 0,  # recovery is quick, and a standby is one more thing to go wrong
        "topic_allow_declare": False,  # rule 11
        "topic_disable_leader": True,  # rule 13
        "topic_partitions": RAW_ARTICLES.partitions,
        "web_enabled": False,  # rule 12
        "producer_request_timeout": 30.0,  # rule 2
        "producer_linger": settings.producer_linger,
        "producer_acks": -1,
        "producer_max_request_size": DEAD_LETTERS.max_message_bytes,
        "producer_threaded": False,  # rule 15
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": settings.session_timeout / 4,
        "broker_request_timeout": max(30.0, settings.session_timeout),
        "broker_commit_interval": 1.0,
        "stream_wait_empty": True,  # partitions are given away, and the worker ends, when what is taken is finished
        "consumer_auto_offset_reset": "earliest",
        "autodiscover": False,
    }


def main() -> int:
    """`python -m streams.app`: a worker with the settings of the environment."""
    from streams.settings import load

    return run_worker(load())


if __name__ == "__main__":
    raise SystemExit(main())
