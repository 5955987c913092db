"""`footprint load` as a person uses it: what it recognises, previews, asks, tells and counts."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from footprint import loading
from footprint.cli import app
from graph.records import Record
from graph.store import Store
from ingest.datasets import data_sets
from ingest.files import LoadError
from ingest.load import load_paths
from ingest.recognise import Told
from tests.helpers import ONE_ENGINE, runs, snapshot, write

STATES = [Record("State", code, {"name": name}) for code, name in (("KEN", "Kenya"), ("UGA", "Uganda"))]
SECTIONS = [Record("Obligation", "section/OP3cd", {"name": "OP 3 (c) and (d)", "level": "section"})]
LAWS = "State;Organisation;Title of the law;Date\n".replace("State;", "States;")
LAW = "Kenya;;Illustrative act;2019\n"
ACTIVITY = (
    '<iati-activities version="2.03"><iati-activity><iati-identifier>XX-1</iati-identifier>'
    "<title><narrative>Illustrative</narrative></title>{place}</iati-activity></iati-activities>"
)


@pytest.fixture
def store(scratch: Store) -> Store:
    write(scratch, [*STATES, *SECTIONS], "base")
    return scratch


def files(told: list[Any]) -> list[dict[str, Any]]:
    return [
        {"path": Path(file.path).name, "kind": file.kind, **file.counts.as_dict()} for one in told for file in one.files
    ]


@ONE_ENGINE
def test_a_dry_run_says_what_a_load_then_does(store: Store, tmp_path: Path) -> None:
    (tmp_path / "laws.csv").write_text(f"{LAWS}{LAW}Nowhere;;x;2019\n", encoding="utf-8")
    before = snapshot(store)

    previewed = load_paths(store, [tmp_path], dry_run=True)

    assert snapshot(store) == before
    (first,) = files(load_paths(store, [tmp_path]))
    assert [first] == files(previewed)
    assert first["kind"] == "Legislation"
    assert (first["new"], first["rejected"]) == (1, 1)
    (tmp_path / "laws.csv").write_text(LAWS + LAW.replace("2019", "2020"), encoding="utf-8")
    (again,) = files(load_paths(store, [tmp_path], dry_run=True))
    assert (again["changed"], again["gone"]) == (1, 0)


@ONE_ENGINE
def test_files_of_one_name_are_counted_each_and_what_is_gone_is_of_the_file_that_said_it(
    store: Store, tmp_path: Path
) -> None:
    for name, title in (("a.csv", "A"), ("b.csv", "B")):
        (tmp_path / name).write_text(f"{LAWS}Kenya;;{title} (illustrative);2019\n", encoding="utf-8")
    load_paths(store, [tmp_path], name="ours")
    (tmp_path / "b.csv").write_text(f"{LAWS}Kenya;;C (illustrative);2019\n", encoding="utf-8")

    (told,) = load_paths(store, [tmp_path], name="ours")

    counts = [(one["path"], one["read"], one["new"], one["unchanged"], one["gone"]) for one in files([told])]
    assert counts == [("a.csv", 1, 0, 1, 0), ("b.csv", 1, 1, 0, 1)]


@ONE_ENGINE
def test_what_stands_in_an_archive_is_recognised_one_by_one(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("../laws.csv", LAWS + LAW)
        archive.writestr("folder/activities.xml", ACTIVITY.format(place='<recipient-country code="KE"/>'))
        archive.writestr("readme.txt", "nothing")
        archive.writestr("strange.csv", "a,b\n1,2\n")

    (told,) = load_paths(store, [tmp_path / "all.zip"])

    assert set(told.kind.split(", ")) == {"Legislation", "IATI activities"}
    assert "strange.csv" in told.error
    said = store.ask("MATCH (n)-[r:REPORTED_BY]->(:Dataset {id: 'all.zip'}) RETURN r.line AS line ORDER BY line")
    assert {row["line"] for row in said} >= {"all.zip!../laws.csv:2", "all.zip!folder/activities.xml:1"}


@ONE_ENGINE
def test_a_file_without_activities_takes_nothing_out_unless_others_have_some(store: Store, tmp_path: Path) -> None:
    full, empty = tmp_path / "full.xml", tmp_path / "empty.xml"
    full.write_text(ACTIVITY.format(place=""), encoding="utf-8")
    load_paths(store, [full])
    full.write_text('<iati-activities version="2.03"/>', encoding="utf-8")
    shutil.copy(full, empty)

    (emptied,) = load_paths(store, [full])

    assert emptied.error == "full.xml has no activity; nothing was taken out (footprint forget full.xml would)."
    assert emptied.counts.gone == 0
    full.write_text(ACTIVITY.format(place=""), encoding="utf-8")
    (both,) = load_paths(store, [tmp_path], "both")
    assert both.error == ""


@pytest.mark.parametrize("name", ["f\udcff.xml", "f\x1b[31m.xml"])
def test_a_file_name_that_cannot_be_kept_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ACTIVITY.format(place=""), encoding="utf-8")

    with pytest.raises(LoadError, match=r"^The file name 'f.* cannot be shown or kept as it is; give the file another"):
        data_sets([path], "", Told())


@pytest.mark.parametrize("name", [" ", "mine\n", "\x1b[31m"])
def test_a_name_of_a_data_set_that_cannot_be_shown_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "f.xml"
    path.write_text(ACTIVITY.format(place=""), encoding="utf-8")

    with pytest.raises(LoadError, match=r"^The name '.* cannot be that of a data set; choose another with --as\.$"):
        data_sets([path], name, Told())


@ONE_ENGINE
def test_a_country_is_given_to_programmes_that_name_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ACTIVITY.format(place=""), encoding="utf-8")

    load_paths(store, [tmp_path / "a.xml"], country="Ouganda")

    found = store.ask("MATCH (:Programme)-[:ACTIVE_IN]->(s:State) RETURN s.iso3 AS iso3")
    assert found == [{"iso3": "UGA"}]
    with pytest.raises(LoadError, match="The country cannot be used: 'Atlantis' is no State"):
        load_paths(store, [tmp_path / "a.xml"], country="Atlantis")


@ONE_ENGINE
def test_what_is_of_no_kind_makes_no_data_set_and_an_unknown_kind_writes_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "strange.csv").write_text("Colour,Taste\n1,2\n", encoding="utf-8")
    (tmp_path / "laws.csv").write_text(LAWS + LAW, encoding="utf-8")
    before = runs(store)

    with pytest.raises(LoadError, match="'colours' is no kind of table; there are organisation"):
        load_paths(store, [tmp_path], tables=Told(kind="colours"))
    assert runs(store) == before
    told = {one.dataset: one for one in load_paths(store, [tmp_path])}

    assert told["laws.csv"].error == ""
    assert told["strange.csv"].kind == "not known"
    assert "no table that is known" in told["strange.csv"].error
    assert {row["id"] for row in store.ask("MATCH (d:Dataset) RETURN d.id AS id")} == {"base", "laws.csv"}


@ONE_ENGINE
def test_in_doubt_somebody_is_asked_and_with_nobody_there_it_is_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "doubt.csv").write_text("Title,Date,Kind,Providers,Participants\nx,2024,help,Kenya,Kenya\n")

    (unasked,) = load_paths(store, [tmp_path], dry_run=True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: 2)
    (asked,) = load_paths(store, [tmp_path], tables=Told(ask=loading._ask), dry_run=True)

    assert "can be activity or precedent; say which with --kind" in unasked.error
    assert asked.kind == "Precedents"


@ONE_ENGINE
def test_a_package_of_aidata_is_one_file_and_the_rest_of_it_is_passed_over(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "package" / "data"
    data.mkdir(parents=True)
    header = "project_id,project_title,recipients,recipients_iso3,ad_sector_codes,donors,start_actual_isodate\n"
    (data / "projects.csv").write_text(f"{header}P1,Illustrative,Kenya,KEN,,Uganda,2010-01-01\n", encoding="utf-8")
    (data / "projects_ancillary.csv").write_text("project_id,implementer\nP1,Kenya\n", encoding="utf-8")
    (data / "locations.csv").write_text("project_id,project_location_id\nP1,1\n", encoding="utf-8")
    (data / "iati.xml").write_text(ACTIVITY.format(place=""), encoding="utf-8")
    (tmp_path / "package" / "datapackage.json").write_text('{"title": "Illustrative package"}', encoding="utf-8")
    shutil.make_archive(str(tmp_path / "package"), "zip", tmp_path / "package")

    (told,) = load_paths(store, [tmp_path / "package"])
    (zipped,) = load_paths(store, [tmp_path / "package.zip"])

    assert (told.kind, told.dataset, zipped.kind) == ("AidData package", "projects.csv", "AidData package")
    assert (told.counts.read, zipped.counts.read) == (3, 3)
    cited = store.ask(
        "MATCH (p:Programme {id: 'P1'})-[:FROM]->(s:Source) "
        "RETURN s.title AS title, [(p)-[:IMPLEMENTED_BY]->(who) | who.iso3] AS who"
    )
    assert {(row["title"], *row["who"]) for row in cited} == {("Illustrative package", "KEN", "KEN")}


def test_the_command_tells_each_file_as_json(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["load", "--dry-run"])
    assert told.exit_code == 2
    assert "--dry-run is for files of your own" in told.output
    missing = CliRunner().invoke(app, ["load", str(tmp_path / "nothing.csv")])
    assert isinstance(missing.exception, LoadError)
    assert json.dumps(loading._as_dict([], dry_run=True)) == '{"files": [], "datasets": []}'


@ONE_ENGINE
def test_what_stands_beside_and_is_of_no_kind_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(store.settings.data_dir))
    (tmp_path / "laws.csv").write_text(LAWS + LAW, encoding="utf-8")
    for name in ("report.pdf", ".hidden", "laws.csv.mapping.txt"):
        (tmp_path / name).write_bytes(b"illustrative")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("more.csv", LAWS + LAW.replace("act", "decree"))
        archive.writestr("within.zip", b"")

    told = CliRunner().invoke(app, ["load", str(tmp_path), "--json"])
    shown = CliRunner().invoke(app, ["load", str(tmp_path)])

    over = [str(tmp_path / name) for name in ("laws.csv.mapping.txt", "more.zip!within.zip", "report.pdf")]
    assert json.loads(told.stdout)["passed_over"] == over
    assert "Passed over, as of no kind that can be loaded" in shown.stdout
    assert "report.pdf" in shown.stdout
