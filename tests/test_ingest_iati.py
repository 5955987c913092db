"""Reading IATI activities: both versions, hostile and broken files, archives, and all real files at hand."""

from __future__ import annotations

import csv
import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Record
from graph.store import Store
from graph.writer import Writer
from ingest import files, iati
from ingest.files import LoadError
from ingest.load import load_paths
from ingest.programmes import Programme, ProgrammeRecords
from ingest.rejects import Rejects
from ingest.shipped import FACTS, SHIPPED
from tests.conftest import Engines
from tests.helpers import runs, snapshot, write

SAMPLES = Path(__file__).parent / "samples"
BASE = {
    ("State", "SLE"), ("State", "LBR"), ("Organisation", "us-exbs"), ("Organisation", "us-usaid"),
    ("Organisation", "unodc"), ("Sector", "DAC/15210"), ("Sector", "DAC/33120"), ("Sector", "DAC/152"),
    ("Sector", "DAC/15132"), ("Sector", "DAC/151"),
}  # fmt: skip
# What programmes link to: the data sets that have to be there before any is loaded.
BENEATH = ("sources", "states", "organisations", "obligations", "sectors", "partners")
ONE = (
    "<iati-activity><iati-identifier>{id}</iati-identifier>"
    "<title><narrative>{title}</narrative></title></iati-activity>"
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "hahahahahahahahahaha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def document(*activities: str, doctype: str = "") -> str:
    return f'{doctype}<iati-activities version="2.03">\n' + "\n".join(activities) + "\n</iati-activities>\n"


def one(key: str, title: str = "Help") -> str:
    return ONE.format(id=key, title=title)


def parsed(text: str | bytes, rejects: Rejects | None = None) -> list[tuple[str, Programme]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(iati.activities(io.BytesIO(raw), "f.xml", "file:f.xml", Rejects() if rejects is None else rejects))


def sample(name: str) -> tuple[dict[str, Programme], Rejects]:
    rejects = Rejects()
    found: dict[str, Programme] = {}
    for _, programme in parsed((SAMPLES / name).read_bytes(), rejects):
        found.setdefault(programme.id, programme)
    return found, rejects


def base(store: Store) -> None:
    """The few nodes that the samples lead to, without their own links."""
    ignored = Rejects()
    records = [
        Record(record.label, record.key, record.properties)
        for one in SHIPPED
        if one.id in BENEATH[1:]
        for record in one.records(FACTS, ignored)
        if record.label == "Theme" or (record.label, record.key) in BASE
    ]
    assert {(record.label, record.key) for record in records} >= BASE
    write(store, records, "base", rank=1)


def titles(store: Store) -> dict[str, str]:
    """The titles of the programmes that somebody still reports."""
    rows = store.ask("MATCH (p:Programme) WHERE p.retired IS NULL RETURN p.id AS id, p.title AS title")
    return {row["id"]: row["title"] for row in rows}


def rejected(path: Path | None) -> list[dict[str, str]]:
    assert path is not None
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the reader ---------------------------------------------------------------------------------------------------


def test_version_2_is_read_with_its_numbers() -> None:
    found, _ = sample("iati_2.03.xml")

    programme = found["XX-EXAMPLE-203-1"]

    assert programme.title == "Customs reform, phase II"
    assert programme.publisher == "Example Publisher"
    assert programme.funders == ("US EXBS", "XX-REF-ONLY")
    assert programme.implementers == ("UNODC",)
    assert programme.status == "2"
    assert [(s.code, s.percentage) for s in programme.countries] == [("SL", 60.0), ("lr", 40.0)]
    assert [(s.code, s.percentage) for s in programme.sectors] == [
        ("DAC/15210", 70.5),
        ("DAC/33120", 29.5),
        ("DAC/152", None),
        ("IATI-98/X1", None),
    ]


def test_version_1_is_read_with_its_words() -> None:
    found, rejects = sample("iati_1.04.xml")

    (programme,) = found.values()

    assert rejects.found == []
    assert (programme.id, programme.title) == ("XX-EXAMPLE-104-1", "Police training")
    assert (programme.funders, programme.implementers) == (("USAID",), ("UNODC",))
    assert [s.code for s in programme.sectors] == ["DAC/15132", "DAC/151", "IATI-RO/7"]
    assert (programme.start_kind, programme.end_kind) == ("actual", "planned")
    assert programme.start is not None
    assert programme.end is not None
    assert (programme.start.earliest, programme.end.latest) == (date(2012, 2, 15), date(2014, 12, 31))
    assert (programme.amount, programme.currency) == (750.0, "EUR")


def test_an_actual_date_goes_before_a_planned_one_and_an_unreadable_one_is_noted() -> None:
    found, rejects = sample("iati_2.03.xml")

    first, second = found["XX-EXAMPLE-203-1"], found["XX-EXAMPLE-203-2"]

    assert first.start is not None
    assert first.end is not None
    assert (first.start.text, first.start_kind) == ("2020-03-01", "actual")
    assert (first.end.text, first.end_kind) == ("2027-12-31", "planned")
    assert second.start is not None
    assert (second.start.text, second.start_kind, second.end, second.end_kind) == ("2021-05-01", "planned", None, None)
    (noted,) = (reject for reject in rejects.found if reject.field.startswith("activity-date"))
    assert (noted.value, noted.row_left_out) == ("soon", False)


def test_the_english_narrative_is_taken_else_the_first() -> None:
    found, _ = sample("iati_2.03.xml")

    assert found["XX-EXAMPLE-203-1"].title == "Customs reform, phase II"
    assert found["XX-EXAMPLE-203-2"].title == "Appui aux communes"
    assert found["XX-EXAMPLE-203-3"].title == "XX-EXAMPLE-203-3"


def test_an_empty_english_narrative_does_not_hide_the_french_one() -> None:
    narratives = '<narrative xml:lang="en"/><narrative xml:lang="fr">Douane</narrative>'

    ((_, programme),) = parsed(document(one("P").replace("<narrative>Help</narrative>", narratives)))

    assert programme.title == "Douane"


def test_version_1_has_a_title_element_for_each_language_and_the_english_one_is_taken() -> None:
    two = '<title xml:lang="fr">Douane</title><title xml:lang="en">Customs</title>'

    ((_, programme),) = parsed(document(f"<iati-activity><iati-identifier>P</iati-identifier>{two}</iati-activity>"))

    assert programme.title == "Customs"


def test_negative_commitments_count_and_disbursements_do_not() -> None:
    found, _ = sample("iati_2.03.xml")

    assert (found["XX-EXAMPLE-203-1"].amount, found["XX-EXAMPLE-203-1"].currency) == (74999.5, "USD")


def test_commitments_in_several_currencies_are_no_amount() -> None:
    found, _ = sample("iati_2.03.xml")

    assert (found["XX-EXAMPLE-203-2"].amount, found["XX-EXAMPLE-203-2"].currency) == (None, None)
    assert (found["XX-EXAMPLE-203-3"].amount, found["XX-EXAMPLE-203-3"].currency) == (None, None)


def test_an_activity_without_identifier_is_rejected_with_its_line_and_the_rest_is_read() -> None:
    found, rejects = sample("iati_2.03.xml")
    text = (SAMPLES / "iati_2.03.xml").read_text(encoding="utf-8")
    before = text[: text.index("<title><narrative>Nobody")].rindex("<iati-activity>")

    (reject,) = (one for one in rejects.found if one.row_left_out)

    assert (reject.file, reject.line, reject.field) == ("f.xml", str(text[:before].count("\n") + 1), "id")
    assert rejects.rows == 1
    assert set(found) == {"XX-EXAMPLE-203-1", "XX-EXAMPLE-203-2", "XX-EXAMPLE-203-3"}


def test_lines_beyond_65535_are_told_rightly() -> None:
    rejects = Rejects()

    parsed(document(one("A"), "\n" * 70_000, one(""), one("B"), one("")), rejects)

    assert [reject.line for reject in rejects.found] == ["70004", "70006"]
    assert rejects.rows == 2


@pytest.mark.parametrize(
    "element", ['<sector code="1" percentage="lots"/>', '<recipient-country code="SL" percentage="x"/>']
)
def test_a_percentage_that_is_no_number_is_left_out_and_noted(element: str) -> None:
    rejects = Rejects()

    ((_, programme),) = parsed(document(one("P").replace("</iati-activity>", f"{element}</iati-activity>")), rejects)

    assert [share.percentage for share in (*programme.sectors, *programme.countries)] == [None]
    assert [reject.row_left_out for reject in rejects.found] == [False]


@pytest.mark.parametrize(
    "element",
    [
        '<sector code="1" percentage="NaN"/>',
        '<transaction><transaction-type code="2"/><value currency="USD">inf</value></transaction>',
    ],
)
def test_a_number_that_is_none_costs_the_field_and_not_the_activity(element: str) -> None:
    rejects = Rejects()

    found = parsed(document(one("P").replace("</iati-activity>", f"{element}</iati-activity>")), rejects)

    assert [programme.id for _, programme in found] == ["P"]
    assert [reject.row_left_out for reject in rejects.found] == [False]


def test_comments_and_instructions_are_no_text() -> None:
    ((_, programme),) = parsed(document(one("P<!-- x -->1", "Customs<?y z?> reform<!-- <b> -->")))

    assert (programme.id, programme.title) == ("P1", "Customs reform")


def test_other_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?>' + document(one("P", "Réforme"))

    for encoding in ("ISO-8859-1", "UTF-16"):
        ((_, programme),) = parsed(text.format(encoding).encode(encoding))
        assert programme.title == "Réforme"


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
)
NUMBERS = st.sampled_from(["1", "-1", "1e400", "nan", "1,000", "0x1", "１２", "1_0", "%", "99%", " "]) | WORDS
DATES = st.sampled_from(["2020-01-01", "20200101", "2020-W01-1", "0001-01-01", "9999-12-31", "0000-00-00"]) | WORDS


@given(WORDS, WORDS, NUMBERS, NUMBERS, DATES, WORDS, WORDS)
def test_whatever_stands_in_the_fields_gives_one_programme_that_fits_the_model_or_one_reject(
    key: str, title: str, percentage: str, value: str, day: str, code: str, name: str
) -> None:
    root = ET.Element("iati-activities")
    activity = ET.SubElement(root, "iati-activity", {"default-currency": code})
    ET.SubElement(activity, "iati-identifier").text = key
    ET.SubElement(activity, "title").text = title
    ET.SubElement(activity, "activity-date", {"type": "2", "iso-date": day})
    ET.SubElement(activity, "sector", {"code": code, "vocabulary": name, "percentage": percentage})
    ET.SubElement(activity, "recipient-country", {"code": code, "percentage": percentage})
    ET.SubElement(activity, "participating-org", {"role": "1"}).text = name
    transaction = ET.SubElement(activity, "transaction")
    ET.SubElement(transaction, "transaction-type", {"code": "2"})
    ET.SubElement(transaction, "value").text = value
    rejects = Rejects()

    found = parsed(ET.tostring(root, encoding="utf-8"), rejects)

    assert len(found) + rejects.rows == 1
    for line, programme in found:
        for record in MADE.records(programme, "f.xml", line):
            record.check()


MADE = ProgrammeRecords(FACTS, Rejects())


# --- files that are broken or mean harm ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        document(one("P", "&i;"), doctype=LAUGHS),
        document(one("P", "plain"), doctype=LAUGHS),
        document("<x y='&i;'/>", one("P"), doctype=LAUGHS),
        document(one("P"), doctype="<!DOCTYPE iati-activities>"),
        document(doctype="<!DOCTYPE iati-activities>"),
        document(doctype='<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:9/x.dtd">'),
        document(one("P", "&x;"), doctype='<!DOCTYPE x [<!ENTITY % y SYSTEM "http://127.0.0.1:9/y"> %y;]>'),
    ],
)
def test_a_file_with_a_doctype_is_refused_before_anything_of_it_is_taken(text: str) -> None:
    taken: list[tuple[str, Programme]] = []

    with pytest.raises(files.UnreadableFileError, match=r"f\.xml"):
        taken.extend(iati.activities(io.BytesIO(text.encode()), "f.xml", "s", Rejects()))

    assert taken == []


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    text = document(one("P", "&x;"), doctype=f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>')
    rejects = Rejects()

    with pytest.raises(files.UnreadableFileError) as caught:
        parsed(text, rejects)

    assert "the secret" not in f"{caught.value} {rejects}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (document(one("A"), "<iati-activity><title>", one("B")), 5),
        (document(one("A"), "<a b=c/>"), 3),
        (document(one("A"))[:-10], 3),
        ("this is\nno XML at all", 1),
        ('{"result": []}', 1),
        ("\n\n<html><br></html>", 3),
    ],
)
def test_broken_xml_is_named_with_file_and_line(text: str, line: int) -> None:
    with pytest.raises(files.UnreadableFileError, match=rf"^f\.xml, line {line}: "):
        parsed(text)


