"""Templates: what is written can be filled in and loaded, whatever the form; schemas say what documents may hold."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types
import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from footprint.cli import app
from ingest import templates
from ingest.datasets import DataSet
from ingest.desk import Desk
from ingest.explained import DATE, Asked, asked, lists
from ingest.files import UnreadableFileError
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
def test_an_empty_form_is_said_and_takes_nothing_out(name: str, tmp_path: Path) -> None:
    templates.write(name, tmp_path / "form.xlsx")

    with pytest.raises(UnreadableFileError, match=r"form.xlsx has no row that is filled in; nothing was taken out"):
        loaded(tmp_path / "form.xlsx")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"request": []}, "mine holds no records"),
        ({"$defs": {}}, "empty.json is a JSON Schema"),
        ({"letter": []}, "'letter' is no kind of record"),
        ([], "is no JSON object with lists of organisation"),
        ({"request": {}}, "request should be a list"),
        ({"request": [1]}, r"request\[0\] should be an object"),
    ],
)
def test_a_document_without_records_is_said(document: Any, words: str, tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text(json.dumps(document), encoding="utf-8")

    one = DataSet.of("mine", {"empty.json": tmp_path / "empty.json"}, Told())

    (problem,) = one.problems
    assert re.search(words, problem)


def test_a_form_is_the_same_bytes_whenever_it_is_made() -> None:
    first, second = (templates.workbook(FORMS["request"]) for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.properties.created == book.properties.modified == datetime(2004, 4, 28)
    assert book.sheetnames == ["Request", "Needs", "Explanations", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_cells_keep_what_is_typed_and_say_what_to_put() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(templates.workbook(FORMS["membership"])))["Members"]

    columns = {cell.value: get_column_letter(number) for number, cell in enumerate(sheet[1], start=1)}
    dark = {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "001F3864"}
    beside = {str(told.sqref).partition("2:")[0]: told for told in sheet.data_validations.dataValidation}
    party, status, since = (beside[columns[title]] for title in ("Member", "Status", "Since"))
    assert list(columns) == [one.title for one in asked(FORMS["membership"])]
    assert dark == {"Organisation", "Member"}
    assert {sheet.column_dimensions[letter].number_format for letter in columns.values()} == {"@"}
    assert (party.prompt or "").startswith("Needed. The State or organisation. A State, territory or organisation by")
    # Of a choice nothing else is taken; what has many names may be typed as well.
    assert (status.type, status.showErrorMessage) == ("list", True)
    assert (party.type, party.showErrorMessage) == ("list", False)
    assert (since.type, since.prompt) == (None, f"The first day, month or year. {DATE}. Such as: 2002-07-09")


def test_all_words_that_cells_offer_are_understood() -> None:
    look_up = {
        "States": WORLD.state, "Themes": WORLD.theme, "Obligations": WORLD.obligation,
        "Organisations": WORLD.organisation, "Parties": WORLD.party, "Places": WORLD.region_or_party,
    }  # fmt: skip

    assert lists().keys() == look_up.keys()
    for name, words in lists().items():
        assert "Kenya" in words or name not in ("States", "Parties", "Places")
        assert all(look_up[name](word) and ";" not in word for word in words)


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
def test_each_schema_is_one_and_its_examples_fit_it(name: str) -> None:
    schema = json.loads(templates.schema(FORMS[name]))
    fields = schema["$defs"][name]["properties"]
    example = {field: told["examples"][0] for field, told in fields.items() if told.get("examples")}

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"$schema": "here.json", name: [example]}, schema)
    with pytest.raises(jsonschema.ValidationError, match="is a required property"):
        jsonschema.validate({name: [{}]}, schema)


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
