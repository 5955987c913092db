"""`explain`: cases worked out by hand from the tables that ship; and `fold` held to `readings.cypher`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from graph.evidence import DEFAULT_EVIDENCE, DISCLAIMER, KINDS, holds
from graph.records import Link, Record
from graph.store import Store
from queries.answer import Answer
from queries.explain import Explained, ExplainedStatement, explain
from queries.fold import Folded, fold
from queries.parameters import ALL_RECORDS, PUBLIC, ParameterError
from queries.readings import readings_of
from queries.text import cypher
from tests import small_graphs
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write
from tests.small_graphs import Small

TODAY = date(2026, 11, 21)
DATA = Path(__file__).parent.parent / "ingest" / "data"


def row_of(answer: Answer[Explained], id_: str) -> Explained:
    """The row of one item; there is just one."""
    (row,) = [row for row in answer.rows if row.id == id_]
    return row


def parts(row: Explained) -> dict[str, str]:
    """What each statement's part in the reading is, by its text."""
    return {one.text: one.part for one in row.statements}


def said_of(store: Store, state: str, item: str, on: date, **more: Any) -> Explained:
    """The row of the item itself."""
    return row_of(explain(store, state, item, as_of=on, **more), item)


# By hand --------------------------------------------------------------------------------------------------------


def test_two_sources_that_differ_are_both_shown_and_the_one_that_asks_for_more_is_used(shipped: Store) -> None:
    """health_plans.csv, line 614, costs points of entry in 2024; evaluations.csv, 738 and 739, gave 4 of 5 in 2019."""
    answer = explain(shipped, "MKD", "border-control", as_of=TODAY)
    row = row_of(answer, "border-control")

    assert (row.reading, row.conflict, row.last_seen) == ("incomplete", True, None)
    assert [(one.kind, one.grade, one.reading, one.part) for one in row.statements] == [
        ("stated_need", "line", "incomplete", "counts"),
        ("assessment", "4", "in place", "counts"),
        ("assessment", "4", "in place", "counts"),
    ]
    assert [one.sources[0].id for one in row.statements] == ["costed-naphs-totals", "jee-scores", "jee-scores"]
    assert [one.sources[0].line for one in row.statements] == ["101", "1034", "1035"]
    assert [(here.dataset, here.line) for one in row.statements for here in one.here] == [
        ("health-plans", "614"), ("evaluations", "738"), ("evaluations", "739"),
    ]  # fmt: skip
    assert "statements differ" in row.cells()["Reads"]
    assert row.cells()["Rests on"] == "3 of 3 statements"
    assert any(caveat.startswith("Where statements differ") for caveat in answer.caveats)
    assert {"costed-naphs-totals", "jee-scores"} == {source.id for source in answer.sources}


def test_evidence_leaves_kinds_out_and_says_so(shipped: Store) -> None:
    row = said_of(shipped, "MKD", "border-control", TODAY, evidence=("assessment",))

    assert (row.reading, row.conflict) == ("in place", False)
    assert [one.part for one in row.statements] == [
        "counts", "counts", "not read: evidence of the kind stated_need was not asked for",
    ]  # fmt: skip
    assert "(not read: evidence of the kind stated_need was not asked for)" in row.why()[2]


def test_a_negative_lapses_after_the_years_of_its_kind(shipped: Store) -> None:
    """treaties.csv, line 2278: the list of March 2015 does not name Sierra Leone; a negative holds for 3 years."""
    text = "ICSANT: not listed as party, 2015-03"
    before = said_of(shipped, "SLE", "OP1/3", date(2015, 3, 30))
    last_day = said_of(shipped, "SLE", "OP1/3", date(2018, 3, 31))
    after = said_of(shipped, "SLE", "OP1/3", date(2018, 4, 1))

    assert (before.reading, before.last_seen) == ("unknown", None)
    assert parts(before) == {text: "not yet: it holds from 2015-03-31"}
    assert (last_day.reading, last_day.last_seen, parts(last_day)) == ("no entry", None, {text: "counts"})
    assert (after.reading, after.last_seen) == ("unknown", f"{text}; held until 2018-03-31")
    assert parts(after) == {text: "held until 2018-03-31: this kind is held for 3 years"}
    assert after.statements[0].sources[0].line == "116"


