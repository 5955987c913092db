"""The IATI reader: both versions, vagueness in fields, and files that are broken or mean harm."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import files, iati
from ingest.programmes import Programme, ProgrammeRecords
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from tests.iati_samples import (
    LAUGHS,
    SAMPLES,
    document,
    one,
    parsed,
    sample,
)


def test_version_2_is_read_with_its_numbers() -> None:
    found, _ = sample("iati_2.03.xml")

    programme = found["XX-EXAMPLE-203-1"]

    assert programme.title == "Customs reform, phase II"
    assert programme.publisher == "Example Publisher"
    assert programme.funders == ("US EXBS", "XX-REF-ONLY")
    assert programme.implementers == ("UNODC",)
    assert programme.status == "2"
    assert [(s.code, s.percentage) for s in programme.countries] == [("SL", 60.0), ("LR", 40.0)]
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
