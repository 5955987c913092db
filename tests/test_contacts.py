"""Points of contact: shown on the page of their State and beside the partner for which they speak."""

from __future__ import annotations

from datetime import date

from graph.records import Link, Record
from graph.store import Store
from queries.contacts import contacts
from queries.state import state
from tests.helpers import ONE_ENGINE, write

ON = date(2026, 5, 1)


def contact(key: str, who: str, **said: str | date) -> Record:
    properties = {"institution": f"Illustrative office {key}", "visibility": "public", **said}
    return Record("PointOfContact", key, properties, (Link("SPEAKS_FOR", "State", who),))


@ONE_ENGINE
def test_points_of_contact_are_those_of_the_date_and_of_the_reader(scratch: Store) -> None:
    write(
        scratch,
        [
            Record("State", "AAA", {"name": "Alpha"}),
            Record("State", "BBB", {"name": "Beta"}),
            contact("1", "AAA", person="A. Person", email="office@example.org", subject="licences"),
            contact("2", "AAA", visibility="committee"),
            contact("3", "BBB", date_earliest=date(2026, 6, 1)),
        ],
    )

    found = contacts(scratch, ["AAA", "BBB"], ON, ["public"])
    page = state(scratch, "AAA", as_of=ON)

    assert found == {"AAA": "Illustrative office 1, A. Person, office@example.org (for licences)"}
    (section,) = [row for row in page.rows if row.id == "contacts"]
    assert [one.line() for one in section.entries] == [
        "Illustrative office 1 (licences): A. Person; office@example.org"
    ]
