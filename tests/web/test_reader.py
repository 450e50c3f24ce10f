"""The reader's own decisions, over a consumer that remembers what it was told."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest
from aiokafka import ConsumerRecord, TopicPartition

from streams.metrics import Metrics
from streams.settings import Settings
from streams.web.letters import MAX_WAITING
from streams.web.live import Live
from streams.web.reader import Reader
from streams.web.view import View
from tests.web.messages import event

ONE, TWO = TopicPartition("signings", 0), TopicPartition("signings", 1)


@dataclass
class Consumer:
    """What the reader asks of a consumer when partitions appear."""

    assigned: set[TopicPartition] = field(default_factory=set)
    sought: dict[TopicPartition, int] = field(default_factory=dict)

    def assignment(self) -> set[TopicPartition]:
        return self.assigned

    def assign(self, partitions: list[TopicPartition]) -> None:
        self.assigned, self.sought = set(partitions), {}

    def seek(self, partition: TopicPartition, position: int) -> None:
        self.sought[partition] = position


@pytest.fixture
def reader() -> Reader:
    metrics, view = Metrics(), View()
    reader = Reader(Settings(), view, metrics, Live(metrics.web_clients))
    reader._consumer = Consumer()
    return reader


def record(value: bytes | None, offset: int = 0, key: bytes = b"e1") -> ConsumerRecord[bytes, bytes]:
    return ConsumerRecord("signings", 0, offset, 0, 0, key, value, None, len(key), len(value or b""), ())


def test_new_partitions_do_not_make_the_others_be_read_again(reader: Reader) -> None:
    reader._assign({ONE})
    reader._take(record(event("e1").wire(), offset=41))
    reader._assign({ONE, TWO})
    assert reader._consumer.assigned == {ONE, TWO}
    assert reader._consumer.sought == {ONE: 42}


@pytest.mark.parametrize("value", [b"not JSON", b"\xff\xfe", b"{}", b"null", b'{"event_id": "e1", "mispelt": 1}'])
def test_what_is_not_an_event_is_counted_and_passed_over(reader: Reader, value: bytes) -> None:
    reader._take(record(value, 0))
    reader._take(record(event("e1").wire(), 1))
    assert reader.undecodable["signings"] == 1
    assert len(reader.view.events) == 1


def test_a_tombstone_is_no_mistake_whatever_its_key(reader: Reader) -> None:
    reader._take(record(None, key=b"\xff"))
    assert reader.undecodable["signings"] == 0


def test_a_null_where_nothing_is_compacted_is_one(reader: Reader) -> None:
    reader._take(replace(record(None), topic="alerts"))
    assert reader.undecodable["alerts"] == 1


async def test_reading_waits_when_too_many_letters_do(reader: Reader) -> None:
    for offset in range(MAX_WAITING):
        reader._take(replace(record(b"odd", offset), topic="targets"))
    waiting = asyncio.create_task(reader._wait_for_letters())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not waiting.done()
    reader.letters._waiting.get_nowait()
    await asyncio.wait_for(waiting, 5)


def test_the_log_says_what_is_wrong_and_where(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    reader._take(record(event("e1").wire().replace(b'"stage":"contract"', b'"stage":"wedding"')))
    [line] = caplog.records
    assert (line.__dict__["reason"], line.__dict__["detail"][:23]) == ("invalid", "stage: Input should be ")
    assert len(line.__dict__["detail"]) <= 300
