"""The poller as a process on the embedded broker: signals, kills, a broker that is not there."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Consumer, TopicPartition

from streams.feeds.poller import run
from streams.settings import Settings
from tests.feeds.conftest import embedded
from tests.feeds.harness import item, rss

RUN = "import sys; from streams.feeds import poller; from streams.settings import load; "
SERVE = RUN + "sys.exit(poller.run(load()))"
ONCE = RUN + "sys.exit(poller.run(load(), once=True))"


class Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news here."""


@dataclass
class Web:
    """A server in a thread: `bodies[path]`; counts who asked for what."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    slow: threading.Event | None = None

    def start(self) -> "Web":
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked[self.path] += 1
                if web.slow is not None:
                    web.slow.wait(20)
                body = web.bodies.get(self.path, b"")
                self.send_response(200 if body else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Line:
    """A broker, a server, and pollers as processes."""

    brokers: str
    folder: Path
    web: Web
    pollers: list[subprocess.Popen[str]] = field(default_factory=list)

    def feeds(self, **bodies: str) -> None:
        self.web.bodies = {f"/{name}": body.encode() for name, body in bodies.items()}
        tables = [
            f'[[feed]]\nurl = "{self.web.url(path)}"\nname = "{path[1:]}"\ninterval = 1\nfulltext = false'
            for path in self.web.bodies
        ]
        (self.folder / "feeds.toml").write_text("\n".join(tables))

    def poller(self, code: str = SERVE, **settings: object) -> subprocess.Popen[str]:
        given = {
            "KAFKA_BROKERS": self.brokers, "FEEDS": self.folder / "feeds.toml", "POLL_MIN": 0.2,
            "POLLER_METRICS_PORT": 0,
            "POLL_ALLOW_PRIVATE": "127.0.0.0/8", "POLL_PER_HOST_GAP": 0, "SESSION_TIMEOUT": 1, "GRACE": 4, **settings,
        }  # fmt: skip
        environment = {**os.environ, **{f"DEALWIRE_{name}": str(value) for name, value in given.items()}}
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.pollers.append(process)
        return process

    def read(self, topic: str) -> list[dict[str, Any]]:
        consumer = Consumer(
            {"bootstrap.servers": self.brokers, "group.id": "test", "log_level": 0, "fetch.wait.max.ms": 20}
        )
        numbers = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        partitions = [TopicPartition(topic, number, 0) for number in numbers]
        left = {one.partition: consumer.get_watermark_offsets(one, timeout=10)[1] for one in partitions}
        left = {number: high for number, high in left.items() if high > 0}
        consumer.assign(partitions)
        found: list[dict[str, Any]] = []
        while left:
            message = consumer.poll(10)
            assert message is not None
            found.append(json.loads(message.value()))
            if message.offset() >= left.get(message.partition(), 0) - 1:
                left.pop(message.partition(), None)
        consumer.close()
        return found

    def wait_for(self, what: str, condition: Any, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{what}: not within {seconds} s"
            time.sleep(0.02)


@contextmanager
def running_line(brokers: str, folder: Path) -> Iterator[Line]:
    line = Line(brokers, folder, Web().start())
    try:
        yield line
    finally:
        for process in line.pollers:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        line.web.stop()


@pytest.fixture
def line(empty_brokers: str, tmp_path: Path) -> Iterator[Line]:
    with running_line(empty_brokers, tmp_path) as line:
        yield line


def children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def test_once_polls_every_feed_and_ends(line: Line) -> None:
    line.feeds(a=rss(item(1), item(2)), b="<html><body>no feed</body></html>", c=rss(item(3), "<item/>"))
    process = line.poller(ONCE)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert line.web.asked == {"/a": 1, "/b": 1, "/c": 1}
    assert sorted(article["title"] for article in line.read("raw-articles")) == ["Report 1", "Report 2", "Report 3"]
    assert [letter["reason"] for letter in line.read("dead-letters")] == ["identity"]
    assert "event=feed_failed feed=b reason=parse" in output
    assert "Traceback" not in output


def test_sigterm_in_the_middle_of_a_poll_loses_nothing(line: Line) -> None:
    line.feeds(a=rss(*(item(n) for n in range(100))))
    line.web.slow = threading.Event()
    process = line.poller()
    line.wait_for("the poll", lambda: line.web.asked["/a"])
    process.send_signal(signal.SIGTERM)
    line.web.slow.set()
    started = time.monotonic()
    output, _ = process.communicate(timeout=10)
    assert (process.returncode, "Traceback" in output) == (0, False)
    assert time.monotonic() - started < 5
    assert len({article["article_id"] for article in line.read("raw-articles")}) == 100, "it was ended, not broken off"
    (state,) = line.read("feed-states")
    assert len(state["seen"]) == 100


def test_sigterm_while_a_server_does_not_answer(line: Line) -> None:
    line.feeds(a=rss(item(1)))
    line.web.slow = threading.Event()
    process = line.poller()
    line.wait_for("the poll", lambda: line.web.asked["/a"])
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 0
    assert time.monotonic() - started < 5
    line.web.slow.set()


def test_case_32_killed_again_and_again(line: Line) -> None:
    """SIGKILL at two moments of a load: nothing is missing, no article has a second id, no process is left."""
    line.feeds(**{f"f{n}": rss(*(item(f"{n}-{m}", date=None) for m in range(150))) for n in range(8)})
    for number in range(2):
        process = line.poller()
        line.wait_for("the first request", lambda: line.web.asked, 20)
        time.sleep(0.1 * number)
        children = children_of(process.pid)
        process.kill()
        process.communicate()
        line.web.asked.clear()
        line.wait_for("the end of the readers", lambda pids=children: not any(map(is_alive, pids)))
    process = line.poller(ONCE)
    process.communicate(timeout=30)
    ids: dict[str, set[str]] = {}
    for article in line.read("raw-articles"):
        assert article["revision"] == 1
        ids.setdefault(article["title"], set()).add(article["article_id"])
    assert len(ids) == 1200
    assert all(len(same) == 1 for same in ids.values())


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_case_14_two_processes_share_and_take_over(line: Line) -> None:
    line.feeds(**{f"f{n}": rss(item(n)) for n in range(12)})
    one, two = line.poller(), line.poller()
    ports = [metrics_port(process) for process in (one, two)]
    line.wait_for("a share for each", lambda: sorted(map(len, map(owned, ports)))[0] > 0 and sum_owned(ports) == 12)
    assert not set(owned(ports[0])) & set(owned(ports[1]))
    line.wait_for("a poll of each", lambda: len(line.web.asked) == 12)
    one.kill()
    started = time.monotonic()
    line.wait_for("the takeover", lambda: len(owned(ports[1])) == 12)
    assert time.monotonic() - started < 4, "a lease of one second, half a second of rest, and the work"
    line.web.asked.clear()
    line.wait_for("a poll of each by the other", lambda: len(line.web.asked) == 12)
    two.send_signal(signal.SIGTERM)
    two.communicate(timeout=10)
    assert two.returncode == 0
    articles = line.read("raw-articles")
    assert {article["title"] for article in articles} == {f"Report {n}" for n in range(12)}
    assert len({(article["article_id"], article["revision"]) for article in articles}) == 12


def metrics_port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("poller: metrics on http://127.0.0.1:")
    return int(first.rpartition(":")[2].partition("/")[0])


def owned(port: int) -> list[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    return [line.split('"')[1] for line in lines if line.startswith("dealwire_feeds_next_poll_timestamp_seconds{")]


def sum_owned(ports: list[int]) -> int:
    return sum(len(owned(port)) for port in ports)


def test_no_broker(line: Line) -> None:
    line.feeds(a=rss(item(1)))
    process = line.poller(KAFKA_BROKERS="127.0.0.1:1", KAFKA_DEADLINE=0.5)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "waiting_for_broker" in output
    assert "gave_up" in output
    assert all(" event=" in one for one in output.splitlines()[1:]), "one line an event, no traceback"


@pytest.mark.parametrize("end", ["deadline", "SIGTERM"])
def test_a_broker_that_goes_away(tmp_path: Path, end: str) -> None:
    with ExitStack() as broker, ExitStack() as stack:
        line = stack.enter_context(running_line(broker.enter_context(embedded()), tmp_path))
        line.feeds(a=rss(item(1)))
        process = line.poller(KAFKA_DEADLINE=2 if end == "deadline" else 60)
        line.wait_for("the first poll", lambda: line.web.asked["/a"])
        broker.close()
        if end == "SIGTERM":
            process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        output, _ = process.communicate(timeout=20)
    assert process.returncode == (1 if end == "deadline" else 0), output
    assert all(" event=" in one for one in output.splitlines()[1:]), "one line an event, no traceback"
    if end == "SIGTERM":
        assert time.monotonic() - started < 5
    else:
        assert "broker_lost" in output
        assert "gave_up" in output


def test_bad_use(tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("[[feed]]\nname = 'x'\n")
    for settings, words in (
        (Settings(feeds=tmp_path / "none.toml"), "expected a TOML file of [[feed]] tables"),
        (Settings(feeds=feeds, poll_allow_private="everything"), "'everything' is not a network"),
        (Settings(feeds=feeds), "no feed to poll"),
    ):
        assert run(settings) == 2
        output = capsys.readouterr().err
        assert words in output
        assert len(output.splitlines()) == 1
    assert 'line=1 detail="a feed without url"' in caplog.text


def test_a_taken_metrics_port_costs_the_metrics_only(line: Line) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line.feeds(a=rss(item(1)))
        process = line.poller(ONCE, POLLER_METRICS_PORT=taken.getsockname()[1])
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "no_metrics" in output
    assert len(line.read("raw-articles")) == 1
