"""A Faust table whose rows carry a version: recovery keeps the highest, not the last (rule 18).

Rows are held by partition, written to the changelog by the guard when the outputs are delivered, and read back after
every (re)assignment. A worker that slept while its partition moved may write old rows over new ones in the changelog:
they are older versions, and change nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

import faust
from pydantic import ValidationError

from schemas.base import Contract
from streams.step import Held, Version

R = TypeVar("R", bound=Contract)


class UnreadableRow(Exception):
    """A changelog holds a row that this version of the code cannot read."""


class RowTable(faust.Table[Any, Any], Generic[R]):
    """The rows of the partitions that this worker holds. `name` and the rows make it a `streams.step.Rows`."""

    model: type[R]
    on_unreadable: Callable[[str], None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows: dict[int, dict[str, Held[R]]] = {}

    def row(self, partition: int, key: str) -> R | None:
        """The row, or None."""
        held = self.held(partition, key)
        return held.record if held else None

    def held(self, partition: int, key: str) -> Held[R] | None:
        """The row with its version, or None."""
        return self._rows.get(partition, {}).get(key)

    def rows(self) -> Iterator[tuple[int, str, Held[R]]]:
        """(partition, key, row) of every row held."""
        return ((partition, key, held) for partition, rows in self._rows.items() for key, held in rows.items())

    def hold(self, partition: int, key: str, version: Version, record: R) -> bool:
        """Keep the row unless a later version is held; tells which."""
        rows = self._rows.setdefault(partition, {})
        held = rows.get(key)
        if held is not None and version < held.version:
            return False
        rows[key] = Held(version, record)
        return True

    def apply_changelog_batch(self, batch: Iterable[Any]) -> None:
        """Called by Faust's recovery with records of the changelog."""
        for event in batch:
            message = event.message
            try:
                version, record = decode_row(self.model, message.value or b"")
            except UnreadableRow as error:
                self.on_unreadable(f"table {self.name}, {message.topic} {message.partition} {message.offset}: {error}")
                continue
            self.hold(message.partition, (message.key or b"").decode(), version, record)

    async def on_recovery_completed(self, active_tps: set[Any], standby_tps: set[Any]) -> None:
        """Forget the partitions that went to others, then tell who builds on the rows."""
        partitions = {tp.partition for tp in active_tps}
        self._rows = {partition: rows for partition, rows in self._rows.items() if partition in partitions}
        await super().on_recovery_completed(active_tps, standby_tps)


def encode_row(version: Version, record: Contract) -> bytes:
    """`{"version": [...], "record": {...}}`."""
    return json.dumps(
        {"version": version, "record": record.model_dump(mode="json")}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def decode_row(model: type[R], data: bytes) -> tuple[Version, R]:
    """The version and the record. Raises UnreadableRow."""
    try:
        row = json.loads(data)
        return tuple(int(part) for part in row["version"]), model.model_validate(row["record"])
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        first = str(error).splitlines()[0]
        raise UnreadableRow(
            f"a row that this version cannot read ({first}); raise the version of the table's name in schemas/topics.py"
        ) from error
