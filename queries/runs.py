"""The loads that took place, and the data sets by their names."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from graph.store import Store
from queries.answer import Shape
from queries.names import UnknownNameError, fold
from queries.text import cypher

# Below this likeness (of 100) a suggestion puzzles more than it helps.
_NEAR = 75


class LoadRun(Shape):
    """One load: when it began (ISO 8601, UTC), seconds, the version of Light Footprint, how many records were read and
    what became of them, rows rejected, and what ended it before its time."""

    dataset: str
    started: str
    seconds: float
    version: str
    read: int
    new: int
    changed: int
    unchanged: int
    gone: int
    rejected: int
    error: str | None


class Runs(Shape):
    """Loads, the latest first; `truncated` where there are more."""

    runs: tuple[LoadRun, ...]
    truncated: bool


def loads(graph: Store, dataset: str | None, limit: int) -> Runs:
    """The latest loads of one data set or of all, at most `limit`."""
    name, which = ("runs", {}) if dataset is None else ("runs_of", {"dataset": dataset})
    rows = graph.ask(cypher(name), {**which, "most": limit + 1})
    return Runs(runs=tuple(LoadRun(**row) for row in rows[:limit]), truncated=len(rows) > limit)


def datasets(graph: Store) -> list[str]:
    """The names of the data sets."""
    return [row["id"] for row in graph.ask(cypher("runs_datasets"))]


def known(name: str, among: list[str]) -> str:
    """The name of a data set, if it is one of these; else `UnknownNameError` suggests up to three that are near."""
    if name in among:
        return name
    near = [
        one
        for one, _, _ in process.extract(name, among, scorer=fuzz.WRatio, processor=fold, limit=3, score_cutoff=_NEAR)
    ]
    hint = f"Did you mean {' or '.join(near)}?" if near else "`footprint status` lists them."
    raise UnknownNameError(f"No data set is called {name!r}. {hint}")
