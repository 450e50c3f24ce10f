"""`dealwire demo`: the whole line on the sample feeds, every part in a process of its own.

broker, feeds server ─▶ poller ─▶ 2 workers ─▶ web     (children)
terminal ◀─ topics                                      (this process: reads, shows, checks)
"""

import contextlib
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from confluent_kafka import KafkaException

from schemas.event import Event
from schemas.topics import APP
from streams.demo.picture import Picture
from streams.demo.processes import Child, ChildDied, Processes
from streams.demo.reader import Reader
from streams.demo.samples import day_in, expected_poison, expected_revisions, in_words, sample_feeds
from streams.demo.screen import Progress, Screen
from streams.demo.setup import child_settings, feeds_file, free_port
from streams.demo.verify import verify
from streams.settings import Settings

WORKERS = 2
STALL = 60.0
"""Seconds without anything new after which `--once` gives up."""
START = 20.0
"""Seconds the broker may take to start."""
LOOK = 0.5
"""Seconds between two looks at the children and at the workers' progress."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the demo to stop."""


class Stalled(Exception):
    """Nothing has moved for too long. The message says how far the line came."""


@contextlib.contextmanager
def stop_requests() -> Iterator[list[int]]:
    """The signals that asked us to stop, so far: looked at between steps, so that none is cut in half."""
    asked: list[int] = []
    before = {number: signal.signal(number, lambda got, _: asked.append(got)) for number in STOP_SIGNALS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(once: bool, settings: Settings) -> int:
    """Run the demo; the exit code: 0, or 1 when a child died, nothing moved any more, or a check failed.

    With `once` it ends when every sample article has gone through, and checks the result; otherwise Ctrl-C ends it.
    """
    with stop_requests() as asked, tempfile.TemporaryDirectory(prefix="dealwire-demo-") as folder:
        screen = Screen()
        try:
            with Processes(Path(folder), settings.grace) as processes, screen:
                demo = Demo(once, settings, screen, processes, asked)
                demo.start()
                demo.watch()
            screen.totals(demo.picture)
            return verify(demo.picture, demo.feeds, demo.today, screen)
        except Stopped:
            screen.say("stopped; every process has ended", "bold")
            return 1 if once else 0
        except (ChildDied, Stalled) as error:
            screen.say(f"dealwire demo: {error}", "bold red")
            return 1


@dataclass
class Demo:
    """One run: starts the children, reads the topics until it may end, and checks what came out."""

    once: bool
    settings: Settings
    screen: Screen
    processes: Processes
    asked: list[int]
    picture: Picture = field(default_factory=Picture)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.feeds = sample_feeds()
        self.today: date = self.settings.today or day_in(self.settings.timezone)
        self.expected = expected_revisions(self.feeds)
        self.first_event = self.through = False
        self.board = ""

    def start(self) -> None:
        """Start every child; the broker first, because the others are told its address."""
        self.screen.say(f"starting a broker, a feeds server, a poller, {WORKERS} workers and the board", "bold")
        folder, start = self.processes.folder, self.processes.start
        broker = start("broker", ["streams.demo.broker_process"], last=True)
        listening = socket.create_server(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        file = folder / "feeds.toml"
        file.write_text(feeds_file(self.feeds, base), "utf-8")
        with listening:
            arguments = ["streams.demo.feeds_server", str(listening.fileno()), self.today.isoformat()]
            start("feeds server", arguments, pass_fds=(listening.fileno(),))
        address = self._address_of(broker)
        env = child_settings(
            self.settings,
            kafka_brokers=address,
            feeds=file,
            web_port=free_port(self.settings.web_port, self.settings.web_host),
            # A day that turned in the middle would move every window away from what is compared with.
            today=self.today if self.once else self.settings.today,
        )
        for number in range(1, WORKERS + 1):
            start(f"worker {number}", ["streams", "work"], env)
        start("poller", ["streams", "poll"], env)
        self.web = start("web", ["streams", "web"], env)
        self.reader = Reader(address, APP)
        self.screen.say(f"{in_words(self.feeds)}; at {base}; invented deals, real places")
        self.screen.say(
            f"embedded broker at {address}; logs of the {len(self.processes.children)} processes in {folder}"
        )

    def _address_of(self, broker: Child) -> str:
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            self._look()
            if (address := broker.said("ready ")) is not None:
                return address
            time.sleep(0.02)
        raise Stalled(f"the broker did not say its address within {START:.0f} s")

    def _look(self) -> None:
        if self.asked:
            raise Stopped
        self.processes.check()

    def watch(self) -> None:
        """Read and show until somebody stops us or, with `once`, until all has gone through."""
        moved = shown = time.monotonic()
        while True:
            self._look()
            for topic, value in self._read():
                moved = time.monotonic()
                self._take(topic, value)
            if time.monotonic() - shown < LOOK:
                continue
            shown = time.monotonic()
            self._show()
            if not self.through and self._is_through():
                self.through = True
                self.screen.say(f"every sample article has gone through after {self._seconds():.0f} s", "bold green")
                if self.once:
                    self.reader.close()
                    return
                self.screen.totals(self.picture)
                self.screen.say("the line goes on; Ctrl-C stops it", "bold")
            if self.once and shown - moved > STALL:
                raise Stalled(f"nothing new for {STALL:.0f} s; {Progress.of(self.picture, self.expected).line()}")

    def _show(self) -> None:
        self.screen.progress(Progress.of(self.picture, self.expected), self.picture)
        if not self.board and (address := self.web.said("board at ")) is not None:
            self.board = address
            self.screen.say(f"the board: {address}/", "bold")

    def _read(self) -> list[tuple[str, bytes]]:
        try:
            return list(self.reader.read(0.1))
        except KafkaException as error:
            self._look()  # a broker that died says it better
            raise Stalled(f"the embedded broker failed: {error}") from error

    def _take(self, topic: str, value: bytes) -> None:
        news = self.picture.apply(topic, value)
        if news is not None:
            self.screen.news(news)
        if isinstance(news, Event) and not self.first_event:
            self.first_event = True
            self.screen.say(f"first event after {self._seconds():.1f} s", "dim")

    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _is_through(self) -> bool:
        """All articles are in, the workers have committed all they consume, and all they wrote has been read here."""
        arrived = len(self.picture.raw) >= self.expected and len(self.picture.dead) >= expected_poison(self.feeds)
        return arrived and self.reader.workers_done() and self.reader.caught_up()
