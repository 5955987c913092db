"""Writes a draft as DOCX: real styles, captions, tables with repeated header rows, numbered references."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from documents import word_parts as parts
from documents.form import (
    Blank,
    Block,
    Bullets,
    Cite,
    Draft,
    Heading,
    Line,
    Paragraph,
    Piece,
    Table,
    inline,
    numbers_of,
    plain,
    reference,
    web_address,
)
from documents.word_styles import BLANK, CAPTION, MARK, REFERENCE, TABLE, TABLE_GAP, TABLE_TEXT, prepare

# A4 with margins of 25 mm.
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 210, 297, 25
# Word takes no longer core properties.
_LONGEST_PROPERTY = 255


def to_docx(draft: Draft) -> bytes:
    """The draft as the bytes of a DOCX file; the same draft makes the same text."""
    document = docx.Document()
    prepare(document)
    _page(document, draft)
    _properties(document, draft)
    numbers = draft.references()
    document.add_paragraph(plain(draft.title), style="Title")
    document.add_paragraph(plain(draft.mark), style=MARK)
    tables = 0
    for block in draft.blocks:
        tables += isinstance(block, Table)
        _block(document, block, numbers, tables)
    document.add_heading("To keep in mind", level=1)
    for caveat in draft.caveats:
        document.add_paragraph(plain(caveat), style="List Bullet")
    if numbers:
        document.add_heading("References", level=1)
        _references(document, draft)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Document, draft: Draft) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_PAGE_WIDTH), Mm(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(f"Draft of {draft.made.isoformat()}  ·  page ")
    parts.add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    parts.add_field(footer, "NUMPAGES", "1")


def _properties(document: Document, draft: Draft) -> None:
    properties = document.core_properties
    properties.title = plain(draft.title)[:_LONGEST_PROPERTY]
    properties.subject = plain(draft.subject)[:_LONGEST_PROPERTY]
    properties.author = "Light Footprint"
    properties.language = "en"
    properties.comments = plain(draft.mark)[:_LONGEST_PROPERTY]
    properties.created = properties.modified = datetime.combine(draft.made, time())


def _block(document: Document, block: Block, numbers: Mapping[str, int], table: int) -> None:
    if isinstance(block, Heading):
        document.add_heading(plain(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        _write(document.add_paragraph(style=MARK if block.note else None), block.line, numbers)
    elif isinstance(block, Bullets):
        for line in block.lines:
            _write(document.add_paragraph(style="List Bullet"), line, numbers)
    else:
        _table(document, block, numbers, table)


def _write(paragraph: WordParagraph, line: Line, numbers: Mapping[str, int]) -> None:
    for piece in line:
        _piece(paragraph, piece, numbers)


def _piece(paragraph: WordParagraph, piece: Piece, numbers: Mapping[str, int]) -> None:
    if isinstance(piece, Blank):
        paragraph.add_run(str(piece), style=BLANK)
    elif isinstance(piece, Cite):
        for place, number in enumerate(numbers_of(piece, numbers)):
            if place:
                paragraph.add_run(" ")
            parts.add_link_inside(paragraph, f"[{number}]", _bookmark(number))
    else:
        paragraph.add_run(inline(piece))


def _table(document: Document, block: Table, numbers: Mapping[str, int], number: int) -> None:
    caption = document.add_paragraph("Table ", style=CAPTION)
    parts.add_field(caption, "SEQ Table \\* ARABIC", str(number))
    caption.add_run(f". {plain(block.caption)}")
    table = document.add_table(rows=1, cols=len(block.header), style=TABLE)
    table.autofit = False
    parts.repeat_as_header(table.rows[0])
    for cell, name in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].style = document.styles[TABLE_TEXT]
        cell.paragraphs[0].add_run(plain(name))
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row in block.rows:
        cells = table.add_row().cells
        for cell, line in zip(cells, row, strict=True):
            cell.paragraphs[0].style = document.styles[TABLE_TEXT]
            _write(cell.paragraphs[0], line, numbers)
    width = _PAGE_WIDTH - 2 * _MARGIN
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Mm(width * share / sum(block.widths))
        for cell in column.cells:
            cell.width = column.width
    for row_of_table in table.rows:
        parts.keep_whole(row_of_table)
    # Word joins two tables that have no paragraph between them.
    document.add_paragraph(style=TABLE_GAP)


def _references(document: Document, draft: Draft) -> None:
    for number, source in enumerate(draft.sources(), start=1):
        paragraph = document.add_paragraph(style=REFERENCE)
        parts.add_bookmarked(paragraph, f"[{number}]", _bookmark(number), number)
        told = ". ".join(part.rstrip(".") for part in reference(source))
        paragraph.add_run(f"\t{told}. ")
        address = web_address(source)
        if address:
            parts.add_link_outside(paragraph, plain(address), address)
        else:
            paragraph.add_run(plain(source.url or "No address on the web."))


def _bookmark(number: int) -> str:
    return f"reference_{number}"
