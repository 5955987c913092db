"""What a node shows that several data sets describe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeAlias

import neo4j

from graph import statements
from graph.schema import REPORT_PROPERTIES, NodeType

Tx: TypeAlias = neo4j.ManagedTransaction


def show_preferred(tx: Tx, node: NodeType, keys: list[str], at_least: int) -> None:
    """Show of each property what the preferred data set says, for nodes that `at_least` so many describe."""
    said: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in tx.run(statements.reports(node), keys=keys, at_least=at_least):
        said[record["key"]].append(record["report"])
    rows = []
    for key, reports in said.items():
        shown: dict[str, Any] = {node.key: key}
        for report in reports:
            for name in report.keys() - REPORT_PROPERTIES:
                shown.setdefault(name, report[name])
        # Where nobody says any more what it is called, it goes by its key, as it would with people.
        shown.setdefault(node.caption, key)
        rows.append({"key": key, "properties": shown})
    if rows:
        tx.run(statements.merge_nodes(node), rows=rows).consume()
