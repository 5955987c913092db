"""The table of partners' names: every target exists, every name has one, and few funders stay without."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.iati import activities
from ingest.organisations import OrganisationRow
from ingest.partners import PartnerNames, PartnerRow
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.states import party_labels

FACTS = Path(__file__).parent.parent / "ingest" / "data"
NAMES = PartnerNames.of(FACTS)
# What sources write where they name nobody in particular, or private investors as a group.
NOBODY = re.compile(
    r"unspecified|miscellaneous|multi-donor|donors|un partners|non-governmental organization|.* private investment"
)


def folded(name: str) -> str:
    """As the table compares names."""
    return " ".join(name.casefold().split())


def known(name: str) -> bool:
    """Whether the table, or the name of a State or organisation itself, tells who it is."""
    return folded(name) in NAMES.table


def table() -> list[PartnerRow]:
    """The rows, none of which may be refused."""
    rejects = Rejects()
    rows = [row for _, row in read(FACTS / "partners.csv", PartnerRow, rejects)]
    assert rejects.found == []
    return rows


def listed(file: str, column: str) -> Iterator[str]:
    """The names in a `|` list of a fact file."""
    with (FACTS / file).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from (name.strip() for name in row[column].split("|") if name.strip())


def share_unknown(names: Counter[str]) -> float:
    """The share of links whose name is unknown, those that name nobody left aside."""
    named = {name: count for name, count in names.items() if not NOBODY.fullmatch(folded(name))}
    return sum(count for name, count in named.items() if not known(name)) / sum(named.values())


def test_every_partner_above_is_a_state_a_territory_or_an_organisation() -> None:
    parties = party_labels(FACTS)
    organisations = {row.id for _, row in read(FACTS / "organisations.csv", OrganisationRow, Rejects())}

    assert {row.partner for row in table()} - parties.keys() - organisations == set()
    assert {row.written for row in table() if (row.partner in parties) != (row.partner_kind == "State")} == set()


def test_an_agency_belongs_to_no_territory() -> None:
    """`PART_OF` may end at a State, but not at a territory: bodies of territories stand for the territory itself."""
    parties = party_labels(FACTS)

    assert {row.written for row in table() if row.agency and parties.get(row.partner) == "Territory"} == set()


def test_one_written_name_has_one_target_and_slugs_look_like_slugs() -> None:
    targets = defaultdict(set)
    for row in table():
        targets[folded(row.written)].add((row.agency, row.partner))

    assert {name for name, found in targets.items() if len(found) > 1} == set()
    slugs = {row.agency for row in table() if row.agency} | {
        row.partner for row in table() if row.partner_kind == "Organisation"
    }
    assert {slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)} == set()


def test_an_agency_that_is_an_organisation_too_bears_its_name() -> None:
    named = {row.id: (row.name, row.kind) for _, row in read(FACTS / "organisations.csv", OrganisationRow, Rejects())}
    both = {row.agency: (row.agency_name, row.agency_kind) for row in table() if row.agency in named}

    assert {"giz", "jica", "expertise-france"} <= both.keys()
    assert {slug: said for slug, said in both.items() if said != named[slug or ""]} == {}


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("Embassy of Belgium", ("State", "BEL")),
        ("UNFAO", ("Organisation", "fao")),
        ("World Bank (IDA)", ("Organisation", "ida")),
        ("European Commission - Service for Foreign Policy Instruments", ("Organisation", "eu-fpi")),
        ("Defense Threat Reducation Agency", ("Organisation", "us-dtra")),
        ("Canada - Global Affairs Canada / Affaires mondiales Canada", ("Organisation", "ca-gac")),
        ("Jersey Overseas Aid (JOA)", ("Territory", "JEY")),
        ("United States (EXBS Program)", ("Organisation", "us-exbs")),
        ("Republic of Korea - International Cooperation Agency (KOICA)", ("Organisation", "kr-koica")),
        ("drc", ("Organisation", "danish-refugee-council")),
    ],
)  # fmt: skip
def test_names_worked_out_by_hand(written: str, target: tuple[str, str]) -> None:
    assert NAMES.table[folded(written)] == target


def test_a_name_of_many_ministries_is_nobodys() -> None:
    """No table by name alone can tell whose ministry of finance it is."""
    names = ("Ministry of Finance", "Ministry of Foreign Affairs", "Ministry of Health", "UN partners")

    assert [name for name in names if known(name)] == []


def test_offers_precedents_and_requests_name_only_whom_we_know() -> None:
    with (FACTS / "offers.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["provider"] for row in csv.DictReader(stream)}
    names |= {*listed("precedents.csv", "providers"), *listed("requests.csv", "answered_by")}

    assert len(names) > 250
    assert {name for name in names if not known(name)} <= {"UN partners", "donors"}


@pytest.mark.parametrize("file", ["programmes_recent.csv", "programmes_aiddata.csv", "experience.csv"])
def test_at_most_one_link_in_twenty_to_funders_that_ship_is_unknown(file: str) -> None:
    names = Counter(listed(file, "funders"))

    assert len(names) > 20
    assert share_unknown(names) <= 0.05


def test_at_most_one_link_in_twenty_to_funders_is_unknown(data: Path) -> None:
    """All activities of the data sets of States, and what ships of the others."""
    names = Counter([*listed("programmes_recent.csv", "funders"), *listed("experience.csv", "funders")])
    for path in sorted((data / "iati").glob("iati_*.xml")):
        with path.open("rb") as stream:
            for _, activity in activities(stream, path.name, "aiddata", Rejects()):
                names.update(activity.funders)

    assert sum(names.values()) > 9000
    assert share_unknown(names) <= 0.05
    without_ministries = Counter({name: n for name, n in names.items() if not name.startswith("Ministry of")})
    assert share_unknown(without_ministries) <= 0.01
