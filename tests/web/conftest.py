"""The embedded broker and the web process as a child, for the tests that need them."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from confluent_kafka import Producer

from schemas.base import Contract

START = "import sys; from streams.settings import load; from streams.web.server import run; sys.exit(run(load()))"


@dataclass
class Broker:
    """librdkafka's in-memory broker; it lives as long as this object."""

    producer: Producer
    address: str

    def send(self, topic: str, key: str, value: Contract | bytes | None) -> None:
        """Produces one message and waits until the broker has it."""
        body = value.wire() if isinstance(value, Contract) else value
        self.producer.produce(topic, body, key=key.encode())
        assert self.producer.flush(10) == 0


@pytest.fixture
def broker() -> Broker:
    producer = Producer({"bootstrap.servers": "none:1", "test.mock.num.brokers": 1, "log_level": 0})
    [node] = producer.list_topics(timeout=10).brokers.values()
    return Broker(producer, f"{node.host}:{node.port}")


@dataclass
class Web:
    """The process, and where it serves."""

    process: subprocess.Popen[str]
    url: str


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the web process with settings; kills what a test leaves."""
    started: list[subprocess.Popen[str]] = []

    def begin(**settings: object) -> subprocess.Popen[str]:
        given = {f"DEALWIRE_{name.upper()}": str(value) for name, value in settings.items()}
        process = subprocess.Popen(
            [sys.executable, "-c", START],
            env=os.environ | {"DEALWIRE_WEB_PORT": "0"} | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def web(broker: Broker, start: Callable[..., subprocess.Popen[str]]) -> Web:
    """The process on the embedded broker."""
    process = start(kafka_brokers=broker.address)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.fullmatch(r"board at (http://127\.0\.0\.1:\d+)\n", line)
    assert found, f"expected the address of the board, got {line!r}"
    return Web(process, found[1])
