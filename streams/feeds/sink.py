"""Where a poll's results go, and where states come from: Kafka, behind an interface that tests fill from memory."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from schemas.feed_state import FeedState
from schemas.topics import FEED_STATES, POLLERS
from streams.feeds.sharing import Beat, Beats, parse_beat
from streams.feeds.states import decode_state
from streams.settings import Settings

BATCH = 500
"""Messages that are under way at once."""
MAX_REQUEST = 8 * 1024 * 1024
"""Bytes of a message before it is packed; the state of a feed with 10,000 entries has 2 MB and packs to a fourth."""

RECENT = 100
"""Beats that a poller reads when it starts: those of a lease, for up to twenty pollers."""


class SinkError(Exception):
    """The broker did not take or give something. One line."""


class Message(NamedTuple):
    """What is published: the topic's name, key and value as bytes."""

    topic: str
    key: bytes
    value: bytes


class Sink(Beats, Protocol):
    """What a poller needs of a broker. Every method raises SinkError when the broker fails."""

    async def load_states(self) -> list[FeedState]:
        """The latest state of every feed."""

    async def publish(self, messages: Sequence[Message]) -> None:
        """Returns when every message is acknowledged."""

    async def save(self, state: FeedState) -> None:
        """Returns when the state is acknowledged."""


class KafkaSink:
    """The sink of the running service. `start` before use, `stop` at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._patience = int(min(30.0, max(1.0, settings.kafka_deadline / 2)) * 1000)
        self._producer: AIOKafkaProducer | None = None
        self._hearing: AIOKafkaConsumer | None = None

    async def start(self) -> None:
        """Connects, once. Raises SinkError when no broker answers."""
        if self._producer is not None:
            return
        producer = AIOKafkaProducer(
            bootstrap_servers=self._settings.kafka_brokers,
            acks="all",
            linger_ms=int(self._settings.producer_linger * 1000),
            compression_type="gzip",
            max_batch_size=256 * 1024,
            max_request_size=MAX_REQUEST,
            request_timeout_ms=self._patience,
        )
        try:
            await producer.start()
        except (KafkaError, OSError, ValueError) as error:
            with contextlib.suppress(Exception):
                await producer.stop()
            raise SinkError(f"no broker at {self._settings.kafka_brokers}: {_line(error)}") from error
        self._producer = producer

    async def stop(self) -> None:
        """Sends what is left and disconnects."""
        for client in (self._hearing, self._producer):
            if client is not None:
                # In a task of its own: without a broker aiokafka ends by raising CancelledError, which is not ours.
                await asyncio.wait({asyncio.ensure_future(client.stop())})
        self._producer = self._hearing = None

    async def publish(self, messages: Sequence[Message]) -> None:
        """Returns when every message is acknowledged; in batches, so that a huge feed does not fill the memory."""
        assert self._producer is not None, "start the sink first"
        for start in range(0, len(messages), BATCH):
            sent: list[asyncio.Future[object]] = []
            try:
                for message in messages[start : start + BATCH]:
                    sent.append(await self._producer.send(message.topic, value=message.value, key=message.key))
                await asyncio.gather(*sent)
            except (KafkaError, OSError) as error:
                await asyncio.gather(*sent, return_exceptions=True)
                raise SinkError(f"the broker did not acknowledge: {_line(error)}") from error

    async def save(self, state: FeedState) -> None:
        """Returns when the state is acknowledged."""
        await self.publish([Message(FEED_STATES.name, state.feed.encode(), state.wire())])

    async def send_beat(self, beat: Beat) -> None:
        """Returns when the beat is acknowledged."""
        await self.publish([Message(POLLERS.name, beat.poller.encode(), beat.wire())])

    async def beats(self) -> list[Beat]:
        """Beats since the last call; at first those of the last minute or so."""
        try:
            if self._hearing is None:
                consumer = self._consumer(POLLERS.name)
                try:
                    await consumer.start()
                    await _rewind(consumer, RECENT)
                except BaseException:
                    await consumer.stop()
                    raise
                self._hearing = consumer
            records = await self._hearing.getmany(timeout_ms=0)
        except (KafkaError, OSError) as error:
            raise SinkError(f"topic {POLLERS.name} cannot be read: {_line(error)}") from error
        found = [parse_beat(record.value) for batch in records.values() for record in batch]
        return [beat for beat in found if beat is not None]

    def _consumer(self, topic: str) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            topic,
            bootstrap_servers=self._settings.kafka_brokers,
            group_id=None,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            request_timeout_ms=self._patience,
        )

    async def load_states(self) -> list[FeedState]:
        """The latest state of every feed: the whole topic, once."""
        consumer = self._consumer(FEED_STATES.name)
        try:
            await consumer.start()
            latest = await _read_to_end(consumer)
        except (KafkaError, OSError) as error:
            raise SinkError(f"topic {FEED_STATES.name} cannot be read: {_line(error)}") from error
        finally:
            with contextlib.suppress(KafkaError, OSError):
                await consumer.stop()
        return [state for value in latest.values() if (state := decode_state(value)) is not None]


async def _rewind(consumer: AIOKafkaConsumer, records: int) -> None:
    """To the last few records of each partition."""
    ends = await consumer.end_offsets(list(consumer.assignment()))
    starts = await consumer.beginning_offsets(list(ends))
    for partition, end in ends.items():
        consumer.seek(partition, max(starts[partition], end - records))


async def _read_to_end(consumer: AIOKafkaConsumer) -> dict[bytes, bytes | None]:
    ends = await consumer.end_offsets(list(consumer.assignment()))
    starts = await consumer.beginning_offsets(list(ends))
    left = {partition for partition, end in ends.items() if end > starts[partition]}
    latest: dict[bytes, bytes | None] = {}
    while left:
        for records in (await consumer.getmany(timeout_ms=500)).values():
            latest.update((record.key or b"", record.value) for record in records)
        left = {partition for partition in left if await consumer.position(partition) < ends[partition]}
    return latest


def _line(error: BaseException) -> str:
    if isinstance(error, UnknownTopicOrPartitionError):
        return "it is not there; `dealwire topics create` makes it"
    return " ".join((str(error) or type(error).__name__).split())[:300]
