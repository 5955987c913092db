"""How funders of programmes are measured: by hand on small cases."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from evaluation.evaluate import CEILING, Evaluation
from evaluation.programmes import Begun, Earlier, begun, evaluate_programmes, sample
from graph.records import Link, Record
from graph.store import Store
from tests.evaluated import BORDER, TRANSPORT, world
from tests.helpers import ONE_ENGINE


def programme(id_: str, start: str, by: str, place: str = "AAA", theme: str = BORDER, **said: Any) -> Record:
    day = date.fromisoformat(start)
    dated = {"start_text": start, "start_earliest": day, "start_latest": said.pop("latest", day)}
    links = [Link("FUNDED_BY", "State" if one.isupper() else "Organisation", one) for one in by.split()]
    links += [Link("ACTIVE_IN", "State", one) for one in place.split()]
    if theme:
        links.append(Link("TOUCHES", "Theme", theme, {"rule": "R1", "how": "Its title says so.", "directness": 3}))
    return Record("Programme", id_, {"title": id_, "visibility": "public", **dated, **said}, tuple(links))


PROGRAMMES = (
    Record("Organisation", "unresolved:x", {"name": "x", "unresolved": True}),
    programme("P1", "2010-01-01", "org-one", "CCC", TRANSPORT),
    programme("P2", "2011-01-01", "org-one", "CCC", TRANSPORT),
    programme("P3", "2012-01-01", "org-two", "AAA", TRANSPORT),
    programme("P4", "2013-01-01", "agency", "BBB", BORDER),
    # In the year of the case, so that it may have begun before it or after.
    programme("P-vague", "2014-01-01", "org-three", latest=date(2014, 12, 31)),
    # Another record of the case, from another data set.
    programme("P-again", "2013-06-01", "org-three", title="the  CASE"),
    programme("P-case", "2014-06-01", "org-three agency AAA", title="The case"),
    programme("P-same-day", "2014-06-01", "org-three"),
    programme("P-two-States", "2015-01-01", "org-one", "AAA BBB"),
    programme("P-no-theme", "2015-01-01", "org-one", theme=""),
    programme("P-unresolved", "2015-01-01", "org-one unresolved:x"),
    programme("P-home", "2015-01-01", "AAA"),
    programme("P-hidden", "2009-01-01", "org-three", visibility="committee"),
)


@ONE_ENGINE
def test_funders_of_earlier_programmes_are_counted_by_hand(scratch: Store) -> None:
    world(scratch, *PROGRAMMES)
    programmes = begun(scratch)
    (case,) = (one for one in programmes if one.id == "P-case")
    earlier = Earlier.than(case, programmes)

    # AAA pays at home, the agency is its State's.
    assert case.funders == {"org-three", "DDD"}
    assert [one.id for one in earlier.programmes] == ["P1", "P2", "P3", "P4"]
    assert earlier.counted(case, theme=False, state=False) == ["org-one", "DDD", "org-two"]
    assert earlier.counted(case, theme=False, state=True) == ["org-two", "org-one", "DDD"]
    assert earlier.counted(case, theme=True, state=False) == ["DDD", "org-one", "org-two"]
    assert earlier.counted(case, theme=True, state=True) == ["org-one", "DDD", "org-two"]


@ONE_ENGINE
def test_an_evaluation_of_programmes_by_hand(scratch: Store) -> None:
    # Only programmes that may still run count for `partners`: these have an end long after.
    ends: dict[str, Any] = {"end_text": "2030", "end_earliest": date(2030, 1, 1), "end_latest": date(2030, 12, 31)}
    world(
        scratch,
        *PROGRAMMES[:1],
        programme("A1", "2010-01-01", "org-one", "CCC", TRANSPORT, **ends),
        programme("A2", "2012-01-01", "org-two", "CCC", TRANSPORT, **ends),
        programme("A3", "2014-01-01", "org-two", "CCC", TRANSPORT, **ends),
        programme("A4", "2014-01-01", "org-one", "CCC", "", **ends),
        programme("A5", "2014-01-01", "org-one unresolved:x", "CCC", **ends),
    )
    found = evaluate_programmes(scratch)

    # Asked are A1 (nobody known), A2 (org-one alone known, org-two not) and A3: both known and both there, each with
    # one programme alike, so that org-one is first by id everywhere and org-two second.
    assert (found.n, found.providers) == (3, 2)
    assert found.left_out == {"that open no theme": 1, "with a funder whose name is not resolved": 1}
    assert found.measures["mrr"].value == 0.1667
    assert {name: one["mrr"].value for name, one in found.baselines.items()} == {
        "chance": 0.25,
        "partners that had funded a programme": 0.1667,
        "funders": 0.1667,
        "funders in the State": 0.1667,
        "funders under the themes": 0.1667,
        "funders in the State under the themes": 0.1667,
    }
    # org-one 0 of 1, org-two 1 of 2.
    assert found.measures[CEILING].value == 0.25


def made_up(number: int, place: str, funder: str) -> Begun:
    day = date(2010, 1, 1)
    return Begun(f"P{number}", "", day, day, frozenset({place}), frozenset({BORDER}), frozenset({funder}), False)


def test_the_sample_is_spread_and_the_same_each_time() -> None:
    programmes = [made_up(number, f"S{number % 40}", f"f{number % 3}") for number in range(600)]
    found = sample(programmes, Counter(), 150)

    assert max(Counter(place for one in found for place in one.places).values()) <= 5
    # Three funders with at most fifteen each.
    assert Counter(funder for one in found for funder in one.funders) == {"f0": 15, "f1": 15, "f2": 15}
    assert sample(list(reversed(programmes)), Counter(), 150) == found
    assert len(sample([made_up(n, f"S{n}", f"f{n}") for n in range(600)], Counter(), 150)) == 150
    assert len(sample([made_up(n, "S", f"f{n}") for n in range(600)], Counter(), 150)) == 5


@ONE_ENGINE
def test_without_programmes_nothing_is_measured(scratch: Store) -> None:
    world(scratch)

    assert isinstance(found := evaluate_programmes(scratch), Evaluation)
    assert (found.n, found.table()) == (0, "programmes, by who funds them: 0 cases, 0 providers")
