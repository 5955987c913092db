"""Cases from a file: free texts are read by stated rules, and what is in the graph too is hidden for the time."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
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

    Providers and States are parted by `;` outside brackets. Raises `CaseError`.
    """
    resolver = _Resolver(Names(graph, list(PUBLIC)), PartnerNames.of(FACTS), _above(graph))
    themes, held = all_themes(graph), from_graph(graph)
    cases = []
    for line, row in _rows(path):
        try:
            period = _period(row["year"])
            recipients = resolver.recipients(row["recipient_iso3"], row["recipient"])
        except ValueError as error:
            raise CaseError(f"{path}, line {line}: {error}") from error
        found = themes_in(row["theme"], themes)
        if not found:
            left_out["whose theme no rule reads"] += 1
            continue
        providers = resolver.providers(row["provider"])
        hidden = tuple(one.id for one in held if _same(one, providers, recipients, period))
        cases.append(
            Case(
                f"{path.name}:{line}", providers, recipients, row["recipient"], found,
                period.earliest if period else None, period.latest if period else None, hidden,
            )
        )  # fmt: skip
    return cases


def _period(year: str) -> Period | None:
    period = parse(year) if year.strip() else None
    for day in (period.earliest, period.latest) if period else ():
        if day and day.year not in _YEARS:
            raise ValueError(f"the year {year!r} is not between {_YEARS[0]} and {_YEARS[-1]}")
    return period


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with the line on which each ends."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CaseError(f"{path}, line {line}: not in UTF-8 ({error.reason}).") from error
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [one for one in COLUMNS if one not in (reader.fieldnames or ())]
        if missing:
            raise CaseError(f"{path}, line 1: the column {missing[0]} is missing; needed are {', '.join(COLUMNS)}.")
        return [(reader.line_num, {one: row[one] or "" for one in COLUMNS}) for row in reader]
    except csv.Error as error:
        raise CaseError(f"{path}, line {reader.reader.line_num}: {error}.") from error


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
