"""What the ledger costs: `python -m bench.ledger [--quick]`; of one size of book: `python -m bench.ledger --size 1000`.

The real step and the real table of a worker, without Kafka: rows of a changelog are decoded into the table, the book
is built from it, and new articles go through the step, their outputs and rows encoded as they would be sent. Each size
runs in a process of its own, so that memory is its own. Times are of the processor.
"""

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from bench.happenings import OWNER, Pace, record, records
from schemas.event import Mentions
from schemas.total import OwnerTotals
from streams.faust_mends import MendedApp
from streams.ledger.agent import Ledger, Turned
from streams.ledger.national_agent import national_step
from streams.metrics import Metrics
from streams.row_table import RowTable, encode_row
from streams.step import Outcome, Place, Step

TODAY = date(2024, 6, 28)
PACE = Pace(TODAY)
LONG_AGO = 400
"""Days back, or the oldest day of a smaller book: all its periods but the year have closed, and no window has it."""
SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK = (1_000, 10_000)
RESTORED = 100_000
"""The size whose restoring has a goal."""
CROWD, IN_ONE = 2_000, 40
"""Happenings of one province on one day, and how many of them one article tells."""
TRIES = 60
"""Mentions timed, of each age."""
SESSION = 10.0
"""Seconds that restoring may take."""
GOALS = {"ratio": 2.0, "memory": 1.0, "value": 256.0, "restore": SESSION}


@dataclass
class Worker:
    """The steps of a worker and its tables, with what they would write counted. Use in a running event loop."""

    today: date = TODAY
    values: dict[str, list[int]] = field(default_factory=dict)
    """Bytes of every table value written, by table."""
    sent: dict[str, list[int]] = field(default_factory=dict)
    """Bytes of every output, by topic."""

    def __post_init__(self) -> None:
        self.app = MendedApp("bench", broker="kafka://127.0.0.1:1", store="memory://", Table=RowTable)
        self.table = self._table("ledger", Mentions)
        self.ledger = Ledger(
            self.table, self._table("ledger-days", Turned), lambda: self.today, lambda: datetime.now(UTC), Metrics()
        )
        self.national = national_step(self._table("owner-rows", OwnerTotals), lambda: self.today)
        self._offset = 0

    async def restore(self, rows: Iterable[Mentions]) -> tuple[float, float]:
        """Fill the table as recovery does, then build the book; processor seconds of each."""
        decoding, source = 0.0, iter(rows)
        while batch := list(islice(source, 1000)):
            events = [SimpleNamespace(message=self._changelog(one)) for one in batch]
            before = time.process_time()
            self.table.apply_changelog_batch(events)
            decoding += time.process_time() - before
        before = time.process_time()
        await self.ledger.restore()
        return decoding, time.process_time() - before

    def take(self, mentions: Mentions) -> float:
        """One record through the ledger's step, all it leads to encoded; processor seconds."""
        before = time.process_time()
        outcome = self._run(self.ledger.step, mentions)
        spent = time.process_time() - before
        for out in outcome.outputs:
            if isinstance(out.value, OwnerTotals):
                self._run(self.national, out.value)
        return spent

    def _run(self, step: Step, value: Any) -> Outcome:
        self._offset += 1
        outcome = step(value, Place("bench", 0, self._offset))
        if outcome.commit:
            outcome.commit()
        for row in outcome.rows:
            row.table.hold(0, row.key, row.version, row.record)  # type: ignore[attr-defined]
            self.values.setdefault(row.table.name, []).append(len(encode_row(row.version, row.record)))
        for out in outcome.outputs:
            self.sent.setdefault(out.topic.name, []).append(len(out.value.wire()))
        return outcome

    def _table(self, name: str, model: type[Any]) -> Any:
        table: Any = self.app.Table(name, partitions=1, key_type=bytes, value_type=bytes)
        table.model, table.on_unreadable = model, _fail
        return table

    def _changelog(self, one: Mentions) -> Any:
        self._offset += 1
        key = f"{OWNER}|{one.article.article_id}".encode()
        value = encode_row((one.article.revision, self._offset), one)
        return SimpleNamespace(topic="changelog", partition=0, offset=self._offset, key=key, value=value)


