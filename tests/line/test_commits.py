"""What the broker did not take is not noted as committed."""

from collections.abc import Mapping
from typing import Any

import pytest
from faust.types import TP

from streams.faust_mends import MENDS, MendedApp, MendedConsumer

QUIET = TP("raw-articles", 3)


def consumer_of(monkeypatch: pytest.MonkeyPatch, mends: frozenset[str], taken: bool) -> MendedConsumer:
    """A consumer of one partition whose broker takes or refuses every commit."""
    app = MendedApp("test", mends=mends, broker="kafka://127.0.0.1:1", store="memory://", autodiscover=False)
    consumer = app.consumer
    assert isinstance(consumer, MendedConsumer)

    async def commit(offsets: Mapping[Any, int]) -> bool:
        return taken

    async def flush() -> None:
        """Nothing is waiting."""

    monkeypatch.setattr(consumer, "assignment", lambda: {QUIET})
    monkeypatch.setattr(consumer, "_commit", commit)
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
    consumer = consumer_of(monkeypatch, MENDS, taken=False)
    consumer._committed_offset[QUIET] = 6

    async def refuse(_: object, offsets: Mapping[Any, int], start_new_transaction: bool = True) -> bool:
        consumer._committed_offset[QUIET] = 7
        return False

    monkeypatch.setattr("faust.transport.consumer.Consumer._commit_offsets", refuse)
    assert not await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == 7


async def test_without_the_mend_it_is_noted_as_done(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = consumer_of(monkeypatch, MENDS - {"failed-commit"}, taken=False)
    await consumer._commit_offsets({QUIET: 8})
    assert consumer._committed_offset[QUIET] == 8
