"""Whether the facts that ship are what they should be: nothing rejected, totals as published, nothing withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from graph.problems import Problem
from graph.store import Store
from ingest.rejects import Rejects
from ingest.rows import FactRow, read
from ingest.shipped import FACTS, SHIPPED
from ingest.statements import TreatyRow


class TotalRow(FactRow):
    """How many parties the publisher of a list counts."""

    instrument: str
    status: str
    total: int
    published: str
    source: str


class WithheldRow(FactRow):
    """A file that may not ship: it was read in tests only."""

    file: str
    sha256: str
    reason: str
    source: str


WHOLE = "All data sets that ship are loaded, and all loads came to their end"
CHECKS = (
    "Every row of the facts can be read",
    "Totals of treaties equal the published totals",
    "Nothing comes from a file that may not ship",
    WHOLE,
)


def problems(folder: Path = FACTS) -> Iterator[Problem]:
    """What is wrong with the facts in a folder, each under the check that found it."""
    unreadable, totals, withheld, _ = CHECKS
    rejects = Rejects()
    for one in SHIPPED:
        for _ in one.records(folder, rejects):
            pass
    for reject in rejects.found:
        yield Problem(
            unreadable, f"{reject.file}, line {reject.line}, {reject.field}: {reject.reason} ({reject.value})"
        )
    treaties = [row for _, row in read(folder / "treaties.csv", TreatyRow, rejects)]
    counts = Counter((row.instrument, row.status) for row in treaties if row.valid_to is None)
    for line, row in read(folder / "totals.csv", TotalRow, rejects):
        if counts[(row.instrument, row.status)] != row.total:
            found = f"{counts[(row.instrument, row.status)]} in treaties.csv, {row.total} as published"
            yield Problem(totals, f"totals.csv, line {line}: {row.instrument}, {row.status}: {found}")
    forbidden = {row.sha256: row.file for _, row in read(folder / "withheld.csv", WithheldRow, rejects)}
    for entry in yaml.safe_load((folder / "sources.yaml").read_text(encoding="utf-8")):
        if file := forbidden.get(str(entry.get("checksum"))):
            yield Problem(withheld, f"sources.yaml, {entry['id']}: it is {file}, which may not ship")


def unfinished(store: Store) -> Iterator[Problem]:
    """The data sets that ship and are not in the graph, and those of any kind that were loaded in part."""
    (statement,) = store.read_file(Path(__file__).parent / "whole.cypher")
    (row,) = store.ask(statement, {"datasets": [one.id for one in SHIPPED]})
    for id_ in row["missing"]:
        yield Problem(WHOLE, f"{id_} is not loaded (footprint load)")
    for id_ in row["unfinished"]:
        yield Problem(WHOLE, f"{id_} is being loaded, or its last load ended early")
