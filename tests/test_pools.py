"""`pools`: experience, needs and offers by hand on a few made-up States; never a ranking of States."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.evidence import DEFAULT_EVIDENCE, Reading, holds
from graph.records import Link, Record
from graph.store import Store
from ingest.reconcile import reconcile
from queries.answer import Answer
from queries.assemble import today
from queries.parameters import ParameterError
from queries.pools import Pool, pools
from queries.readings import readings_of
from queries.text import cypher
from tests.helpers import ONE_ENGINE, write

DAY = date(2020, 6, 1)
ON = date(2021, 6, 1)
STATES = {"AAA": "Zeta", "BBB": "Yota", "CCC": "Xi", "DDD": "Delta"}


def reads(state: str, reading: Reading, kind: Any = "assessment", visibility: str = "public") -> list[Record]:
    """A field of a State on biosafety, and how a source of its own reads it from DAY on."""
    first, last = holds(kind, reading, DAY)
    key, source = f"{state}/biosafety", f"list-{state}"
    about: dict[str, Any] = {
        "text": f"{source}: {reading}", "kind": kind, "reading": reading, "observed_at": DAY, "holds_from": first,
        "holds_until": last, "visibility": visibility,
    }  # fmt: skip
    return [
        Record("Source", source, {"title": source}),
        Record("Field", key, {}, (Link("HAS_FIELD", "State", state), Link("CONCERNS", "Theme", "biosafety"))),
        Record("Statement", source, about, (Link("ABOUT", "Field", key), Link("FROM", "Source", source))),
    ]


def dated(on: date | None) -> dict[str, Any]:
    return {"date_text": str(on) if on else None, "date_earliest": on, "date_latest": on}


def helped(key: str, state: str, on: date | None = DAY, by: str = "org-x", **said: str) -> Record:
    """Help on biosafety that a State received."""
    about = {"title": f"Help {key}", "kind": "help", "visibility": "public", **dated(on), **said}
    links = (Link("RECEIVED_BY", "State", state), Link("PROVIDED_BY", "Organisation", by))
    return Record("Precedent", key, about, (Link("CONCERNS", "Theme", "biosafety"), *links))


def asks(key: str, state: str, on: date = DAY, visibility: str = "public") -> Record:
    about = {"subject": f"Request {key}", "visibility": visibility, **dated(on)}
    return Record("Request", key, about, (Link("MADE_BY", "State", state), Link("CONCERNS", "Theme", "biosafety")))


def offers(key: str, by: str, basis: str, *limits: str) -> Record:
    about = {"subject": f"Offer {key}", "basis": basis, "scope": "theme", "visibility": "public", **dated(DAY)}
    links = [Link("MADE_BY", "Organisation", by), Link("COVERS", "Theme", "biosafety", {"scope": "theme"})]
    return Record("Offer", key, about, (*links, *(Link("LIMITED_TO", "State", one) for one in limits)))


def mandate(key: str, by: str, on: date | None = DAY) -> Record:
    about = {"subject": f"Mandate {key}", "scope": "theme", "visibility": "public", **dated(on)}
    return Record("Mandate", key, about, (Link("MADE_BY", "Organisation", by), Link("COVERS", "Theme", "biosafety")))


def world(store: Store, *records: Record) -> None:
    """Three neighbours, members of Org A, in one sub-region, and DDD apart; a section with the theme."""
    members = tuple(Link("MEMBER_OF", "State", one, {"status": "member"}) for one in ("AAA", "BBB", "CCC"))
    write(store, [
        Record("Region", "Land", {"name": "Land", "level": "region"}),
        Record("Region", "Here", {"name": "Here", "level": "subregion"}, (Link("PART_OF", "Region", "Land"),)),
        *(
            Record("State", iso3, {"name": name, "languages": ["English"] if iso3 != "CCC" else ["French"]}, (
                Link("PART_OF", "Region", "Land" if iso3 == "DDD" else "Here"),
                *((Link("BORDERS", "State", "AAA"),) if iso3 == "BBB" else ()),
            ))
            for iso3, name in STATES.items()
        ),
        Record("Organisation", "org-a", {"name": "Org A", "regional": True}, members),
        Record("Organisation", "org-x", {"name": "Org X"}),
        Record("Organisation", "org-y", {"name": "Org Y"}),
        Record("Obligation", "section/OP3ab-BW", {"name": "Biological", "level": "section", "row": 5}),
        Record("Theme", "biosafety", {"name": "Biosafety", "sections": ["OP3ab-BW"]}),
        *records,
    ])  # fmt: skip
    reconcile(store, ON)


def features(pool: Pool) -> dict[str, float]:
    return {one.name: one.value for one in pool.features}


def told(answer: Answer[Pool], id_: str = "org-a") -> Pool:
    return next(row for row in answer.rows if row.id == id_)


def ids(members: tuple[Any, ...]) -> list[str]:
    return [one.iso3 for one in members]


def test_a_pool_by_hand(scratch: Store) -> None:
    world(
        scratch,
        helped("p1", "AAA"), helped("p2", "AAA"),
        *reads("BBB", "incomplete"), *reads("CCC", "incomplete", "stated_need"),
        asks("REQ/CCC", "CCC"), mandate("m1", "org-a"),
        offers("o1", "org-x", "offer", "BBB"), offers("o2", "org-y", "programme"),
        Record("Legislation", "law", {"title": "Law of C", "visibility": "public", **dated(DAY)}, (
            Link("ENACTED_BY", "State", "CCC"), Link("IMPLEMENTS", "Obligation", "section/OP3ab-BW"),
        )),
    )  # fmt: skip
    answer = pools(scratch, "Biosafety", as_of=ON)
    pool = told(answer)

    # Alphabetical by name: Xi (CCC), Yota (BBB), Zeta (AAA).
    assert ids(pool.experience) == ["CCC", "AAA"]
    assert ids(pool.need) == ["CCC", "BBB"]
    assert [one.kind for one in pool.experience[0].evidence] == ["law"]
    assert pool.experience[1].evidence[0].sentence == "received help: Help p1 (2020-06-01) and 1 more"
    assert [one.kind for one in pool.need[0].evidence] == ["request", "own plan"]
    assert pool.need[1].evidence[0].sentence == "an assessor asked for more: list-BBB: incomplete"
    assert [(one.partner.id, one.basis, one.reaches) for one in pool.offers] == [
        ("org-x", "offer", ("BBB",)), ("org-y", "programme", ("BBB", "CCC")),
    ]  # fmt: skip
    # One State by help and one by a law: 1 - 1 / (1 + 1.5). Two with a need. CCC alone states it. English in two of
    # three; AAA and BBB are neighbours.
    assert features(pool) == {
        "experience": 0.6, "need": 0.6667, "stated": 0.5, "offers": 1.0, "size": 1.0, "convener": 1.0,
        "language": 0.6667, "contiguity": 0.6667,
    }  # fmt: skip
    assert pool.organisation is not None
    assert [one.id for one in pool.conveners] == ["org-a"]
    convener = next(one for one in pool.features if one.name == "convener")
    assert convener.sentence == (
        "Org A, of which 3 of these 3 are members, could bring them together. "
        "Org A has a standing mandate on this: Mandate m1."
    )
    assert [(ref.type, ref.id) for ref in convener.records] == [("Organisation", "org-a"), ("Mandate", "m1")]
    # The sub-region has the same States, so the organisation could bring these together too; it stands after it.
    assert [row.id for row in answer.rows] == ["org-a", "Here"]
    assert features(answer.rows[1])["convener"] == 1.0


@ONE_ENGINE
def test_an_organisation_that_nothing_ties_to_the_theme_comes_last(scratch: Store) -> None:
    agency = Record("Organisation", "agency", {"name": "Agency of B"}, (Link("PART_OF", "Organisation", "org-b"),))
    members = tuple(Link("MEMBER_OF", "State", one, {"status": "member"}) for one in ("BBB", "CCC"))
    world(
        scratch,
        helped("p1", "AAA"), *reads("BBB", "incomplete"), *reads("CCC", "incomplete"),
        Record("Organisation", "org-b", {"name": "Org B"}, members), agency, mandate("m2", "agency", date(2021, 1, 1)),
    )  # fmt: skip
    answer = pools(scratch, "biosafety", as_of=ON)

    # Nothing is held of Org A on biosafety. Of Org B, an agency has a mandate, and two of the three are members.
    assert [row.id for row in answer.rows] == ["Here", "org-a"]
    untied = answer.rows[1]
    assert [one.id for one in untied.conveners] == ["org-b"]
    sentence = next(one.sentence for one in untied.features if one.name == "convener")
    assert sentence.startswith("Org A holds them together, but no mandate, offer or help of its own on this is known")
    assert "Org B, of which 2 of these 3 are members, could bring them together" in sentence
    assert "(of its Agency of B): Mandate m2" in sentence
    # Two of three, and no regional organisation: a half of it.
    assert features(untied)["convener"] == 0.3333
    before = pools(scratch, "biosafety", as_of=date(2020, 12, 31)).rows
    assert [row.conveners for row in before] == [(), ()]


@ONE_ENGINE
def test_a_pool_has_experience_and_two_others_in_need(scratch: Store) -> None:
    world(scratch, helped("p1", "AAA"), *reads("AAA", "incomplete"), *reads("BBB", "incomplete"))
    assert pools(scratch, "biosafety", as_of=ON).rows == ()
    write(scratch, [*reads("CCC", "no entry")], "more")
    assert ids(told(pools(scratch, "biosafety", as_of=ON)).need) == ["CCC", "BBB", "AAA"]
    write(scratch, [*reads("CCC", "in place")], "more")
    pool = told(pools(scratch, "biosafety", as_of=ON))
    assert (ids(pool.experience), ids(pool.need)) == (["CCC", "AAA"], ["BBB", "AAA"])


@ONE_ENGINE
def test_dates_and_visibility(scratch: Store) -> None:
    world(
        scratch,
        helped("p1", "AAA"),
        helped("undated", "BBB", None),
        helped("plan", "CCC", kind="plan"),
        helped("hidden", "CCC", visibility="committee"),
        *reads("BBB", "incomplete"),
        asks("old", "CCC", date(2015, 1, 1)),
        asks("new", "CCC", date(2021, 5, 1), "committee"),
    )
    assert pools(scratch, "biosafety", as_of=ON).rows == ()
    secret = told(pools(scratch, "biosafety", as_of=ON, committee=True))
    assert ids(secret.experience) == ["CCC", "AAA"]
    assert ids(secret.need) == ["CCC", "BBB"]
    assert pools(scratch, "biosafety", as_of=date(2020, 5, 1), committee=True).rows == ()


@ONE_ENGINE
def test_a_request_is_a_known_need_for_five_years(scratch: Store) -> None:
    asked = date(2015, 1, 1)
    world(scratch, helped("early", "AAA", date(2014, 1, 1)), asks("one", "BBB", asked), asks("two", "CCC", asked))

    assert pools(scratch, "biosafety", as_of=date(2014, 12, 31)).rows == ()
    assert ids(told(pools(scratch, "biosafety", as_of=date(2020, 1, 1))).need) == ["CCC", "BBB"]
    assert pools(scratch, "biosafety", as_of=date(2020, 1, 2)).rows == ()


@ONE_ENGINE
def test_region_limits_where_to_look(scratch: Store) -> None:
    world(
        scratch,
        helped("p1", "AAA"),
        *reads("BBB", "incomplete"),
        *reads("CCC", "incomplete"),
        *reads("DDD", "incomplete"),
    )

    assert [row.id for row in pools(scratch, "biosafety", region="Org A", as_of=ON).rows] == ["Here", "org-a"]
    whole = pools(scratch, "biosafety", region="Land", as_of=ON)
    assert {row.id for row in whole.rows} == {"Land", "Here", "org-a", "English in Land"}
    assert ids(told(whole, "English in Land").need) == ["DDD", "BBB"]
    with pytest.raises(ParameterError, match="No organisation or region is called 'Lnd'"):
        pools(scratch, "biosafety", region="Lnd")
    with pytest.raises(ParameterError, match="limit"):
        pools(scratch, "biosafety", limit=0)
    with pytest.raises(ParameterError, match="No theme or obligation"):
        pools(scratch, "Zeta")


@ONE_ENGINE
def test_readings_found_from_the_items_are_those_of_the_rule(shipped: Store) -> None:
    states = [row["iso3"] for row in shipped.ask("MATCH (s:State) RETURN s.iso3 AS iso3")][::4]
    for on in (date(2026, 11, 21), date(2015, 5, 1)):
        asked = {"states": states, "as_of": on, "evidence": list(DEFAULT_EVIDENCE), "visible": ["public"]}
        rule = readings_of(shipped, asked)
        items = sorted({row["item"] for row in rule})
        assert rule
        assert shipped.ask(cypher("pools_readings"), {**asked, "items": items}) == rule


@ONE_ENGINE
def test_the_seed_case_of_biosafety_in_laboratories(shipped: Store) -> None:
    answer = pools(shipped, "biosafety-biosecurity", region="ECOWAS", as_of=today())
    pool = told(answer, "ecowas")

    assert "SLE" in ids(pool.experience)
    names = [one.name for one in pool.experience]
    assert names == sorted(names)
    received = next(one for one in pool.experience if one.iso3 == "SLE").evidence[0]
    assert received.kind == "received"
    assert {ref.type for ref in received.records} == {"Precedent"}
    made = [one.partner.name for one in pool.offers if one.basis == "offer"]
    assert "Global Partnership Against the Spread of Weapons and Materials of Mass Destruction" in made
    assert answer.sources
    told_all = " ".join([*answer.caveats[1:], *(one.sentence for one in pool.features)]).lower()
    assert not any(word in told_all for word in ("complian", "failure", "weak", "rank"))
