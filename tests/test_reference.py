"""The three questions against the plain reference (`tests.reference`), on both engines: small worlds and what ships."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.evidence import DEFAULT_EVIDENCE, KINDS
from graph.store import Store
from ingest.reconcile import reconcile
from queries.answer import Answer, Row
from queries.closed_sets import bits, closed_sets
from queries.entry_points import entry_points
from queries.groupings import groupings
from queries.parameters import ParameterError
from queries.partners import partners
from tests import reference, reference_groupings, reference_partners, small_graphs
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write
from tests.small_graphs import Small

Plain = list[dict[str, Any]]
ORDER = ("Source", "Region", "Territory", "State", "Organisation")


def plain(answer: Answer[Any], more: Callable[[Any], dict[str, Any]]) -> Plain:
    """An answer in the reference's shape."""
    assert not answer.truncated
    assert answer.total == len(answer.rows)
    return [{**scores(row), **more(row)} for row in answer.rows]


def scores(row: Row) -> dict[str, Any]:
    """Score and features, to nine decimals."""
    features = {feature.name: round(feature.value, 9) for feature in row.features}
    return {"score": round(row.score or 0, 9), "features": features}


def asked_entry_points(graph: Store, *args: Any, **more: Any) -> Plain:
    """`entry_points` in the reference's shape."""
    return plain(
        entry_points(graph, *args, limit=500, **more),
        lambda row: {
            "id": row.programme.id,
            "themes": [(theme.id, theme.directness) for theme in row.themes],
            "uncertain": row.programme.dates_uncertain,
            "by": [
                ("FUNDED_BY", [one.id for one in row.programme.funders]),
                ("IMPLEMENTED_BY", [one.id for one in row.programme.implementers]),
            ],
        },
    )


def asked_groupings(graph: Store, **asked: Any) -> Plain:
    """`groupings` in the reference's shape."""
    return plain(
        groupings(graph, limit=500, **asked),
        lambda row: {
            "id": " ".join(one.iso3 for one in row.states),
            "states": [one.iso3 for one in row.states],
            "shared": [
                (item.id, item.reading, sorted((one.iso3, one.id) for one in item.statements)) for item in row.shared
            ],
            "no_source": [one.iso3 for one in row.no_source],
            "adding": [(one.iso3, sorted(one.drops)) for one in row.adding],
            "partners": [one.id for one in row.partners],
            "programmes": [(one.iso3, one.id) for one in row.programmes],
            "organisation": row.organisation.id if row.organisation else None,
        },
    )


def asked_partners(graph: Store, *args: Any, **more: Any) -> Plain:
    """`partners` in the reference's shape."""
    return plain(
        partners(graph, *args, limit=500, **more),
        lambda row: {"id": row.partner.id, "through": [one.id for one in row.through], "contact": row.contact},
    )


def agree(ask: Callable[[], Plain], expected: Plain | None) -> None:
    """The answer is the reference's, or both say that there is nothing to ask."""
    if expected is None:
        with pytest.raises(ParameterError):
            ask()
    else:
        answer = ask()
        assert [row["id"] for row in answer] == [row["id"] for row in expected]
        for row, other in zip(answer, expected, strict=True):
            assert row == other


# Closed sets alone ----------------------------------------------------------------------------------------------


@given(small_graphs.item_sets(), st.integers(1, 4), st.integers(0, 3))
@settings(deadline=None, derandomize=True)
def test_closed_sets_are_those_of_brute_force(has: dict[str, frozenset[str]], min_states: int, min_items: int) -> None:
    states, items = sorted(has), sorted(frozenset().union(*has.values()))
    rows = [sum(1 << number for number, item in enumerate(items) if item in has[state]) for state in states]
    found = [
        (frozenset(states[one] for one in bits(a)), frozenset(items[one] for one in bits(b)))
        for a, b in closed_sets(rows, len(items), min_states, min_items)
    ]
    expected = reference_groupings.closed_by_brute_force(has, min_states, min_items)
    assert len(found) == len(set(found))
    assert set(found) == expected
    if min_items:
        assert reference_groupings.closed_by_fixpoint(has, min_states, min_items) == expected


# Small worlds ---------------------------------------------------------------------------------------------------


# Neo4j plans each query anew when a world is cleared and written, which takes seconds, so it sees fewer worlds.
WORLDS = {"embedded": 20, "neo4j": 1}


