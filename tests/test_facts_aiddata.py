"""Programmes from the national aid databases that AidData released: what is kept, mended and left out."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ingest import dates
from ingest.facts import aiddata, sierra_leone
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.titles import TitleRules

IATI_ID = "US-501c3-522318905-SG-"


def rows(name: str = "programmes_aiddata") -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(id_: str) -> dict[str, str]:
    (found,) = (one for one in rows() if one["id"] == id_)
    return found


def test_every_activity_that_was_read_is_kept_or_counted_as_left_out(data: Path, tmp_path: Path) -> None:
    counts = aiddata.make(data, tmp_path)
    activities = sum(
        len(re.findall(r"<iati-activity\b", (data / "iati" / one.file).read_text(encoding="utf-8")))
        for one in aiddata.RELEASES
    )

    assert {one.file for one in aiddata.RELEASES} == {path.name for path in (data / "iati").glob("iati_*.xml")}
    assert counts["read in all"] == activities + 880
    left_out = sum(number for what, number in counts.items() if what.startswith("left out"))
    assert counts["programmes_aiddata.csv"] + left_out == counts["read in all"]
    assert counts["left out, touches a theme but has no start date"] >= 35
    assert "left out, the same id again" not in counts


def touching(path: Path) -> set[str]:
    """The ids in a file of IATI 2.03 with a start that touch a theme, found without the reader."""
    opens = {one["sector"] for one in rows("sector_themes")}
    rules = TitleRules.of(FACTS, Rejects())
    found = set()
    for one in ElementTree.parse(path).iter("iati-activity"):
        title = " ".join((one.findtext("title/narrative") or "").split())
        codes = {f"DAC/{sector.get('code')}" for sector in one.iter("sector")}
        if any(day.get("type") in ("1", "2") for day in one.iter("activity-date")) and (
            codes & opens or rules.links(title)
        ):
            found.add(one.findtext("iati-identifier") or "")
    return found


@pytest.mark.parametrize("source", ["aiddata-drc", "aiddata-iraq", "aiddata-somalia", "aiddata-timor-leste"])
def test_all_that_touches_a_theme_and_has_a_start_is_kept_and_nothing_else(source: str, data: Path) -> None:
    (release,) = (one for one in aiddata.RELEASES if one.source == source)

    kept = {one["id"] for one in rows() if one["source"] == source}

    assert len(kept) > 40
    assert kept == touching(data / "iati" / release.file)


def test_each_row_has_a_start_and_touches_a_theme() -> None:
    opens = {one["sector"] for one in rows("sector_themes")}
    rules = TitleRules.of(FACTS, Rejects())

    assert Counter(one["source"] for one in rows())["aiddata-sierra-leone"] > 200
    for one in rows():
        assert one["start"], one["id"]
        assert opens & set(one["sectors"].split("|")) or rules.links(one["title"]), one["id"]


def test_dates_can_be_and_no_end_comes_before_its_start() -> None:
    for one in rows():
        start = dates.parse(one["start"])
        assert start.earliest
        assert date(1950, 1, 1) <= start.earliest <= date(2016, 12, 31), one["id"]
        if one["end"]:
            end = dates.parse(one["end"])
            assert end.latest
            assert start.earliest <= end.latest <= date(2045, 12, 31), one["id"]
        else:
            assert not one["end_kind"], one["id"]


def test_no_title_shows_a_wrong_encoding() -> None:
    for one in rows():
        text = one["title"] + one["funders"] + one["implementers"]
        assert not re.search("[ÃÂ√Γπ\ufffd\uff61-\uffdc]|â€|&\\w+;", text), one["id"]
        assert unicodedata.is_normalized("NFC", text), one["id"]
        assert not any(unicodedata.combining(sign) for sign in text), one["id"]
    assert row(f"{IATI_ID}OP/50909")["title"] == "Establishment of Maternity and children’s hospital in Falluja"
    assert row("SL/001499")["title"].endswith("Caused by Climate Change")


def test_states_and_sectors_are_known_or_told_apart() -> None:
    states = {one["iso3"] for one in rows("states")}
    known = {one["id"] for one in rows("sectors")}

    for one in rows():
        assert one["countries"], one["id"]
        assert set(one["countries"].split("|")) <= states, one["id"]
        for sector in one["sectors"].split("|"):
            assert sector in known or sector.startswith("AidData/"), (one["id"], sector)
    assert row(f"{IATI_ID}SOM/000647")["countries"] == "ETH|DJI|SOM"
    assert row(f"{IATI_ID}11200987493")["sectors"] == "AidData/150"


def test_rows_as_worked_out_by_hand() -> None:
    assert row(f"{IATI_ID}11200987493") == {
        "id": "US-501c3-522318905-SG-11200987493",
        "title": "Renforcement de la capacité de la police frontière aux Kivus",
        "start": "2008-03-18",
        "end": "",
        "start_kind": "actual",
        "end_kind": "",
        "funders": "Embassy of Japan|Embassy of Italy",
        "implementers": "",
        "sectors": "AidData/150",
        "amount": "6052932.5",
        "currency": "USD",
        "status": "2",
        "countries": "COD",
        "source": "aiddata-drc",
        "line": "70247",
    }


def test_a_line_leads_to_the_activity(data: Path) -> None:
    for release in aiddata.RELEASES:
        lines = (data / "iati" / release.file).read_text(encoding="utf-8").splitlines()
        for one in rows():
            if one["source"] == release.source:
                place = int(one["line"]) - 1
                assert any(f">{one['id']}<" in line for line in lines[place : place + 2]), one["id"]


def test_of_a_somali_date_that_can_be_read_both_ways_only_the_year_is_kept() -> None:
    activism = row(f"{IATI_ID}SOM/000652")

    assert (activism["start"], activism["end"]) == ("2011-11-25", "2011")
    for one in rows():
        full = [one[which] for which in ("start", "end") if len(one[which]) == 10]
        if one["source"] == "aiddata-somalia":
            assert all(int(day[8:]) > 12 or day[5:7] == day[8:] for day in full), one["id"]
        else:
            assert len(full) == bool(one["start"]) + bool(one["end"]), one["id"]


def test_no_end_after_the_file_was_made_is_called_actual() -> None:
    made = {one.source: one.made for one in (*aiddata.RELEASES, aiddata.SIERRA_LEONE)}
    late = 0

    for one in rows():
        last = dates.parse(one["end"]).latest if one["end"] else None
        if last and last > made[one["source"]]:
            late += 1
            assert not one["end_kind"], one["id"]
    assert late >= 9 + 4


@pytest.mark.parametrize("id_", ["000724", "001090", "001100", "000935", "001490", "001440", "001199"])
def test_the_programmes_of_sierra_leone_that_the_replay_asks_for_stay(id_: str) -> None:
    assert row(f"SL/{id_}")["countries"] == "SLE"


def test_dates_that_cannot_be_leave_the_row_without_them() -> None:
    counts: Counter[str] = Counter()
    told = {"start": "1900-01-01", "end": "2016-01-01", "start_kind": "actual", "end_kind": "actual"}
    backwards = told | {"start": "2016-01-02"}

    assert aiddata.with_sound_dates(told, aiddata.RELEASES[2], counts) == told | {"start": "", "start_kind": ""}
    assert aiddata.with_sound_dates(backwards, aiddata.RELEASES[2], counts) == backwards | {"end": "", "end_kind": ""}
    assert counts == {"dates outside 1950 to 2045, left out": 1, "ends before their start, left out": 1}


def test_a_code_is_the_dacs_only_where_it_means_the_same() -> None:
    assert sierra_leone.sectors(["15210", "150", "15121", "", "151", "150"], {"15210", "151", "15121"}) == (
        "DAC/15210|AidData/150|AidData/15121|DAC/151"
    )
