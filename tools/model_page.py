"""`python -m tools.model_page [--check]`: docs/model.md from the model, or whether it says what the model says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.model import LOADED, MODEL, REPORTED_BY
from graph.schema import NodeType, Property, RelationshipType

PAGE = Path(__file__).parent.parent / "docs" / "model.md"

_INTRODUCTION = """# The model

This page is made from `graph/nodes.py` and `graph/relationships.py` by `make docs`: change those, not this page.

States have fields, one for each obligation of resolution 1540 (2004) or theme. Statements say something about a
field, each with its source and its date. Requests and needs, offers, precedents, programmes and sectors meet the
fields through themes. Every node has one label of its own and is identified by the key of its type."""

_LOADER = f"""## What the loader itself writes

| where | property | type | meaning |
| --- | --- | --- | --- |
| every node | `retired` | DATE | The day from which no data set says the node any more; answers leave it out. |
| `{REPORTED_BY}` | `dataset` | STRING | Id of the data set that says the node. |
| `{REPORTED_BY}` | `line` | STRING | Where in the data set's file it stands. |
| `{REPORTED_BY}` | `hash` | STRING | Hash of all that it says of the node; the same again is not written. |
| `{REPORTED_BY}` | `valid_to` | DATE | The day from which the data set does not say the node any more. |
| all others, but `{LOADED}` | `dataset` | STRING | Id of the data set that says the relationship. |
| all others, but `{LOADED}` | `ordinal` | INTEGER | Tells apart several of one type between the same two nodes. |
| all others, but `{LOADED}` | `valid_to` | DATE | The day from which the data set does not say it any more. |

`{REPORTED_BY}` goes from any node to the `Dataset` that says it, and `{LOADED}` from a `Run` to its `Dataset`. Where
several data sets may describe a node, `{REPORTED_BY}` also holds the properties as that data set gives them, and the
node shows of each property what the data set with the lowest `rank` says. What has a `valid_to` or a `retired` stays
in the graph as history."""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION, "## Nodes"]
    parts += ["\n\n".join(_node(node)) for node in MODEL.nodes.values()]
    parts.append("## Relationships")
    parts += ["\n\n".join(_relationship(one)) for one in MODEL.relationships.values()]
    parts.append(_LOADER)
    return "\n\n".join(parts) + "\n"


def _node(node: NodeType) -> Iterator[str]:
    yield f"### {node.label}"
    yield node.description
    facts = [f"Key: `{node.key}`.", f"Caption: `{node.caption}`."]
    if node.labels:
        facts.append(f"Further labels, set after each load: {_listed(node.labels)}.")
    if node.shared:
        facts.append("Several data sets may describe the same node.")
    yield " ".join(facts)
    yield _table(node.properties)


def _relationship(one: RelationshipType) -> Iterator[str]:
    yield f"### {one.type}"
    yield f"{_listed(one.start)} → {_listed(one.end)}"
    yield one.description
    if one.properties:
        yield _table(one.properties)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(properties: Iterable[Property]) -> str:
    rows = [
        f"| `{p.name}` | {p.type.replace('<', '&lt;')} | {p.description.replace('|', '&#124;')} |" for p in properties
    ]
    return "\n".join(["| property | type | meaning |", "| --- | --- | --- |", *rows])


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(prog="python -m tools.model_page", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the page does not fit the model")
    if not parser.parse_args().check:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_bytes() == page().encode():
        return 0
    print("docs/model.md does not say what the model says: run `make docs`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
