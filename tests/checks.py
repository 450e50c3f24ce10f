"""What must be true of a line when all is through."""

import time
from collections.abc import Iterable

from schemas.article import RawArticle
from streams.offline import fold_articles
from streams.reconcile import reconcile
from streams.settings import load
from tests.running import TODAY, Line


def check_oracle(line: Line, articles: Iterable[RawArticle], at_least: int = 50, reconciles: int = 0) -> None:
    """The events and totals of the topics are those of the offline fold, no more and no less; every row of every topic
    of totals is what its events add up to. `reconciles`: how `reconcile` is to end."""
    folded = fold_articles(articles, TODAY)
    assert len(folded.events) >= at_least, "the oracle must not be empty"
    assert line.events() == {event.event_id: event for event in folded.events}
    totals = line.totals()
    assert {region: total for region, total in totals.items() if region in folded.totals} == folded.totals
    assert all(not total.windows for region, total in totals.items() if region not in folded.totals)
    assert reconcile(load(kafka_brokers=line.brokers), TODAY) == reconciles


def check_everything_done(line: Line) -> None:
    """No offset was left out by all workers, none passed over by one; all is committed, nothing is dead."""
    deadline = time.monotonic() + 15
    while any(left := (line.missing(), line.lags())):
        # A worker that has just got partitions publishes its totals once more: a moment later that is done too.
        assert time.monotonic() < deadline, left
        time.sleep(0.5)
    assert line.skips() == []
    assert line.letters() == []
