"""How long groupings of all States × all themes take, and their closed sets beside other programs: `make bench`.

    python -m benchmarks.groupings [--rounds 5] [--keep FOLDER] [--json]

First the question itself with nothing given, on the embedded engine with the facts that ship: every State, every
regional organisation, every language, every theme and treaty row. Then its core alone, on the same contexts (which
State reads incomplete or no entry under which item; all States, and the members or speakers of each holder),
beside what an analyst would take instead:

- `concepts`, the whole concept lattice: the full answer;
- `mlxtend` fpgrowth, all frequent sets of items, of which the closed ones are then kept: the full answer;
- `mlxtend` fpmax: maximal sets only, so not the full answer (which smaller group shares more is not in it).

Each gets its input ready-made. That the full answers are the same sets, and that fpmax's are the maximal ones among
them, is checked in the run; a difference ends it with an error. Times are medians of `--rounds`, one after the other.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import concepts
import numpy as np
import pandas as pd
from mlxtend.frequent_patterns import fpgrowth, fpmax

from benchmarks.grow import grown
from graph.evidence import DEFAULT_EVIDENCE
from graph.store import Store
from queries.assemble import today
from queries.closed_sets import bits, closed_sets
from queries.groupings import groupings
from queries.held_together import Known, holders_of
from queries.parameters import visible

T = TypeVar("T")
Sets = set[tuple[frozenset[str], frozenset[str]]]
LEAST_STATES = 3
AIM = 10.0


@dataclass(frozen=True, slots=True)
class Context:
    """States and items of one holder, and which State has which item, as bits and as a table."""

    name: str
    states: tuple[str, ...]
    items: tuple[str, ...]
    rows: tuple[int, ...]
    table: pd.DataFrame

    @classmethod
    def of(cls, name: str, states: tuple[str, ...], negative: dict[str, frozenset[str]]) -> Context:
        """The States of whom something is known to be missing, as in `queries.groupings`."""
        known = tuple(iso3 for iso3 in states if iso3 in negative)
        items = tuple(sorted({item for iso3 in known for item in negative[iso3]}))
        rows = tuple(sum(1 << n for n, item in enumerate(items) if item in negative[iso3]) for iso3 in known)
        cells = np.array([[item in negative[iso3] for item in items] for iso3 in known], dtype=bool)
        return cls(name, known, items, rows, pd.DataFrame(cells, index=list(known), columns=list(items)))


def ours(context: Context) -> list[tuple[int, int]]:
    """The closed sets as the question computes them."""
    return closed_sets(context.rows, len(context.items), LEAST_STATES, 1)


def by_concepts(context: Context) -> Callable[[], list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The lattice of `concepts`; the context is made beforehand, once a round, as it keeps its lattice."""
    made = concepts.Context(context.states, context.items, context.table.to_numpy().tolist())
    return lambda: [(one.extent, one.intent) for one in made.lattice]


def by_fpgrowth(context: Context) -> list[tuple[bytes, frozenset[str]]]:
    """All frequent sets, of those with the same States the largest: the closed ones."""
    cells = context.table.to_numpy()
    place = {item: number for number, item in enumerate(context.items)}
    closed: dict[bytes, frozenset[str]] = {}
    for items in _frequent(fpgrowth, context):
        states = cells[:, [place[item] for item in items]].all(axis=1).tobytes()
        if len(items) > len(closed.get(states, ())):
            closed[states] = items
    return list(closed.items())


def by_fpmax(context: Context) -> list[frozenset[str]]:
    """The maximal frequent sets of items."""
    return _frequent(fpmax, context)


