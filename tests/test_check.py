"""`footprint check`: right facts pass; each thing that can be wrong is found and named, on both engines."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from graph.errors import OtherLoadError
from graph.records import Link, Record
from graph.store import Store
from ingest import check as facts
from ingest.load import load_shipped
from ingest.shipped import FACTS
from queries import check
from queries.explain import explain
from tests.helpers import ONE_ENGINE, write

SAMPLE = 200
SOURCED = (Link("FROM", "Source", "a"),)


def found(store: Store) -> set[tuple[str, str]]:
    return {(one.check, one.what) for one in check.problems(store)}


def test_nothing_is_wrong_with_what_ships(shipped: Store) -> None:
    assert found(shipped) == set()
    assert list(facts.unfinished(shipped)) == []


def test_nothing_is_wrong_with_the_fact_files() -> None:
    assert list(facts.problems()) == []


@ONE_ENGINE
def test_each_wrong_thing_is_found_in_the_graph(scratch: Store) -> None:
    source = Record("Source", "a", {"title": "A"})
    spells = [
        Link("MEMBER_OF", "State", "SLE", {"status": "member", "since": since, "until": until, "source": "a"}, number)
        for number, (since, until) in enumerate(((date(1960, 1, 1), date(1990, 1, 1)), (date(1985, 1, 1), None)))
    ]
    write(scratch, [source, Record("State", "SLE", {"name": "Sierra Leone"}, SOURCED)], "states")
    write(
        scratch,
        [
            source,
            Record("State", "XXX", {"name": "Nowhere"}, SOURCED),
            Record("Organisation", "org", {"name": "Org"}, (*spells, *SOURCED)),
            Record("Programme", "old", {"title": "Old", "start_earliest": date(1066, 10, 14)}, SOURCED),
            Record("Offer", "bare", {"subject": "No source"}),
            Record("Theme", "t", {"name": "T"}, SOURCED),
        ],
    )
    write(scratch, [source, Record("Offer", "o", {"subject": "O"}, (Link("COVERS", "Theme", "t"), *SOURCED))], "mine")
    # The theme is no longer said by its data set, while another data set still leads to it.
    write(scratch, [source])
    write(
        scratch,
        [
            source,
            Record("State", "XXX", {"name": "Nowhere"}, SOURCED),
            Record("Organisation", "org", {"name": "Org"}, (*spells, *SOURCED)),
            Record("Programme", "old", {"title": "Old", "start_earliest": date(1066, 10, 14)}, SOURCED),
            Record("Offer", "bare", {"subject": "No source"}),
        ],
    )

    assert found(scratch) == {
        ("Every record has a source", "Offer bare"),
        ("No State is outside the list of States", "XXX"),
        ("No relationship lacks an end", "o COVERS t"),
        ("Memberships do not overlap", "SLE in org"),
        (check.DATES, "Programme old: start_earliest 1066-10-14"),
    }


@ONE_ENGINE
def test_two_spells_that_meet_do_not_overlap(scratch: Store) -> None:
    days = ((date(1960, 1, 1), date(1990, 1, 1)), (date(1990, 1, 1), None))
    spells = [
        Link("MEMBER_OF", "State", "SLE", {"status": "member", "since": since, "until": until, "source": "a"}, number)
        for number, (since, until) in enumerate(days)
    ]
    write(
        scratch,
        [
            Record("Source", "a", {"title": "A"}),
            Record("State", "SLE", {"name": "Sierra Leone"}, SOURCED),
            Record("Organisation", "org", {"name": "Org"}, (*spells, *SOURCED)),
        ],
        "states",
    )

    assert found(scratch) == set()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FACTS, tmp_path / "facts"))


def test_a_missing_party_is_found_by_the_published_total(copy: Path) -> None:
    lines = (copy / "treaties.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("SLE,cwc,")]
    assert len(kept) == len(lines) - 1
    (copy / "treaties.csv").write_text("".join(kept), encoding="utf-8")

    (problem,) = facts.problems(copy)

    assert problem.check == "Totals of treaties equal the published totals"
    assert problem.what.endswith("cwc, party: 192 in treaties.csv, 193 as published")


def test_a_row_that_cannot_be_read_and_a_withheld_file_are_found(copy: Path) -> None:
    with (copy / "withheld.csv").open(encoding="utf-8", newline="") as file:
        withheld = next(csv.DictReader(file))
    with (copy / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- {{id: zz, title: Z, publisher: Z, licence: none, checksum: {withheld['sha256']}}}\n")
    with (copy / "laws.csv").open("a", encoding="utf-8") as file:
        file.write("LAW/XXX/x,,,,,,,,,,,,\n")

    wrong = {problem.check: problem.what for problem in facts.problems(copy)}

    assert wrong.keys() == {"Every row of the facts can be read", "Nothing comes from a file that may not ship"}
    assert "laws.csv, line 296" in wrong["Every row of the facts can be read"]
    assert withheld["file"] in wrong["Nothing comes from a file that may not ship"]


def withheld_files(data: Path) -> Iterator[Path]:
    with (FACTS / "withheld.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = data / row["file"]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], f"{row['file']} has changed"
            yield path


def test_nothing_of_a_withheld_file_is_in_the_facts(data: Path) -> None:
    """By checksum, and by a sample of long texts: one that is in the facts is in a file that may ship as well."""
    paths = list(withheld_files(data))
    own = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FACTS.iterdir()))
    others = "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(data.rglob("*"))
        if path.suffix in (".csv", ".md", ".tsv", ".xml") and path not in paths
    )
    checksums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in FACTS.iterdir()}
    looked_at = 0

    for path in paths:
        assert hashlib.sha256(path.read_bytes()).hexdigest() not in checksums
        if path.suffix in (".csv", ".tsv", ".xml"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found = sorted({words.strip() for words in re.findall(r"[^<>,\t\n\"|;=]{40,}", text)})
            sample = [words for words in found[:: max(len(found) // SAMPLE, 1)] if len(words) >= 40]
            looked_at += len(sample)
            assert [words for words in sample if words in own and words not in others] == [], path.name

    assert len(paths) > 10
    assert looked_at > 1000


@ONE_ENGINE
def test_a_load_that_did_not_come_to_its_end_is_told_by_the_check_and_by_every_answer(scratch: Store) -> None:
    def broken() -> Iterator[Record]:
        yield Record("Source", "a", {"title": "A"})
        yield Record("State", "SLE", {"name": "Sierra Leone"}, SOURCED)
        yield Record("Theme", "t", {"name": "T", "sections": ["OP3cd"]}, SOURCED)
        raise LookupError("the file breaks off")

    with pytest.raises(LookupError):
        write(scratch, broken(), "states")

    told = {problem.what for problem in facts.unfinished(scratch)}
    assert "states is being loaded, or its last load ended early" in told
    assert "treaties is not loaded (footprint load)" in told
    answer = explain(scratch, "SLE", "t", as_of=date(2020, 1, 1))
    assert any("not loaded to the end: states." in caveat for caveat in answer.caveats)


@ONE_ENGINE
def test_two_loads_at_once_do_not_get_into_each_others_way(scratch: Store) -> None:
    with FileLock(scratch.settings.data_dir / "load.lock"), pytest.raises(OtherLoadError, match="is under way"):
        load_shipped(scratch)
    assert scratch.ask("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
