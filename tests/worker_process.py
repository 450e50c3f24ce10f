"""A worker process for the tests: the real one, with a trace of what it was done with and ways to provoke what is rare.

The ways only widen windows of time that exist without them, and change no decision of the code; but for those that
leave a safeguard out, to show what it is for.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from streams import app, link
from streams.faust_mends import MENDS, MendedConsumer, MendedThread
from streams.row_table import RowTable
from streams.settings import load
from streams.step import Held, Version


def trace_to(path: Path) -> None:
    """Write `topic partition offset generation` of every message that is done, before it may be committed."""
    file = path.open("a", buffering=1)
    done = link.FaustLink.done

    def traced(self: link.FaustLink, message: Any) -> None:
        file.write(f"{message.topic} {message.partition} {message.offset} {message.generation_id}\n")
        done(self, message)

    link.FaustLink.done = traced  # type: ignore[method-assign]


def trust_the_last() -> None:
    """No fence: of two values of a row the last that comes is kept, whatever their versions."""

    def hold(self: RowTable[Any], partition: int, key: str, version: Version, record: Any) -> bool:
        self._rows.setdefault(partition, {})[key] = Held(version, record)
        return True

    RowTable.hold = hold  # type: ignore[method-assign]


def done_at_once() -> None:
    """No guard: a message counts as done when it is taken, before what it leads to is delivered."""
    take = app.Guard.take

    async def eagerly(self: app.Guard, message: Any) -> None:
        self.link.done(message)
        await take(self, message)

    app.Guard.take = eagerly  # type: ignore[method-assign]


def slow_down(seconds: float, topic: str) -> None:
    """Each message of the topic takes so long."""
    take = app.Guard.take

    async def slowly(self: app.Guard, message: Any) -> None:
        if message.topic == topic:
            await asyncio.sleep(seconds)
        await take(self, message)

    app.Guard.take = slowly  # type: ignore[method-assign]


def slow_seek(seconds: float) -> None:
    """The question for the committed offsets takes so long, as over a slow network."""
    seek = MendedConsumer.perform_seek

    async def slowly(self: MendedConsumer) -> None:
        print("seeking", file=sys.stderr, flush=True)
        await asyncio.sleep(seconds)
        await seek(self)

    MendedConsumer.perform_seek = slowly  # type: ignore[method-assign]


def slow_delivery(seconds: float, topic: str) -> None:
    """Each fetched message of the topic takes so long on its way to its agent."""
    to_message = MendedConsumer._to_message

    def slowly(self: MendedConsumer, tp: Any, record: Any) -> Any:
        if tp.topic == topic:
            time.sleep(seconds)
        return to_message(self, tp, record)

    MendedConsumer._to_message = slowly  # type: ignore[method-assign]


def long_poll(seconds: float) -> None:
    """A question for messages waits so long for an answer."""
    getmany = MendedThread.getmany

    async def patiently(self: MendedThread, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109
        return await getmany(self, active_partitions, seconds)

    MendedThread.getmany = patiently  # type: ignore[method-assign]


def slip(topic: str, numbers: set[int]) -> None:
    """The messages of these numbers in the topic look as if they had been fetched before a rebalance."""
    to_message = MendedConsumer._to_message
    seen = 0

    def slipped(self: MendedConsumer, tp: Any, record: Any) -> Any:
        nonlocal seen
        message = to_message(self, tp, record)
        if message.topic == topic:
            seen += 1
            if seen in numbers:
                message.generation_id -= 1
        return message

    MendedConsumer._to_message = slipped  # type: ignore[method-assign]


def main() -> int:
    """Run a worker."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trace", type=Path, required=True)
    parser.add_argument("--leave-out", choices=sorted(MENDS), action="append", default=[])
    parser.add_argument("--no-fence", action="store_true")
    parser.add_argument("--no-guard", action="store_true")
    parser.add_argument("--slow", type=float, default=0.0)
    parser.add_argument("--slow-topic", default="raw-articles")
    parser.add_argument("--slow-seek", type=float, default=0.0)
    parser.add_argument("--slow-delivery", type=float, default=0.0)
    parser.add_argument("--long-poll", type=float, default=0.0)
    parser.add_argument("--slip", default="")
    options = parser.parse_args()
    trace_to(options.trace)
    if options.no_fence:
        trust_the_last()
    if options.no_guard:
        done_at_once()
    if options.slow:
        slow_down(options.slow, options.slow_topic)
    if options.slow_seek:
        slow_seek(options.slow_seek)
    if options.slow_delivery:
        slow_delivery(options.slow_delivery, options.slow_topic)
    if options.long_poll:
        long_poll(options.long_poll)
    if options.slip:
        slip("raw-articles", {int(number) for number in options.slip.split(",")})
    return app.run_worker(load(), MENDS - set(options.leave_out))


if __name__ == "__main__":
    raise SystemExit(main())
