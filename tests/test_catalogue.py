"""What the graph holds, listed for everyone, on both engines."""

from __future__ import annotations

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries import catalogue
from tests.helpers import write

KINDS = (
    catalogue.ListedState, catalogue.ListedOrganisation, catalogue.ListedObligation, catalogue.ListedTheme,
    catalogue.ListedSource, catalogue.LastRun,
)  # fmt: skip


def offer(key: str, visibility: str, source: str) -> Record:
    properties = {"id": key, "subject": "Training", "visibility": visibility}
    return Record("Offer", key, properties, (Link("FROM", "Source", source),))


def source(key: str) -> Record:
    return Record("Source", key, {"id": key, "title": f"Paper {key}"})


def everything(store: Store) -> str:
    """All that is listed, as it is sent."""
    rows = [one.model_dump_json() for kind in KINDS for one in catalogue.listed(store, kind)]
    return "\n".join(row for row in rows if '"changed"' not in row)


def test_what_ships_is_listed(shipped: Store) -> None:
    runs, sources = catalogue.listed(shipped, catalogue.LastRun), catalogue.listed(shipped, catalogue.ListedSource)
    state = catalogue.one_state(shipped, "SLE")
    organisation = catalogue.one_organisation(shipped, "caricom")

    assert all(catalogue.listed(shipped, kind) for kind in KINDS)
    assert {one.dataset for one in runs if one.whole} >= {"states", "requests", "offers"}
    assert state
    assert state.names["fr"] == "Sierra Leone"
    assert [one.id for one in state.regions] == ["Africa", "Sub-Saharan Africa", "Western Africa"]
    assert {one.source for one in state.organisations} <= {one.id for one in state.sources}
    assert organisation
    assert "BRB" in {one.id for one in organisation.states}
    assert catalogue.one_source(shipped, "iaea-statute") in sources
    assert catalogue.one_state(shipped, "XXX") is None
    assert catalogue.ready(shipped)


def test_what_is_for_the_committee_changes_nothing(scratch: Store) -> None:
    state = Record("State", "AAA", {"iso3": "AAA", "name": "Aland"})
    write(scratch, [state, source("open"), source("closed"), offer("o/1", "public", "open")], "first")
    before, version = everything(scratch), catalogue.ready(scratch)

    write(scratch, [source("other"), offer("o/2", "committee", "closed"), offer("o/3", "committee", "other")], "second")

    assert '"open"' in before
    assert '"closed"' not in before
    assert everything(scratch) == before
    assert catalogue.ready(scratch) == version
    assert [one.dataset for one in catalogue.listed(scratch, catalogue.LastRun)] == ["first"]
    assert catalogue.one_source(scratch, "other") is None


@pytest.mark.parametrize("engine", ["embedded"])
def test_an_empty_graph_is_not_ready(engine: str, scratch: Store) -> None:
    assert catalogue.ready(scratch) == ""
