"""Where an IATI activity takes place and what it works on, at whichever level it says so."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.model import MODEL
from ingest.iati_places import DAC_REGIONS, M49
from ingest.programmes import Programme, ProgrammeRecords, Share
from ingest.rejects import Rejects
from ingest.shipped import FACTS
from ingest.states import region_names
from tests.iati_samples import paid, parsed, read_one

MADE = ProgrammeRecords(FACTS, Rejects())


def shares(found: tuple[Share, ...]) -> dict[str, float | None]:
    assert len({one.code for one in found}) == len(found)
    return {one.code: one.percentage for one in found}


def country(code: str, share: str = "") -> str:
    return f'<recipient-country code="{code}"' + f" percentage='{share}'" * bool(share) + "/>"


def region(code: str, vocabulary: str = "") -> str:
    return f'<recipient-region code="{code}"' + f" vocabulary='{vocabulary}'" * bool(vocabulary) + "/>"


def sector(code: str, share: str = "", vocabulary: str = "") -> str:
    more = f" percentage='{share}'" * bool(share) + f" vocabulary='{vocabulary}'" * bool(vocabulary)
    return f'<sector code="{code}"{more}/>'


# --- countries ----------------------------------------------------------------------------------------------------


def test_countries_of_transactions_count_where_the_activity_names_none_with_shares_by_value() -> None:
    read = read_one(paid(country("SL"), value="300"), paid(country("lr"), value="50"), paid(country("LR"), value="50"))

    assert shares(read.countries) == {"SL": 75.0, "LR": 25.0}
    assert read.note is None


def test_countries_of_transactions_do_not_count_beside_those_of_the_activity() -> None:
    assert shares(read_one(country("SL"), paid(country("LR"))).countries) == {"SL": None}


def test_disbursements_tell_shares_only_where_nothing_is_committed() -> None:
    spent = (paid(country("SL"), type_="3"), paid(country("LR"), type_="3", value="300"))

    assert shares(read_one(*spent).countries) == {"SL": 25.0, "LR": 75.0}
    assert shares(read_one(*spent, paid(country("SL"))).countries) == {"SL": None, "LR": None}


@pytest.mark.parametrize(
    "other",
    [
        paid(country("LR"), currency="EUR"),
        paid(country("LR"), value="-1"),
        paid(country("LR"), value="some"),
        paid(country("LR")) + paid(),
        paid(country("LR"), country("GN")),
        paid(country("LR"), value="0"),
        paid(country("LR"), type_="1"),
    ],
    ids=["another currency", "taken back", "no number", "one of no country", "one of two", "nothing", "hoped for"],
)
def test_transactions_that_cannot_be_weighed_tell_countries_without_shares(other: str) -> None:
    read = shares(read_one(paid(country("SL")), other).countries)

    assert {"SL", "LR"} <= read.keys()
    assert set(read.values()) == {None}


@pytest.mark.parametrize(
    "location",
    [
        '<administrative vocabulary="A4" code="SL"/>',
        '<administrative vocabulary="A4" level="1" code="sl"/>',
        '<location-id vocabulary="A4" code="SL"/>',
        '<administrative country="SL" adm1="x">Sierra Leone, Bo</administrative>',
    ],
)
def test_a_location_tells_the_country_where_nothing_else_does_by_a_code_that_is_one(location: str) -> None:
    read = read_one(f"<location>{location}</location>" * 2)

    assert shares(read.countries) == {"SL": None}
    assert read.note == "Its countries are those of its locations."
    assert shares(read_one(country("LR"), f"<location>{location}</location>").countries) == {"LR": None}
    assert shares(read_one(paid(country("LR")), f"<location>{location}</location>").countries) == {"LR": 100.0}


@pytest.mark.parametrize(
    "location",
    [
        '<administrative vocabulary="G1" level="0" code="2403846"/>',
        '<administrative vocabulary="A1" code="221"/>',
        '<location-id vocabulary="G1" code="2403846"/>',
        '<gazetteer-entry gazetteer-ref="GEO">2403846</gazetteer-entry>',
        "<name><narrative>Sierra Leone</narrative></name>",
        "<point><pos>8.5 -11.5</pos></point>",
        '<administrative vocabulary="A4" code=""/>',
    ],
)
def test_of_a_location_no_gazetteer_name_or_point_is_taken_for_a_country(location: str) -> None:
    read = read_one(f"<location>{location}</location>")

    assert (read.countries, read.note) == ((), None)


def test_the_country_of_a_data_set_is_that_of_activities_that_name_no_place() -> None:
    assert shares(read_one(country="COD").countries) == {"COD": None}
    assert read_one(country="COD").note == "It names no country; this is the one of the whole data set."
    assert read_one(region("998"), country="COD").countries != ()
    assert shares(read_one(country("UG"), country="COD").countries) == {"UG": None}
    assert read_one(region("298"), country="COD").countries == ()


def test_a_country_without_code_goes_by_its_name() -> None:
    named = "<recipient-country><narrative xml:lang='fr'>{}</narrative></recipient-country>"
    rejects = Rejects()
    made = ProgrammeRecords(FACTS, rejects)

    (known,) = made.records(read_one(named.format("Sierra  Leone")), "f.xml", "1")
    (unknown,) = made.records(read_one(named.format("HQ")), "f.xml", "2")

    assert [(link.type, link.key) for link in known.links if link.label == "State"] == [("ACTIVE_IN", "SLE")]
    assert [link for link in unknown.links if link.type == "ACTIVE_IN"] == []
    (noted,) = rejects.found
    assert (noted.line, noted.value, noted.row_left_out) == ("2", "HQ", False)


def test_a_country_that_comes_twice_has_its_shares_together() -> None:
    assert shares(read_one(country("SL", "30"), country("sl", "20"), country("LR", "50")).countries) == {
        "SL": 50.0,
        "LR": 50.0,
    }


# --- regions ------------------------------------------------------------------------------------------------------


def test_every_region_that_a_code_stands_for_is_in_the_graph() -> None:
    assert {*DAC_REGIONS.values(), *M49.values()} <= region_names(FACTS)
    assert set(M49.values()) == region_names(FACTS)


@pytest.mark.parametrize(
    ("code", "vocabulary", "name"),
    [
        ("298", "", "Africa"), ("289", "1", "Sub-Saharan Africa"), ("1031", "1", "Caribbean"), ("689", "", "Asia"),
        ("2", "2", "Africa"), ("029", "2", "Caribbean"), ("419", "2", "Latin America and the Caribbean"),
    ],
)  # fmt: skip
def test_a_region_is_linked_where_its_code_is_one_of_the_dac_or_of_the_united_nations(
    code: str, vocabulary: str, name: str
) -> None:
    (record,) = MADE.records(read_one(region(code, vocabulary)), "f.xml", "1")

    record.check()
    assert [(one.label, one.key) for one in record.links if one.type == "ACTIVE_IN"] == [("Region", name)]
    assert "Region" in MODEL.relationship("ACTIVE_IN").end


@pytest.mark.parametrize(
    ("code", "vocabulary", "noted"), [("AFR", "99", 1), ("777", "", 1), ("998", "", 0), ("1", "2", 0)]
)
def test_another_code_of_a_region_is_noted_unless_it_stands_for_everywhere(
    code: str, vocabulary: str, noted: int
) -> None:
    rejects = Rejects()

    read = read_one(region(code, vocabulary) * 2, rejects=rejects)

    assert read.regions == ()
    assert sum(rejects.notes.values()) == noted


def test_regions_of_transactions_count_where_the_activity_names_no_place() -> None:
    in_two = (paid(region("298"), value="30"), paid(region("798"), value="70"))

    assert shares(read_one(*in_two).regions) == {"Africa": 30.0, "Asia": 70.0}
    assert read_one(country("SL"), *in_two).regions == ()
    assert shares(read_one(region("498"), *in_two).regions) == {"Americas": None}


def test_a_region_beside_one_state_makes_no_ministry_that_of_the_state() -> None:
    ministry = '<participating-org role="4"><narrative>Ministry of Finance</narrative></participating-org>'

    def implemented(read: Programme) -> set[str]:
        return {
            link.key for record in MADE.records(read, "f.xml", "1") for link in record.links
            if link.type == "IMPLEMENTED_BY"
        }  # fmt: skip

    assert implemented(read_one(country("SL"), ministry)) == {"SLE"}
    assert implemented(read_one(country("SL"), region("298"), ministry)) == {"unresolved:ministry-of-finance"}


# --- sectors ------------------------------------------------------------------------------------------------------


def test_the_shares_of_each_vocabulary_stay_apart() -> None:
    read = read_one(sector("15210", "60"), sector("33120", "40"), sector("152", "100", "2"), sector("152", "7", "1"))

    assert shares(read.sectors) == {"DAC/15210": 60.0, "DAC/33120": 40.0, "DAC/152": 7.0}


def test_a_sector_that_is_split_into_parts_has_their_shares_together() -> None:
    read = read_one(sector("31120", "10"), sector("31120", "20.5"), sector("15210", "69.5"))

    assert shares(read.sectors) == {"DAC/31120": 30.5, "DAC/15210": 69.5}


def test_a_sector_said_twice_in_full_is_not_counted_twice() -> None:
    read = read_one(sector("11120", "94.3"), sector("11110", "5.7"), sector("11120", "94.3"))

    assert shares(read.sectors) == {"DAC/11120": 94.3, "DAC/11110": 5.7}


def test_a_sector_of_which_one_part_has_no_share_has_none() -> None:
    assert shares(read_one(sector("31120", "10"), sector("31120")).sectors) == {"DAC/31120": None}


@pytest.mark.parametrize("share", ["-1", "500", "102"])
def test_a_share_that_cannot_be_is_left_out_and_noted(share: str) -> None:
    rejects = Rejects()

    read = read_one(sector("15210", share), rejects=rejects)

    assert shares(read.sectors) == {"DAC/15210": None}
    assert [(one.field, one.value, one.row_left_out) for one in rejects.found] == [("sector percentage", share, False)]


def test_sectors_of_transactions_count_where_the_activity_names_none_by_vocabulary() -> None:
    police = sector("15130", vocabulary="1") + sector("X", vocabulary="99")
    customs = sector("33120", vocabulary="1")

    assert shares(read_one(paid(police, value="30"), paid(customs, value="70")).sectors) == {
        "DAC/15130": 30.0,
        "DAC/33120": 70.0,
        "IATI-99/X": None,
    }
    assert shares(read_one(sector("15210"), paid(police)).sectors) == {"DAC/15210": None}


@pytest.mark.parametrize(
    ("code", "id_", "made"),
    [
        (sector("152"), "DAC/152", False), (sector("150", vocabulary="DAC"), "DAC/150", True),
        (sector("120"), "DAC/120", True), (sector("15120"), "DAC/15120", False),
        (sector("12100"), "DAC/12100", True), (sector("8", vocabulary="7"), "IATI-7/8", True),
    ],
)  # fmt: skip
def test_groups_withdrawn_and_unknown_codes_are_kept_and_unknown_ones_made(code: str, id_: str, made: bool) -> None:
    records = list(MADE.records(read_one(code), "f.xml", "1"))

    assert [link.key for link in records[-1].links if link.type == "IN_SECTOR"] == [id_]
    assert [record.key for record in records if record.label == "Sector"] == ([id_] if made else [])


# --- real files ---------------------------------------------------------------------------------------------------


def told(activity: ElementTree.Element, tag: str) -> set[str]:
    """The codes of the activity, else those of its transactions, found without the reader."""
    own = activity.findall(tag) or activity.findall(f"transaction/{tag}")
    return {(one.get("code") or "").upper() for one in own} - {""}


@pytest.mark.parametrize("name", ["usaid-798.xml", "usaid-bb.xml", "worldbank-679.xml", "who-arg.xml"])
def test_real_activities_have_the_places_and_sectors_that_they_or_their_transactions_name(
    name: str, data: Path
) -> None:
    raw = (data / "iati" / "recent" / name).read_bytes()
    expected = {
        " ".join((one.findtext("iati-identifier") or "").split()): one
        for one in ElementTree.fromstring(raw).iter("iati-activity")
    }

    found = {programme.id: programme for _, programme in parsed(raw)}

    assert found.keys() == expected.keys()
    for id_, one in expected.items():
        read = found[id_]
        assert {share.code for share in read.countries} == told(one, "recipient-country"), id_
        assert {share.code.partition("/")[2] for share in read.sectors} == told(one, "sector"), id_
        if not read.countries:
            assert {share.code for share in read.regions} == {
                DAC_REGIONS[code] for code in told(one, "recipient-region") if code != "998"
            }, id_
    assert any(share.percentage is not None for read in found.values() for share in read.sectors)
