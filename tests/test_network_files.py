"""Answers as networks and as files: no object lost, no field unknown, and what other programs read back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, get_args, get_type_hints

import networkx as nx
import pytest
from lxml import etree
from pydantic import BaseModel

from graph.harmless import clean
from graph.records import Record
from graph.store import Store
from queries import questions
from queries.answer import Answer, Feature, Named, Ref, Source
from queries.candidates import Partner, PartnerName
from queries.captions import captions
from tests.helpers import ONE_ENGINE, write
from viz.exchange import flat, gexf, graphml
from viz.layout import settled
from viz.network import to_networkx
from viz.parts import BARE, MADE, ROWS, SAYS, part

HOSTILE = "\"'</script><img src=x onerror=window.hit=1>\u2028${1}`=1+1 \u202eevil\u202c مرحبا \x00\x0b\ud800 & <b>"
# A real case of each question, as small as it may be.
CASES: dict[str, dict[str, Any]] = {
    "action_plan": {"state": "PHL", "limit": 3},
    "clashes": {"since": date(2016, 1, 1), "until": date(2018, 12, 31)},
    "clearing": {"limit": 30},
    "cobenefits": {"theme": "border-control"},
    "common_gaps": {"who": "CARICOM"},
    "completeness": {"record": "REQ/CARICOM/2009-06"},
    "coverage": {"region": "CARICOM"},
    "entry_points": {"state": "SLE", "as_of": date(2009, 10, 1)},
    "explain": {"state": "SLE", "item": "OP1/5"},
    "groupings": {"organisation": "ECOWAS", "theme": ("biosafety-biosecurity",)},
    "laws": {"state": "KEN"},
    "network": {"focus": "BRB"},
    "opportunities": {"partner": "unodc", "region": "CARICOM"},
    "overlap": {"who": "SLE", "theme": "border-control", "as_of": date(2009, 10, 1)},
    "partners": {"who": "CARICOM", "theme": "border-control"},
    "pools": {"theme": "border-control", "limit": 4},
    "precedents": {"theme": "border-control", "all_kinds": True},
    "search": {"text": "border"},
    "state": {"state": "BRB"},
}


def named(value: Any) -> Iterator[str]:
    """All identifiers of objects that an answer holds, found without any knowledge of its fields."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field in ("id", "iso3") and inner is not None:
                yield inner
            else:
                yield from named(inner)
    elif isinstance(value, tuple):
        for one in value:
            yield from named(one)


def models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for one in get_args(hint):
        yield from models(one)


