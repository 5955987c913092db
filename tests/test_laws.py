"""`laws`: who is alike, what is official, own laws apart; worked out by hand on a few made-up States."""

from __future__ import annotations

from datetime import date

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.assemble import today
from queries.law_texts import is_government, seen
from queries.laws import Law, laws
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write

TODAY = date(2026, 11, 21)
STATES: dict[str, tuple[str, list[str], list[str], str]] = {
    "AAA": ("aa", ["English"], ["common"], "North-East"),
    "BBB": ("bb", ["English"], ["common"], "North-East"),
    "CCC": ("cc", ["English", "French"], ["civil", "common"], "North-West"),
    "DDD": ("dd", ["French"], ["civil"], "South"),
    "EEE": ("ee", ["French"], [], "South"),
}
READ, LISTED = "source page read", "listed with official address; address itself not opened"


def law(
    key: str, makers: str, section: str = "OP3cd", year: int | None = 2010, *, label: str = "State",
    address: str | None = "https://pages.example/1", verification: str = READ, kind: str = "act",
    subject: str = "trade in goods", visibility: str = "public",
) -> Record:  # fmt: skip
    """A law of some section, passed by all of the makers."""
    said = {
        "title": f"Law {key}", "kind": kind, "subject": subject, "address": address, "verification": verification,
        "date_text": str(year) if year else None, "date_earliest": date(year, 1, 1) if year else None,
        "date_latest": date(year, 12, 31) if year else None, "visibility": visibility,
    }  # fmt: skip
    links = [Link("ENACTED_BY", label, one) for one in makers.split()]
    return Record("Legislation", key, said, (*links, Link("IMPLEMENTS", "Obligation", f"section/{section}")))


def world(store: Store, *records: Record) -> None:
    """Five States in regions, two sections with a theme each, an organisation of AAA and BBB, and what is given."""
    regions = {"North": (), "South": (), "North-East": ("North",), "North-West": ("North",)}
    write(store, [
        *(
            Record("Region", one, {"name": one}, tuple(Link("PART_OF", "Region", above) for above in those))
            for one, those in regions.items()
        ),
        *(
            Record("State", iso3, {
                "name": f"State {iso3}", "iso2": iso2, "languages": languages, "legal_traditions": traditions,
            }, (Link("PART_OF", "Region", region),))
            for iso3, (iso2, languages, traditions, region) in STATES.items()
        ),
        Record("Organisation", "org-a", {"name": "Org A", "regional": True}, (
            Link("MEMBER_OF", "State", "AAA", {"status": "member", "since": date(2015, 1, 1)}),
        )),
        Record("Theme", "export-control-law", {"name": "Export control law", "sections": ["OP3cd"]}),
        Record("Theme", "prohibitions", {"name": "Weapon prohibitions", "sections": ["OP2"]}),
        *(
            Record("Obligation", f"section/{one}", {"name": f"Part {one}", "level": "section", "row": row})
            for row, one in ((2, "OP2"), (6, "OP3cd"))
        ),
        *records,
    ])  # fmt: skip


def told(rows: tuple[Law, ...]) -> list[tuple[str, str, float | None]]:
    """Id, role and likeness of each row."""
    return [(row.law.id, row.role, row.likeness) for row in rows]


def test_likeness_by_hand(scratch: Store) -> None:
    world(
        scratch,
        law("own", "AAA"),
        law("near", "BBB"),
        law("wider", "CCC"),
        law("apart", "DDD"),
        law("other", "BBB", "OP2"),
    )
    answer = laws(scratch, "State AAA", "OP3cd", as_of=TODAY)

    # CCC: one of two traditions (3 x 0.5), a language (2), the wider region (1 x 0.5), of a weight of 6.
    assert told(answer.rows) == [("own", "own", None), ("near", "other State", 1.0), ("wider", "other State", 0.6667)]
    assert [feature.sentence for feature in answer.rows[2].features] == [
        "Common law is part of the legal system of both, beside other traditions.",
        "Official language shared with State CCC: English.",
        "State CCC is in the same region: North.",
    ]
    assert {row.score for row in answer.rows} == {None}
    assert answer.rows[0].features == ()
    assert "(own law)" in answer.rows[0].cells()["Passed by"]
    assert answer.parameters["section"] == "section/OP3cd"


@ONE_ENGINE
def test_among_the_equally_alike_official_text_comes_first(scratch: Store) -> None:
    world(
        scratch,
        law("1", "BBB", address=None, verification="no web address"),
        law("2", "BBB", verification="secondary source read"),
        law("3", "BBB"),
        law("4", "BBB", address="https://texts.example/4", verification=LISTED),
        law("5", "BBB", address="https://laws.gov.bb/5"),
        law("6", "BBB", address="https://laws.gov.cc/6"),
    )
    rows = laws(scratch, "AAA", "export-control-law", as_of=TODAY).rows

    assert [(row.law.id, row.official) for row in rows] == [
        ("5", True), ("4", True), ("3", False), ("6", False), ("2", False), ("1", False),
    ]  # fmt: skip


@ONE_ENGINE
def test_a_theme_adds_the_words_of_the_subject(scratch: Store) -> None:
    world(scratch, law("goods", "BBB"), law("exports", "BBB", subject="controls of exporters"))
    rows = laws(scratch, "AAA", "Export control law", as_of=TODAY).rows

    # Of export and control (law is too short a word), both or none: (6 + 2) / 8 and 6 / 8.
    assert [(row.law.id, row.likeness) for row in rows] == [("exports", 1.0), ("goods", 0.75)]
    assert rows[0].features[-1].sentence == "Its title or subject has words of what is asked for: control, export."
    weighed = laws(scratch, "AAA", "Export control law", as_of=TODAY, weights={"subject": 0}).rows
    assert [row.likeness for row in weighed] == [1.0, 1.0]


