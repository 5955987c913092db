"""How long each registered question takes as the world grows, on both engines, in one run: `make bench`.

    python -m benchmarks.questions [--size 0 10000 100000] [--engine embedded neo4j] [--only state partners]
                                   [--runs 20] [--normal] [--keep FOLDER] [--json]

Size 0 is the facts that ship. The world grows by made-up programmes (`benchmarks.grow`) outside the States that are
asked about, so that a question about one State is asked of the same records of that State at each size; with
`--normal` they too grow. Each question is asked of several States, organisations and themes (`CALLS`), in turn, in
this one process, warm: each call once unmeasured, then at least `--runs` times in all, fewer (at least five) where
twenty take more than `SLOW` seconds. p50 and p95 are over all calls of a question. A registered question without
calls here, and one that cannot be asked, is said at the end, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.grow import Engine, grown
from graph.store import Store
from queries import questions
from queries.answer import Answer
from queries.parameters import ParameterError
from tests.engines import NoNeo4jError

SLOW = 40.0
_LEAST = 5
ENGINES: tuple[Engine, ...] = ("embedded", "neo4j")
SIZES = (0, 10_000, 100_000)
Call = Mapping[str, Any]

# What each question is asked in turn. Days in the past, several States large and small, with and without a theme.
CALLS: dict[str, tuple[Call, ...]] = {
    "action_plan": ({"state": "SLE"}, {"state": "KEN", "priorities": ("border-control",)}, {"state": "BRB"}),
    "clashes": ({"since": date(2016, 1, 1), "until": date(2016, 12, 31)}, {}),
    "clearing": ({}, {"theme": "border-control"}),
    "cobenefits": ({"theme": "border-control"}, {"theme": "strategic-minerals", "state": "SLE"}),
    "common_gaps": ({"who": "CARICOM"}, {"who": "all"}),
    "completeness": ({"record": "REQ/CARICOM/2009-06"},),
    "coverage": ({},),
    "entry_points": (
        {"state": "SLE", "as_of": date(2009, 10, 1)},
        {"state": "SLE", "theme": "border-control", "as_of": date(2009, 10, 1)},
        {"state": "KEN", "as_of": date(2021, 6, 1)},
        {"state": "PHL", "theme": "biosafety-biosecurity", "as_of": date(2021, 6, 1)},
        {"state": "BRB"},
    ),
    "explain": (
        {"state": "SLE", "item": "border-control"},
        {"state": "KEN", "item": "OP3c"},
        {"state": "PHL", "item": "section/OP2"},
        {"state": "BRB", "item": "OP1/5"},
    ),
    "groupings": ({}, {"organisation": "CARICOM"}, {"organisation": "ECOWAS", "theme": ("border-control",)}),
    "laws": ({"state": "SLE"}, {"state": "KEN", "section": "OP2"}, {"state": "PHL"}),
    "network": ({"focus": "SLE"}, {"focus": "REQ/CARICOM/2009-06", "depth": 2}),
    "opportunities": ({"partner": "USA"}, {"partner": "unodc", "theme": "border-control"}),
    "overlap": ({"who": "SLE", "as_of": date(2009, 10, 1)}, {"who": "KEN", "as_of": date(2021, 6, 1)}),
    "partners": (
        {"who": "SLE", "theme": "border-control"},
        {"who": "KEN"},
        {"who": "CARICOM", "theme": "border-control"},
        {"who": "PHL", "theme": "biosafety-biosecurity", "as_of": date(2021, 6, 1)},
    ),
    "pools": ({"theme": "biosafety-biosecurity"},),
    "precedents": ({"theme": "border-control"}, {"state": "SLE"}, {"partner": "USA"}),
    "search": ({"text": "Sierra Leone"}, {"text": "frontera"}, {"text": "biosecurty laboratory"}),
    "state": ({"state": "SLE"}, {"state": "KEN", "as_of": date(2021, 6, 1)}, {"state": "PHL"}, {"state": "BRB"}),
}


@dataclass(frozen=True, slots=True)
class Timing:
    """A question on one engine at one size: seconds of its runs in milliseconds, and what it found last."""

    question: str
    engine: str
    programmes: int
    runs: int
    p50_ms: float
    p95_ms: float
    slowest_call: str
    slowest_call_p50_ms: float


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def measure(
    store: Store, name: str, function: Callable[..., Answer[Any]], calls: tuple[Call, ...], programmes: int, runs: int
) -> Timing:
    """Ask each call once unmeasured, then all in turn, at least `runs` times together."""
    started = time.perf_counter()
    for call in calls:
        function(store, **call)
    once = time.perf_counter() - started
    rounds = math.ceil(runs / len(calls))
    rounds = max(min(rounds, int(SLOW / once)), math.ceil(_LEAST / len(calls)))
    times: dict[str, list[float]] = {_said(call): [] for call in calls}
    for _ in range(rounds):
        for call in calls:
            started = time.perf_counter()
            function(store, **call)
            times[_said(call)].append((time.perf_counter() - started) * 1000)
    every = [one for those in times.values() for one in those]
    slowest = max(times, key=lambda one: percentile(times[one], 0.5))
    return Timing(
        name, store.engine, programmes, len(every), round(percentile(every, 0.5), 1), round(percentile(every, 0.95), 1),
        slowest, round(percentile(times[slowest], 0.5), 1),
    )  # fmt: skip


def _said(call: Call) -> str:
    return ", ".join(f"{name}={value}" for name, value in call.items()) or "nothing given"


def unasked(names: list[str]) -> list[str]:
    """Which of the questions this module does not know how to ask."""
    return [name for name in names if name not in CALLS]


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description="How long each question takes.")
    parser.add_argument("--size", type=int, nargs="+", default=list(SIZES), help="programmes; 0: the facts that ship")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--only", nargs="+", default=[], help="these questions alone")
    parser.add_argument("--runs", type=int, default=20, help="at least so many runs of each question")
    parser.add_argument("--normal", action="store_true", help="the States asked about grow too")
    parser.add_argument("--keep", type=Path, help="keep the grown worlds in this folder and use them again")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(given)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _measure_all(asked: argparse.Namespace, folder: Path, problems: list[str]) -> Iterator[Timing]:
    known = questions()
    names = [name for name in known if not asked.only or name in asked.only]
    problems += [f"{name}: there is no such question" for name in asked.only if name not in known]
    problems += [f"{name}: benchmarks/questions.py does not say what to ask it" for name in unasked(names)]
    for engine in asked.engine:
        for size in asked.size:
            try:
                with grown(engine, folder, size, elsewhere=not asked.normal) as store:
                    for name in names:
                        if name in CALLS:
                            try:
                                yield measure(store, name, known[name], CALLS[name], size, asked.runs)
                            except (ParameterError, TypeError) as error:
                                problems.append(f"{name} on {engine} at {size:,}: {error}")
            except NoNeo4jError as error:
                problems.append(f"{engine}: not measured: {error}")
                break


def _table(timings: list[Timing]) -> str:
    """A line a question and engine, p50 / p95 in milliseconds by size, and how often p50 of the smallest size."""
    sizes = sorted({one.programmes for one in timings})
    head = "".join(f"{f'{size:,}' if size else 'shipped':>16}" for size in sizes)
    lines = [f"{'p50 / p95, ms':18}{'':10}{head}  grew  slowest call"]
    for name, engine in dict.fromkeys((one.question, one.engine) for one in timings):
        row = {one.programmes: one for one in timings if (one.question, one.engine) == (name, engine)}
        cells = "".join(f"{f'{row[s].p50_ms:,.0f} / {row[s].p95_ms:,.0f}' if s in row else '-':>16}" for s in sizes)
        first, last = row[min(row)], row[max(row)]
        slow = f"{last.slowest_call} ({last.slowest_call_p50_ms:,.0f})"
        lines.append(f"{name:18}{engine:10}{cells} {last.p50_ms / first.p50_ms:5.2f}  {slow}")
    return "\n".join(lines)


def main(given: list[str]) -> int:
    """Measure and print; 1 where a question could not be measured."""
    asked = _arguments(given)
    problems: list[str] = []
    timings: list[Timing] = []
    with _folder(asked.keep) as folder:
        for timing in _measure_all(asked, folder, problems):
            timings.append(timing)
            sys.stderr.write(f"{timing.engine} {timing.programmes:,} {timing.question}: {timing.p50_ms:,.0f} ms\n")
    if asked.json:
        document = {"timings": [asdict(one) for one in timings], "problems": problems}
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        sys.stdout.write(f"{_table(timings)}\n")
    for problem in problems:
        sys.stderr.write(f"*** NOT MEASURED: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
