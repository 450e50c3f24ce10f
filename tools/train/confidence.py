"""Train how sure an answer is: streams/extract/data/learned_confidence.json.

python tools/train/confidence.py FOLDER... [--without IDS.txt ...] --answers FILE.jsonl.gz ... [--write]

Answers at first sight teach what confidence is worth. Those that the present rules give of articles their writers have
seen are right more often: they carry a mark of their own, so that they teach the other weights and not the level.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log
from pathlib import Path

from data import Answer, Case, answers_now, answers_then, cases
from fit import Features, decide, fold_of
from places import Choice, choices
from places import train as train_places

from streams.extract.learned import trust
from streams.extract.learned.judge import settle
from streams.extract.learned.ranking import Ranking
from streams.extract.learned.weights import logistic, product
from streams.extract.learned.whose import Whose
from streams.offline import as_label
from streams.reliability import right_ones

OUT = Path(__file__).resolve().parents[2] / "streams/extract/data/learned_confidence.json"
PENALTY, FOLDS = 4.0, 6
CAUTION = log(0.97 / 0.03) - log(0.8 / 0.2)
"""Taken off every score: a confidence of 0.8 is given where 97 of 100 are right."""
SEEN = "seen"


@dataclass
class Row:
    """One answer after the second reader settled its region."""

    key: str
    language: str
    first: bool
    phrasing: bool
    right: bool
    features: Features


def rows_of(every: list[Case], answers: list[Answer]) -> Iterator[Row]:
    """The rows of all answers; the places are weighed by a model that has not seen the article."""
    by_case: dict[str, list[Answer]] = {}
    for answer in answers:
        by_case.setdefault(answer.case.key, []).append(answer)
    told: dict[str, list[Choice]] = {case.key: choices(case, by_case.get(case.key, [])) for case in every}
    for language in ("en", "zh"):
        mine = [case for case in every if case.gold["lang"] == language]
        for fold in range(FOLDS):
            rest = [one for case in mine if fold_of(case.key, FOLDS) != fold for one in told[case.key]]
            weights = train_places(rest)
            for case in mine:
                if fold_of(case.key, FOLDS) == fold:
                    yield from _rows(case, by_case.get(case.key, []), weights)


def _rows(case: Case, answers: list[Answer], weights: Features) -> Iterator[Row]:
    ranking = Ranking(Whose(case.scene), weights)
    for _, group in groupby(answers, key=lambda answer: id(answer.mentions)):
        same = list(group)
        chances = [ranking.chances(answer.mention) for answer in same]
        settled = tuple(settle(a.mention, c, case.scene) for a, c in zip(same, chances, strict=True))
        whole = trust.Whole(settled, case.scene, same[0].dropped)
        for answer, mention, chance, right in zip(
            same, settled, chances, right_ones(case.gold["events"], [as_label(one) for one in settled]), strict=True
        ):
            found = trust.features(mention, whole, chance)
            if not answer.first:
                found[SEEN] = 1
            yield Row(case.key, case.gold["lang"], answer.first, case.phrasing, right, found)


def crossed(rows: list[Row]) -> list[float]:
    """The score of each row by a model that has not seen its article."""
    scores = [0.0] * len(rows)
    for fold in range(FOLDS):
        rest = [row for row in rows if fold_of(row.key, FOLDS) != fold]
        model = decide([row.features for row in rest], [row.right for row in rest], PENALTY)
        for number, row in enumerate(rows):
            if fold_of(row.key, FOLDS) == fold:
                scores[number] = model["bias"] + product(model, row.features)
    return scores


def table(scores: list[float], rows: list[Row]) -> None:
    """How many answers have which confidence, and how many of them are right."""
    edges = (0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01)
    for language in ("en", "zh"):
        for low, high in pairwise(edges):
            band = [
                row.right
                for score, row in zip(scores, rows, strict=True)
                if row.language == language and low <= logistic(score) < high
            ]
            print(f"{language} {low:.1f}: {len(band)} answers, {sum(band) / max(1, len(band)):.2f} right")


def main() -> None:
    """Report, and with --write make the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--answers", type=Path, nargs="+", required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    every = list(cases(args.folders, frozenset(word for path in args.without for word in path.read_text().split())))
    rows = list(rows_of(every, [*answers_now(every), *answers_then(every, args.answers)]))
    scores = crossed(rows)
    first = [(score, row) for score, row in zip(scores, rows, strict=True) if row.first and not row.phrasing]
    print(f"{len(rows)} answers, {len(first)} at first sight on articles")
    table([score - CAUTION for score, _ in first], [row for _, row in first])
    if args.write:
        model = decide([row.features for row in rows], [row.right for row in rows], PENALTY)
        model.pop(SEEN, None)
        model["bias"] = round(model["bias"] - CAUTION, 4)
        note = "made by tools/train/confidence.py; feature names are those of streams/extract/learned/trust.py"
        OUT.write_text(
            json.dumps({"note": note, "weights": {"all": model}}, ensure_ascii=False, indent=0) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
