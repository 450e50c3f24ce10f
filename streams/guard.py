"""What every agent runs inside: decode, call the step, send, keep, count as done; dead-letter what cannot be done.

A message counts as done (is acked, and so may be committed) only when everything it led to is acknowledged by the
broker. Messages are taken one after another and finished in the same order, in batches: while the deliveries of some
are awaited, the next are already taken. What a send or a dead letter cannot deliver stops the worker: the message was
not acked and comes again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any, Protocol

from pydantic import ValidationError

from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS
from streams.letters import dead_letter, fault_of, is_tombstone
from streams.limits import FailureLimit, OverLimit
from streams.metrics import Metrics
from streams.step import DROPPED, Models, Out, Outcome, Place, Row, Step

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""Tries of a step that raises, before the dead letter."""
BACKOFF = 0.05
"""Seconds before the second try; doubled before the third."""
WINDOW = 256
"""Messages whose deliveries may be outstanding at once."""


class OutputTooLarge(ValueError):
    """An output does not fit its topic: the message that led to it is a dead letter, not the end of the worker."""


class Message(Protocol):
    """What the guard needs of a consumed message."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None


class Link(Protocol):
    """The guard's way to Kafka. `send` and `keep` return once handed over; what they return is the delivery."""

    async def send(self, topic: str, key: bytes, value: bytes) -> Awaitable[Any]: ...

    async def keep(self, partition: int, row: Row) -> Awaitable[Any]: ...

    def hold(self, partition: int, row: Row) -> bool:
        """Take the row into memory, so that the next step sees it; False when a later version is there."""

    def done(self, message: Any) -> None:
        """The message may be committed."""


@dataclass
class _Taken:
    message: Message
    began: float
    outcome: Outcome
    deliveries: list[Awaitable[Any]]
    rows: list[Row] = field(default_factory=list)


class Guard:
    """Runs one step over one stream. `halt` is called once, with the reason, when the worker must stop."""

    def __init__(
        self,
        stage: str,
        models: Models,
        step: Step,
        link: Link,
        limit: FailureLimit,
        metrics: Metrics,
        now: Callable[[], datetime],
        halt: Callable[[str], None],
    ) -> None:
        self.stage, self.models, self.step, self.link = stage, models, step, link
        self.limit, self.metrics, self.now, self.halt = limit, metrics, now, halt
        self.lock = asyncio.Lock()
        """Held while outputs are computed and handed over: who else sends for this stage takes it too."""
        self._taken: asyncio.Queue[_Taken] = asyncio.Queue(WINDOW)
        self._halted = False

    async def run(self, stream: Any) -> None:
        """The body of the Faust agent. Returns never; ends by cancellation."""
        finisher = asyncio.create_task(self._finish(), name=f"finish {self.stage}")
        try:
            async for event in stream.noack().events():
                await self.take(event.message)
                if self._halted:  # nothing more is taken, nothing more is acked
                    await asyncio.Event().wait()
        finally:
            finisher.cancel()

    async def take(self, message: Message) -> None:
        """One message up to the point where its outputs are handed over."""
        began = monotonic()
        try:
            async with self.lock:
                outcome = await self._outcome(message)
                if outcome.commit is not None:
                    outcome.commit()
                rows = [row for row in outcome.rows if self.link.hold(message.partition, row)]
                deliveries = [await self._send(out) for out in outcome.outputs]
            await self._taken.put(_Taken(message, began, outcome, deliveries, rows))
            self.limit.count(outcome.verdict == "dead")
        except OverLimit as error:
            self.stop(str(error))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.stop(f"an output could not be sent: {error!r}")

    def stop(self, reason: str) -> None:
        """Ask for the end of the worker; what was not acked comes again."""
        if not self._halted:
            self._halted = True
            log.error("stage stopped", extra={"stage": self.stage, "reason": reason})
            self.halt(f"{self.stage}: {reason}")

    async def do_now(self, partition: int, work: Callable[[], Outcome]) -> None:
        """Send and keep what no message led to (the day turned), in order with what messages lead to."""
        try:
            async with self.lock:
                outcome = work()
                rows = [row for row in outcome.rows if self.link.hold(partition, row)]
                deliveries = [await self._send(out) for out in outcome.outputs]
            await asyncio.gather(*deliveries)
            await asyncio.gather(*[await self.link.keep(partition, row) for row in rows])
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.stop(f"an output could not be sent: {error!r}")

    async def _send(self, out: Out) -> Awaitable[Any]:
        return await self.link.send(out.topic.name, out.key.encode(), out.value.wire())

    async def _outcome(self, message: Message) -> Outcome:
        place = Place(message.topic, message.partition, message.offset, message.key)
        if is_tombstone(message):  # a record taken back: nothing that a step could do, and no mistake
            return DROPPED
        try:
            value = self.models[message.topic].model_validate_json(message.value or b"")
        except ValidationError as error:
            return self._dead(message, *fault_of(error), 1)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _fitting(self.step(value, place))
            except OutputTooLarge as error:
                return self._dead(message, "too_large", str(error), attempt)
            except Exception as error:
                log.warning("step failed", extra={"stage": self.stage, "at": place, "error": repr(error)})
                if attempt == ATTEMPTS:
                    return self._dead(message, "failed", repr(error), attempt)
                self.metrics.stage_retries.labels(self.stage).inc()
                await asyncio.sleep(BACKOFF * 2 ** (attempt - 1))
        raise AssertionError("unreachable")

    def _dead(self, message: Message, reason: str, error: str, attempts: int) -> Outcome:
        letter: DeadLetter = dead_letter(message, self.stage, reason, error, attempts, self.now())
        self.metrics.dead_letters.labels(self.stage, reason).inc()
        log.warning(
            "dead letter",
            extra={"stage": self.stage, "reason": reason, "topic": message.topic, "partition": message.partition,
                   "offset": message.offset, "error": error},
        )  # fmt: skip
        return Outcome(outputs=(Out(DEAD_LETTERS, message.topic, letter),), verdict="dead")

    async def _finish(self) -> None:
        """Await what was sent, then write the rows, then let the messages count as done, in their order."""
        try:
            while True:
                batch = [await self._taken.get()]
                while not self._taken.empty():
                    batch.append(self._taken.get_nowait())
                await asyncio.gather(*(delivery for taken in batch for delivery in taken.deliveries))
                writes = [await self.link.keep(taken.message.partition, row) for taken in batch for row in taken.rows]
                await asyncio.gather(*writes)
                for taken in batch:
                    self.link.done(taken.message)
                    self.metrics.stage_seconds.labels(self.stage).observe(monotonic() - taken.began)
                    self.metrics.stage_messages.labels(self.stage, taken.outcome.verdict).inc()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.stop(f"a delivery failed: {error!r}")


def _fitting(outcome: Outcome) -> Outcome:
    for out in outcome.outputs:
        size = len(out.value.wire())
        if size > out.topic.max_message_bytes - 1024:  # room for the key and the record's head
            raise OutputTooLarge(f"{size} bytes for {out.topic.name}, which takes {out.topic.max_message_bytes}")
    return outcome
