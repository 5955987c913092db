"""What the graph holds, listed: States, organisations, obligations, themes, sources, and when data sets changed.

Public reading only: nothing here changes with records that only the Committee may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, LiteralString, TypeVar

from pydantic import Field

from graph.store import Store
from queries.answer import Ref, Shape, Source
from queries.assemble import data_version, sources_of
from queries.text import cypher


class ListedState(Shape):
    """A State: ISO 3166 alpha-3 code, name, `member` or `observer` of the United Nations, since when if recent."""

    iso3: str
    name: str
    status: str | None
    since: date | None


class RegionOf(Shape):
    """A region of the United Nations' M49 list and its level."""

    id: str
    level: str


class Membership(Shape):
    """With what a State is or was, or who is or was with an organisation, as one source has it."""

    id: str
    name: str
    status: str | None = Field(description="member, associate, observer, former …; `sources differ` where they do.")
    since: date | None
    until: date | None
    source: str | None


class OneState(ListedState):
    """A State with its names by language, regions, organisations, and the sources of these."""

    names: dict[str, str] = Field(description="Its name by language: en, fr, es, ar, zh, ru.")
    regions: tuple[RegionOf, ...]
    organisations: tuple[Membership, ...]
    sources: tuple[Source, ...]


class ListedOrganisation(Shape):
    """An organisation, agency or programme."""

    id: str
    name: str
    short_name: str | None
    kind: str | None
    regional: bool


class OneOrganisation(ListedOrganisation):
    """An organisation with its other names, address, the States with it, and the sources of these."""

    url: str | None
    other_names: tuple[str, ...]
    states: tuple[Membership, ...]
    sources: tuple[Source, ...]


class ListedObligation(Shape):
    """A paragraph of resolution 1540 (2004), or a section or row of the matrix, with its themes."""

    id: str
    name: str
    description: str | None
    level: str
    section: str | None
    themes: tuple[str, ...]


class ListedTheme(Shape):
    """A theme, and the sections of the matrix that it belongs to, the main one first."""

    id: str
    name: str
    description: str | None
    sections: tuple[str, ...]


class ListedSource(Source):
    """A source with what it covers and how it asks to be cited."""

    coverage: str | None
    citation: str | None


class LastRun(Shape):
    """When a load last changed what everyone may see of a data set (ISO 8601, UTC; none if by an earlier version), and
    whether that load came to its end."""

    dataset: str
    title: str | None
    changed: str | None
    whole: bool


ListedT = TypeVar("ListedT", bound=Shape)
_LISTS: dict[type[Shape], LiteralString] = {
    ListedState: "catalogue_states",
    ListedOrganisation: "catalogue_organisations",
    ListedObligation: "catalogue_obligations",
    ListedTheme: "catalogue_themes",
    ListedSource: "catalogue_sources",
    LastRun: "catalogue_runs",
}
_LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")


def ready(graph: Store) -> str:
    """The version of the data, or nothing while the facts are not loaded."""
    (row,) = graph.ask(cypher("catalogue_ready"))
    return data_version(graph) if row["ready"] else ""


def listed(graph: Store, kind: type[ListedT]) -> list[ListedT]:
    """All of one kind, in their order."""
    rows = graph.ask(cypher(_LISTS[kind]))
    if kind is ListedSource:
        # The two halves of a UNION cannot be ordered as one.
        rows.sort(key=lambda row: str(row["id"]))
    return [kind(**row) for row in rows]


def one_state(graph: Store, iso3: str) -> OneState | None:
    """The State of that ISO 3166 alpha-3 code, if there is one."""
    row = next(iter(graph.ask(cypher("catalogue_state"), {"id": iso3})), None)
    if row is None:
        return None
    names = {language: name for language in _LANGUAGES if (name := row.pop(language))}
    organisations = _memberships(row.pop("organisations"))
    regions = sorted(row.pop("regions"), key=lambda one: (len(one["level"]), one["id"]))
    sources = _sources(graph, Ref(type="State", id=iso3), organisations)
    return OneState(**row, names=names, regions=regions, organisations=organisations, sources=sources)


def one_organisation(graph: Store, id_: str) -> OneOrganisation | None:
    """The organisation of that id, if there is one."""
    row = next(iter(graph.ask(cypher("catalogue_organisation"), {"id": id_})), None)
    if row is None:
        return None
    states = _memberships(row.pop("states"))
    return OneOrganisation(**row, states=states, sources=_sources(graph, Ref(type="Organisation", id=id_), states))


def one_source(graph: Store, id_: str) -> ListedSource | None:
    """The source of that id, if something is held from it that everyone may see."""
    return next((ListedSource(**row) for row in graph.ask(cypher("catalogue_source"), {"id": id_})), None)


def _memberships(rows: Iterable[dict[str, Any]]) -> tuple[Membership, ...]:
    told = (Membership(**row) for row in rows)
    return tuple(
        sorted(told, key=lambda one: (one.id, one.source or "", str(one.since), str(one.until), one.status or ""))
    )


def _sources(graph: Store, record: Ref, memberships: Iterable[Membership]) -> tuple[Source, ...]:
    told = {one.source for one in memberships if one.source}
    return sources_of(graph, [record, *(Ref(type="Source", id=one) for one in sorted(told))])