def test_an_entity_that_is_not_declared_is_named_with_its_line() -> None:
    with pytest.raises(files.UnreadableFileError, match=r"^f\.xml, line 3: .*nothing"):
        parsed(document(one("A"), one("B", "&nothing;")))


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\0\0\0", b"PK\x03\x04", b"\xff\xfe\xfd", b"<?xml version='1.0' encoding='klingon'?><a/>"]
)
def test_what_is_empty_or_no_xml_is_refused_and_the_file_named(raw: bytes) -> None:
    with pytest.raises(files.UnreadableFileError, match=r"^f\.xml"):
        parsed(raw)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: document(text).encode()))
def test_any_bytes_at_all_are_activities_or_an_unreadable_file(raw: bytes) -> None:
    said, found = "f.xml", []
    try:
        found = parsed(raw)
    except files.UnreadableFileError as error:
        said = str(error)

    assert said.startswith("f.xml")
    assert all(programme.id for _, programme in found)


# --- plain files, archives, folders -------------------------------------------------------------------------------


def zipped(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def tarred(path: Path, members: dict[str, str]) -> None:
    mode = {"r": "w", "z": "w:xz", "2": "w:bz2"}.get(path.name[-1], "w:gz")
    if path.name.endswith(".tar.gz"):
        mode = "w:gz"
    elif path.name.endswith("xz"):
        mode = "w:xz"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # the mode is chosen above
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))


