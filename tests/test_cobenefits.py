"""`cobenefits`: what measures bring besides, told with its basis; the table's own rules; a State's own reality."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from ingest.shipped import FACTS
from queries.cobenefits import cobenefits
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

SEEN: dict[str, Value] = {"visibility": "public"}


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def small() -> list[Record]:
    under = Link("CONCERNS", "Theme", "border-control")
    hidden: dict[str, Value] = {"visibility": "committee"}
    source = Link("FROM", "Source", "page")
    help_: dict[str, Value] = {"kind": "help", **SEEN}
    return [
        Record("Source", "page", {"title": "An invented page", "licence": "invented"}),
        Record("Theme", "border-control", {"name": "Border control"}),
        Record("Theme", "transport", {"name": "Transport"}),
        Record(
            "State", "AAA", {"iso2": "AA", "name": "Aland Example"}, (Link("BORDERS", "State", "BBB", {"km": 100.0}),)
        ),
        Record("State", "BBB", {"iso2": "BB", "name": "Bland Example"}),
        Record(
            "Precedent",
            "PREC/1",
            {"title": "A course", "rode_on": "drug control", **help_, "date_earliest": date(2015, 1, 1)},
            (Link("RECEIVED_BY", "State", "AAA"), under),
        ),
        Record(
            "Precedent",
            "PREC/2",
            {
                "title": "Scanners",
                "rode_on": "a trade project",
                "outcome": "posts opened",
                **help_,
                "date_earliest": date(2018, 1, 1),
            },
            (Link("RECEIVED_BY", "State", "BBB"), under),
        ),
        Record("Precedent", "PREC/3", {"title": "A promise", "rode_on": "trade", "kind": "pledge", **SEEN}, (under,)),
        Record("Precedent", "PREC/4", {"title": "Secret", "rode_on": "trade", "kind": "help", **hidden}, (under,)),
        Record(
            "Benefit",
            "BEN/1",
            {"kind": "revenue", "sentence": "Revenue can rise.", "basis": "stated", "example": "PREC/4", **SEEN},
            (under, source),
        ),
        Record(
            "Benefit",
            "BEN/2",
            {
                "kind": "less trafficking",
                "sentence": "In Bland, drugs were found.",
                "basis": "outcome",
                "example": "PREC/2",
                **SEEN,
            },
            (under, source),
        ),
        Record(
            "Benefit",
            "BEN/3",
            {"kind": "revenue", "sentence": "Not public.", "basis": "outcome", **hidden},
            (under, source),
        ),
    ]


def test_benefits_by_hand(scratch: Store) -> None:
    write(scratch, small())

    answer = cobenefits(scratch, "border-control", state="AAA")

    (row,) = answer.rows
    assert [(one.id, one.basis, one.example.id if one.example else None) for one in row.benefits] == [
        ("BEN/2", "outcome", "PREC/2"), ("BEN/1", "stated", None),
    ]  # fmt: skip
    assert row.reality == "Aland Example has 100 km of land border with 1 neighbour."
    assert row.why() == [
        "Aland Example has 100 km of land border with 1 neighbour.",
        "Less trafficking: In Bland, drugs were found.",
        "Revenue (told as an aim or as what can be expected): Revenue can rise.",
    ]
    assert [(one.id, one.in_state) for one in row.rode_on] == [("PREC/1", True), ("PREC/2", False)]
    assert (row.score, row.rode_on_total) == (None, 2)
    assert [source.id for source in answer.sources] == ["page"]
    assert row.cells()["Help under it rode on"] == "drug control\na trade project"


@ONE_ENGINE
def test_dates_visibility_and_themes_of_which_nothing_is_told(scratch: Store) -> None:
    write(scratch, small())

    every = cobenefits(scratch)
    (early,) = cobenefits(scratch, "border-control", as_of=date(2016, 1, 1)).rows
    (whole,) = cobenefits(scratch, "border-control", committee=True).rows
    nothing = cobenefits(scratch, "transport")

    assert [row.theme.id for row in every.rows] == ["border-control"]
    assert [one.id for one in every.rows[0].rode_on] == ["PREC/2", "PREC/1"], "with an outcome first"
    assert [one.id for one in early.rode_on] == ["PREC/1"]
    assert {one.id for one in whole.benefits} == {"BEN/1", "BEN/2", "BEN/3"}
    assert {one.id for one in whole.rode_on} == {"PREC/1", "PREC/2", "PREC/4"}
    assert nothing.rows == ()
    (silent,) = (one for one in nothing.caveats if one.startswith("Under these themes no source"))
    assert silent.endswith("which is not to say there is none: Transport.")
    assert silent in every.caveats
    with pytest.raises(ParameterError, match="No theme or obligation is called"):
        cobenefits(scratch, "nothing like it")
    with pytest.raises(ParameterError, match="No State is called"):
        cobenefits(scratch, state="Nowhere")
    with pytest.raises(ParameterError, match="limit is 0"):
        cobenefits(scratch, limit=0)


@ONE_ENGINE
def test_shipped_benefits_have_sources_and_are_all_told(shipped: Store) -> None:
    answer = cobenefits(shipped, state="SLE")

    rows = table("cobenefits")
    assert len(rows) >= 25
    told = {one.id: one for row in answer.rows for one in row.benefits}
    assert set(told) == {row["id"] for row in rows}
    assert {row["source"] for row in rows} <= {source.id for source in answer.sources}
    assert {row["id"]: row["example"] for row in rows if row["example"]} == {
        id_: one.example.id for id_, one in told.items() if one.example
    }
    by_theme = Counter(theme for row in rows for theme in row["themes"].split("|"))
    assert {row.theme.id: len(row.benefits) for row in answer.rows} == by_theme
    minerals = next(row for row in answer.rows if row.theme.id == "strategic-minerals")
    assert "Kimberley Process" in str(minerals.reality)


def test_the_table_promises_nothing() -> None:
    rows = table("cobenefits")

    for row in rows:
        sentence = f" {row['sentence'].lower()} "
        assert row["sentence"].endswith("."), row["id"]
        assert len(row["sentence"]) <= 260, row["id"]
        assert not any(word in sentence for word in (" will ", " always ", " guarantee", " ensure", "must ")), row["id"]
        assert row["basis"] in ("outcome", "stated")
        assert "" not in (row["themes"], row["source"]), row["id"]
    assert len({row["sentence"] for row in rows}) == len(rows)
    by_id = {row["id"]: row for row in table("precedents")}
    assert {row["example"] for row in rows if row["example"]} <= set(by_id)
    examples = [(row, by_id[row["example"]]) for row in rows if row["example"]]
    assert all(set(row["themes"].split("|")) & set(held["themes"].split("|")) for row, held in examples)
