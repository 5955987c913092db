"""What a form asks, field by field, in words for those who fill it in: for templates, schemas and docs/forms.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from ingest.dates import Period
from ingest.forms import fields
from ingest.forms.fields import Form
from ingest.kinds import Kind
from ingest.obligations import ThemeRow
from ingest.organisations import OrganisationRow
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.shipped import FACTS
from ingest.states import StateRow, TerritoryRow
from ingest.world import World

DATE = "A date: 2026-05-04, 2026-05, 2026, 2024-2026, before 2026-05-04, 2026-05-04/2026-05-08"
# What a word is looked up in, by the validator that does it: in words, and the list that a cell offers.
_LOOKED_UP: Mapping[object, tuple[str, str]] = {
    get_args(type_)[1]: told
    for type_, told in (
        (fields.State, ("A State or territory by name or ISO code", "States")),
        (fields.Theme, ("A theme by name or id", "Themes")),
        (fields.Obligation, ("A paragraph, section, row or cell of the matrix by its id", "Obligations")),
        (fields.Organisation, ("An organisation by name, abbreviation or id", "Organisations")),
        (fields.Party, ("A State, territory or organisation by name, code or id", "Parties")),
        (fields.Place, ("A region, State, territory or organisation, or `world`", "Places")),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form: its name in JSON, its title in tables, and what to put.

    `takes` says what is understood, `unless` what holds where it stays blank, both in words or blank. `words` are all
    that there are to choose from, `offered` the name of a list in `lists` from which one may choose.
    """

    name: str
    title: str
    description: str
    needed: bool
    unless: str
    example: str
    takes: str
    words: tuple[str, ...]
    offered: str
    many: bool
    is_number: bool


def purpose(kind: Kind) -> str:
    """What a form is for, in one sentence."""
    return (kind.form.__doc__ or kind.title).strip().partition("\n")[0]


def asked(kind: Kind) -> list[Asked]:
    """What a form asks: a reference, its own fields, and at the end what every form asks."""
    common = [name for name in Form.model_fields if name != "reference"]
    own = [name for name in kind.form.model_fields if name not in common]
    return [_asked(name, kind.form.model_fields[name]) for name in (*own, *common)]


def _asked(name: str, info: FieldInfo) -> Asked:
    parts = [*_parts(info.annotation), *info.metadata]
    words = next((get_args(part) for part in parts if get_origin(part) is Literal), ())
    if bool in parts:
        words = ("yes", "no")
    takes, offered = next((told for part, told in _LOOKED_UP.items() if part in parts), ("", ""))
    many, is_number = any(get_origin(part) is tuple for part in parts), float in parts or int in parts
    if words:
        takes = f"{'Any' if many else 'One'} of: {', '.join(words)}"
    elif Period in parts:
        takes = DATE
    elif is_number:
        takes = "A number" if float in parts else "A whole number"
    if many:
        takes = f"{takes}; several are separated by ;" if takes else "Several are separated by ;"
    unless = info.default if isinstance(info.default, str) else ""
    if isinstance(info.default, bool):
        unless = "yes" if info.default else "no"
    return Asked(
        name, info.title or name, info.description or "", info.is_required(), unless,
        str((info.examples or [""])[0]), takes, words, offered, many, is_number,
    )  # fmt: skip


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for one in get_args(annotation):
        yield from _parts(one)


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """The words that cells offer, by the name of the list; States, themes and organisations by name."""
    ignored = Rejects()
    states = sorted(row.name for _, row in read(FACTS / "states.csv", StateRow, ignored))
    territories = sorted(row.name for _, row in read(FACTS / "territories.csv", TerritoryRow, ignored))
    named = (row.name for _, row in read(FACTS / "organisations.csv", OrganisationRow, ignored))
    organisations = sorted(named, key=str.casefold)
    world = World.of(FACTS, ignored)
    parties = (*states, *territories, *organisations)
    return {
        "States": (*states, *territories),
        "Themes": tuple(row.name for _, row in read(FACTS / "themes.csv", ThemeRow, ignored)),
        "Obligations": tuple(dict.fromkeys(world.obligations.values())),
        "Organisations": tuple(organisations),
        "Parties": parties,
        "Places": ("world", *sorted(world.regions.values()), *parties),
    }
