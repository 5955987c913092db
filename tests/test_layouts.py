"""Tables of others as they publish them, with invented grades: what is taken, what is passed over, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Record
from graph.store import Store
from ingest.dates import when
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.layouts.naphs import CostedLines
from ingest.load import load_paths
from ingest.recognise import Told, recognised
from ingest.registry import READERS
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.shipped import FACTS
from ingest.statements import FatfRow, TreatyRow, fatf_records
from ingest.tables import NO_VALUE, Grid, Table, grids
from ingest.world import World
from queries.explain import explain
from tests.helpers import ONE_ENGINE, write

WORLD = World.of(FACTS, Rejects())
FATF = "Jurisdiction,Report Type,Report Date,IO11,R.7\n"
TREATY = 'Participant,Signature,"Ratification, Accession(a), Succession(d)"\n'


def grid(path: Path, text: str) -> Grid:
    path.write_text(text, encoding="utf-8")
    (found,) = grids(path.name, lambda: path.open("rb"))
    return found


def taken(path: Path, text: str, dataset: str = "") -> tuple[dict[str, Record], Desk]:
    """The statements of a table by their keys without the data set, and the desk with what was refused."""
    table, reader = recognised(grid(path, text), Told(), path.with_name("none"))
    desk = Desk(dataset or path.name, WORLD, Rejects())
    found = [one for one in reader.read(table, desk) if one.label == "Statement"]
    return {one.key.partition(" (")[0]: one for one in found}, desk


def refused(desk: Desk) -> list[tuple[str, str]]:
    return [(one.line, one.reason) for one in desk.rejects.found]


def test_fatf_ratings_are_of_their_report_and_effects_of_the_evaluation_before_it(tmp_path: Path) -> None:
    text = f"{FATF}" + '"Hong Kong, China",MER,Sep-2019,SE,LC\nTürkiye,MER+FURs,May 2022,ME,PC\n'

    found, desk = taken(tmp_path / "ratings.csv", text)

    assert not desk.rejects.found
    assert {key: one.properties["text"] for key, one in found.items()} == {
        "HKG/FATF IO.11/2019-09": "FATF IO.11: SE, 2019-09",
        "HKG/FATF R.7/2019-09": "FATF R.7: LC, 2019-09",
        "TUR/FATF IO.11/by 2022-05": "FATF IO.11: ME, by 2022-05",
        "TUR/FATF R.7/2022-05": "FATF R.7: PC, 2022-05",
    }
    assert found["TUR/FATF R.7/2022-05"].line == "ratings.csv:3"
    assert [found[key].properties["reading"] for key in sorted(found)][:2] == ["in place", "in place"]


def test_a_grade_that_is_none_leaves_out_its_cell_and_a_row_without_state_or_date_is_refused(tmp_path: Path) -> None:
    rows = "Kenya,MER,2022-09,C,LC\nUtopia,MER,2022,LE,LC\nGhana,MER,,LE,LC\nEuropean Union,MER,2022,LE,LC\n"

    found, desk = taken(tmp_path / "ratings.csv", FATF + rows + "Chad,,2022,–,\n")

    assert set(found) == {"KEN/FATF R.7/2022-09"}
    (line, grade), (utopia, name), (ghana, dated) = refused(desk)
    assert (line, utopia, ghana) == ("2", "3", "4")
    assert "has no grade 'C' on the scale 'FATF effectiveness'; there are: HE, SE, ME, LE" in grade
    assert "'Utopia' is no State" in name
    assert dated == "the row has no date"
    assert desk.rejects.rows == 2
    assert desk.rejects.notes["rows about a region or organisation, no State (European Union)"] == 1
    assert desk.rejects.notes["cells that are blank: nothing is said there"] == 2


def test_no_data_blank_and_zero_are_three_things(tmp_path: Path) -> None:
    text = "Country\tC.4.2\tC.11.1\nKenya\t0\t60\nGhana\tno data\t0.8\nChad\t\t100\n"

    found, desk = taken(tmp_path / "spar_2022.tsv", text)

    said = {key: (one.properties["grade"], one.properties["reading"]) for key, one in found.items()}
    assert said == {
        "KEN/SPAR C.4.2/2/2022": ("0 of 100", "incomplete"),
        "KEN/SPAR C.11.1/2/2022": ("60 of 100", "incomplete"),
        "GHA/SPAR C.4.2/2/2022": ("no data", "unknown"),
        "TCD/SPAR C.11.1/2/2022": ("100 of 100", "in place"),
    }
    assert {one.properties["kind"] for one in found.values()} == {"self_assessment"}
    assert refused(desk) == [
        ("3", "'0.8' looks like a share of 1: write 80 in the place of 0.8; the row was taken without it")
    ]
    assert desk.rejects.notes["cells that are blank: nothing is said there"] == 1


@pytest.mark.parametrize(
    ("points", "reading"),
    [("0", "incomplete"), ("49.9", "incomplete"), ("50", "incomplete"), ("99.9", "incomplete"), ("100", "in place")],
)
def test_points_of_an_index_read_by_their_range_and_keep_their_value(tmp_path: Path, points: str, reading: str) -> None:
    text = f"Country,Year,1.3.1a) Records,1.4.1a) Law,OVERALL SCORE\nKenya,2021,{points},100,34\n"

    found, desk = taken(tmp_path / "index.csv", text)

    one = found["KEN/GHS 1.3.1a/2021"].properties
    assert (one["kind"], one["grade"], one["reading"]) == ("index", f"{points} of 100", reading)
    assert one["observed_at"] == date(2021, 12, 31)
    assert desk.rejects.notes["columns: indicators that bear on none of the themes were passed over"] == 1


def test_the_same_code_means_another_thing_in_another_edition(tmp_path: Path) -> None:
    text = "iso3,indicator,value,year\n" + "\n".join(
        ["KEN,JEE1_P.6.1,3,2017", "KEN,JEE3_P.6.1,3,2024", "KEN,JEE3_P.7.1,4,2024", "KEN,JEE_P.7.1,4,2024",
         "KEN,SPAR_C.4.2,60,2019", "KEN,SPAR_C.4.2,60,2022", "KEN,JEE2_P.6.1,6,2019", "KEN,HDI,0.5,2019"]
    )  # fmt: skip

    found, desk = taken(tmp_path / "scores.csv", text)

    assert list(found) == ["KEN/JEE P.6.1/1/2017", "KEN/JEE P.7.1/3/2024", "KEN/SPAR C.4.2/2/2022"]
    assert desk.rejects.notes["indicators that bear on none of the themes were passed over"] == 3
    (edition, grade) = refused(desk)
    assert edition == ("5", "the edition of the tool has to be told: JEE1_, JEE2_ or JEE3_ before the code")
    assert grade[0] == "8"


def test_costs_of_a_plan_are_needs_that_the_state_states(tmp_path: Path) -> None:
    told = 'NAPHS_COST_x,"Cost of 5-year plan, core capacity: Points of Entry"'
    text = (
        "state,iso3,indicator,indicator_text,value,year,note\n"
        f"Kenya,KEN,{told},1200 USD (2024),2024,= 1200 USD (2024)\n"
        f"Kenya,KEN,{told},many USD,2024,= 1200 USD (2024)\n"
        f"Fiji,FJI,{told},1200 USD (2024),2024,= 1200 USD (2024)\n"
    )

    found, desk = taken(tmp_path / "costs.csv", text)

    (key, one), *others = found.items()
    assert (key, others) == ("KEN/plan: Points of Entry/PLAN/KEN/naphs", [])
    assert one.properties["kind"] == "stated_need"
    assert "1,200 USD for Points of Entry" in str(one.properties["text"])
    assert [line for line, _ in refused(desk)] == ["3", "4"]
    assert "no plan of this State is known" in refused(desk)[1][1]


def rows_of(instrument: str, until: date) -> str:
    """A list with all who by the facts that ship had joined by then."""
    parties = [
        row for _, row in read(FACTS / "treaties.csv", TreatyRow, Rejects())
        if row.instrument == instrument and row.valid_from and row.valid_from.latest and row.valid_from.latest <= until
    ]  # fmt: skip
    return "".join(f"{row.party},,{row.valid_from.text} a\n" for row in parties if row.valid_from)


def test_a_whole_list_names_those_who_are_no_parties(tmp_path: Path) -> None:
    whole = rows_of("cwc", date(2026, 2, 3))
    text = TREATY + whole + "Israel,13 Jan 1993,\nEuropean Union,,1 Jan 2000 A\nCook Islands 1,,\n"

    found, desk = taken(tmp_path / "26-3_2026-02-03.csv", text)

    assert not desk.rejects.found
    negative = {
        key: str(one.properties["note"]) for key, one in found.items() if one.properties["reading"] == "no entry"
    }
    assert negative["ISR/CWC/2026-02-03"] == "signed 1993-01-13, not party in the source; the list is of 2026-02-03"
    assert negative["PRK/CWC/2026-02-03"].startswith("not named in the source; the list names all participants")
    assert "VAT/CWC/2026-02-03" in found, "an observer State that is on the list"
    assert "PSE/CWC/2026-02-03" in found


def test_of_those_who_are_not_on_a_list_that_is_cut_or_broken_nothing_is_said(tmp_path: Path) -> None:
    cut, desk = taken(tmp_path / "cwc-2026-02.csv", f"{TREATY}Kenya,15 Jan 1993,25 Apr 1997\n")

    assert {one.properties["reading"] for one in cut.values()} == {"in place"}
    assert cut["KEN/CWC/2026-02"].properties["valid_from"] == date(1997, 4, 25)
    (note,) = desk.rejects.notes
    assert note.startswith("cwc: nothing is said of States that are not on the list, as ")

    broken, desk = taken(
        tmp_path / "26-3_2026-02-03.csv",
        f"{TREATY}{rows_of('cwc', date(2026, 2, 3))}Utopia,,\nChad,,soon\nMali,,3 Feb 2027\n",
    )

    assert {one.properties["reading"] for one in broken.values()} == {"in place"}
    reasons = [reason for _, reason in refused(desk)]
    assert reasons[1:] == [
        "'soon' is no date with the letter of an act, such as 24 Sep 2003 a",
        "'3 Feb 2027' is later than the list, which is of 2026-02-03",
    ]


def test_a_party_that_withdrew_is_one_until_then(tmp_path: Path) -> None:
    header = 'Participant,Treaty,Signature,"Ratification, Accession(a)",Withdrawal,Status as at'
    text = f"{header}\nKenya,CTBT,,30 Nov 2000,2 Mar 2024,2026\n"

    found, _ = taken(tmp_path / "list.csv", text)

    one = found["KEN/CTBT/2026"].properties
    assert (one["valid_from"], one["valid_to"], one["holds_until"]) == (
        date(2000, 11, 30), date(2024, 3, 2), date(2024, 3, 2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("parties_2026.csv", "does not say of which treaty it is: name the file after its chapter"),
        ("26-3.csv", "does not say of which day it is: put the date into the file's name"),
        ("cwc_2025-01_2026-02.csv", "does not say of which day it is"),
    ],
)
def test_a_list_of_an_unknown_treaty_or_day_is_refused_as_a_whole(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        taken(tmp_path / name, f"{TREATY}Kenya,15 Jan 1993,25 Apr 1997\n")


def test_the_name_of_the_data_set_can_say_what_that_of_the_file_does_not(tmp_path: Path) -> None:
    found, _ = taken(tmp_path / "list.csv", f"{TREATY}Kenya,,25 Apr 1997\n", "CPPNM Amendment as of 2026-02")

    assert set(found) == {"KEN/CPPNM Amendment/2026-02"}


@pytest.mark.parametrize(
    "kind", ["ghs-index", "spar", "fatf-ratings", "indicator-table", "costed-plan", "treaty-collection"]
)
def test_a_table_that_is_called_a_layout_which_it_is_not_is_refused(tmp_path: Path, kind: str) -> None:
    table = grid(tmp_path / "other.csv", "a,b\n1,2\n").table()

    with pytest.raises(UnreadableFileError, match="lacks columns that this layout has"):
        list(READERS[kind].read(table, Desk("other", WORLD, Rejects())))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("29 Dec 2005", "2005-12-29"), ("Dec-2018", "2018-12"), ("Dec-18", "2018-12"), ("3 February 2025", "2025-02-03"),
     ("2018", "2018"), ("2018-12-01 00:00:00", "2018-12-01"), ("06/2021", "2021-06")],
)  # fmt: skip
def test_dates_are_read_as_tables_write_them(written: str, read_as: str) -> None:
    assert when(written).text == read_as


def test_what_is_no_date_is_told_with_what_would_be_one() -> None:
    with pytest.raises(ValueError, match="'soon' is no date such as 2026-05-04"):
        when("soon")


HEADERS = {
    "ghs-index": ("Country", "Year", "1.3.1a) Records", "1.4.1a) Law"),
    "spar": ("Country", "Year", "C.4.2", "C.11.1"),
    "fatf-ratings": ("Jurisdiction", "Report Date", "MER date", "R.7", "IO.11"),
    "indicator-table": ("iso3", "indicator", "indicator_text", "value", "year", "note"),
    "costed-plan": ("iso3", *CostedLines.columns),
    "treaty-collection": ("Participant", "Treaty", "As at", "Signature", "Accession(a)", "Withdrawal"),
}
WORDS = (
    "", "Kenya", "KEN", "Chad", "World", "2024", "2024-02", "3 Feb 2024 a", "no data", "100", "-1", "nan", "1e9", "LC",
    "HE", "JEE2_P.6.1", "NAPHS_COST_x", "Cost of 5-year, core capacity: Points of Entry", "1 USD (2024)",
    "= 1 USD (2024)", "CWC", "Points of Entry", "0000", "9999", "NaN USD (2024)", NO_VALUE,
)  # fmt: skip


WHO = st.sampled_from(("Kenya", "KEN", "Chad", "Niue", "World", "")) | st.text(max_size=8)
CELLS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), min_size=5, max_size=10)


@pytest.mark.parametrize("layout", HEADERS)
@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.builds(lambda who, rest: [who, *rest], WHO, CELLS), max_size=4))
def test_whatever_stands_in_the_cells_each_row_is_taken_or_told(layout: str, cells: list[list[str]]) -> None:
    header = HEADERS[layout]
    rows = [(str(line), dict(zip(header, row, strict=False))) for line, row in enumerate(cells, start=2)]
    desk = Desk("mine", WORLD, Rejects())

    found = list(READERS[layout].read(Table("list", "", header, "1", lambda: iter(rows)), desk))

    lines = {one.line.rpartition(":")[2] for one in found} | {one.line for one in desk.rejects.found}
    assert len(rows) <= len(lines) + sum(desk.rejects.notes.values())


@ONE_ENGINE
def test_sources_that_disagree_both_stay_and_a_newer_table_of_one_data_set_supersedes(
    scratch: Store, tmp_path: Path
) -> None:
    known = (
        Record("State", "SLE", {"name": "Sierra Leone"}),
        Record("Theme", "proliferation-finance", {"name": "Finance"}),
        Record("Source", "fatf-ratings", {"title": "Ratings"}),
    )
    write(scratch, known)
    shipped = FatfRow(
        party="SLE", indicator="R.7", grade="NC", year=2025, observed="2025-11", source="fatf-ratings", line="1"
    )
    write(scratch, fatf_records([("1", shipped)], WORLD), "fatf")
    file = tmp_path / "ratings.csv"

    file.write_text(f"{FATF}Sierra Leone,FUR,2026-03,,PC\n")
    (first,) = load_paths(scratch, [file], "mine")
    file.write_text(f"{FATF}Sierra Leone,FUR,2026-09,,LC\n")
    (second,) = load_paths(scratch, [file], "mine")

    assert (first.error, second.error, second.counts.new, second.counts.gone) == ("", "", 1, 1)
    (row,) = explain(scratch, "SLE", "proliferation-finance", as_of=date(2026, 11, 22)).rows
    assert [(one.text, one.reading, one.here[0].dataset, one.here[0].line) for one in row.statements] == [
        ("FATF R.7: LC, 2026-09", "in place", "mine", "ratings.csv:2"),
        ("FATF R.7: NC, 2025-11", "incomplete", "fatf", "1"),
    ]
    assert (row.reading, row.conflict) == ("incomplete", True)
    old = scratch.ask("MATCH (s:Statement) WHERE s.retired IS NOT NULL RETURN s.text AS text, s.grade AS grade")
    assert old == [{"text": "FATF R.7: PC, 2026-03", "grade": "PC"}]
