"""How a data set gets into the graph: what is new comes in, what changed is rewritten, what is gone is marked.

A data set is the scope: nothing that another data set says is touched. Each batch is one transaction in which the
hash of a record is written together with all that it says, so a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import neo4j

from graph import statements
from graph.contents import Contents, Identity
from graph.copying import refuse_half
from graph.errors import DanglingLinkError, GraphError, OtherLoadError
from graph.model import MODEL
from graph.records import Record
from graph.schema import REPORT_PROPERTIES, NodeType
from graph.store import Store

BATCH = 1000
_Tx = neo4j.ManagedTransaction


@dataclass(slots=True)
class Counts:
    """What a load did, in records."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    rejected: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Writer:
    """Writes records into one data set.

    `rank` orders data sets that describe the same thing (lowest first). `repeated` is told of a record that says
    something else than an earlier one of the same key; it is left out. An exact repetition is passed over.
    """

    store: Store
    dataset: str
    title: str
    rank: int = 100
    repeated: Callable[[Record], None] | None = None
    counts: Counts = field(default_factory=Counts)
    _before: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)
    _contents: Contents = field(default_factory=Contents)

    def load(
        self, records: Iterable[Record], version: str, rejected: Callable[[], int] = lambda: 0, made_from: str = ""
    ) -> Counts:
        """Bring the data set to what `records` say and keep a `Run` about it.

        `made_from` is a hash of all that the records are made from; see `same_as_before`.
        Raises `ModelError` for a record that does not fit the model and `DanglingLinkError` for one that leads
        to no node; what was written before stays and is completed by the next load. Raises `CopyError` where the
        graph is a copy that was not completed.
        """
        started = datetime.now(UTC)
        today = started.date()
        token = secrets.token_hex(8)
        parameters = {"dataset": self.dataset, "title": self.title, "rank": self.rank, "token": token}
        refuse_half(self.store)
        self.store.run(statements.TAKE_DATASET, parameters)
        self._before = self._known()
        error: str | None = "ended before its time"
        try:
            for batch in _batches(self._to_write(records), BATCH):
                self._in_turn(token, partial(self._write, batch=batch, today=today))
                known = sum((record.label, record.key) in self._before for record, _ in batch)
                self.counts.changed += known
                self.counts.new += len(batch) - known
            self._take_out(token, today)
            error = None
        except Exception as problem:
            error = str(problem)
            raise
        finally:
            self.counts.rejected = rejected()
            run = _run(self.dataset, started, version, token, self.counts) | {"error": error}
            part = " in part" if error else ""
            with contextlib.suppress(GraphError) if error else contextlib.nullcontext():
                whole = None if error or self.counts.rejected else made_from or None
                public = self._contents.public(self._hidden)
                finish = {
                    "dataset": self.dataset, "token": token, "content": self._contents.whole() + part,
                    "content_public": public and public + part, "made_from": whole, "run": run,
                }  # fmt: skip
                self.store.run(statements.FINISH_DATASET, finish)
        return self.counts

    def _in_turn(self, token: str, work: Callable[[_Tx], None]) -> None:
        """Write in one transaction, unless another load has taken the data set meanwhile."""

        def checked(tx: _Tx) -> None:
            if not tx.run(statements.STILL_OURS, dataset=self.dataset, token=token).single(strict=True)["ours"]:
                raise OtherLoadError(f"Another load of the data set {self.dataset} began meanwhile; this one ended.")
            work(tx)

        self.store.write(checked)

    def _known(self) -> dict[tuple[str, str], tuple[str, bool]]:
        """What the data set has said so far: hash and whether it still says it, by label and key."""
        return {
            (node.label, row["key"]): (row["hash"], row["live"])
            for node in MODEL.nodes.values()
            for row in self.store.ask(statements.known(node), {"dataset": self.dataset})
        }

    def _to_write(self, records: Iterable[Record]) -> Iterator[tuple[Record, str]]:
        """The records that are new or say something else, with their hashes; the others are counted only."""
        for record in records:
            identity = (record.label, record.key)
            digest = record.content_hash()
            if identity in self._contents.hashes:
                if self._contents.hashes[identity] != digest and self.repeated:
                    self.repeated(record)
                continue
            self.counts.read += 1
            self._contents.add(record, digest)
            before = self._before.get(identity)
            if before == (digest, True):
                self.counts.unchanged += 1
                continue
            record.check()
            yield record, digest

    def _write(self, tx: _Tx, batch: list[tuple[Record, str]], today: date) -> None:
        by_label: dict[str, list[tuple[Record, str]]] = defaultdict(list)
        for record, digest in batch:
            by_label[record.label].append((record, digest))
        for label, records in by_label.items():
            self._write_nodes(tx, MODEL.node(label), records)
        for label, records in by_label.items():
            node = MODEL.node(label)
            known = [record for record, _ in records if (label, record.key) in self._before]
            new = [record for record, _ in records if (label, record.key) not in self._before]
            self._end_links(tx, node, [record.key for record in known], today)
            self._write_links(tx, node, known, first=False)
            self._write_links(tx, node, new, first=True)
            if node.shared:
                _show_preferred(tx, node, [record.key for record, _ in records], at_least=2)

    def _write_nodes(self, tx: _Tx, node: NodeType, records: list[tuple[Record, str]]) -> None:
        rows: list[dict[str, Any]] = []
        reports: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for record, digest in records:
            said = {k: v for k, v in record.properties.items() if v is not None}
            rows.append({"key": record.key, "properties": {node.key: record.key, **said}})
            report = {"dataset": self.dataset, "line": record.line, "hash": digest}
            first = (record.label, record.key) not in self._before
            reports[first].append({"key": record.key, "report": {**said, **report} if node.shared else report})
        tx.run(statements.merge_nodes(node), rows=rows).consume()
        for first, those in reports.items():
            if those:
                tx.run(statements.report(node, first), rows=those, dataset=self.dataset).consume()

    def _write_links(self, tx: _Tx, node: NodeType, records: list[Record], first: bool) -> None:
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            for link in record.links:
                said = {k: v for k, v in link.properties.items() if v is not None}
                properties = {**said, "dataset": self.dataset, "ordinal": link.ordinal}
                row = {"key": record.key, "other": link.key, "ordinal": link.ordinal, "properties": properties}
                groups[(link.type, link.label)].append(row)
        for (type_, label), rows in groups.items():
            other = MODEL.node(label)
            statement = statements.write_links(MODEL.relationship(type_), node, other, first)
            made = tx.run(statement, rows=rows, dataset=self.dataset).single(strict=True)["made"]
            if made != len(rows):
                keys = sorted({row["other"] for row in rows})
                missing = {record["key"] for record in tx.run(statements.missing(other), keys=keys)}
                raise DanglingLinkError(_dangling(type_, label, missing, records))

    def _end_links(self, tx: _Tx, node: NodeType, keys: list[str], today: date) -> None:
        for relationship in MODEL.owned_by(node.label) if keys else ():
            tx.run(statements.end_links(relationship, node), keys=keys, dataset=self.dataset, today=today).consume()

    def _take_out(self, token: str, today: date) -> None:
        """Mark what the data set no longer says; what nobody says any more is left out of answers but stays."""
        gone: dict[str, list[str]] = defaultdict(list)
        for (label, key), (_, live) in self._before.items():
            if live and (label, key) not in self._contents.hashes:
                gone[label].append(key)
                self.counts.gone += 1
        for label, keys in gone.items():
            for batch in _batches(keys, BATCH):
                self._in_turn(token, partial(self._end, node=MODEL.node(label), keys=batch, today=today))

    def _end(self, tx: _Tx, node: NodeType, keys: list[str], today: date) -> None:
        tx.run(statements.end_reports(node), keys=keys, dataset=self.dataset, today=today).consume()
        self._end_links(tx, node, keys, today)
        if node.shared:
            _show_preferred(tx, node, keys, at_least=1)
        tx.run(statements.retire(node), keys=keys, today=today).consume()

    def _hidden(self, nodes: Iterable[Identity]) -> set[Identity]:
        """Which of these nodes only the Committee may see."""
        keys: dict[str, list[str]] = defaultdict(list)
        for label, key in nodes:
            keys[label].append(key)
        return {
            (label, row["key"])
            for label, those in keys.items()
            for row in self.store.ask(statements.hidden(MODEL.node(label)), {"keys": sorted(those)})
        }


