"""How real Neo4j plans the project's Cypher: nothing is read whole, nothing unbounded, and it warns of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.model import MODEL
from graph.schema import LINK_PROPERTIES, REPORT_PROPERTIES
from graph.settings import Settings
from graph.store import Store

_HOME = Path(__file__).parent.parent
FILES = sorted([*(_HOME / "queries").glob("*.cypher"), *(_HOME / "ingest").glob("*.cypher")])
_PARAMS = re.compile(r"^// :params (\{.*\})$", re.MULTILINE)
# Expansions as plans print them: `*` alone or `*2..` has no upper bound, `*..3`, `*1..3` and `*3` have.
_UNBOUNDED = re.compile(r"\*(?:\d*\.\.)?(?![\d.])")
_WHOLE = ("AllNodesScan", "CartesianProduct", "AllRelationshipsScan")
# Read whole on purpose, with the reason; everything else that a plan reads whole is a mistake.
ALLOWED: dict[tuple[str, str], str] = {}


def operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The operators of a plan (without the runtime's suffix) with their details."""
    yield plan["operatorType"].partition("@")[0], str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", ()):
        yield from operators(child)


def faults(plan: dict[str, Any]) -> list[str]:
    """What is wrong with a plan: something read whole, two things multiplied, an expansion without end."""
    found = []
    for name, details in operators(plan):
        if any(whole in name for whole in _WHOLE):
            found.append(f"{name} {details}")
        if "VarLength" in name and _UNBOUNDED.search(details):
            found.append(f"unbounded: {name} {details}")
    return found


def statements() -> list[tuple[str, str]]:
    """Every statement with the name of its file (and a number where the file has several)."""
    made = []
    for path in FILES:
        parts = Store.read_file(path)
        made += [(f"{path.parent.name}/{path.stem}{f' {n}' if n else ''}", part) for n, part in enumerate(parts)]
    return made


def explained(settings: Settings) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Name, plan and notifications of every statement, planned with the example parameters of its first line."""
    auth = (settings.graph_user, settings.graph_password.get_secret_value())
    known = [(path.parent.name, path.stem, _PARAMS.search(path.read_text(encoding="utf-8"))) for path in FILES]
    maps = [f"`{folder}/{name}`: {found[1]}" for folder, name, found in known if found]
    with neo4j.GraphDatabase.driver(settings.graph_uri, auth=auth) as driver:
        database = settings.graph_database
        _know_the_model(driver, database)
        # The examples are Cypher, so Neo4j itself reads them.
        (row,), _, _ = driver.execute_query(f"RETURN {{{', '.join(maps)}}} AS examples", database_=database)
        for name, statement in statements():
            parameters = row["examples"].get(name.partition(" ")[0], {})
            _, summary, _ = driver.execute_query(f"EXPLAIN {statement}", parameters, database_=database)
            assert summary.plan is not None
            yield name, summary.plan, [f"{one.raw_classification} {one.status_description}" for one in _warned(summary)]


def _know_the_model(driver: neo4j.Driver, database: str) -> None:
    """Tell Neo4j the words of the model that no fact that ships uses yet: of any other word it is to warn."""
    labels = [label for node in MODEL.nodes.values() for label in (node.label, *node.labels)]
    names = {one.name for node in MODEL.nodes.values() for one in node.properties}
    names |= {one.name for type_ in MODEL.relationships.values() for one in type_.properties}
    names |= LINK_PROPERTIES | REPORT_PROPERTIES | {"retired"}
    for procedure, words in (
        ("createLabel", labels),
        ("createRelationshipType", list(MODEL.relationships)),
        ("createProperty", sorted(names)),
    ):
        driver.execute_query(f"UNWIND $words AS word CALL db.{procedure}(word) FINISH", words=words, database_=database)


def _warned(summary: neo4j.ResultSummary) -> list[neo4j.GqlStatusObject]:
    """What the database has to say about a statement besides that it succeeded."""
    return [one for one in summary.gql_status_objects if one.is_notification]


@pytest.mark.parametrize("engine", ["neo4j"])
def test_nothing_is_read_whole_or_warned_of(shipped: Store) -> None:
    """On the facts that ship, as plans depend on how much there is of what."""
    wrong = []
    names = set()
    for name, plan, notifications in explained(shipped.settings):
        names.add(name)
        found = [one for one in faults(plan) if (name, one.partition(" ")[0]) not in ALLOWED]
        wrong += [f"{name}: {one}" for one in (*found, *notifications)]
    assert wrong == []
    assert {f"{path.parent.name}/{path.stem}" for path in FILES} <= names
    assert {name for name, _ in ALLOWED} <= names


def test_faults_are_found() -> None:
    """Plans as Neo4j prints them, each with one fault, and one without."""
    whole = {"operatorType": "ProduceResults@neo4j", "children": [{"operatorType": "AllNodesScan@neo4j"}]}
    product = {"operatorType": "CartesianProduct@neo4j", "args": {}, "children": []}
    assert len(faults(whole)) == 1
    assert len(faults(product)) == 1
    for pattern, wrong in (
        ("(a)-[p:PART_OF*]->(b)", 1), ("(a)-[p:PART_OF*2..]->(b)", 1), ("(a)-[p:PART_OF*1..3]->(b)", 0),
        ("(a)-[p:PART_OF*..3]->(b)", 0), ("(a)-[p:PART_OF*0..1]->(b)", 0),
    ):  # fmt: skip
        plan = {"operatorType": "VarLengthExpand(All)@neo4j", "args": {"Details": pattern}}
        assert len(faults(plan)) == wrong, pattern