@ONE_ENGINE
def test_texts_of_organisations_are_told_apart(scratch: Store) -> None:
    world(
        scratch,
        law("joint", "org-a", label="Organisation"),
        Record("Organisation", "org-b", {"name": "Org B"}),
        law("model", "org-b", label="Organisation", kind="model law"),
        law("theirs", "org-b", label="Organisation"),
    )
    answer = laws(scratch, "AAA", "OP3cd", as_of=TODAY)
    assert told(answer.rows) == [("joint", "organisation", 1.0), ("model", "organisation", 0.5)]
    assert answer.rows[0].features[0].sentence == "State AAA is a member of Org A, whose text this is."
    # AAA is a member from 2015 only.
    assert told(laws(scratch, "AAA", "OP3cd", as_of=date(2014, 6, 1)).rows) == [("model", "organisation", 0.5)]


@ONE_ENGINE
def test_a_law_of_several_states_goes_by_the_one_most_alike_and_is_own_to_each(scratch: Store) -> None:
    world(scratch, law("charter", "BBB CCC"))
    (row,) = laws(scratch, "AAA", as_of=TODAY).rows
    assert [one.iso3 for one in row.states] == ["BBB", "CCC"]
    assert row.likeness == 1.0
    assert told(laws(scratch, "CCC", as_of=TODAY).rows) == [("charter", "own", None)]


@ONE_ENGINE
def test_date_and_visibility(scratch: Store) -> None:
    world(
        scratch,
        law("old", "BBB", year=2009),
        law("undated", "BBB", year=None),
        law("hidden", "BBB", visibility="committee"),
    )

    def ids(on: date, committee: bool = False) -> set[str]:
        return {row.law.id for row in laws(scratch, "AAA", as_of=on, committee=committee).rows}

    # What has no date is known today, and not of the past.
    assert ids(today()) == {"old", "undated"}
    assert ids(today(), committee=True) == {"old", "undated", "hidden"}
    assert ids(date(2009, 6, 1)) == {"old"}
    assert ids(date(2008, 12, 31)) == set()
    past = laws(scratch, "AAA", as_of=date(2009, 6, 1)).caveats
    assert any("whose date the source does not give are left out" in one for one in past)


@ONE_ENGINE
def test_without_a_section_each_has_its_share(scratch: Store) -> None:
    world(scratch, *(law(f"two-{n}", "BBB", "OP2") for n in range(5)), *(law(f"three-{n}", "BBB") for n in range(3)))
    answer = laws(scratch, "AAA", as_of=TODAY, limit=4)

    assert [row.law.id for row in answer.rows] == ["two-0", "two-1", "three-0", "three-1"]
    assert (answer.total, answer.truncated) == (8, True)
    assert [row.section.id for row in answer.rows] == ["section/OP2"] * 2 + ["section/OP3cd"] * 2


@ONE_ENGINE
def test_an_unknown_tradition_is_said_and_no_gap(scratch: Store) -> None:
    world(scratch, law("d", "DDD"))
    (row,) = laws(scratch, "EEE", as_of=TODAY).rows
    assert row.features[0].sentence == "The legal tradition of State EEE is not known here."
    assert row.features[0].value == 0.0
    assert row.likeness == 0.5


@ONE_ENGINE
def test_what_cannot_be_asked(scratch: Store) -> None:
    world(scratch)
    with pytest.raises(ParameterError, match="No theme or obligation is called 'Exprt control law'"):
        laws(scratch, "AAA", "Exprt control law")
    with pytest.raises(ParameterError, match="No State is called"):
        laws(scratch, "org-a")
    with pytest.raises(ParameterError, match="limit"):
        laws(scratch, "AAA", limit=0)
    with pytest.raises(ParameterError, match="no feature 'quality'"):
        laws(scratch, "AAA", weights={"quality": 1})
    assert laws(scratch, "AAA", as_of=TODAY).rows == ()


@pytest.mark.parametrize(
    ("address", "codes", "official"),
    [
        ("https://sso.agc.gov.sg/Act", {"SG"}, True),
        ("https://www.legislation.gov.uk/x", {"GB"}, True),
        ("https://laws-lois.justice.gc.ca/x", {"CA"}, True),
        ("https://fas.usda.gov./x", {"US"}, True),
        ("https://www.fas.usda.gov/x", {"BF"}, False),
        ("https://eur-lex.europa.eu/x", {"eu"}, True),
        ("https://gov.example/x", {"SG"}, False),
        (None, {"SG"}, False),
    ],
)
def test_addresses_of_governments(address: str | None, codes: set[str], official: bool) -> None:
    assert is_government(address, frozenset(codes)) is official
    assert seen(address, "secondary source read", frozenset(codes)) == "secondary source"


@ONE_ENGINE
def test_caribbean_trade_laws_on_file(shipped: Store) -> None:
    answer = laws(shipped, "BRB", "OP3cd", as_of=TODAY, limit=100)

    first = answer.rows[0]
    assert first.likeness == 1.0
    assert [one.iso3 for one in first.states] in (["KNA"], ["LCA"], ["JAM"], ["ATG"], ["VCT"], ["BHS"])
    alike = [row.likeness or 0 for row in answer.rows]
    assert alike == sorted(alike, reverse=True)
    assert {row.section.id for row in answer.rows} == {"section/OP3cd"}
    assert answer.sources
    words = answer.model_dump_json(include={"caveats": True}).lower()
    assert not any(word in words for word in ("complian", "failure", "weak", "better", "best"))
