"""Rows that are kept in the process: for one version of the data and one kind of caller, never during a load."""

from __future__ import annotations

from typing import Any

from graph.records import Record
from graph.store import Store
from queries.kept import Kept, Rows
from queries.parameters import ALL_RECORDS, PUBLIC
from tests.helpers import ONE_ENGINE, write

PUBLIC_OFFER = Record("Offer", "OFFER/1", {"subject": "Invented help", "visibility": "public"})
HIDDEN = Record("Offer", "OFFER/2", {"subject": "Hidden help", "visibility": "committee"})
OFFERS = [PUBLIC_OFFER, HIDDEN]


def names(store: Store, seen: tuple[str, ...] = PUBLIC) -> Rows:
    return Kept(store, list(seen)).ask("names", {"visible": list(seen)})


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


@ONE_ENGINE
def test_rows_are_kept_until_the_data_change(scratch: Store) -> None:
    write(scratch, [PUBLIC_OFFER])
    first = names(scratch)
    assert names(scratch) is first

    write(scratch, [Record("Offer", "OFFER/3", {"subject": "More help", "visibility": "public"})], "another")

    assert (ids(first), ids(names(scratch))) == (["OFFER/1"], ["OFFER/1", "OFFER/3"])


@ONE_ENGINE
def test_each_kind_of_caller_has_rows_of_its_own(scratch: Store) -> None:
    write(scratch, OFFERS)
    assert ids(names(scratch, ALL_RECORDS)) == ["OFFER/1", "OFFER/2"]
    assert ids(names(scratch)) == ["OFFER/1"]
    # A statement that does not ask who sees it is kept apart as well.
    assert Kept(scratch, list(PUBLIC)).ask("sections") is not Kept(scratch, list(ALL_RECORDS)).ask("sections")


@ONE_ENGINE
def test_during_a_load_nothing_is_kept_nor_answered_from_what_was(scratch: Store) -> None:
    write(scratch, [PUBLIC_OFFER])
    before = names(scratch)

    scratch.run("MATCH (d:Dataset {id: 'test'}) SET d.loading = 'a load'")

    assert names(scratch) is not before
    assert names(scratch) is not names(scratch)


@ONE_ENGINE
def test_what_was_asked_longest_ago_goes_first(scratch: Store) -> None:
    write(scratch, [PUBLIC_OFFER])
    kept = Kept(scratch, list(PUBLIC))
    first, second = kept.ask("items", {"asked": ["0"]}), kept.ask("items", {"asked": ["1"]})
    for number in range(2, 48):
        kept.ask("items", {"asked": [str(number)]})
    assert kept.ask("items", {"asked": ["0"]}) is first

    kept.ask("items", {"asked": ["48"]})

    assert kept.ask("items", {"asked": ["0"]}) is first
    assert kept.ask("items", {"asked": ["1"]}) is not second
