"""What the graph must show on real data: October 2009 in Sierra Leone, CARICOM, ECOWAS."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

import pytest

from graph.store import Store
from queries.answer import Answer
from queries.entry_points import EntryPoint, entry_points
from queries.grouping_rows import Grouping
from queries.groupings import groupings
from queries.parameters import ParameterError
from queries.partners import partners

AUTUMN_2009 = date(2009, 10, 1)
TODAY = date(2026, 11, 21)


def programmes(answer: Answer[EntryPoint]) -> list[str]:
    return [row.programme.id for row in answer.rows]


def sharing(answer: Answer[Grouping], *items: str) -> list[set[str]]:
    """The groupings that share just these items, as sets of State codes."""
    return [{s.iso3 for s in row.states} for row in answer.rows if tuple(item.id for item in row.shared) == items]


def test_the_reform_programmes_of_october_2009_stand_among_the_first_twenty(shipped: Store) -> None:
    answer = entry_points(shipped, "SLE", as_of=AUTUMN_2009, limit=20)

    assert {"SL/000724", "SL/001090", "SL/001100"} <= set(programmes(answer))


def test_what_had_ended_or_not_begun_stands_nowhere(shipped: Store) -> None:
    answer = entry_points(shipped, "Sierra Leone", as_of=AUTUMN_2009, limit=500)

    assert not answer.truncated
    assert not {"SL/000935", "SL/001490"} & set(programmes(answer))


def test_strategic_minerals_brings_the_mining_programmes_and_no_general_agriculture(shipped: Store) -> None:
    answer = entry_points(shipped, "SLE", "strategic-minerals", as_of=AUTUMN_2009, limit=500)

    assert {"SL/001440", "SL/001199"} <= set(programmes(answer))
    ids = programmes(answer)
    query = (
        "MATCH (p:Programme)-[:IN_SECTOR]->(s:Sector) WHERE p.id IN $ids AND s.code STARTS WITH '311' RETURN p.id AS id"
    )
    assert shipped.ask(query, {"ids": ids}) == []


def test_ten_of_fourteen_caricom_members_share_proliferation_financing_and_ten_the_amendment(shipped: Store) -> None:
    answer = groupings(shipped, organisation="CARICOM", as_of=TODAY)

    (finance,) = sharing(answer, "proliferation-finance")
    (amendment,) = sharing(answer, "OP1/5")
    assert finance == {"ATG", "DMA", "GRD", "GUY", "HTI", "JAM", "KNA", "LCA", "SUR", "VCT"}
    assert amendment == {"BHS", "BLZ", "BRB", "DMA", "GRD", "GUY", "HTI", "SUR", "TTO", "VCT"}
    shares = [f.sentence for row in answer.rows for f in row.features if f.name == "share"]
    assert shares[0] == "10 of 14 members of Caribbean Community."


def test_each_shared_item_shows_dated_statements_and_the_answer_its_sources_and_the_caveat(shipped: Store) -> None:
    answer = groupings(shipped, organisation="CARICOM", as_of=TODAY)

    for row in answer.rows:
        for item in row.shared:
            assert {st.iso3 for st in item.statements} == {state.iso3 for state in row.states}
            assert all(any(ch.isdigit() for ch in st.text) for st in item.statements)
    assert {"fatf-ratings", "cppnm-amendment-status"} <= {source.id for source in answer.sources}
    assert "not for judging compliance" in answer.caveats[0]


def test_ecowas_had_fifteen_members_in_2020_and_has_twelve_now(shipped: Store) -> None:
    theme = ("biosafety-biosecurity",)
    then = groupings(shipped, organisation="ECOWAS", theme=theme, as_of=date(2020, 12, 31))
    now = groupings(shipped, organisation="ECOWAS", theme=theme, as_of=TODAY)

    (row,) = then.rows
    assert len(row.states) + len(row.no_source) == 15
    assert {"BFA", "MLI", "NER"} <= {state.iso3 for state in row.states}
    # Each rests on its evaluation; some have costed a plan of their own besides.
    told = [(st.iso3, st.text) for item in row.shared for st in item.statements]
    assert {iso3 for iso3, text in told if "joint external evaluation" in text} == {one.iso3 for one in row.states}
    assert all("joint external evaluation" in text or text.startswith("own costed plan") for _, text in told)
    assert next(f.sentence for f in now.rows[0].features if f.name == "share").split(" members")[0].endswith("of 12")


def test_partners_for_caricom_before_anybody_answered(shipped: Store) -> None:
    answer = partners(shipped, "CARICOM", "border-control", as_of=date(2009, 6, 1), limit=500)

    ids = [row.partner.id for row in answer.rows]
    # As found, not tuned: the United States by its offers and precedents; Canada had none then that bear on borders.
    assert ids.index("USA") < 3
    assert "CAN" not in ids
    assert all(row.features and all(feature.sentence for feature in row.features) for row in answer.rows)
    named = {record.id for row in answer.rows for feature in row.features for record in feature.records}
    assert not any("2009-06-02" in one or "2010" in one for one in named)


def test_leaving_the_request_out_hides_the_offers_made_in_reply(shipped: Store) -> None:
    later = date(2009, 12, 31)
    replies = "MATCH (o:Offer)-[:ANSWERS]->(:Request {id: 'REQ/CARICOM/2009-06'}) RETURN o.id AS id"
    reply = {row["id"] for row in shipped.ask(replies)}
    assert reply

    with_it = partners(shipped, "CARICOM", "prohibitions-nuclear", as_of=later, limit=500)
    without = partners(
        shipped, "CARICOM", "prohibitions-nuclear", as_of=later, without=("REQ/CARICOM/2009-06",), limit=500
    )

    def named(answer: object) -> set[str]:
        return {r.id for row in answer.rows for f in row.features for r in f.records}  # type: ignore[attr-defined]

    assert reply & named(with_it)
    assert not reply & named(without)


@pytest.mark.parametrize("name", ["SLE", "sl", "sierra leone", "Sierra Leona", "Сьерра-Леоне", "塞拉利昂", "سيراليون"])
def test_a_state_is_found_by_code_and_in_the_six_languages(shipped: Store, name: str) -> None:
    assert entry_points(shipped, name, as_of=AUTUMN_2009, limit=1).parameters["state"] == "SLE"


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Россия", "RUS"), ("Royaume-Uni", "GBR"), ("Corea del Sur", "KOR"), ("美国", "USA"), ("إيران", "IRN")],
)
def test_common_names_are_understood_in_other_languages_too(shipped: Store, name: str, iso3: str) -> None:
    assert entry_points(shipped, name, limit=1).parameters["state"] == iso3


@pytest.mark.parametrize(
    ("name", "hint"), [("Siera Leonne", "Sierra Leone (SLE)"), ("Gambya", "Gambia"), ("SLX", "SLE")]
)
def test_a_miss_suggests_the_nearest(shipped: Store, name: str, hint: str) -> None:
    with pytest.raises(ParameterError, match=r"No State is called") as missed:
        entry_points(shipped, name)

    assert hint in str(missed.value)


def test_both_engines_and_two_askings_give_the_same_answer(
    shipped: Store, engine: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = ([one.model_dump_json() for one in asked(shipped)] for _ in range(2))
    # The engines' tests may run in two processes: each leaves its answers for the other, whoever comes first.
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    (folder / f"answers-{engine}.json").write_text(json.dumps(first))
    answers = [json.loads(file.read_text()) for file in sorted(folder.glob("answers-*.json"))]

    assert first == second
    assert all(one == first for one in answers)


def asked(graph: Store) -> list[Answer[Any]]:
    """The three main questions, with enough rows to differ in."""
    return [
        entry_points(graph, "SLE", as_of=AUTUMN_2009, limit=100),
        groupings(graph, as_of=TODAY, limit=100),
        partners(graph, "CARICOM", as_of=TODAY, limit=100),
    ]
