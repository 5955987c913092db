"""The command line as a person types it, in processes of its own, on the embedded engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import app, main
from graph.records import Record
from graph.store import Store
from queries import questions
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write

FOOTPRINT = Path(sys.executable).parent / "footprint"
WITHOUT_A_DATE = {"search"}


class Terminal:
    """Runs `footprint` on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.environment = {**os.environ, "FOOTPRINT_DATA_DIR": str(folder)}

    def run(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [FOOTPRINT, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def terminal(engine: str, all_engines: Engines) -> Terminal:
    """On the facts that ship: their engine is found running."""
    return Terminal(all_engines.shipped(engine).settings.data_dir)


@pytest.fixture
def empty(scratch: Store) -> Terminal:
    """On a graph with nothing in it."""
    return Terminal(scratch.settings.data_dir)


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_is_a_command_with_help(name: str) -> None:
    text = CliRunner().invoke(app, [name.replace("_", "-"), "--help"]).output
    assert ("--as-of" in text) != (name in WITHOUT_A_DATE)
    assert "--json" in text
    assert "Raises" not in text


def test_the_questions_are_those_of_a_clearing_house() -> None:
    assert set(questions()) == {
        "action_plan", "clashes", "clearing", "cobenefits", "common_gaps", "completeness", "coverage", "entry_points",
        "explain", "groupings", "laws", "network", "opportunities", "overlap", "partners", "pools", "precedents",
        "search", "state",
    }  # fmt: skip


@ONE_ENGINE
def test_an_answer_as_json_is_whole(terminal: Terminal) -> None:
    answer = json.loads(terminal.run("entry-points", "SLE", "--as-of", "2009-10-01", "--limit", "2", "--json"))

    assert list(answer) == [
        "question", "parameters", "as_of", "data_version", "total", "truncated", "rows", "caveats", "sources",
    ]  # fmt: skip
    assert answer["truncated"]
    assert len(answer["rows"]) == 2 < answer["total"]
    assert set(answer["rows"][0]) == {"score", "features", "programme", "themes"}
    assert set(answer["sources"][0]) == {"id", "title", "publisher", "date", "url", "licence"}


@ONE_ENGINE
def test_a_table_names_what_it_shows(terminal: Terminal) -> None:
    text = terminal.run("groupings", "--organisation", "CARICOM", "--limit", "2")

    for words in ("Guyana", "Proliferation finance: incomplete", "10 of 14 members", "Note:", "Sources:"):
        assert all(word in text for word in words.split())
    assert "non-compliant" not in text.lower()


@ONE_ENGINE
def test_weights_change_the_order_and_unknown_ones_are_refused(terminal: Terminal) -> None:
    asked = ("partners", "SLE", "--theme", "border-control", "--as-of", "2009-10-01", "--json")
    plain = json.loads(terminal.run(*asked))
    weighed = json.loads(terminal.run(*asked, "--weight", "present=50", "--weight", "covers=0"))

    assert [row["partner"]["id"] for row in plain["rows"]] != [row["partner"]["id"] for row in weighed["rows"]]
    assert "present is given twice" in terminal.run(*asked, "--weight", "present=1", "--weight", "present=2", code=2)
    assert "There is no feature 'nonsense'" in terminal.run(*asked, "--weight", "nonsense=1", code=2)


@ONE_ENGINE
def test_an_empty_graph_says_what_to_do(empty: Terminal) -> None:
    assert "Load the facts that ship with: footprint load" in empty.run("partners", "SLE", code=2)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("entry-points", "Siera Leone"), "Did you mean Sierra Leone (SLE)"),
        (("entry-points", "SLE", "--theme", "bordercontrol"), "Did you mean"),
        (("entry-points", "SLE", "--as-of", "yesterday"), "no date; write it as 2009-10-01"),
        (("groupings", "--organisation", "nobody at all xyz"), "No organisation is called"),
        (("groupings", "--evidence", "rumour"), "There is no kind of evidence 'rumour'"),
        (("partners", "SLE", "--limit", "0"), "The limit is 0"),
        (("load", "not-there.xml"), "not-there.xml is not there"),
    ],
)
def test_a_wrong_parameter_is_said_in_a_sentence(
    terminal: Terminal,
    arguments: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # In this process, as are the settings below: a process for each takes seconds.
    monkeypatch.setenv("FOOTPRINT_DATA_DIR", terminal.environment["FOOTPRINT_DATA_DIR"])

    told = refused(monkeypatch, capsys, *arguments)

    assert words in " ".join(told.replace("│", " ").split())


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `footprint` says when it refuses the arguments with exit code 2."""
    monkeypatch.setattr(sys, "argv", ["footprint", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    said = capsys.readouterr()
    return said.out + said.err


@ONE_ENGINE
def test_status_tells_what_is_loaded_and_which_names_are_not_resolved(terminal: Terminal) -> None:
    state = json.loads(terminal.run("status", "--json"))

    assert state["engine"] == "embedded"
    assert {"states", "programmes-aiddata"} <= {one["id"] for one in state["datasets"]}
    assert all(one["loaded"] for one in state["datasets"])
    assert state["unresolved"]
    assert "names of partners are not resolved" in terminal.run("status")


@ONE_ENGINE
def test_loading_again_writes_nothing(terminal: Terminal) -> None:
    files = json.loads(terminal.run("load", "--json"))["files"]

    assert {(one["new"], one["changed"], one["gone"], one["rejected"]) for one in files} == {(0, 0, 0, 0)}


@ONE_ENGINE
def test_a_file_with_bad_rows_loads_the_rest_and_says_so(empty: Terminal, scratch: Store, tmp_path: Path) -> None:
    write(scratch, [Record("State", "SLE", {"name": "Sierra Leone", "iso2": "SL"})])
    file = tmp_path / "mixed.xml"
    file.write_text(
        '<iati-activities version="2.03">'
        "<iati-activity><iati-identifier>XX-1</iati-identifier><title><narrative>Illustrative</narrative></title>"
        '<recipient-country code="SL"/></iati-activity>'
        "<iati-activity><title><narrative>No identifier</narrative></title></iati-activity></iati-activities>"
    )

    told = empty.run("load", str(file), code=3)

    assert "rejects" in told
    assert scratch.ask("MATCH (p:Programme) RETURN p.title AS title") == [{"title": "Illustrative"}]
    (rejects,) = Path(empty.environment["FOOTPRINT_DATA_DIR"]).glob("rejects/mixed.xml.csv")
    assert "mixed.xml" in rejects.read_text()


def test_no_command_waits_for_pandas() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "footprint", "--help"], capture_output=True, text=True, check=True
    )

    assert "neo4j._optional_deps" in done.stderr
    assert "pandas.core" not in done.stderr
    assert "entry-points" in done.stdout


def test_the_engine_is_started_seen_and_stopped(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    assert "answers at bolt://127.0.0.1" in terminal.run("graph", "start")
    assert "answers at bolt://127.0.0.1" in terminal.run("graph", "status")
    assert "stopped" in terminal.run("graph", "stop")
    assert "does not run" in terminal.run("graph", "status")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HEAP", "bogus", "FOOTPRINT_HEAP cannot be used"),
        ("QUERY_SECONDS", "abc", "FOOTPRINT_QUERY_SECONDS cannot be used"),
        ("GRAPH_URI", "http://127.0.0.1", "begins with neo4j://"),
        ("GRAPH_URI", "bolt://me:secretpw@127.0.0.1", "user and password belong in"),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"FOOTPRINT_{name}", value)

    told = refused(monkeypatch, capsys, "status")

    assert words in told
    assert "secretpw" not in told