def fields_below(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    """Model and field wherever an object with an identifier may stand, of this model and all below it."""
    if model in seen or model is Feature:
        return
    seen.add(model)
    for field, info in model.model_fields.items():
        inner = list(models(info.annotation))
        texts = "str" in str(info.annotation) and field in BARE
        if texts or any({"id", "iso3"} & set(one.model_fields) for one in inner):
            yield model.__name__, field
        for one in inner:
            yield from fields_below(one, seen)


def row_models(question: Any) -> list[type[BaseModel]]:
    (row,) = get_type_hints(question)["return"].__pydantic_generic_metadata__["args"]
    return list(models(row))


def test_every_field_of_every_question_is_known() -> None:
    seen: set[type[BaseModel]] = set()
    unknown = []
    for question in questions().values():
        for model in row_models(question):
            unknown += [one for one in fields_below(model, seen) if one[1] != "features" and not part(*one)]
            itself = {"id", "type"} <= set(model.model_fields)
            annotations = [info.annotation for info in model.model_fields.values()]
            about = [one for one in annotations if isinstance(one, type) and "id" in getattr(one, "model_fields", {})]
            if not itself and model.__name__ not in ROWS and ("id" in model.model_fields or not about):
                unknown.append((model.__name__, "row"))

    assert unknown == []
    assert set(SAYS) == set(questions())
    assert set(CASES) == set(questions())


@ONE_ENGINE
@pytest.mark.parametrize("name", sorted(CASES))
def test_no_object_of_an_answer_is_lost_and_every_record_is_one_of_the_graph(shipped: Store, name: str) -> None:
    answer = questions()[name](shipped, **CASES[name])
    bare = to_networkx(answer)
    wanted = [(said["type"], said["id"]) for _, said in bare.nodes(data=True)]
    names = captions(shipped, wanted, ["public"])

    network = to_networkx(answer, names)

    assert answer.rows
    ids = {said["id"] for _, said in network.nodes(data=True)}
    assert {one for row in answer.rows for one in named(row)} <= ids
    records = {(said["type"], said["id"]) for _, said in network.nodes(data=True) if said["type"] not in MADE}
    assert {one for one in records - set(names) if one[0] != "Field"} == set(), "every type is the right one"
    assert [key for key, said in network.nodes(data=True) if said["type"] == "Row"] == []
    states = [said for _, said in network.nodes(data=True) if said["type"] in ("State", "Territory")]
    assert not any({"score", "rank", "containment", "likeness"} & set(said) for said in states)
    assert all(said["type"] for *_, said in network.edges(data=True))
    if name not in ("search", "clearing", "clashes", "coverage", "precedents", "network"):
        assert [said["level"] for _, said in network.nodes(data=True)].count(0) == 1, "whom it was asked about"


def partner(number: int, id_: str, name: str) -> Partner:
    record = Ref(type="Offer", id=f"OFFER/{id_}/1")
    reason = Feature(name="covers", value=0.5, weight=2, sentence=f"It covers the theme: {name}", records=(record,))
    return Partner(
        partner=PartnerName(id=id_, name=name, kind="State" if id_.isupper() else "agency"), score=0.9 - number / 10,
        features=(reason,), through=(Named(id=f"through-{number}", name=f"Office {number}"),), contact=None,
    )  # fmt: skip


def invented(*names: str) -> Answer[Partner]:
    """Partners of Aland Example, a State that does not exist; the first of them is a State, too."""
    rows = [partner(number, "BBB" if number == 0 else f"org-{number}", name) for number, name in enumerate(names)]
    return Answer[Partner](
        question="partners", parameters={"who": "AAA", "theme": "border-control", "limit": 20},
        as_of=date(2020, 6, 1), data_version="0123456789ab", total=len(rows), truncated=False, rows=tuple(rows),
        caveats=(f"A caveat {HOSTILE}",), sources=(Source(id="s", title=HOSTILE, url="javascript:window.hit=1"),),
    )  # fmt: skip


def test_nodes_and_edges_by_hand() -> None:
    network = to_networkx(invented("Bland Example", "Helpers"), {("State", "AAA"): "Aland Example"})

    assert {key: (said["name"], said["role"]) for key, said in network.nodes(data=True)} == {
        "State AAA": ("Aland Example", "focus"), "Theme border-control": ("border-control", "part"),
        "State BBB": ("Bland Example", "row"), "Offer OFFER/BBB/1": ("OFFER/BBB/1", "record"),
        "Organisation through-0": ("Office 0", "part"), "Organisation org-1": ("Helpers", "row"),
        "Offer OFFER/org-1/1": ("OFFER/org-1/1", "record"), "Organisation through-1": ("Office 1", "part"),
    }  # fmt: skip
    assert {(start, said["type"], end, said.get("score")) for start, end, said in network.edges(data=True)} == {
        ("State AAA", "asked about", "Theme border-control", None),
        ("State BBB", "could help", "State AAA", 0.9), ("State BBB", "through", "Organisation through-0", None),
        ("State BBB", "rests on", "Offer OFFER/BBB/1", None),
        ("Organisation org-1", "could help", "State AAA", 0.8),
        ("Organisation org-1", "through", "Organisation through-1", None),
        ("Organisation org-1", "rests on", "Offer OFFER/org-1/1", None),
    }  # fmt: skip
    assert network.nodes["Organisation org-1"]["score"] == 0.8
    assert "score" not in network.nodes["State BBB"]
    assert network.edges["State BBB", "State AAA", 0]["sentence"] == "It covers the theme: Bland Example"


def test_files_give_back_what_was_written() -> None:
    network = to_networkx(invented("Bland Example", HOSTILE, "مرحبا 中文"))
    network.nodes["State AAA"].update(since=date(2001, 2, 3), nothing=None, listed=("a", "b"), start="2001", yes=True)
    expected = flat(network)
    assert expected.nodes["State AAA"] == {
        "kind_of_record": "State", "identifier": "AAA", "name": "AAA", "level": 0, "role": "focus", "label": "AAA",
        "since": "2001-02-03", "listed": "a; b", "starts": "2001", "yes": True,
    }  # fmt: skip
    assert expected.nodes["Organisation org-1"]["name"] == clean(HOSTILE)
    assert not set(clean(HOSTILE)) & set("\x00\x0b\u2028\u202e\u202c\ud800")

    read: Any = nx.read_graphml(BytesIO(graphml(network)), force_multigraph=True)
    drawn: Any = nx.read_gexf(BytesIO(gexf(network)))

    assert dict(read.nodes(data=True)) == {key: expected.nodes[key] for key in expected}
    assert sorted(map(str, read.edges(keys=True, data=True))) == sorted(map(str, expected.edges(keys=True, data=True)))
    assert read.graph["caveats"] == expected.graph["caveats"]
    for key, said in drawn.nodes(data=True):
        assert {name: value for name, value in said.items() if name != "viz"} == expected.nodes[key]
    told = {
        (start, end, said["id"]): {name: said[name] for name in said if name not in ("id", "networkx_key", "weight")}
        for start, end, said in drawn.edges(data=True)
    }
    assert told == {
        (start, end, key): {name: said[name] for name in said if name != "weight"}
        for start, end, key, said in expected.edges(keys=True, data=True)
    }


def test_gexf_keeps_the_rules_of_its_schema() -> None:
    """The rules of the published GEXF 1.2 schema that the file uses, transcribed.

    The schema itself cannot judge: it puts `viz:` elements into the wrong name space, which no program does.
    """
    root = etree.fromstring(gexf(to_networkx(invented("Bland Example", HOSTILE))))
    space = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
    found = root.xpath
    assert (root.tag, root.get("version")) == (f"{{{space['g']}}}gexf", "1.2")
    assert [etree.QName(one).localname for one in root] == ["meta", "graph"]
    assert {etree.QName(one).localname for one in root[0]} <= {"creator", "keywords", "description"}
    assert set(root[1].attrib) <= {"defaultedgetype", "mode", "idtype"}
    assert {etree.QName(one).localname for one in root[1]} == {"attributes", "nodes", "edges"}
    nodes, edges = found("//g:node", namespaces=space), found("//g:edge", namespaces=space)
    ids = [one.get("id") for one in nodes]
    assert len(ids) == len(set(ids)) == 8
    assert len({one.get("id") for one in edges}) == len(edges) == 7
    assert all({one.get("source"), one.get("target")} <= set(ids) and one.get("label") for one in edges)
    assert all(set(one.attrib) <= {"id", "source", "target", "label", "weight", "type"} for one in edges)
    assert all("\n" not in one.get("label") for one in (*nodes, *edges))
    allowed = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
    declared = {}
    for block in found("//g:attributes", namespaces=space):
        assert block.get("class") in ("node", "edge")
        declared[block.get("class")] = {one.get("id") for one in block}
        assert all(one.get("title") and one.get("type") in allowed for one in block)
    for kind, elements in (("node", nodes), ("edge", edges)):
        values = [value for one in elements for value in one.findall("g:attvalues/g:attvalue", space)]
        assert values
        assert {value.get("for") for value in values} <= declared[kind]
    for node in nodes:
        colour, size, place = (node.find(f"viz:{name}", space) for name in ("color", "size", "position"))
        assert all(re.fullmatch(r"\d+", colour.get(one)) and int(colour.get(one)) < 256 for one in "rgb")
        assert float(size.get("value")) > 0
        assert all(float(place.get(one)) is not None for one in "xyz")


@ONE_ENGINE
def test_a_name_that_may_not_be_seen_is_not_told(scratch: Store) -> None:
    write(
        scratch,
        [
            Record("Offer", "OFFER/a/1", {"subject": "Open help", "visibility": "public"}),
            Record("Offer", "OFFER/a/2", {"subject": "Quiet help", "visibility": "committee"}),
            Record("Theme", "transport", {"name": "Transport"}),
        ],
    )
    wanted = [("Offer", "OFFER/a/1"), ("Offer", "OFFER/a/2"), ("Theme", "transport"), ("Grouping", "groupings/1")]

    public = captions(scratch, wanted, ["public"])

    assert public == {("Offer", "OFFER/a/1"): "Open help", ("Theme", "transport"): "Transport"}
    assert captions(scratch, wanted, ["public", "committee"])[("Offer", "OFFER/a/2")] == "Quiet help"


@pytest.mark.parametrize(("number", "links"), [(0, 0), (1, 0), (5, 4), (60, 90), (300, 900)])
def test_labels_never_overlap_and_places_are_always_the_same(number: int, links: int) -> None:
    graph: nx.Graph[str] = nx.relabel_nodes(nx.gnm_random_graph(number, links, seed=7), str)
    boxes = {node: (60.0 + 10 * (int(node) % 7), 30.0) for node in graph}
    began = time.process_time()

    places = settled(graph, boxes, "0")

    assert time.process_time() - began < 3
    assert number == 300 or settled(graph, boxes, "0") == places
    assert set(places) == set(graph)
    for one, (x, y) in places.items():
        for other, (u, v) in places.items():
            apart = abs(x - u) >= (boxes[one][0] + boxes[other][0]) / 2 or abs(y - v) >= 30
            assert one == other or apart, (one, other)
