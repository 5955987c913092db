"""The model: a wrong declaration fails at once with a sentence; all that is made from it fits both engines."""

from __future__ import annotations

import pytest

from graph import statements
from graph.errors import GraphError
from graph.model import MODEL
from graph.schema import Model, ModelError, NodeType, Property, RelationshipType
from graph.store import Store

KEY = Property("id", "STRING", "The key.")


def node(label: str = "Thing", key: str = "id", properties: tuple[Property, ...] = (KEY,), colour: str = "#000000",
         labels: tuple[str, ...] = (), shared: bool = False) -> NodeType:  # fmt: skip
    return NodeType(label, "A thing.", key, "id", colour, properties, labels, shared)


@pytest.mark.parametrize(
    ("declare", "sentence"),
    [
        (lambda: Property("Name", "STRING", "x"), "not lower case"),
        (lambda: Property("name", "TEXT", "x"), "unknown type"),  # type: ignore[arg-type]
        (lambda: Property("name", "STRING", ""), "lacks a description"),
        (lambda: node(label="thing"), "not written LikeThis"),
        (lambda: node(labels=("extra label",)), "not written LikeThis"),
        (lambda: node(key="code"), "none of its properties"),
        (lambda: node(properties=(KEY, KEY)), "declares a property twice"),
        (lambda: node(properties=(Property("id", "INTEGER", "x"),)), "is not a STRING"),
        (lambda: node(colour="red"), "should look like"),
        (lambda: node(properties=(KEY, Property("retired", "DATE", "x"))), "keeps for itself"),
        (lambda: node(properties=(KEY, Property("hash", "STRING", "x")), shared=True), "keeps for itself"),
        (lambda: RelationshipType("is_in", "x", ("A",), ("B",)), "not written LIKE_THIS"),
        (lambda: RelationshipType("IS_IN", "x", (), ("B",)), "at least one label"),
        (lambda: RelationshipType("IS_IN", "x", ("A",), ("B",), (KEY, KEY)), "twice"),
        (lambda: RelationshipType("IS_IN", "x", ("A",), ("A",), owner="either"), "cannot be either"),
        (lambda: RelationshipType("IS_IN", "x", ("A",), ("B",), (Property("dataset", "STRING", "x"),)), "for itself"),
        (lambda: Model([node(), node()], []), "declared twice"),
        (lambda: Model([node()], [RelationshipType("IS_IN", "x", ("Thing",), ("Place",))]), "which is not declared"),
    ],
)
def test_a_wrong_declaration_is_refused_with_a_sentence(declare: object, sentence: str) -> None:
    assert callable(declare)
    with pytest.raises(ModelError, match=sentence) as refused:
        declare()

    assert str(refused.value).endswith((".", "'."))


def test_every_type_has_a_description_and_a_colour_of_its_own() -> None:
    colours = [one.colour for one in MODEL.nodes.values()]

    assert len(set(colours)) == len(colours)
    assert all(one.description.endswith(".") for one in MODEL.nodes.values())
    assert all(one.description.endswith(".") for one in MODEL.relationships.values())


def test_the_schema_is_made_once_and_is_there_by_name(scratch: Store) -> None:
    scratch.make_schema()

    names = {row["name"] for row in scratch.ask("SHOW CONSTRAINTS YIELD name RETURN name")}
    assert {f"{label}_key" for label in MODEL.nodes} <= names


def test_keys_are_unique(scratch: Store) -> None:
    scratch.run("CREATE (:State {iso3: 'SLE'})")
    with pytest.raises(GraphError):
        scratch.run("CREATE (:State {iso3: 'SLE'})")

    assert scratch.ask("MATCH (s:State) RETURN count(s) AS n") == [{"n": 1}]


def test_no_statement_holds_a_value() -> None:
    made = [statements.describe(one, first=True) for one in MODEL.nodes.values()]

    assert all("$rows" in statement and "'" not in statement for statement in made)
