"""The reader of IATI activity files, versions 1.0x and 2.0x: streaming, one activity in memory at a time.

Code lists differ between the versions: roles, date types, sector vocabularies and transaction types are words in
1.0x and numbers in 2.0x (IATI standard, code lists OrganisationRole, ActivityDateType, SectorVocabulary and
TransactionType). Commitments are added up only where all are in one currency; what budgets say is no commitment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Literal

from lxml import etree
from pydantic import ValidationError

from ingest import iati_places
from ingest.dates import Period, parse
from ingest.files import UnreadableFileError
from ingest.iati_xml import Activity, attribute
from ingest.programmes import DateKind, Programme, Share
from ingest.rejects import Rejects

_FUNDING, _IMPLEMENTING = frozenset({"1", "funding"}), frozenset({"4", "implementing"})
_Day = tuple[Literal["start", "end"], DateKind]
_START_PLANNED: _Day = ("start", "planned")
_START_ACTUAL: _Day = ("start", "actual")
_END_PLANNED: _Day = ("end", "planned")
_END_ACTUAL: _Day = ("end", "actual")
_DATES = {
    "1": _START_PLANNED, "start-planned": _START_PLANNED, "2": _START_ACTUAL, "start-actual": _START_ACTUAL,
    "3": _END_PLANNED, "end-planned": _END_PLANNED, "4": _END_ACTUAL, "end-actual": _END_ACTUAL,
}  # fmt: skip
_YES, _PARENT = frozenset({"1", "true"}), frozenset({"1", "Parent"})
# What the parser advises the programmer, where a limit of it is reached.
_ADVICE = re.compile(r", (try|use) XML_PARSE_HUGE.*")
_WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)


def activities(
    stream: IO[bytes], file: str, source: str, rejects: Rejects, country: str = ""
) -> Iterator[tuple[str, Programme]]:
    """The activities of a file with their lines; those that are no use without a field go to `rejects`.

    `country`, an ISO 3166 code, is where activities take place that name no country and no region.

    Raises `UnreadableFileError` for XML that is broken or brings a DOCTYPE; what came before has been yielded.
    """
    watched = _Watched(stream)
    context = etree.iterparse(
        watched, events=("end",), tag="iati-activity", resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False,
    )  # fmt: skip
    found = False
    try:
        for _, element in context:
            found = True
            _refuse_doctype(element, file)
            line = str(element.sourceline)
            try:
                yield line, _programme(Activity.of(element, file, line, rejects), source, country)
            except ValidationError as error:
                rejects.add_validation(file, line, error)
            _forget(element)
    except etree.XMLSyntaxError as error:
        if not watched.beginning:
            raise UnreadableFileError(f"{file} is empty.") from error
        if _WEB_PAGE.match(watched.beginning):
            raise UnreadableFileError(f"{file} is a web page, no IATI activity file.") from error
        raise UnreadableFileError(_where(file, context, error)) from error
    if context.root is not None:
        _refuse_doctype(context.root, file)
        if not found:
            _refuse_others(etree.QName(context.root), file)


@dataclass(slots=True)
class _Watched:
    """A stream of which the beginning is kept, to tell what a file is that cannot be read."""

    stream: IO[bytes]
    beginning: bytes = b""

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.beginning = self.beginning or data[:1000]
        return data


def _refuse_others(root: etree.QName, file: str) -> None:
    """Refuse a file that holds something else than activities. One that could hold some and has none is none."""
    if root.localname == "iati-organisations":
        raise UnreadableFileError(f"{file} is an IATI organisation file: it holds budgets and no activities.")
    if root.namespace and root.localname.startswith("iati-activit"):
        raise UnreadableFileError(f"{file} is no IATI activity file: its elements are in a namespace of their own.")
    if root.text != "iati-activities":
        raise UnreadableFileError(f"{file} is no IATI activity file: it begins with <{root.localname}>.")


def _where(file: str, context: etree.iterparse[object], error: etree.XMLSyntaxError) -> str:
    """The file, line and words of the first thing that is wrong."""
    entries = list(context.error_log)
    line, words = (entries[0].line, entries[0].message) if entries else (error.lineno, error.msg)
    return f"{file}, line {line}: {_ADVICE.sub('', words.strip().partition(chr(10))[0])}"


def _refuse_doctype(element: etree._Element, file: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(f"{file}: the file brings a DOCTYPE, which IATI files do not have; it is refused.")


def _forget(element: etree._Element) -> None:
    """Free the activity and all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _programme(activity: Activity, source: str, country: str) -> Programme:
    title, *titles = activity.texts(activity.all("title")) or (activity.text("iati-identifier"),)
    amount, currency, money = _commitments(activity)
    countries, place = iati_places.countries(activity)
    regions = iati_places.regions(activity)
    if country and not countries and not regions:
        countries, place = (Share(code=country),), "It names no country; this is the one of the whole data set."
    notes = (money, place, _parent(activity), _second_hand(activity))
    return Programme(
        id=activity.text("iati-identifier"),
        title=title,
        titles=tuple(titles),
        **_dates(activity),
        funders=_organisations(activity, _FUNDING),
        implementers=_organisations(activity, _IMPLEMENTING),
        sectors=iati_places.sectors(activity),
        countries=countries,
        regions=regions,
        amount=amount,
        currency=currency,
        status=_status(activity),
        publisher=activity.text("reporting-org") or None,
        note=" ".join(filter(None, notes)) or None,
        source=(source,),
    )