def test_a_ratification_makes_a_party_from_its_day_on_and_not_before(shipped: Store) -> None:
    """treaties.csv, line 799: Albania and the amendment, 26 April 2013."""
    text = "CPPNM Amendment: party since 2013-04-26"
    before = said_of(shipped, "ALB", "OP1/5", date(2013, 4, 25))
    then = said_of(shipped, "ALB", "OP1/5", date(2013, 4, 26))

    assert (before.reading, before.last_seen) == ("unknown", None)
    assert parts(before) == {text: "not yet: it holds from 2013-04-26"}
    assert (then.reading, parts(then)) == ("in place", {text: "counts"})
    assert then.statements[0].holds_until is None
    assert [(one.id, one.line) for one in then.statements[0].sources] == [("cppnm-amendment-status", "3")]
    assert [(one.dataset, one.line) for one in then.statements[0].here] == [("treaties", "799")]


def test_a_later_rating_of_the_same_source_sets_the_older_one_aside(shipped: Store) -> None:
    """fatf.csv, lines 8 and 9: Albania, December 2018 and May 2023 (a month is over on its last day)."""
    older, newer = "FATF IO.11: LE, 2018-12", "FATF R.7: PC, 2023-05"
    before = said_of(shipped, "ALB", "proliferation-finance", date(2023, 5, 30))
    then = said_of(shipped, "ALB", "proliferation-finance", date(2023, 5, 31))

    assert parts(before) == {older: "counts", newer: "not yet: it holds from 2023-05-31"}
    assert parts(then) == {newer: "counts", older: f"set aside: the same source said later, {newer}"}
    assert [one.text for one in then.statements] == [newer, older]
    assert then.cells()["Rests on"] == "1 of 2 statements"
    assert [one.sources[0].line for one in then.statements] == ["3", "2"]


def test_a_withdrawal_ends_what_held(shipped: Store) -> None:
    """treaties.csv, lines 1787 and 2588: Russia in two initiatives of OP 1, of one of them from 2004 to 2022."""
    text = "PSI: endorsing State since 2004"
    during = said_of(shipped, "RUS", "OP1/18", date(2022, 12, 31))
    after = said_of(shipped, "Russia", "OP1/18", date(2023, 1, 1))

    assert parts(during)[text] == "counts"
    assert (after.reading, after.last_seen) == ("in place", None)
    assert parts(after) == {"GICNT: partner nation since 2006-10": "counts", text: "held until 2022-12-31"}
    only = said_of(shipped, "RUS", "OP1/18", date(2004, 12, 30))
    assert only.reading == "unknown"


def test_russia_and_the_test_ban_treaty(shipped: Store) -> None:
    """treaties.csv, two rows of Russia: ratified from 2000 to November 2023, and not listed in February 2026."""
    ratified, absent = "CTBT: ratifying State since 2000-06-30", "CTBT: not listed as ratifying State, 2026-02-03"
    before, during, between, now = (
        said_of(shipped, "RUS", "OP1/6", day)
        for day in (date(2000, 6, 29), date(2023, 11, 30), date(2026, 2, 2), TODAY)
    )

    assert [row.reading for row in (before, during, between, now)] == ["unknown", "in place", "unknown", "no entry"]
    assert between.last_seen == f"{ratified}; held until 2023-11-30"
    assert parts(now) == {absent: "counts", ratified: "held until 2023-11-30"}
    places = {one.text: {(place.id, place.line) for place in one.sources} for one in now.statements}
    assert places == {
        absent: {("ctbt-status", "144")},
        ratified: {("ctbt-status-2015", "138"), ("tass-ratification-test-ban-treaty", None)},
    }


