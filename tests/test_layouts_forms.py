"""The forms for grades of indicators and for parties to treaties, with invented rows."""

from __future__ import annotations

from pathlib import Path

from graph.records import Record
from ingest.desk import Desk
from ingest.registry import FORMS
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.tables import grids
from ingest.world import World

WORLD = World.of(FACTS, Rejects())
HEADER = "State,Indicator,Edition,Grade,Date,Themes,Obligations,Kind of evidence,Reads,Reason,Visibility\n"


def taken(path: Path, kind: str, text: str) -> tuple[dict[str, Record], list[tuple[str, str, str]]]:
    path.write_text(text, encoding="utf-8")
    (grid,) = grids(path.name, lambda: path.open("rb"))
    desk = Desk("mine", WORLD, Rejects())
    found = [one for one in FORMS[kind].read(grid.table(), desk) if one.label == "Statement"]
    return {one.key: one for one in found}, [(one.line, one.field, one.reason) for one in desk.rejects.found]


def test_indicators_of_the_table_read_as_it_says(tmp_path: Path) -> None:
    rows = (
        "Kenya,FATF R.7,,lc,2026-05,,,,,,\nKenya,JEE3 P.7.1,,4,2024-03,,,,,,\nKenya,JEE P.6.1,1,3,2017,,,,,,\n"
        "Kenya,SPAR C.4.2,,no data,2023,,,,,,\nKenya,GHS 1.3.1a,,33.3 of 100,2021,,,,,,committee\n"
    )

    found, refused = taken(tmp_path / "own.csv", "indicator", HEADER + rows)

    assert not refused
    assert {key: (one.properties["text"], one.properties["reading"]) for key, one in found.items()} == {
        "KEN/FATF R.7/2026-05 (mine)": ("FATF R.7: LC, 2026-05", "in place"),
        "KEN/JEE P.7.1/3/2024-03 (mine)": ("WHO joint external evaluation P.7.1: 4 of 5, 2024-03", "in place"),
        "KEN/JEE P.6.1/1/2017 (mine)": ("WHO joint external evaluation P.6.1: 3 of 5, 2017", "incomplete"),
        "KEN/SPAR C.4.2/2/2023 (mine)": ("Self-assessment for WHO C.4.2: no data, 2023", "unknown"),
        "KEN/GHS 1.3.1a/2021 (mine)": ("Global Health Security Index 1.3.1a: 33.3 of 100, 2021", "incomplete"),
    }
    assert found["KEN/GHS 1.3.1a/2021 (mine)"].properties["visibility"] == "committee"


def test_an_indicator_of_ones_own_says_itself_how_it_reads(tmp_path: Path) -> None:
    rows = (
        "Kenya,Port readiness (illustrative),,B,2026-01,maritime-port-security,OP3cd/1,assessment,incomplete,"
        "More was asked.,\n"
        "Kenya,Port readiness (illustrative),,C,2026-01,,,assessment,incomplete,More was asked.,\n"
        "Kenya,FATF R.7,,LC,2026-05,,,index,,,\n"
        "Kenya,JEE P.6.1,,4,2024-03,,,,,,\n"
        "Kenya,FATF IO.11,,C,2026-05,,,,,,\n"
    )

    found, refused = taken(tmp_path / "own.csv", "indicator", HEADER + rows)

    ((key, one),) = found.items()
    assert key == "KEN/Port readiness (illustrative)/2026-01 (mine)"
    assert one.properties["text"] == "Port readiness (illustrative): B, 2026-01"
    assert (one.properties["reading"], one.properties["reason"]) == ("incomplete", "More was asked.")
    assert {link.key for link in one.links if link.type == "ABOUT"} == {"KEN/maritime-port-security", "KEN/OP3cd/1"}
    assert [(line, field) for line, field, _ in refused] == [
        ("3", "Indicator"), ("4", "Indicator"), ("5", "Edition"), ("6", "Grade"),
    ]  # fmt: skip


def test_parties_are_taken_one_by_one(tmp_path: Path) -> None:
    text = (
        "State,Treaty,Status,Since,Until,Status as at\nKenya,CWC,party,1997-04-25,,2026-02\n"
        "Kenya,ICSANT,not listed,,,2026-02\nKenya,Ottawa,party,,,2026-02\nKenya,BWC,not listed,1976,,2026-02\n"
    )

    found, refused = taken(tmp_path / "parties.csv", "treaty", text)

    assert {key: one.properties["text"] for key, one in found.items()} == {
        "KEN/CWC/2026-02 (mine)": "CWC: party since 1997-04-25",
        "KEN/ICSANT/2026-02 (mine)": "ICSANT: not listed as party, 2026-02",
    }
    assert found["KEN/ICSANT/2026-02 (mine)"].properties["note"] == "the list is complete for 2026-02"
    assert [(line, field) for line, field, _ in refused] == [("4", "Treaty"), ("5", "Since")]
