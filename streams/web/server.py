"""The web process: one event loop that reads the topics and serves the board."""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from aiokafka.errors import KafkaError

from streams import logs
from streams.broker import BrokerError
from streams.metrics import Metrics
from streams.settings import Settings
from streams.web.live import Live
from streams.web.reader import Reader
from streams.web.routes import Site, create_app
from streams.web.view import View

log = logging.getLogger(__name__)
RETRY_SECONDS = 1.0


class Failed(Exception):
    """The process cannot go on; the message is one line."""


class _Server(uvicorn.Server):
    """Leaves signals to `run`: uvicorn would raise them again after it has stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(settings: Settings) -> int:
    """Serves until SIGTERM or SIGINT. Exit code 0, or 1 with one line on standard error."""
    logs.set_up(settings.log_level)
    if settings.log_level != "DEBUG":
        # The reader says what is wrong with the broker, once; the client library says it each second.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
    try:
        asyncio.run(_main(settings))
    except Failed as error:
        print(f"web: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


async def _main(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, stop)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Serves until `stop` is set. Raises Failed when the address is taken or no broker answers in time."""
    metrics = Metrics()
    live, view = Live(metrics.web_clients), View()
    reader = Reader(settings, view, metrics, live)
    with listen(settings.web_host, settings.web_port) as listener:
        if not await _connect(reader, settings, stop):
            return
        try:
            await _serve(Site(view, live, reader, metrics), listener, settings.grace, stop)
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.close(), settings.grace / 4)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any. Raises Failed when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)  # from the moment the address is printed, a connection waits instead of being refused
    except (OSError, UnicodeError) as error:  # a name that no host can have is a UnicodeError
        raise Failed(
            f"cannot listen on {host}:{port}: {error}; set DEALWIRE_WEB_HOST and DEALWIRE_WEB_PORT to a free address"
        ) from error
    return listener


async def _connect(reader: Reader, settings: Settings, stop: asyncio.Event) -> bool:
    """True when a broker answered, false when told to stop first. Raises Failed after the deadline."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + settings.kafka_deadline
    stopping = asyncio.create_task(stop.wait())
    said = False
    while not stop.is_set():
        trying = asyncio.create_task(reader.connect())
        await asyncio.wait({trying, stopping}, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        trying.cancel()
        try:
            await trying
            return True
        except asyncio.CancelledError:  # told to stop, or the deadline
            error: Exception = TimeoutError()
        except (BrokerError, KafkaError, OSError) as failure:
            error = failure
        if loop.time() + RETRY_SECONDS >= deadline and not stop.is_set():
            where = f"no broker at {settings.kafka_brokers} after {settings.kafka_deadline:g} s"
            raise Failed(f"{where}; set DEALWIRE_KAFKA_BROKERS or start the broker") from error
        if not said:
            print(f"web: no broker at {settings.kafka_brokers} yet, trying again", file=sys.stderr, flush=True)
            said = True
        await asyncio.wait({stopping}, timeout=RETRY_SECONDS)
    return False


async def _serve(site: Site, listener: socket.socket, grace: float, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        create_app(site),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=max(1, int(grace / 2)),
    )
    server = _Server(config)
    reading = asyncio.create_task(site.reader.run())
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    print(f"board at {address_of(listener)}", flush=True)
    await asyncio.wait({reading, serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    site.live.close()
    server.should_exit = True
    await serving
    stopping.cancel()
    if reading.done() and (error := reading.exception()):
        raise Failed(f"reading the topics failed: {error!r}") from error
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading


def address_of(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
