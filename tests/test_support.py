"""`Support`: offers and programmes that could carry help, worked out by hand and on the facts that ship."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.grouping_features import Found, GroupingWeights, Told, scored
from queries.held_together import Holder, Known
from queries.support import CAVEAT_UNDATED, Carrier, Support, undated
from queries.text import cypher
from tests.helpers import ONE_ENGINE, write

DAY = date(2020, 6, 1)
ASKED: dict[str, Any] = {
    "as_of": DAY, "open_since": date(2013, 6, 1), "open_until": date(2027, 6, 1), "visible": ["public"],
}  # fmt: skip


def programme(id_: str, *links: Link, visibility: str = "public", **dates: Any) -> Record:
    """A made-up programme that runs all through 2020 where nothing else is said."""
    given: dict[str, Any] = dates or {"start_earliest": date(2020, 1, 1), "start_latest": date(2020, 1, 1)}
    if not dates:
        given |= {"end_earliest": date(2020, 12, 31), "end_latest": date(2020, 12, 31)}
    return Record("Programme", id_, {"title": f"Made up {id_}", "visibility": visibility, **given}, links)


def world() -> list[Record]:
    """Two States, a sector that opens two themes, a third theme that only a title points to."""
    here, there, second = (Link("ACTIVE_IN", "State", one) for one in ("AAA", "BBB", "AAA"))
    sector, title = Link("IN_SECTOR", "Sector", "1"), Link("TOUCHES", "Theme", "c", {"how": "by name", "directness": 2})
    opens = [Link("OPENS", "Theme", one, {"how": "as one", "directness": 3}) for one in ("a", "b")]
    year: dict[str, Any] = {"start_earliest": date(2020, 1, 1), "start_latest": date(2020, 1, 1)}
    return [
        *(Record("State", one, {"name": f"Land {one}"}) for one in ("AAA", "BBB")),
        *(Record("Theme", one, {"name": f"Theme {one}"}) for one in ("a", "b", "c")),
        Record("Sector", "1", {"code": "1", "name": "Made up sector"}, tuple(opens)),
        Record("Sector", "2", {"code": "2", "name": "Opens nothing"}),
        programme("P two words", here, there, sector, title),
        programme("P-title", second, title),
        programme("P-nothing", here, Link("IN_SECTOR", "Sector", "2")),
        programme("P-closed", here, sector, closed="ended early", **year),
        programme("P-hidden", here, sector, visibility="committee"),
        programme("P-undated", here, sector, start_text="?"),
        programme("P-ended", here, sector, **year, end_earliest=date(2020, 3, 1), end_latest=date(2020, 5, 31)),
        programme("P-last-day", there, sector, **year, end_earliest=date(2020, 3, 1), end_latest=DAY),
        programme("P-no-end", there, title, **year),
        programme("P-no-end-old", there, title, start_earliest=date(2013, 5, 31), start_latest=date(2013, 5, 31)),
        programme("P-ahead", there, sector, start_earliest=date(2020, 6, 2), start_latest=date(2020, 6, 2)),
        programme("P-no-start", there, sector, end_earliest=date(2027, 6, 1), end_latest=date(2027, 6, 1)),
        programme("P-no-start-far", there, sector, end_earliest=date(2027, 6, 2), end_latest=date(2027, 6, 2)),
    ]


def pairs(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """State and programme with each theme."""
    return {(one, theme) for row in rows for one in row["those"] for theme in row["themes"]}


def test_carriers_of_few_and_of_many_states_are_the_same(scratch: Store) -> None:
    write(scratch, world())
    # A second data set says the same of one: its links run beside the first's and count once.
    write(scratch, [one for one in world() if one.key == "P-title"], "other")
    expected = {
        *((f"{iso3} P two words", theme) for iso3 in ("AAA", "BBB") for theme in "abc"), ("AAA P-title", "c"),
        *((f"BBB {one}", theme) for one in ("P-last-day", "P-no-start") for theme in "ab"), ("BBB P-no-end", "c"),
    }  # fmt: skip
    for statement in ("carriers", "carriers_everywhere"):
        rows = scratch.ask(cypher(statement), {"states": ["AAA", "BBB"], **ASKED})
        assert pairs(rows) == expected
        assert all(len(row["those"]) == len(set(row["those"])) for row in rows)
        only = scratch.ask(cypher(statement), {"states": ["AAA"], **ASKED})
        assert pairs(only) == {one for one in expected if one[0].startswith("AAA")}


@ONE_ENGINE
def test_carriers_on_the_facts_that_ship(shipped: Store) -> None:
    states = [row["iso3"] for row in shipped.ask("MATCH (s:State) RETURN s.iso3 AS iso3")]
    for day in (date(2012, 1, 1), date(2026, 11, 21)):
        asked = {**ASKED, "as_of": day, "open_since": date(day.year - 7, 1, 1), "open_until": date(day.year + 7, 1, 1)}
        few, many = (
            pairs(shipped.ask(cypher(one), {"states": states, **asked})) for one in ("carriers", "carriers_everywhere")
        )
        assert few
        assert few == many


@ONE_ENGINE
def test_what_could_carry_items_in_states(scratch: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write(scratch, world())
    places: dict[str, dict[str, Any]] = {one: {"regions": [], "organisations": []} for one in ("AAA", "BBB")}
    known = Known({}, {one: frozenset("c") for one in places}, places, {"c": "Theme c"})
    for many in (120, 1):
        monkeypatch.setattr("queries.support._MANY_STATES", many)
        support = Support.read(scratch, known, DAY, 7, ["public"])
        both = ("AAA", "BBB")
        found, states = support.programmes(both, ("c",))
        assert found == [
            Carrier("AAA", "P two words"), Carrier("AAA", "P-title"), Carrier("BBB", "P two words"),
            Carrier("BBB", "P-no-end"),
        ]  # fmt: skip
        assert states == set(both)
        assert support.carried(both, ("c",)) == 2
        # Themes that no item asked for are not kept.
        assert support.programmes(both, ("a",)) == ([], set())
        assert support.carried(both, ("a",)) == 0


def test_ten_programmes_of_each_state_stand_behind_a_grouping() -> None:
    many = {f"P-{number:02}" for number in range(12)}
    places: dict[str, dict[str, Any]] = {
        one: {"regions": [], "organisations": [], "languages": [], "neighbours": []} for one in ("AAA", "BBB", "CCC")
    }
    known = Known({}, {}, places, {"c": "Theme c"})
    support = Support({}, {("AAA", "c"): many, ("CCC", "c"): {"Q-1"}, ("CCC", "d"): many}, {"c": ["c"]}, known)
    found = Found(Holder(("AAA", "BBB", "CCC"), "States", (1, "map")), ("AAA", "BBB", "CCC"), ("c",))
    told = Told.of(scored(found, known, support, GroupingWeights()), support)
    carriers = next(feature for feature in told.features if feature.name == "carriers")
    assert carriers.sentence == "In 2 of 3 States a programme that may run could carry it."
    assert carriers.value == 0.6667
    assert [ref.id for ref in carriers.records] == [*sorted(many)[:10], "Q-1"]
    assert [one.id for one in told.shown] == sorted(many)[:10]


def test_offers_and_known_work_are_told_apart() -> None:
    places: dict[str, dict[str, Any]] = {
        one: {"regions": [], "organisations": [], "languages": [], "neighbours": []} for one in ("AAA", "BBB")
    }

    def sentence(*bases: str) -> str:
        offers: list[dict[str, Any]] = [
            {"id": f"O-{number}", "who": f"p-{number}", "who_name": f"Partner {number}", "basis": basis, "date": None,
             "places": [], "excluded": []}
            for number, basis in enumerate(bases)
        ]  # fmt: skip
        known = Known({}, {}, places, {"c": "Theme c"})
        support = Support({"c": offers}, {}, {"c": ["c"]}, known)
        found = Found(Holder(("AAA", "BBB"), "States", (1, "map")), ("AAA", "BBB"), ("c",))
        told = Told.of(scored(found, known, support, GroupingWeights()), support)
        feature = next(feature for feature in told.features if feature.name == "offers")
        assert feature.value == float(bool(bases))
        assert undated(offers, feature.records) == ([CAVEAT_UNDATED] if bases else [])
        assert undated([{**one, "date": "2019"} for one in offers], feature.records) == []
        return feature.sentence

    assert sentence() == "No partner is known here that offered help with it or works on it."
    assert sentence("offer") == "1 partner offered help: under 1 of 1 item."
    both = sentence("offer", "offer", "programme")
    assert both == "2 partners offered help, and 1 more is known to work on it: under 1 of 1 item."
    known_work = sentence("programme", "programme")
    assert known_work == "No partner offered help, but 2 are known to work on it: under 1 of 1 item."
