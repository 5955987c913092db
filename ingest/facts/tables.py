"""Reading and writing the tables: what every maker of facts needs, and nothing else."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

Row = dict[str, str]

STATE_FILE = Path("reference/country-codes.csv")
CONTEXT_FILE = Path("harvest/state_context.csv")
OBSERVERS = frozenset({"VAT", "PSE"})
"""The two observer States of the United Nations."""


def numbered(text: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV text with the line (1-based, the header is line 1) on which each ends."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        yield reader.line_num, {key: value or "" for key, value in row.items() if key}


def read(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file with their lines; see `numbered`."""
    return numbered(path.read_text(encoding="utf-8-sig"))


def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows as UTF-8 CSV with LF line ends and minimal quoting; returns how many there were.

    Raises ValueError where a row has a column that the header lacks, or is written twice.
    """
    seen: set[tuple[str, ...]] = set()
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            key = tuple(row.get(column, "") for column in columns)
            if key in seen:
                raise ValueError(f"{path.name}: the row {key} comes twice")
            seen.add(key)
            writer.writerow(row)
    return len(seen)


def blanks(text: str) -> str:
    """The text trimmed, every run of blanks in it made one blank."""
    return re.sub(r"\s+", " ", text).strip()


def is_state(code: Row) -> bool:
    """Whether an entry of the country codes is a member or observer State of the United Nations.

    The source says "Yes" of independence for the 193 members, the Holy See and Taiwan; Palestine it calls
    "In contention".
    """
    iso3 = code["ISO3166-1-Alpha-3"]
    return iso3 in OBSERVERS or (code["is_independent"] == "Yes" and iso3 != "TWN")


def country_codes(data: Path) -> dict[str, Row]:
    """The entries of the country codes by ISO 3166 alpha-3."""
    return {row["ISO3166-1-Alpha-3"]: row for _, row in read(data / STATE_FILE)}


def context(data: Path) -> dict[str, Row]:
    """The Factbook's facts about States and territories by ISO 3166 alpha-3 (XKX for Kosovo)."""
    return {row["iso3"]: row for _, row in read(data / CONTEXT_FILE)}
