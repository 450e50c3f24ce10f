"""`dealwire replay` when the broker is not as it should be. That it sends back: `tests/kafka/test_poison.py`."""

import socket
import time
from collections.abc import Iterator

import pytest

from schemas.topics import RAW_ARTICLES
from streams.broker import embedded_broker
from streams.replay import replay
from streams.settings import load


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def nobody() -> str:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{closed.getsockname()[1]}"


@pytest.mark.parametrize("answering", [False, True], ids=["refuses", "is mute"])
def test_no_broker_is_one_line_within_the_deadline(
    answering: bool, mute: str, capsys: pytest.CaptureFixture[str]
) -> None:
    brokers, began = mute if answering else nobody(), time.monotonic()
    assert replay(load(kafka_brokers=brokers, kafka_deadline=1), dry_run=True) == 1
    assert time.monotonic() - began < 3
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"dealwire: replay: no broker at {brokers} after 1 s (")
    assert line.endswith("set DEALWIRE_KAFKA_BROKERS or start the broker")
    assert "KafkaError{" not in line


def test_a_broker_without_the_topic_is_told_what_makes_it(capsys: pytest.CaptureFixture[str]) -> None:
    with embedded_broker((RAW_ARTICLES,)) as brokers:
        assert replay(load(kafka_brokers=brokers), dry_run=True) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "no topic dead-letters; make it with `dealwire topics create`" in line
