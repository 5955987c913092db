"""The forms for organisations, laws, events, plans, programmes and points of contact: rows in, records out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from graph.records import Record
from ingest import mapping
from ingest.datasets import DataSet
from ingest.desk import Desk
from ingest.recognise import Told
from ingest.registry import FORMS
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.world import World

WORLD = World.of(FACTS, Rejects())


def loaded(
    folder: Path, files: Mapping[str, str], told: Told | None = None
) -> tuple[dict[tuple[str, str], Record], Desk]:
    """The records of some files as one data set, by label and key, and the desk with what was refused."""
    paths = {}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        paths[name] = folder / name
    one = DataSet.of("mine", {name: path for name, path in paths.items() if name.endswith(".csv")}, told or Told())
    assert not one.problems
    desk = Desk("mine", WORLD, Rejects())
    return {(record.label, record.key): record for record in one.records(desk, lambda _: None)}, desk


def refused(desk: Desk) -> list[tuple[str, str, str]]:
    return [(f"{one.file}:{one.line}", one.field, one.reason) for one in desk.rejects.found]


def links(record: Record) -> set[tuple[str, str]]:
    return {(link.type, link.key) for link in record.links}


def test_an_organisation_and_its_members_are_one_record_whatever_file_says_it(tmp_path: Path) -> None:
    files = {
        "members.csv": "Organisation,Member,Status,Since,Until\nGGBF,Ghana,member,2019,\nGGBF,Togo,former,2010,2012\n"
        "GGBF,Togo,member,2015,\nGGBF,Atlantis,member,,\nGGBF,Niger,member,2020,2010\n",
        "bodies.csv": "Name,Abbreviation,Regional,Kind,Members\n"
        "Gulf of Guinea Border Forum (illustrative),GGBF,yes,regional organisation,Côte d'Ivoire; Bénin\n",
    }

    found, desk = loaded(tmp_path, files)

    forum = found["Organisation", "ggbf"]
    members = {(link.key, link.properties["status"], link.ordinal) for link in forum.links if link.type == "MEMBER_OF"}
    assert members == {
        ("CIV", "member", 0), ("BEN", "member", 0), ("GHA", "member", 0), ("TGO", "former", 0), ("TGO", "member", 1)
    }  # fmt: skip
    assert forum.properties["name"] == "Gulf of Guinea Border Forum (illustrative)"
    assert forum.line == "bodies.csv:2"
    assert ("FROM", "file:mine") in links(forum)
    (where, field, reason), backwards = refused(desk)
    assert backwards == ("members.csv:6", "Until", "lies before the beginning of the membership")
    assert (where, field) == ("members.csv:5", "Member")
    assert reason.startswith("'Atlantis' is no State, territory or organisation that is known")


def test_a_law_names_its_source_and_says_something_of_each_of_its_states(tmp_path: Path) -> None:
    text = (
        "States;Title of the law;Date;Sections of the matrix;Source document;Source publisher\n"
        "Кения|Kenya;Illustrative act on strategic goods;2019-05;OP3cd;Gazette 12;Printer\n"
        "Kenya;No section;2019;OP9;;\n;Nobody's law;2019;;;\n"
    )

    found, desk = loaded(tmp_path, {"laws.csv": text})

    law = found["Legislation", "LAW/KEN/illustrative-act-on-strategic-goods"]
    assert links(law) == {
        ("ENACTED_BY", "KEN"), ("IMPLEMENTS", "section/OP3cd"), ("FROM", "cited:gazette-12"), ("FROM", "file:mine")
    }  # fmt: skip
    assert law.line == "laws.csv:2"
    (statement,) = [one for one in found.values() if one.label == "Statement"]
    assert statement.key.endswith(" (mine)")
    assert statement.properties["text"] == "law on file: Illustrative act on strategic goods (2019-05)"
    assert [(where, field) for where, field, _ in refused(desk)] == [
        ("laws.csv:3", "Sections of the matrix"), ("laws.csv:4", "States")
    ]  # fmt: skip


def test_an_event_has_its_participants_by_role(tmp_path: Path) -> None:
    text = (
        "Title,Kind,Date,Hosts,Organisers,Participants,Themes\n"
        "Illustrative workshop,workshop,2026-03-02/2026-03-04,Kenya,UNODA,Uganda; Nobody Knows Them,licensing\n"
        "Nobody came,workshop,2026,,,,\n"
    )

    found, desk = loaded(tmp_path, {"events.csv": text})

    (event,) = [one for one in found.values() if one.label == "Activity"]
    roles = {(link.key, link.properties["role"]) for link in event.links if link.type == "INVOLVES"}
    assert roles == {
        ("KEN", "host"), ("unoda", "organiser"), ("UGA", "participant"),
        ("unresolved:nobody-knows-them", "participant"),
    }  # fmt: skip
    assert ("Organisation", "unresolved:nobody-knows-them") in found
    assert refused(desk) == [("events.csv:3", "Participants", "names nobody: say who took part, hosted or was visited")]


def test_a_precedent_has_givers_receivers_and_themes(tmp_path: Path) -> None:
    text = (
        "Title,Providers,Recipient States,Recipient organisations,Themes,Date,Kind,Visibility\n"
        "Illustrative control list,UNODC; Canada,Kenya,CARICOM,Control lists,2024,help,committee\n"
        "Illustrative gift,UNODC,Kenya,,control-lists,2024,present,public\n"
    )

    found, desk = loaded(tmp_path, {"help.csv": text})

    (help_,) = [one for one in found.values() if one.label == "Precedent"]
    assert links(help_) == {
        ("PROVIDED_BY", "unodc"), ("PROVIDED_BY", "CAN"), ("RECEIVED_BY", "KEN"), ("RECEIVED_BY", "caricom"),
        ("CONCERNS", "control-lists"), ("FROM", "file:mine"),
    }  # fmt: skip
    assert help_.properties["visibility"] == "committee"
    ((where, field, reason),) = refused(desk)
    assert (where, field) == ("help.csv:3", "Kind")
    assert reason.startswith("Input should be 'help', 'plan'")


def test_the_lines_of_a_plan_say_together_what_its_state_needs(tmp_path: Path) -> None:
    files = {
        "lines.csv": "Plan,Subject,Themes,Capacity,Cost,Currency,Level\n"
        ',Training (illustrative),biosafety-biosecurity,Biosafety,"1,000",USD,line\n'
        ",Equipment (illustrative),biosafety-biosecurity,Biosafety,2500,USD,line\n"
        "PLAN/KEN/other,Nothing,biosafety-biosecurity,Biosafety,1,USD,line\n",
        "plan.csv": "Reference,State,Title,Start,End,Currency\nPLAN/KEN/demo,Kenya,Illustrative plan,2024,2028,USD\n",
    }

    found, desk = loaded(tmp_path, files)

    assert {key for label, key in found if label == "Need"} == {
        "PLAN/KEN/demo#biosafety/training-illustrative", "PLAN/KEN/demo#biosafety/equipment-illustrative"
    }  # fmt: skip
    (statement,) = [one for one in found.values() if one.label == "Statement"]
    assert statement.properties["text"] == "own costed plan: 2 lines for Biosafety (2024)"
    assert statement.line == "lines.csv:2"
    assert refused(desk) == [("lines.csv:4", "Plan", "names no plan of this data set")]


def test_a_line_that_names_no_plan_is_of_no_plan_where_another_was_refused(tmp_path: Path) -> None:
    files = {
        "lines.csv": "Plan,Subject,Themes,Capacity,Cost,Currency\n,Scanner (illustrative),border-control,Ports,1,USD\n",
        "plan.csv": "Reference,State,Title,Start\nA,Ghanaa,Illustrative plan,2024\nB,Togo,Another,2024\n",
    }

    found, desk = loaded(tmp_path, files)

    assert "Need" not in {label for label, _ in found}
    assert [(where, field) for where, field, _ in refused(desk)] == [("plan.csv:2", "State"), ("lines.csv:2", "Plan")]


def test_a_person_without_consent_is_not_kept_anywhere(tmp_path: Path) -> None:
    text = (
        "State or organisation,Institution,Person,Consent of the person,E-mail\n"
        "Kenya,Illustrative ministry,,no,office@example.org\n"
        "Kenya,Illustrative agency,A. Person,no,a.person@example.org\n"
        "CARICOM,Illustrative desk,B. Person,yes,\n"
    )

    found, desk = loaded(tmp_path, {"contacts.csv": text})

    contacts = {one.properties["institution"]: one for one in found.values() if one.label == "PointOfContact"}
    assert set(contacts) == {"Illustrative ministry", "Illustrative desk"}
    assert contacts["Illustrative desk"].properties["person"] == "B. Person"
    assert ("SPEAKS_FOR", "caricom") in links(contacts["Illustrative desk"])
    ((where, field, _),) = refused(desk)
    assert (where, field) == ("contacts.csv:3", "Person")
    assert "A. Person" not in str(desk.rejects.found)


def test_a_programme_of_a_table_is_tagged_as_all_are(tmp_path: Path) -> None:
    text = (
        "Title,Recipient countries,Start,End,Funders,Sector codes,Amount,Currency\n"
        'Illustrative customs reform,Kenya; UG,2025-01,2028,European Union,33120,"1,500,000",EUR\n'
        "Ends first,Kenya,2025,2024,,,,\nNowhere,Atlantis,2025,2026,,,,\n"
    )

    found, desk = loaded(tmp_path, {"programmes.csv": text})

    programme = found["Programme", "PROG/mine/illustrative-customs-reform"]
    assert {
        ("ACTIVE_IN", "KEN"), ("ACTIVE_IN", "UGA"), ("FUNDED_BY", "european-union"), ("IN_SECTOR", "DAC/33120"),
        ("TOUCHES", "customs-enforcement"), ("FROM", "file:mine"),
    } <= links(programme)  # fmt: skip
    assert (programme.properties["amount"], programme.properties["currency"]) == (1500000.0, "EUR")
    assert [(where, field) for where, field, _ in refused(desk)] == [
        ("programmes.csv:3", "End"), ("programmes.csv:4", "recipient-country")
    ]  # fmt: skip


def test_a_mapping_file_is_begun_with_the_columns_that_are_surely_a_field() -> None:
    header = ("Project No", "Title of project", "Country", "Donor", "Budget (EUR)", "Start", "End", "Sector", "Colour")

    made = yaml.safe_load(mapping.draft(FORMS["programme"], header))

    assert {field: column for field, column in made["columns"].items() if column} == {
        "reference": "Project No", "title": "Title of project", "countries": "Country", "funders": "Donor",
        "amount": "Budget (EUR)", "start": "Start", "end": "End", "sectors": "Sector",
    }  # fmt: skip


MAPPING = """
columns:
  title: "Name"
  countries: "Land"
  start: "Beginn"
  amount: "Betrag"
