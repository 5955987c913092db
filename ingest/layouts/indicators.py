"""The indicators of others that bear on our themes, by the words that tables use for them: `indicators.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from graph.evidence import Kind
from ingest.rejects import Rejects
from ingest.rows import FactRow, Listed, read
from ingest.shipped import FACTS
from ingest.titles import fold

_BETWEEN_LETTERS_AND_DIGITS = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


class IndicatorRow(FactRow):
    """An indicator: what it asks in our words, the themes on which it bears and why, and how its grades are read."""

    id: str
    scheme: str
    editions: Listed = ()
    title: str
    themes: Listed = ()
    kind: Kind
    scale: str
    names: Listed = ()
    reason: str
    source: str


@lru_cache(maxsize=4096)
def code(written: str) -> str:
    """A code as it is compared: `C4.2`, `C.4.2` and `c 4.2` are one."""
    return _BETWEEN_LETTERS_AND_DIGITS.sub(" ", fold(written))


@dataclass(frozen=True, slots=True)
class Indicators:
    """The table by scheme (`FATF`, `JEE`, `SPAR`, `GHS`, `NAPHS`); in each by code or name, and edition or blank."""

    schemes: dict[str, dict[tuple[str, str], IndicatorRow]]

    def find(self, scheme: str, written: str, edition: str = "") -> IndicatorRow | None:
        """The indicator of that code or name; `None` where the table has none, or none in that edition."""
        known, wanted = self.schemes.get(scheme, {}), code(written)
        return known.get((wanted, edition)) or known.get((wanted, ""))

    def knows(self, scheme: str, written: str) -> bool:
        """Whether any edition has that code or name."""
        return any(self.find(scheme, written, edition) for edition in ("", "1", "2", "3"))

    def named(self, written: str, edition: str = "") -> tuple[IndicatorRow, str] | None:
        """The indicator that a form names, such as `FATF R.7` or `JEE3 P.7.1`, and the edition.

        `None` where the table has none; `ValueError` where the edition has to be told.
        """
        scheme, _, rest = written.strip().partition(" ")
        plain = scheme.rstrip("123")
        edition = scheme.removeprefix(plain) or edition
        if found := self.find(plain, rest, edition):
            return found, edition if found.editions else ""
        if not edition and self.knows(plain, rest):
            raise ValueError("the edition of the tool has to be told, as its codes changed: 1, 2 or 3")
        return None


@cache
def indicators(folder: Path = FACTS) -> Indicators:
    """The table in a folder of facts."""
    found: dict[str, dict[tuple[str, str], IndicatorRow]] = {}
    for _, row in read(folder / "indicators.csv", IndicatorRow, Rejects()):
        for name in (row.id, *row.names):
            for edition in row.editions or ("",):
                found.setdefault(row.scheme, {})[code(name), edition] = row
    return Indicators(found)
