"""A whole graph from one engine to the other, and whether two graphs are alike.

What the model knows is moved: every node with its labels and properties, every relationship with its properties,
also where several run side by side. A graph that is being copied into says so on each of its data sets, so that what
was cut off never looks whole. At the end both sides are read again and compared, node by node.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString

import neo4j

from graph import statements
from graph.errors import GraphError
from graph.model import LOADED, MODEL, REPORTED_BY
from graph.schema import NodeType
from graph.store import Row, Store

# What `loading` of a data set says while the graph is being copied into.
MARK = "a copy that is not complete"
STEPS = ("nodes", "relationships", "comparison")
# Nodes at a time; the relationships that begin at them are held in memory with them.
_PAGE = 500
_TYPES: dict[str, LiteralString] = {
    **{type_: one.type for type_, one in MODEL.relationships.items()}, REPORTED_BY: REPORTED_BY, LOADED: LOADED,
}  # fmt: skip
# Data sets come first: they carry the mark before anything else is there.
_NODES = sorted(MODEL.nodes.values(), key=lambda node: node.label != "Dataset")

Told = Callable[[str, int], None]


class CopyError(GraphError):
    """A copy cannot be made as asked, or was never completed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was moved, how many labels and relationships that the model does not know stayed behind, and where the
    two sides differ, in sentences.
    """

    nodes: int
    relationships: int
    left_out: int
    differences: tuple[str, ...]


def held(store: Store) -> int:
    """How many nodes of the model a graph holds."""
    return int(store.ask(statements.count())[0]["n"])


def copy(source: Store, target: Store, *, replace: bool = False, told: Told = lambda _, __: None) -> Copied:
    """Move all that `source` holds into `target` and compare the two.

    `told` hears of each step (of `STEPS`) how many nodes more are done. A target that holds anything is refused with
    a `CopyError`, unless `replace` lets it be deleted. Where the two sides differ at the end (somebody wrote
    meanwhile), the target stays marked. Held in memory are the keys of one type at a time, and a page of the rest.
    """
    refuse_half(source)
    loading = source.ask(statements.DATASETS_LOADING)
    if not loading:
        raise CopyError(f"There is nothing to copy: the graph at {source.address} is empty.")
    if held(target):
        if not replace:
            raise CopyError(_occupied(target))
        target.run(statements.MARK_DATASETS, {"mark": MARK})
        target.clear()
    target.make_schema()
    count: Counter[str] = Counter()
    for step, move in (("nodes", _copy_nodes), ("relationships", _copy_links)):
        for node in _NODES:
            for page in _pages(_keys(source, node)):
                count.update(move(source, target, node, page))
                told(step, len(page))
    found = tuple(differences(source, target, partial(told, "comparison")))
    if not found:
        target.run(statements.RELEASE_DATASETS, {"rows": loading})
    return Copied(count["nodes"], count["relationships"], count["left out"], found)


def refuse_half(store: Store) -> None:
    """`CopyError` for a graph that is a copy which was cut off: it is not to be loaded into or copied from."""
    if store.ask(statements.MARKED, {"mark": MARK})[0]["n"]:
        raise CopyError(
            f"The graph at {store.address} is a copy that was not completed. Make it again with `footprint copy` and "
            "--replace, or empty it with `footprint graph reset`."
        )


def differences(source: Store, target: Store, told: Callable[[int], None] = lambda _: None) -> Iterator[str]:
    """Where two graphs differ, a sentence for each node; `told` hears how many nodes more were compared.

    Compared are keys, labels, properties with their types, and the relationships that begin at a node. That the
    target is marked as not complete is no difference.
    """
    for node in _NODES:
        here, there = _keys(source, node), _keys(target, node)
        yield from (f"{node.label} {key} is not in the copy." for key in sorted(set(here) - set(there)))
        yield from (f"{node.label} {key} is in the copy alone." for key in sorted(set(there) - set(here)))
        in_both = set(there)
        for page in _pages(here):
            common = [key for key in page if key in in_both]
            ours, theirs = _content(source, node, common), _content(target, node, common)
            for key in common:
                if names := _unlike(ours[key], theirs[key]):
                    yield f"{node.label} {key} differs in {', '.join(names)}."
            told(len(page))


def _occupied(target: Store) -> str:
    refuse_half(target)
    return (
        f"The graph at {target.address} holds {held(target):,} records already. "
        "With --replace they are deleted, and the copy takes their place."
    )


def _keys(store: Store, node: NodeType) -> list[str]:
    """The keys of all nodes of a type, in an order that does not depend on the engine."""
    return sorted(row["key"] for row in store.ask(statements.keys(node)))


def _pages(keys: list[str]) -> Iterator[list[str]]:
    return (keys[first : first + _PAGE] for first in range(0, len(keys), _PAGE))


def _said(row: Row) -> dict[str, Any]:
    """The properties of a node or relationship; the embedded engine may keep the name of one that was set to null."""
    return {name: value for name, value in row["said"].items() if value is not None}


def _copy_nodes(source: Store, target: Store, node: NodeType, keys: list[str]) -> Counter[str]:
    count: Counter[str] = Counter()
    groups: dict[tuple[LiteralString, ...], list[Row]] = defaultdict(list)
    for row in source.ask(statements.whole_nodes(node), {"keys": keys}):
        further = tuple(label for label in node.labels if label in row["labels"])
        mark = {"loading": MARK} if node.label == "Dataset" else {}
        groups[further].append({"said": _said(row) | mark})
        count.update({"nodes": 1, "left out": len(row["labels"]) - len(further) - 1})
    _write(target, {statements.create_nodes(node, further): rows for further, rows in groups.items()})
    return count


def _copy_links(source: Store, target: Store, node: NodeType, keys: list[str]) -> Counter[str]:
    count: Counter[str] = Counter()
    groups: dict[LiteralString, list[Row]] = defaultdict(list)
    for row in source.ask(statements.links_from(node), {"keys": keys}):
        end = _declared(row["labels"])
        if end is None or row["type"] not in _TYPES:
            count["left out"] += 1
            continue
        statement = statements.create_links(_TYPES[row["type"]], node, end)
        groups[statement].append({"key": row["key"], "other": row["other"], "said": _said(row)})
        count["relationships"] += 1
    _write(target, groups)
    return count


def _declared(labels: list[str]) -> NodeType | None:
    """The node type among a node's labels; none for a node that is not of the model."""
    return next((MODEL.nodes[label] for label in labels if label in MODEL.nodes), None)


