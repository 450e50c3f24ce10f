"""A worker as a process: wait for the broker, compare the topics, run the app, stop in time."""

import asyncio
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

from prometheus_client import start_http_server

from schemas.topics import Topic
from streams import admin, logs
from streams.broker import BrokerError, is_embedded, touch_topics
from streams.lag import LagReader
from streams.metrics import Metrics
from streams.settings import Settings

log = logging.getLogger(__name__)

RETRY_EVERY = 2.0
LAG_EVERY = 5.0
STOPPED, FAILED = 0, 1


class Line(Protocol):
    """What is run."""

    app: Any
    halted: asyncio.Event
    reason: str


def run(settings: Settings, metrics: Metrics, consumed: tuple[Topic, ...], build: Callable[[], Line]) -> int:
    """Run to the end; the exit code. One line on standard error says why it is not 0."""
    logs.set_up(settings.log_level)
    try:
        prepare(settings)
        try:
            server, _ = start_http_server(settings.worker_metrics_port, "127.0.0.1", metrics.registry)
        except OSError as error:
            raise BrokerError(
                f"DEALWIRE_WORKER_METRICS_PORT {settings.worker_metrics_port}: {error.strerror}"
            ) from error
    except BrokerError as error:
        return _fail(str(error))
    print(f"worker: metrics on http://127.0.0.1:{server.server_port}/metrics", flush=True)
    lag = LagReader(settings.kafka_brokers, tuple(topic.name for topic in consumed))
    try:
        return asyncio.run(_run(settings, metrics, lag, build))
    finally:
        server.shutdown()


def prepare(settings: Settings, sleep: Callable[[float], None] | None = None) -> None:
    """Wait for the broker, then compare its topics with the registry. Raises BrokerError."""
    wait_for_broker(settings, sleep or threading.Event().wait)
    if is_embedded(settings.kafka_brokers):
        touch_topics(settings.kafka_brokers)
        return
    found = admin.differences(settings.kafka_brokers)
    if found:
        raise BrokerError(f"topics differ from the registry: {'; '.join(found)}. See `dealwire topics check`")


def wait_for_broker(settings: Settings, sleep: Callable[[float], Any]) -> None:
    """Try until a broker answers. Raises BrokerError after `kafka_deadline` seconds."""
    deadline = monotonic() + settings.kafka_deadline
    while True:
        try:
            is_embedded(settings.kafka_brokers, timeout=min(5.0, settings.kafka_deadline / 4))
            return
        except BrokerError as error:
            left = deadline - monotonic()
            if left <= 0:
                raise BrokerError(f"{error}; gave up after {settings.kafka_deadline:g} s") from error
            log.warning("no broker yet", extra={"error": str(error), "seconds_left": round(left)})
            sleep(min(RETRY_EVERY, left))


async def _run(settings: Settings, metrics: Metrics, lag: LagReader, build: Callable[[], Line]) -> int:
    line = build()
    app = line.app
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    app.on_startup_finished = _say_ready
    start = asyncio.create_task(app.start(), name="start")
    watch = asyncio.create_task(_watch_lag(lag, metrics), name="lag")
    ends = {
        asyncio.create_task(asked.wait(), name="asked"),
        asyncio.create_task(line.halted.wait(), name="halted"),
        asyncio.create_task(app.wait_until_stopped(), name="crashed"),
    }
    done, pending = await asyncio.wait({*ends, start}, return_when=asyncio.FIRST_COMPLETED)
    if done == {start} and start.exception() is None:
        done, pending = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in (*pending, watch):
        task.cancel()
    code = STOPPED if asked.is_set() and not line.halted.is_set() else FAILED
    hard_stop(settings.grace, code)
    reason = "" if code == STOPPED else line.reason or f"the worker crashed: {_reason(app, start)}"
    log.info("stopping", extra={"reason": reason or "asked to"})
    await app.stop()
    log.info("stopped")
    return code if not reason else _fail(reason)


async def _say_ready() -> None:
    log.info("worker ready")


async def _watch_lag(lag: LagReader, metrics: Metrics) -> None:
    while True:
        await asyncio.to_thread(lag.observe, metrics)
        await asyncio.sleep(LAG_EVERY)


def hard_stop(grace: float, code: int) -> None:
    """End the process after `grace` seconds, whatever still hangs (rule 15). What is not acked comes again."""

    def end() -> None:
        sys.stderr.write(f"dealwire: did not stop within {grace:g} s (DEALWIRE_GRACE); ended\n")
        sys.stderr.flush()
        os._exit(code)

    timer = threading.Timer(grace, end)
    timer.daemon = True
    timer.start()


def _reason(app: Any, start: "asyncio.Task[Any]") -> str:
    error = app.crash_reason or (start.done() and not start.cancelled() and start.exception())
    if not isinstance(error, BaseException):
        return "no reason given"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{error!r} at {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(error)


def _fail(line: str) -> int:
    print(f"dealwire: {line}", file=sys.stderr, flush=True)
    return FAILED
