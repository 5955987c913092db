"""`coverage`: what no offer covers, which offers are not known to be used, on a made-up world and on the facts."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from graph.records import Link, Record
from graph.store import Store
from queries.answer import Answer
from queries.coverage import CAVEAT_USED, Kind, Uncovered, coverage
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE, write
from tests.test_opportunities import concerns, made_up, period, programme

DAY = date(2016, 6, 1)


def ids(answer: Answer[Uncovered], kind: str) -> list[str]:
    """The ids of the rows of a kind that begins so."""
    return [row.id for row in answer.rows if row.kind.startswith(kind)]


def test_by_hand(scratch: Store) -> None:
    write(scratch, made_up())
    answer = coverage(scratch, as_of=DAY)

    # The offer on licences is the Committee's alone.
    assert ids(answer, "theme without") == ["licensing"]
    # The offer on borders is limited to the North, so the need of CCC in the South has none.
    assert ids(answer, "need") == ["REQ/AAA/2", "REQ/CCC"]
    assert ids(answer, "offer") == ["OFFER/1"]
    # In the North, offers; in the South none on either theme, and no programme.
    elsewhere = [row for row in answer.rows if row.kind == "theme offered elsewhere only"]
    assert [(row.id, [one.id for one in row.regions]) for row in elsewhere] == [
        ("biosafety", ["South"]), ("border-control", ["South"]),
    ]  # fmt: skip
    assert elsewhere[0].detail.startswith(
        "No offer or known help under it, and no programme that may run and opens it, in South. Under it, 1 open need"
    )
    assert all(row.score is None for row in answer.rows)
    assert {feature.weight for row in answer.rows for feature in row.features} == {0}
    assert all(feature.records for row in answer.rows for feature in row.features)
    assert CAVEAT_USED in answer.caveats

    everything = coverage(scratch, as_of=DAY, committee=True)
    assert ids(everything, "theme without") == []
    assert "REQ/AAA/2" not in ids(everything, "need")
    assert ids(everything, "offer") == ["OFFER/1", "OFFER/2"]


def helped(key: str, day: str, theme: str = "border-control", by: tuple[str, str] = ("State", "PPP")) -> Record:
    """Help that took place."""
    said: dict[str, Any] = {"title": key, "kind": "help", "visibility": "public", **period(day)}
    return Record("Precedent", key, said, (Link("PROVIDED_BY", *by), *concerns(theme)))


@ONE_ENGINE
@pytest.mark.parametrize(
    ("more", "used"),
    [
        ([helped("PREC/1", "2015-06-01")], True),
        ([helped("PREC/1", "2015-06-01", by=("Organisation", "agency-p"))], True),
        ([helped("PREC/1", "2014-06-01")], False),
        ([helped("PREC/1", "2016-06-02")], False),
        ([helped("PREC/1", "2015-06-01", theme="licensing")], False),
        ([helped("PREC/1", "2015-06-01", by=("Organisation", "other"))], False),
    ],
)
def test_what_counts_as_use(scratch: Store, more: list[Record], used: bool) -> None:
    write(scratch, [*made_up(), *more])

    assert ids(coverage(scratch, as_of=DAY), "offer") == ([] if used else ["OFFER/1"])


@ONE_ENGINE
def test_region_and_date(scratch: Store) -> None:
    write(scratch, made_up())

    north = coverage(scratch, region="North", as_of=DAY)
    assert ids(north, "need") == ["REQ/AAA/2"]
    assert ids(north, "theme offered elsewhere") == []
    # Where a need is known comes first, what nobody speaks of last.
    lone = coverage(scratch, region="CCC", as_of=DAY)
    assert ids(lone, "theme") == ["border-control", "biosafety", "licensing"]
    assert lone.rows[1].detail.startswith("No offer open there names it, and none for the resolution in general")
    # A programme there that opens the theme is somebody: no offer, but no region without.
    far = programme("P3", "other")
    links = tuple(Link("ACTIVE_IN", "State", "CCC") if one.type == "ACTIVE_IN" else one for one in far.links)
    write(scratch, [Record("Programme", "P3", far.properties, links)], "more")
    assert ids(coverage(scratch, as_of=DAY), "theme offered elsewhere") == ["biosafety"]
    assert ids(coverage(scratch, as_of=date(2020, 1, 2)), "theme offered elsewhere") == ["border-control", "biosafety"]
    # Before the offer was made nothing is covered.
    assert ids(coverage(scratch, as_of=date(2014, 1, 1)), "offer") == []
    wrongs: tuple[dict[str, Any], ...] = ({"region": "Nowhere"}, {"limit": 0}, {"limit": 501}, {"region": "other"})
    for wrong in wrongs:
        with pytest.raises(ParameterError):
            coverage(scratch, as_of=DAY, **wrong)


@ONE_ENGINE
def test_the_shipped_facts(shipped: Store) -> None:
    answer = coverage(shipped, limit=500)
    rows = {row.id: row for row in answer.rows}

    assert rows["strategic-minerals"].kind == "theme without an offer"
    assert "known to work on it" in rows["laboratories-forensics"].detail
    # Both replies of UNODC answered a request.
    assert not [id_ for id_ in ids(answer, "offer") if id_.startswith("OFFER/unodc-terrorism-prevention-branch")]
    # One row a theme, with the regions that it is not known in.
    themes = [row for row in answer.rows if row.kind.startswith("theme")]
    assert len({row.id for row in themes}) == len(themes) < 25
    assert {one.id for one in rows["transport"].regions} >= {"Caribbean", "Western Africa"}
    assert rows["transport"].detail.count("regional organisations") == 1
    kinds = [row.kind for row in answer.rows]
    order = get_args(Kind)
    assert kinds == sorted(kinds, key=order.index)
    spoken = ["no open need and no reading" not in row.detail for row in themes if row.kind == order[1]]
    assert spoken == sorted(spoken, reverse=True)
    assert {row.score for row in answer.rows} == {None}