def _dates(activity: Activity) -> dict[str, Any]:
    """Start and end: the actual ones, else the planned; a planned one beside a different actual one apart."""
    given = _days(activity)
    fields: dict[str, Any] = {}
    for name, actual, planned in (("start", _START_ACTUAL, _START_PLANNED), ("end", _END_ACTUAL, _END_PLANNED)):
        kind = actual if actual in given else planned
        if kind in given:
            fields |= {name: given[kind], f"{name}_kind": kind[1]}
        if kind == actual and planned in given and given[planned] != given[actual]:
            fields[f"planned_{name}"] = given[planned].text
    return fields


def _days(activity: Activity) -> dict[_Day, Period]:
    """The dates by what they are; of several starts of a kind the first, of several ends the last: such were moved."""
    given: dict[_Day, Period] = {}
    for one in activity.all("activity-date"):
        type_ = attribute(one, "type").lower()
        day = _DATES.get(type_)
        text = attribute(one, "iso-date") or activity.text_of((one,))
        if day and text:
            try:
                period = _period(text)
            except ValueError:
                activity.note(f"activity-date {type_}", "is no date", text)
                continue
            held = given.get(day, period)
            given[day] = min(held, period, key=_first) if day[0] == "start" else max(held, period, key=_last)
    return given


def _first(period: Period) -> date:
    return period.earliest or date.min


def _last(period: Period) -> date:
    return period.latest or date.max


def _period(text: str) -> Period:
    """A day, whatever time follows it; or what else a date may be, such as a year."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return parse(text)
    return Period(day.isoformat(), day, day)


def _organisations(activity: Activity, roles: frozenset[str]) -> tuple[str, ...]:
    found = (one for one in activity.all("participating-org") if attribute(one, "role").lower() in roles)
    return tuple(dict.fromkeys(name for one in found if (name := activity.text_of((one,)) or attribute(one, "ref"))))


def _status(activity: Activity) -> str | None:
    return next((attribute(one, "code") for one in activity.all("activity-status")), "") or (
        activity.text("activity-status") or None
    )


def _commitments(activity: Activity) -> tuple[float | None, str | None, str]:
    """The sum, its currency, and in a sentence what cannot be one sum: several currencies, or less than nothing."""
    sums: dict[str, float] = {}
    for transaction in activity.commitments():
        try:
            value, currency = activity.money(transaction)
        except ValueError as error:
            activity.note("transaction value", "is no number", str(error))
        else:
            sums[currency] = sums.get(currency, 0.0) + value
    told = "; ".join(f"{round(total, 2):,.2f}".removesuffix(".00") + f" {of}".rstrip() for of, total in sums.items())
    if len(sums) > 1:
        return None, None, f"Commitments in several currencies: {told}."
    ((currency, total),) = sums.items() or (("", 0.0),)
    if total < 0:
        return None, None, f"Commitments taken back exceed those made: {told}."
    return (round(total, 2), currency or None, "") if sums else (None, None, "")


def _parent(activity: Activity) -> str:
    related = (one for one in activity.all("related-activity") if attribute(one, "type") in _PARENT)
    parents = "; ".join(dict.fromkeys(ref for one in related if (ref := attribute(one, "ref"))))
    if not parents:
        return ""
    activity.rejects.notes["programmes that are part of another activity, whose amount may hold theirs"] += 1
    return f"Part of {parents}, whose amount may hold this one."


def _second_hand(activity: Activity) -> str:
    reporters = activity.all("reporting-org")
    second = any(attribute(one, "secondary-reporter").lower() in _YES for one in reporters)
    return "Its publisher reports it second-hand." if second else ""
