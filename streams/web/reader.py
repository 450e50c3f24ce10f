"""Reads every partition of the web's topics from the beginning, without a consumer group, and feeds the view."""

import asyncio
import logging
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from confluent_kafka import KafkaException
from pydantic import ValidationError

from schemas.topics import BY_NAME, DEAD_LETTERS
from streams.broker import BrokerError, is_embedded, touch_topics
from streams.letters import dead_letter, fault_of, is_tombstone
from streams.metrics import Metrics
from streams.settings import Settings
from streams.web.answers import TopicStatus
from streams.web.letters import STAGE, Letters
from streams.web.live import Live
from streams.web.view import READ, Change, View

log = logging.getLogger(__name__)

BATCH = 500
"""Messages folded before the event loop gets its turn: some 50 ms."""
LOOK_SECONDS = 0.3, 5.0
"""Between two looks at metadata and end offsets: before and after the start's end is reached."""
PROBE = 2.0
"""Seconds the first question to the broker may take; it runs in a thread that the end of the process waits for."""
MAX_DETAIL = 300
"""Characters of what is wrong with a message that a line of the log has; its dead letter has more."""
PATIENCE = 5.0
"""Seconds one look may take before the broker counts as silent."""


class Reader:
    """Topics in, view out. `ready` once everything that stood in the topics at the start is in the view."""

    def __init__(self, settings: Settings, view: View, metrics: Metrics, live: Live) -> None:
        self.view, self.metrics, self.live = view, metrics, live
        self.ready = False
        self.broker_seen: datetime | None = None
        self.turned: datetime | None = None
        self.undecodable = {topic.name: 0 for topic in READ}
        self.letters = Letters(settings.kafka_brokers, view.lettered, metrics)
        self._brokers = settings.kafka_brokers
        self._positions: dict[TopicPartition, int] = {}
        self._ends: dict[TopicPartition, int] = {}
        self._goal: dict[TopicPartition, int] | None = None
        self._letters_goal: dict[TopicPartition, int] | None = None
        self._folding = False
        self._missing: set[str] = set()
        self._silent = False

    async def connect(self) -> None:
        """Opens the connections; raises BrokerError, KafkaError or OSError when no broker answers."""
        await asyncio.to_thread(_touch, self._brokers)
        self._client = AIOKafkaClient(bootstrap_servers=self._brokers, client_id="dealwire-web")
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._brokers,
            client_id="dealwire-web",
            group_id=None,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=2 * 1024 * 1024,
        )
        try:
            await self._client.bootstrap()
            await self._consumer.start()
        except BaseException:
            await self.close()
            raise
        self.broker_seen = datetime.now(UTC)

    async def close(self) -> None:
        """Closes the connections."""
        await self._consumer.stop()
        await self._client.close()
        await self.letters.close()

    async def run(self) -> None:
        """Reads until cancelled. A silent broker is waited for: the view stays as it was."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_forever())
            tasks.create_task(self._read_forever())
            tasks.create_task(self.letters.run())

    async def _read_forever(self) -> None:
        while True:
            self.turned = datetime.now(UTC)
            if not self._consumer.assignment():
                await asyncio.sleep(0.1)
                continue
            try:
                batches = await self._consumer.getmany(timeout_ms=500, max_records=BATCH)
            except KafkaError as error:
                log.warning("reading_failed", extra={"detail": str(error), "next": "trying again"})
                await asyncio.sleep(1)
                continue
            self._folding = True
            for records in batches.values():
                for record in records:
                    await self._wait_for_letters()
                    self._take(record)
            self._folding = False
            await asyncio.sleep(0)

    async def _wait_for_letters(self) -> None:
        # What cannot be read comes faster than the broker takes the letters: memory is bounded, so reading waits.
        while self.letters.full:
            self.turned = datetime.now(UTC)
            await asyncio.sleep(0.1)

    def _take(self, record: ConsumerRecord) -> None:
        self._positions[TopicPartition(record.topic, record.partition)] = record.offset + 1
        try:
            change = self._fold(record)
            outcome = "done"
        except ValidationError as error:
            outcome, change = "dead", None
            self.undecodable[record.topic] += 1
            reason, detail = fault_of(error)
            place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
            log.warning("message_passed_over", extra={**place, "reason": reason, "detail": detail[:MAX_DETAIL]})
            self.letters.add(dead_letter(record, STAGE, reason, detail, 1, datetime.now(UTC)))
        self.metrics.stage_messages.labels(STAGE, outcome).inc()
        if change is not None and self.ready:
            self.live.publish(change, self.view)

    def _fold(self, record: ConsumerRecord) -> Change | None:
        if is_tombstone(record):  # a key that is no text is that of no record
            return self.view.forget(record.topic, (record.key or b"").decode(errors="replace"))
        model = BY_NAME[record.topic].model
        assert model is not None, f"{record.topic} has no model and is not read"
        return self.view.apply(model.model_validate_json(record.value or b""), record.partition, record.offset)

    async def _look_forever(self) -> None:
        while True:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._look()
                self.broker_seen = datetime.now(UTC)
                if self._silent:
                    log.warning("broker_back")
                self._silent = False
            except (KafkaError, TimeoutError, OSError) as error:
                if not self._silent:
                    log.warning("broker_lost", extra={"brokers": self._brokers, "detail": _why(error)})
                self._silent = True
            await asyncio.sleep(LOOK_SECONDS[self.ready])

    async def _look(self) -> None:
        # All topics are asked for, none is named: a name would make some brokers create it, with settings of their own.
        if not await self._client.force_metadata_update():
            raise KafkaError("no metadata")
        known = {
            TopicPartition(topic.name, partition)
            for topic in READ
            for partition in self._client.cluster.partitions_for_topic(topic.name) or ()
        }
        self._say_missing({topic.name for topic in READ} - {tp.topic for tp in known})
        if not known:
            return
        self._ends = await self._consumer.end_offsets(list(known))
        letters = {tp for tp in known if tp.topic == DEAD_LETTERS.name}
        await self._read_on(letters)
        self._letters_goal = self._letters_goal or {tp: self._ends[tp] for tp in letters}
        if letters and all(self._positions[tp] >= end for tp, end in self._letters_goal.items()):
            await self._read_on(known)  # only now, for now it is known which messages have their letter
        for tp in known:
            self.metrics.consumer_lag.labels(tp.topic, tp.partition).set(self._lag(tp))
        if not self._missing and not self.ready:
            self._goal = self._goal or dict(self._ends)
            self.ready = all(self._positions.get(tp, 0) >= end for tp, end in self._goal.items())
            if self.ready:
                self.live.reset()

    async def _read_on(self, partitions: set[TopicPartition]) -> None:
        if partitions - self._consumer.assignment():
            self._assign(partitions | self._consumer.assignment())
        for tp in partitions:
            position = await self._consumer.position(tp)
            if not self._folding:  # else the consumer is ahead of the view
                self._positions[tp] = position
            self._positions.setdefault(tp, 0)

    def _assign(self, partitions: set[TopicPartition]) -> None:
        # A new assignment forgets every position; those already read go on where they were.
        before = {tp: self._positions[tp] for tp in self._consumer.assignment() if tp in self._positions}
        self._consumer.assign(sorted(partitions))
        for tp, position in before.items():
            self._consumer.seek(tp, position)

    def _say_missing(self, missing: set[str]) -> None:
        if missing and missing != self._missing:
            todo = "make them with `dealwire topics create`"
            log.warning("topics_missing", extra={"topics": ", ".join(sorted(missing)), "todo": todo})
        self._missing = missing

    def _lag(self, tp: TopicPartition) -> int:
        return max(0, self._ends.get(tp, 0) - self._positions.get(tp, 0))

    def topics(self) -> list[TopicStatus]:
        """How far every topic is read."""
        return [self._status(topic.name) for topic in READ]

    def _status(self, name: str) -> TopicStatus:
        mine = [tp for tp in self._ends if tp.topic == name]
        position = sum(self._positions.get(tp, 0) for tp in mine)
        return TopicStatus(
            topic=name,
            partitions=len(mine),
            position=position,
            end=position
            + sum(self._lag(tp) for tp in mine),  # the ends are asked for now and then, and reading goes on
            lag=sum(self._lag(tp) for tp in mine),
            undecodable=self.undecodable[name],
        )


def _touch(brokers: str) -> None:
    # The embedded broker has no other way to make topics; on a real one they are made by `dealwire topics create`.
    try:
        if is_embedded(brokers, PROBE):
            touch_topics(brokers, READ)
    except KafkaException as error:
        raise BrokerError(f"no Kafka broker answers at {brokers} ({error.args[0].str()})") from error


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
