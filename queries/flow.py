"""Which partner for which need, all needs at once: a flow of least cost under capacities, solved with HiGHS.

Each need sends one unit to a partner or, at a cost above all matches together, to nobody; each partner takes as many
as it has places. So as many needs as possible are met, and among those plans the sum of what the matches are worth is
the largest. The solver's figures are made integers again and proven (reduced costs, slackness) before they are used.
Where several plans are equally good, one is chosen by ids alone, whatever the solver found: the first need by id gets
the first partner by id that any best plan gives it (nobody comes last), then the second need, and so on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

# What a match is worth at most: scores have four decimals.
FULL = 10_000
_NEAR_INTEGER = 1e-6


@dataclass(frozen=True, slots=True)
class Plan:
    """The partner of each need that is met, and what all matches are worth together (`FULL` each at most)."""

    partner: dict[str, str]
    worth: int


class Flow:
    """The needs, what each partner is worth to them, and the places that partners have."""

    def __init__(
        self,
        worth: Mapping[str, Mapping[str, int]],
        places: Mapping[str, int],
        barred: Collection[tuple[str, str]] = (),
    ) -> None:
        """`worth`: of each partner (0 to `FULL`) to each need; a partner that is missing there cannot help with it.

        `places`: how many needs each partner can take, 0 where not told. `barred`: pairs of need and partner that
        must not be. Raises `ValueError` for a worth or a number of places out of bounds.
        """
        self.needs = sorted(worth)
        self.partners = sorted({partner for those in worth.values() for partner in those})
        self._places = [places.get(partner, 0) for partner in self.partners]
        at = {partner: number for number, partner in enumerate(self.partners)}
        arcs = [
            (number, at[partner], worth[need][partner], (need, partner) in barred)
            for number, need in enumerate(self.needs)
            for partner in sorted(worth[need])
        ]
        if any(not 0 <= value <= FULL for _, _, value, _ in arcs) or any(number < 0 for number in self._places):
            raise ValueError("Worths are from 0 to FULL, places from 0 up.")
        nobody, needs = len(self.partners), len(self.needs)
        # To meet nobody's need costs more than the worst match of all needs together.
        arcs += [(number, nobody, -FULL * needs, False) for number in range(needs)]
        self._arc_of = {(arc[0], arc[1]): number for number, arc in enumerate(arcs)}
        columns = np.array(arcs, dtype=np.int64).reshape(-1, 4)
        self._need, self._partner = columns[:, 0], columns[:, 1]
        self._cost, self._open = FULL - columns[:, 2], columns[:, 3] == 0
        self._solver: Any = self._program() if needs else None

    def _program(self) -> Any:
        """The linear program: a row a need (exactly one unit), a row a partner (at most its places)."""
        needs, partners, arcs = len(self.needs), len(self.partners), len(self._cost)
        met = self._partner < partners
        index = np.stack([self._need, needs + self._partner], axis=1)
        taken = np.stack([np.ones(arcs, dtype=bool), met], axis=1)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = arcs, needs + partners
        lp.col_cost_ = self._cost.astype(float)
        lp.col_lower_, lp.col_upper_ = np.zeros(arcs), np.where(self._open, highspy.kHighsInf, 0.0)
        lp.row_lower_ = np.concatenate([np.ones(needs), np.full(partners, -highspy.kHighsInf)])
        lp.row_upper_ = np.concatenate([np.ones(needs), np.array(self._places, dtype=float)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(taken.sum(axis=1))]).astype(np.int32)
        lp.a_matrix_.index_ = index[taken].astype(np.int32)
        lp.a_matrix_.value_ = np.ones(int(taken.sum()))
        solver = highspy.Highs()
        # Simplex ends in a corner, and all corners of such a program are integer, as are their prices.
        for name, value in (("output_flag", False), ("solver", "simplex"), ("threads", 1), ("parallel", "off")):
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        return solver

    def plan(self, *, more: str | None = None, allowing: tuple[str, str] | None = None) -> Plan:
        """The best plan: as it is, with one more place at the partner `more`, or `allowing` a barred pair."""
        if self._solver is None:
            return Plan({}, 0)
        places, open_ = list(self._places), self._open.copy()
        if more is not None:
            places[self.partners.index(more)] += 1
        if allowing is not None:
            need, partner = allowing
            open_[self._arc_of[(self.needs.index(need), self.partners.index(partner))]] = True
        self._bound(places, open_)
        try:
            chosen, prices = self._solved(places, open_)
        finally:
            self._bound(self._places, self._open)
        return self._told(_Choice(self, chosen, prices, places, open_).first_by_id())

    def _bound(self, places: list[int], open_: Any) -> None:
        for number in range(len(places)):
            self._solver.changeRowBounds(len(self.needs) + number, -highspy.kHighsInf, float(places[number]))
        for arc in np.flatnonzero(~self._open):
            self._solver.changeColBounds(int(arc), 0.0, highspy.kHighsInf if open_[arc] else 0.0)

    def _solved(self, places: list[int], open_: Any) -> tuple[list[int], list[int]]:
        """The partner of each need (by number; the last stands for nobody) and the price of a place at each."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {self._solver.getModelStatus()}.")
        solution = self._solver.getSolution()
        flow, dual = _integers(solution.col_value), _integers(solution.row_dual)
        needs = len(self.needs)
        prices = np.append(dual[needs:], 0)
        reduced = self._cost - dual[self._need] - prices[self._partner]
        load = np.bincount(self._partner, weights=flow, minlength=len(places) + 1)[:-1]
        proven = (
            np.all(flow >= 0)
            and np.all(np.bincount(self._need, weights=flow, minlength=needs) == 1)
            and np.all(load <= places)
            and np.all(reduced[open_] >= 0)
            and not np.any(flow[~open_])
            and not np.any(flow * reduced)
            and np.all(prices <= 0)
            and np.all((prices[:-1] == 0) | (load == places))
        )
        if not proven:
            raise RuntimeError("The plan that HiGHS found could not be proven to be the best.")
        self._reduced = reduced
        used = np.flatnonzero(flow)
        chosen = dict(zip(self._need[used].tolist(), self._partner[used].tolist(), strict=True))
        return [chosen[need] for need in range(needs)], prices.tolist()

    def tight(self, open_: Any) -> list[list[int]]:
        """By partner (the last stands for nobody) the needs that it serves in some plan as good, by the prices."""
        found: list[list[int]] = [[] for _ in range(len(self.partners) + 1)]
        for arc in np.flatnonzero(open_ & (self._reduced == 0)):
            found[int(self._partner[arc])].append(int(self._need[arc]))
        return found

    def _told(self, chosen: list[int]) -> Plan:
        met = {need: at for need, at in enumerate(chosen) if at < len(self.partners)}
        worth = sum(FULL - int(self._cost[self._arc_of[pair]]) for pair in met.items())
        return Plan({self.needs[need]: self.partners[at] for need, at in met.items()}, worth)


