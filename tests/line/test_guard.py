"""The guard, always through the loop that the agents run."""

import asyncio
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.base import Contract
from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS, MENTIONS, RAW_ARTICLES, SIGNINGS, Topic
from streams.guard import ATTEMPTS, Guard
from streams.limits import WINDOW, FailureLimit
from streams.metrics import Metrics
from streams.step import DROPPED, Out, Outcome, Place, Row, Step
from tests.fakes import FakeLink, FakeMessage, FakeStream

NOW = datetime(2024, 3, 15, tzinfo=UTC)


class Word(Contract):
    """A value."""

    word: str


IN, OUT = RAW_ARTICLES.name, MENTIONS.name
GOOD = Word(word="a").wire()


def echo(value: Word, place: Place) -> Outcome:
    """Sends what it gets."""
    return Outcome(outputs=(Out(MENTIONS, value.word, value),))


async def run(
    step: Step, values: list[bytes | None], link: FakeLink, until: Callable[[], bool], **limits: Any
) -> tuple[Metrics, list[str]]:
    """Run the agent's loop over the values until the condition holds; the metrics and the reasons to halt."""
    metrics, halts = Metrics(), []
    limit = FailureLimit(limits.get("max_run", 50), limits.get("max_share", 0.5))
    topic = limits.get("topic", IN)
    guard = Guard("stage", {topic: Word}, step, link, limit, metrics, lambda: NOW, halts.append)
    messages = [FakeMessage(topic, value, offset) for offset, value in enumerate(values)]
    loop = asyncio.create_task(guard.run(FakeStream(messages)))
    async with asyncio.timeout(5):
        while not until() and not halts:  # noqa: ASYNC110 - it is the loop that must turn
            await asyncio.sleep(0)
    for _ in range(20):  # whatever would still happen, may
        await asyncio.sleep(0)
    assert not loop.done(), "an exception left the agent"
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    return metrics, halts


def letters(link: FakeLink) -> list[DeadLetter]:
    """The dead letters sent."""
    return [DeadLetter.model_validate_json(value) for topic, _, value in link.sent if topic == DEAD_LETTERS.name]


async def test_outputs_are_delivered_then_rows_written_then_the_message_is_done() -> None:
    class Table:
        name = "table"

    def step(value: Word, place: Place) -> Outcome:
        return Outcome(outputs=(Out(MENTIONS, "k", value),), rows=(Row(Table(), "row", (0,), value),))  # type: ignore[arg-type]

    link = FakeLink()
    link.held[OUT] = asyncio.get_running_loop().create_future()
    await run(step, [GOOD], link, lambda: ("sent", OUT) in link.log)
    assert link.log == [("held", "row"), ("sent", OUT)]

    link = FakeLink()
    link.held[OUT] = asyncio.get_running_loop().create_future()
    link.held[OUT].set_result(None)
    link.held["changelog"] = asyncio.get_running_loop().create_future()
    await run(step, [GOOD], link, lambda: ("kept", "row") in link.log)
    assert link.log == [("held", "row"), ("sent", OUT), ("kept", "row")]

    link.held["changelog"].cancel()
    link = FakeLink()
    await run(step, [GOOD], link, lambda: link.finished == [0])
    assert link.log == [("held", "row"), ("sent", OUT), ("kept", "row"), ("done", 0)]


@pytest.mark.expects_errors
@pytest.mark.parametrize("failing", [False, True])
async def test_what_no_message_led_to_is_delivered_before_its_rows_are_written(
    failing: bool,
) -> None:
    class Table:
        name = "table"

    def work() -> Outcome:
        value = Word(word="a")
        return Outcome(outputs=(Out(MENTIONS, "k", value),), rows=(Row(Table(), "row", (0,), value),))  # type: ignore[arg-type]

    link, halts = FakeLink(failing=frozenset({OUT} if failing else ())), list[str]()
    guard = Guard("stage", {}, echo, link, FailureLimit(1, 1), Metrics(), lambda: NOW, halts.append)
    await guard.do_now(0, work)
    assert link.log == [("held", "row"), ("sent", OUT), *([] if failing else [("kept", "row")])]
    assert bool(halts) is failing


async def test_messages_are_done_in_their_order_though_later_ones_are_taken_meanwhile() -> None:
    link = FakeLink()
    link.held[OUT] = asyncio.get_running_loop().create_future()

    def step(value: Word, place: Place) -> Outcome:
        return echo(value, place) if place.offset == 0 else DROPPED

    def release() -> bool:
        if not link.held[OUT].done() and len(link.log) == 1:
            link.held[OUT].set_result(None)
        return len(link.finished) == 3

    metrics, _ = await run(step, [GOOD] * 3, link, release)
    assert link.finished == [0, 1, 2]
    assert metrics.registry.get_sample_value(
        "dealwire_stage_messages_total", {"stage": "stage", "outcome": "dropped"}
    ) == 2  # fmt: skip


@pytest.mark.parametrize(
    ("value", "reason"),
    [(b"\xff\x00 no JSON", "decode"), (b"", "decode"), (None, "decode"), (b'{"word": "a", "odd": 1}', "invalid")],
)
async def test_what_cannot_be_read_is_a_dead_letter_with_its_bytes(value: bytes | None, reason: str) -> None:
    link = FakeLink()
    metrics, halts = await run(echo, [value, GOOD], link, lambda: len(link.finished) == 2)
    (letter,) = letters(link)
    assert (letter.reason, letter.topic, letter.partition, letter.offset) == (reason, IN, 0, 0)
    assert (b64decode(letter.value) if letter.value is not None else None) == value
    assert b64decode(letter.key or "") == b"key"
    assert halts == []
    assert metrics.registry.get_sample_value("dealwire_dead_letters_total", {"stage": "stage", "reason": reason}) == 1


