"""Which loads took place, what they could not take, and forgetting, as typed at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from footprint.cli import app
from graph.errors import DanglingLinkError, OtherLoadError
from graph.locks import alone
from graph.records import Link, Record
from graph.store import Store
from ingest.load import load_paths
from ingest.reconcile import reconcile
from ingest.rejects import KeptRejectsError, Reject, Rejects, kept, kept_in
from queries.assemble import data_version, today
from queries.parameters import ParameterError
from queries.status import loaded
from tests.helpers import ONE_ENGINE, snapshot, write
from tests.iati_samples import SAMPLES, base

pytestmark = ONE_ENGINE

Type = Callable[..., Any]
LAND = Record("State", "AAA", {"name": "Arstotzka"})
# What may stand in a file: a formula, a mark-up of the terminal library, a command to the terminal, a line break.
FOUND = [
    Reject("a.xml", "3", "id", "is missing", "", True),
    Reject("a.xml", "7", "[bold]date", "is no date; the row was taken without it", "'=1+1", False),
    Reject("folder/b.xml", "line\n9", "title", "is too long", "\x1b[2Jé", True),
]


@pytest.fixture
def typed(scratch: Store, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Runs a command on the scratch graph; a refusal of it is raised."""
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", str(scratch.settings.data_dir))
    for file in (scratch.settings.data_dir / "rejects").glob("*"):
        file.unlink()
    return lambda *words, answer=None: CliRunner().invoke(app, list(words), input=answer, catch_exceptions=False)


def keep(store: Store, dataset: str, *found: Reject) -> Path:
    """A data set with rejects as a load keeps them."""
    write(store, [LAND], dataset)
    path = kept_in(store.settings.data_dir, dataset)
    Rejects(list(found)).write(path)
    return path


def test_the_latest_load_is_told_first_with_what_it_did(scratch: Store, typed: Type) -> None:
    write(scratch, [LAND], "mine.xml")
    write(scratch, [LAND, Record("State", "BBB", {"name": "Borginia"})], "mine.xml")
    lost = Record("Programme", "P", {"title": "Ports"}, (Link("ACTIVE_IN", "State", "CCC"),))
    with pytest.raises(DanglingLinkError):
        write(scratch, [lost], "other.xml")

    table, mine, one = typed("runs"), typed("runs", "mine.xml", "--json"), typed("runs", "--limit", "1", "--json")

    assert table.output.index("other.xml") < table.output.index("mine.xml")
    assert "ended early: Programme P says ACTIVE_IN State CCC" in " ".join(table.output.split())
    told = json.loads(mine.output)
    assert [(run["read"], run["new"], run["unchanged"], run["error"]) for run in told["runs"]] == [
        (2, 1, 1, None),
        (1, 1, 0, None),
    ]
    assert not told["truncated"]
    latest = json.loads(one.output)
    assert ([run["dataset"] for run in latest["runs"]], latest["truncated"]) == (["other.xml"], True)


def test_without_a_load_nothing_is_told(typed: Type) -> None:
    assert "No load has come to an end yet." in typed("runs").output
    assert "took everything" in typed("rejects").output


@pytest.mark.parametrize("command", ["runs", "rejects", "forget"])
def test_a_name_that_is_not_known_is_answered_with_those_that_are_near(
    scratch: Store, typed: Type, command: str
) -> None:
    write(scratch, [LAND], "dportal_2021-06.tar.xz")
    write(scratch, [LAND], "matrix")

    with pytest.raises(
        ParameterError, match=r"No data set is called 'dportal'\. Did you mean dportal_2021-06.tar.xz\?"
    ):
        typed(command, "dportal")
    with pytest.raises(ParameterError, match=r"'qqqq'\. `footprint status` lists them"):
        typed(command, "qqqq")


def test_rejects_are_read_as_they_were_kept(scratch: Store) -> None:
    keep(scratch, "mine (2).xml", *FOUND)

    assert kept(scratch.settings.data_dir, "mine (2).xml") == FOUND
    assert kept(scratch.settings.data_dir, "mine_2_.xml") == []


def test_rejects_are_shown_by_data_set_and_file_and_how_to_mend_them(scratch: Store, typed: Type) -> None:
    keep(scratch, "mine", *FOUND)
    keep(scratch, "other", FOUND[0])
    keep(scratch, "good")

    everything, one = typed("rejects").output, typed("rejects", "other").output

    assert "mine: 2 rows left out, 1 field left out of rows that were taken" in everything
    assert "other: 1 row left out\n" in everything
    assert "good" not in everything
    assert all(word in everything for word in ("a.xml", "folder/b.xml", "[bold]date", "'=1+1", "is too long"))
    assert "Mend them in the file and load it again; what was taken is not written twice." in everything
    assert "\x1b" not in everything
    assert "other" in one
    assert "mine" not in one


