"""Loading users' files: what becomes of good and bad ones, on both engines."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from graph.records import Record
from graph.store import Store
from ingest.files import LoadError
from ingest.load import load_paths
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, runs, snapshot, write
from tests.iati_samples import (
    LAUGHS,
    SAMPLES,
    base,
    document,
    one,
    rejected,
    titles,
)


def test_a_sample_of_version_2_becomes_the_expected_programmes(scratch: Store) -> None:
    base(scratch)

    (loaded,) = load_paths(scratch, [SAMPLES / "iati_2.03.xml"])

    assert (loaded.dataset, loaded.kind, loaded.error) == ("iati_2.03.xml", "IATI activities", "")
    assert set(titles(scratch)) == {"XX-EXAMPLE-203-1", "XX-EXAMPLE-203-2", "XX-EXAMPLE-203-3"}
    (said,) = scratch.ask("MATCH (p:Programme {id: 'XX-EXAMPLE-203-1'}) RETURN properties(p) AS said")
    assert said["said"] == {
        "id": "XX-EXAMPLE-203-1", "title": "Customs reform, phase II", "publisher": "Example Publisher",
        "status": "2", "amount": 74999.5, "currency": "USD", "visibility": "public",
        "titles": ["Réforme de la douane", "Reforma de la aduana"], "planned_start": "2020-01-01",
        "start_kind": "actual", "start_text": "2020-03-01",
        "start_earliest": date(2020, 3, 1), "start_latest": date(2020, 3, 1),
        "end_kind": "planned", "end_text": "2027-12-31",
        "end_earliest": date(2027, 12, 31), "end_latest": date(2027, 12, 31),
    }  # fmt: skip
    links = scratch.ask(
        "MATCH (:Programme {id: 'XX-EXAMPLE-203-1'})-[r]->(n) WHERE type(r) <> 'REPORTED_BY' "
        "RETURN type(r) AS type, coalesce(n.iso3, n.id) AS key, r.percentage AS share, r.written AS written"
    )
    found = {(row["type"], row["key"]): row["share"] or row["written"] for row in links}
    assert found == {
        ("ACTIVE_IN", "SLE"): 60.0,
        ("ACTIVE_IN", "LBR"): 40.0,
        ("FUNDED_BY", "us-exbs"): ["US EXBS"],
        ("FUNDED_BY", "unresolved:xx-ref-only"): ["XX-REF-ONLY"],
        ("IMPLEMENTED_BY", "unodc"): ["UNODC"],
        ("IN_SECTOR", "DAC/15210"): 70.5,
        ("IN_SECTOR", "DAC/33120"): 29.5,
        ("IN_SECTOR", "DAC/152"): None,
        ("IN_SECTOR", "IATI-98/X1"): None,
        ("TOUCHES", "customs-enforcement"): None,
        ("FROM", "file:iati_2.03.xml"): None,
    }


@ONE_ENGINE
def test_what_a_sample_has_that_cannot_be_taken_is_listed_with_file_and_line(scratch: Store) -> None:
    base(scratch)
    lines = (SAMPLES / "iati_2.03.xml").read_text(encoding="utf-8").splitlines()
    starts = [str(number) for number, line in enumerate(lines, start=1) if line.strip().startswith("<iati-activity")]

    (loaded,) = load_paths(scratch, [SAMPLES / "iati_2.03.xml"])

    rows = rejected(loaded.rejects)
    found = {(r["file"], r["line"], r["field"], r["value"]) for r in rows if r["field"] != "recipient-country"}
    assert found == {
        ("iati_2.03.xml", starts[1], "activity-date 2", "soon"),
        ("iati_2.03.xml", starts[2], "id", ""),
        ("iati_2.03.xml", starts[3], "identifier", "XX-EXAMPLE-203-1"),
    }
    assert loaded.counts.rejected == 2


@ONE_ENGINE
def test_a_country_that_is_none_is_listed_with_file_and_line(scratch: Store, tmp_path: Path) -> None:
    element = '<recipient-country code="ZZ"/></iati-activity>'
    (tmp_path / "a.xml").write_text(document(one("P").replace("</iati-activity>", element)))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    (row,) = rejected(loaded.rejects)
    assert (row["file"], row["line"], row["value"]) == ("a.xml", "2", "ZZ")


def test_loading_a_sample_twice_changes_nothing_but_the_run(scratch: Store) -> None:
    base(scratch)
    paths = [SAMPLES / "iati_2.03.xml", SAMPLES / "iati_1.04.xml"]
    load_paths(scratch, paths)
    before, runs_before = snapshot(scratch), runs(scratch)

    again = load_paths(scratch, paths)

    assert snapshot(scratch) == before
    assert runs(scratch) == runs_before + 2
    assert [(one.counts.new, one.counts.changed, one.counts.gone) for one in again] == [(0, 0, 0), (0, 0, 0)]
    assert all(one.counts.unchanged == one.counts.read > 0 for one in again)


@ONE_ENGINE
def test_a_blank_line_at_the_top_of_a_file_changes_no_programme(scratch: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(document(one("P1"), one("P2")))
    load_paths(scratch, [path])
    path.write_text(document("", one("P1"), one("P2")))

    (again,) = load_paths(scratch, [path])

    assert again.counts.changed == 0


@ONE_ENGINE
def test_an_exact_repetition_is_passed_over(scratch: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(one("P1"), one("P1")))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert titles(scratch) == {"P1": "Help"}
    assert loaded.rejects is None


@ONE_ENGINE
def test_an_identifier_that_comes_again_with_other_content_is_rejected_and_the_first_stays(
    scratch: Store, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_text(document(one("P1", "first"), one("P2"), one("P1", "second")))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert titles(scratch) == {"P1": "first", "P2": "Help"}
    (row,) = rejected(loaded.rejects)
    assert (row["file"], row["line"], row["field"], row["value"]) == ("a.xml", "4", "identifier", "P1")
    assert loaded.counts.rejected == 1


@ONE_ENGINE
def test_two_spellings_of_an_unknown_funder_are_no_reject(scratch: Store, tmp_path: Path) -> None:
    funder = '<participating-org role="1"><narrative>{}</narrative></participating-org></iati-activity>'
    spelt = [
        one(name).replace("</iati-activity>", funder.format(name))
        for name in ("Ministry of Roads", "MINISTRY OF ROADS")
    ]
    (tmp_path / "a.xml").write_text(document(*spelt))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert len(titles(scratch)) == 2
    assert loaded.counts.rejected == 0


@ONE_ENGINE
def test_a_hostile_file_ends_up_as_plain_properties(scratch: Store) -> None:
    base(scratch)
    bystanders = scratch.ask("MATCH (n:State) RETURN count(n) AS n")

    (loaded,) = load_paths(scratch, [SAMPLES / "iati_hostile.xml"])

    assert loaded.error == ""
    assert titles(scratch) == {
        "XX-EXAMPLE-'}) DETACH DELETE n //": (
            '=HYPERLINK("http://example.org") <script>alert(1)</script> '
            "'}) MATCH (n) DETACH DELETE n // $id {x} \\u0027 `"
        )
    }
    assert scratch.ask("MATCH (n:State) RETURN count(n) AS n") == bystanders
    (funder,) = scratch.ask("MATCH (:Programme)-[r:FUNDED_BY]->(o) RETURN o.name AS name, r.written AS written")
    assert funder == {"name": "@SUM(1) <b>Bobby</b>'; MATCH (n) DELETE n", "written": [funder["name"]]}
    assert [row["value"] for row in rejected(loaded.rejects)] == ["'=1+1"]


@ONE_ENGINE
def test_several_files_under_one_name_are_one_data_set(scratch: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.xml").write_text(document(one(name.upper())))
    load_paths(scratch, [tmp_path / "b.xml"])

    (loaded,) = load_paths(scratch, [tmp_path], name="both")
    assert (loaded.dataset, set(titles(scratch))) == ("both", {"A", "B"})
    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"], name="both")

    assert loaded.counts.gone == 1
    # B is still told by the data set of its own file, A only by the one that was named.
    assert set(titles(scratch)) == {"A", "B"}
    load_paths(scratch, [tmp_path / "b.xml"], name="both")
    assert set(titles(scratch)) == {"B"}


@ONE_ENGINE
def test_two_files_of_one_name_in_two_folders_do_not_take_each_other_out(scratch: Store, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "activities.xml").write_text(document(one(folder.upper())))

    load_paths(scratch, [tmp_path])

    assert set(titles(scratch)) == {"X", "Y"}


@ONE_ENGINE
def test_a_users_file_cannot_take_the_place_of_a_data_set_that_ships(scratch: Store, tmp_path: Path) -> None:
    write(scratch, [Record("State", "SLE", {"name": "Sierra Leone"})], "states", rank=2)
    (tmp_path / "a.xml").write_text(document(one("A")))

    with suppress(LoadError):
        load_paths(scratch, [tmp_path / "a.xml"], name="states")

    assert scratch.ask("MATCH (s:State) WHERE s.retired IS NULL RETURN s.iso3 AS iso3") == [{"iso3": "SLE"}]


@pytest.mark.parametrize("bad", ["<iati-activities><iati-act", document(one("A", "new"), doctype=LAUGHS), "", "no XML"])
@ONE_ENGINE
def test_a_bad_file_leaves_the_other_data_sets_and_its_own_earlier_content_untouched(
    scratch: Store, tmp_path: Path, bad: str
) -> None:
    good, other = tmp_path / "a.xml", tmp_path / "b.xml"
    good.write_text(document(one("A", "as it was")))
    other.write_text(document(one("B")))
    load_paths(scratch, [good, other])
    good.write_text(bad)
    other.write_text(document(one("B"), one("B2")))

    first, second = load_paths(scratch, [good, other])

    assert "a.xml" in first.error
    assert second.error == ""
    assert titles(scratch) == {"A": "as it was", "B": "Help", "B2": "Help"}


@ONE_ENGINE
def test_a_load_that_broke_off_counts_what_it_wrote(scratch: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(one("A"), one("B"))[:-10])

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert loaded.error
    assert loaded.counts.new == scratch.ask("MATCH (n) WHERE n:Programme OR n:Source RETURN count(n) AS n")[0]["n"]


@ONE_ENGINE
def test_a_second_load_of_the_mended_file_completes_the_first(scratch: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    whole = document(*(one(f"P{n}") for n in range(1100)))
    path.write_text(whole[:-30])
    (cut,) = load_paths(scratch, [path])
    path.write_text(whole)

    (mended,) = load_paths(scratch, [path])

    assert cut.error
    assert mended.error == ""
    assert len(titles(scratch)) == 1100


@pytest.mark.parametrize("size", [500, 5_000, 20_000])
@ONE_ENGINE
def test_long_titles_and_names_are_taken(scratch: Store, tmp_path: Path, size: int) -> None:
    funder = f'<participating-org role="1"><narrative>{"n" * size}</narrative></participating-org></iati-activity>'
    (tmp_path / "a.xml").write_text(document(one("P", "t" * size).replace("</iati-activity>", funder)))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert loaded.error == ""
    assert titles(scratch) == {"P": "t" * size}


@pytest.mark.parametrize(
    "given_name",
    ["nothing.xml", ""],
)
def test_where_there_is_nothing_to_load_a_load_error_says_so_and_nothing_is_written(
    all_engines: Engines, tmp_path: Path, given_name: str
) -> None:
    store = all_engines.scratch("embedded")
    store.clear()

    with pytest.raises(LoadError):
        load_paths(store, [tmp_path / given_name])

    assert store.ask("MATCH (d:Dataset) RETURN count(d) AS n") == [{"n": 0}]
