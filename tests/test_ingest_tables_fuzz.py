"""Tables of any content: what was written is read again, and broken files end in `UnreadableFileError` alone."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ingest.files import UnreadableFileError
from ingest.tables import Grid, grids
from tests.test_ingest_tables import HEADER, as_excel, cell, opener, read, with_parts, xlsx

FEW = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORKBOOK = as_excel(
    "<si><t>Utopia</t></si>", f'{HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>46146</v></c></row>'
)
with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}


def cleaned(text: str) -> str:
    """What the description of the reader promises of a cell, said in another way."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spaced = [" ".join(f".{line}.".replace("\ufeff", " ").split())[1:-1] for line in lines]
    return "\n".join(spaced).strip()


def printable(text: str) -> bool:
    return not ILLEGAL_CHARACTERS_RE.search(text)


# Letters of several scripts, signs that CSV and workbooks take for more than a letter, and blanks of every kind.
CHARACTERS = st.sampled_from("aZ9éßЖ中ا𝄞 ,;|\t\"'\n\r=+-@_x<&>\u00a0\u2003\u2028\ufeff#\\/{}") | st.characters(
    codec="utf-8", exclude_characters="\0"
)
CELLS = st.text(CHARACTERS, max_size=12).filter(printable)
# A first row whose cells are all filled and differ is the header beyond doubt.
HEADERS = st.lists(
    st.text(CHARACTERS, min_size=1, max_size=6).filter(printable).filter(lambda text: bool(cleaned(text))),
    min_size=2, max_size=4, unique_by=lambda text: " ".join(cleaned(text).split()).casefold(),
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    header = draw(HEADERS)
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    return [header, *draw(st.lists(row, max_size=4))]


def expected(written: list[list[str]]) -> list[list[str]]:
    header, *rows = ([cleaned(text) for text in row] for row in written)
    return [[" ".join(name.split()) for name in header], *(row for row in rows if any(row))]


def given_back(grid: Grid) -> list[list[str]]:
    table = grid.table()
    return [list(table.header), *([cells[name] for name in table.header] for _, cells in table.rows())]


@FEW
@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_as_csv_is_read_again(rows: list[list[str]], delimiter: str, encoding: str, end: str) -> None:
    text = io.StringIO(newline="")
    text.write(f"sep={delimiter}{end}")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)

    (grid,) = grids("f.csv", opener(text.getvalue().encode(encoding)))

    assert given_back(grid) == expected(rows)


@FEW
@given(tables(), st.sampled_from(",;\t|"))
def test_a_delimiter_that_no_cell_holds_is_found_without_being_named(rows: list[list[str]], delimiter: str) -> None:
    plain = [["".join(sign for sign in text if sign not in ',;\t|"\n\r') for text in row] for row in rows]
    plain[0] = [f"{text}{number}" for number, text in enumerate(plain[0])]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(plain)

    (grid,) = grids("f.csv", opener(text.getvalue().encode()))

    assert given_back(grid) == expected(plain)


@FEW
@given(tables())
def test_what_is_written_as_a_workbook_is_read_again(rows: list[list[str]]) -> None:
    # A text that begins so is a formula to whoever writes it.
    as_text = [[text.replace("=", "-") for text in row] for row in rows]

    (grid,) = grids("f.xlsx", opener(xlsx([list(row) for row in as_text])))

    assert given_back(grid) == expected(as_text)


@settings(FEW, max_examples=120)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b'a,"b\n', b"sep=;\n"])
)
@example(b"", b"")
def test_no_bytes_as_csv_end_in_anything_else(content: bytes, begin: bytes) -> None:
    for name in ("f.csv", "f.tsv"):
        with suppress(UnreadableFileError):
            read(name, begin + content)
        with suppress(UnreadableFileError):
            [list(grid.sideways().rows()) for grid in grids(name, opener(begin + content))]


@FEW
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]))
def test_no_bytes_as_a_workbook_end_in_anything_else(content: bytes, begin: bytes) -> None:
    with suppress(UnreadableFileError):
        read("f.xlsx", begin + content)


@settings(FEW, max_examples=100)
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_no_damage_to_the_archive_ends_in_anything_else(at: int, bytes_: bytes, cut: bool) -> None:
    damaged = WORKBOOK[:at] + bytes_ + (b"" if cut else WORKBOOK[at + len(bytes_) :])

    with suppress(UnreadableFileError):
        read("f.xlsx", damaged)


@settings(FEW, max_examples=120)
@given(st.data())
def test_no_damage_to_the_xml_ends_in_anything_else(data: st.DataObject) -> None:
    read_parts = [name for name in PARTS if "docProps" not in name and "theme" not in name]
    name = data.draw(st.sampled_from(read_parts))
    part = PARTS[name]
    at = data.draw(st.integers(0, len(part) - 1))
    # Pieces that leave the XML in order reach further than random bytes do.
    pieces = [
        b"",
        b"<x/>",
        b'"',
        b"</",
        b"9" * 30,
        b"-",
        b" r='Z'",
        b"&lt;",
        b"\xff",
        b"s",
        b"1e999",
        b"<c/>",
        b"<v>",
        b"x",
    ]
    piece = data.draw(st.sampled_from(pieces))
    length = data.draw(st.integers(0, 12))

    with suppress(UnreadableFileError):
        read("f.xlsx", with_parts(WORKBOOK, {name: part[:at] + piece + part[at + length :]}))


@settings(FEW, max_examples=60)
@given(
    st.sampled_from(["n", "s", "b", "d", "e", "str", "inlineStr", "x", ""]),
    st.sampled_from(["0", "1", "-1", "7", "x", ""]),
    st.text("0123456789.eE+-naifxT:", max_size=12) | st.floats().map(str) | st.integers().map(str),
)
@example("n", "1", "1e300")
@example("b", "0", "2.5")
def test_no_cell_ends_in_anything_else(kind: str, style: str, value: str) -> None:
    with suppress(UnreadableFileError):
        read("f.xlsx", cell(f'r="B2" t="{kind}" s="{style}"', f"<v>{value}</v>"))
