"""The sample feeds through real pollers and workers on Apache Kafka, some of them killed in the middle."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.topics import APP
from streams.demo.picture import Picture
from streams.demo.processes import Child, Processes
from streams.demo.reader import Reader
from streams.demo.samples import day_in, expected_revisions, sample_feeds
from streams.demo.setup import child_settings, feeds_file
from streams.demo.verify import checks
from streams.settings import load
from tests.running import Line

pytestmark = pytest.mark.kafka


@pytest.mark.timeout(180)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_pollers_and_workers_end_in_the_middle(line: Line, tmp_path: Path, number: signal.Signals) -> None:
    feeds, picture, today = sample_feeds(), Picture(), day_in("Asia/Shanghai")
    reader = Reader(line.brokers, APP)

    def read_until(reached: Callable[[], bool], within: float = 60) -> None:
        deadline = time.monotonic() + within
        while not reached():
            assert time.monotonic() < deadline, f"{len(picture.raw)} raw, {len(picture.events)} events"
            for topic, value in reader.read(0.05):
                picture.apply(topic, value)

    with Processes(tmp_path) as processes, socket.create_server(("127.0.0.1", 0)) as listening:
        file = tmp_path / "feeds.toml"
        file.write_text(feeds_file(feeds, f"http://127.0.0.1:{listening.getsockname()[1]}"), "utf-8")
        arguments = ["streams.demo.feeds_server", str(listening.fileno()), today.isoformat()]
        processes.start("feeds server", arguments, pass_fds=(listening.fileno(),))
        env = child_settings(load(), kafka_brokers=line.brokers, feeds=file, today=today)

        def start(what: str) -> Child:
            return processes.start(what, ["streams", what], env)

        def end(child: Child) -> None:
            os.killpg(child.process.pid, number)  # a poller's readers too
            assert child.process.wait(10) in (0, -number)
            processes.children.remove(child)

        poller, worker, other = start("poll"), start("work"), start("work")
        read_until(lambda: len(picture.raw) >= 1)
        end(poller)
        start("poll")
        read_until(lambda: len(picture.events) >= 1)
        end(worker)
        start("work")
        read_until(lambda: len(picture.raw) >= expected_revisions(feeds))
        end(other)
        start("work")
        read_until(lambda: reader.workers_done() and reader.caught_up(), within=90)
        reader.close()
    wrong = [f"{one.name}: {one.detail}" for one in checks(picture, feeds, today) if not one.ok]
    assert not [line for line in wrong if not line.startswith("dead letters")], wrong
    assert {(letter.stage, letter.reason) for letter in picture.dead} == {("feeds", "identity")}
