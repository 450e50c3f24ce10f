"""Which letters are written and when, over a producer that remembers, and may fail."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError

from schemas.dead_letter import DeadLetter
from streams.metrics import Metrics
from streams.web import letters as letters_module
from streams.web.letters import MAX_WAITING, Letters
from tests.web.messages import letter


@dataclass
class Producer:
    """Raises `failures` first, then takes everything."""

    failures: list[Exception] = field(default_factory=list)
    sent: list[DeadLetter] = field(default_factory=list)

    async def send_and_wait(self, topic: str, value: bytes, key: bytes) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(DeadLetter.model_validate_json(value))
        assert (topic, key) == ("dead-letters", self.sent[-1].topic.encode())


def about(offset: int, topic: str = "targets") -> DeadLetter:
    return letter().model_copy(update={"topic": topic, "offset": offset})


async def run(letters: Letters, until: Callable[[], object]) -> None:
    """Lets it write without waiting until the condition holds, and a little longer."""
    task = asyncio.create_task(letters.run(wait=lambda: 0))
    async with asyncio.timeout(5):
        while not until():  # noqa: ASYNC110 - it is the loop that must turn
            await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def made(producer: Producer, written: set[tuple[str, int | None, int | None]] | None = None) -> Letters:
    letters = Letters("nowhere", set() if written is None else written, Metrics())
    letters._producer = producer
    return letters


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters_module, "AGAIN", 0)


async def test_a_message_gets_one_letter_and_a_workers_topic_none() -> None:
    producer = Producer()
    letters = made(producer, {("targets", 0, 1)})
    for one in (about(1), about(2), about(2), about(3, "signings"), about(4, "dead-letters"), about(5, "alerts")):
        letters.add(one)
    await run(letters, lambda: len(producer.sent) >= 2)
    letters.add(about(2))  # read again: not read back yet, but sent
    await run(letters, lambda: True)
    assert [(one.topic, one.offset) for one in producer.sent] == [("targets", 2), ("alerts", 5)]


async def test_a_letter_that_the_broker_does_not_take_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    producer = Producer([KafkaTimeoutError(), KafkaTimeoutError()])
    letters = made(producer)
    letters.add(about(1))
    await run(letters, lambda: producer.sent)
    assert [one.offset for one in producer.sent] == [1]
    assert [record.message for record in caplog.records] == ["dead_letter_waits"]


async def test_a_letter_that_another_process_wrote_meanwhile_is_not_written() -> None:
    producer, written = Producer([KafkaTimeoutError()]), set()
    letters = made(producer, written)
    letters.add(about(1))
    letters.add(about(2))
    written |= {("targets", 0, 1)}  # while it waited its moment
    await run(letters, lambda: producer.sent)
    assert [one.offset for one in producer.sent] == [2]


@pytest.mark.expects_errors
async def test_a_letter_that_never_fits_does_not_hold_up_the_others(caplog: pytest.LogCaptureFixture) -> None:
    producer = Producer([MessageSizeTooLargeError()])
    letters = made(producer)
    letters.add(about(1))
    letters.add(about(2))
    await run(letters, lambda: producer.sent)
    assert [one.offset for one in producer.sent] == [2]
    assert [record.message for record in caplog.records] == ["dead_letter_too_large"]


async def test_what_waits_is_bounded() -> None:
    letters = made(Producer())
    for offset in range(MAX_WAITING):
        assert not letters.full
        letters.add(about(offset))
    assert letters.full
