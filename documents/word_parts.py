"""Parts of a DOCX that python-docx has no call for: fields, links, bookmarks, header rows (ECMA-376, part 1)."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_LINK = "Hyperlink"


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:fldChar` with attributes in the same namespace."""
    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word computes, such as `PAGE`; `shown` stands until it does."""
    for type_, child in (("begin", None), (None, "instrText"), ("separate", None), (None, "t"), ("end", None)):
        run = paragraph.add_run()._r
        if type_:
            run.append(element("w:fldChar", fldCharType=type_))
            continue
        text = element(f"w:{child}")
        text.text = instruction if child == "instrText" else shown
        run.append(text)


def add_link_inside(paragraph: Paragraph, text: str, bookmark: str) -> None:
    """A link to a bookmark of the same document."""
    link = element("w:hyperlink", anchor=bookmark, history="1")
    link.append(_run(paragraph, text, None))
    paragraph._p.append(link)


def add_link_outside(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to an address on the web."""
    link = element("w:hyperlink", history="1")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(_run(paragraph, text, _LINK))
    paragraph._p.append(link)


def add_bookmarked(paragraph: Paragraph, text: str, bookmark: str, number: int) -> None:
    """Text that links can point to."""
    paragraph._p.append(element("w:bookmarkStart", id=str(number), name=bookmark))
    paragraph._p.append(_run(paragraph, text, None))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def _run(paragraph: Paragraph, text: str, style: str | None) -> Any:
    made: Any = OxmlElement("w:r")
    run = Run(made, paragraph)
    run.text = text
    if style:
        run.style = style
    return made


def repeat_as_header(row: _Row) -> None:
    """The row is repeated on every page that the table runs over."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """The row does not break over a page."""
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))
