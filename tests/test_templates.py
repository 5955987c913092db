"""Templates: what is written can be filled in and loaded, whatever the form; schemas say what documents may hold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types
import openpyxl
import pytest
from typer.testing import CliRunner

from footprint.cli import app
from ingest import templates
from ingest.datasets import DataSet
from ingest.desk import Desk
from ingest.explained import Asked, asked, lists
from ingest.kinds import Kind
from ingest.recognise import Told
from ingest.registry import FORMS
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.world import World

WORLD = World.of(FACTS, Rejects())
# What no example of a field alone could be: the plan of a line, and what is read in a table of indicators.
OWN = {
    ("plan-need", "plan"): "PLAN/KEN/demo",
    ("request", "consent"): "yes",
}
SUFFIXES = (".xlsx", ".csv")


def answer(kind: Kind, one: Asked) -> str:
    """Something to put into a field that is needed or has an example."""
    if (kind.name, one.name) in OWN:
        return OWN[kind.name, one.name]
    if one.example or not one.needed:
        return one.example
    words = one.words or lists().get(one.offered, ())
    return words[0] if words else "1" if one.is_number else "Illustrative"


def filled(kind: Kind, path: Path) -> None:
    """The template with an answer in each of its sheets."""
    templates.write(kind.name, path)
    kinds = [kind, *(FORMS[name] for name, _ in kind.inner.values())]
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig").strip()
        cells = ",".join(f'"{answer(kind, one)}"' for one in asked(kind))
        path.write_text(f"{text}\n{cells}\n", encoding="utf-8")
        return
    book = openpyxl.load_workbook(path)
    for part in kinds:
        sheet = book[part.title]
        for number, one in enumerate(asked(part), start=1):
            row, column = (number, 2) if part.upright else (2, number)
            belongs = part is not kind and one.name in {field for _, field in kind.inner.values()}
            sheet.cell(row, column, "" if belongs else answer(part, one))
    book.save(path)


def loaded(path: Path) -> tuple[int, Desk]:
    """How many records a file makes, and the desk with what was refused."""
    one = DataSet.of("mine", {path.name: path}, Told())
    assert not one.problems
    desk = Desk("mine", WORLD, Rejects())
    return sum(1 for _ in one.records(desk, lambda _: None)), desk


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("plan-need", "need")])
def test_a_form_that_is_filled_in_loads(name: str, tmp_path: Path) -> None:
    filled(FORMS[name], tmp_path / f"{name}.xlsx")

    records, desk = loaded(tmp_path / f"{name}.xlsx")

    assert [(one.field, one.reason) for one in desk.rejects.found if one.row_left_out] == []
    assert records > 1


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_says_that_nothing_is_filled_in(name: str, tmp_path: Path) -> None:
    templates.write(name, tmp_path / "form.xlsx")

    records, desk = loaded(tmp_path / "form.xlsx")

    assert records == 0
    assert not desk.rejects.found
    assert set(desk.rejects.notes) == {"files or sheets without a row that is filled in"}


def test_a_form_is_the_same_bytes_whenever_it_is_made() -> None:
    first, second = (templates.workbook(FORMS["request"]) for _ in range(2))

    assert first == second
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.sheetnames == ["Request", "Needs", "Explanations", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_header_for_csv_is_recognised_as_its_form(tmp_path: Path) -> None:
    for name in ("legislation", "offer", "contact"):
        filled(FORMS[name], tmp_path / f"{name}.csv")
        records, desk = loaded(tmp_path / f"{name}.csv")
        assert (records > 1, desk.rejects.rows) == (True, 0)


DOCUMENT: dict[str, Any] = {
    "request": [
        {
            "made_by": ["Kenya"], "date": "2026-05-04", "subject": "Licensing (illustrative)", "consent": True,
            "needs": [{"subject": "Training of licensing officers", "themes": ["licensing"]}],
        }
    ]
}  # fmt: skip


def test_a_document_that_fits_its_schema_loads_and_one_that_does_not_is_refused(tmp_path: Path) -> None:
    schema = json.loads(templates.schema(FORMS["request"]))
    jsonschema.Draft202012Validator.check_schema(schema)
    strange = {"request": [{**DOCUMENT["request"][0], "colour": "blue"}]}
    for name, document in (("good", DOCUMENT), ("strange", strange)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")

    jsonschema.validate(DOCUMENT, schema)
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(strange, schema)
    records, desk = loaded(tmp_path / "good.json")
    _, refused = loaded(tmp_path / "strange.json")

    assert (records > 2, desk.rejects.found) == (True, [])
    assert next((one.line, one.field) for one in refused.rejects.found if one.row_left_out) == ("request[0]", "colour")


@pytest.mark.parametrize("name", FORMS)
def test_each_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(templates.schema(FORMS[name])))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nothing",), "There is no form 'nothing'; there are organisation"),
        (("request", "--out", "form.pdf"), "form.pdf should end in .xlsx, .csv, .json"),
        (("matrix", "--out", "form.json"), "form.json should end in .xlsx, .csv"),
        (("request", "--out", "no/form.csv"), "There is no folder no"),
        (("request", "--out", "there.csv"), "there.csv is there already"),
        (("programmes",), "Say for which table"),
        (("request", "--for", "there.csv"), "--for goes with programmes"),
    ],
)
def test_what_cannot_be_written_is_said(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("a,b\n", encoding="utf-8")

    told = CliRunner().invoke(app, ["template", *arguments])

    assert told.exit_code != 0
    assert words in str(told.exception)
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "a,b\n"


def test_a_mapping_file_is_written_with_the_columns_that_are_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.csv").write_text("Titel;Start;Countries of receipt\n", encoding="utf-8")

    told = CliRunner().invoke(app, ["template", "programmes", "--for", "own.csv"])

    assert told.exit_code == 0, told.output
    text = (tmp_path / "own.csv.mapping.yaml").read_text(encoding="utf-8")
    assert '  start: "Start"\n' in text
    assert "  countries:\n" in text
    assert text.endswith("#   Titel\n#   Start\n#   Countries of receipt\n")
