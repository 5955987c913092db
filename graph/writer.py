"""How a data set gets into the graph: what is new comes in, what changed is rewritten, what is gone is marked.

A data set is the scope: nothing that another data set says is touched. Each batch is one transaction in which the
hash of a record is written together with all that it says, so a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from graph import statements
from graph.batches import BATCH, ahead, batches
from graph.contents import Contents
from graph.copying import refuse_half
from graph.errors import DanglingLinkError, GraphError, RaceError, TemporaryFolderError
from graph.ledger import Identity, Ledger
from graph.model import MODEL
from graph.preferred import Tx, show_preferred
from graph.records import Link, Record
from graph.runs import Counts, run_of
from graph.schema import NodeType
from graph.store import Store
from graph.turns import Turn


@dataclass(slots=True)
class Writer:
    """Writes records into one data set.

    `rank` orders data sets that describe the same thing (lowest first). `repeated` is told of a record that says
    something else than an earlier one of the same key; it is left out. An exact repetition is passed over.
    `files` has the counts of each file of which `Record.line` tells (`file:line`), but for rejects.
    """

    store: Store
    dataset: str
    title: str
    rank: int = 100
    repeated: Callable[[Record], None] | None = None
    counts: Counts = field(default_factory=Counts)
    files: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

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
        token = secrets.token_hex(8)
        refuse_half(self.store)
        parameters = {"dataset": self.dataset, "title": self.title, "rank": self.rank, "token": token}
        self.store.run(statements.TAKE_DATASET, parameters)
        turn = Turn(self.store, self.dataset, token)
        with closing(Ledger()) as ledger:
            contents = Contents(ledger)
            problem: BaseException | None = None
            try:
                self._remember(ledger)
                with closing(ahead(batches(self._news(records, contents), BATCH))) as coming:
                    for batch in coming:
                        turn.write(partial(self._write, batch=batch, today=started.date()))
                        for record, _, known in batch:
                            self._count("changed" if known else "new", file_of(record.line))
                self._take_out(ledger, turn, started.date())
            except BaseException as one:
                problem = one
                raise
            finally:
                self.counts.rejected = rejected()
                with contextlib.suppress(GraphError) if problem else contextlib.nullcontext():
                    run = run_of(self.dataset, started, version, token, self.counts)
                    self._finish(token, contents, run, made_from, problem)
        return self.counts

    def _finish(
        self, token: str, contents: Contents, run: dict[str, Any], made_from: str, problem: BaseException | None
    ) -> None:
        """Keep the run, and what the data set says now, as far as it was read."""
        error = None if problem is None else str(problem) if isinstance(problem, Exception) else "ended before its time"
        # What was read is forgotten with the ledger's file: then nothing of it is known to be for the public.
        forgotten = isinstance(problem, TemporaryFolderError)
        public = "" if forgotten else contents.public(self._hidden)
        # A file that was refused before anything was read leaves nothing that answers could lack.
        part = " in part" if problem and (forgotten or not contents.ledger.empty()) else ""
        finish = {
            "dataset": self.dataset, "token": token, "content": contents.whole() + part,
            "content_public": public and public + part, "run": run | {"error": error},
            "made_from": None if problem or self.counts.rejected else made_from or None,
        }  # fmt: skip
        self.store.run(statements.FINISH_DATASET, finish)

    def preview(self, records: Iterable[Record], rejected: Callable[[], int] = lambda: 0) -> Counts:
        """What `load` would do, without writing anything; raises what it would raise."""
        with closing(Ledger()) as ledger:
            self._remember(ledger)
            for record, _, known in self._news(records, Contents(ledger)):
                self._count("changed" if known else "new", file_of(record.line))
                for link in record.links:
                    ledger.leads_to((link.label, link.key), _dangling(record, link))
            self._refuse_dangling(ledger)
            for _, _, file in ledger.gone():
                self._count("gone", file)
        self.counts.rejected = rejected()
        return self.counts

    def _refuse_dangling(self, ledger: Ledger) -> None:
        """Raise `DanglingLinkError` where a record leads to a node that neither the load nor the graph has."""
        for unmet in batches(ledger.unmet(), BATCH):
            keys: dict[str, dict[str, str]] = defaultdict(dict)
            for label, key, said in unmet:
                keys[label][key] = said
            for label, those in keys.items():
                for row in self.store.ask(statements.missing(MODEL.node(label)), {"keys": sorted(those)}):
                    raise DanglingLinkError(those[row["key"]])

    def _count(self, what: str, file: str) -> None:
        # From two threads: never two of them the same number, and a file is there once one of its records was read.
        for counts in (self.counts, self.files[file]):
            setattr(counts, what, getattr(counts, what) + 1)

    def _remember(self, ledger: Ledger) -> None:
        """What the data set has said so far."""
        for node in MODEL.nodes.values():
            rows = self.store.each(statements.known(node), {"dataset": self.dataset})
            ledger.knew((node.label, row["key"], row["hash"], row["live"], file_of(row["line"] or "")) for row in rows)

    def _news(self, records: Iterable[Record], contents: Contents) -> Iterator[tuple[Record, str, bool]]:
        """The records that are new or say something else, with their hashes; the others are counted only.

        The third is whether the data set has ever described the node.
        """
        for record in records:
            identity = (record.label, record.key)
            digest = record.content_hash()
            if earlier := contents.ledger.now(identity):
                if earlier != digest and self.repeated:
                    self.repeated(record)
                continue
            self._count("read", file_of(record.line))
            contents.add(record, digest)
            before = contents.ledger.before(identity)
            if before == (digest, True):
                self._count("unchanged", file_of(record.line))
                continue
            record.check()
            yield record, digest, before is not None

    def _write(self, tx: Tx, batch: list[tuple[Record, str, bool]], today: date) -> None:
        by_label: dict[str, list[tuple[Record, str, bool]]] = defaultdict(list)
        for one in batch:
            by_label[one[0].label].append(one)
        for label, those in by_label.items():
            self._write_nodes(tx, MODEL.node(label), those, today)
        for label, those in by_label.items():
            node = MODEL.node(label)
            known = [record for record, _, known in those if known]
            new = [record for record, _, known in those if not known]
            self._end_links(tx, node, [record.key for record in known], today)
            self._write_links(tx, node, known, first=False)
            self._write_links(tx, node, new, first=True)
            if node.shared:
                show_preferred(tx, node, [record.key for record, _, _ in those], at_least=2)

    def _write_nodes(self, tx: Tx, node: NodeType, those: list[tuple[Record, str, bool]], today: date) -> None:
        rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for record, digest, known in those:
            said = {k: v for k, v in record.properties.items() if v is not None}
            report = {"dataset": self.dataset, "line": record.line, "hash": digest}
            properties = {node.key: record.key, **said}
            rows[known].append({"key": record.key, "properties": properties, "hash": digest, "report": report})
        if node.shared and (again := [row["key"] for row in rows[True]]):
            # What was said before stays readable, with the day until which it was.
            tx.run(statements.end_reports(node), keys=again, dataset=self.dataset, today=today).consume()
        for known, described in rows.items():
            if described:
                tx.run(statements.describe(node, first=not known), rows=described, dataset=self.dataset).consume()

    def _write_links(self, tx: Tx, node: NodeType, records: list[Record], first: bool) -> None:
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            for link in record.links:
                said = {k: v for k, v in link.properties.items() if v is not None}
                row = {"key": record.key, "other": link.key, "ordinal": link.ordinal, "properties": said}
                groups[(link.type, link.label)].append(row)
        for (type_, label), rows in groups.items():
            other = MODEL.node(label)
            statement = statements.write_links(MODEL.relationship(type_), node, other, first)
            made = tx.run(statement, rows=rows, dataset=self.dataset).single(strict=True)["made"]
            if made != len(rows):
                keys = sorted({row["other"] for row in rows})
                missing = {record["key"] for record in tx.run(statements.missing(other), keys=keys)}
                if not missing:
                    # Another writer made one of the nodes at the same moment; the transaction is tried again.
                    raise RaceError(f"Others write to the same nodes as the data set {self.dataset}.")
                raise DanglingLinkError(
                    next(
                        _dangling(record, link)
                        for record in records
                        for link in record.links
                        if (link.type, link.label) == (type_, label) and link.key in missing
                    )
                )

    def _end_links(self, tx: Tx, node: NodeType, keys: list[str], today: date) -> None:
        for relationship in MODEL.owned_by(node.label) if keys else ():
            tx.run(statements.end_links(relationship, node), keys=keys, dataset=self.dataset, today=today).consume()

    def _take_out(self, ledger: Ledger, turn: Turn, today: date) -> None:
        """Mark what the data set no longer says; what nobody says any more is left out of answers but stays."""
        for batch in batches(ledger.gone(), BATCH):
            gone: dict[str, list[str]] = defaultdict(list)
            for label, key, _ in batch:
                gone[label].append(key)
            for label, keys in gone.items():
                turn.write(partial(self._end, node=MODEL.node(label), keys=keys, today=today))
            for _, _, file in batch:
                self._count("gone", file)

    def _end(self, tx: Tx, node: NodeType, keys: list[str], today: date) -> None:
        tx.run(statements.end_reports(node), keys=keys, dataset=self.dataset, today=today).consume()
        self._end_links(tx, node, keys, today)
        if node.shared:
            show_preferred(tx, node, keys, at_least=1)
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


def file_of(line: str) -> str:
    """The file of a line such as `file:12`; empty where it names none."""
    return line.rpartition(":")[0]


def _dangling(record: Record, link: Link) -> str:
    where = f" (line {record.line})" if record.line else ""
    return f"{record.label} {record.key}{where} says {link.type} {link.label} {link.key}, which is not in the graph."