# What an answer takes in ------------------------------------------------------------------------------------------


def test_a_row_of_op_1_is_explained_by_itself(shipped: Store) -> None:
    answer = explain(shipped, "SLE", "OP1/5", as_of=TODAY)

    assert [(row.id, row.reading, len(row.statements)) for row in answer.rows] == [("OP1/5", "no entry", 1)]
    assert answer.parameters["item"] == "OP1/5"
    assert answer.caveats[0] == DISCLAIMER


def test_a_paragraph_is_explained_by_its_themes_what_is_known_first(shipped: Store) -> None:
    answer = explain(shipped, "SLE", "OP3c", as_of=TODAY)
    ids = [row.id for row in answer.rows]

    assert {"border-control", "law-enforcement", "brokering", "customs-enforcement", "import-control"} <= set(ids)
    assert not [one for one in ids if one.startswith("OP")]
    themes = [row for row in answer.rows if not row.id.startswith("section/")]
    assert [row.id for row in themes] == sorted((row.id for row in themes), key=lambda id_: (_silent(themes, id_), id_))
    assert all(row.id.startswith("section/") and row.statements for row in answer.rows[len(themes) :])
    silent = row_of(answer, "brokering")
    assert (silent.reading, silent.statements, silent.last_seen) == ("unknown", (), None)
    assert silent.cells()["Rests on"] == "no source speaks"
    assert any("it is no gap" in caveat for caveat in answer.caveats)


def _silent(rows: list[Explained], id_: str) -> bool:
    return not next(row for row in rows if row.id == id_).statements


def test_a_section_shows_its_laws_and_says_how_little_they_say(shipped: Store) -> None:
    """laws.csv, lines 184 to 186: three laws of Malaysia in that section; line 187 is in another."""
    answer = explain(shipped, "Malaysia", "section/OP3cd", as_of=TODAY)

    assert answer.rows[0].id == "section/OP3cd"
    laws = answer.rows[0].statements
    assert {(one.kind, one.reading, one.grade) for one in laws} == {("law", "unknown", "on file")}
    assert {one.text for one in laws} == {
        "law on file: Strategic Trade Act 2010 (2010)",
        "law on file: Strategic Trade (Amendment) Act 2017 (2017)",
        "law on file: Strategic Trade (Restricted End-Users and Prohibited End-Users) Order 2010 (2010)",
    }
    # A law's source is a page, which has no lines; where it stands here is told.
    assert {one.sources[0].line for one in laws} == {None}
    assert {(here.dataset, here.line) for one in laws for here in one.here} == {
        ("laws", "184"), ("laws", "185"), ("laws", "186"),
    }  # fmt: skip
    assert {one.part for one in laws} == {"on file; what it covers, no source here says"}
    assert answer.rows[0].reading == "unknown"
    assert answer.rows[0].cells()["Reads"] == "no reading"
    assert any("says nothing on what it covers" in caveat for caveat in answer.caveats)
    without = explain(shipped, "Malaysia", "section/OP3cd", as_of=TODAY, evidence=("treaty",))
    assert {one.part for one in without.rows[0].statements} == {
        "not read: evidence of the kind law was not asked for"
    }  # fmt: skip
    assert without.rows[0].reading == "unknown"


def test_the_lines_are_those_of_the_tables(shipped: Store) -> None:
    """Each treaty statement of Sierra Leone stands at its line here, and names the line of its source's file."""
    with (DATA / "treaties.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        expected = {
            str(reader.line_num): {(source, row["line"] or None) for source in row["source"].split("|")}
            for row in reader
            if row["party"] == "SLE" and "|" not in row["source"]
        }
    assert len(expected) > 9
    answer = explain(shipped, "SLE", "section/OP1", as_of=TODAY)
    found: dict[str, set[tuple[str, str | None]]] = {
        str(one.here[0].line): {(place.id, place.line) for place in one.sources}
        for row in answer.rows
        for one in row.statements
    }
    assert {line: places for line, places in found.items() if line in expected} == expected