def same_as_before(store: Store, datasets: Iterable[str], made_from: str, version: str) -> dict[str, Counts]:
    """Those data sets that were made from the same; each gets its `Run`, and nothing else is read or written."""
    started = datetime.now(UTC)
    found = store.ask(statements.SAME_DATASETS, {"datasets": sorted(datasets), "made_from": made_from})
    same = {row["id"]: Counts(read=row["records"], unchanged=row["records"]) for row in found}
    token = secrets.token_hex(8)
    runs = [{"dataset": id_, "run": _run(id_, started, version, token, counts)} for id_, counts in same.items()]
    if runs:
        store.run(statements.KEEP_RUNS, {"runs": runs})
    return same


def _run(dataset: str, started: datetime, version: str, token: str, counts: Counts) -> dict[str, Any]:
    return {
        "id": f"{dataset} {started.isoformat()} {token}",
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - started).total_seconds(), 3),
        "version": version,
        **counts.as_dict(),
    }


def _show_preferred(tx: _Tx, node: NodeType, keys: list[str], at_least: int) -> None:
    """Show of each property what the preferred data set says, for nodes that `at_least` so many describe."""
    said: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in tx.run(statements.reports(node), keys=keys):
        said[record["key"]].append(record["report"])
    rows = []
    for key, reports in said.items():
        if len(reports) >= at_least:
            shown: dict[str, Any] = {node.key: key}
            for report in reports:
                for name in report.keys() - REPORT_PROPERTIES:
                    shown.setdefault(name, report[name])
            rows.append({"key": key, "properties": shown})
    if rows:
        tx.run(statements.merge_nodes(node), rows=rows).consume()


def _dangling(type_: str, label: str, missing: set[str], records: list[Record]) -> str:
    for record in records:
        for link in record.links:
            if link.type == type_ and link.label == label and link.key in missing:
                where = f" (line {record.line})" if record.line else ""
                return f"{record.label} {record.key}{where} says {type_} {label} {link.key}, which is not in the graph."
    return f"A {type_} leads to no {label}."


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of `size`; where the items end with an error, what came before it is not lost."""
    batch: list[Any] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
    except GeneratorExit:
        raise
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