def gzipped(path: Path, members: dict[str, str]) -> None:
    (text,) = members.values()
    path.write_bytes(gzip.compress(text.encode()))


def plainly(path: Path, members: dict[str, str]) -> None:
    (text,) = members.values()
    path.write_text(text, encoding="utf-8")


ARCHIVES: dict[str, Callable[[Path, dict[str, str]], None]] = {
    "a.zip": zipped, "a.tar": tarred, "a.tar.gz": tarred, "a.tgz": tarred, "a.tar.xz": tarred, "a.tar.bz2": tarred,
}  # fmt: skip
SINGLE: dict[str, Callable[[Path, dict[str, str]], None]] = {"a.xml": plainly, "a.XML": plainly, "a.xml.gz": gzipped}
NOISE = "".join(one(f"P{n}", f"{n * 7919:x}{n * 104729:x}") for n in range(3000))


def read_all(path: Path) -> dict[str, list[str]]:
    return {
        name: [programme.id for _, programme in iati.activities(stream, name, "s", Rejects())]
        for name, stream in files.members(path)
    }


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_xml_member_of_an_archive_is_read_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    ARCHIVES[name](
        path, {"x/1.xml": document(one("A")), "2.XML": document(one("B")), "readme.txt": "no", "3.xmlx": "no"}
    )

    assert read_all(path) == {f"{name}!x/1.xml": ["A"], f"{name}!2.XML": ["B"]}


