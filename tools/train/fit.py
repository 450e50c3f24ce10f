"""Two linear models by maximum likelihood with a quadratic penalty: choose one of a list, and yes or no."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Features = dict[str, float]
SEEN_IN = 3
"""A feature of fewer rows is left out."""
SMALL = 0.005
"""A weight below this is left out of the data file."""


def matrix(rows: Sequence[Features], names: list[str]) -> csr_matrix:
    """Rows by named columns; names that are not listed are left out."""
    column = {name: number for number, name in enumerate(names)}
    triples = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    at, to, values = zip(*triples, strict=True)
    return csr_matrix((values, (at, to)), shape=(len(rows), len(names)), dtype=float)


def names_of(rows: Sequence[Features]) -> list[str]:
    """The features that occur often enough."""
    seen = Counter(name for row in rows for name in row)
    return sorted(name for name, times in seen.items() if times >= SEEN_IN)


def choose(
    lists: Sequence[Sequence[Features]], right: Sequence[int], weight: Sequence[float], penalty: float
) -> Features:
    """Weights under which the right row of each list scores best (softmax)."""
    rows = [row for one in lists for row in one]
    names = names_of(rows)
    x = matrix(rows, names)
    starts = np.cumsum([0, *(len(one) for one in lists[:-1])])
    group = np.repeat(np.arange(len(lists)), [len(one) for one in lists])
    hit = np.zeros(len(rows))
    hit[starts + np.array(right)] = 1
    w = np.array(weight)[group]

    def loss(beta):
        score = x @ beta
        score -= np.maximum.reduceat(score, starts)[group]
        power = np.exp(score)
        total = np.add.reduceat(power, starts)[group]
        gap = w * (hit - power / total)
        return -(w * hit * (score - np.log(total))).sum() + penalty * beta @ beta / 2, penalty * beta - x.T @ gap

    beta = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return _named(names, beta)


def decide(rows: Sequence[Features], right: Sequence[bool], penalty: float) -> Features:
    """Weights (with `bias`, which is not penalised) of a logistic model."""
    names = names_of(rows)
    x = matrix(rows, names)
    y = np.array(right, dtype=float)

    def loss(beta):
        score = x @ beta[:-1] + beta[-1]
        chance = 1 / (1 + np.exp(-score))
        gap = y - chance
        cost = np.logaddexp(0, score).sum() - y @ score + penalty * beta[:-1] @ beta[:-1] / 2
        return cost, np.append(penalty * beta[:-1] - x.T @ gap, -gap.sum())

    beta = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {**_named(names, beta[:-1]), "bias": round(float(beta[-1]), 4)}


def _named(names: list[str], beta) -> Features:
    return {name: round(float(value), 4) for name, value in zip(names, beta, strict=True) if abs(value) >= SMALL}


def fold_of(key: str, folds: int) -> int:
    """Which part an article is in, the same for all that is made of it."""
    return int(key, 16) % folds
