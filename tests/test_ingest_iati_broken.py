"""IATI files that are broken, of another kind or mean harm: each is refused in a sentence that names file and line."""

from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.files import UnreadableFileError
from ingest.programmes import ProgrammeRecords
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from tests.iati_samples import SAMPLES, document, one, parsed

A = document(one("A", "Réforme"))
DECLARED = '<?xml version="1.0" encoding="{}"?>'
BROKEN: dict[str, tuple[str | bytes, str]] = {
    # cut off
    "cut in a tag": (A[:100], ", line 2: Couldn't find end of Start Tag narrativ"),
    "cut after an activity": (A[:-20], ", line 2: Premature end of data in tag iati-activities line 1"),
    "cut in a letter": (A.encode()[: A.index("é") + 1], ", line 2: Incomplete UTF-8 sequence starting with C3"),
    "cut in a comment": (document("<!-- "), ", line 4: Comment not terminated"),
    "cut in character data": (document("<a><![CDATA["), ", line 4: CData section not finished"),
    "nothing but a declaration": (DECLARED.format("UTF-8"), ", line 1: Start tag expected, '<' not found"),
    "empty": ("", " is empty."),
    # encodings
    "Latin-1 that says UTF-8": (
        (DECLARED.format("UTF-8") + A).encode("latin-1"),
        ", line 2: Invalid bytes in character encoding",
    ),
    "UTF-8 that says UTF-16": (DECLARED.format("UTF-16") + A, ", line 1: Blank needed here"),
    "UTF-16 without a mark": (A.encode("utf-16-le"), ", line 1: Invalid character: Char 0x0 out of allowed range"),
    "UTF-32": (A.encode("utf-32"), ", line 1: Start tag expected, '<' not found"),
    "two byte order marks": ("\ufeff\ufeff" + A, ", line 1: Start tag expected, '<' not found"),
    # characters
    "a control character": (document(one("A", "\x08")), ", line 2: PCDATA invalid Char value 8"),
    "a control character by number": (document(one("A", "&#8;")), ", line 2: xmlParseCharRef: invalid xmlChar value 8"),
    "half a character by number": (
        document(one("A", "&#xD800;")),
        ", line 2: xmlParseCharRef: invalid xmlChar value 55296",
    ),
    "a zero byte": (document(one("A", "\0")), ", line 2: Invalid character: Char 0x0 out of allowed range"),
    "a bare ampersand": (document(one("A", "Law & order")), ", line 2: xmlParseEntityRef: no name"),
    "an entity of HTML": (document(one("A", "a&nbsp;b")), ", line 2: Entity 'nbsp' not defined"),
    "a bare less-than": (document(one("A", "a < b")), ", line 2: StartTag: invalid element name"),
    # structure
    "an attribute without value": (
        document("<iati-activity humanitarian>"),
        ", line 2: Specification mandates value for attribute humanitarian",
    ),
    "an attribute without quotes": (document("<a b=c/>"), ", line 2: AttValue: \" or ' expected"),
    "an attribute twice": (document('<a b="1" b="2"/>'), ", line 2: Attribute b redefined"),
    "a prefix that is nowhere declared": (document("<x:a/>"), ", line 2: Namespace prefix x on a is not defined"),
    "crossed elements": (document("<a><b></a></b>"), ", line 2: Opening and ending tag mismatch: b line 2 and a"),
    "two files in one": (A + A, ", line 4: Extra content at the end of the document"),
    "a blank line before the declaration": (
        "\n" + DECLARED.format("UTF-8") + A,
        ", line 2: XML declaration allowed only at the start of the document",
    ),
    # limits
    "nested without end": (document("<a>" * 300 + "</a>" * 300), ", line 2: Excessive depth in document: 256"),
    "a text of ten million characters": (
        document(one("A", "x" * 10_000_001)),
        ", line 2: Resource limit exceeded: Text node too long",
    ),
    "an attribute of ten million characters": (
        document(f'<a b="{"x" * 10_000_001}"/>'),
        ", line 4: Resource limit exceeded: Buffer size limit exceeded",
    ),
    # another kind of file
    "a web page": ("<!DOCTYPE html>\n<html><head><meta></head></html>", " is a web page, no IATI activity file."),
    "a web page without doctype": ("\n<html><br></html>", " is a web page, no IATI activity file."),
    "a web page in good order": ("<html><br/></html>", " is no IATI activity file: it begins with <html>."),
    "an organisation file": (
        '<iati-organisations version="2.03"><iati-organisation/></iati-organisations>',
        " is an IATI organisation file: it holds budgets and no activities.",
    ),
    "another namespace": (
        '<iati-activities xmlns="urn:x"><iati-activity/></iati-activities>',
        " is no IATI activity file: its elements are in a namespace of their own.",
    ),
    "a news feed": ("<rss/>", " is no IATI activity file: it begins with <rss>."),
    "the answer of a program": ('{"result": []}', ", line 1: Start tag expected, '<' not found"),
    "a table": ("a,b\n1,2\n", ", line 1: Start tag expected, '<' not found"),
    "packed twice": (gzip.compress(A.encode()), ", line 1: Start tag expected, '<' not found"),
}


@pytest.mark.parametrize(("raw", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_these_words(raw: str | bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        parsed(raw)

    assert str(refused.value) == f"f.xml{words}"


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeff" + A,
        (DECLARED.format("UTF-8") + A).encode("utf-16"),
        (DECLARED.format("windows-1252") + A).encode("windows-1252"),
        one("A", "Réforme"),
        f"<result><query/>{A}</result>",
        document("<!-- -->", one("A", "Réforme"), "<iati-identifier/>"),
    ],
    ids=["byte order mark", "UTF-16 with a mark", "Windows-1252", "no wrapper", "another wrapper", "odd neighbours"],
)
def test_what_is_merely_unusual_is_read(raw: str | bytes) -> None:
    assert [(programme.id, programme.title) for _, programme in parsed(raw)] == [("A", "Réforme")]


def test_a_file_of_no_activities_is_no_error() -> None:
    assert parsed(document()) == []


WHOLE = (SAMPLES / "iati_2.03.xml").read_bytes()
PIECES = sorted({piece for piece in re.split(rb'(?<=[<>"\s])|(?=[<>"\s])', WHOLE) if piece.strip()})
PUT_IN = st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(b"")
MADE = ProgrammeRecords(FACTS, Rejects())


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(WHOLE)),
            st.integers(0, 40),
            st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(b""),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_file_with_anything_cut_out_or_put_in_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    raw, rejects, said = WHOLE, Rejects(), "f.xml"
    for at, size, piece in changes:
        raw = raw[:at] + piece + raw[at + size :]

    try:
        found = parsed(raw, rejects)
    except UnreadableFileError as error:
        said, found = str(error), []

    assert said.startswith("f.xml")
    for line, programme in found:
        for record in MADE.records(programme, "f.xml", line):
            record.check()
