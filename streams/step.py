"""What an agent's step takes and gives: plain data. The guard does everything that touches Kafka.

A step is a function `(value, place) -> Outcome`. It reads its rows, decides, and says what shall be sent and kept; the
guard sends, waits for the delivery, then writes the rows, then lets the message count as done.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from schemas.base import Contract
from schemas.topics import Topic

R = TypeVar("R", bound=Contract)
Version = tuple[int, ...]
"""Orders two values of one row; later wins. Ends with the source offset, so that a redelivery is no step back."""


@dataclass(frozen=True)
class Place:
    """Where a message stands: its topic, partition and offset, and its key."""

    topic: str
    partition: int
    offset: int
    key: bytes | None = None


@dataclass(frozen=True)
class Out:
    """One message to send."""

    topic: Topic
    key: str
    value: Contract


@dataclass(frozen=True)
class Held(Generic[R]):
    """A row and the version that it is of."""

    version: Version
    record: R


class Rows(Protocol[R]):
    """A table as a step sees it: the rows of the partitions that this worker holds."""

    name: str

    def row(self, partition: int, key: str) -> R | None:
        """The row, or None."""

    def held(self, partition: int, key: str) -> Held[R] | None:
        """The row with its version, or None."""

    def rows(self) -> Iterator[tuple[int, str, Held[R]]]:
        """(partition, key, row) of every row held."""


@dataclass(frozen=True)
class Row:
    """One row to keep, in the partition of the message. An older version than the one held changes nothing."""

    table: Rows[Any]
    key: str
    version: Version
    record: Contract


@dataclass(frozen=True)
class Outcome:
    """What one message leads to. `verdict` is the label of its count: done, dropped (nothing to do) or dead."""

    outputs: tuple[Out, ...] = ()
    rows: tuple[Row, ...] = ()
    verdict: str = "done"
    commit: Callable[[], None] | None = None
    """Called once, when it is certain that the outputs are sent: where a step changes what it keeps in memory."""


Step = Callable[[Any, Place], Outcome]
Models = Mapping[str, type[Contract]]
"""Topic name -> what its values are."""

DROPPED = Outcome(verdict="dropped")
