"""One contract for both sinks: what a poller may rely on, in memory and on a broker."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from confluent_kafka.admin import AdminClient

from schemas.feed_state import FeedState, Seen
from streams.admin import create_topics
from streams.feeds.sharing import Beat
from streams.feeds.sink import KafkaSink, Message, Sink, SinkError
from streams.settings import Settings
from tests.feeds.harness import NOON, MemorySink


@pytest_asyncio.fixture(loop_scope="session", params=["memory", "kafka"])
async def sink(request: pytest.FixtureRequest, brokers: str) -> AsyncIterator[Sink]:
    if request.param == "memory":
        yield MemorySink()
        return
    sink = KafkaSink(Settings(kafka_brokers=brokers))
    await sink.start()
    yield sink
    await sink.stop()


def state(name: str, **fields: object) -> FeedState:
    return FeedState.model_validate({"feed": name, "url": name, "next_poll": NOON, **fields})


async def states_of(sink: Sink, *names: str) -> dict[str, FeedState]:
    return {one.feed: one for one in await sink.load_states() if one.feed in names}


async def test_contract_the_latest_state_of_each_feed(sink: Sink) -> None:
    name, other = f"http://{uuid.uuid4()}/", f"http://{uuid.uuid4()}/"
    assert await states_of(sink, name) == {}
    for errors in range(5):
        await sink.save(state(name, errors=errors))
        await sink.save(state(other, errors=-errors))
    assert {one.errors for one in (await states_of(sink, name, other)).values()} == {4, -4}


async def test_contract_a_large_state_comes_back(sink: Sink) -> None:
    seen = Seen(article_id="a" * 32, revision=1, content_hash="b" * 16, first_seen=NOON, last_seen=NOON)
    name = f"http://{uuid.uuid4()}/"
    entries = {str(n): seen.model_copy(update={"first_seen": NOON - timedelta(seconds=n)}) for n in range(10_000)}
    await sink.save(state(name, seen=entries))
    assert (await states_of(sink, name))[name].seen == entries


async def test_contract_publish_returns_when_all_is_acknowledged(sink: Sink) -> None:
    await sink.publish([Message("raw-articles", str(n).encode(), b"x" * 1000) for n in range(1200)])
    await sink.publish([])


@pytest_asyncio.fixture(loop_scope="session", params=["memory", "kafka"])
async def two_sinks(request: pytest.FixtureRequest, brokers: str) -> AsyncIterator[tuple[Sink, Sink]]:
    if request.param == "memory":
        memory = MemorySink()
        yield memory, memory.for_another()
        return
    sinks = [KafkaSink(Settings(kafka_brokers=brokers)) for _ in range(2)]
    for sink in sinks:
        await sink.start()
    yield sinks[0], sinks[1]
    for sink in sinks:
        await sink.stop()


async def heard(sink: Sink, *names: str) -> list[Beat]:
    """Waits until beats of all these pollers were heard."""
    found: list[Beat] = []
    for _ in range(500):
        found += [beat for beat in await sink.beats() if beat.poller in names]
        if {beat.poller for beat in found} == set(names):
            return found
        await asyncio.sleep(0.01)
    raise AssertionError(f"heard only {found} of {names}")


async def test_contract_beats_reach_the_others(two_sinks: tuple[Sink, Sink]) -> None:
    one, two = two_sinks
    mine, yours, last = (str(uuid.uuid4()) for _ in range(3))
    await one.send_beat(Beat(mine, NOON))
    assert await heard(two, mine) == [Beat(mine, NOON)], "also one that was sent before the other listened"
    await two.send_beat(Beat(yours, NOON, leaving=True))
    await one.send_beat(Beat(last, NOON))
    assert await heard(one, mine, yours, last)
    await two.send_beat(Beat(yours, NOON + timedelta(seconds=1)))
    again = await heard(two, yours, last)
    while len(again) < 3:
        again += await heard(two, yours)
    mine_only = [beat for beat in again if beat.poller == yours]
    assert mine_only == [Beat(yours, NOON, leaving=True), Beat(yours, NOON + timedelta(seconds=1))], "in order"
    assert again.count(Beat(last, NOON)) == 1, "once"


async def test_what_is_published_is_there(brokers: str) -> None:
    from confluent_kafka import Consumer, TopicPartition

    sink = KafkaSink(Settings(kafka_brokers=brokers))
    await sink.start()
    mark = uuid.uuid4().bytes
    await sink.publish([Message("raw-articles", str(n).encode(), mark + str(n).encode()) for n in range(1200)])
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "test", "log_level": 0})
    consumer.assign([TopicPartition("raw-articles", partition, 0) for partition in range(4)])
    got: set[bytes] = set()
    while len(got) < 1200:
        message = consumer.poll(10)
        assert message is not None, "a message that was acknowledged is missing"
        assert message.error() is None
        if message.value().startswith(mark):
            got.add(message.value())
    consumer.close()
    await sink.stop()


@pytest.mark.kafka
async def test_topics_that_are_not_there() -> None:
    from tests.kafka.conftest import wipe

    address = os.environ["KAFKA_BROKERS"]
    wipe(AdminClient({"bootstrap.servers": address, "log_level": 0}))
    sink = KafkaSink(Settings(kafka_brokers=address, kafka_deadline=4))
    await sink.start()
    for topic, ask in (("feed-states", sink.load_states), ("pollers", sink.beats)):
        with pytest.raises(SinkError, match=f"topic {topic} cannot be read: it is not there; `dealwire topics create`"):
            await ask()
    await sink.stop()
    create_topics(address)
    patient = KafkaSink(Settings(kafka_brokers=address))  # the broker may still be choosing leaders of the new topics
    await patient.start()
    assert await patient.load_states() == []
    assert await patient.beats() == []
    await patient.stop()


async def test_a_state_that_cannot_be_read_is_passed_over(brokers: str) -> None:
    sink = KafkaSink(Settings(kafka_brokers=brokers))
    await sink.start()
    name = f"http://{uuid.uuid4()}/"
    await sink.save(state(name))
    await sink.publish([Message("feed-states", b"http://bad/", b"\xff not a state")])
    assert list(await states_of(sink, name, "http://bad/")) == [name]
    await sink.stop()


async def test_no_broker_is_one_line() -> None:
    sink = KafkaSink(Settings(kafka_brokers="127.0.0.1:1"))
    with pytest.raises(SinkError, match=r"^no broker at 127\.0\.0\.1:1: [^\n]+$"):
        await sink.start()
    with pytest.raises(SinkError, match="feed-states cannot be read"):
        await sink.load_states()
    await sink.stop()
