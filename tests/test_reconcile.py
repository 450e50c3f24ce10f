"""`dealwire reconcile` and `dealwire totals` on the embedded broker: equal to the fold, and they find what differs."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from confluent_kafka import Producer

from schemas.topics import REGION_TOTALS
from schemas.total import RegionTotal
from streams.broker import embedded_broker
from streams.ledger.agent import sent_event, sent_row
from streams.ledger.fold import Folded, fold
from streams.reconcile import reconcile, show_totals
from streams.settings import load
from streams.step import Out
from tests.ledger.make import DAY, XISHAN, article, mention, told
from tests.ledger.reports import happenings, press

TODAY = DAY + timedelta(days=80)


@pytest.fixture(scope="module")
def folded() -> Folded:
    dice = Random(5)
    records, _ = press(dice, happenings(dice, 40))
    facts = {"projects": 20, "amount": 50e9, "date": DAY}
    records += told(article("joint"), mention(regions=(XISHAN, "CN-330421"), sectors=("robotics",), **facts))
    records += told(article("joint 2"), mention(regions=("CN-310118", "CN-330421"), names=("Blue Lake",), **facts))
    return fold(records, TODAY)


@pytest.fixture
def brokers(folded: Folded) -> Iterator[str]:
    """A broker on which all that the fold gives is published."""
    with embedded_broker() as address:
        send(address, *(sent_event(event) for event in (*folded.events, *folded.copies)))
        send(address, *map(sent_row, folded.rows.values()))
        yield address


def send(brokers: str, *outs: Out) -> None:
    """Publish, and wait until all is there."""
    producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "log_level": 0})
    for out in outs:
        producer.produce(out.topic.name, key=out.key, value=out.value.wire())
    assert producer.flush(10) == 0


def test_what_is_right_reconciles_and_what_is_not_is_named(
    brokers: str, folded: Folded, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load(kafka_brokers=brokers)
    assert reconcile(settings, TODAY) == 0, capsys.readouterr().out
    assert f"{len(folded.rows)} recounted, 0 differ" in capsys.readouterr().out

    row = folded.totals[XISHAN]
    window, kinds = next(iter(row.windows.items()))
    stage, right = next(iter(kinds.items()))
    wrong = right.model_copy(update={"happenings": right.happenings + 1})
    broken = row.model_copy(update={"windows": {**row.windows, window: {**kinds, stage: wrong}}})
    send(brokers, Out(REGION_TOTALS, XISHAN, broken))
    assert reconcile(settings, TODAY) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        f"total {XISHAN}: windows {window} {stage} happenings: published {wrong.happenings}, as of"
    )
    assert lines[-1].endswith("1 differ")

    gone = next(event for event in folded.events if event.stage and event.day < TODAY and XISHAN not in event.regions)
    send(brokers, Out(REGION_TOTALS, XISHAN, row), sent_event(gone.model_copy(update={"status": "retracted"})))
    assert reconcile(settings, TODAY) == 1
    assert gone.owner in capsys.readouterr().out


def test_totals_as_of_a_day_are_those_of_the_fold_of_that_day(
    brokers: str, folded: Folded, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load(kafka_brokers=brokers)
    for region, day in (("CN", TODAY), ("CN-320000", TODAY - timedelta(days=45)), ("CN-110000", TODAY)):
        assert show_totals(settings, region, day, as_json=True) == 0
        shown = RegionTotal.model_validate_json(capsys.readouterr().out)
        right = fold_of(folded, day).get(("total", region))
        assert shown.windows == (right.windows if isinstance(right, RegionTotal) else {})
    assert show_totals(settings, "CN", TODAY, as_json=False) == 0
    assert "contract" in capsys.readouterr().out


def fold_of(folded: Folded, day: date) -> dict[tuple[str, ...], object]:
    """The fold's rows as of another day."""
    return dict(Folded(day, [], [], [], folded.books).rows)


def test_no_broker_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    settings = load(kafka_brokers="127.0.0.1:1", kafka_deadline=1)
    assert reconcile(settings, TODAY) == show_totals(settings, "CN", TODAY, as_json=True) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
