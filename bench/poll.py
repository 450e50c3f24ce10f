"""What polling costs: `python -m bench.poll`, or one part of it: `python -m bench.poll unchanged`.

The real poller (`Rota`, `Polls`, `KafkaSink`, its reader processes) against a local server and an embedded broker in
another process (`poll_site.py`). Each part runs in a process of its own, so that memory is its own; the poller is on
one core and the server on another. Every feed has a host of its own in 127.0.0.0/8, since hosts are asked in turn.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from schemas.feed_state import FeedState, Seen
from streams.feeds.clock import SystemClock
from streams.feeds.feeds_file import Feed
from streams.feeds.fetcher import Fetcher, user_agent
from streams.feeds.gate import Gate
from streams.feeds.identity import digest
from streams.feeds.network import parse_networks
from streams.feeds.poll import Polls
from streams.feeds.readers import Readers
from streams.feeds.rota import Rota
from streams.feeds.schedule import Limits
from streams.feeds.sink import KafkaSink
from streams.feeds.states import States, new_state
from streams.metrics import Metrics
from streams.settings import Settings

SAME = 2000
NEW = 200
MANY = 10_000
REMEMBERED = 50
"""Entries in the state of each of many feeds."""


def addresses(port: int, path: str, count: int) -> list[str]:
    """URLs of feeds, each of a host of its own."""
    return [f"http://127.{1 + n // 40_000}.{n // 200 % 200}.{1 + n % 200}:{port}/{path}/{n}" for n in range(count)]


@contextmanager
def site() -> Iterator[tuple[int, str]]:
    """The server's port and the broker's address; on another core when there is one."""
    cores = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(
        [sys.executable, "-m", "bench.poll_site"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        os.sched_setaffinity(process.pid, cores[-1:])
        port, brokers = process.stdout.readline().split()
        yield int(port), brokers
        assert process.stdin is not None
        process.stdin.close()


class Bench:
    """A poller for these feeds, with a broker."""

    def __init__(self, brokers: str, readers: int, deadline: float = 10.0) -> None:
        settings = Settings(kafka_brokers=brokers)
        clock = SystemClock()
        self.sink, self.readers = KafkaSink(settings), Readers(readers, deadline)
        self.fetcher = Fetcher(
            user_agent("bench", "x"), timeout=30, max_bytes=10_000_000, allowed=parse_networks("127.0.0.0/8")
        )
        limits = Limits(300, 86400)
        gate = Gate(clock, 0)
        self.polls = Polls(self.fetcher, self.readers, gate, self.sink, clock, limits, Metrics(), "bench")

    async def __aenter__(self) -> "Bench":
        self.readers.warm()
        await self.sink.start()
        await self.fetcher.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        self.readers.close()
        await self.fetcher.__aexit__()
        await self.sink.stop()

    async def poll(self, urls: Iterable[str]) -> tuple[Rota, float]:
        """Polls each feed once; the rota and the seconds it took."""
        feeds = [Feed(url=url, name=str(n)) for n, url in enumerate(urls)]
        rota = Rota(self.polls, feeds)
        await rota.load()
        started = time.perf_counter()
        await rota.poll_all()
        return rota, time.perf_counter() - started


async def bare(urls: list[str]) -> None:
    """A plain aiohttp loop for the same requests, as many at once as the poller makes."""
    connector = aiohttp.TCPConnector(limit=200)
    headers = {"If-None-Match": '"1"'}
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        slots = asyncio.Semaphore(100)

        async def get(url: str) -> None:
            async with slots, session.get(url, headers=headers) as answer:
                await answer.read()
                assert answer.status == 304

        await asyncio.gather(*map(get, urls))


async def unchanged() -> dict[str, float]:
    """Polls a second of feeds that answer 304, on one core; a plain loop beside it, in turns. The ratio is of processor
    time: the server, on its core, is no faster than either."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    with site() as (port, brokers):
        urls = addresses(port, "same", SAME)
        async with Bench(brokers, 1) as bench:
            rota, _ = await bench.poll(urls)
            rounds: dict[str, list[tuple[float, float]]] = {"poller": [], "plain": []}
            for _ in range(3):
                for name, work in (("plain", bare(urls)), ("poller", rota.poll_all())):
                    wall, processor = time.perf_counter(), time.process_time()
                    await work
                    rounds[name].append((time.perf_counter() - wall, time.process_time() - processor))
            assert all((state := rota.state_of(url)) and state.etag == '"1"' for url in urls)
    poller, plain = (min(rounds[name]) for name in ("poller", "plain"))
    ratio = min(used for _, used in rounds["plain"]) / min(used for _, used in rounds["poller"])
    return {"304 a second": SAME / poller[0], "plain loop a second": SAME / plain[0], "ratio": ratio}


