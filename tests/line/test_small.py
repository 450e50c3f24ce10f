"""The small parts: log lines, dead letters, the embedded broker, the registry on the terminal, Kafka for the tests."""

import io
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.topics import MENTIONS, TOPICS
from streams import admin, logs
from streams.broker import BrokerError, embedded_broker, is_embedded
from streams.letters import dead_letter, original
from streams.settings import load
from tests.fakes import FakeMessage

ROOT = Path(__file__).parent.parent.parent


def test_a_log_line_is_one_line() -> None:
    out = io.StringIO()
    logger = logging.Logger("streams.test")
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.LineFormatter())
    logger.addHandler(handler)
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logger.exception("went\nwrong", extra={"stage": "ledger", "why": 'a "b"', "offset": 7})
    (line,) = out.getvalue().splitlines()
    assert line.partition(" ")[2] == (
        r"""error streams.test went wrong stage=ledger why="a \"b\"" offset=7 error=ValueError('two\nlines')"""
    )


def test_a_library_says_the_same_thing_once_in_a_while() -> None:
    clock = [0.0]
    throttle = logs.Throttle(lambda: clock[0])

    def say(name: str, words: str, *args: object) -> logging.LogRecord | None:
        record = logging.LogRecord(name, logging.ERROR, "", 0, words, args, None)
        return record if throttle.filter(record) else None

    assert say("aiokafka", "no node %s", 1)
    assert say("aiokafka", "no node %s", 2) is None
    assert say("aiokafka", "another thing")
    assert [say("streams.guard", "dead letter") is not None for _ in range(3)] == [True] * 3
    clock[0] = logs.QUIET_FOR
    again = say("aiokafka", "no node %s", 3)
    assert again is not None
    assert vars(again)["left_out"] == 1


@pytest.mark.parametrize("value", [b"\x00\xff", b"", None])
def test_a_dead_letter_gives_the_bytes_back(value: bytes | None) -> None:
    message = FakeMessage("mentions", value, offset=3, key=None)
    letter = dead_letter(message, "ledger", "decode", "x" * 9999, 1, datetime(2024, 3, 15, tzinfo=UTC))
    assert original(letter) == (None, value)
    assert len(letter.error) == 2000


def test_the_embedded_broker_has_every_topic_and_is_known_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    with embedded_broker() as brokers:
        assert is_embedded(brokers)
        assert admin.create(load(kafka_brokers=brokers)) == 0
        assert admin.check(load(kafka_brokers=brokers)) == 0
        with embedded_broker((MENTIONS,)) as other:
            assert other != brokers
    assert "embedded broker" in capsys.readouterr().out


def test_no_broker_is_one_named_error() -> None:
    with pytest.raises(BrokerError, match=r"no Kafka broker answers at 127\.0\.0\.1:1"):
        is_embedded("127.0.0.1:1", timeout=0.3)


def test_the_registry_on_the_terminal_needs_no_broker(capsys: pytest.CaptureFixture[str]) -> None:
    assert admin.list_topics() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [topic.name for topic in TOPICS]


@pytest.mark.parametrize("missing", ["java", "mvn"])
def test_kafka_without_its_tools_is_said_in_one_line(missing: str, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    java = tools / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n")
    java.chmod(0o755)
    if missing == "java":
        java.unlink()
    environ = {"PATH": str(tools), "KAFKA_CACHE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy/kafka/run.py"), "--", "true"],
        env=environ, capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("kafka: Java 17" if missing == "java" else "kafka: Maven is needed")
    assert os.linesep not in line
