"""A whole graph moved from one engine to the other: nothing lost, nothing changed, and never half a copy as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import app
from graph.copying import CopyError, copy, differences, held
from graph.errors import OtherLoadError
from graph.locks import alone
from graph.records import Link, Record
from graph.store import Store
from queries.assemble import version_of
from queries.parameters import ParameterError
from tests.conftest import Engines
from tests.engines import embedded_engine
from tests.helpers import ONE_ENGINE, runs, snapshot, write

# Keys that two engines may sort differently, values of every type, links side by side, what only the Committee sees.
WORLD = [
    Record("State", "AAA", {"name": "Land A", "coastline_km": 12.0, "ports": 12, "landlocked": False,
                            "other_names": ["Arstotzka", "Земля А"], "since": date(2011, 7, 9)}),
    Record("State", "BBB", {"name": "Land B", "coastline_km": 0.1, "other_names": []},
           (Link("BORDERS", "State", "AAA"),)),
    Record("Theme", "made-up", {"name": "Made up"}),
    Record("Organisation", "made-up-union", {"name": "Made up union"}, (
        Link("MEMBER_OF", "State", "AAA", {"since": date(1990, 1, 1), "until": date(1995, 1, 1)}),
        Link("MEMBER_OF", "State", "AAA", {"since": date(2001, 1, 1)}, ordinal=1),
    )),
    Record("Field", "AAA made-up", {}, (Link("HAS_FIELD", "State", "AAA"), Link("CONCERNS", "Theme", "made-up"))),
    Record("Programme", "MADE-UP-é", {"title": "Ports\n'\"`", "visibility": "public", "amount": 1e9},
           (Link("FUNDED_BY", "State", "BBB", {"written": ["B; (b)"]}), Link("ACTIVE_IN", "State", "AAA"))),
    Record("Programme", "MADE-UP-\U0001f6a2", {"title": "Ships", "visibility": "committee"}),
    Record("Programme", "MADE-UP-\ufb03", {"title": "Offices", "visibility": "public"}),
]  # fmt: skip
LABELS = (
    "MATCH (n:State {iso3: 'BBB'}) SET n:Partner",
    "MATCH (n:Field) SET n:Gap",
    "MATCH (n:Organisation) SET n:RegionalOrganisation:Partner",
)


def fill(store: Store) -> None:
    write(store, WORLD, "first")
    # A second data set that says the same of some, one that says it no longer, and further labels.
    write(store, [WORLD[0], WORLD[1], WORLD[2]], "second", rank=1)
    write(store, [WORLD[0], WORLD[2]], "second", rank=1)
    for statement in LABELS:
        store.run(statement)


@pytest.fixture(scope="module")
def second_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with embedded_engine(tmp_path_factory.mktemp("second")) as settings, Store(settings) as store:
        yield store


@pytest.fixture
def other(second_engine: Store) -> Store:
    """A second embedded engine, empty."""
    second_engine.clear()
    return second_engine


@pytest.fixture
def filled(scratch: Store) -> Store:
    fill(scratch)
    return scratch


def test_there_and_back_over_both_engines_nothing_is_lost(
    all_engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j, embedded = all_engines.scratch("neo4j"), all_engines.scratch("embedded")
    neo4j.clear()
    embedded.clear()
    fill(embedded)
    neo4j.run("CREATE (:MadeUpForeign {id: 'AAA'})")
    before, version = snapshot(embedded), version_of(embedded)
    password = neo4j.settings.graph_password.get_secret_value()
    monkeypatch.setenv("FOOTPRINT_GRAPH_PASSWORD", password or "made-up-password")
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(embedded.settings.data_dir))

    there = CliRunner().invoke(app, ["copy", "--to", neo4j.address])
    back = CliRunner().invoke(app, ["copy", "--from", neo4j.address, "--replace"], input="y\n")

    assert (there.exit_code, back.exit_code) == (0, 0), there.output + back.output
    assert "compared node by node and are alike" in there.output
    assert "Delete the 13 records that Light Footprint holds in the embedded engine" in back.output
    assert snapshot(neo4j) == snapshot(embedded) == before
    assert version_of(neo4j) == version_of(embedded) == version
    assert runs(neo4j) == runs(embedded) == 3
    assert neo4j.ask("MATCH (n:MadeUpForeign) RETURN count(n) AS n") == [{"n": 1}]
    neo4j.run("MATCH (n:MadeUpForeign) DELETE n")


@ONE_ENGINE
def test_a_load_goes_on_in_a_copy_as_it_would_have_in_the_first(filled: Store, other: Store) -> None:
    copy(filled, other)

    counts = write(other, WORLD, "first")

    assert (counts.unchanged, counts.new, counts.changed) == (len(WORLD), 0, 0)
    assert snapshot(other) == snapshot(filled)


@ONE_ENGINE
def test_a_target_that_holds_something_is_left_alone_unless_it_is_to_be_replaced(filled: Store, other: Store) -> None:
    write(other, [Record("State", "CCC", {"name": "Land C"})])
    before = snapshot(other)

    with pytest.raises(CopyError, match=r"holds 3 records already.*--replace"):
        copy(filled, other)
    untouched = snapshot(other)
    done = copy(filled, other, replace=True)

    assert untouched == before
    assert (done.nodes, done.differences) == (held(filled), ())
    assert snapshot(other) == snapshot(filled)


@ONE_ENGINE
@pytest.mark.parametrize("step", ["nodes", "comparison"])
def test_a_copy_that_was_cut_off_never_looks_whole_and_takes_no_load(filled: Store, other: Store, step: str) -> None:
    def cut(at: str, _: int) -> None:
        if at == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(filled, other, told=cut)

    assert version_of(other)[1] == ["first", "second"]
    for refused in (lambda: write(other, WORLD, "first"), lambda: copy(other, filled), lambda: copy(filled, other)):
        with pytest.raises(CopyError, match=r"was not completed.*--replace"):
            refused()
    assert copy(filled, other, replace=True).differences == ()
    assert version_of(other) == version_of(filled)


@ONE_ENGINE
def test_what_somebody_wrote_meanwhile_is_found_and_the_copy_stays_marked(filled: Store, other: Store) -> None:
    def meanwhile(step: str, _: int) -> None:
        if step == "comparison":
            other.run("MATCH (n:State {iso3: 'AAA'}) SET n.ports = 13")

    done = copy(filled, other, told=meanwhile)

    assert done.differences == ("State AAA differs in ports.",)
    assert version_of(other)[1] == ["first", "second"]


@ONE_ENGINE
def test_every_kind_of_difference_is_found(filled: Store, other: Store) -> None:
    copy(filled, other)
    for change in (
        "MATCH (n:State {iso3: 'AAA'}) SET n.ports = 12.0, n.since = '2011-07-09'",
        "MATCH (n:State {iso3: 'BBB'}) REMOVE n:Partner",
        "MATCH (:State {iso3: 'BBB'})-[r:BORDERS]->() DELETE r",
        "MATCH (a)-[r:MEMBER_OF {ordinal: 1}]->(b) CREATE (a)-[n:MEMBER_OF]->(b) SET n = properties(r)",
        "MATCH (n:Field) DETACH DELETE n",
        "CREATE (:Source {id: 'made-up'})",
    ):
        other.run(change)

    assert sorted(differences(filled, other)) == [
        "Field AAA made-up is not in the copy.",
        "Source made-up is in the copy alone.",
        "State AAA differs in HAS_FIELD, MEMBER_OF, ports, since.",
        "State BBB differs in BORDERS, label Partner.",
    ]


@ONE_ENGINE
def test_what_the_model_does_not_know_stays_behind_and_is_counted(filled: Store, other: Store) -> None:
    filled.run("MATCH (n:Theme) CREATE (n)-[:MADE_UP_NOTE]->(:MadeUpForeign {id: 'x'})")

    done = copy(filled, other)
    filled.run("MATCH (n:MadeUpForeign) DETACH DELETE n")

    assert (done.left_out, done.differences) == (1, ())


@ONE_ENGINE
def test_an_empty_graph_is_not_copied(scratch: Store, other: Store) -> None:
    with pytest.raises(CopyError, match="nothing to copy"):
        copy(scratch, other)


def test_one_load_or_copy_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(OtherLoadError, match="under way"), alone(tmp_path):
        pass


@pytest.mark.parametrize(
    ("own", "arguments", "sentence"),
    [
        ("", [], "Say where the copy goes"),
        ("", ["--to", "embedded"], "Say which Neo4j is the other side"),
        ("", ["--to", "https://example.org"], "begins with neo4j://"),
        ("", ["--to", "neo4j://user:password@example.org"], "FOOTPRINT_GRAPH_PASSWORD"),
        ("neo4j://one.invalid", ["--to", "neo4j://two.invalid"], "say both --from and --to"),
        ("", ["--from", "neo4j://one.invalid", "--to", "neo4j://two.invalid"], "neo4j-admin database dump"),
        ("", ["--from", "embedded", "--to", "embedded"], "One side of a copy"),
    ],
)
def test_two_sides_that_cannot_be_meant_are_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, own: str, arguments: list[str], sentence: str
) -> None:
    monkeypatch.setenv("FOOTPRINT_GRAPH_URI", own)

    done = CliRunner().invoke(app, ["copy", *arguments])

    assert isinstance(done.exception, ParameterError)
    assert sentence in str(done.exception)
