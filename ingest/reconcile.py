"""After a load: the labels that follow from what is in the graph now, set anew where they differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.evidence import DEFAULT_EVIDENCE
from graph.store import Store

_HERE = Path(__file__).parent


def reconcile(store: Store, today: date) -> None:
    """Give each label to the nodes that it follows for, and take it from the others, if anything was loaded since."""
    (due,) = store.read_file(_HERE / "labels_due.cypher")
    if not store.ask(due, {"today": today})[0]["due"]:
        return
    parameters = {"today": today, "evidence": list(DEFAULT_EVIDENCE)}
    for name in ("regional_labels", "gap_labels", "partner_labels", "labels_set"):
        for statement in store.read_file(_HERE / f"{name}.cypher"):
            store.run(statement, parameters)
