"""What a load did, and the `Run` that is kept about it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph import statements
from graph.store import Store


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

    def add(self, other: Counts) -> None:
        """Take in the counts of a part."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def same_as_before(store: Store, datasets: Iterable[str], made_from: str, version: str) -> dict[str, Counts]:
    """Those data sets that were made from the same; each gets its `Run`, and nothing else is read or written."""
    started = datetime.now(UTC)
    found = store.ask(statements.SAME_DATASETS, {"datasets": sorted(datasets), "made_from": made_from})
    same = {row["id"]: Counts(read=row["records"], unchanged=row["records"]) for row in found}
    token = secrets.token_hex(8)
    runs = [{"dataset": id_, "run": run_of(id_, started, version, token, counts)} for id_, counts in same.items()]
    if runs:
        store.run(statements.KEEP_RUNS, {"runs": runs})
    return same


def run_of(dataset: str, started: datetime, version: str, token: str, counts: Counts) -> dict[str, Any]:
    """The properties of a `Run`."""
    return {
        "id": f"{dataset} {started.isoformat()} {token}",
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - started).total_seconds(), 3),
        "version": version,
        **counts.as_dict(),
    }
