"""Parameters that several questions have, described once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from annotated_doc import Doc

from graph.evidence import DEFAULT_EVIDENCE, KINDS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNSOUND = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class About:
    """Whom a parameter can name: a `state`, any `organisation`, or one that has `members`."""

    kinds: tuple[Literal["state", "organisation", "members"], ...]


AState = Annotated[str, Doc("The State: ISO code or a name in any of the six UN languages."), About(("state",))]
AsOf = Annotated[date | None, Doc("The date the question is about, YYYY-MM-DD; today unless given.")]
Theme = Annotated[
    str | None, Doc("A theme such as border-control, or an obligation such as OP3c or OP1/5; all of them unless given.")
]
Themes = Annotated[tuple[str, ...], Doc("Themes or obligations to look at; all of them unless given.")]
Limit = Annotated[int, Doc("At most so many rows (1 to 500).")]
Committee = Annotated[bool, Doc("Also use records that only the Committee may see.")]
Weights = Annotated[
    Mapping[str, float] | None,
    Doc("Weights that differ from the default, by the names of features; one not known is told with those there."),
]
EvidenceKinds = Annotated[
    tuple[str, ...], Doc("Kinds of evidence to read; all but indices and self-assessments unless given.")
]
Without = Annotated[tuple[str, ...], Doc("Ids of precedents or requests to leave out, with all learned from them.")]

MAX_LIMIT = 500
PUBLIC = ("public",)
ALL_RECORDS = ("public", "committee")


class ParameterError(ValueError):
    """A parameter that cannot be right; the message says which and what to give instead."""


@dataclass(frozen=True, slots=True)
class WeightSet:
    """Base of a question's weights: a field a feature."""


WeightsT = TypeVar("WeightsT", bound=WeightSet)


def weighed(default: WeightsT, given: Mapping[str, float] | None) -> WeightsT:
    """The default weights with the user's own; `ParameterError` for an unknown feature or a negative weight."""
    names = [field.name for field in fields(default)]
    for name, weight in (given or {}).items():
        if name not in names:
            raise ParameterError(f"There is no feature {name!r} to weigh; there are {', '.join(names)}.")
        if not 0 <= weight < float("inf"):
            raise ParameterError(f"The weight of {name} is {weight}; it should be a number from 0 up.")
    return replace(default, **dict(given or {}))


def as_date(text: str) -> date:
    """The date that the text writes as 2009-10-01; `ParameterError` for anything else."""
    try:
        # Python reads more forms than people expect, such as 2009-W40-4.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise ParameterError(f"{text!r} is no date; write it as 2009-10-01.") from None


def sound(name: str, value: Any) -> Any:
    """The value, if no text in it holds what no name can: control characters, half a character; `ParameterError`."""
    texts = value if isinstance(value, list | tuple | Mapping) else (value,)
    for text in texts:
        if isinstance(text, str) and _UNSOUND.search(text):
            raise ParameterError(f"{name} cannot be {text!a}: it holds what is no letter, sign or space.")
    return value


def visible(committee: bool) -> list[str]:
    """The kinds of visibility that the caller may see."""
    return list(ALL_RECORDS if committee else PUBLIC)


def checked_limit(limit: int) -> int:
    """The limit; `ParameterError` where it is out of bounds."""
    if not 1 <= limit <= MAX_LIMIT:
        raise ParameterError(f"The limit is {limit}; it should be from 1 to {MAX_LIMIT}.")
    return limit


def checked_evidence(evidence: tuple[str, ...]) -> list[str]:
    """The kinds of evidence to read, the default where none are given; `ParameterError` for an unknown kind."""
    if unknown := [kind for kind in evidence if kind not in KINDS]:
        raise ParameterError(f"There is no kind of evidence {unknown[0]!r}; there are {', '.join(KINDS)}.")
    return list(evidence or DEFAULT_EVIDENCE)


def said(**parameters: Any) -> dict[str, Any]:
    """The parameters as understood, ready for an answer: what was not given is left out."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in parameters.items()
        if value not in (None, (), {}, False)
    }
