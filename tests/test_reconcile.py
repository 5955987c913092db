"""The labels that follow from the graph: Gap, Partner, RegionalOrganisation."""

from __future__ import annotations

from datetime import date

from graph.evidence import DEFAULT_EVIDENCE, NEGATIVE, Kind, Reading, holds
from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from ingest.reconcile import reconcile
from queries.assemble import today
from queries.readings import readings_of
from tests.helpers import snapshot, write

TODAY = date(2026, 11, 21)


def statement(key: str, reading: Reading, observed: date, *, kind: Kind = "assessment", source: str = "a") -> Record:
    first, last = holds(kind, reading, observed)
    said: dict[str, Value] = {
        "text": key, "kind": kind, "reading": reading, "observed_at": observed, "holds_from": first,
        "holds_until": last, "visibility": "public",
    }  # fmt: skip
    return Record("Statement", key, said, (Link("ABOUT", "Field", "SLE/t"), Link("FROM", "Source", source)))


def is_gap(store: Store, *statements: Record) -> bool:
    frame = [
        Record("State", "SLE", {"name": "Sierra Leone"}),
        Record("Theme", "t", {"name": "T"}),
        Record("Source", "a", {"title": "A"}),
        Record("Source", "b", {"title": "B"}),
        Record("Field", "SLE/t", {}, (Link("HAS_FIELD", "State", "SLE"), Link("CONCERNS", "Theme", "t"))),
    ]
    write(store, [*frame, *statements])
    reconcile(store, TODAY)
    return bool(store.ask("MATCH (:State {iso3: 'SLE'})-[:HAS_FIELD]->(f:Gap) RETURN f.id AS id"))


def test_a_negative_that_holds_today_makes_a_gap(scratch: Store) -> None:
    assert is_gap(scratch, statement("s", "incomplete", date(2020, 1, 1)))


def test_no_statement_at_all_is_no_gap(scratch: Store) -> None:
    assert not is_gap(scratch)


def test_a_negative_that_no_longer_holds_is_no_gap(scratch: Store) -> None:
    # A treaty list holds for three years, an assessment for ten.
    old = date(2022, 11, 1)
    assert is_gap(scratch, statement("s", "no entry", old))
    assert not is_gap(scratch, statement("s", "no entry", old, kind="treaty"))


def test_the_later_statement_of_one_source_counts(scratch: Store) -> None:
    worse, better = statement("s", "incomplete", date(2018, 1, 1)), statement("t", "in place", date(2024, 1, 1))

    assert not is_gap(scratch, worse, better)


def test_a_negative_of_another_source_wins_over_a_positive(scratch: Store) -> None:
    positive = statement("s", "in place", date(2024, 1, 1))

    assert is_gap(scratch, positive, statement("t", "incomplete", date(2018, 1, 1), source="b"))


def test_a_self_assessment_alone_makes_no_gap(scratch: Store) -> None:
    assert not is_gap(scratch, statement("s", "incomplete", date(2026, 1, 1), kind="self_assessment"))


def test_the_gaps_that_ship_are_what_the_question_reads_of_that_day(shipped: Store) -> None:
    states = [row["iso3"] for row in shipped.ask("MATCH (s:State) RETURN s.iso3 AS iso3")]
    parameters = {"states": states, "as_of": today(), "evidence": list(DEFAULT_EVIDENCE), "visible": ["public"]}
    negative = {(r["iso3"], r["item"]) for r in readings_of(shipped, parameters) if r["reading"] in NEGATIVE}
    reconcile(shipped, today())

    gaps = shipped.ask(
        "MATCH (s:State)-[:HAS_FIELD]->(:Gap)-[:CONCERNS]->(x:Theme|Obligation) RETURN DISTINCT s.iso3 AS s, x.id AS x"
    )

    assert {(row["s"], row["x"]) for row in gaps} == negative
    assert len(negative) > 500


def test_reconciling_again_changes_nothing(scratch: Store) -> None:
    assert is_gap(scratch, statement("s", "incomplete", date(2020, 1, 1)))
    before = snapshot(scratch)

    reconcile(scratch, TODAY)

    assert snapshot(scratch) == before


def test_labels_are_set_anew_after_a_load_and_on_another_day(scratch: Store) -> None:
    assert is_gap(scratch, statement("s", "incomplete", date(2020, 1, 1)))
    gaps = "MATCH (f:Gap) RETURN f.id AS id"

    reconcile(scratch, date(2030, 1, 2))
    assert scratch.ask(gaps) == []

    reconcile(scratch, TODAY)
    assert scratch.ask(gaps) == [{"id": "SLE/t"}]


def test_whoever_helps_is_a_partner_and_so_is_the_state_above_an_agency(shipped: Store) -> None:
    rows = shipped.ask("MATCH (p:Partner) RETURN coalesce(p.iso3, p.id) AS id")
    partners = {row["id"] for row in rows}

    assert {"us-exbs", "USA", "gb-dfid", "GBR", "unodc", "unlirec"} <= partners
    assert "MCO" not in partners


def test_regional_organisations_carry_their_label(shipped: Store) -> None:
    rows = shipped.ask("MATCH (o:RegionalOrganisation) RETURN o.id AS id")

    assert {"caricom", "ecowas", "asean"} <= {row["id"] for row in rows}
    assert "iaea" not in {row["id"] for row in rows}