def _integers(values: Any) -> Any:
    given = np.asarray(values, dtype=float)
    whole = np.rint(given)
    if np.any(np.abs(given - whole) > _NEAR_INTEGER * np.maximum(1.0, np.abs(whole))):
        raise RuntimeError("HiGHS gave parts of units where there are only whole ones.")
    return whole.astype(np.int64)


class _Choice:
    """Among all plans that are as good as the one found, the first by ids.

    All of them use only arcs without reduced cost and fill every place that has a price; so from one to another one
    gets by moving needs in circles over such arcs, through spare places that have no price (`_SPARE`).
    """

    _SPARE = -1

    def __init__(self, flow: Flow, chosen: list[int], prices: list[int], places: list[int], open_: Any) -> None:
        self._at = chosen
        self._wanted = flow.tight(open_)
        self._places = [*places, len(chosen)]
        self._free = [number for number, price in enumerate(prices) if price == 0]
        self._load = [0] * len(self._places)
        for partner in chosen:
            self._load[partner] += 1

    def first_by_id(self) -> list[int]:
        options: list[list[int]] = [[] for _ in self._at]
        for partner, needs in enumerate(self._wanted):
            for need in needs:
                options[need].append(partner)
        for need, partners in enumerate(options):
            if partners[0] != self._at[need]:
                onward = self._ways_to(self._at[need], need)
                best = next(one for one in partners if one == self._at[need] or one in onward)
                self._move(need, best, onward)
        return self._at

    def _ways_to(self, target: int, need: int) -> dict[int, tuple[int | None, int]]:
        """From where a unit too many can be passed on to `target`, and the next step: which need, to whom.

        Needs up to `need` stay where they are.
        """
        onward: dict[int, tuple[int | None, int]] = {}
        queue = deque([target])
        steps: list[tuple[int | None, int]]
        while queue:
            to = queue.popleft()
            if to == self._SPARE:
                steps = [(None, one) for one in self._free if self._load[one] < self._places[one]]
            else:
                steps = [(other, self._at[other]) for other in self._wanted[to] if other > need]
                if to in self._free and self._load[to] > 0:
                    steps.append((None, self._SPARE))
            for moved, place in steps:
                if place != target and place not in onward:
                    onward[place] = (moved, to)
                    queue.append(place)
        return onward

    def _move(self, need: int, partner: int, onward: dict[int, tuple[int | None, int]]) -> None:
        target, moves = self._at[need], [(need, partner)]
        while partner != target:
            moved, partner = onward[partner]
            if moved is not None:
                moves.append((moved, partner))
        for one, to in moves:
            self._load[self._at[one]] -= 1
            self._load[to] += 1
            self._at[one] = to