values:
  currency: EUR
dates: "%d.%m.%Y"
lists: ", "
decimal: ","
"""


def test_a_mapping_beside_a_table_says_what_its_columns_are(tmp_path: Path) -> None:
    table = "Name;Land;Beginn;Betrag;Rest\nIllustrative Grenzreform;Kenya, Ouganda;01.02.2024;1.500.000,50;x\n"
    late = "Zu spät;Kenya;32.01.2024;;\n"

    found, desk = loaded(tmp_path, {"tafel.csv": table + late, "tafel.csv.mapping.yaml": MAPPING})

    programme = found["Programme", "PROG/mine/illustrative-grenzreform"]
    assert {("ACTIVE_IN", "KEN"), ("ACTIVE_IN", "UGA")} <= links(programme)
    told = {name: programme.properties[name] for name in ("start_text", "amount", "currency")}
    assert told == {"start_text": "2024-02-01", "amount": 1500000.5, "currency": "EUR"}
    ((where, field, _),) = refused(desk)
    assert (where, field) == ("tafel.csv:3", "Beginn")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("columns: {title: Name, wrong: Land}", "m.yaml: 'wrong' is no field of 'Programmes'"),
        ("columns: {title: Nome}", "tafel.csv has no column 'Nome', which m.yaml gives for 'title'"),
        ("columns: {title: *name}", "has an alias"),
        ("columns: [", "m.yaml, line 1: "),
        ("colums: {}", "m.yaml, columns: Field required"),
        ("columns: {title: Name}", "m.yaml names no column for 'countries', which 'Programmes' must have."),
        ("kind: nothing\ncolumns: {}", "m.yaml: 'nothing' is no form; there are organisation"),
        ("- a", "m.yaml, the file: Input should be a valid dictionary"),
        ("x: " + "y" * 300_000, "m.yaml is too large for a mapping file"),
    ],
    ids=["field", "column", "alias", "no YAML", "key", "lacking", "kind", "list", "size"],
)
def test_a_mapping_that_does_not_fit_is_said_with_its_field(tmp_path: Path, mapping: str, words: str) -> None:
    (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "tafel.csv").write_text("Name;Land\na;b\n", encoding="utf-8")

    one = DataSet.of("mine", {"tafel.csv": tmp_path / "tafel.csv"}, Told(mapping=tmp_path / "m.yaml"))

    (problem,) = one.problems
    assert words in problem
