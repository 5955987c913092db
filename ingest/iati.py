"""The reader of IATI activity files, versions 1.0x and 2.0x: streaming, one activity in memory at a time.

Code lists differ between the versions: roles, date types, sector vocabularies and transaction types are words in
1.0x and numbers in 2.0x (IATI standard, code lists OrganisationRole, ActivityDateType, SectorVocabulary and
TransactionType). Commitments are added up only where all are in one currency.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO

from lxml import etree
from pydantic import ValidationError

from ingest.dates import Period
from ingest.files import UnreadableFileError
from ingest.programmes import DateKind, Programme, Share
from ingest.rejects import Rejects

_FUNDING, _IMPLEMENTING = frozenset({"1", "funding"}), frozenset({"4", "implementing"})
_START: tuple[tuple[DateKind, frozenset[str]], ...] = (
    ("actual", frozenset({"2", "start-actual"})),
    ("planned", frozenset({"1", "start-planned"})),
)
_END: tuple[tuple[DateKind, frozenset[str]], ...] = (
    ("actual", frozenset({"4", "end-actual"})),
    ("planned", frozenset({"3", "end-planned"})),
)
_COMMITMENT = frozenset({"2", "C"})
_DAC = frozenset({"", "DAC", "DAC-3", "1", "2"})
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def activities(stream: IO[bytes], file: str, source: str, rejects: Rejects) -> Iterator[tuple[str, Programme]]:
    """The activities of a file with their lines; those that are no use without a field go to `rejects`.

    Raises `UnreadableFileError` for XML that is broken or brings a DOCTYPE; what came before has been yielded.
    """
    context = etree.iterparse(
        stream, events=("end",), tag="iati-activity", resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False,
    )  # fmt: skip
    found = False
    try:
        for _, element in context:
            found = True
            _refuse_doctype(element, file)
            line = str(element.sourceline)
            try:
                yield line, _Activity(element, file, line, rejects).programme(source)
            except ValidationError as error:
                rejects.add_validation(file, line, error)
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(_where(file, context, error)) from error
    if context.root is not None:
        _refuse_doctype(context.root, file)
        if not found and context.root.tag != "iati-activities":
            raise UnreadableFileError(
                f"{file} is no IATI activity file: it begins with <{etree.QName(context.root).localname}>."
            )


def _where(file: str, context: etree.iterparse[object], error: etree.XMLSyntaxError) -> str:
    """The file, line and words of the first thing that is wrong."""
    entries = list(context.error_log)
    line, words = (entries[0].line, entries[0].message) if entries else (error.lineno, error.msg)
    return f"{file}, line {line}: {words}"


def _refuse_doctype(element: etree._Element, file: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(f"{file}: the file brings a DOCTYPE, which IATI files do not have; it is refused.")


def _forget(element: etree._Element) -> None:
    """Free the activity and all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _text(*elements: etree._Element | None) -> str:
    """The text of an element: of several narratives (or elements) the English one, else the first with any."""
    said: list[tuple[bool, str]] = []
    for element in elements:
        if element is not None:
            for one in element.findall("narrative") or [element]:
                words = " ".join("".join(one.itertext()).split())
                english = (one.get(_LANGUAGE) or element.get(_LANGUAGE) or "").lower().startswith("en")
                if words:
                    said.append((not english, words))
    return min(said, key=lambda one: one[0], default=(True, ""))[1]


def _number(text: str) -> float:
    """A finite number, with a point; commas only between thousands. `ValueError` for anything else."""
    number = float(text.replace(",", "") if _THOUSANDS.match(text) else text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


@dataclass(slots=True)
class _Activity:
    element: etree._Element
    file: str
    line: str
    rejects: Rejects

    def programme(self, source: str) -> Programme:
        start, start_kind = self._date(_START)
        end, end_kind = self._date(_END)
        amount, currency = self._commitments()
        return Programme(
            id=_text(self.element.find("iati-identifier")),
            title=_text(*self.element.findall("title")) or _text(self.element.find("iati-identifier")),
            start=start,
            start_kind=start_kind,
            end=end,
            end_kind=end_kind,
            funders=self._organisations(_FUNDING),
            implementers=self._organisations(_IMPLEMENTING),
            sectors=self._sectors(),
            countries=self._countries(),
            amount=amount,
            currency=currency,
            status=self._status(),
            publisher=_text(self.element.find("reporting-org")) or None,
            source=(source,),
        )

    def _date(self, kinds: tuple[tuple[DateKind, frozenset[str]], ...]) -> tuple[Period | None, DateKind | None]:
        """The actual date, else the planned one; one that cannot be is left out and noted."""
        given = {(d.get("type") or "").strip().lower(): d for d in self.element.findall("activity-date")}
        for kind, types in kinds:
            for type_ in types & given.keys():
                text = (given[type_].get("iso-date") or _text(given[type_])).strip()
                try:
                    day = date.fromisoformat(text[:10])
                except ValueError:
                    if text:
                        self.rejects.add_field(self.file, self.line, f"activity-date {type_}", "is no date", text)
                    continue
                return Period(day.isoformat(), day, day), kind
        return None, None

    def _organisations(self, roles: frozenset[str]) -> tuple[str, ...]:
        found = (o for o in self.element.findall("participating-org") if (o.get("role") or "").strip().lower() in roles)
        return tuple(dict.fromkeys(name for o in found if (name := _text(o) or (o.get("ref") or "").strip())))

    def _percentage(self, element: etree._Element, field: str) -> float | None:
        text = (element.get("percentage") or "").strip().rstrip("%")
        try:
            return _number(text) if text else None
        except ValueError:
            self.rejects.add_field(self.file, self.line, f"{field} percentage", "is no number", text)
            return None

    def _sectors(self) -> tuple[Share, ...]:
        shares = []
        for sector in self.element.findall("sector"):
            code = (sector.get("code") or "").strip()
            vocabulary = (sector.get("vocabulary") or "").strip()
            if code:
                name = "DAC" if vocabulary in _DAC else f"IATI-{vocabulary}"
                shares.append(Share(code=f"{name}/{code}", percentage=self._percentage(sector, "sector")))
        return tuple(shares)

    def _countries(self) -> tuple[Share, ...]:
        return tuple(
            Share(code=code, percentage=self._percentage(country, "recipient-country"))
            for country in self.element.findall("recipient-country")
            if (code := (country.get("code") or "").strip())
        )

    def _status(self) -> str | None:
        status = self.element.find("activity-status")
        return None if status is None else (status.get("code") or "").strip() or _text(status) or None

    def _commitments(self) -> tuple[float | None, str | None]:
        default = (self.element.get("default-currency") or "").strip()
        total, currencies = 0.0, set()
        for transaction in self.element.findall("transaction"):
            type_, value = transaction.find("transaction-type"), transaction.find("value")
            if type_ is None or value is None or (type_.get("code") or "").strip() not in _COMMITMENT:
                continue
            try:
                total += _number(_text(value))
            except ValueError:
                self.rejects.add_field(self.file, self.line, "transaction value", "is no number", _text(value))
                continue
            currencies.add((value.get("currency") or "").strip() or default)
        if len(currencies) != 1:
            return None, None
        return round(total, 2), currencies.pop() or None
