"""The drafts, read back with python-docx and as Markdown: structure, references, blanks, and hostile text in data."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from documents.assistance import assistance_request
from documents.form import Blank, Bullets, Citations, Cite, Draft, Heading, Paragraph, Table, inline, plain, web_address
from documents.markdown import escaped, to_markdown
from documents.plan import action_plan_draft
from documents.regional import regional_request
from documents.word import to_docx
from footprint import drafts
from graph.evidence import DISCLAIMER
from graph.store import Store
from queries.answer import Ref, Source
from queries.parameters import ParameterError
from tests.helpers import ONE_ENGINE

TODAY = date(2026, 11, 21)
_JUDGES = re.compile(r"non-?complian(?!ce)|\bviolat|\bfail(?:ed|ure|s)?\b|\bdeficien|\bweak", re.IGNORECASE)
_HOSTILE = (
    "=cmd|' /C calc'!A0 \x00\x07\x1b[31m <script>alert(1)</script> [x](javascript:x) \u202egnp.exe\u202c \ud800 &lt; "
    "| *b* "
    "https://example.invalid www.example.invalid `c` \n# no heading\r\n- no list مرحبا"
)


def source(number: int, title: str = "", url: str | None = "https://example.org/a") -> Source:
    return Source(id=f"s{number}", title=title or f"Invented source {number}", publisher="P", date="2020", url=url)


def small(text: str = "Plain words.") -> Draft:
    """A draft with one of everything; the second source is cited before the first."""
    second = source(2, text, "javascript:x")
    return Draft(
        title=f"Draft: {text}", subject=text, made=TODAY, mark=f"Mark {text}",
        blocks=(
            Heading(text), Paragraph((text, " ", Cite((second,)))),
            Bullets(((text, " ", Blank(text)), ("2. two",))),
            Table(text, ("A", "B"), (((text,), (Cite((source(1), second)),)), (("=1+1",), (Blank("who"),))), (1, 2)),
        ),
        caveats=(DISCLAIMER,),
    )  # fmt: skip


def opened(draft: Draft) -> Document:
    return docx.Document(BytesIO(to_docx(draft)))


def text_of(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def check(draft: Draft) -> Document:
    """What holds of every draft."""
    document = opened(draft)
    text, body = text_of(document), document.element.body
    styles = [one.style.name for one in document.paragraphs if one.style]
    assert styles[:2] == ["Title", "Draft Mark"]
    assert {"Heading 1", "Caption", "List Bullet"} <= set(styles)
    for table in document.tables:
        assert table.style is not None
        assert table.style.name == "Draft Table"
        assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [True] + [
            False
        ] * (len(table.rows) - 1)
        assert all(cell.text for cell in table.rows[0].cells)
    listed = [one.text for one in document.paragraphs if one.style and one.style.name == "Reference"]
    assert [one.split("\t")[0] for one in listed] == [f"[{number}]" for number in range(1, len(listed) + 1)]
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert anchors == {f"reference_{number}" for number in range(1, len(listed) + 1)}
    assert {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))} == anchors
    filled = [one for one in body.iter(qn("w:rStyle")) if one.get(qn("w:val")) == "ToBeFilled"]
    assert len(filled) == draft.blanks() > 0
    assert DISCLAIMER in text
    assert "Draft" in draft.title
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    fields = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.core_properties.title == plain(draft.title)[:255]
    assert document.core_properties.subject
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    return document


# Without a graph -------------------------------------------------------------------------------------------------


def test_a_small_draft_reads_back() -> None:
    document = check(small())

    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"] == [
        "Plain words.", "To keep in mind", "References",
    ]  # fmt: skip
    assert document.tables[0].rows[1].cells[1].text == "[1] [2]"
    assert [one.text for one in document.tables[0].rows[2].cells] == ["=1+1", "[to be filled: who]"]
    references = [one.text for one in document.paragraphs if one.style and one.style.name == "Reference"]
    assert references[0] == "[1]\tPlain words. P. 2020. javascript:x"
    assert references[1] == "[2]\tInvented source 1. P. 2020. https://example.org/a"
    assert to_docx(small())[:2] == b"PK"


def test_hostile_text_does_not_break_the_docx() -> None:
    document = check(small(_HOSTILE))
    text = text_of(document)

    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\ud800-\udfff]", text.replace("\n", "").replace("\t", ""))
    assert "<script>alert(1)</script>" in text
    assert "مرحبا" in text
    targets = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert targets == {"https://example.org/a"}


def test_hostile_text_stays_text_in_markdown() -> None:
    text = to_markdown(small(_HOSTILE))

    assert re.findall(r"(?<!\\)<(?!https://example\.org/a>)", text) == []
    assert re.findall(r"(?<!\\)[\[\]`*]", text.replace("**", "").replace("\n*Mark", "\nMark").replace("\\[", "")) in (
        [], ["*"],
    )  # fmt: skip
    assert "https://example.invalid" not in text
    assert "www.example" not in text
    assert not re.search(r"^# no heading|^- no list", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [3, 3, 3]


def test_long_titles_and_empty_ones() -> None:
    long = small("word " * 5000)
    document = check(long)

    assert len(document.paragraphs[0].text) < 1300
    assert len(document.core_properties.title) == 255
    assert (plain(""), inline(" a "), inline(" "), plain("a\u200bb\u2028c")) == ("", " a ", " ", "ab c")
    assert escaped("1. one") == "1. one"
    assert "- 2\\. two" in to_markdown(small())
    with pytest.raises(ValueError, match="has 2 columns"):
        Table("x", ("A", "B"), ((("a",),),), (1, 2))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True), ("javascript:alert(1)", False), ("https://e.org/<b>", False),
        (None, False),
        ("https://e.org/a b", False), ("ftp://e.org", False), ("HTTPS://e.org/\u202ea", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None, kept: bool) -> None:
    assert (web_address(source(1, url=url)) is not None) is kept


def test_citations_are_of_the_records_asked_for() -> None:
    cited = Citations({("Offer", "O"): (source(1),), ("Statement", "S"): (source(1), source(2))})

    assert cited.of(Ref(type="Offer", id="S")) == ()
    both = cited.of(Ref(type="Offer", id="O"), Ref(type="Statement", id="S"))
    assert both == (" ", Cite((source(1), source(2))))


# On the shipped facts --------------------------------------------------------------------------------------------


@ONE_ENGINE
def test_a_regional_request_of_caricom(shipped: Store) -> None:
    draft, why = regional_request(shipped, "CARICOM", themes=["proliferation-finance"], as_of=TODAY)
    document = check(draft)
    text = text_of(document)

    assert why.startswith("the first of") or why.startswith("the only grouping")
    assert f"How this group was chosen: {why}" in text
    assert "The 10 members of Caribbean Community in whose name the request would be made: Antigua and Barbuda" in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["State", "As the source writes it", "Speaks of", "Source"]
    assert ["Antigua and Barbuda", "FATF R.7: PC", "2021-11"] in [row[:3] for row in rows]
    codes = {row.cells[0].text: row.cells[1].text for row in document.tables[1].rows}
    assert codes["FATF R.7: PC"] == "The assessor found part of the standard and asked for more."
    assert "[to be filled: point of contact of Caribbean Community]" in text
    assert "for Caribbean Community and the States named to change" in text
    assert not _JUDGES.search(text)
    assert to_markdown(draft).count("[to be filled") == draft.blanks() + 1


@ONE_ENGINE
def test_a_regional_request_of_states_as_named(shipped: Store) -> None:
    draft, why = regional_request(
        shipped, None, states=["SLE", "Guinea", "LBR"], themes=["border-control"], as_of=date(2020, 1, 1)
    )
    text = text_of(check(draft))

    assert why == "the 3 States and the subject were named by whoever made the draft."
    assert draft.title == "Draft regional request for assistance: Guinea, Liberia and Sierra Leone"
    assert "Border control: what sources recorded" in text
    assert "as known of 2020-01-01" in text
    wrongs: tuple[list[str], ...] = (["SLE"], [], ["SLE", "Atlantis"])
    for states in wrongs:
        with pytest.raises(ParameterError):
            regional_request(shipped, None, states=states)


@ONE_ENGINE
def test_a_request_of_barbados(shipped: Store) -> None:
    draft, why = assistance_request(shipped, "BRB", themes=["border-control", "prohibitions-nuclear"], as_of=TODAY)
    document = check(draft)
    fields = [[row.cells[0].text for row in table.rows] for table in document.tables]

    assert why == "the subject areas named with --theme."
    assert fields[0][1:] == [
        "Requesting State", "Date of the request", "Point of contact: name and title", "Point of contact: institution",
        "Point of contact: telephone, e-mail", "Visibility",
    ]  # fmt: skip
    assert fields.count(["Field", "Subject area", "Weapon type", "Kind of help", "Time-frame"]) == 2
    headings = [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings[1:6] == [
        "Subject area 1: Border control", "Specific needs", "What exists already", "Preferred partners",
        "Parallel requests",
    ]  # fmt: skip
    text = text_of(document)
    assert "Nuclear [to be filled: confirm or change]" in text
    assert "Specific needs: [to be filled: in the State's own words, as exactly as possible]" in text
    assert not _JUDGES.search(text)
    # Of the caveats, those on what the forms show; none on courses, pools or priorities of a plan.
    told = " ".join(draft.caveats)
    assert "A partner that is not listed may well help" in told
    assert not any(word in told for word in ("course", "priorit", "Pools", "opportunit", "Unknown, as"))


@ONE_ENGINE
def test_an_action_plan_of_the_philippines(shipped: Store) -> None:
    draft, _ = action_plan_draft(shipped, "PHL", priorities=["biosafety-biosecurity"], as_of=TODAY)
    document = check(draft)
    text = text_of(document)

    courses = next(table for table in document.tables if table.rows[0].cells[0].text == "Course")
    assert [row.cells[0].text for row in courses.rows][1:3] == ["A", "B"]
    assert "1. Biosafety and biosecurity" in text
    assert "Decision: [to be filled: which course or courses, or another]" in text
    assert " --" not in text
    assert not _JUDGES.search(text)


@ONE_ENGINE
def test_a_plan_on_a_day_of_which_no_source_speaks_tells_opportunities(shipped: Store) -> None:
    draft, why = action_plan_draft(shipped, "SLE", as_of=date(2009, 10, 1))
    text = text_of(check(draft))

    assert why.startswith("the themes that programmes under way or offers open, as no source held here records")
    assert "An opportunity: no source held here speaks of something to be done on this, which is no gap." in text
    assert any("What is unknown is no gap." in one for one in draft.caveats)
    named, _ = action_plan_draft(shipped, "SLE", priorities=["border-control"], as_of=date(2009, 10, 1))
    assert not any("opportunity" in one for one in named.caveats)
    assert not _JUDGES.search(text)


def test_a_file_with_changes_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "draft.docx"
    out.write_bytes(b"changed by hand")
    for wrong in (out, tmp_path / "draft.pdf", tmp_path / "none" / "draft.md"):
        with pytest.raises(ParameterError):
            drafts.regional("CARICOM", out=wrong)
    assert out.read_bytes() == b"changed by hand"
