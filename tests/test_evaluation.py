"""How the suggestions are measured: by hand on small cases, files of cases good and bad, and a few real rows."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from evaluation.cases import Asked, Asking, Case, from_graph
from evaluation.evaluate import CEILING, SHOWN, Evaluation, evaluate, half, of
from evaluation.files import CaseError, from_file
from evaluation.measures import HITS, by_chance, ceiling, macro, mean, measured
from evaluation.programmes import Begun, Earlier, begun, evaluate_programmes, sample
from evaluation.rankings import counted, suggested
from evaluation.words import Regions, themes_in
from footprint.cli import main
from graph.records import Link, Record
from graph.store import Store
from queries.asker import Asker
from queries.candidates import Evidence
from queries.partner_features import PartnerWeights
from queries.themes import all_themes
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write

BORDER, TRANSPORT = "border-control", "transport"
BASELINES = {"chance", "popularity", "region", "theme", "region_theme"}
HEADER = "provider,recipient,recipient_iso3,theme,year\n"


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


def help_given(key: str, by: str, whom: str, theme: str, day: str | None) -> Record:
    on = date.fromisoformat(day) if day else None
    dated = {"date_text": day, "date_earliest": on, "date_latest": on}
    links = [Link("PROVIDED_BY", "State" if one.isupper() else "Organisation", one) for one in by.split()]
    links += [Link("RECEIVED_BY", "State", one) for one in whom.split()]
    about = {"title": f"Case {key}", "kind": "help", "visibility": "public", **dated}
    return Record("Precedent", key, about, (*links, Link("CONCERNS", "Theme", theme)))


def offered(key: str, by: str, day: str, *links: Link) -> Record:
    on = date.fromisoformat(day)
    said = {"subject": key, "scope": "theme", "basis": "offer", "visibility": "public"}
    covers = (Link("MADE_BY", "Organisation", by), Link("COVERS", "Theme", BORDER), *links)
    return Record("Offer", key, {**said, "date_text": day, "date_earliest": on, "date_latest": on}, covers)


def world(store: Store, *records: Record) -> None:
    """AAA and BBB in one subregion, CCC and DDD in none, an agency of DDD, three organisations."""
    here = (Link("PART_OF", "Region", "Here"),)
    write(store, [
        Record("Region", "Here", {"name": "Here", "level": "region"}),
        *(Record("State", one, {"name": f"State {one}"}, here if one < "C" else ()) for one in ("AAA", "BBB")),
        *(Record("State", one, {"name": f"State {one}"}) for one in ("CCC", "DDD")),
        *(Record("Organisation", f"org-{one}", {"name": f"Org {one}"}) for one in ("one", "two", "three")),
        Record("Organisation", "agency", {"name": "Agency of DDD"}, (Link("PART_OF", "State", "DDD"),)),
        Record("Theme", BORDER, {"name": "Border control"}),
        Record("Theme", TRANSPORT, {"name": "Transport"}),
        *records,
    ])  # fmt: skip


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


# Files.


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "cases.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(graph: Store, folder: Path, text: str | bytes) -> list[Case]:
    return from_file(graph, written(folder, text), Counter())


@ONE_ENGINE
def test_who_gave_it_is_read_from_names_as_written(shipped: Store, tmp_path: Path) -> None:
    rows = {
        "UNREC; EU": {"unrec", "european-union"},
        "US EXBS; UNODA; uNoda (Vienna; New York); UNODA": {"USA", "unoda"},
        "EU CBRN CoE Project 99 (SCJS Europe; University of Liege)": {"european-union"},
        "Fictional Institute of Nothing (A; B); Norway": {"unresolved:fictional-institute-of-nothing-a-b", "NOR"},
        "Norway (A; B": {"NOR", "unresolved:b"},
        "donors; Canada; ;": {"CAN"},
    }
    text = HEADER + "".join(f'"{names}",Kenya,KEN,biosafety,2015\n' for names in rows)

    assert [set(one.providers) for one in read(shipped, tmp_path, text)] == list(rows.values())


@ONE_ENGINE
def test_to_whom_and_when_is_read_from_codes_names_and_dates(shipped: Store, tmp_path: Path) -> None:
    rows: dict[tuple[str, str, str], tuple[tuple[str, ...], date | None, date | None]] = {
        ("Kenya", "KEN", "2015"): (("KEN",), date(2015, 1, 1), date(2015, 12, 31)),
        ("whoever", " ken ; TZA;; TZA", "2022-2026"): (("KEN", "TZA"), date(2022, 1, 1), date(2026, 12, 31)),
        ("Cook Islands", "cok", "2004-"): (("COK",), date(2004, 1, 1), None),
        ("ASEAN Member States", "", "after 2017"): (("asean",), date(2018, 1, 1), None),
        ("Kenya; CARICOM", "", "2015-03-02"): (("KEN", "caricom"), date(2015, 3, 2), date(2015, 3, 2)),
        ("9 Caribbean States", "", "by 2009"): ((), None, date(2009, 12, 31)),
        ("", "", ""): ((), None, None),
    }
    text = HEADER + "".join(f"Norway,{name},{codes},biosafety,{year}\n" for name, codes, year in rows)

    assert [(one.recipients, one.began, one.ended) for one in read(shipped, tmp_path, text)] == list(rows.values())


@ONE_ENGINE
def test_what_the_graph_holds_too_is_hidden(shipped: Store, tmp_path: Path) -> None:
    held = {one.id: one for one in from_graph(shipped)}
    same, other = read(
        shipped, tmp_path,
        HEADER + '"UNREC; EU",Togo,TGO,strategic trade controls (OP3cd),2019\n'
        "Fictional Institute,Togo,TGO,strategic trade controls (OP3cd),2019\n",
    )  # fmt: skip

    (precedent,) = (one for one in same.hidden if held[one].recipients == ("TGO",))
    assert held[precedent].providers >= {"unrec"}
    assert (held[precedent].began or date.min).year == 2019
    assert other.hidden == ()
    (one,) = Asking(shipped).all([same])
    assert not {piece["id"] for pieces in one.evidence.pieces.values() for piece in pieces} & set(same.hidden)


@ONE_ENGINE
def test_files_as_programs_write_them_are_read(shipped: Store, tmp_path: Path) -> None:
    text = HEADER + '"Norway","Kenya, ""the""\nState",KEN,biosafety,2015\nNorway,Kenya,KEN,biosafety,2015\n'
    plain = read(shipped, tmp_path, text)

    assert [one.id for one in plain] == ["cases.csv:3", "cases.csv:4"]
    assert plain[0].recipients_text == 'Kenya, "the"\nState'
    more = text.replace("2015\n", "2015,x\n")
    for other in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n"), f"{text}\n\n", more):
        assert [one.providers for one in read(shipped, tmp_path, other)] == [frozenset({"NOR"})] * 2
    # The order of columns is free, and further ones are passed over.
    turned = "year,note,theme,recipient_iso3,recipient,provider\n2015,x,biosafety,KEN,Kenya,Norway\n"
    assert read(shipped, tmp_path, turned)[0].themes == {"biosafety-biosecurity"}
    # Names and lists as long as a file may hold take no time.
    for long in ("Norway" + ";" * 100_000, "Norway " + "and " * 30_000, "Norway " + "(" * 100_000):
        assert read(shipped, tmp_path, f"{HEADER}{long},Kenya,KEN,biosafety,2015\n")[0].providers == {"NOR"}


@ONE_ENGINE
def test_a_file_without_the_columns_or_a_row_to_read_is_an_error(shipped: Store, tmp_path: Path) -> None:
    row = "Norway,Kenya,{},biosafety,{}\n"
    bad: dict[str | bytes, str] = {
        "": "line 1: the column provider is missing",
        HEADER.replace(",theme", "") + "x\n": "line 1: the column theme is missing",
        HEADER.replace(",", ";"): "line 1: the column provider is missing",
        HEADER + row.format("KEN", "2015-02-30"): "line 2, year: day is out of range",
        HEADER + row.format("KEN", "0001"): "line 2, year: the year '0001' is not between 1900 and 2100",
        HEADER + row.format("KEN", "9999"): "line 2, year: the year '9999' is not between 1900 and 2100",
        HEADER + row.format("KEN;XYQ", "2015"): "line 2, recipient_iso3: No State is called 'XYQ'",
        HEADER + f"{'x' * 200_000},,,,\n": "line 2, no row of a CSV file: field larger",
        (HEADER + "Suède,Kenya,KEN,biosafety,2015\n").encode("latin-1"): "line 2, provider: not in UTF-8",
        HEADER.encode("utf-16"): "line 1: not in UTF-8",
    }
    for text, message in bad.items():
        with pytest.raises(CaseError) as error:
            read(shipped, tmp_path, text)
        assert str(tmp_path / "cases.csv") in str(error.value)
        assert message in str(error.value)
    with pytest.raises(CaseError, match=r"no\.csv cannot be read: No such file"):
        from_file(shipped, tmp_path / "no.csv", Counter())


@ONE_ENGINE
def test_rows_that_cannot_be_read_are_told_and_the_others_measured(
    shipped: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = "Norway,Kenya,KEN,biosafety,2015\n"
    lines = [
        good, "Norway,Kenya,KEN,biosafety,soon\n", good, f"{'x' * 200_000},,,,\n", "Norway,,XYQ,biosafety,2015\n", good,
    ]  # fmt: skip
    text = (HEADER + "".join(lines)).encode() + "Suède,Kenya,KEN,biosafety,2015\n".encode("latin-1") + good.encode()
    found = evaluate(shipped, written(tmp_path, text))

    said = found.as_json()
    assert (said["n"], said["left_out"]) == (4, {"with a field that cannot be read": 4})
    assert "Left out with a field that cannot be read: 4." in found.table()
    (told,) = (one.getMessage() for one in caplog.records)
    first, *rest = told.splitlines()
    assert first == "Rows left out, as a field cannot be read: 4 of 8."
    file = tmp_path / "cases.csv"
    assert [one.removeprefix(f"{file}, ").partition(": ")[0] for one in rest] == [
        "line 3, year", "line 5, no row of a CSV file", "line 6, recipient_iso3", "line 8, provider",
    ]  # fmt: skip
    assert "year: 'soon' is not a date such as" in rest[0]
    # A bad row changes nothing for the others.
    assert evaluate(shipped, written(tmp_path, HEADER + good * 4)).as_json()["mrr"] == said["mrr"]


@ONE_ENGINE
def test_rows_that_cannot_be_asked_are_counted(shipped: Store, tmp_path: Path) -> None:
    good = "Norway,Kenya,KEN,biosafety,2015\n"
    text = f"{HEADER}{good}{good}Norway,Kenya\nNorway,Kenya,KEN,biosafety,\n,Kenya,KEN,biosafety,2015\n"
    text += "Norway,Kenya,KEN,knitting,2015\n"
    said = evaluate(shipped, written(tmp_path, text)).as_json()

    # A row that is told twice counts twice.
    assert said["n"] == 2
    assert said["left_out"] == {"whose theme no rule reads": 2, "without a date": 1, "without a provider": 1}
    assert evaluate(shipped, written(tmp_path, HEADER)).as_json()["n"] == 0


@ONE_ENGINE
def test_themes_and_regions_of_texts(shipped: Store) -> None:
    themes, regions = all_themes(shipped), Regions.read(shipped)
    for text, meant in {
        "strategic trade controls (OP3cd)": {"export-control-law"},
        "first national reports": {"reporting-action-plans"},
        "CWC implementing legislation (OP2, OP3ab-CW)": {"prohibitions-chemical"},
        "biosafety and biosecurity of laboratories": {"biosafety-biosecurity", "laboratories-forensics"},
        "Physical protection of nuclear material": {"nuclear-physical-protection"},
        "customs; licensing; control lists (OP3cd, OP6)": {"customs-enforcement", "licensing", "control-lists"},
        "op3c training": {"border-control", "customs-enforcement", "law-enforcement"},
        "BWC universalization": {"prohibitions-biological", "treaty-participation"},
        "catch-all controls": {"end-use-catch-all"},
        "transporter": set(),
        "knitting": set(),
    }.items():
        assert themes_in(text, themes) == meant, text
    assert themes_in("border control", ["transport"]) == frozenset()
    for text, named in {
        "14 Asia-Pacific States": ("Asia", "Oceania"),
        "West and Central African States": ("Western Africa", "Middle Africa"),
        "French-speaking African States": ("Western Africa",),
        "South-East Asian States": ("South-eastern Asia",),
        "Latin America and the Caribbean": ("Latin America and the Caribbean",),
        "9 Caribbean States": ("Caribbean",),
        "participating States": (),
    }.items():
        assert regions.named_in(text) == named, text
        assert set(named) <= set(regions.levels)
    place = {name: {"regions": [name]} for name in ("Africa", "Asia", "Europe")}
    assert regions.of(place) == "several regions"
    assert regions.of({**place, "more": {"regions": ["Asia", "Central Asia"]}, "most": {"regions": ["Asia"]}}) == "Asia"


@ONE_ENGINE
def test_the_command_line_prints_the_keys_of_the_issue(
    shipped: Store,
    all_engines: Engines,
    engine: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(all_engines.settings(engine, "shipped").data_dir))
    good = written(tmp_path, HEADER + "Norway,Kenya,KEN,biosafety,2015\n")

    def run(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["footprint", "evaluate", "--precedents", str(good), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == code
        told = capsys.readouterr()
        return told.out + told.err

    said = json.loads(run("--json"))

    names = ("hit_at_1", "hit_at_3", "hit_at_5", "hit_at_10", "mrr", "recall_at_5", "macro_recall_at_10")
    assert said["n"] == 1
    assert set(said["baselines"]) == BASELINES
    for each in (said, *said["baselines"].values()):
        for name in names:
            assert set(each[name]) == {"value", "low", "high"}
            assert 0 <= each[name]["low"] <= each[name]["value"] <= each[name]["high"] <= 1
    assert set(said["macro_recall_ceiling"]) == {"value", "low", "high"}
    good.write_text(HEADER + "Norway,Kenya,KEN,biosafety,soon\n")
    assert "line 2, year: 'soon' is not a date" in run(code=2)


@ONE_ENGINE
def test_real_rows(shipped: Store, data: Path, tmp_path: Path) -> None:
    file = data / "harvest" / "cases.csv"
    if not file.is_file():
        pytest.skip(f"NO REAL DATA: {file} is not there (set FOOTPRINT_TEST_DATA)")
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:31]
    found = evaluate(shipped, written(tmp_path, "".join(lines)))

    assert found.n + sum(found.left_out.values()) == 30
    assert found.n >= 20
    in_order = [found.measures[f"hit_at_{k}"].value for k in HITS]
    assert in_order == sorted(in_order)
    assert found.measures["macro_recall_at_10"].value <= found.measures[CEILING].value
    assert found.baselines["chance"]["mrr"].value < found.measures["mrr"].value


# Programmes.


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
