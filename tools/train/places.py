"""Train the choice among the places of an article: streams/extract/data/learned_places.json.

python tools/train/places.py FOLDER... [--without IDS.txt ...] [--answers FILE.jsonl.gz ...] [--write]
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from data import Answer, Case, answers_now, answers_then, cases
from fit import Features, choose, fold_of

from streams.extract.learned.ranking import telling_of
from streams.extract.learned.scene import Codes
from streams.extract.learned.weights import product, shares
from streams.extract.learned.whose import Telling, Whose

OUT = Path(__file__).resolve().parents[2] / "streams/extract/data/learned_places.json"
PENALTY, PHRASING, FOLDS = 2.0, 0.5, 6
SEEN = " (seen)"
"""Marks what rules say of an article that was at hand when they were written."""


@dataclass
class Choice:
    """One telling of a labelled event: the candidates, and which is right (-1: none of them)."""

    case: Case
    codes: list[Codes]
    rows: list[Features]
    right: int
    event: int
    answer: Answer | None = None


def choices(case: Case, answers: list[Answer]) -> list[Choice]:
    """The tellings of an article's labelled events: as labelled, and as each version of the rules cut them."""
    whose, found = Whose(case.scene), []
    for number, event in enumerate(case.gold["events"]):
        at = case.article.document.find(event.get("evidence") or "\0")
        if at >= 0:
            telling = Telling(event.get("kind") or event["type"], at, at + len(event["evidence"]))
            found.append(_choice(whose, case, number, telling, None))
    for answer in answers:
        if answer.gold is not None:
            number = next(n for n, one in enumerate(case.gold["events"]) if one is answer.gold)
            telling = telling_of(answer.mention, "" if answer.first else SEEN)
            found.append(_choice(whose, case, number, telling, answer))
    return [choice for choice in found if choice.codes]


def _choice(whose: Whose, case: Case, number: int, telling: Telling, answer: Answer | None) -> Choice:
    event = case.gold["events"][number]
    weighed = whose.features(telling)
    codes = [one for one, _ in weighed]
    rows = [{name: value for part in parts for name, value in part.items()} for _, parts in weighed]
    right = next((n for n, one in enumerate(codes) if set(one) == set(event["regions"])), -1)
    return Choice(case, codes, rows, right, number, answer)


def train(every: list[Choice]) -> Features:
    """The weights of one language."""
    kept = [one for one in every if one.right >= 0 and len(one.codes) > 1]
    told = Counter((one.case.key, one.event) for one in kept)
    weight = [(PHRASING if one.case.phrasing else 1.0) / told[one.case.key, one.event] for one in kept]
    return choose([one.rows for one in kept], [one.right for one in kept], weight, PENALTY)


def report(every: list[Choice]) -> None:
    """Cross-validation by article: how often the first choice is right, and what replacing the rules' would do."""
    chances: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        weights = train([one for one in every if fold_of(one.case.key, FOLDS) != fold])
        for one in every:
            if fold_of(one.case.key, FOLDS) == fold:
                chances[id(one)] = shares(product(weights, row) for row in one.rows)
    best = {id(one): max(range(len(one.codes)), key=lambda n, one=one: chances[id(one)][n]) for one in every}
    labelled = [one for one in every if one.answer is None and not one.case.phrasing]
    print(
        f"labelled tellings {len(labelled)}: right {sum(best[id(o)] == o.right for o in labelled) / len(labelled):.3f}"
    )
    first = [one for one in every if one.answer is not None and one.answer.first and not one.case.phrasing]
    held = [one for one in first if set(one.answer.mention.regions) == set(one.answer.gold["regions"])]
    print(f"answers at first sight {len(first)}: rules right {len(held) / max(1, len(first)):.3f}")
    for sure in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        effect: Counter[str] = Counter()
        for one in first:
            chosen = best[id(one)]
            was = set(one.answer.mention.regions) == set(one.answer.gold["regions"])
            other = set(one.codes[chosen]) != set(one.answer.mention.regions)
            if other and chances[id(one)][chosen] >= sure:
                effect["mended" if chosen == one.right else "broken" if was else "wrong still"] += 1
        print(f"  replaced from {sure}: {dict(effect)}")


def main() -> None:
    """Report, and with --write make the data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--answers", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    every = list(cases(args.folders, frozenset(word for path in args.without for word in path.read_text().split())))
    answers: dict[str, list[Answer]] = {}
    for answer in (*answers_now(every), *answers_then(every, args.answers)):
        answers.setdefault(answer.case.key, []).append(answer)
    models = {}
    for language in ("en", "zh"):
        told = [
            choice
            for case in every
            if case.gold["lang"] == language
            for choice in choices(case, answers.get(case.key, []))
        ]
        print(language)
        report(told)
        models[language] = {name: weight for name, weight in train(told).items() if SEEN not in name}
    if args.write:
        note = "made by tools/train/places.py; feature names are those of streams/extract/learned/whose.py"
        OUT.write_text(json.dumps({"note": note, "weights": models}, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
