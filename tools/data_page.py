"""`python -m tools.data_page [--check]`: docs/data.md from the facts, or whether it says what they say."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from graph.records import Record
from ingest.catalogue import SourceRow
from ingest.rejects import Rejects
from ingest.rows import FactRow, read
from ingest.shipped import FACTS, SHIPPED

PAGE = Path(__file__).parent.parent / "docs" / "data.md"
# The year at whose end the ages in the page are reckoned.
YEAR = 2026

_INTRODUCTION = """# The data

This page is made from the catalogue (`ingest/data/sources.yaml`, `ingest/data/references.csv`) and from the facts
themselves by `make docs`: change those, not this page.

Every record in the graph leads to its source (`FROM`, with the line of the source's own file where it has lines) and
to the line of the fact file here that says it (`REPORTED_BY`). Only facts and figures ship, never a source's own
sentences or files. `footprint check` looks whether all of this holds in your graph."""

_AGE = f"""Age is in years at the end of {YEAR}, of the date that the source speaks of. A negative is not believed for
ever: see the years that each kind of evidence is held in `graph/evidence.py`."""

_COLUMNS = ("source", "publisher", "speaks of", "age", "licence", "records", "coverage")


class LeftOutRow(FactRow):
    """What a maker of facts left out, and how many."""

    maker: str
    what: str
    number: int


@dataclass(slots=True)
class _Facts:
    """The records of each data set by label, and how many records name each source."""

    datasets: dict[str, Counter[str]] = field(default_factory=dict)
    sources: Counter[str] = field(default_factory=Counter)

    @classmethod
    def read(cls) -> _Facts:
        facts = cls()
        for one in SHIPPED:
            records = {(record.label, record.key): record for record in one.records(FACTS, Rejects())}
            facts.datasets[one.id] = Counter(label for label, _ in records)
            for record in records.values():
                facts.sources.update(_sources(record))
        return facts


def _sources(record: Record) -> set[str]:
    named = {link.key for link in record.links if link.type == "FROM"}
    return named | {str(link.properties["source"]) for link in record.links if link.type == "MEMBER_OF"}


def page() -> str:
    """The whole page."""
    facts = _Facts.read()
    catalogue = [SourceRow.model_validate(one) for one in yaml.safe_load((FACTS / "sources.yaml").read_text("utf-8"))]
    pages = [row for _, row in read(FACTS / "references.csv", SourceRow, Rejects())]
    left_out = [row for _, row in read(FACTS / "left_out.csv", LeftOutRow, Rejects())]
    return "\n\n".join(
        [
            _INTRODUCTION,
            "## Data sets",
            _table(("data set", "what it is", "records"), _datasets(facts)),
            f"## Sources\n\n{_AGE}",
            _table(_COLUMNS, _rows(catalogue, facts)),
            "## Pages read for single facts",
            f"{len(pages)} pages, by publisher; each record leads to its own page.",
            _table(("publisher", "pages", "records"), _publishers(pages, facts)),
            "## Left out or changed on the way",
            "The programs that make the fact files (`python -m ingest.facts`) say why, in their first lines.",
            _table(("program", "what", "number"), ((row.maker, row.what, f"{row.number:,}") for row in left_out)),
        ]
    ) + "\n"  # fmt: skip


def _datasets(facts: _Facts) -> Iterator[tuple[str, ...]]:
    for one in SHIPPED:
        counts = sorted(facts.datasets[one.id].items())
        yield f"`{one.id}`", one.title, ", ".join(f"{number:,} {label}" for label, number in counts)


def _rows(catalogue: list[SourceRow], facts: _Facts) -> Iterator[tuple[str, ...]]:
    for row in catalogue:
        title = f"[{_plain(row.title)}]({row.url})" if row.url else row.title
        number = f"{facts.sources[row.id]:,}"
        yield title, row.publisher, row.date or "", _age(row.date), row.licence, number, row.coverage or ""


def _age(date: str | None) -> str:
    """Years since the latest year that the date names."""
    years = [int(year) for year in re.findall(r"\b(1[89]\d\d|20\d\d)\b", date or "")]
    return str(max(YEAR - max(years), 0)) if years else "not known"


def _publishers(pages: list[SourceRow], facts: _Facts) -> Iterator[tuple[str, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in pages:
        found[row.publisher].append(facts.sources[row.id])
    for publisher, numbers in sorted(found.items(), key=lambda one: (-len(one[1]), one[0].casefold())):
        yield publisher, str(len(numbers)), f"{sum(numbers):,}"


def _plain(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "&#124;") for cell in row) + " |" for row in rows]
    return "\n".join([f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}", *lines])


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(prog="python -m tools.data_page", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the page does not fit the facts")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_bytes() == page().encode():
        return 0
    print("docs/data.md does not say what the facts say: run `make docs`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
