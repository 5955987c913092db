"""What readers of users' files work with: the world, the rejects, and what this load has read so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from graph.model import MODEL
from graph.records import Link, Record
from ingest.assistance import Asked
from ingest.catalogue import SourceRow, source_record
from ingest.partners import slug
from ingest.plans import PlanNeedRow, PlanRow
from ingest.programmes import ProgrammeRecords
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.world import World

_SOURCED = frozenset(MODEL.relationship("FROM").start)


@dataclass
class Desk:
    """The load of one data set."""

    dataset: str
    world: World
    rejects: Rejects
    # Where programmes take place that name no country, as an ISO 3166 code.
    country: str = ""
    # What rows of one form say of rows of another: by the reference that both name.
    requests: dict[str, Asked] = field(default_factory=dict)
    plans: dict[str, PlanRow] = field(default_factory=dict)
    plan_needs: list[tuple[str, PlanNeedRow]] = field(default_factory=list)
    # Records to which further rows may add, by their keys; and the file that is being read.
    held: dict[str, Record] = field(default_factory=dict)
    file: str = ""
    # How many rows of each form were read, good and bad, by its name.
    tried: Counter[str] = field(default_factory=Counter)
    # Covers of matrices by the names of their workbooks; `None` is one that cannot be used.
    covers: dict[str, Any] = field(default_factory=dict)
    # The invented States that records of this load lead to.
    invented: set[str] = field(default_factory=set)

    @cached_property
    def programmes(self) -> ProgrammeRecords:
        """What makes records of programmes."""
        return ProgrammeRecords(FACTS, self.rejects)

    @property
    def source(self) -> str:
        """The id of the source that the files of the data set are themselves."""
        return f"file:{self.dataset}"

    @property
    def rows(self) -> int:
        """How many rows of forms were read, good and bad."""
        return self.tried.total()

    def source_record(self, kinds: str) -> Record:
        """The record of that source."""
        title = f"{kinds}, loaded from {self.dataset}"
        return source_record(SourceRow(id=self.source, title=title, publisher="as loaded", licence="not stated"), "")

    def key(self, *parts: str) -> str:
        """An id of words, such as `LAW/NAM/export-control-act`, the same in each load."""
        first, *rest = parts
        return "/".join((first, *(slug(one) if not one.isupper() else one for one in rest if one)))

    def traced(self, records: Iterable[Record], file: str, place: str) -> Iterator[Record]:
        """The records with the place in the file at which they stand, and with the file as a source besides.

        Of what two data sets state of a field, both stay: a statement's key has the data set in it.
        """
        for record in records:
            key, links = record.key, record.links
            if record.label == "Statement":
                key = f"{key} ({self.dataset})"
            if record.label in _SOURCED and not record.properties.get("unresolved"):
                links = (*links, Link("FROM", "Source", self.source))
            yield placed(replace(record, key=key, links=links), file, place)

    def inventing(self, record: Record) -> Iterator[Record]:
        """The invented States to which the record is the first to lead; see `graph.settings.Settings.practice`."""
        for link in record.links:
            if self.world.invented(link.label, link.key) and link.key not in self.invented:
                self.invented.add(link.key)
                said = {"iso3": link.key, "name": f"{link.key} (invented)"}
                yield Record("State", link.key, said, (Link("FROM", "Source", self.source),), record.line)

    def own(self, reference: str | None) -> str | None:
        """The id for a user's own number or name for a record; one such as `REQ/NAM/2026-05` is an id already.

        Numbers such as `1` are used by many, so the data set stands before them.
        """
        return reference if reference is None or "/" in reference else f"{self.dataset}/{reference}"

    def hold(self, record: Record) -> None:
        """Keep a record, or add to the one of its key that is kept, until all rows that may add to it are read."""
        (traced,) = self.traced([record], self.file, record.line)
        held = self.held.setdefault(record.key, traced)
        links = {(link.type, link.label, link.key, link.ordinal): link for link in (*held.links, *traced.links)}
        properties = {**held.properties, **traced.properties}
        self.held[record.key] = replace(held, properties=properties, links=tuple(links.values()))

    def let_go(self) -> list[Record]:
        """The records that were kept; from now on there are none."""
        kept, self.held = list(self.held.values()), {}
        return kept


def placed(record: Record, file: str, place: str) -> Record:
    """The record with the place in the file at which it stands."""
    return replace(record, line=f"{file}:{place}")