def _write(target: Store, groups: dict[LiteralString, list[Row]]) -> None:
    """Run each statement with its rows, all in one transaction."""

    def work(tx: neo4j.ManagedTransaction) -> None:
        for statement, rows in sorted(groups.items()):
            tx.run(statement, rows=rows).consume()

    target.write(work)


def _content(store: Store, node: NodeType, keys: list[str]) -> dict[str, Counter[tuple[str, str]]]:
    """For each node: its labels, properties and relationships, as often as they are there, each as a name and text."""
    found: dict[str, Counter[tuple[str, str]]] = {key: Counter() for key in keys}
    for row in store.ask(statements.whole_nodes(node), {"keys": keys}):
        said = _said(row)
        if node.label == "Dataset":
            said.pop("loading", None)
        # As Python writes them, 1 and 1.0 differ, and so do a date and its text.
        found[row["key"]].update((name, repr(value)) for name, value in said.items())
        found[row["key"]].update((f"label {label}", "") for label in node.labels if label in row["labels"])
    for row in store.ask(statements.links_from(node), {"keys": keys}):
        end = _declared(row["labels"])
        if end is not None and row["type"] in _TYPES:
            text = f"{end.label} {row['other']} {sorted(_said(row).items())!r}"
            found[row["key"]][row["type"], text] += 1
    return found


def _unlike(ours: Counter[tuple[str, str]], theirs: Counter[tuple[str, str]]) -> list[str]:
    """The names of the labels, properties and relationship types in which they differ."""
    return sorted({name for name, _ in [*(ours - theirs), *(theirs - ours)]})
