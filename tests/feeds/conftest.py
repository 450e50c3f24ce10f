"""One event loop and one reader process for all tests of the room: starting a process for each would take minutes."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient

from streams.admin import create_topics
from streams.feeds.readers import Readers
from tests.feeds.harness import FakeClock, Rig, Site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("asyncio"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


BROKERS = ["embedded", pytest.param("apache", marks=pytest.mark.kafka)]
"""The embedded broker; with `-m kafka` also the Apache Kafka that `deploy/kafka/run.py -- COMMAND` runs."""


@contextmanager
def embedded() -> Iterator[str]:
    producer = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    yield ",".join(f"{one.host}:{one.port}" for one in producer.list_topics(timeout=10).brokers.values())
    del producer


@pytest.fixture(scope="module", params=BROKERS)
def brokers(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a broker for all tests of a file."""
    if request.param == "embedded":
        with embedded() as address:
            yield address
    else:
        create_topics(os.environ["KAFKA_BROKERS"])
        yield os.environ["KAFKA_BROKERS"]


@pytest.fixture(params=BROKERS)
def empty_brokers(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a broker with nothing in it."""
    if request.param == "embedded":
        with embedded() as address:
            yield address
    else:
        from tests.kafka.conftest import wipe

        wipe(AdminClient({"bootstrap.servers": os.environ["KAFKA_BROKERS"], "log_level": 0}))
        create_topics(os.environ["KAFKA_BROKERS"])
        yield os.environ["KAFKA_BROKERS"]


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    readers = Readers(1, deadline=10)
    yield readers
    readers.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest_asyncio.fixture(loop_scope="session")
async def site(clock: FakeClock) -> AsyncIterator[Site]:
    site = await Site(clock).start()
    yield site
    await site.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def make_rig(clock: FakeClock, readers: Readers) -> AsyncIterator[Callable[..., Awaitable[Rig]]]:
    rigs: list[Rig] = []

    async def make(**options: Any) -> Rig:
        rig = Rig(clock, options.pop("readers", readers), **options)
        rigs.append(rig)
        await rig.fetcher.__aenter__()
        return rig

    yield make
    for rig in rigs:
        await rig.fetcher.__aexit__(None, None, None)


@pytest_asyncio.fixture(loop_scope="session")
async def rig(make_rig: Callable[..., Awaitable[Rig]]) -> Rig:
    return await make_rig()