@pytest.mark.parametrize("name", SINGLE)
def test_a_plain_or_gzipped_file_is_read_under_its_own_name(name: str, tmp_path: Path) -> None:
    SINGLE[name](tmp_path / name, {"": document(one("A"))})

    assert files.expand(tmp_path / name) == [tmp_path / name]
    assert read_all(tmp_path / name) == {name: ["A"]}


def test_a_folder_is_all_its_files_of_a_known_kind_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.xml", "a.zip", "sub/c.tar.xz", "sub/d.xml.gz", "e.csv", "f.txt", ".hidden", "g.gz"):
        (tmp_path / name).write_bytes(b"")

    found = [str(path.relative_to(tmp_path)) for path in files.expand(tmp_path)]

    assert found == ["a.zip", "b.xml", "sub/c.tar.xz", "sub/d.xml.gz"]


@pytest.mark.parametrize("name", [*ARCHIVES, *SINGLE])
def test_what_unpacks_to_more_than_the_limit_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document(one("A"), " " * 100_000)
    (ARCHIVES | SINGLE)[name](tmp_path / name, {"a.xml": text})
    monkeypatch.setattr(files, "MAX_BYTES", len(text.encode()))
    assert sum(len(found) for found in read_all(tmp_path / name).values()) == 1
    monkeypatch.setattr(files, "MAX_BYTES", len(text.encode()) - 1)

    with pytest.raises(files.UnreadableFileError, match=name):
        read_all(tmp_path / name)