def test_long_lists_are_cut_on_the_terminal_alone(scratch: Store, typed: Type) -> None:
    many = [Reject("a.xml", str(n), "id", f"reason {n:02}") for n in range(20)]
    keep(scratch, "mine", *many, *(Reject(f"{n}.xml", "1", "id", "is missing") for n in range(15)))

    shown, all_of_them = typed("rejects").output, json.loads(typed("rejects", "--json").output)

    assert "reason 11" in shown
    assert "reason 12" not in shown
    assert "and 8 more (--json gives all)" in shown
    assert "and 4 more files (--json gives all)" in shown
    assert len(all_of_them["rejects"]) == 35
    assert all_of_them["rejects"][19] == {
        "dataset": "mine", "file": "a.xml", "line": "19", "field": "id", "reason": "reason 19", "value": "",
        "row_left_out": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'file,line,field,reason,value\r\na.xml,3,id,"is mis', "unexpected end of data"),
        (b"file,line,field,reason,value\r\na.xml,3,id\r\n", "entry 1 has 3 fields in the place of 5"),
        (b"name;iso3\r\n", "its first line is not file,line,field,reason,value"),
        (b"", "its first line is not"),
        (b"PK\x03\x04\xff\xfe\x00", "can't decode byte"),
        (b"file,line,field,reason,value\r\n" + b"x" * 200_000, "field larger than field limit"),
    ],
    ids=["cut in a field", "cut in a line", "another table", "empty", "no text", "one long field"],
)
def test_a_file_of_rejects_that_is_broken_is_named(tmp_path: Path, engine: str, content: bytes, reason: str) -> None:
    path = kept_in(tmp_path, "mine")
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(KeptRejectsError, match=f"mine.csv is not a list of rejects as a load keeps it: .*{reason}"):
        kept(tmp_path, "mine")


def test_beside_a_broken_file_the_other_rejects_are_shown(scratch: Store, typed: Type) -> None:
    keep(scratch, "mine", *FOUND).write_bytes(b"cut off")
    keep(scratch, "other", FOUND[0])

    told = typed("rejects")
    as_json = json.loads(typed("rejects", "--json").output)

    assert told.exit_code == 1
    assert "other: 1 row left out" in told.output
    assert "mine.csv is not a list of rejects" in told.output
    assert [one["dataset"] for one in as_json["rejects"]] == ["other"]
    assert len(as_json["unreadable"]) == 1


def test_what_else_lies_in_the_folder_of_rejects_is_left_alone(scratch: Store, typed: Type) -> None:
    path = keep(scratch, "mine", FOUND[0])
    (path.parent / "notes.txt").write_text("mine")
    (path.parent / "states.csv").write_text("of a graph that is no more")

    told = typed("rejects")

    assert told.exit_code == 0
    assert "mine: 1 row left out" in told.output


def test_a_file_that_was_loaded_is_forgotten_with_its_rejects(scratch: Store, typed: Type) -> None:
    base(scratch)
    reconcile(scratch, today())
    before, version = snapshot(scratch), data_version(scratch)
    load_paths(scratch, [SAMPLES / "iati_2.03.xml"])
    after, path = data_version(scratch), keep_more(scratch, "iati_2.03.xml")

    told = typed("forget", "iati_2.03.xml", answer="y\n")

    assert told.exit_code == 0
    assert "Forget what the data set iati_2.03.xml says of " in told.output
    assert "The data set iati_2.03.xml is forgotten" in told.output
    assert snapshot(scratch) == before
    assert data_version(scratch) == version != after
    assert "iati_2.03.xml" not in [one.id for one in loaded(scratch).datasets]
    assert not path.exists()


def keep_more(store: Store, dataset: str) -> Path:
    """Rejects of a data set that is there."""
    path = kept_in(store.settings.data_dir, dataset)
    Rejects(FOUND[:1]).write(path)
    return path


def test_nothing_is_forgotten_without_a_yes(scratch: Store, typed: Type) -> None:
    path = keep(scratch, "mine", FOUND[0])
    before = snapshot(scratch)

    told = typed("forget", "mine", answer="n\n")

    assert told.exit_code == 1
    assert "Forget what the data set mine says of 1 record?" in told.output
    assert snapshot(scratch) == before
    assert path.exists()


def test_what_ships_is_not_forgotten(scratch: Store, typed: Type) -> None:
    write(scratch, [LAND], "states")
    before = snapshot(scratch)

    with pytest.raises(
        ParameterError, match=r"states ships with Light Footprint.*`footprint load` would bring it back"
    ):
        typed("forget", "states", "--yes")

    assert snapshot(scratch) == before


def test_nothing_is_forgotten_while_a_load_is_under_way(scratch: Store, typed: Type) -> None:
    write(scratch, [LAND], "mine")

    with alone(scratch.settings.data_dir), pytest.raises(OtherLoadError):
        typed("forget", "mine", "--yes")

    assert [one.id for one in loaded(scratch).datasets] == ["mine"]


def test_it_is_said_what_is_to_be_loaded_again(scratch: Store, typed: Type) -> None:
    write(scratch, [Record("Theme", "made-up", {"name": "Made up"})], "theirs")
    write(scratch, [Record("Theme", "made-up", {"name": "Made otherwise"})], "mine")

    told = typed("forget", "mine", "--yes")

    assert "It had written over some of what other data sets say; load these again: theirs." in told.output
