"""How good rankings are, with intervals: what is measured of each case, and the means over cases and providers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from evaluation.cases import Asked
from evaluation.rankings import Ranking

HITS = (1, 3, 5, 10)
_FIRST = 10
_SAMPLES = 1000
_SEED = 1540
# The middle 95 of 100 resamples.
_LOW, _HIGH = 2.5, 97.5
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measured:
    """One case under one ranking.

    `hits` by rank: whether (or how probably) a true provider is in the first so many; `reciprocal` of the best true
    provider's rank; `recall` of all true providers in the first five; `found` by provider: whether it is in the first
    ten.
    """

    hits: dict[int, float]
    reciprocal: float
    recall: float
    found: dict[str, float]


def measured(asked: Asked, ranking: Ranking) -> Measured:
    """What a ranking is worth for a case; a true provider that is not in it has no rank."""
    ranks = {one: place for place, one in enumerate(ranking, start=1)}
    places = {one: ranks.get(one, len(ranking) + 1_000_000) for one in asked.case.providers}
    best = min(places.values())
    return Measured(
        {k: float(best <= k) for k in HITS},
        1 / best if best <= len(ranking) else 0.0,
        sum(place <= 5 for place in places.values()) / len(places),
        {one: float(place <= _FIRST) for one, place in places.items()},
    )


def by_chance(asked: Asked) -> Measured:
    """What a random order of all partners that something is known of is worth on average, exactly."""
    known = asked.evidence.pieces.keys()
    size, true = len(known), len(asked.case.providers & known)

    def none_within(first: int) -> float:
        return comb(size - true, min(first, size)) / comb(size, min(first, size)) if size else 1.0

    reciprocal = sum((none_within(rank - 1) - none_within(rank)) / rank for rank in range(1, size + 1))
    one = {p: (min(1.0, _FIRST / size) if p in known else 0.0) for p in asked.case.providers}
    recall = true / len(asked.case.providers) * min(1.0, 5 / size) if size else 0.0
    return Measured({k: 1 - none_within(k) for k in HITS}, reciprocal, recall, one)


def ceiling(asked: Asked) -> dict[str, float]:
    """Which true providers something is known of on that day: nobody else can be found."""
    return {one: float(one in asked.evidence.pieces) for one in asked.case.providers}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the bounds within which 95 of 100 bootstrap resamples lie."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """As in a table: `0.54 (0.49-0.59)`."""
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def _draws(size: int) -> NDArray[np.int64]:
    """How often each case is in each resample; the same for every ranking, so that they can be compared."""
    rng = np.random.default_rng(_SEED)
    picked = rng.integers(0, size, size=(_SAMPLES, size))
    return np.array([np.bincount(row, minlength=size) for row in picked])


def _estimate(value: float, samples: Numbers) -> Estimate:
    low, high = np.percentile(samples, [_LOW, _HIGH])
    return Estimate(round(value, 4), round(float(low), 4), round(float(high), 4))


def mean(values: Sequence[float]) -> Estimate:
    """The mean of values of which each is a case (or a provider)."""
    each = np.array(values, dtype=float)
    return _estimate(float(each.mean()), _draws(len(each)) @ each / len(each))


def macro(found: Sequence[dict[str, float]]) -> Estimate:
    """The mean over providers of the mean over each provider's cases; the bounds are those of resampled providers.

    Resampled cases would leave out the providers of a single case, whose help is what this measure is for.
    """
    cases: dict[str, list[float]] = defaultdict(list)
    for case in found:
        for one, value in case.items():
            cases[one].append(value)
    return mean([sum(cases[one]) / len(cases[one]) for one in sorted(cases)])


def summary(cases: Sequence[Measured]) -> dict[str, Estimate]:
    """All measures of a ranking over the cases, by name."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in cases:
        for k in HITS:
            found[f"hit_at_{k}"].append(one.hits[k])
        found["mrr"].append(one.reciprocal)
        found["recall_at_5"].append(one.recall)
    return {
        **{name: mean(values) for name, values in found.items()},
        "macro_recall_at_10": macro([one.found for one in cases]),
    }