async def measure(size: int) -> dict[str, float]:
    """A book of so many happenings: memory, restoring, and what one more mention takes."""
    worker = Worker()
    await worker.restore(records(100, PACE, 10**9))  # what is made at first use
    worker = Worker()
    gc.collect()
    empty = resident("VmRSS")
    decoding, building = await worker.restore(records(size, PACE))
    gc.collect()
    held = resident("VmRSS") - empty
    spent: dict[str, list[float]] = {"new": [], "old": []}
    for number in range(TRIES):
        for age, at in (("new", 0), ("old", min(size - 1, LONG_AGO * PACE.a_day))):
            spent[age].append(worker.take(record(2 * 10**9 + at + number, PACE.day(at))))
    return {
        "size": size,
        "KB": held / size,
        "peak KB": (resident("VmHWM") - empty) / size,
        "decode s": decoding,
        "build s": building,
        "new ms": 1000 * median(spent["new"]),
        "old ms": 1000 * median(spent["old"]),
        "most ms": 1000 * max(map(max, spent.values())),
        "records": sum(map(len, worker.values.values())) / TRIES / 2,
        "bytes": sum(map(sum, worker.values.values())) / TRIES / 2,
        "sent": sum(map(len, worker.sent.values())) / TRIES / 2,
        "sent bytes": sum(map(sum, worker.sent.values())) / TRIES / 2,
    }


async def crowd() -> dict[str, float]:
    """Largest value of each table, in KB, when one province has a crowded day."""
    worker = Worker()
    for first in range(0, CROWD, IN_ONE):
        worker.take(record(first, TODAY, IN_ONE))
    for _, work in worker.ledger.turn():
        for row in work().rows:
            worker.values.setdefault(row.table.name, []).append(len(encode_row(row.version, row.record)))
    return {table: max(sizes) / 1024 for table, sizes in worker.values.items()}


def resident(name: str, file: str = "/proc/self/status") -> float:
    """Memory of this process in KB: VmRSS now, VmHWM at most; of /proc/meminfo, that of the machine."""
    lines = Path(file).read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name))


Row = tuple[str, str, float, float | None]
"""What, with what, found, and at most so much."""


def rows(sizes: Iterable[int]) -> Iterator[Row]:
    """The table, as it is measured."""
    first, found, of = dict[str, float](), dict[str, float](), ""
    for size in sizes:
        needed = found["peak KB"] * size / 1e6 if first else 0.0
        if needed > 0.7 * resident("MemAvailable", "/proc/meminfo") / 1e6:
            yield "not measured: would take so many GB", f"{size:,} happenings", needed, GOALS["memory"] * size / 1e6
            continue
        found = _alone("--size", str(size))
        of = f"{size:,} happenings"
        yield "one mention of today, ms", of, found["new ms"], None
        yield "one mention of long ago, ms", of, found["old ms"], None
        yield "the slowest of them, ms", of, found["most ms"], None
        yield "memory a happening, KB", of, found["KB"], GOALS["memory"] if size >= RESTORED else None
        yield "the same at its peak, KB", of, found["peak KB"], None
        restoring = found["decode s"] + found["build s"]
        yield "restoring the table, s", of, found["decode s"], None
        yield "restoring table and book, s", of, restoring, GOALS["restore"] if size == RESTORED else None
        first = first or found
    for age, name in (("new ms", "today"), ("old ms", "long ago")):
        yield f"one mention of {name}, last to first", "", found[age] / first[age], GOALS["ratio"]
    yield "changelog records a mention", of, found["records"], None
    yield "changelog bytes a mention", of, found["bytes"], None
    yield "other records a mention", of, found["sent"], None
    yield "other bytes a mention", of, found["sent bytes"], None
    for table, most in sorted(_alone("--crowd").items()):
        yield f"largest value of {table}, KB", f"{CROWD:,} on one day", most, GOALS["value"]


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 10,000 happenings instead of 1,000,000")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="no book of more happenings than this")
    parser.add_argument("--size", type=int, help="only a book of so many, as JSON")
    parser.add_argument("--crowd", action="store_true", help="only the largest table values, as JSON")
    chosen = parser.parse_args()
    if chosen.size or chosen.crowd:
        print(json.dumps(asyncio.run(measure(chosen.size) if chosen.size else crowd())))
        return 0
    missed = 0
    print("| measure | with | found | goal | |\n|---|---|---|---|---|")
    for what, of, found, goal in rows(QUICK if chosen.quick else [size for size in SIZES if size <= chosen.most]):
        kept = goal is None or found <= goal
        missed |= not kept
        least = f"at most {goal:,g}" if goal is not None else ""
        print(f"| {what} | {of} | {found:,.4g} | {least} | {'' if kept else 'missed'} |", flush=True)
    return missed


def _alone(*options: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ledger", *options]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def _fail(reason: str) -> None:
    raise RuntimeError(reason)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