async def articles() -> dict[str, float]:
    """New articles a second from 200 feeds of 50 items, acknowledged; memory of the poller and its readers."""
    with site() as (port, brokers):
        async with Bench(brokers, 2) as bench:
            await bench.poll(addresses(port, "new", 2))  # readers have loaded what they need
            before = time.process_time() + sum(map(used, bench.readers.running))
            _, seconds = await bench.poll(f"{url}9" for url in addresses(port, "new", NEW))
            processor = time.process_time() + sum(map(used, bench.readers.running)) - before
            memory = peak(os.getpid()) + sum(peak(pid) for pid in bench.readers.running)
    return {
        "articles a second": NEW * 50 / seconds,
        "articles a processor second": NEW * 50 / processor,
        "MB of poller and two readers": memory,
    }


async def memory() -> dict[str, float]:
    """Memory of a poller that knows 10,000 feeds with 50 entries each."""
    with site() as (port, brokers):
        async with Bench(brokers, 1) as bench:
            now = datetime.now(UTC)
            urls = addresses(port, "same", MANY)
            rota = Rota(bench.polls, [Feed(url=url, name=f"feed-{n}") for n, url in enumerate(urls)])
            states = States()
            for url in urls:
                states.put(remembering(url, now))
            rota._states = states
            rota._mine = set(urls)
            await rota.load()
            for url in urls[:500]:  # and polls
                rota._start(rota._state(url))
            await rota._finish()
            return {"MB at 10,000 feeds": peak(os.getpid())}


def remembering(url: str, now: datetime) -> FeedState:
    """The state of a feed with 50 entries."""
    seen = {
        f"g:{digest(url, str(n))}": Seen(
            article_id=digest(url, str(n), length=32),
            revision=1,
            content_hash=digest(str(n), url),
            first_seen=now - timedelta(hours=n),
            last_seen=now,
        )
        for n in range(REMEMBERED)
    }
    due = now + timedelta(days=1)
    return FeedState(feed=url, url=url, next_poll=due, etag='"1"', body_hash=digest(url, length=32), seen=seen)


async def lag() -> dict[str, float]:
    """How late the event loop is while a feed made to burn time is parsed, among others."""
    with site() as (port, brokers):
        async with Bench(brokers, 2, deadline=5) as bench:
            lags: list[float] = []
            ticking = asyncio.create_task(tick(lags))
            poison = [f"http://127.9.9.9:{port}/poison"]
            await asyncio.gather(bench.poll(poison), bench.poll(addresses(port, "new", 20)))
            ticking.cancel()
    lags.sort()
    return {"loop lag p99 ms": lags[int(len(lags) * 0.99)] * 1000, "loop lag most ms": lags[-1] * 1000}


async def tick(lags: list[float]) -> None:
    """Notes how much later than asked it wakes up."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - before - 0.01)


async def spread() -> dict[str, float]:
    """How evenly the first polls of 10,000 feeds lie over the minute they are given: the most in one second."""
    now = datetime.now(UTC)
    seconds = [
        int((new_state(Feed(url=url, name="x"), MANY, now).next_poll - now).total_seconds())
        for url in addresses(80, "same", MANY)
    ]
    most = max(seconds.count(second) for second in set(seconds))
    return {"starts in the busiest second": most, "seconds of starts": max(seconds) + 1}


def used(pid: int) -> float:
    """Processor seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """Most resident memory of a process, in MB."""
    if pid == os.getpid():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


PARTS = {"unchanged": unchanged, "articles": articles, "memory": memory, "lag": lag, "spread": spread}
GOALS: dict[str, tuple[str, float]] = {
    "304 a second": ("over", MANY / 60),
    "ratio": ("over", 0.7),
    "articles a second": ("over", 4000),
    "articles a processor second": ("over", 2000),
    "MB of poller and two readers": ("under", 150),
    "MB at 10,000 feeds": ("under", 300),
    "loop lag p99 ms": ("under", 100),
    "starts in the busiest second": ("under", 2 * MANY / 60),
}
"""10,000 feeds a minute; 10,000 articles in 2.5 s and a fifth of 742 MB: what a connector on the JVM did and took."""


def main(parts: list[str]) -> int:
    """Prints the table; 1 when a goal is missed."""
    if len(parts) == 1:
        print(json.dumps(asyncio.run(PARTS[parts[0]]())))
        return 0
    missed = 0
    print("| measure | found | goal | |\n|---|---|---|---|")
    for part in parts or PARTS:
        run = subprocess.run([sys.executable, "-m", "bench.poll", part], capture_output=True, text=True, check=True)
        for name, found in json.loads(run.stdout).items():
            way, goal = GOALS.get(name, ("", found))
            kept = found >= goal if way == "over" else found <= goal
            missed |= not kept
            print(f"| {name} | {found:,.4g} | {way} {f'{goal:,.4g}' if way else ''} | {'' if kept else 'missed'} |")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
