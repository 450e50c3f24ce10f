"""The polling service: a plain asyncio process. What it polls when is in `rota.py`; this starts and stops it."""

import asyncio
import contextlib
import importlib.metadata
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable

from prometheus_client import start_http_server

from streams.feeds import logs
from streams.feeds.clock import Clock, SystemClock
from streams.feeds.feeds_file import Feed, FeedsFileError, load_feeds
from streams.feeds.fetcher import Fetcher, user_agent
from streams.feeds.fulltext import FullText
from streams.feeds.gate import Gate
from streams.feeds.network import Network, parse_networks
from streams.feeds.poll import Polls
from streams.feeds.readers import Readers
from streams.feeds.robots import Robots
from streams.feeds.rota import AGAIN, Rota
from streams.feeds.schedule import Limits
from streams.feeds.sharing import Sharing
from streams.feeds.sink import KafkaSink, SinkError
from streams.feeds.watch import FeedsWatch
from streams.metrics import Metrics
from streams.settings import Settings


async def connect(tries: Callable[[], Awaitable[None]], clock: Clock, deadline: float, stop: asyncio.Event) -> bool:
    """Tries until it does not raise SinkError; False when that took over `deadline` seconds or `stop` was set."""
    started = clock.monotonic()
    while not stop.is_set():
        try:
            await tries()
            return True
        except SinkError as error:
            if clock.monotonic() - started > deadline:
                logs.warning("gave_up", detail=str(error), after_seconds=f"{deadline:g}")
                return False
            logs.warning("waiting_for_broker", detail=str(error))
            await clock.sleep(AGAIN)
    return False


def run(settings: Settings, once: bool = False) -> int:
    """The service. 0 after SIGTERM, SIGINT or (`once`) one poll of every feed; 1 without a broker; 2 on bad use."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what matters of it is said in our own lines
    try:
        allowed = parse_networks(settings.poll_allow_private)
        file = load_feeds(settings.feeds)
    except ValueError as error:
        print(f"DEALWIRE_POLL_ALLOW_PRIVATE: {error}", file=sys.stderr)
        return 2
    except FeedsFileError as error:
        print(error, file=sys.stderr)
        return 2
    for problem in file.problems:
        logs.warning("feeds_file", file=settings.feeds, line=problem.line, detail=problem.text)
    if not any(feed.enabled for feed in file.feeds):
        print(f"feeds file {str(settings.feeds)!r}: no feed to poll", file=sys.stderr)
        return 2
    return asyncio.run(_serve(settings, file.feeds, allowed, once))


async def _serve(settings: Settings, feeds: Iterable[Feed], allowed: tuple[Network, ...], once: bool) -> int:
    stop, metrics = _set_by(signal.SIGTERM, signal.SIGINT), Metrics()
    reread = _set_by(signal.SIGHUP)
    clock, sink, readers = SystemClock(settings.today, settings.timezone), KafkaSink(settings), Readers(2)
    version = importlib.metadata.version("dealwire")
    agent = user_agent(version, settings.contact)
    limits = Limits(settings.poll_min, max(settings.poll_min, settings.poll_max))
    server = _show_metrics(metrics, settings.poller_metrics_port)
    try:
        readers.warm()
        async with Fetcher(
            agent, timeout=settings.poll_timeout, max_bytes=settings.poll_max_bytes, allowed=allowed
        ) as fetcher:
            gate = Gate(clock, settings.poll_per_host_gap)
            robots = Robots(fetcher, readers, gate, clock)
            pages = FullText(fetcher, readers, gate, robots, clock, limits, metrics)
            polls = Polls(fetcher, readers, gate, sink, clock, limits, metrics, version, pages)
            sharing = None if once else Sharing(_name(), settings.session_timeout, clock, sink)
            rota = Rota(polls, feeds, sharing)

            async def begin() -> None:
                await sink.start()
                await (rota.load() if sharing is None else rota.share())

            if not await connect(begin, clock, settings.kafka_deadline, stop):
                return 0 if stop.is_set() else 1
            if sharing is None:
                code = await _until(stop, rota.poll_all())
            else:
                code = await _share_and_run(rota, sharing, stop, reread, settings)
            await rota.drain(settings.grace * 0.45)
            return code
    finally:
        readers.close()
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # clients whose broker is gone complain at their end
        await _within(settings.grace * 0.25, sink.stop())
        server()


async def _share_and_run(
    rota: Rota, sharing: Sharing, stop: asyncio.Event, reread: asyncio.Event, settings: Settings
) -> int:
    """Polls, keeps in touch with the other pollers and an eye on the feeds file; tells the others at the end."""
    keeping = asyncio.create_task(_keep_sharing(rota, sharing.every))
    watching = asyncio.create_task(FeedsWatch(settings.feeds, rota).keep_looking(reread))
    try:
        return await rota.run(stop, settings.kafka_deadline)
    finally:
        keeping.cancel()
        watching.cancel()
        await _within(settings.grace * 0.15, sharing.leave())


async def _keep_sharing(rota: Rota, every: float) -> None:
    while True:
        try:
            await rota.share()
        except SinkError as error:
            rota.miss_broker(error)
        await asyncio.sleep(every)


async def _within(seconds: float, work: Coroutine[None, None, None]) -> None:
    """Does what can be done in that time when the broker may be gone: the last words of a process."""
    with contextlib.suppress(TimeoutError, SinkError):
        await asyncio.wait_for(work, seconds)


def _name() -> str:
    """Of this process among the pollers: no other process has it, on any machine."""
    return f"{socket.gethostname()}-{os.getpid()}-{time.time_ns()}"


async def _until(stop: asyncio.Event, work: Coroutine[None, None, int]) -> int:
    """The result of the work, or 0 when `stop` comes first."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    return 0


def _set_by(*signals: signal.Signals) -> asyncio.Event:
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in signals:
        loop.add_signal_handler(number, event.set)
    return event


def _show_metrics(metrics: Metrics, port: int) -> Callable[[], None]:
    """Serves the metrics on loopback and returns what ends that. A taken port costs the metrics, not the poller."""
    try:
        server, thread = start_http_server(port, addr="127.0.0.1", registry=metrics.registry)
    except OSError as error:
        logs.warning("no_metrics", port=port, detail=error.strerror)
        return lambda: None
    print(f"poller: metrics on http://127.0.0.1:{server.server_port}/metrics", flush=True)

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join(1)

    return end
