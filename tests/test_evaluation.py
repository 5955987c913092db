"""How the suggestions are measured: by hand on small cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from evaluation.cases import Asked, Asking, Case, from_graph
from evaluation.evaluate import CEILING, SHOWN, evaluate, half, of
from evaluation.measures import HITS, by_chance, ceiling, macro, mean, measured
from evaluation.rankings import counted, suggested
from graph.records import Link, Record
from graph.store import Store
from queries.asker import Asker
from queries.candidates import Evidence
from queries.partner_features import PartnerWeights
from tests.evaluated import BORDER, TRANSPORT, help_given, offered, world
from tests.helpers import ONE_ENGINE

BASELINES = {"chance", "popularity", "region", "theme", "region_theme"}


# Measures.


def asked(true: Sequence[str], known: dict[str, list[dict[str, Any]]], themes: Sequence[str] = (BORDER,)) -> Asked:
    """A case of AAA, in one subregion with BBB, and what is known of each partner."""
    place = {"organisations": ["org-a"], "peers": ["AAA", "BBB"], "regions": [], "neighbours": []}
    case = Case("case", frozenset(true), ("AAA",), "", frozenset(themes), date(2015, 1, 1), None)
    asker = Asker("AAA", "State AAA", {"AAA": place}, frozenset(themes), False, frozenset(), ())
    return Asked(case, asker, Evidence(known), "Here")


def test_one_case_is_measured_by_the_ranks_of_its_true_partners() -> None:
    ranking = [f"p{number}" for number in range(1, 13)]
    one = measured(asked(["p2", "p7", "p12", "nobody"], {}), ranking)

    assert one.hits == {1: 0.0, 3: 1.0, 5: 1.0, 10: 1.0}
    assert one.reciprocal == 1 / 2
    assert one.recall == 1 / 4
    assert one.found == {"p2": 1.0, "p7": 1.0, "p12": 0.0, "nobody": 0.0}


def test_who_is_not_in_the_ranking_has_no_rank() -> None:
    for ranking in ([], ["p1"]):
        one = measured(asked(["nobody"], {}), ranking)
        assert (one.hits, one.reciprocal, one.recall) == ({1: 0.0, 3: 0.0, 5: 0.0, 10: 0.0}, 0.0, 0.0)


@pytest.mark.parametrize(
    ("size", "true"),
    [(0, ["x"]), (1, ["p0"]), (3, ["p0", "x"]), (6, ["p1"]), (7, ["p0", "p3", "x"]), (7, ["p0", "p1", "p2", "p3"])],
)
def test_chance_is_the_mean_over_all_orders(size: int, true: list[str]) -> None:
    known = [f"p{number}" for number in range(size)]
    case = asked(true, {one: [] for one in known})
    orders = [measured(case, list(order)) for order in permutations(known)]
    exact = by_chance(case)

    for k in HITS:
        assert exact.hits[k] == pytest.approx(sum(one.hits[k] for one in orders) / len(orders))
    assert exact.reciprocal == pytest.approx(sum(one.reciprocal for one in orders) / len(orders))
    assert exact.recall == pytest.approx(sum(one.recall for one in orders) / len(orders))
    for one in true:
        assert exact.found[one] == pytest.approx(sum(order.found[one] for order in orders) / len(orders))


def test_by_chance_one_of_forty_is_in_the_first_ten_a_quarter_of_the_time() -> None:
    exact = by_chance(asked(["p3"], {f"p{number}": [] for number in range(40)}))

    assert exact.found == {"p3": 0.25}
    assert exact.hits[10] == pytest.approx(0.25)
    assert exact.reciprocal == pytest.approx(sum(1 / rank for rank in range(1, 41)) / 40)


def test_macro_counts_each_provider_alike() -> None:
    # `often` is found in three of four cases, `rare` in none of one: 3/8, where the mean over cases would say 3/5.
    cases = [{"often": 1.0}, {"often": 1.0, "rare": 0.0}, {"often": 1.0}, {"often": 0.0}]

    assert macro(cases).value == 0.375
    assert ceiling(asked(["a", "b"], {"a": [], "c": []})) == {"a": 1.0, "b": 0.0}


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0] * 30 + [1.0] * 70
    one = mean(values)

    assert one.value == 0.7
    # 1.96 standard errors of a share of 0.7 among 100 are 0.09.
    assert one.low == pytest.approx(0.61, abs=0.02)
    assert one.high == pytest.approx(0.79, abs=0.02)
    assert mean(values) == one
    assert str(mean([0.5, 0.5])) == "0.50 (0.50-0.50)"
    assert (mean([1.0]).low, mean([1.0]).high) == (1.0, 1.0)


def piece(id_: str, themes: Sequence[str], places: Sequence[str], kind: str = "precedent") -> dict[str, Any]:
    return {"id": id_, "kind": kind, "themes": list(themes), "places": list(places)}


def test_plain_counts_by_hand() -> None:
    case = asked(["b"], {
        # By precedents: all, under the theme, near, both.
        "a": [piece(f"a{number}", [TRANSPORT], ["CCC"]) for number in range(4)],  # 4 0 0 0
        "b": [piece("b1", [BORDER], ["CCC"]), piece("b2", [BORDER], []), piece("b3", [BORDER], ["CCC"])],  # 3 3 0 0
        "c": [piece("c1", [TRANSPORT], ["AAA"]), piece("c2", [TRANSPORT], ["org-a"])],  # 2 0 2 0
        "d": [piece("d1", [BORDER, TRANSPORT], ["BBB"]), piece("d1", [BORDER, TRANSPORT], ["BBB"])],  # 1, told twice
        "e": [piece(f"e{number}", [BORDER], ["AAA"], "offer") for number in range(9)],  # offers do not count
    })  # fmt: skip

    assert counted(case, theme=False, region=False) == ["a", "b", "c", "d", "e"]
    assert counted(case, theme=True, region=False) == ["b", "d", "a", "c", "e"]
    assert counted(case, theme=False, region=True) == ["c", "d", "a", "b", "e"]
    assert counted(case, theme=True, region=True) == ["d", "a", "b", "c", "e"]


# A graph small enough to work out by hand.


HELP = (
    help_given("p1", "org-one", "AAA", BORDER, "2010-05-01"),
    help_given("p2", "org-two", "CCC", TRANSPORT, "2011-05-01"),
    help_given("p3", "org-two", "CCC", TRANSPORT, "2012-05-01"),
    help_given("p4", "org-two", "BBB", BORDER, "2013-05-01"),
    help_given("p5", "org-one", "AAA", BORDER, "2014-05-01"),
    help_given("p6", "org-one agency", "AAA", BORDER, "2015-03-02"),
    help_given("p7", "org-three", "AAA", BORDER, "2015-03-02"),
    help_given("without-date", "org-three", "AAA", BORDER, None),
    help_given("without-provider", "", "AAA", BORDER, "2012-01-01"),
)


@ONE_ENGINE
def test_an_evaluation_by_hand(scratch: Store) -> None:
    world(scratch, *HELP)
    found = evaluate(scratch)
    said = found.as_json()

    def values(of_: dict[str, Any]) -> list[float]:
        return [of_[name]["value"] for name in ("hit_at_1", "hit_at_3", "mrr", "recall_at_5", "macro_recall_at_10")]

    assert (said["n"], said["providers"]) == (7, 4)
    assert said["left_out"] == {"without a date": 1, "without a provider": 1}
    # Nobody was known before p1, nor org-two before p2, nor org-three before p7, nor the agency's State before p6.
    # p3, p5 and p6 come first; for p4 org-two had helped under another theme elsewhere and is not suggested. Of p6 one
    # of two providers is found. Macro: org-one 2 of 3, org-two 1 of 3, DDD and org-three none.
    assert values(said) == [0.4286, 0.4286, 0.4286, 0.3571, 0.25]
    # org-one 2 of 3, org-two 2 of 3, the others never.
    assert said[CEILING]["value"] == 0.3333
    # Of two partners known in p3 to p6 one is right: 1/2, and 3/4 as mean reciprocal rank.
    assert values(said["baselines"]["chance"]) == [0.2857, 0.5714, 0.4286, 0.5, 0.3333]
    # p3: a tie, by id org-two is second; p4 first; p5 and p6 second.
    assert values(said["baselines"]["popularity"]) == [0.1429, 0.5714, 0.3571, 0.5, 0.3333]
    # p3 first; p4 second; p5 second, for of two with one such precedent org-two has more of all; p6 first.
    for name in ("region", "theme", "region_theme"):
        assert values(said["baselines"][name]) == [0.2857, 0.5714, 0.4286, 0.5, 0.3333]
    assert "7 cases, 4 providers" in found.table()
    assert "Left out without a date: 1." in found.table()


@ONE_ENGINE
def test_what_came_on_the_day_or_is_hidden_is_not_seen(scratch: Store) -> None:
    made_by = (Link("MADE_BY", "State", "AAA"),)
    request = Record("Request", "REQ/1", {"subject": "a need", "visibility": "public"}, made_by)
    reply = offered("reply", "org-three", "2014-01-01", Link("ANSWERS", "Request", "REQ/1"))
    late = offered("late", "org-two", "2015-03-02")
    world(scratch, *HELP, request, reply, late)
    (p6,) = (one for one in from_graph(scratch) if one.id == "p6")
    asking = Asking(scratch)

    def seen(hidden: tuple[str, ...]) -> dict[str, set[str]]:
        case = Case(p6.id, p6.providers, p6.recipients, "", p6.themes, p6.began, p6.ended, hidden)
        (one,) = asking.all([case])
        return {partner: {piece["id"] for piece in pieces} for partner, pieces in one.evidence.pieces.items()}

    assert (p6.asked_on, p6.hidden) == (date(2015, 3, 1), ("p6",))
    assert p6.providers == {"org-one", "DDD"}
    before = {"org-one": {"p1", "p5"}, "org-two": {"p2", "p3", "p4"}}
    # p6 and p7 are of the day after; the offer in reply was known, unless the request is hidden.
    assert seen(("p6",)) == {**before, "org-three": {"reply"}}
    assert seen(("p6", "REQ/1")) == before
    assert seen(("p6", "REQ/1", "p5", "p2")) == {"org-one": {"p1"}, "org-two": {"p3", "p4"}}


@ONE_ENGINE
def test_the_suggestions_by_given_weights_by_hand(scratch: Store) -> None:
    world(scratch, *HELP)
    (one,) = Asking(scratch).all(case for case in from_graph(scratch) if case.id == "p6")
    none = dict.fromkeys(("covers", "done_before", "share", "focus", "region", "language", "neighbour", "present"), 0.0)

    # org-one has helped AAA itself (1), org-two its region (0.75); of both org-two did less on borders.
    assert suggested(one, PartnerWeights(**{**none, "done_before": 1.0})) == ["org-one", "org-two"]
    assert one.region == "Here"


@ONE_ENGINE
def test_recipients_without_a_state_are_all_states(scratch: Store) -> None:
    world(scratch, *HELP)

    def places(recipients: tuple[str, ...], text: str) -> set[str]:
        case = Case("c", frozenset({"org-one"}), recipients, text, frozenset(), date(2016, 1, 1), None)
        (one,) = Asking(scratch).all([case])
        suggested(one)
        return set(one.asker.places)

    assert places(("AAA",), "Ignored") == {"AAA"}
    assert places((), "") == {"AAA", "BBB", "CCC", "DDD"}
    # An organisation of which no member is known, and a region that is not in the graph.
    assert places(("org-two",), "") == {"AAA", "BBB", "CCC", "DDD"}
    assert places((), "12 Caribbean States") == {"AAA", "BBB", "CCC", "DDD"}


@ONE_ENGINE
def test_nobody_is_suggested_to_itself_by_any_ranking(scratch: Store) -> None:
    world(scratch, help_given("home", "AAA", "BBB", BORDER, "2010-01-01"))
    case = Case("c", frozenset({"AAA"}), ("AAA",), "", frozenset({BORDER}), date(2016, 1, 1), None)
    found = of("one", Asking(scratch).all([case]), Counter())

    assert {one["hit_at_10"].value for one in (found.measures, *found.baselines.values())} == {0.0}


def test_without_cases_every_key_is_there_and_null() -> None:
    said = of("none", [], Counter({"without a date": 2})).as_json()

    assert said["n"] == 0
    assert set(said["baselines"]) == BASELINES
    null = {"value": None, "low": None, "high": None}
    for each in (said, *said["baselines"].values()):
        assert [each[name] for name in SHOWN] == [null] * len(SHOWN)
    assert said[CEILING] == null
    assert said["left_out"] == {"without a date": 2}
    json.dumps(said, allow_nan=False)


def test_halves_are_the_same_each_time_and_about_as_large() -> None:
    halves = Counter(half(Case(f"PREC/{n}", frozenset(), (), "", frozenset(), None, None)) for n in range(1000))

    assert set(halves) == {0, 1}
    assert 440 < halves[0] < 560
