"""`import footprint`: the questions as functions, py2neo on either engine, and what it does not import."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

import footprint
from footprint import face
from graph.errors import GraphError
from graph.records import Record
from graph.store import Store
from queries import questions
from queries.entry_points import entry_points
from queries.groupings import groupings
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write


@pytest.fixture
def default(shipped: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The facts that ship as the graph of the settings."""
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(shipped.settings.data_dir))
    face._default.cache_clear()
    yield shipped
    face._default().close()
    face._default.cache_clear()


def test_importing_it_is_quick_and_brings_neither_command_line_nor_driver() -> None:
    code = (
        "import footprint, sys; print(*sorted({'typer', 'neo4j', 'pandas', 'queries', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


def test_every_question_is_a_function_with_its_parameters_and_their_descriptions() -> None:
    for name, question in questions().items():
        function = getattr(footprint, name)
        own, asked = inspect.signature(function), inspect.signature(question)

        assert [*own.parameters] == [*asked.parameters][1:], name
        assert [one.default for one in own.parameters.values()] == [
            one.default for one in list(asked.parameters.values())[1:]
        ]
        described = inspect.getdoc(function) or ""
        assert described.startswith((inspect.getdoc(question) or "")[:40])
        assert all(f"    {parameter}: " in described for parameter in own.parameters), name
    assert {*questions(), "connect", "py2neo", "to_networkx"} <= set(dir(footprint))


def test_no_module_of_the_package_hides_a_question() -> None:
    assert not {module.name for module in pkgutil.iter_modules(footprint.__path__)} & set(dir(footprint))


@ONE_ENGINE
def test_a_question_of_the_module_opens_the_graph_of_the_settings(default: Store) -> None:
    expected = entry_points(default, "SLE", as_of=date(2009, 10, 1))

    assert expected.rows
    assert footprint.entry_points("SLE", as_of="2009-10-01") == expected
    assert footprint.entry_points("SLE", as_of=datetime(2009, 10, 1, 12)) == expected


@ONE_ENGINE
def test_one_value_may_stand_alone_where_several_can_be_given(shipped: Store) -> None:
    opened = face.Footprint(shipped)
    expected = groupings(shipped, organisation="ECOWAS", theme=("biosafety-biosecurity",))

    assert expected.rows
    for theme in ("biosafety-biosecurity", ["biosafety-biosecurity"], ("biosafety-biosecurity",)):
        assert opened.groupings(organisation="ECOWAS", theme=theme) == expected


@ONE_ENGINE
def test_connect_opens_the_graph_that_is_given_and_closes_it(shipped: Store) -> None:
    with footprint.connect("", data_dir=shipped.settings.data_dir, query_seconds=20) as opened:
        assert repr(opened) == f"<Footprint: embedded at {shipped.address}>"
        assert opened.search("Sierra Leone").rows[0].id == "SLE"
        assert opened.store.settings.query_seconds == 20

    assert {*questions(), "close", "py2neo"} <= set(dir(opened))


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: footprint.partners("CARICOM", as_of="June 2009"), ParameterError, "'June 2009' is no date; write"),
        (
            lambda: footprint.partners("CARICOM", colour="red"),
            TypeError,
            r"partners\(\) got an unexpected keyword argument 'colour'",
        ),
        (footprint.partners, TypeError, r"partners\(\) missing a required argument: 'who'"),
        (lambda: footprint.partner("CARICOM"), AttributeError, "no question 'partner'; there are action_plan, "),
        (lambda: footprint.partners(5), ParameterError, "who cannot be 5: "),
        (lambda: footprint.partners("CARICOM", limit="x"), ParameterError, "limit cannot be 'x': "),
        (lambda: footprint.partners("CARICOM", weights={"need": "b"}), ParameterError, "weights.need cannot be 'b': "),
        (lambda: footprint.groupings(evidence=5), ParameterError, "evidence cannot be 5: "),
        (lambda: footprint.groupings(theme={"a": 1}), ParameterError, "theme cannot be {'a': 1}: "),
        (lambda: footprint.search("a\udcffb"), ParameterError, r"text cannot be 'a\\udcffb': "),
        (lambda: footprint.groupings(theme=["a\0"]), ParameterError, r"theme cannot be 'a\\x00': "),
        (lambda: footprint.state("BRB", as_of="2009-W40-4"), ParameterError, "'2009-W40-4' is no date; write it as"),
        (lambda: footprint.groupings(theme=[1]), ParameterError, "theme cannot be 1: "),
        (lambda: footprint.state("BRB", as_of=5), ParameterError, "as_of cannot be 5: "),
        (lambda: footprint.state("BRB", committee="no"), ParameterError, "committee cannot be 'no': "),
        (lambda: footprint.connect(data_dir="/dev/null/x").state("BRB"), GraphError, "The folder /dev/null/x/engine "),
        (lambda: footprint.connect("http://127.0.0.1"), ParameterError, "uri cannot be used: an address of Neo4j"),
        (lambda: footprint.connect(query_seconds=-1), ParameterError, "query_seconds cannot be used: "),
        (lambda: footprint.connect("bolt://127.0.0.1:1", password="secret-word"), GraphError, "does not answer"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(call: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said) as raised:
        call()
    assert "secret-word" not in str(raised.value)


def test_py2neo_reads_the_graph_on_either_engine(scratch: Store, engine: str) -> None:
    write(scratch, [Record("State", "RUR", {"name": "Ruritania", "iso2": "RU", "status": "member"})])
    graph = face.Footprint(scratch).py2neo()

    asked = graph.run("MATCH (s:State {iso3: $iso3}) RETURN s.name AS name", iso3="RUR")
    assert asked.data() == [{"name": "Ruritania"}]
    assert graph.nodes.match("State", iso3="RUR").first()["name"] == "Ruritania"
    if engine == "embedded":
        with pytest.raises(Exception, match="Forbidden"):
            graph.run("CREATE (:State {iso3: 'FRE'})")
        assert scratch.ask("MATCH (s:State) RETURN count(s) AS n") == [{"n": 1}]
    graph.service.connector.close()


def test_without_py2neo_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2neo", None)

    with pytest.raises(ImportError, match=r"pip install lightfootprint\[py2neo\]"):
        face.Footprint.__new__(face.Footprint).py2neo()
