"""The styles of the DOCX drafts: plain, dark on white, in a face that every office program has."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from documents.word_parts import element

BLANK, CAPTION, MARK, REFERENCE = "To Be Filled", "Caption", "Draft Mark", "Reference"
TABLE, TABLE_TEXT, TABLE_GAP = "Draft Table", "Table Text", "Table Gap"
_FACE, _LANGUAGE = "Arial", "en-GB"
_INK, _DIM, _BLUE = RGBColor(0x1F, 0x2A, 0x44), RGBColor(0x55, 0x5B, 0x66), RGBColor(0x1B, 0x4F, 0x9C)
_SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Caption": 9, "List Bullet": 10, "Normal": 10}
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="DraftTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="1F2A44"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F2A44"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C8CCD4"/>
  </w:tblBorders><w:tblCellMar>
    <w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E6EAF1"/></w:tcPr></w:tblStylePr>
</w:style>
"""


def prepare(document: Document) -> None:
    """Set language, faces and sizes, and add the styles that Word's template lacks."""
    styles = document.styles
    for name, size in _SIZES.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = _FACE, Pt(size)
        style.font.color.rgb = _INK if name.startswith(("Title", "Heading")) else RGBColor(0, 0, 0)
        # A heading of the template takes its face from the theme, which would win over the name.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        for key in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{key}"), _FACE)
    _language(document)
    normal, title, caption = styles["Normal"], styles["Title"], styles[CAPTION]
    assert isinstance(normal, ParagraphStyle)
    assert isinstance(title, ParagraphStyle)
    assert isinstance(caption, ParagraphStyle)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    title.paragraph_format.space_after = Pt(4)
    caption.font.bold, caption.font.color.rgb = True, _DIM
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(3)
    _added(document)
    styles.element.append(parse_xml(_TABLE_STYLE))


def _added(document: Document) -> None:
    """The styles of marks, references, text in tables, blanks and links."""
    mark = document.styles.add_style(MARK, WD_STYLE_TYPE.PARAGRAPH)
    reference = document.styles.add_style(REFERENCE, WD_STYLE_TYPE.PARAGRAPH)
    blank = document.styles.add_style(BLANK, WD_STYLE_TYPE.CHARACTER)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(mark, ParagraphStyle)
    assert isinstance(reference, ParagraphStyle)
    assert isinstance(blank, CharacterStyle)
    assert isinstance(link, CharacterStyle)
    for style in (mark, reference):
        style.base_style = document.styles["Normal"]
    for name, size, space in ((TABLE_TEXT, 9, 2), (TABLE_GAP, 5, 0)):
        text = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(text, ParagraphStyle)
        text.base_style = document.styles["Normal"]
        text.font.size = Pt(size)
        text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(space)
        text.paragraph_format.line_spacing = 1.0
    mark.font.italic, mark.font.color.rgb = True, _DIM
    reference.font.size = Pt(9)
    reference.paragraph_format.left_indent = Mm(10)
    reference.paragraph_format.first_line_indent = Mm(-10)
    reference.paragraph_format.tab_stops.add_tab_stop(Mm(10))
    reference.paragraph_format.space_after = Pt(3)
    # Word takes shading in a style, but no highlight.
    blank.element.get_or_add_rPr().append(element("w:shd", val="clear", color="auto", fill="FFF2A8"))
    link.font.color.rgb, link.font.underline = _BLUE, True


def _language(document: Document) -> None:
    """The language of all text, in the defaults of the styles."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults is not None
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))
