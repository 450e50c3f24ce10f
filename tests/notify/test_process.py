"""`dealwire notify` as a process, with channels that fail or hang, and a kill between sending and keeping."""

import base64
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from schemas.alert import Alert
from schemas.notice import Notice
from schemas.topics import ALERTS, DEAD_LETTERS, NOTICES
from streams.broker import embedded_broker
from streams.latest import read_latest
from streams.notify.channels import sign
from tests.notify.messages import alert
from tests.running import Line, read_topic

SECRET = "hush-hush"
SLOW = 30.0


@dataclass
class Hook:
    """A webhook receiver: answers what `answers` says, then 200; `hang` holds an answer back until it is let go."""

    answers: list[int] = field(default_factory=list)
    hang: threading.Event | None = None
    got: "queue.Queue[tuple[dict[str, str], bytes]]" = field(default_factory=queue.Queue)

    def __enter__(self) -> "Hook":
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                hook.got.put(({name.lower(): value for name, value in self.headers.items()}, body))
                if hook.hang is not None:
                    hook.hang.wait(SLOW)
                try:
                    self.send_response(hook.answers.pop(0) if hook.answers else 200)
                    self.send_header("content-length", "0")
                    self.end_headers()
                except OSError:
                    pass  # who asked is gone

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        return self

    def __exit__(self, *_: Any) -> None:
        if self.hang is not None:
            self.hang.set()
        self._server.shutdown()
        self._server.server_close()

    def next(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The next request, its signature checked."""
        headers, body = self.got.get(timeout=SLOW)
        moment = int(headers["webhook-timestamp"])
        assert headers["webhook-signature"] == sign(SECRET.encode(), headers["webhook-id"], moment, body)
        return headers, json.loads(body)["notices"][0]


class Mailbox:
    """Takes mail; refuses the first so many."""

    def __init__(self, refuse: int = 0) -> None:
        self.refuse, self.got = refuse, queue.Queue[bytes]()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            self.refuse -= 1
            return "451 try later"
        self.got.put(envelope.content)
        return "250 OK"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with embedded_broker() as found:
        yield found


@dataclass
class Notifier:
    """The process and what it says."""

    process: "subprocess.Popen[str]"
    errors: Path

    def said(self) -> str:
        return self.errors.read_text()

    def wait_for(self, words: str) -> None:
        """Return when it has said the words."""
        deadline = time.monotonic() + SLOW
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.02)


Start = Callable[..., Notifier]


@pytest.fixture
def start(address: str, tmp_path: Path) -> Iterator[Start]:
    """Starts notifiers on a rules file; kills what is left."""
    started: list[Notifier] = []

    def begin(rules: str, **settings: object) -> Notifier:
        file, errors = tmp_path / "notify.toml", tmp_path / f"errors-{len(started)}"
        file.write_text(rules)
        (tmp_path / "secret").write_text(f"{SECRET}\n")
        given = {
            "kafka_brokers": address, "notify_rules": file, "notify_metrics_port": 0, "notify_backoff": 0.05,
            "notify_timeout": 0.8, **settings,
        }  # fmt: skip
        environ = os.environ | {f"DEALWIRE_{name.upper()}": str(value) for name, value in given.items()}
        with errors.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "streams", "notify"],
                env=environ,
                stdout=subprocess.DEVNULL,
                stderr=out,
                text=True,
            )
        started.append(Notifier(process, errors))
        started[-1].wait_for("notify ready")
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


def send(address: str, one: Alert) -> None:
    Line(address, Path()).send_bytes(ALERTS.name, one.wire(), one.alert_id.encode())


def kept(address: str, event_id: str) -> dict[str, Notice]:
    """Channel -> the latest record of the alert about the event."""
    values = read_latest(address, (NOTICES,), 10)[NOTICES.name].values()
    notices = [Notice.model_validate_json(value) for value in values]
    return {one.channel: one for one in notices if one.event_id == event_id}


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SLOW
    while not done():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def file_of(**urls: str) -> str:
    channels = "".join(
        f'[[channel]]\nname = "{name}"\n'
        + (f'webhook = "{url}"\nsecret_file = "secret"\n' if url.startswith("http") else f'url = "{url}"\n')
        for name, url in urls.items()
    )
    names = ", ".join(f'"{name}"' for name in urls)
    return f'{channels}[[rule]]\nname = "large"\nchannels = [{names}]\nmin_amount_cny = 1_000_000_000\n'


def test_a_kill_between_sending_and_keeping_repeats_that_one_and_no_other(address: str, start: Start) -> None:
    with Hook() as hook:
        rules = file_of(kill=hook.url)
        first = start(rules, notify_timeout=20)
        send(address, alert("k1"))
        before, told = hook.next()
        assert told["event_id"] == "k1"
        wait_until(lambda: kept(address, "k1")["kill"].state == "sent")
        hook.hang = threading.Event()
        send(address, alert("k2"))
        cut, told = hook.next()  # the receiver has it, the notifier does not know yet
        assert told["event_id"] == "k2"
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        hook.hang.set()
        send(address, alert("k3"))  # while nobody is there
        second = start(rules, notify_timeout=20)
        again, told = hook.next()
        assert (again["webhook-id"], told["event_id"]) == (cut["webhook-id"], "k2")
        assert hook.next()[1]["event_id"] == "k3"
        wait_until(lambda: kept(address, "k3")["kill"].state == "sent")
        assert hook.got.empty()
        assert before["webhook-id"] != again["webhook-id"]
        second.process.send_signal(signal.SIGTERM)
        assert second.process.wait(10) == 0


def test_a_channel_that_fails_is_tried_again_and_stops_no_other(address: str, start: Start) -> None:
    mailbox = Mailbox(refuse=1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mail = Controller(mailbox, hostname="127.0.0.1", port=port)
    mail.start()
    letter = f"mailto://127.0.0.1:{port}?from=wire@example.org&to=desk@example.org&mode=insecure"
    try:
        with Hook([500, 503]) as flaky, Hook(hang=threading.Event()) as hangs, Hook([410]) as gone:
            notifier = start(file_of(flaky=flaky.url, hangs=hangs.url, gone=gone.url, mail=letter), notify_tries=3)
            send(address, alert("f1"))
            ids = {flaky.next()[0]["webhook-id"] for _ in range(3)}
            assert len(ids) == 1
            message = message_from_bytes(mailbox.got.get(timeout=SLOW))
            assert message["to"] is not None
            wait_until(lambda: {one.state for one in kept(address, "f1").values()} == {"sent", "failed"})
            found = kept(address, "f1")
            assert {name: (one.state, one.tries) for name, one in found.items()} == {
                "flaky": ("sent", 2), "hangs": ("failed", 3), "gone": ("failed", 1), "mail": ("sent", 1),
            }  # fmt: skip
            assert found["hangs"].error == "no answer in time"
            letters = [json.loads(one.value()) for one in read_topic(address, DEAD_LETTERS.name)]
            fresh = [Notice.model_validate_json(base64.b64decode(one["value"])) for one in letters]
            assert {(one.channel, one.state, one.tries) for one in fresh} == {
                ("hangs", "waiting", 0),
                ("gone", "waiting", 0),
            }
            assert SECRET not in notifier.said()
            assert "127.0.0.1" not in notifier.said().split("notify ready")[1]
    finally:
        mail.stop()


def test_whoever_was_told_hears_of_the_correction_once(address: str, start: Start) -> None:
    with Hook() as hook:
        start(file_of(follow=hook.url))
        send(address, alert("c1"))
        assert hook.next()[1]["kind"] == "alert"
        follows = alert("c1", "9e9", notice="correction", about="a-c1", changes=("amount: was, is",), revision=2)
        send(address, follows.model_copy(update={"alert_id": "n1"}))
        send(address, follows.model_copy(update={"alert_id": "n2", "rule": "other"}))
        send(address, alert("c2"))
        assert [hook.next()[1]["event_id"] for _ in range(2)] in (["c1", "c2"], ["c2", "c1"])
        wait_until(lambda: kept(address, "c2")["follow"].state == "sent")
        assert hook.got.empty()
