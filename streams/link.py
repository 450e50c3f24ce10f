"""The guard's way to Kafka through Faust's own producer and consumer."""

from collections.abc import Awaitable
from typing import Any

from streams.faust_mends import MendedApp
from streams.row_table import encode_row
from streams.step import Row


class FaustLink:
    """Sends by the worker's producer, so that the connection, the partitioner (murmur2) and its limits are one."""

    def __init__(self, app: MendedApp) -> None:
        self.app = app

    async def send(self, topic: str, key: bytes, value: bytes) -> Awaitable[Any]:
        """Hand the message over; the delivery is what is returned. Raises what the producer raises."""
        delivery: Awaitable[Any] = await self.app.producer.send(topic, key, value, None, None, None)
        return delivery

    def hold(self, partition: int, row: Row) -> bool:
        """Take the row into memory; False when a later version is there."""
        return row.table.hold(partition, row.key, row.version, row.record)  # type: ignore[attr-defined]

    async def keep(self, partition: int, row: Row) -> Awaitable[Any]:
        """Write the row to the changelog, in the partition that the message came in."""
        topic = row.table.changelog_topic_name  # type: ignore[attr-defined]
        data = encode_row(row.version, row.record)
        delivery: Awaitable[Any] = await self.app.producer.send(topic, row.key.encode(), data, partition, None, None)
        return delivery

    def done(self, message: Any) -> None:
        """The message may be committed."""
        self.app.consumer.done(message)  # type: ignore[attr-defined]
