"""What a live client gets: the latest of each record, and a reset when it falls too far behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sse_starlette import ServerSentEvent

from streams.metrics import Metrics
from streams.web import live as live_module
from streams.web.live import Live
from streams.web.view import Change, View
from tests.web.messages import event, total


@pytest.fixture
def live() -> Live:
    return Live(Metrics().web_clients)


async def opened(live: Live) -> AsyncIterator[ServerSentEvent]:
    updates = live.updates()
    assert (await anext(updates)).event == "hello"
    return updates


def change(event_id: str, revision: int = 1) -> Change:
    return Change("event", event_id, event(event_id, revision=revision))


async def waiting(live: Live, updates: AsyncIterator[ServerSentEvent]) -> list[ServerSentEvent]:
    """What the client gets when the hub closes now."""
    live.close()
    return [update async for update in updates]


async def test_a_slow_client_gets_the_latest_of_each_record_in_the_order_of_change(live: Live) -> None:
    updates = await opened(live)
    for item in (change("a"), change("b"), change("a", 2), Change("total", "CN", total("CN"))):
        live.publish(item, View())
    got = await waiting(live, updates)
    assert [update.event for update in got] == ["event", "event", "total"]
    assert '"event_id":"b"' in str(got[0].data)
    assert '"revision":2' in str(got[1].data)


async def test_a_client_too_far_behind_is_told_once_to_fetch_again(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "MAX_PENDING", 3)
    updates = await opened(live)
    for number in range(10):
        live.publish(change(f"e{number}"), View())
    assert [update.event for update in await waiting(live, updates)] == ["reset"]


async def test_after_a_reset_was_taken_updates_go_on(live: Live) -> None:
    updates = await opened(live)
    live.reset()
    assert (await anext(updates)).event == "reset"
    live.publish(change("a"), View())
    assert (await anext(updates)).event == "event"


async def test_only_what_the_board_shows_is_sent(live: Live) -> None:
    updates = await opened(live)
    live.publish(Change("feed", "https://f", None), View())
    live.publish(Change("dead_letter", "0-1", None), View())
    assert await waiting(live, updates) == []


async def test_clients_do_not_share_what_waits(live: Live) -> None:
    quick, slow = await opened(live), await opened(live)
    live.publish(change("a"), View())
    assert (await anext(quick)).event == "event"
    live.publish(change("b"), View())
    assert len(await waiting(live, slow)) == 2


async def test_no_more_clients_than_the_limit_and_none_while_stopping(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "MAX_CLIENTS", 1)
    assert not live.full
    updates = live.updates()
    await anext(updates)
    assert live.full
    await updates.aclose()  # type: ignore[attr-defined]
    assert not live.full
    live.close()
    assert live.full


async def test_closing_wakes_a_client_that_waits_for_nothing(live: Live) -> None:
    updates = await opened(live)
    next_one = asyncio.ensure_future(anext(updates, None))
    await asyncio.sleep(0)
    live.close()
    assert await asyncio.wait_for(next_one, 1) is None
