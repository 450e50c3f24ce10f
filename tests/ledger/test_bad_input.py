"""What cannot be is refused with a reason, on every path, and no total is harmed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from schemas.event import Mention, Mentions
from schemas.regions import names
from streams.ledger.agent import Ledger
from streams.ledger.fold import fold
from streams.ledger.refuse import MOST_REGIONS, accepted
from streams.metrics import Metrics
from streams.step import Place
from tests.ledger.make import DAY, JIANGSU, XISHAN, article, mention, report, said, told
from tests.line.test_steps import Table

GOOD = report("good", projects=3, amount=1e9, date=DAY)
PLACES = tuple(sorted(region for region in names() if region.startswith("CN-32")))[: MOST_REGIONS + 1]
FIVE_HUNDRED = tuple(sorted(region for region in names() if region.startswith("CN-")))[:500]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"regions": ("CN-329999",)}, "unknown_region"),
        ({"regions": (XISHAN, "ZZ-9")}, "unknown_region"),
        ({"regions": PLACES}, "too_many_regions"),
        ({"regions": FIVE_HUNDRED}, "too_many_regions"),
        ({"date": date(1, 1, 1)}, "impossible_day"),
        ({"date": date(1977, 12, 31)}, "impossible_day"),
        ({"date": DAY + timedelta(days=3)}, "future_day"),
        ({"date": DAY.replace(year=DAY.year + 1)}, "future_day"),
        ({"date": date(9999, 12, 31)}, "future_day"),
    ],
)
def test_a_mention_that_cannot_be_is_refused_and_harms_no_total(fields: dict[str, Any], reason: str) -> None:
    bad = told(article("bad"), mention(**{"projects": 9, "amount": 1e9, "date": DAY, **fields}), known=(JIANGSU,))
    assert {why for record in bad for why in accepted(record)[1]} == {reason}
    alone, both = fold([GOOD], DAY), fold([GOOD, *bad], DAY)
    assert both.rows == alone.rows
    assert both.events == alone.events


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"amount": 1e18}, "amount", "amount"),
        ({"amount": {"value": "1e60", "currency": "VND"}}, "amount", "amount"),
        ({"amount_per_project": {"value": 1e18, "currency": "CNY"}}, "amount", "amount_per_project"),
        ({"projects": 10**7}, "count", "projects"),
    ],
)
def test_a_value_beyond_reason_is_left_out_and_the_happening_stays(
    fields: dict[str, Any], reason: str, field: str
) -> None:
    record = report("bad", date=DAY, **fields)
    (kept,), reasons = accepted(record)
    assert (reasons, getattr(kept, field)) == ([reason], None)
    folded = fold([GOOD, record], DAY)
    total = folded.totals["CN"].windows["7d"]["contract"]
    assert (total.projects, total.amount_cny.high) == (3, 10**9)


def test_an_article_from_next_year_is_refused_whole() -> None:
    ref = article("next year", DAY.replace(year=DAY.year + 1), first_seen=datetime(2024, 3, 18, tzinfo=UTC))
    record = said(ref, mention(projects=3), mention(50, projects=4))
    assert accepted(record) == ([], ["future_article", "future_article"])
    assert fold([record], DAY).events == []


def test_a_target_may_lie_ahead_and_a_day_ahead_is_a_matter_of_zones() -> None:
    aim: dict[str, Any] = {"type": "target", "metric": "projects_signed", "projects": 9}
    record = said(article("a"), mention(**aim, date=date(2030, 1, 1)), mention(50, date=DAY + timedelta(days=1)))
    assert accepted(record)[1] == []


def test_a_correction_takes_back_what_an_impossible_revision_replaces() -> None:
    worse = said(article("good", revision=2), mention(date=date(9999, 1, 1)), owner=JIANGSU)
    assert fold([GOOD, worse], DAY).events == fold([worse, GOOD], DAY).events == []


def test_every_refusal_is_counted() -> None:
    metrics = Metrics()
    ledger = Ledger(Table(), Table(), lambda: DAY, lambda: datetime(2024, 3, 18, tzinfo=UTC), metrics)

    def take(record: Mentions) -> None:
        outcome = ledger.step(record, Place("mentions", 0, 0))
        if outcome.commit:
            outcome.commit()

    two: list[Mention] = [mention(regions=("CN-329999",), projects=3), mention(50, amount=1e18, date=DAY)]
    take(said(article("a", revision=2), *two, owner=JIANGSU))
    take(said(article("a"), mention(), owner=JIANGSU))
    found = {
        sample.labels["reason"]: sample.value
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name == "dealwire_ledger_refused_total"
    }
    assert found == {"unknown_region": 1, "amount": 1, "older_revision": 1}