@pytest.mark.parametrize(("state", "item"), [("SLE", "OP3c"), ("MKD", "emergency-response"), ("GBR", "section/OP1")])
def test_every_statement_of_the_fields_is_there_and_none_twice(shipped: Store, state: str, item: str) -> None:
    answer = explain(shipped, state, item, as_of=date(2019, 5, 1), limit=500)
    query = "MATCH (f:Field)<-[:ABOUT]-(st:Statement) WHERE f.id IN $ids RETURN f.id AS field, st.id AS id"

    assert not answer.truncated
    assert len({row.id for row in answer.rows}) == len(answer.rows)
    expected = [
        (row["field"], row["id"]) for row in shipped.ask(query, {"ids": [f"{state}/{r.id}" for r in answer.rows]})
    ]
    found = [(f"{state}/{row.id}", one.id) for row in answer.rows for one in row.statements]
    assert len(found) > 3
    assert sorted(found) == sorted(expected)
    assert all(bool(one.part == "counts") is one.counts for row in answer.rows for one in row.statements)
    assert all(one.line().count(one.part) == (not one.counts) for row in answer.rows for one in row.statements)


@pytest.mark.parametrize(
    ("state", "item", "message"),
    [
        ("Siera Leone", "OP3c", r"No State is called 'Siera Leone'\. Did you mean .*Sierra Leone \(SLE\)"),
        ("SLE", "border-contrl", r"No theme or obligation is called 'border-contrl'\. Did you mean border-control\?"),
        ("SLE", "OP3z", r"Did you mean .*OP3"),
        ("ECOWAS", "OP3c", r"No State is called 'ECOWAS'"),
    ],
)
def test_a_name_that_is_not_known_gets_a_suggestion(shipped: Store, state: str, item: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        explain(shipped, state, item)


def test_limits_and_kinds_are_checked_and_sources_are_those_of_the_rows_shown(shipped: Store) -> None:
    wrongs: tuple[dict[str, Any], ...] = ({"limit": 0}, {"limit": 501}, {"evidence": ("hearsay",)})
    for wrong in wrongs:
        with pytest.raises(ParameterError):
            explain(shipped, "SLE", "OP3c", **wrong)
    answer = explain(shipped, "SLE", "section/OP1", as_of=TODAY, limit=1)
    assert (len(answer.rows), answer.truncated, answer.total) == (1, True, 22)
    assert [source.id for source in answer.sources] == ["npt-status"]


# What is written by hand -----------------------------------------------------------------------------------------


def statement(key: str, field: str | tuple[str, ...], day: date, **said: Any) -> Record:
    """A statement, public and of a treaty list unless said otherwise, from the source `list`."""
    source = said.pop("source", "list")
    kind, reading = said.setdefault("kind", "treaty"), said.setdefault("reading", "no entry")
    first, last = holds(kind, reading, day)
    rest: dict[str, Any] = {"visibility": "public", "text": key, "observed_at": day, "observed_text": day.isoformat()}
    fields = (field,) if isinstance(field, str) else field
    links = (*(Link("ABOUT", "Field", one) for one in fields), Link("FROM", "Source", source))
    return Record("Statement", key, {**rest, "holds_from": first, "holds_until": last, **said}, links)


def field_of(state: str, label: str, target: str) -> Record:
    """A field of a State."""
    return Record(
        "Field", f"{state}/{target}", {}, (Link("HAS_FIELD", "State", state), Link("CONCERNS", label, target))
    )


def cell(row: str, column: str) -> Record:
    """A cell of a matrix row about border control."""
    links = (Link("PART_OF", "Obligation", row), Link("CONCERNS", "Theme", "border-control"))
    return Record("Obligation", f"{row}/N/{column}", {"level": "cell", "section": "OP3cd"}, links)


WORLD: tuple[Record, ...] = (
    Record("Source", "list", {"title": "A list"}),
    Record("Source", "matrix", {"title": "A matrix"}),
    Record("State", "AAA", {"name": "Aland"}),
    Record("Theme", "border-control", {"name": "Border control", "sections": ["OP3cd"]}),
    Record("Obligation", "section/OP3cd", {"name": "Borders", "level": "section", "row": 1}),
    field_of("AAA", "Theme", "border-control"),
)
FIELD, THEN = "AAA/border-control", date(2020, 1, 1)


def test_what_only_the_committee_may_see_is_not_shown_to_others(scratch: Store) -> None:
    secret = statement("secret", FIELD, date(2020, 6, 1), visibility="committee", reading="incomplete")
    write(scratch, [*WORLD, statement("open", FIELD, THEN), secret])

    public = explain(scratch, "AAA", "border-control", as_of=date(2021, 1, 1))
    assert [(row.reading, list(parts(row))) for row in public.rows] == [("no entry", ["open"])]
    assert "secret" not in public.model_dump_json()
    (row,) = explain(scratch, "AAA", "border-control", as_of=date(2021, 1, 1), committee=True).rows
    assert row.reading == "incomplete"
    assert parts(row) == {"secret": "counts", "open": "set aside: the same source said later, secret"}


@ONE_ENGINE
def test_every_part_that_a_statement_can_have(scratch: Store) -> None:
    write(scratch, [
        *WORLD,
        statement("rated in 2015", FIELD, date(2015, 1, 1), kind="assessment", reading="incomplete"),
        statement("rated again in 2019", FIELD, date(2019, 1, 1), kind="assessment", reading="in place"),
        statement("rated the same day", FIELD, date(2019, 1, 1), kind="assessment", reading="in place"),
        statement("does not apply", FIELD, date(2019, 6, 1), kind="matrix", reading="unknown", source="matrix"),
        statement("an index", FIELD, date(2019, 6, 1), kind="index", reading="incomplete"),
        statement("asked for", FIELD, date(2014, 12, 31), kind="stated_need", reading="incomplete"),
    ])  # fmt: skip
    (row,) = explain(scratch, "aland", "border-control", as_of=THEN).rows

    assert (row.reading, row.conflict, row.last_seen) == ("in place", False, None)
    assert parts(row) == {
        "rated again in 2019": "counts",
        "rated the same day": "counts",
        "an index": "not read: evidence of the kind index was not asked for",
        "does not apply": "says nothing either way",
        "rated in 2015": "set aside: the same source said later, rated again in 2019",
        "asked for": "held until 2019-12-31: this kind is held for 5 years",
    }
    (row,) = explain(scratch, "AAA", "border-control", as_of=THEN, evidence=KINDS).rows
    assert (row.reading, row.conflict) == ("incomplete", True)
    (row,) = explain(scratch, "AAA", "border-control", as_of=date(2040, 1, 1)).rows
    assert row.reading == "in place"


@ONE_ENGINE
def test_a_statement_about_two_cells_of_a_theme_is_told_once(scratch: Store) -> None:
    row = Record("Obligation", "OP3cd/1", {"name": "A row", "level": "row", "section": "OP3cd"})
    cells = [cell("OP3cd/1", column) for column in ("framework", "enforcement")]
    fields = [field_of("AAA", "Obligation", one.key) for one in cells]
    both = statement("both", tuple(one.key for one in fields), THEN, kind="matrix", reading="no entry", source="matrix")
    write(scratch, [*WORLD, row, *cells, *fields, both])

    (told,) = explain(scratch, "AAA", "border-control", as_of=date(2021, 1, 1)).rows
    assert told.reading == "no entry"
    assert [one.id for one in told.statements] == ["both"]


@ONE_ENGINE
def test_what_is_no_longer_said_is_not_told(scratch: Store) -> None:
    kept, gone = statement("kept", FIELD, THEN), statement("gone", FIELD, THEN)
    write(scratch, [*WORLD, kept, gone])
    write(scratch, [*WORLD, kept])

    (row,) = explain(scratch, "AAA", "border-control", as_of=date(2021, 1, 1)).rows
    assert [one.id for one in row.statements] == ["kept"]
    one: ExplainedStatement = row.statements[0]
    assert [(here.dataset, place.id) for here in one.here for place in one.sources] == [("test", "list")]


@ONE_ENGINE
def test_an_empty_graph_says_how_to_fill_it(scratch: Store) -> None:
    with pytest.raises(ParameterError, match="footprint load"):
        explain(scratch, "SLE", "OP3c")


# `fold` and `readings.cypher` ------------------------------------------------------------------------------------

Plain = dict[tuple[str, str], tuple[str, str, bool, frozenset[str]]]
_ALL = "MATCH (n:State|Territory) RETURN coalesce(n.iso3, n.id) AS id ORDER BY id"
_ITEMS = "MATCH (n:Theme|Obligation) RETURN n.id AS id ORDER BY id"
_TOLD: dict[str, list[dict[str, Any]]] = {}


def told_of_all(store: Store, visible: Iterable[str]) -> list[dict[str, Any]]:
    """All statements about all items in all States and territories."""
    states, items = ([row["id"] for row in store.ask(query)] for query in (_ALL, _ITEMS))
    return store.ask(cypher("explain"), {"states": states, "items": items, "visible": list(visible)})


def as_folded(folded: dict[tuple[str, str], Folded]) -> Plain:
    """Name, reading, conflict and what counts of each item that reads anything."""
    return {
        key: (one.name, one.reading, one.conflict, frozenset(told.said["id"] for told in one.told if told.counts))
        for key, one in folded.items()
        if one.reading != "unknown" or any(told.counts for told in one.told)
    }


def as_read(store: Store, on: date, evidence: Iterable[str], visible: Iterable[str]) -> Plain:
    """The same from `readings.cypher`."""
    states = [row["id"] for row in store.ask(_ALL)]
    asked = {"states": states, "as_of": on, "evidence": list(evidence), "visible": list(visible)}
    return {
        (row["iso3"], row["item"]): (
            row["name"], row["reading"], row["conflict"], frozenset(one["id"] for one in row["statements"]),
        )
        for row in readings_of(store, asked)
    }  # fmt: skip


# All States at once take Neo4j many seconds; there it is asked State by State above, and in small worlds below.
@ONE_ENGINE
@pytest.mark.parametrize("on", [date(2009, 10, 1), date(2020, 12, 31), TODAY], ids=str)
def test_fold_reads_as_the_query_does_for_all_states(shipped: Store, engine: str, on: date) -> None:
    if engine not in _TOLD:
        _TOLD[engine] = told_of_all(shipped, PUBLIC)
    expected = as_read(shipped, on, DEFAULT_EVIDENCE, PUBLIC)

    assert len(expected) > 1000
    assert as_folded(fold(_TOLD[engine], on, DEFAULT_EVIDENCE)) == expected


WORLDS = {"embedded": 15, "neo4j": 1}


def test_fold_reads_as_the_query_does_in_small_worlds(engine: str, all_engines: Engines) -> None:
    store = all_engines.scratch(engine)

    @given(small_graphs.worlds())
    @settings(max_examples=WORLDS[engine], deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    def check(world: Small) -> None:
        store.clear()
        write(store, world.first)
        if world.then != world.first:
            write(store, world.then)
        for visible in (PUBLIC, ALL_RECORDS):
            told = told_of_all(store, visible)
            for on in small_graphs.DAYS:
                for evidence in (DEFAULT_EVIDENCE, KINDS, ("treaty", "assessment")):
                    assert as_folded(fold(told, on, evidence)) == as_read(store, on, evidence, visible)

    check()
