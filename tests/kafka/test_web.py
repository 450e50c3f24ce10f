"""The web process on Apache Kafka: topics that come later, a restart from nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient

from streams import admin
from streams.replay import read_letters
from tests.kafka.conftest import wipe
from tests.web.conftest import START
from tests.web.messages import event

pytestmark = pytest.mark.kafka


@pytest.fixture
def web(brokers: str) -> Iterator[Callable[[], str]]:
    """Starts the process and gives its address; stops what runs at the end."""
    running: list[subprocess.Popen[str]] = []

    def begin() -> str:
        settings = {"DEALWIRE_KAFKA_BROKERS": brokers, "DEALWIRE_WEB_PORT": "0"}
        command = [sys.executable, "-c", START]
        process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().split()[-1]

    yield begin
    for process in running:
        process.terminate()
        assert process.wait(10) == 0


def wait_for(ask: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not ask():
        assert time.monotonic() < deadline, "gave up waiting"
        time.sleep(0.1)


@pytest.mark.timeout(120)
def test_topics_may_come_after_the_web_process_which_makes_none(brokers: str, web: Callable[[], str]) -> None:
    client = AdminClient({"bootstrap.servers": brokers, "log_level": 0})
    wipe(client)
    first = web()
    wait_for(lambda: httpx.get(f"{first}/readyz").json()["broker"])
    assert not httpx.get(f"{first}/readyz").json()["caught_up"]
    assert "signings" not in client.list_topics(timeout=10).topics
    admin.create_topics(brokers)
    wait_for(lambda: httpx.get(f"{first}/readyz").status_code == 200)

    producer = Producer({"bootstrap.servers": brokers})
    for number in range(1_000):
        producer.produce("signings", event(f"e{number}", number).wire(), key=f"e{number}")
    assert producer.flush(20) == 0
    wait_for(lambda: httpx.get(f"{first}/api/status").json()["held"]["events"] == 1_000)

    for topic, value in (("targets", b"\xff no JSON"), ("targets", None), ("region-totals", b"{}")):
        producer.produce(topic, value, key="bad")
    assert producer.flush(20) == 0
    wait_for(lambda: len(list(read_letters(brokers))) == 2)

    second = web()
    wait_for(lambda: httpx.get(f"{second}/readyz").status_code == 200)
    producer.produce("alerts", b"{}", key="bad")  # for its letter the second had to pass by the first two messages
    assert producer.flush(20) == 0
    wait_for(lambda: "alerts" in {letter.topic for letter in read_letters(brokers)})
    about = sorted((letter.topic, letter.partition, letter.offset) for letter in read_letters(brokers))
    assert len(set(about)) == 3
    assert [topic for topic, _, _ in about if topic != "alerts"] == ["region-totals", "targets"]
    assert httpx.get(f"{second}/api/events").json() == httpx.get(f"{first}/api/events").json()
