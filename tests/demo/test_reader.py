"""The reader sees every message, and knows when the workers have finished."""

import time
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from schemas.topics import MENTIONS, RAW_ARTICLES, RELEVANT_ARTICLES
from streams.broker import embedded_broker
from streams.demo.reader import Reader
from tests.demo.make import raw

GROUP = "workers"


@pytest.fixture
def broker() -> Iterator[str]:
    with embedded_broker() as address:
        yield address


@pytest.fixture
def reader(broker: str) -> Iterator[Reader]:
    reader = Reader(broker, GROUP)
    yield reader
    reader.close()


def produce(broker: str, topic: str, values: list[bytes]) -> None:
    producer = Producer({"bootstrap.servers": broker})
    for number, value in enumerate(values):
        producer.produce(topic, value, str(number))
    assert producer.flush(10) == 0


def commit_all(broker: str, topic: str, but: int = 0) -> None:
    consumer = Consumer({"bootstrap.servers": broker, "group.id": GROUP})
    for partition in range(4):
        end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=5)[1]
        if end > but:
            consumer.commit(offsets=[TopicPartition(topic, partition, end - but)], asynchronous=False)
    consumer.close()


def read_until(reader: Reader, done: Callable[[], bool]) -> list[tuple[str, bytes]]:
    """Reads for at most ten seconds."""
    found: list[tuple[str, bytes]] = []
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found += reader.read(0.05)
        if done():
            return found
    raise AssertionError("the reader did not get there")


def test_every_message_is_read_from_the_beginning(broker: str, reader: Reader) -> None:
    values = [raw(f"article-{number}").wire() for number in range(20)]
    produce(broker, RAW_ARTICLES.name, values)
    assert not reader.caught_up()
    found = read_until(reader, reader.caught_up)
    assert sorted(found) == sorted((RAW_ARTICLES.name, value) for value in values)


def test_nothing_on_the_topics_is_all_done(reader: Reader) -> None:
    assert reader.workers_done()
    assert reader.caught_up()


def test_workers_are_done_when_all_is_committed(broker: str, reader: Reader) -> None:
    for topic in (RAW_ARTICLES, RELEVANT_ARTICLES):
        produce(broker, topic.name, [b"value"] * 20)
    assert reader.lag(RAW_ARTICLES) == 20
    commit_all(broker, RAW_ARTICLES.name)
    assert reader.lag(RAW_ARTICLES) == 0
    assert not reader.workers_done()
    commit_all(broker, RELEVANT_ARTICLES.name, but=1)
    assert not reader.workers_done()
    commit_all(broker, RELEVANT_ARTICLES.name)
    assert reader.workers_done()
    produce(broker, MENTIONS.name, [b"value"])
    assert not reader.workers_done()


def test_the_topics_asked_about_are_those_the_workers_consume() -> None:
    from streams import app
    from streams.demo import reader

    assert set(reader.CONSUMED) == set(app.CONSUMED)
