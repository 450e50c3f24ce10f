"""Dead letters of the topics that no worker reads: what cannot be read there would else leave no trace.

The process starts from the beginning each time, so the dead letters are read first: a message that has its letter gets
no second one. Should several web processes run, each waits a moment of its own and looks again before it writes.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Set

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS
from streams.metrics import Metrics
from streams.web.view import NO_WORKER, At

log = logging.getLogger(__name__)

STAGE = "web"
MAX_WAITING = 100
"""Letters that wait for the broker; then reading waits for it too. Each may have 1.4 MB."""
LONGEST_WAIT = 1.0
"""Seconds, at most, between a message and its letter: who of several processes is first, writes it."""
AGAIN = 2.0
"""Seconds until a letter that the broker did not take is tried again."""
MAX_REQUEST = 64 * 1024 * 1024
"""Bytes of a letter before it is packed; the broker decides by what it has packed."""


class Letters:
    """Writes the letters that are missing. `written` are the places of which a letter was read, kept by the view."""

    def __init__(self, brokers: str, written: Set[At], metrics: Metrics) -> None:
        self._brokers, self._written, self._metrics = brokers, written, metrics
        self._waiting: asyncio.Queue[DeadLetter] = asyncio.Queue(MAX_WAITING)
        self._sent: set[At] = set()
        self._producer: AIOKafkaProducer | None = None

    @property
    def full(self) -> bool:
        """True when no more may be added now."""
        return self._waiting.full()

    def add(self, letter: DeadLetter) -> None:
        """A letter to write unless it is there. Raises QueueFull when `full`."""
        if letter.topic in NO_WORKER and not self._is_written(letter):
            self._waiting.put_nowait(letter)

    async def run(self, wait: Callable[[], float] = lambda: random.uniform(0, LONGEST_WAIT)) -> None:
        """Writes until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            await asyncio.sleep(wait())
            while not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            for letter in batch:
                await self._write(letter)

    async def close(self) -> None:
        """Disconnects."""
        if self._producer is not None:
            await _stop(self._producer)

    async def _write(self, letter: DeadLetter) -> None:
        said = False
        while not self._is_written(letter):
            try:
                producer = self._producer = self._producer or await self._connect()
                await producer.send_and_wait(DEAD_LETTERS.name, letter.wire(), key=letter.topic.encode())
            except MessageSizeTooLargeError as error:
                log.error("dead_letter_too_large", extra={**_place(letter), "detail": str(error)})
                return
            except (KafkaError, OSError) as error:
                if not said:
                    log.warning("dead_letter_waits", extra={**_place(letter), "detail": str(error)})
                said = True
                await asyncio.sleep(AGAIN)  # should it be there after all, it is read meanwhile
                continue
            self._sent.add(_at(letter))
            self._metrics.dead_letters.labels(STAGE, letter.reason).inc()

    async def _connect(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._brokers,
            client_id="dealwire-web",
            acks="all",
            enable_idempotence=True,
            compression_type="gzip",
            max_request_size=MAX_REQUEST,
        )
        try:
            await producer.start()
        except BaseException:
            await _stop(producer)
            raise
        return producer

    def _is_written(self, letter: DeadLetter) -> bool:
        return _at(letter) in self._written or _at(letter) in self._sent


async def _stop(producer: AIOKafkaProducer) -> None:
    # In a task of its own: without a broker aiokafka ends by raising CancelledError, which is not ours.
    await asyncio.wait({asyncio.ensure_future(producer.stop())})


def _at(letter: DeadLetter) -> At:
    return letter.topic, letter.partition, letter.offset


def _place(letter: DeadLetter) -> dict[str, object]:
    return {"topic": letter.topic, "partition": letter.partition, "offset": letter.offset}
