"""How the weights of `partners` were chosen: on one half of the cases, by steps that anybody can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.cases import Asked
from evaluation.measures import measured
from queries.candidates import ranked
from queries.partner_features import PartnerWeights

# Few documented requests name whom they prefer, so that nothing can be learned of it from cases.
FIXED = frozenset({"preferred"})
STEPS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Table:
    """The values of the features of all candidates of one case: a row a candidate, a column a weight."""

    asked: Asked
    partners: tuple[str, ...]
    values: NDArray[np.float64]

    def ranking(self, weights: NDArray[np.float64]) -> list[str]:
        scores = self.values @ weights
        return [self.partners[number] for number in np.lexsort((np.array(self.partners), -np.round(scores, 9)))]


def choose(asked: Sequence[Asked], start: PartnerWeights | None = None) -> PartnerWeights:
    """Weights that do well on these cases: one weight at a time is set to the best of `STEPS`, in rounds.

    What is made large is the mean reciprocal rank plus the provider-macro recall at ten, so that neither those who
    help nearly everybody nor the rare ones are forgotten. Of equally good weights the smaller is taken.
    """
    names = [field.name for field in fields(PartnerWeights)]
    tables = [_table(one, names) for one in asked]
    best = start or PartnerWeights()
    reached = _worth(tables, names, best)
    for _ in range(_ROUNDS):
        before = best
        for name in names:
            for step in STEPS if name not in FIXED else ():
                tried = replace(best, **{name: step})
                worth = _worth(tables, names, tried)
                if worth > reached + 1e-9:
                    best, reached = tried, worth
        if best == before:
            break
    return best


def _table(asked: Asked, names: list[str]) -> _Table:
    rows = ranked(asked.evidence, asked.asker, PartnerWeights())
    values = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for feature in row.features:
            values[number, names.index(feature.name)] = feature.value
    return _Table(asked, tuple(row.partner.id for row in rows), values)


def _worth(tables: Sequence[_Table], names: list[str], weight: PartnerWeights) -> float:
    weights = np.array([asdict(weight)[name] for name in names])
    cases = [measured(one.asked, one.ranking(weights)) for one in tables]
    reciprocal = sum(one.reciprocal for one in cases) / len(cases)
    found: dict[str, list[float]] = {}
    for one in cases:
        for partner, value in one.found.items():
            found.setdefault(partner, []).append(value)
    return reciprocal + sum(sum(values) / len(values) for values in found.values()) / len(found)
