"""The facts that ship hang together: they fit the model, lead somewhere, name their sources, and keep to our words."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from graph.batches import BATCH
from graph.evidence import KINDS, READINGS
from graph.model import MODEL
from graph.records import Link, Record
from graph.schema import ModelError
from ingest.facts.__main__ import MAKERS
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED

TODAY = date(2026, 11, 21)
# Columns of the harvested tables that hold names, which are facts and may be long.
# Names and titles as published; and what a law is about, a phrase of the collection itself.
NAME_COLUMNS = {"provider", "point_of_contact_office", "title", "implementer", "donor", "subject"}
LONG = 60
OUR_WORDS_NEVER = re.compile(r"non-?\s?complian|failure|failed to comply|fails to comply", re.IGNORECASE)


@cache
def shipped() -> tuple[dict[str, list[Record]], tuple[str, ...]]:
    """The records of each data set that ships, and the rejects of all."""
    rejects = Rejects()
    found = {one.id: list(one.records(FACTS, rejects)) for one in SHIPPED}
    return found, tuple(f"{one.file}:{one.line} {one.field} {one.reason}" for one in rejects.found)


def every() -> Iterator[Record]:
    for records in shipped()[0].values():
        yield from records


def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def to(record: Record, type_: str) -> list[Link]:
    return [link for link in record.links if link.type == type_]


def members(organisation: str, day: date) -> Counter[str]:
    """How many are members of an organisation on a day, by label, counted from the records."""
    (record,) = (r for r in shipped()[0]["organisations"] if r.key == organisation)
    found = set()
    for link in to(record, "MEMBER_OF"):
        since, until = link.properties.get("since"), link.properties.get("until")
        assert since is None or isinstance(since, date)
        assert until is None or isinstance(until, date)
        current = link.properties["status"] == "member" or (link.properties["status"] == "former" and until)
        if current and (since is None or since <= day) and (until is None or day <= until):
            found.add((link.label, link.key))
    return Counter(label for label, _ in found)


def test_nothing_that_ships_is_rejected() -> None:
    assert shipped()[1] == ()


@pytest.mark.parametrize("dataset", [one.id for one in SHIPPED])
def test_all_records_of_a_data_set_fit_the_model(dataset: str) -> None:
    records, wrong = shipped()[0][dataset], []

    for record in records:
        try:
            record.check()
        except ModelError as error:
            wrong.append(str(error))

    assert wrong == []
    assert records


@pytest.mark.parametrize("dataset", [one.id for one in SHIPPED])
def test_no_record_of_a_data_set_says_something_else_than_an_earlier_one(dataset: str) -> None:
    said: dict[tuple[str, str], set[str]] = {}

    for record in shipped()[0][dataset]:
        said.setdefault((record.label, record.key), set()).add(record.content_hash())

    assert {identity for identity, hashes in said.items() if len(hashes) > 1} == set()


def test_every_link_leads_to_what_is_in_the_graph_when_its_batch_is_written() -> None:
    there: set[tuple[str, str]] = set()
    dangling = []

    for dataset, records in shipped()[0].items():
        distinct = list({(r.label, r.key): r for r in records}.values())
        for start in range(0, len(distinct), BATCH):
            batch = distinct[start : start + BATCH]
            there |= {(record.label, record.key) for record in batch}
            for record in batch:
                dangling += [
                    (dataset, record.label, record.key, link.type, link.label, link.key)
                    for link in record.links
                    if (link.label, link.key) not in there
                ]

    assert dangling == []


def test_every_node_type_that_ships_is_declared_and_no_data_set_has_two_names() -> None:
    assert {record.label for record in every()} <= MODEL.nodes.keys()
    assert len({one.id for one in SHIPPED}) == len({one.rank for one in SHIPPED}) == len(SHIPPED)


def test_there_are_193_members_and_2_observers() -> None:
    states = [record for record in shipped()[0]["states"] if record.label == "State"]

    status = Counter(str(record.properties["status"]) for record in states)
    observers = {record.key for record in states if record.properties["status"] == "observer"}

    assert status == {"member": 193, "observer": 2}
    assert observers == {"VAT", "PSE"}
    assert len({record.key for record in states}) == 195


def test_every_state_has_codes_names_in_six_languages_and_a_region() -> None:
    names = ("name", "name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru")
    states = [record for record in shipped()[0]["states"] if record.label == "State"]

    for record in states:
        assert all(record.properties.get(name) for name in names), record.key
        assert re.fullmatch(r"[A-Z]{2}", str(record.properties["iso2"])), record.key
        assert re.fullmatch(r"\d{3}", str(record.properties["m49"])), record.key
        assert [link.label for link in to(record, "PART_OF")] == ["Region"], record.key
        assert record.properties["languages"], record.key


def test_no_two_parties_share_a_code_or_a_name() -> None:
    parties = [record for record in shipped()[0]["states"] if record.label in ("State", "Territory")]

    for name in ("iso2", "m49", "name"):
        counted = Counter(record.properties[name] for record in parties if record.properties.get(name))
        assert [value for value, count in counted.items() if count > 1] == []


def test_a_border_is_told_by_both_sides_with_about_the_same_length() -> None:
    states = {record.key: record for record in shipped()[0]["states"] if record.label == "State"}
    borders = {
        (key, link.key): link.properties.get("km") for key, record in states.items() for link in to(record, "BORDERS")
    }

    one_sided = {pair for pair in borders if pair[1] in states and pair[::-1] not in borders}

    assert one_sided == set()
    assert not any(one == other for one, other in borders)
    apart = {
        pair: (km, back)
        for pair, km in borders.items()
        if isinstance(km, float) and isinstance(back := borders.get(pair[::-1]), float) and abs(km - back) > 0.1 * km
    }
    assert apart == {}


@pytest.mark.parametrize(
    ("organisation", "day", "states", "territories"),
    [
        ("caricom", TODAY, 14, 1),
        ("ecowas", date(2020, 12, 31), 15, 0),
        ("ecowas", TODAY, 12, 0),
        ("asean", date(2025, 10, 25), 10, 0),
        ("asean", TODAY, 11, 0),
        ("european-union", TODAY, 27, 0),
        ("african-union", TODAY, 54, 1),
    ],
)
def test_organisations_have_the_members_that_they_had_on_the_day(
    organisation: str, day: date, states: int, territories: int
) -> None:
    counted = members(organisation, day)

    assert (counted["State"], counted["Territory"]) == (states, territories)


def test_montserrat_timor_leste_and_western_sahara_are_members_where_they_are() -> None:
    linked = {
        record.key: {link.key for link in to(record, "MEMBER_OF") if link.properties["status"] == "member"}
        for record in shipped()[0]["organisations"]
    }

    assert "MSR" in linked["caricom"]
    assert "TLS" in linked["asean"]
    assert "ESH" in linked["african-union"]
    assert "GBR" not in linked["european-union"]


def test_a_membership_ends_after_it_began_and_a_former_one_has_ended() -> None:
    for record in shipped()[0]["organisations"]:
        for link in to(record, "MEMBER_OF"):
            since, until = link.properties.get("since"), link.properties.get("until")
            if isinstance(since, date) and isinstance(until, date):
                assert since <= until, (record.key, link.key)
            if isinstance(until, date):
                assert link.properties["status"] == "former", (record.key, link.key)


def test_every_source_that_a_file_names_is_declared_once() -> None:
    catalogue = [entry["id"] for entry in yaml.safe_load((FACTS / "sources.yaml").read_text(encoding="utf-8"))]
    declared = Counter([*catalogue, *(row["id"] for row in rows("references"))])
    named = {
        (path.name, source)
        for path in sorted(FACTS.glob("*.csv"))
        for row in rows(path.stem)
        for source in listed(row.get("source", ""))
    }

    assert {source: count for source, count in declared.items() if count > 1} == {}
    assert {(file, source) for file, source in named if source not in declared} == set()
    assert named


def test_every_source_names_its_publisher_and_its_licence() -> None:
    for record in shipped()[0]["sources"]:
        assert record.properties["title"], record.key
        assert record.properties["publisher"], record.key
        assert record.properties["licence"], record.key


@pytest.mark.parametrize(
    "label",
    [
        "Statement",
        "Offer",
        "Precedent",
        "Request",
        "Need",
        "Programme",
        "State",
        "Sector",
        "Legislation",
        "Activity",
        "ActionPlan",
        "Theme",
        "Obligation",
    ],
)
def test_everything_that_says_something_has_a_source(label: str) -> None:
    found = [record for record in every() if record.label == label]

    assert found
    # A code that no list knows comes with the programme that names it.
    found = [record for record in found if "not in the code list" not in str(record.properties.get("name"))]
    assert [record.key for record in found if not to(record, "FROM")] == []


def test_the_matrix_has_a_node_for_each_row_of_its_file_and_for_each_of_its_cells() -> None:
    written = rows("matrix_rows")
    cells = {
        f"{row['id']}/{weapon}/{column}"
        for row in written
        if listed(row["columns"]) != ["yes"]
        for weapon in listed(row["weapons"])
        for column in listed(row["columns"])
    }
    by_level: dict[object, set[str]] = {}
    for record in shipped()[0]["obligations"]:
        if record.label == "Obligation":
            by_level.setdefault(record.properties["level"], set()).add(record.key)

    assert by_level["row"] == {row["id"] for row in written}
    assert len(by_level["row"]) == len(written)
    assert by_level["cell"] == cells
    assert by_level["paragraph"] == {row["id"] for row in rows("paragraphs")}


def test_every_row_and_cell_of_the_matrix_belongs_to_something_and_concerns_a_theme() -> None:
    for record in shipped()[0]["obligations"]:
        if record.label == "Obligation" and record.properties["level"] in ("row", "cell"):
            assert to(record, "PART_OF"), record.key
            assert to(record, "CONCERNS"), record.key
            assert isinstance(record.properties["verified"], bool)


def test_a_cell_is_of_one_weapon_and_a_theme_of_another_weapon_is_not_its_theme() -> None:
    weapons = {"N": "nuclear", "C": "chemical", "B": "biological"}
    for record in shipped()[0]["obligations"]:
        if record.label == "Obligation" and record.properties["level"] == "cell":
            others = {f"prohibitions-{name}" for weapon, name in weapons.items() if weapon != record.key.split("/")[2]}
            assert not others & {link.key for link in to(record, "CONCERNS")}, record.key


def test_every_grade_in_use_has_a_reading_with_a_reason() -> None:
    readings = {(row["scale"], row["grade"]): row for row in rows("readings")}
    used = {("treaty", row["status"]) for row in rows("treaties")}
    used |= {("JEE score", row["grade"]) for row in rows("evaluations")}
    used |= {
        ("FATF technical compliance" if row["indicator"].startswith("R.") else "FATF effectiveness", row["grade"])
        for row in rows("fatf")
    }

    assert used - readings.keys() == set()
    assert len(readings) == len(rows("readings"))
    for row in readings.values():
        assert row["kind"] in KINDS
        assert row["reading"] in READINGS
        assert len(row["reason"].split()) >= 5, row


def test_an_assessors_low_grade_never_reads_no_entry() -> None:
    for record in every():
        if record.label == "Statement" and record.properties["kind"] == "assessment":
            assert record.properties["reading"] in ("in place", "incomplete", "unknown"), record.key


def test_a_statement_speaks_of_a_day_that_has_come_and_holds_from_it_on() -> None:
    for record in every():
        if record.label == "Statement":
            observed, first, last = (record.properties[name] for name in ("observed_at", "holds_from", "holds_until"))
            assert isinstance(observed, date)
            assert isinstance(first, date)
            assert date(1900, 1, 1) < first <= TODAY, record.key
            assert observed <= TODAY, record.key
            assert last is None or (isinstance(last, date) and first <= last), record.key
            assert to(record, "ABOUT"), record.key


def test_a_request_and_its_needs_are_seen_by_the_same_people() -> None:
    records = shipped()[0]["requests"]
    requests = {record.key: record.properties["visibility"] for record in records if record.label == "Request"}

    for record in records:
        if record.label == "Need":
            (request,) = to(record, "STATES_NEED")
            assert record.properties["visibility"] == requests[request.key], record.key
    assert set(requests.values()) <= {"public", "committee"}


def test_every_need_belongs_to_a_request_that_is_there() -> None:
    assert {row["request"] for row in rows("needs")} <= {row["id"] for row in rows("requests")}
    assert sum(record.label == "Need" for record in shipped()[0]["requests"]) == len(rows("needs"))


def test_no_row_of_a_fact_file_is_lost_on_the_way_to_the_records() -> None:
    counts = Counter(record.label for record in every() if not record.key.startswith("unresolved:"))

    for label, file in (("Precedent", "precedents"), ("Request", "requests")):
        assert counts[label] == len(rows(file)), label
    kinds = (
        ("Programme", ("programmes_aiddata", "programmes_recent", "programmes_known")),
        ("Legislation", ("laws",)),
        ("ActionPlan", ("action_plans", "health_plans")),
        ("Activity", ("activities", "experience", "funding")),
        ("Need", ("needs", "plan_needs")),
        ("Offer", ("offers",)),
        ("Mandate", ("mandates",)),
        ("Benefit", ("cobenefits",)),
    )
    for label, files in kinds:
        assert counts[label] == sum(len(rows(file)) for file in files), label
    assert counts["Theme"] == len(rows("themes"))
    assert counts["State"] == len(rows("states"))
    assert counts["Territory"] == len(rows("territories"))
    links = sum(len(to(record, "MEMBER_OF")) for record in shipped()[0]["organisations"])
    assert links == len(rows("memberships")) + len(rows("regime_members"))
    for file in ("treaties", "fatf", "evaluations"):
        assert sum(record.label == "Statement" for record in shipped()[0][file]) == len(rows(file)), file


@pytest.mark.parametrize("path", sorted(FACTS.iterdir()), ids=lambda path: str(path.name))
def test_no_shipped_text_speaks_of_compliance_or_failure(path: Path) -> None:
    found = [
        (number, line[max(0, m.start() - 30) : m.end() + 30])
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for m in OUR_WORDS_NEVER.finditer(line)
    ]

    assert found == []


@pytest.mark.parametrize("path", sorted(FACTS.iterdir()), ids=lambda path: str(path.name))
def test_a_fact_file_is_plain_utf_8_with_lf_and_no_stray_characters(path: Path) -> None:
    raw = path.read_bytes()
    text = raw.decode("utf-8")

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ufffd\u200b\ufeff]", text)


@pytest.mark.parametrize("maker", MAKERS)
def test_a_maker_makes_the_files_that_ship_byte_by_byte(maker: str, data: Path, tmp_path: Path) -> None:
    counts = MAKERS[maker](data, tmp_path)

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made.keys() == {what for what in counts if what.endswith(".csv")}
    assert {name for name, content in made.items() if content != (FACTS / name).read_bytes()} == set()


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def long_sentences(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a table that are longer than 60 characters, each with its column; addresses left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column, cell in row.items():
                if column not in NAME_COLUMNS and isinstance(cell, str):
                    for sentence in (cell, *re.split(r"(?<=[.;!?])\s+|\n", cell)):
                        kept = plain(sentence).strip(" .;!?\"'")
                        if len(kept) > LONG and not kept.startswith("http"):
                            yield column, kept


def test_no_sentence_of_the_harvest_is_copied(data: Path) -> None:
    files = sorted((data / "harvest").glob("*.csv"))
    texts = {path.name: plain(path.read_text(encoding="utf-8").replace('""', '"')) for path in FACTS.iterdir()}

    copied = {
        (path.name, column, sentence, name)
        for path in files
        for column, sentence in long_sentences(path)
        for name, text in texts.items()
        if sentence in text
    }

    assert len(files) >= 7
    assert sum(1 for path in files for _ in long_sentences(path)) > 500
    assert copied == set()