def test_small_worlds(engine: str, all_engines: Engines) -> None:
    store = all_engines.scratch(engine)

    @given(small_graphs.worlds())
    @settings(max_examples=WORLDS[engine], deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    def check(world: Small) -> None:
        same_answers(store, world)

    check()


def same_answers(store: Store, world: Small) -> None:
    """Load a world and ask all three questions of it."""
    store.clear()
    write(store, world.first)
    if world.then != world.first:
        write(store, world.then)
    reconcile(store, datetime.now(UTC).date())
    g = reference.export(store)
    draw = small_graphs.Draw(world.seed)
    on, committee = draw.one(small_graphs.DAYS), draw.chance(3)
    items = (*small_graphs.THEMES, *small_graphs.OBLIGATIONS)
    now: dict[str, Any] = {"as_of": on, "committee": committee}

    for place in draw.some((*world.keys("State"), small_graphs.TERRITORY), 2, 2):
        theme = draw.one((None, None, *items))
        agree(
            lambda: asked_entry_points(store, place, theme, **now),  # noqa: B023
            reference.entry_points(g, place, theme, **now),
        )

    for organisation in ("org-a", None):
        themes = tuple(draw.some(items)) if draw.chance(3) else ()
        evidence = tuple(draw.one((DEFAULT_EVIDENCE, KINDS, ("treaty", "assessment"))))
        least: dict[str, Any] = {"min_states": 2, "min_themes": draw.one((1, 1, 2)), "evidence": evidence}
        agree(
            lambda: asked_groupings(store, organisation=organisation, theme=themes, **least, **now),  # noqa: B023
            reference_groupings.groupings(g, organisation, themes, **least, **now),
        )

    shown = reference.shown(g, committee)
    requests = [key for _, key in reference.labelled(shown, "Request")]
    hideable = [*requests, *(key for _, key in reference.labelled(shown, "Precedent"))]
    for who in draw.some((*world.keys("State"), "org-a", small_graphs.TERRITORY, *requests), 2, 3):
        theme = draw.one((None, None, *items))
        without = tuple(draw.some(hideable, 0, 2)) if hideable else ()
        agree(
            lambda: asked_partners(store, who, theme, without=without, **now),  # noqa: B023
            reference_partners.partners(g, who, theme, without=without, **now),
        )


# The facts that ship --------------------------------------------------------------------------------------------
# That both engines give the same answers on them, tests/test_replay.py shows.

TODAY = date(2026, 11, 21)
_EXPORTS: dict[str, reference.Graph] = {}


@pytest.fixture
def exported(engine: str, shipped: Store) -> reference.Graph:
    """The facts that ship as a networkx graph, read once an engine."""
    if engine not in _EXPORTS:
        _EXPORTS[engine] = reference.export(shipped)
    return _EXPORTS[engine]


@pytest.mark.parametrize("theme", [None, "strategic-minerals"])
def test_shipped_entry_points(shipped: Store, exported: reference.Graph, theme: str | None) -> None:
    expected = reference.entry_points(exported, "SLE", theme, date(2009, 10, 1))
    assert expected
    agree(lambda: asked_entry_points(shipped, "SLE", theme, as_of=date(2009, 10, 1)), expected)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("organisation", "themes", "on", "min_states"),
    [
        ("caricom", (), TODAY, 3),
        ("ecowas", ("biosafety-biosecurity",), date(2020, 12, 31), 3),
        ("ecowas", (), TODAY, 3),
    ],
)
def test_shipped_groupings(
    shipped: Store, exported: reference.Graph, organisation: str | None, themes: tuple[str, ...], on: date,
    min_states: int,
) -> None:  # fmt: skip
    expected = reference_groupings.groupings(exported, organisation, themes, on, min_states)
    assert expected
    ask = {"organisation": organisation, "theme": themes, "as_of": on, "min_states": min_states}
    agree(lambda: asked_groupings(shipped, **ask), expected)


@ONE_ENGINE
def test_shipped_groupings_that_are_discovered(shipped: Store, exported: reference.Graph) -> None:
    expected = reference_groupings.groupings(exported, None, (), TODAY, 4)
    assert expected
    agree(lambda: asked_groupings(shipped, as_of=TODAY, min_states=4), expected)


CASE = "PREC/013-caribbean-1540-programme-top-port-border"


@ONE_ENGINE
@pytest.mark.parametrize(
    ("who", "theme", "on", "without"),
    [
        ("caricom", "border-control", date(2009, 6, 1), ()),
        ("REQ/CARICOM/2009-06", None, date(2009, 6, 30), ()),
        ("REQ/CARICOM/2009-06", None, TODAY, ("REQ/CARICOM/2009-06",)),
        ("caricom", None, TODAY, ("REQ/CARICOM/2009-06", CASE)),
        ("SLE", None, TODAY, ()),
    ],
)
def test_shipped_partners(
    shipped: Store, exported: reference.Graph, who: str, theme: str | None, on: date, without: Sequence[str]
) -> None:
    expected = reference_partners.partners(exported, who, theme, on, without)
    assert expected
    agree(lambda: asked_partners(shipped, who, theme, as_of=on, without=tuple(without)), expected)
