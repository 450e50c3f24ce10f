"""One event loop and one reader process for all tests of the room: starting a process for each would take minutes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from streams.feeds.readers import Readers
from tests.feeds.harness import FakeClock, Rig, Site

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("asyncio"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


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
