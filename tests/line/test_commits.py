"""What the broker did not take is not noted as committed."""

import time
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.consumer.subscription_state import SubscriptionState
from faust.transport.drivers.aiokafka import Consumer
from faust.types import TP

from streams.faust_mends import MENDS, MendedApp, MendedConsumer

QUIET = TP("raw-articles", 3)


def consumer_of(
    monkeypatch: pytest.MonkeyPatch, mends: frozenset[str], taken: bool, meantime: int | None = None
) -> MendedConsumer:
    """A consumer of one partition whose broker takes or refuses every commit; `meantime`: what a rebalance sets while
    the answer is under way."""
    app = MendedApp("test", mends=mends, broker="kafka://127.0.0.1:1", store="memory://", autodiscover=False)
    consumer = app.consumer
    assert isinstance(consumer, MendedConsumer)

    async def commit(self: Consumer, offsets: Mapping[Any, int]) -> bool:
        if meantime is not None:
            consumer._committed_offset[QUIET] = meantime
        return taken

    async def flush() -> None:
        """Nothing is waiting."""

    monkeypatch.setattr(consumer, "assignment", lambda: {QUIET})
    monkeypatch.setattr(Consumer, "_commit", commit)
    monkeypatch.setattr(app.producer, "flush", flush)
    return consumer


@pytest.mark.parametrize("before", [None, 5])
async def test_a_refused_commit_changes_nothing(monkeypatch: pytest.MonkeyPatch, before: int | None) -> None:
    consumer = consumer_of(monkeypatch, MENDS, taken=False)
    consumer._committed_offset[QUIET] = before
    assert not await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == before


async def test_a_commit_that_was_taken_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = consumer_of(monkeypatch, MENDS, taken=True)
    assert await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == 8


async def test_what_a_rebalance_has_set_in_the_meantime_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = consumer_of(monkeypatch, MENDS, taken=False, meantime=7)
    consumer._committed_offset[QUIET] = 6
    assert not await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == 7


async def test_without_the_mend_it_is_noted_as_done(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = consumer_of(monkeypatch, MENDS - {"failed-commit"}, taken=False)
    await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == 8


@pytest.mark.parametrize("mends", [MENDS, MENDS - {"livelock"}], ids=["with", "without"])
async def test_a_partition_without_a_position_does_not_end_the_worker(
    monkeypatch: pytest.MonkeyPatch, mends: frozenset[str]
) -> None:
    consumer = consumer_of(monkeypatch, mends, taken=True)
    subscription = SubscriptionState()
    subscription.subscribe({QUIET.topic})
    partition = TopicPartition(QUIET.topic, QUIET.partition)
    subscription.assign_from_subscribed([partition])
    state = subscription.subscription.assignment.state_value(partition)
    state.highwater, state.timestamp = 5, time.time() * 1000  # fetched from before, and reset since

    thread = consumer._thread
    monkeypatch.setattr(thread, "_consumer", SimpleNamespace(_fetcher=SimpleNamespace(_subscriptions=subscription)))
    thread.time_started = time.monotonic()
    consumer.app.topics._acking_topics.add(QUIET.topic)  # type: ignore[attr-defined]
    if "livelock" in mends:
        await consumer.verify_all_partitions_active()
    else:
        with pytest.raises(AssertionError):
            await consumer.verify_all_partitions_active()
