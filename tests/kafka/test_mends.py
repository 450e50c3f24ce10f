"""Each mend to Faust: without it messages are lost on Apache Kafka, with it none.

The workers are slowed down where the loss happens, so that it happens every time and not once a week.
"""

import time

import pytest

from tests.articles import signing
from tests.running import Line

pytestmark = pytest.mark.kafka

WITHOUT_AND_WITH = pytest.mark.parametrize("mended", [False, True], ids=["without", "with"])


def until_still(line: Line, seconds: float = 3.0, within: float = 40.0) -> None:
    """Return when no worker has been done with a message for so long."""
    deadline = time.monotonic() + within
    last, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        assert time.monotonic() < deadline
        count = sum(len(run) for runs in line.done().values() for run in runs)
        if count != last:
            last, since = count, time.monotonic()
        time.sleep(0.1)


def check_lost(line: Line, mended: bool) -> None:
    """Messages were lost without the mend, and none with it."""
    until_still(line)
    if mended:
        line.wait_until_through()
        assert line.missing() == {}
        assert line.skips() == []
    else:
        assert line.missing()


@pytest.mark.timeout(90)
@WITHOUT_AND_WITH
def test_messages_that_come_at_the_end_of_a_recovery(line: Line, mended: bool) -> None:
    first = line.start()
    line.send(signing(number) for number in range(20))
    line.wait_until_through()
    assert first.stop() == 0
    options = () if mended else ("--leave-out", "recovery")
    second = line.start(*options, "--slow-seek", "1.0", "--slow-delivery", "0.03", "--slow", "0.06")
    second.wait_for("seeking")  # the tables are recovered
    line.send(signing(number) for number in range(20, 100))
    second.wait_for("worker ready")
    check_lost(line, mended)


@pytest.mark.timeout(90)
@WITHOUT_AND_WITH
def test_messages_that_are_fetched_in_a_rebalance_before_the_first_commit(line: Line, mended: bool) -> None:
    options = () if mended else ("--leave-out", "first-commit")
    first = line.start(*options, "--slow-seek", "1.0", "--long-poll", "15")
    first.wait_for("worker ready")
    time.sleep(1)  # it waits for messages
    second = line.start(*options)
    first.wait_for("seeking", times=2)  # it has its new partitions, and still waits
    line.send(signing(number) for number in range(80))
    second.wait_for("worker ready")
    check_lost(line, mended)


@pytest.mark.timeout(90)
@pytest.mark.parametrize("left_out", ["done", "gap", ""], ids=["without-done", "without-gap", "with"])
def test_messages_that_are_skipped_because_of_a_rebalance(line: Line, left_out: str) -> None:
    options = ("--leave-out", left_out) if left_out else ()
    first = line.start(*options, "--slip", "1,6")  # the first of a partition, and one in the middle
    line.send(signing(number) for number in range(20))
    first.wait_for("worker ready")
    until_still(line)
    assert line.missing(), "the messages were to be skipped"
    assert first.stop() == 0
    line.start(*options).wait_for("worker ready")
    until_still(line)
    if left_out:
        assert line.missing()
    else:
        line.wait_until_through()
        assert line.missing() == {}
