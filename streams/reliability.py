"""What confidence is worth: of the answers with a confidence in a band, the share that is right in every part."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from streams.evaluate import STRICT, Label, agree, pair

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass
class Band:
    """Answers with a confidence of `low` and more, up to `high`."""

    low: float
    high: float
    answers: int = 0
    right: int = 0


def reliability(pairs: Iterable[tuple[Label, Label]]) -> list[Band]:
    """The bands over (labelled article, answer) pairs; the events of an answer have a `confidence`."""
    bands = [Band(low, high) for low, high in itertools.pairwise(EDGES)]
    for gold, got in pairs:
        for event, right in zip(got["events"], right_ones(gold["events"], got["events"]), strict=True):
            band = next(one for one in reversed(bands) if event["confidence"] >= one.low)
            band.answers += 1
            band.right += right
    return bands


def right_ones(gold: list[Label], got: list[Label]) -> list[bool]:
    """Which answers are strictly right: paired, and the pair agrees on type, kind, regions and figures."""
    right = [False] * len(got)
    for i, j in pair(gold, got):
        verdict = agree(gold[i], got[j])
        right[j] = all(verdict.get(name, True) for name in STRICT)
    return right


def reliability_table(bands: list[Band]) -> Iterator[str]:
    """The bands as lines for people."""
    for band in bands:
        share = f"{band.right / band.answers:.2f} right" if band.answers else "-"
        yield f"confidence {band.low:.1f} to {band.high:.1f}: {band.answers:4} events, {share}"
