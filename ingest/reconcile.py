"""After a load: the labels that follow from what is in the graph now, set anew where they differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.evidence import DEFAULT_EVIDENCE
from graph.store import Store

_HERE = Path(__file__).parent
# So many relationships of nodes whose label changes go into one transaction.
_MOST = 10_000


def reconcile(store: Store, today: date) -> None:
    """Give each label to the nodes that it follows for, and take it from the others, if anything was loaded since."""
    (due,) = store.read_file(_HERE / "labels_due.cypher")
    if not store.ask(due, {"today": today})[0]["due"]:
        return
    parameters = {"today": today, "evidence": list(DEFAULT_EVIDENCE)}
    for name in ("regional_labels", "gap_labels"):
        for statement in store.read_file(_HERE / f"{name}.cypher"):
            store.run(statement, parameters)
    _partners(store)
    (done,) = store.read_file(_HERE / "labels_set.cypher")
    store.run(done, parameters)


def _partners(store: Store) -> None:
    """`Partner`, some nodes at a time: the embedded engine writes a node with another label anew, and all its
    relationships, and what is written in one transaction has to fit its memory."""
    which, label = store.read_file(_HERE / "partner_labels.cypher")
    differ = store.ask(which)
    for helps in (True, False):
        keys: list[str] = []
        weight = 0
        for row in (one for one in differ if one["helps"] is helps):
            if keys and weight + row["degree"] > _MOST:
                store.run(label, {"keys": keys, "helps": helps})
                keys, weight = [], 0
            keys.append(row["key"])
            weight += row["degree"]
        if keys:
            store.run(label, {"keys": keys, "helps": helps})
