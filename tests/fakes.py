"""Fakes at the edges: a link that sends nowhere, and a stream of given messages."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from typing import Any

from streams.step import Row


@dataclass(eq=False)
class FakeMessage:
    """A consumed message."""

    topic: str
    value: bytes | None
    offset: int = 0
    partition: int = 0
    key: bytes | None = b"key"


@dataclass
class FakeEvent:
    """What a stream yields."""

    message: FakeMessage


@dataclass
class FakeStream:
    """A Faust stream of these messages that then waits for more, as a real one does."""

    messages: list[FakeMessage]

    def noack(self) -> "FakeStream":
        """Acks are the guard's."""
        return self

    async def events(self) -> AsyncIterator[FakeEvent]:
        """The messages, then nothing for ever."""
        for message in self.messages:
            yield FakeEvent(message)
        await asyncio.Event().wait()


@dataclass
class FakeLink:
    """Remembers what happened, in order, as (verb, what). Deliveries of `failing` topics fail, of `held` ones wait."""

    failing: frozenset[str] = frozenset()
    held: dict[str, "asyncio.Future[None]"] = field(default_factory=dict)
    log: list[tuple[str, Any]] = field(default_factory=list)
    sent: list[tuple[str, bytes, bytes]] = field(default_factory=list)

    async def send(self, topic: str, key: bytes, value: bytes) -> Awaitable[Any]:
        """Hand over; the delivery is returned."""
        self.sent.append((topic, key, value))
        self.log.append(("sent", topic))
        return self._delivery(topic)

    async def keep(self, partition: int, row: Row) -> Awaitable[Any]:
        """Write a row; the delivery is returned."""
        self.log.append(("kept", row.key))
        return self._delivery("changelog")

    def hold(self, partition: int, row: Row) -> bool:
        """Take the row into memory."""
        self.log.append(("held", row.key))
        return True

    def done(self, message: FakeMessage) -> None:
        """The message may be committed."""
        self.log.append(("done", message.offset))

    @property
    def finished(self) -> list[int]:
        """Offsets that may be committed, in order."""
        return [what for verb, what in self.log if verb == "done"]

    def _delivery(self, topic: str) -> Awaitable[Any]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if topic in self.failing:
            future.set_exception(ConnectionError(f"{topic} is not there"))
        elif topic in self.held:
            return self.held[topic]
        else:
            future.set_result(None)
        return future