async def test_a_null_on_a_compacted_topic_takes_a_record_back_and_is_no_mistake() -> None:
    link = FakeLink()
    metrics, _ = await run(echo, [None, GOOD], link, lambda: len(link.finished) == 2, topic=SIGNINGS.name)
    assert letters(link) == []
    counted = [
        metrics.registry.get_sample_value("dealwire_stage_messages_total", {"stage": "stage", "outcome": outcome})
        for outcome in ("dropped", "done", "dead")
    ]
    assert counted == [1, 1, None]


async def test_a_step_that_fails_is_tried_again_and_then_a_dead_letter() -> None:
    tries: list[int] = []

    def step(value: Word, place: Place) -> Outcome:
        tries.append(place.offset)
        if place.offset == 0 or len(tries) == ATTEMPTS + 1:
            raise KeyError("odd")
        return echo(value, place)

    link = FakeLink()
    metrics, halts = await run(step, [GOOD, GOOD], link, lambda: len(link.finished) == 2)
    assert tries == [0] * ATTEMPTS + [1, 1]
    (letter,) = letters(link)
    assert (letter.reason, letter.attempts, letter.offset) == ("failed", ATTEMPTS, 0)
    assert "odd" in letter.error
    assert halts == []
    assert metrics.registry.get_sample_value("dealwire_stage_retries_total", {"stage": "stage"}) == ATTEMPTS


async def test_an_output_that_does_not_fit_its_topic_is_a_dead_letter() -> None:
    committed: list[int] = []

    def step(value: Word, place: Place) -> Outcome:
        big = Word(word="x" * MENTIONS.max_message_bytes)
        return Outcome(outputs=(Out(MENTIONS, "k", big),), commit=lambda: committed.append(1))

    link = FakeLink()
    await run(step, [GOOD], link, lambda: link.finished == [0])
    assert [letter.reason for letter in letters(link)] == ["too_large"]
    assert committed == []


@pytest.mark.expects_errors
@pytest.mark.parametrize("failing", [OUT, "changelog"])
async def test_a_delivery_that_fails_stops_the_worker_and_nothing_is_done(failing: str) -> None:
    class Table:
        name = "table"

    def step(value: Word, place: Place) -> Outcome:
        return Outcome(outputs=(Out(MENTIONS, "k", value),), rows=(Row(Table(), "row", (0,), value),))  # type: ignore[arg-type]

    link = FakeLink(failing=frozenset({failing}))
    _, halts = await run(step, [GOOD], link, lambda: False)
    assert len(halts) == 1
    assert "is not there" in halts[0]
    assert link.finished == []


@pytest.mark.expects_errors
async def test_a_dead_letter_that_cannot_be_written_stops_the_worker() -> None:
    link = FakeLink(failing=frozenset({DEAD_LETTERS.name}))
    _, halts = await run(echo, [b"odd", GOOD], link, lambda: False)
    assert len(halts) == 1
    assert link.finished == []


@pytest.mark.expects_errors
async def test_a_run_of_failures_stops_the_worker_and_the_rest_is_not_taken() -> None:
    link = FakeLink()
    _, halts = await run(echo, [GOOD] + [b"odd"] * 9, link, lambda: False, max_run=3)
    assert halts == ["stage: 3 messages in a row failed; the limit is 3 (DEALWIRE_MAX_FAILURES)"]
    assert len(letters(link)) == 3
    assert max(link.finished) <= 3


async def test_a_success_ends_the_run_of_failures() -> None:
    link = FakeLink()
    values: list[bytes | None] = [b"odd", b"odd", GOOD] * 5
    _, halts = await run(echo, values, link, lambda: len(link.finished) == len(values), max_run=3, max_share=1)
    assert halts == []
    assert len(letters(link)) == 10


@pytest.mark.expects_errors
async def test_the_share_of_failures_stops_the_worker_once_the_window_is_full() -> None:
    link = FakeLink()
    values: list[bytes | None] = [b"odd", GOOD] * WINDOW
    _, halts = await run(echo, values, link, lambda: False, max_run=1000, max_share=0.5)
    assert len(halts) == 1
    assert "50% of the last 200 messages" in halts[0]
    assert len(letters(link)) == WINDOW // 2


async def test_a_share_below_the_limit_does_not() -> None:
    link = FakeLink()
    values: list[bytes | None] = [b"odd", GOOD, GOOD] * WINDOW
    _, halts = await run(echo, values, link, lambda: len(link.finished) == len(values), max_run=1000, max_share=0.5)
    assert halts == []


async def test_the_share_is_not_taken_before_the_window_is_full() -> None:
    link = FakeLink()
    values: list[bytes | None] = [b"odd", b"odd", b"odd", GOOD] * (WINDOW // 4 - 1)
    _, halts = await run(echo, values, link, lambda: len(link.finished) == len(values), max_run=1000, max_share=0.5)
    assert halts == []


def test_the_topic_of_dead_letters_takes_any_message_in_base64() -> None:
    largest = max(topic.max_message_bytes for topic in _others())
    assert DEAD_LETTERS.max_message_bytes > largest * 4 / 3 + 10_000


def _others() -> list[Topic]:
    from schemas.topics import TOPICS

    return [topic for topic in TOPICS if topic is not DEAD_LETTERS]
