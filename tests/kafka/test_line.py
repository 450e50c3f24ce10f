"""The whole line on Apache Kafka: what the topics say equals the offline fold."""


import pytest

from schemas.topics import RAW_ARTICLES
from streams.offline import fold_articles
from tests.articles import irrelevant, signing
from tests.running import TODAY, Line

pytestmark = pytest.mark.kafka

ARTICLES = [signing(number) for number in range(60)] + [irrelevant(number) for number in range(5)]
CORRECTIONS = [signing(3, revision=2, amount=99), signing(4, revision=2, city="合肥市")]


def check_oracle(line: Line, articles: list) -> None:
    """The events and totals of the topics are those of the fold, no more and no less."""
    folded = fold_articles(articles, TODAY)
    assert len(folded.events) >= 50, "the oracle must not be empty"
    assert line.events() == {event.event_id: event for event in folded.events}
    totals = line.totals()
    assert {region: total for region, total in totals.items() if region in folded.totals} == folded.totals
    assert all(not total.windows for region, total in totals.items() if region not in folded.totals)


def check_everything_done(line: Line) -> None:
    """No offset was left out by all workers, none passed over by one, and nothing is dead."""
    assert line.missing() == {}
    assert line.skips() == []
    assert line.letters() == []


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
