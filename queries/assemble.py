"""From rows to an answer: data version, sources of all records named, what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from graph.store import Store
from queries.answer import Answer, Ref, RowT, Source
from queries.parameters import PUBLIC
from queries.text import cypher

_SOURCED = (
    "Statement", "Offer", "Precedent", "Programme", "Request", "Need", "Legislation", "Activity", "ActionPlan",
    "Benefit", "Mandate", "PointOfContact", "Organisation", "State", "Source",
)  # fmt: skip
Version = tuple[str, list[str]]
CAVEAT_PAST = (
    "The answer uses what is known today about {as_of}; what was known on that day may have been less or different."
)

CAVEAT_AHEAD = "The date lies ahead: the answer takes what is known today to hold until {as_of} by its own dates."


def today() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()


CAVEAT_PARTLY = (
    "Being loaded, or not loaded to the end: {ids}. The answer may lack what is said there. `footprint load` completes "
    "it, or says what does."
)
CAVEAT_PRACTICE = "This is a graph for practice: States and all that is said of them may be invented."


def data_version(store: Store, seen: Sequence[str] = PUBLIC) -> str:
    """Twelve hex digits over the content of all data sets, as far as the caller may see it."""
    return version_of(store, seen)[0]


def version_of(store: Store, seen: Sequence[str] = PUBLIC) -> Version:
    """The version of the data as `data_version` gives it, and the data sets that are not whole.

    To the public it does not change with records that only the Committee may see, and a data set that holds nothing
    else does not exist.
    """
    digest, partly = hashlib.blake2b(digest_size=6), []
    content = "public" if tuple(seen) == PUBLIC else "content"
    for row in store.ask(cypher("data_version")):
        if row[content] == "":
            continue
        digest.update(f"{row['id']}\0{row[content]}\n".encode())
        if not row["whole"]:
            partly.append(str(row["id"]))
    return digest.hexdigest(), partly


def sources_of(store: Store, records: Iterable[Ref]) -> tuple[Source, ...]:
    """The sources of those records, by id."""
    ids: dict[str, set[str]] = {type_: set() for type_ in _SOURCED}
    for record in records:
        if record.type in ids:
            ids[record.type].add(record.id)
    found = store.ask(cypher("sources"), {type_.lower(): sorted(keys) for type_, keys in ids.items()})
    return tuple(Source(**row) for row in sorted(found, key=lambda row: str(row["id"])))


def assemble(
    store: Store,
    question: str,
    parameters: dict[str, Any],
    as_of: date,
    rows: Sequence[RowT],
    limit: int,
    caveats: Sequence[str],
    further: Iterable[Ref] = (),
    total: int | None = None,
    version: Version | None = None,
    seen: Sequence[str] = PUBLIC,
) -> Answer[RowT]:
    """The answer with its first `limit` rows; `further` are records besides those in the features.

    `total` is how many rows there are in all where only those that are shown were made; `version` is what `version_of`
    gave, where the question had to ask it already; `seen` is what the caller may see.
    """
    shown = tuple(rows[:limit])
    total = len(rows) if total is None else total
    records = [record for row in shown for feature in row.features for record in feature.records]
    said = list(caveats)
    if as_of != today():
        said.append((CAVEAT_PAST if as_of < today() else CAVEAT_AHEAD).format(as_of=as_of))
    number, partly = version or version_of(store, seen)
    if store.settings.practice:
        said.insert(0, CAVEAT_PRACTICE)
    if partly:
        said.append(CAVEAT_PARTLY.format(ids=", ".join(partly)))
    return Answer[RowT](
        question=question,
        parameters=parameters,
        as_of=as_of,
        data_version=number,
        total=total,
        truncated=total > limit,
        rows=shown,
        caveats=tuple(said),
        sources=sources_of(store, [*records, *further]),
    )