def _frequent(function: Callable[..., Any], context: Context) -> list[frozenset[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Half a State less, so that rounding leaves no set of exactly so many States out.
        least = (LEAST_STATES - 0.5) / len(context.states)
        return list(function(context.table, min_support=least, use_colnames=True)["itemsets"])


def check(context: Context) -> int:
    """How many closed sets there are; raises `AssertionError` where the programs differ."""
    mine: Sets = {
        (frozenset(context.states[n] for n in bits(states)), frozenset(context.items[n] for n in bits(items)))
        for states, items in ours(context)
    }
    lattice: Sets = {
        (frozenset(extent), frozenset(intent))
        for extent, intent in by_concepts(context)()
        if len(extent) >= LEAST_STATES and intent
    }
    names = np.array(context.states)
    frequent: Sets = {
        (frozenset(names[np.frombuffer(states, dtype=bool)].tolist()), items) for states, items in by_fpgrowth(context)
    }
    intents = {items for _, items in mine}
    maximal = {one for one in intents if not any(one < other for other in intents)}
    if mine != lattice or mine != frequent or maximal != set(by_fpmax(context)):
        raise AssertionError(f"{context.name}: the programs do not find the same sets")
    return len(mine)


def _timed(call: Callable[[], T]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measure(contexts: list[Context], rounds: int) -> dict[str, float]:
    """Median seconds of each program for all these contexts together."""
    times: dict[str, list[float]] = {"ours": [], "concepts": [], "fpgrowth": [], "fpmax": []}
    for _ in range(rounds):
        lattices = [by_concepts(context) for context in contexts]
        times["ours"].append(sum(_timed(partial(ours, context)) for context in contexts))
        times["concepts"].append(sum(_timed(lattice) for lattice in lattices))
        for name, function in (("fpgrowth", by_fpgrowth), ("fpmax", by_fpmax)):
            times[name].append(sum(_timed(partial(function, context)) for context in contexts))
    return {name: statistics.median(those) for name, those in times.items()}


def contexts_of(store: Store) -> list[Context]:
    """The contexts of the question with nothing given: all States first, then each organisation and language."""
    on, seen = today(), visible(False)
    holders = holders_of(store, None, on)
    known = Known.read(store, holders, on, list(DEFAULT_EVIDENCE), seen, None)
    holders.sort(key=lambda holder: not holder.contiguous)
    return [
        Context.of(holder.noun, holder.states, known.negative)
        for holder in holders
        if sum(iso3 in known.negative for iso3 in holder.states) >= LEAST_STATES
    ]


def main(given: list[str]) -> int:
    """Measure and print; 1 where the closed sets are not `AIM` times faster than the fastest full answer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.groupings", description="How long groupings take.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="keep the loaded facts in this folder and use them again")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as made, grown("embedded", asked.keep or Path(made), 0) as store:
        for _ in range(2):
            groupings(store)
        question = sorted(_timed(lambda: groupings(store)) for _ in range(asked.rounds))
        contexts = contexts_of(store)
    result: dict[str, Any] = {"question_seconds": {"median": statistics.median(question), "least": question[0]}}
    slow = False
    for name, those in (("all States", contexts[:1]), ("all holders", contexts)):
        closed = sum(check(context) for context in those)
        seconds = measure(those, asked.rounds)
        ratio = min(seconds["concepts"], seconds["fpgrowth"]) / seconds["ours"]
        slow = slow or ratio < AIM
        result[name] = {"contexts": len(those), "closed_sets": closed, "seconds": seconds, "times_faster": ratio}
    sys.stdout.write(json.dumps(result, indent=2) + "\n" if asked.json else _text(result))
    return int(slow)


def _text(result: dict[str, Any]) -> str:
    took = result.pop("question_seconds")
    lines = [f"the question with nothing given: median {took['median']:.2f} s, least {took['least']:.2f} s"]
    for name, one in result.items():
        seconds = one["seconds"]
        told = [f"{other} {seconds[other] * 1000:,.1f} ms ({seconds[other] / seconds['ours']:.1f} times)" for other in
                ("concepts", "fpgrowth", "fpmax")]  # fmt: skip
        lines.append(
            f"{name}: {one['closed_sets']:,} closed sets in {one['contexts']} contexts, the same from all; ours "
            f"{seconds['ours'] * 1000:,.1f} ms; {', '.join(told)} (fpmax: maximal sets only, no full answer); "
            f"{one['times_faster']:.1f} times faster than the fastest full answer (aim {AIM:g})"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
