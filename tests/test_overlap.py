"""`overlap`: themes and providers of a small world by hand, and of the facts that ship against `entry_points`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.evidence import holds
from graph.records import Link, Record
from graph.schema import Value
from graph.store import Store
from queries.answer import Answer
from queries.entry_points import entry_points
from queries.overlap import overlap
from queries.overlap_rows import Money, ProviderOverlap, ThemeOverlap
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

ON, AUTUMN_2009 = date(2020, 6, 1), date(2009, 10, 1)
BORDER, LICENSING, TRANSPORT = "border-control", "licensing", "transport"


def programme(id_: str, start: str, end: str, **said: Any) -> Record:
    """A programme in AAA (or `places`), by a sector or title rule, with a funder and an implementer."""
    links = [Link("ACTIVE_IN", "State", one) for one in said.pop("places", ("AAA",))]
    links += [Link("IN_SECTOR", "Sector", one) for one in said.pop("sectors", ())]
    how: dict[str, Value] = {"rule": "R1", "how": "Its title says so.", "directness": 3}
    links += [Link("TOUCHES", "Theme", one, how) for one in said.pop("touches", ())]
    for type_, of in (("FUNDED_BY", "funders"), ("IMPLEMENTED_BY", "implementers")):
        links += [Link(type_, "State" if len(one) == 3 else "Organisation", one) for one in said.pop(of, ())]
    dates: dict[str, Value] = {}
    for what, text in (("start", start), ("end", end)):
        if text:
            day = date.fromisoformat(text)
            dates |= {f"{what}_text": text, f"{what}_earliest": day, f"{what}_latest": day}
    links.append(Link("FROM", "Source", "source-1"))
    return Record(
        "Programme", id_, {"title": f"Programme {id_}", "visibility": "public", **dates, **said}, tuple(links)
    )


MEMBERS = (
    Link("MEMBER_OF", "State", "AAA", {"status": "member"}),
    Link("MEMBER_OF", "State", "BBB", {"status": "member"}),
)
OPENS: dict[str, Value] = {"how": "Border posts can add it.", "directness": 2}
LOOSELY: dict[str, Value] = {"how": "It could be added.", "directness": 1}
WORLD = [
    Record("Source", "source-1", {"title": "One"}),
    *(Record("State", one, {"name": f"State {one}"}) for one in ("AAA", "BBB", "DON", "GIV")),
    Record("Organisation", "org-a", {"name": "Org A"}, MEMBERS),
    Record("Organisation", "agency-don", {"name": "Agency of DON"}, (Link("PART_OF", "State", "DON"),)),
    Record("Organisation", "carrier", {"name": "Carrier"}),
    Record("Organisation", "other-carrier", {"name": "Other carrier"}),
    Record("Organisation", "unresolved:x", {"name": "x", "unresolved": True}),
    Record("Theme", BORDER, {"name": "Border control"}),
    Record("Theme", LICENSING, {"name": "Licensing"}),
    Record("Theme", TRANSPORT, {"name": "Transport"}),
    Record("Sector", "S1", {"code": "S1", "name": "Customs"}, (Link("OPENS", "Theme", BORDER, OPENS),)),
    Record("Sector", "S2", {"code": "S2", "name": "Roads"}, (Link("OPENS", "Theme", TRANSPORT, LOOSELY),)),
    # Two programmes at the border by the same sector, of DON (through its agency) and GIV.
    programme(
        "P1", "2018-01-01", "2021-12-31", sectors=("S1",), funders=("agency-don",), implementers=("carrier",),
        amount=100.0, currency="USD",
    ),
    programme(
        "P2", "2019-05-01", "2020-12-31", sectors=("S1",), funders=("GIV", "unresolved:x"),
        implementers=("AAA", "other-carrier"), amount=50.0, currency="EUR",
    ),
    # On roads, where control could only be added: nobody doubles.
    programme("P3", "2019-01-01", "2022-01-01", sectors=("S2",), funders=("DON",), amount=7.0, currency="USD"),
    programme("P4", "2019-01-01", "2022-01-01", sectors=("S2",), funders=("GIV",)),
    programme("P-over", "2010-01-01", "2015-01-01", sectors=("S1",), funders=("carrier",)),
    programme(
        "P-committee", "2019-01-01", "2022-01-01", touches=(LICENSING,), funders=("GIV",), visibility="committee"
    ),
    programme("P-b", "2020-01-01", "", places=("BBB",), touches=(BORDER,), funders=("DON",)),
    Record(
        "Request", "REQ/AAA/2020",
        {
            "subject": "Help", "visibility": "public", "date_earliest": date(2020, 1, 1),
            "date_latest": date(2020, 1, 31),
        },
        (
            Link("MADE_BY", "State", "AAA"), Link("CONCERNS", "Theme", BORDER), Link("CONCERNS", "Theme", LICENSING),
            Link("FROM", "Source", "source-1"),
        ),
    ),
]  # fmt: skip


def themes(answer: Answer[ThemeOverlap | ProviderOverlap]) -> dict[str, ThemeOverlap]:
    """The rows of themes by id, in their order."""
    return {row.id: row for row in answer.rows if isinstance(row, ThemeOverlap)}


def providers(answer: Answer[ThemeOverlap | ProviderOverlap]) -> dict[str, tuple[float | None, float | None]]:
    """Containment and Jaccard by provider, in their order."""
    return {row.id: (row.containment, row.jaccard) for row in answer.rows if isinstance(row, ProviderOverlap)}


def test_themes_and_providers_of_a_small_world(scratch: Store) -> None:
    write(scratch, WORLD)
    answer = overlap(scratch, "AAA", as_of=ON)
    rows = themes(answer)

    # Asked for first, then by name; a theme without a programme is a row too.
    assert [(one.id, one.asked_by, [p.id for p in one.programmes]) for one in rows.values()] == [
        (BORDER, "request", ["P1", "P2"]), (LICENSING, "request", []), (TRANSPORT, None, ["P3", "P4"]),
    ]  # fmt: skip
    assert rows[LICENSING].cells()["Programmes"] == "no programme known here"
    assert rows[LICENSING].why()[-1].endswith("no statement about the State.")
    border = rows[BORDER]
    assert {one.id: one.programmes for one in border.funders} == {
        "DON": ("P1",),
        "GIV": ("P2",),
        "unresolved:x": ("P2",),
    }
    assert [one.id for one in border.implementers] == ["AAA", "carrier", "other-carrier"]
    assert border.amounts == (
        Money(currency="EUR", amount=50, programmes=1),
        Money(currency="USD", amount=100, programmes=1),
    )
    assert (border.until, rows[TRANSPORT].without_amount) == (date(2021, 12, 31), 1)
    # Doubling: the funders at the level of DON, and the two that carry out; not AAA at home, not the unresolved name.
    told = [(one.role, [p.id for p in one.partners], one.programmes, one.since, one.until) for one in border.doubling]
    assert told == [
        ("fund", ["DON", "GIV"], ("P1", "P2"), date(2019, 5, 1), date(2020, 12, 31)),
        ("carry out", ["carrier", "other-carrier"], ("P1", "P2"), date(2019, 5, 1), date(2020, 12, 31)),
    ]  # fmt: skip
    assert rows[TRANSPORT].doubling == ()
    # Of border control and licensing: one of two; with transport, that DON and GIV open as well, one of three.
    assert providers(answer) == {
        "carrier": (0.5, 0.5), "other-carrier": (0.5, 0.5), "DON": (0.5, 0.3333), "GIV": (0.5, 0.3333),
    }  # fmt: skip
    assert all(row.score is None for row in answer.rows)
    assert [one.id for one in answer.sources] == ["source-1"]


@ONE_ENGINE
def test_dates_visibility_and_partners_who_stand_together(scratch: Store) -> None:
    together = programme("P5", "2019-01-01", "2022-01-01", sectors=("S1",), funders=("DON", "GIV"))
    write(scratch, [*WORLD, together])
    both = themes(overlap(scratch, "AAA", as_of=ON, committee=True))

    assert [one.id for one in both[LICENSING].programmes] == ["P-committee"]
    assert "P-committee" not in overlap(scratch, "AAA", as_of=ON).model_dump_json()
    # DON and GIV share a programme under the theme now, so they know of each other.
    assert [one.role for one in both[BORDER].doubling] == ["carry out"]
    early = overlap(scratch, "AAA", as_of=date(2014, 1, 1))
    assert [one.id for one in themes(early)[BORDER].programmes] == ["P-over"]
    # No request was made by then, and nothing is known to be needed.
    assert providers(early) == {"carrier": (None, None)}
    assert any("left blank" in one for one in early.caveats)
    # The row explains itself all the same: its cells say what the sentence says.
    (carrier,) = [row for row in early.rows if isinstance(row, ProviderOverlap)]
    (works,) = carrier.features
    assert works.sentence == "1 programme that it funds or carries out here opens 1 theme: Border control."
    assert ([one.id for one in works.records], works.weight, carrier.why()) == (["P-over"], 0, [])
    assert [one.id for one in early.sources] == ["source-1"]


@ONE_ENGINE
def test_an_organisation_a_theme_and_what_sources_say_is_needed(scratch: Store) -> None:
    first, last = holds("assessment", "incomplete", date(2019, 1, 1))
    told: dict[str, Any] = {
        "text": "assessed", "kind": "assessment", "reading": "incomplete", "observed_at": date(2019, 1, 1),
        "holds_from": first, "holds_until": last, "visibility": "public",
    }  # fmt: skip
    about = (Link("ABOUT", "Field", "BBB/transport"), Link("FROM", "Source", "source-1"))
    write(scratch, [
        *WORLD,
        Record("Field", "BBB/transport", {}, (Link("HAS_FIELD", "State", "BBB"), Link("CONCERNS", "Theme", TRANSPORT))),
        Record("Statement", "st-1", told, about),
    ])  # fmt: skip
    members = themes(overlap(scratch, "Org A", as_of=ON))
    assert [s.iso3 for s in members[BORDER].states] == ["AAA", "BBB"]
    assert [s.iso3 for s in members[TRANSPORT].none_known_in] == ["BBB"]
    assert members[TRANSPORT].asked_by == "source"
    # Of several States, the sentence names the one that the statement is about.
    assert members[TRANSPORT].why()[0] == "A source asks for more on it in State BBB: assessed."
    assert not any("as a provider" in one for one in overlap(scratch, "Org A", as_of=ON).caveats)
    # The programme in BBB is another State's: no pair with those in AAA, though it is on the same theme.
    assert {one.state.iso3 for one in members[BORDER].doubling} == {"AAA"}

    needs = overlap(scratch, "BBB", as_of=ON)
    assert [one.asked_by for one in themes(needs).values()] == ["source", None, None]
    assert providers(needs) == {"DON": (0.0, 0.0)}

    alone = overlap(scratch, "REQ/AAA/2020", BORDER, as_of=ON)
    assert list(themes(alone)) == [BORDER]
    assert list(providers(alone)) == ["carrier", "other-carrier", "DON", "GIV"]
    assert (alone.parameters["who"], alone.parameters["theme"]) == ("REQ/AAA/2020", BORDER)


@ONE_ENGINE
def test_a_provider_without_members_by_its_own_programmes(scratch: Store) -> None:
    write(scratch, WORLD)
    answer = overlap(scratch, "Carrier", as_of=ON)
    rows = themes(answer)

    # It carries out P1 alone; what it opens comes first, and the other themes are rows without a programme.
    assert [(one.id, [p.id for p in one.programmes], one.number) for one in rows.values()] == [
        (BORDER, ["P1"], 1), (LICENSING, [], 0), (TRANSPORT, [], 0),
    ]  # fmt: skip
    border = rows[BORDER]
    assert ([one.iso3 for one in border.states], border.until) == (["AAA"], date(2021, 12, 31))
    assert border.amounts == (Money(currency="USD", amount=100, programmes=1),)
    assert [one.id for one in border.funders] == ["DON"]
    assert "that Carrier funds or carries out in State AAA opens it" in border.why()[0]
    # P2 reaches the same people by the same sector; DON, which pays for P1, doubles nothing of the carrier's.
    told = [(one.role, [p.id for p in one.partners], one.programmes) for one in border.doubling]
    assert told == [("carry out", ["carrier", "other-carrier"], ("P1", "P2"))]
    assert rows[LICENSING].why() == []
    # The one theme that it opens; programmes on roads do not count here.
    assert providers(answer) == {"other-carrier": (1.0, 1.0), "DON": (1.0, 1.0), "GIV": (1.0, 1.0)}
    don = next(row for row in answer.rows if row.id == "DON")
    assert don.why()[-1] == "It stands behind 1 programme together with Carrier."
    assert "may run on 2020-06-01; 1 of them opens a theme." in answer.caveats[0]
    assert [one.id for one in answer.sources] == ["source-1"]

    then = themes(overlap(scratch, "carrier", as_of=date(2014, 1, 1)))
    assert [p.id for p in then[BORDER].programmes] == ["P-over"]
    assert list(themes(overlap(scratch, "carrier", "border-control", as_of=ON))) == [BORDER]
    with pytest.raises(ParameterError, match="no member States of it and no programme that Other carrier funds"):
        overlap(scratch, "other-carrier", as_of=date(2014, 1, 1))


@ONE_ENGINE
def test_agencies_count_as_who_stands_above_them(scratch: Store) -> None:
    own = programme("P-own", "2019-01-01", "2022-01-01", places=("CCC",), sectors=("S1",), funders=("org-a",))
    write(scratch, [*WORLD, own, Record("State", "CCC", {"name": "State CCC"})])

    don = themes(overlap(scratch, "DON", provider=True, as_of=ON))
    assert {p.id for row in don.values() for p in row.programmes} == {"P1", "P3", "P-b"}
    agency = themes(overlap(scratch, "Agency of DON", as_of=ON))[BORDER]
    assert ([p.id for p in agency.programmes], [one.id for one in agency.funders]) == (["P1"], ["agency-don"])
    # DON itself: none is active in it. GIV: one is the Committee's.
    assert not any(row.programmes for row in themes(overlap(scratch, "DON", as_of=ON)).values())
    assert "P-committee" not in overlap(scratch, "GIV", provider=True, as_of=ON).model_dump_json()
    assert "P-committee" in overlap(scratch, "GIV", provider=True, as_of=ON, committee=True).model_dump_json()
    # An organisation with members: what runs in them, whoever stands behind it; its own elsewhere is told of in words.
    of_members = overlap(scratch, "Org A", as_of=ON)
    members = themes(of_members)[BORDER]
    assert ([p.id for p in members.programmes], members.number) == (["P-b", "P1", "P2"], 3)
    assert [one.iso3 for one in members.states] == ["AAA", "BBB"]
    assert members.why()[0].startswith("3 programmes in 2 of 2 States open it. The most direct link")
    assert "Org A, or an agency below it, funds or carries out 1 programme that may run" in of_members.caveats[0]
    assert "as a provider, tells of it." in of_members.caveats[0]
    own_alone = themes(overlap(scratch, "Org A", provider=True, as_of=ON))
    assert {p.id for row in own_alone.values() for p in row.programmes} == {"P-own"}
    with pytest.raises(ParameterError, match="is a request, and no provider"):
        overlap(scratch, "REQ/AAA/2020", provider=True, as_of=ON)


@ONE_ENGINE
def test_of_very_many_programmes_all_are_counted_and_the_last_are_read(
    scratch: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.overlap_read.MOST_READ", 2)
    write(scratch, WORLD)
    answer = overlap(scratch, "AAA", as_of=ON)
    rows = themes(answer)

    # P2 began last, then P3 (as P4; by id).
    assert [(one.number, [p.id for p in one.programmes]) for one in rows.values()] == [
        (2, ["P2"]),
        (0, []),
        (2, ["P3"]),
    ]
    assert any("4 programmes may run" in one for one in answer.caveats)


@ONE_ENGINE
def test_the_same_programmes_as_the_entry_points_of_a_state_that_ships(shipped: Store) -> None:
    answer = overlap(shipped, "Sierra Leone", as_of=AUTUMN_2009, limit=500)
    found = {p.id for row in themes(answer).values() for p in row.programmes}
    carriers = {row.programme.id for row in entry_points(shipped, "SLE", as_of=AUTUMN_2009, limit=500).rows}

    assert found == {one for one in carriers if not one.startswith("PLAN/")}
    assert len(themes(answer)) == len(shipped.ask("MATCH (t:Theme) WHERE t.retired IS NULL RETURN t.id AS id"))
    minerals = themes(answer)["strategic-minerals"]
    assert {"GBR", "european-union", "undp", "world-bank"} == {one.id for one in minerals.funders}
    assert not minerals.programmes[0].dates_uncertain
    assert overlap(shipped, "SLE", as_of=AUTUMN_2009, limit=3).truncated


@ONE_ENGINE
def test_what_a_request_that_ships_asks_for_is_what_providers_are_measured_on(shipped: Store) -> None:
    answer = overlap(shipped, "REQ/CARICOM/2009-06", as_of=date(2010, 1, 1), limit=500)
    asked = [row.id for row in themes(answer).values() if row.asked_by]

    assert [row.asked_by for row in themes(answer).values()][: len(asked)] == ["request"] * len(asked)
    for row in answer.rows:
        if isinstance(row, ProviderOverlap):
            opened = {one.id for one in row.themes}
            assert row.containment == round(len(opened & set(asked)) / len(asked), 4)
            assert row.jaccard == round(len(opened & set(asked)) / len(opened | set(asked)), 4)
    # CARICOM asks: it is no provider to itself, though it carries out a programme of its own.
    assert "caricom" not in providers(answer)


@ONE_ENGINE
def test_a_request_to_which_a_reply_is_told_counts_only_when_asked_about(scratch: Store) -> None:
    reply: dict[str, Any] = {
        "visibility": "public", "subject": "Offer", "date_text": "2020-03-01", "date_earliest": date(2020, 3, 1),
        "date_latest": date(2020, 3, 1),
    }  # fmt: skip
    links = (Link("MADE_BY", "State", "DON"), Link("ANSWERS", "Request", "REQ/AAA/2020"))
    write(scratch, [*WORLD, Record("Offer", "OFF/1", reply, (*links, Link("FROM", "Source", "source-1")))])

    before = overlap(scratch, "AAA", as_of=date(2020, 2, 1))
    assert themes(before)[BORDER].why()[0] == (
        "State AAA asked the Committee for help on it (REQ/AAA/2020, without a date)."
    )
    after = overlap(scratch, "AAA", as_of=ON)
    assert not any(row.asked_by for row in themes(after).values())
    assert any(
        one.startswith(
            "The request REQ/AAA/2020 (without a date) does not count as asked for, as a reply to it is told"
        )
        and "by State DON, first dated 2020-03-01" in one
        for one in after.caveats
    )
    itself = overlap(scratch, "REQ/AAA/2020", as_of=ON)
    assert [row.id for row in themes(itself).values() if row.asked_by == "request"] == [BORDER, LICENSING]
    assert "A reply to the request is told: by State DON, first dated 2020-03-01." in themes(itself)[BORDER].why()[0]
    assert not any("does not count" in one for one in itself.caveats)


@ONE_ENGINE
def test_wrong_names_and_bounds_are_told(shipped: Store) -> None:
    with pytest.raises(ParameterError, match=r"Did you mean .*Sierra Leone"):
        overlap(shipped, "Siera Leone")
    with pytest.raises(ParameterError):
        overlap(shipped, "SLE", "borders and such")
    with pytest.raises(ParameterError):
        overlap(shipped, "SLE", limit=501)
