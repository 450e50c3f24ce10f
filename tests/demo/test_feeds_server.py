"""The feeds server: what a reader gets depends on what it has, and on nothing else."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from aiohttp.test_utils import TestClient, TestServer

from streams.demo.feeds_server import make_app

TODAY = date(2027, 1, 2)
REVISED, STILL = "/feeds/qiantang-kuaibao.xml", "/feeds/east-china-deals.xml"


@pytest.fixture
async def client() -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(make_app(TODAY))) as client:
        yield client


def validators(answer: object) -> dict[str, str]:
    headers = answer.headers  # type: ignore[attr-defined]
    return {"If-None-Match": headers["ETag"], "If-Modified-Since": headers["Last-Modified"]}


async def test_a_revision_appears_after_the_first_version_was_read(client: TestClient) -> None:
    first = await client.get(REVISED)
    second = await client.get(REVISED, headers=validators(first))
    third = await client.get(REVISED, headers=validators(second))
    assert (first.status, second.status, third.status) == (200, 200, 304)
    assert "桐乡引进一个26亿元氢能项目" in await first.text("utf-8")
    assert "撤稿说明" not in await first.text("utf-8")
    assert "撤稿说明" in await second.text("utf-8")
    assert first.headers["ETag"] != second.headers["ETag"] == third.headers["ETag"]
    assert await third.read() == b""


async def test_a_reader_that_forgot_begins_again(client: TestClient) -> None:
    first = await client.get(REVISED)
    await client.get(REVISED, headers=validators(first))
    again = await client.get(REVISED)
    assert await again.read() == await first.read()


async def test_a_feed_without_revisions_is_not_modified_on_the_second_poll(client: TestClient) -> None:
    first = await client.get(STILL)
    assert first.content_type == "application/rss+xml"
    assert first.charset is None
    assert (await client.get(STILL, headers=validators(first))).status == 304


async def test_last_modified_alone_is_enough(client: TestClient) -> None:
    first = await client.get(STILL)
    answer = await client.get(STILL, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert answer.status == 304


async def test_unknown_validators_give_the_first_version(client: TestClient) -> None:
    answer = await client.get(STILL, headers={"If-None-Match": '"something-else"'})
    assert answer.status == 200


async def test_article_pages_say_that_they_are_samples(client: TestClient) -> None:
    page = await client.get("/articles/qt-05")
    assert "撤稿说明" in await page.text()
    assert "the deal is invented" in await page.text()
    assert (await client.get("/articles/none")).status == 404
    assert (await client.get("/articles/wrg-10")).status == 404
    assert (await client.get("/feeds/none.xml")).status == 404
