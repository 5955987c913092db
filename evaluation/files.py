"""Cases from a file: free texts are read by stated rules, and what is in the graph too is hidden for the time."""

from __future__ import annotations

import csv
import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.cases import Case, from_graph
from evaluation.text import cypher
from evaluation.words import themes_in
from graph.store import Store
from ingest.dates import Period, parse
from ingest.partners import PartnerNames, slug
from ingest.shipped import FACTS
from queries.names import Names, UnknownNameError
from queries.parameters import PUBLIC, ParameterError
from queries.themes import all_themes

COLUMNS = ("provider", "recipient", "recipient_iso3", "theme", "year")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"([;()])")
# No name in the table has more words.
_LONGEST = 20
# What stands in place of bytes that are not UTF-8.
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# A file in another form has as many bad rows as it has rows; the first show what is wrong.
_MOST_TOLD = 50
_LOG = logging.getLogger(__name__)
# Around any other year, programmes of years before and after cannot be asked for, or it is a slip.
_YEARS = range(1900, 2101)


class CaseError(ParameterError):
    """A file of cases that cannot be read; the message names file, line and field."""


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Who stands behind the names of a file."""

    names: Names
    table: PartnerNames
    above: dict[str, list[str]]

    def providers(self, text: str) -> frozenset[str]:
        """The partners of a list of written names; a name that nothing knows stands for itself."""
        found: set[str] = set()
        for written in _parted(text):
            if written:
                found.update(self._provider(written))
        return frozenset(found)

    def _provider(self, written: str) -> list[str]:
        """By the table, then without what stands in brackets, then by the longest beginning that it knows.

        Nobody where the name is nobody's own, such as `donors`.
        """
        plain = _BRACKETS.sub("", written).strip()
        words = plain.split()
        sizes = range(min(len(words) - 1, _LONGEST), 0, -1)
        for name in (written, plain, *(" ".join(words[:size]) for size in sizes)):
            links, unknown = self.table.links("PROVIDED_BY", [name])
            if not links and name == written:
                return []
            if links and not unknown:
                return [one for link in links for one in self.above.get(link.key, [link.key])]
        return [f"unresolved:{slug(written)}"]

    def recipients(self, codes: str, text: str) -> tuple[str, ...]:
        """The States by their codes; without any, the States and organisations that the text names."""
        found: list[str] = []
        for code in codes.split(";"):
            if code.strip():
                found.append(self.names.state(code.strip()).id)
        for part in () if found else text.split(";"):
            words = re.sub(r"\b(?:participating|member|partner) states\b", "", part, flags=re.IGNORECASE).strip()
            try:
                found.append(self.names.find(words, ("State", "Organisation", "Territory")).id)
            except UnknownNameError:
                continue
        return tuple(sorted(set(found)))


def _parted(text: str) -> list[str]:
    """Names parted by `;`, but not by one after which a bracket closes that was open before it."""
    found: list[list[str]] = [[]]
    inside = False
    for part in reversed(_MARKS.split(text)):
        if part in ("(", ")"):
            inside = part == ")"
        if part == ";" and not inside:
            found.append([])
        else:
            found[-1].append(part)
    return ["".join(reversed(one)).strip() for one in reversed(found)]


def from_file(graph: Store, path: Path, left_out: Counter[str]) -> list[Case]:
    """The cases of a CSV file with the columns provider, recipient, recipient_iso3, theme and year.

    Providers and States are parted by `;` outside brackets. A row with a field that cannot be read is left out and
    told, with file, line and field, as a warning in the log (which goes to standard error unless set up otherwise);
    the others are cases. Raises `CaseError` for a file that cannot be read, that lacks a column, or of which no row
    can be read.
    """
    resolver = _Resolver(Names(graph, list(PUBLIC)), PartnerNames.of(FACTS), _above(graph))
    themes, held = all_themes(graph), from_graph(graph)
    cases, bad, read = [], [], 0
    for line, row, wrong in _rows(path):
        try:
            if wrong:
                raise _FieldError(wrong)
            period, recipients = _fields(row, resolver)
        except _FieldError as error:
            bad.append(f"{path}, line {line}, {error}")
            continue
        read += 1
        found = themes_in(row["theme"], themes)
        if not found:
            left_out["with a theme that no rule reads"] += 1
            continue
        providers = resolver.providers(row["provider"])
        hidden = tuple(one.id for one in held if _same(one, providers, recipients, period))
        cases.append(
            Case(
                f"{path.name}:{line}", providers, recipients, row["recipient"], found,
                period.earliest if period else None, period.latest if period else None, hidden,
            )
        )  # fmt: skip
    if bad:
        _tell(bad, read)
        left_out["with a field that cannot be read"] += len(bad)
    return cases


class _FieldError(ValueError):
    """A field that cannot be read: which, and why."""


def _fields(row: dict[str, str], resolver: _Resolver) -> tuple[Period | None, tuple[str, ...]]:
    """When and to whom, of a row; `_FieldError` with the name of the field."""
    if broken := next((one for one in COLUMNS if _UNREADABLE in row[one]), None):
        raise _FieldError(f"{broken}: not in UTF-8")
    try:
        period = _period(row["year"])
    except ValueError as error:
        raise _FieldError(f"year: {error}") from error
    try:
        return period, resolver.recipients(row["recipient_iso3"], row["recipient"])
    except ValueError as error:
        raise _FieldError(f"recipient_iso3: {error}") from error


def _tell(bad: list[str], read: int) -> None:
    """Name the rows that were left out; `CaseError` where there is no other."""
    more = f"\nand {len(bad) - _MOST_TOLD:,} more" if len(bad) > _MOST_TOLD else ""
    told = "\n".join(bad[:_MOST_TOLD]) + more
    if not read:
        raise CaseError(f"No row can be read.\n{told}")
    _LOG.warning("Rows left out, as a field cannot be read: %d of %d.\n%s", len(bad), len(bad) + read, told)


def _period(year: str) -> Period | None:
    period = parse(year) if year.strip() else None
    for day in (period.earliest, period.latest) if period else ():
        if day and day.year not in _YEARS:
            raise ValueError(f"the year {year!r} is not between {_YEARS[0]} and {_YEARS[-1]}")
    return period


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str], str]]:
    """The rows with the line on which each ends, and what is wrong with one that is no row of a CSV at all."""
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = reader.fieldnames or ()
    except csv.Error as error:
        raise CaseError(f"{path}, line 1: {error}.") from error
    if any(_UNREADABLE in one for one in names):
        raise CaseError(f"{path}, line 1: not in UTF-8.")
    missing = [one for one in COLUMNS if one not in names]
    if missing:
        raise CaseError(f"{path}, line 1: the column {missing[0]} is missing; needed are {', '.join(COLUMNS)}.")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.reader.line_num, {}, f"no row of a CSV file: {error}"
            continue
        yield reader.line_num, {one: row[one] or "" for one in COLUMNS}, ""


def _above(graph: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in graph.ask(cypher("above"), {}):
        found.setdefault(row["id"], []).append(row["partner"])
    return found


def _same(one: Case, providers: frozenset[str], recipients: tuple[str, ...], period: Period | None) -> bool:
    """Whether a precedent may be the case of the file: a provider and a recipient in common, and times that overlap."""
    if one.providers.isdisjoint(providers):
        return False
    if recipients and one.recipients and set(recipients).isdisjoint(one.recipients):
        return False
    first, last = (period.earliest, period.latest) if period else (None, None)
    return (one.began or date.min) <= (last or date.max) and (first or date.min) <= (one.ended or date.max)
