"""How a data set is taken out of the graph again: all that it says, and nothing that another one says.

Each batch is one transaction in which all that the data set says of a record goes together, so a forgetting that was
cut off goes on where it stopped, and so does a load that comes instead. The data set itself goes last.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

from graph import statements
from graph.batches import BATCH, batches
from graph.copying import refuse_half
from graph.errors import GraphError
from graph.model import MODEL
from graph.preferred import Tx, show_preferred
from graph.schema import NodeType
from graph.store import Store
from graph.turns import Turn


def said_by(store: Store, name: str) -> int:
    """How many records a data set speaks of, or has spoken of; `GraphError` where there is no such data set."""
    found = store.ask(statements.SAID_BY, {"dataset": name})
    if not found:
        raise GraphError(f"There is no data set {name!r} in the graph.")
    return int(found[0]["records"])


def forget(store: Store, name: str, told: Callable[[int], None] = lambda _: None) -> int:
    """Take a data set out, with its reports, relationships and runs; returns how many records it spoke of.

    `told` hears how many records more are done. A node goes with it where nobody else reports it and nothing that
    another data set says touches it. Otherwise it stays: retired where nobody says it any more; where it is `shared`,
    as the remaining data sets have it. Where it is not, what they say otherwise is marked to be loaded again. Further
    labels are to be set anew by who calls (`ingest.reconcile`).

    Raises `GraphError` where there is no such data set, `CopyError` where the graph is a copy that was not completed,
    and `OtherLoadError` where a load of the data set begins meanwhile.
    """
    refuse_half(store)
    said_by(store, name)
    token = secrets.token_hex(8)
    store.run(statements.TAKE_TO_FORGET, {"dataset": name, "token": token})
    turn, today = Turn(store, name, token), datetime.now(UTC).date()

    done = 0
    for node in MODEL.nodes.values():
        keys = sorted({row["key"] for row in store.ask(statements.known(node), {"dataset": name})})
        for batch in batches(keys, BATCH):
            turn.write(partial(_forget, name=name, node=node, keys=batch, today=today))
            done += len(batch)
            told(len(batch))
    for statement in statements.delete_alone():
        while store.run(statement)["nodes_deleted"]:
            pass
    turn.write(partial(_end, name=name))
    return done


def _forget(tx: Tx, name: str, node: NodeType, keys: list[str], today: date) -> None:
    """Take out what the data set says of these nodes."""
    if not node.shared:
        tx.run(statements.written_over(node), keys=keys, dataset=name).consume()
    for statement in statements.delete_said(node):
        tx.run(statement, keys=keys, dataset=name).consume()
    if node.shared:
        show_preferred(tx, node, keys, at_least=1)
    tx.run(statements.retire(node), keys=keys, today=today).consume()


def _end(tx: Tx, name: str) -> None:
    tx.run(statements.DELETE_DATASET, dataset=name).consume()
    tx.run(statements.UNLABEL).consume()
