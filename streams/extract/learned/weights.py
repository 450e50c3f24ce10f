"""The learned weights, read once from the data files beside the room."""

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"
Weights = Mapping[str, float]


@cache
def load(name: str) -> dict[str, Weights]:
    """The models of `learned_<name>.json`: by language, feature name → weight."""
    models: dict[str, Weights] = json.loads((_DATA / f"learned_{name}.json").read_text(encoding="utf-8"))["weights"]
    return models


def product(weights: Weights, features: Mapping[str, float]) -> float:
    """The sum of weight times value."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def logistic(score: float) -> float:
    """A probability from a score.

    >>> logistic(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def shares(scores: Iterable[float]) -> list[float]:
    """Probabilities that add up to 1, from one score each.

    >>> shares([0.0, 0.0])
    [0.5, 0.5]
    """
    scores = list(scores)
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
