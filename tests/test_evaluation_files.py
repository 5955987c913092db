"""Files of cases to measure the suggestions on: good and bad ones, and a few real rows."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evaluation.cases import Asking, Case, from_graph
from evaluation.evaluate import CEILING, evaluate
from evaluation.files import CaseError, from_file
from evaluation.measures import HITS
from evaluation.words import Regions, themes_in
from footprint.cli import main
from graph.store import Store
from queries.themes import all_themes
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE

BASELINES = {"chance", "popularity", "region", "theme", "region_theme"}
HEADER = "provider,recipient,recipient_iso3,theme,year\n"


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
        HEADER + row.format("KEN", "2015-02-30"): "line 2, year: '2015-02-30' is not in the calendar",
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
    assert said["left_out"] == {"with a theme that no rule reads": 2, "without a date": 1, "without a provider": 1}
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
