"""Workers that die, stop and join in the middle: nothing is lost, nothing counted twice."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from schemas.article import RawArticle
from tests.articles import signing
from tests.checks import check_everything_done, check_oracle
from tests.running import Line

pytestmark = pytest.mark.kafka


@contextmanager
def sending(line: Line, articles: list[RawArticle], pause: float) -> Iterator[None]:
    """Articles arrive one by one while the block runs; the end waits for the last."""
    sender = threading.Thread(target=line.send, args=(articles, pause), daemon=True)
    sender.start()
    yield
    sender.join(60)
    assert not sender.is_alive()


@pytest.mark.timeout(120)
def test_killed_stopped_and_joining_workers_lose_nothing(line: Line) -> None:
    articles = [signing(number) for number in range(1200)]
    line.send(articles[:300])  # a backlog: recovery and first assignments happen with messages waiting
    with sending(line, articles[300:], pause=0.02):
        first, second = line.start(), line.start()
        time.sleep(6)
        assert first.stop(signal.SIGKILL) == -signal.SIGKILL
        third = line.start()
        time.sleep(6)
        began = time.monotonic()
        assert second.stop(signal.SIGTERM) == 0
        assert time.monotonic() - began < 10
        line.start()
        time.sleep(4)
        assert third.stop(signal.SIGKILL) == -signal.SIGKILL
        line.start()
    line.wait_until_through(within=60)
    check_everything_done(line)
    check_oracle(line, articles)


@pytest.mark.timeout(60)
def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_taken(line: Line) -> None:
    articles = [signing(number) for number in range(80)]
    worker = line.start("--slow", "0.1", "--slow-topic", "mentions")
    line.send(articles)
    deadline = time.monotonic() + 20
    while sum(len(run) for (topic, _), runs in line.done().items() for run in runs if topic == "mentions") < 5:
        assert time.monotonic() < deadline, worker.said()
        time.sleep(0.1)
    began = time.monotonic()
    assert worker.stop(signal.SIGTERM) == 0
    assert time.monotonic() - began < 10
    assert line.missing(), "it was to be stopped in the middle"
    line.start()
    line.wait_until_through()
    check_everything_done(line)
    check_oracle(line, articles)
