"""The whole line on the embedded broker, with workers as real processes."""

import os
import re
import subprocess
import sys
import time
from base64 import b64decode
from urllib.request import urlopen

import pytest

from schemas.alert import Alert
from schemas.topics import ALERTS, RAW_ARTICLES
from tests.articles import irrelevant, signing
from tests.checks import check_everything_done, check_oracle
from tests.running import TODAY, Line

ARTICLES = [signing(number) for number in range(24)] + [irrelevant(number) for number in range(3)]
CORRECTION = signing(3, revision=2, amount=99)


@pytest.mark.timeout(60)
def test_the_whole_line_equals_the_fold(line: Line) -> None:
    worker = line.start()
    line.send([*ARTICLES, CORRECTION])
    line.wait_until_through()
    check_oracle(line, [*ARTICLES, CORRECTION], at_least=20)
    check_everything_done(line)
    alerts = [Alert.model_validate_json(value) for value in line.latest(ALERTS.name).values()]
    raised = [(alert.rule, alert.event.event_id) for alert in alerts if alert.notice is None]
    assert raised
    assert len(set(raised)) == len(raised)
    notices = [alert for alert in alerts if alert.notice]
    assert len(alerts) == len(line.read(ALERTS.name))
    assert {(notice.notice, notice.event.status) for notice in notices} <= {("correction", "revised")}
    began = time.monotonic()
    assert worker.stop() == 0
    assert time.monotonic() - began < 8


@pytest.mark.timeout(60)
def test_the_command_works_and_shows_its_metrics(line: Line) -> None:
    environ = os.environ | {
        "DEALWIRE_KAFKA_BROKERS": line.brokers, "DEALWIRE_WORKER_METRICS_PORT": "0", "DEALWIRE_TODAY": str(TODAY),
    }  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-m", "streams", "work"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        match = re.fullmatch(r"worker: metrics on (http://127\.0\.0\.1:\d+/metrics)\n", worker.stdout.readline())
        assert match is not None
        poison = line.send_bytes(RAW_ARTICLES.name, b"\xff\xfe")
        line.send([signing(1)])
        line.wait_until_through()
        with urlopen(match[1], timeout=5) as answer:
            shown = answer.read().decode()
    finally:
        worker.terminate()
        _, errors = worker.communicate(timeout=15)
    assert worker.returncode == 0, errors
    assert "Traceback" not in errors
    assert 'dealwire_dead_letters_total{reason="decode",stage="classify"} 1.0' in shown
    assert 'dealwire_stage_messages_total{outcome="done",stage="ledger"} 1.0' in shown
    assert 'dealwire_classify_articles_total{verdict="relevant"} 1.0' in shown
    assert re.search(r'^dealwire_consumer_lag_messages\{partition="0",topic="raw-articles"\}', shown, re.MULTILINE)
    assert "dealwire_ledger_feed_to_event_seconds_count 1.0" in shown
    (letter,) = line.letters()
    assert (letter.partition, letter.offset, b64decode(letter.value or "")) == (*poison, b"\xff\xfe")


@pytest.mark.timeout(60)
def test_bad_code_stops_the_worker_before_it_eats_the_topic(line: Line) -> None:
    for number in range(60):
        line.send_bytes(RAW_ARTICLES.name, f"not JSON {number}".encode())
    worker = line.start(max_failures=10)
    assert worker.process.wait(30) == 1
    assert "classify: 10 messages in a row failed; the limit is 10 (DEALWIRE_MAX_FAILURES)" in worker.said()
    assert "Traceback" not in worker.said()
    assert len(line.letters()) == 10
    assert sum(line.lags().values()) >= 50


@pytest.mark.parametrize("command", ["work"])
def test_no_broker_is_tried_for_a_while_and_then_said_in_one_line(command: str) -> None:
    environ = os.environ | {"DEALWIRE_KAFKA_BROKERS": "127.0.0.1:1", "DEALWIRE_KAFKA_DEADLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "streams", command], env=environ, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[-1].startswith("dealwire: no Kafka broker answers at 127.0.0.1:1")
    assert lines[-1].endswith("gave up after 1 s")
    assert any("no broker yet" in line for line in lines[:-1])
    assert "Traceback" not in done.stderr
