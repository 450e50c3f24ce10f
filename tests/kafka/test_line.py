"""The whole line on Apache Kafka: what the topics say equals the offline fold."""

import pytest

from schemas.topics import RAW_ARTICLES
from tests.articles import irrelevant, signing
from tests.checks import check_everything_done, check_oracle
from tests.running import Line

pytestmark = pytest.mark.kafka

ARTICLES = [signing(number) for number in range(60)] + [irrelevant(number) for number in range(5)]
CORRECTIONS = [signing(3, revision=2, amount=99), signing(4, revision=2, city="合肥市")]


@pytest.mark.timeout(60)
def test_totals_equal_the_fold_and_sending_all_twice_changes_nothing(line: Line) -> None:
    worker = line.start()
    line.send(ARTICLES)
    line.wait_until_through()
    line.send(CORRECTIONS)
    line.wait_until_through()
    check_oracle(line, ARTICLES + CORRECTIONS)
    once = line.totals()

    for message in line.read(RAW_ARTICLES.name):
        line.send_bytes(RAW_ARTICLES.name, message.value(), message.key())
    line.wait_until_through()
    assert line.totals() == once
    check_oracle(line, ARTICLES + CORRECTIONS)
    check_everything_done(line)
    assert worker.stop() == 0