def test_an_archive_whose_members_together_unpack_to_more_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = document(one("A"), " " * 10_000)
    zipped(tmp_path / "a.zip", {f"{n}.xml": text for n in range(100)})
    monkeypatch.setattr(files, "MAX_BYTES", 2 * len(text))

    with pytest.raises(files.UnreadableFileError):
        read_all(tmp_path / "a.zip")


def test_a_path_that_is_not_there_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")

    for name, reason in (("nothing.xml", "is not there"), ("a.csv", "of no kind")):
        with pytest.raises(files.LoadError, match=reason):
            files.expand(tmp_path / name)


# --- loading ------------------------------------------------------------------------------------------------------


def test_a_sample_of_version_2_becomes_the_expected_programmes(scratch: Store) -> None:
    base(scratch)

    (loaded,) = load_paths(scratch, [SAMPLES / "iati_2.03.xml"])

    assert (loaded.dataset, loaded.kind, loaded.error) == ("iati_2.03.xml", "IATI", "")
    assert set(titles(scratch)) == {"XX-EXAMPLE-203-1", "XX-EXAMPLE-203-2", "XX-EXAMPLE-203-3"}
    (said,) = scratch.ask("MATCH (p:Programme {id: 'XX-EXAMPLE-203-1'}) RETURN properties(p) AS said")
    assert said["said"] == {
        "id": "XX-EXAMPLE-203-1", "title": "Customs reform, phase II", "publisher": "Example Publisher",
        "status": "2", "amount": 74999.5, "currency": "USD", "visibility": "public",
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


def test_a_country_that_is_none_is_listed_with_file_and_line(all_engines: Engines, tmp_path: Path) -> None:
    store = all_engines.scratch("embedded")
    store.clear()
    element = '<recipient-country code="ZZ"/></iati-activity>'
    (tmp_path / "a.xml").write_text(document(one("P").replace("</iati-activity>", element)))

    (loaded,) = load_paths(store, [tmp_path / "a.xml"])

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


def test_a_blank_line_at_the_top_of_a_file_changes_no_programme(scratch: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(document(one("P1"), one("P2")))
    load_paths(scratch, [path])
    path.write_text(document("", one("P1"), one("P2")))

    (again,) = load_paths(scratch, [path])

    assert again.counts.changed == 0


def test_an_exact_repetition_is_passed_over(scratch: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(one("P1"), one("P1")))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert titles(scratch) == {"P1": "Help"}
    assert loaded.rejects is None


def test_an_identifier_that_comes_again_with_other_content_is_rejected_and_the_first_stays(
    scratch: Store, tmp_path: Path
) -> None:
    (tmp_path / "a.xml").write_text(document(one("P1", "first"), one("P2"), one("P1", "second")))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert titles(scratch) == {"P1": "first", "P2": "Help"}
    (row,) = rejected(loaded.rejects)
    assert (row["file"], row["line"], row["field"], row["value"]) == ("a.xml", "4", "identifier", "P1")
    assert loaded.counts.rejected == 1


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


def test_two_files_of_one_name_in_two_folders_do_not_take_each_other_out(scratch: Store, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "activities.xml").write_text(document(one(folder.upper())))

    load_paths(scratch, [tmp_path])

    assert set(titles(scratch)) == {"X", "Y"}


def test_a_users_file_cannot_take_the_place_of_a_data_set_that_ships(scratch: Store, tmp_path: Path) -> None:
    write(scratch, [Record("State", "SLE", {"name": "Sierra Leone"})], "states", rank=2)
    (tmp_path / "a.xml").write_text(document(one("A")))

    with suppress(LoadError):
        load_paths(scratch, [tmp_path / "a.xml"], name="states")

    assert scratch.ask("MATCH (s:State) WHERE s.retired IS NULL RETURN s.iso3 AS iso3") == [{"iso3": "SLE"}]


@pytest.mark.parametrize("bad", ["<iati-activities><iati-act", document(one("A", "new"), doctype=LAUGHS), "", "no XML"])
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


def test_a_load_that_broke_off_counts_what_it_wrote(scratch: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(document(one("A"), one("B"))[:-10])

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert loaded.error
    assert loaded.counts.new == scratch.ask("MATCH (n) WHERE n:Programme OR n:Source RETURN count(n) AS n")[0]["n"]


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
def test_long_titles_and_names_are_taken(scratch: Store, tmp_path: Path, size: int) -> None:
    funder = f'<participating-org role="1"><narrative>{"n" * size}</narrative></participating-org></iati-activity>'
    (tmp_path / "a.xml").write_text(document(one("P", "t" * size).replace("</iati-activity>", funder)))

    (loaded,) = load_paths(scratch, [tmp_path / "a.xml"])

    assert loaded.error == ""
    assert titles(scratch) == {"P": "t" * size}


def corrupted(path: Path) -> Path:
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 200] = bytes(200)
    path.write_bytes(raw)
    return path


def cut_short(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def no_archive(path: Path) -> Path:
    path.write_text("no archive at all")
    return path


def emptied(path: Path) -> Path:
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        (name, spoil)
        for name in ("a.zip", "a.tar.gz", "a.tar.xz", "a.xml.gz")
        for spoil in (corrupted, cut_short, no_archive, emptied)
    ],
)
def test_a_broken_archive_is_told_and_the_next_file_is_loaded(
    all_engines: Engines, tmp_path: Path, name: str, spoil: Callable[[Path], Path]
) -> None:
    store = all_engines.scratch("embedded")
    store.clear()
    (ARCHIVES | SINGLE)[name](tmp_path / name, {"a.xml": document(NOISE)})
    spoil(tmp_path / name)
    (tmp_path / "b.xml").write_text(document(one("B")))

    first, second = load_paths(store, [tmp_path / name, tmp_path / "b.xml"])

    assert name in first.error
    assert second.error == ""
    assert "B" in titles(store)


def locked_zip(folder: Path) -> Path:
    zipped(folder / "a.zip", {"a.xml": document(one("A"))})
    raw = bytearray((folder / "a.zip").read_bytes())
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(raw)
    return folder / "a.zip"


def linking_tar(folder: Path) -> Path:
    with tarfile.open(folder / "a.tar", "w") as archive:
        info = tarfile.TarInfo("link.xml")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return folder / "a.tar"


@pytest.mark.parametrize("make", [locked_zip, linking_tar])
def test_a_locked_zip_and_a_tar_that_links_elsewhere_are_told(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)

    said, found = path.name, {}
    try:
        found = read_all(path)
    except ValueError as error:
        said = str(error)

    assert path.name in said
    assert found == {}


def test_a_member_that_is_no_xml_costs_only_itself(all_engines: Engines, tmp_path: Path) -> None:
    store = all_engines.scratch("embedded")
    store.clear()
    zipped(tmp_path / "a.zip", {"1.xml": document(one("A")), "2.xml": '{"result":[]}', "3.xml": document(one("B"))})

    (loaded,) = load_paths(store, [tmp_path / "a.zip"])

    assert set(titles(store)) == {"A", "B"}
    assert "a.zip!2.xml" in loaded.error


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


# --- all real files at hand ---------------------------------------------------------------------------------------


@dataclass
class Counted:
    """What a second parser finds in one XML file: the elements, their identifiers, whether it can be read."""

    elements: int
    readable: bool
    identifiers: list[str] = field(default_factory=list)


def counted(raw: bytes) -> Counted:
    found = Counted(len(re.findall(rb"<iati-activity[\s>/]", raw)), True)
    try:
        for _, element in ET.iterparse(io.BytesIO(raw)):
            if element.tag == "iati-activity":
                found.identifiers.append(" ".join((element.findtext("iati-identifier") or "").split()))
                element.clear()
    except ET.ParseError:
        found.readable = False
    return found


def raw_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The real files and what is in the archive, opened without the code that is tested."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xml":
            yield path.name, path.read_bytes()
        elif path.name.endswith(".tar.xz"):
            with tarfile.open(path, "r:xz") as archive:
                for member in archive:
                    if (stream := archive.extractfile(member)) is not None:
                        yield f"{path.name}!{member.name}", stream.read()


@pytest.fixture(scope="module")
def real(data: Path) -> dict[str, Counted]:
    return {name: counted(raw) for name, raw in raw_files(data / "iati")}


def test_the_real_files_are_as_many_as_their_list_says(real: dict[str, Counted]) -> None:
    packed = [one for name, one in real.items() if name.startswith("dportal_2021-06")]

    assert len(packed) == 133
    assert sum(one.elements for one in packed) == 13_200
    assert len(real) - len(packed) == 15


def test_every_activity_of_the_real_files_is_read_or_rejected(data: Path, real: dict[str, Counted]) -> None:
    unreadable, seen = set(), set()

    for path in files.expand(data / "iati"):
        for name, stream in files.members(path):
            seen.add(name)
            rejects, taken = Rejects(), []
            try:
                taken = [programme.id for _, programme in iati.activities(stream, name, "s", rejects)]
            except files.UnreadableFileError:
                unreadable.add(name)
            assert len(taken) + rejects.rows == real[name].elements, name
            assert taken == [identifier for identifier in real[name].identifiers if identifier], name

    assert seen == real.keys()
    assert unreadable == {name for name, one in real.items() if not one.readable}


def test_all_real_files_but_the_large_archive_load_into_the_embedded_engine(
    all_engines: Engines, data: Path, real: dict[str, Counted]
) -> None:
    # The archive as well takes half a minute on an idle machine and three times as long on a busy one.
    store = all_engines.scratch("embedded")
    store.clear()
    ignored = Rejects()
    for shipped in SHIPPED:
        if shipped.id in BENEATH:
            Writer(store, shipped.id, shipped.title, shipped.rank).load(shipped.records(FACTS, ignored), "test")
    paths = [path for path in files.expand(data / "iati") if path.suffix == ".xml"]
    expected = {path.name: set(real[path.name].identifiers) - {""} for path in paths}

    loaded = load_paths(store, paths)

    assert [one.error for one in loaded if one.error] == []
    distinct = set().union(*expected.values())
    assert store.ask("MATCH (p:Programme) RETURN count(p) AS n") == [{"n": len(distinct)}]
    told = store.ask("MATCH (d:Dataset)<-[:REPORTED_BY]-(p:Programme) RETURN d.id AS dataset, count(p) AS n")
    assert {row["dataset"]: row["n"] for row in told} == {name: len(found) for name, found in expected.items()}
