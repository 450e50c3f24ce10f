"""The measure: what pairs, what is strictly right, and that it says the same as the reference scorer."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from streams.evaluate import agree, pair, score, table
from streams.reliability import reliability, reliability_table
from tests.conftest import SHARED

SIGNING: dict[str, Any] = {
    "type": "signing",
    "stage": "contract",
    "regions": ["CN-330203"],
    "projects": 14,
    "amount": {"value": 8_550_000_000, "currency": "CNY"},
    "evidence": "14 projects were signed",
}


def article(*events: dict[str, Any], relevant: bool = True) -> dict[str, Any]:
    return {"id": "a", "relevant": relevant, "events": list(events)}


def test_the_same_answer_is_perfect() -> None:
    summary = score([(article(SIGNING), article(SIGNING))]).summary()
    assert [summary[name]["f1"] for name in ("relevant", "events", "strict", "signing")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stage": "framework"}, "subtype"),
        ({"regions": ["CN-330200"]}, "regions"),
        ({"projects": 15}, "projects"),
        ({"amount": {"value": 8_600_000_000, "currency": "CNY"}}, "amount"),
        ({"amount": {"value": 8_550_000_000, "currency": "USD"}}, "amount"),
        ({"amount": None}, "amount"),
    ],
)
def test_one_wrong_field_is_a_pair_but_not_strict(change: dict[str, Any], field: str) -> None:
    answer = SIGNING | change
    assert agree(SIGNING, answer)[field] is False
    summary = score([(article(SIGNING), article(answer))]).summary()
    assert (summary["events"]["f1"], summary["strict"]["f1"]) == (1, 0)


def test_nothing_in_common_is_no_pair() -> None:
    stranger = SIGNING | {"regions": ["CN-440300"], "projects": 3, "amount": None}
    assert pair([SIGNING], [stranger]) == []


def test_the_better_pair_wins() -> None:
    near = SIGNING | {"projects": 9, "amount": None}
    assert pair([SIGNING], [near, SIGNING]) == [(0, 1)]


def test_missed_and_invented_are_listed() -> None:
    scores = score([(article(SIGNING), article(relevant=False)), (article(), article(SIGNING))])
    assert any("missed" in error for error in scores.errors)
    assert any("invented" in error for error in scores.errors)
    assert any("relevant" in error for error in scores.errors)
    assert "F1 0.000" in "\n".join(table(scores))


@pytest.mark.skipif(not (SHARED / "eval/score.py").exists(), reason="the reference scorer is not here")
def test_same_numbers_as_the_reference_scorer(tmp_path: Path) -> None:
    """Labels disturbed at random, scored by both."""
    dice = random.Random(7)
    gold = [json.loads(file.read_text("utf-8")) for file in sorted((SHARED / "eval/dev").rglob("*.json"))]
    answers = [disturbed(one, dice) for one in gold]
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(json.dumps(answer) for answer in answers), "utf-8")
    command = [sys.executable, str(SHARED / "eval/score.py"), str(SHARED / "eval/dev"), str(file), "--json"]
    reference = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ours = score(zip(gold, answers, strict=True)).summary()
    assert ours == reference


def disturbed(one: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    events = []
    for event in one["events"]:
        if dice.random() < 0.15:
            continue
        changes: list[dict[str, Any]] = [
            {}, {}, {"regions": ["CN-330000"]}, {"projects": 7}, {"amount": None}, {"period": None}, {"sectors": []},
        ]  # fmt: skip
        events.append(event | dice.choice(changes))
        if dice.random() < 0.1:
            events.append(event | {"regions": ["CN-440300"]})
    return {"id": one["id"], "relevant": one["relevant"] ^ (dice.random() < 0.1), "events": events}


def test_confidence_is_worth_what_is_right() -> None:
    wrong = SIGNING | {"projects": 15}
    answers = [
        (article(SIGNING), article(SIGNING | {"confidence": 0.85})),
        (article(SIGNING), article(SIGNING | {"confidence": 1.0}, SIGNING | {"confidence": 0.05})),
        (article(SIGNING), article(wrong | {"confidence": 0.8})),
        (article(), article(SIGNING | {"confidence": 0.0})),
    ]
    bands = reliability(answers)
    assert [(band.low, band.answers, band.right) for band in bands if band.answers] == [(0.0, 2, 0), (0.8, 3, 2)]
    assert list(reliability_table(bands))[-1] == "confidence 0.8 to 1.0:    3 events, 0.67 right"
