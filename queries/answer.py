"""The one shape of an answer, the same from Python, `--json` and over HTTP."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import pandas as pd


class Shape(BaseModel):
    """What all parts of an answer have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ref(Shape):
    """A record in the graph: its type and its id."""

    type: str
    id: str


class Named(Shape):
    """Something with an id and a name."""

    id: str
    name: str


class StateName(Shape):
    """A State: ISO 3166 alpha-3 code and name."""

    iso3: str
    name: str


class Feature(Shape):
    """One reason for a suggestion: how strong it is (0 to 1), what it weighs, and what it rests on."""

    name: str
    value: float = Field(ge=0, le=1)
    weight: float = Field(ge=0)
    sentence: str
    records: tuple[Ref, ...] = ()


class Row(Shape, ABC):
    """A suggestion: the score is the weighted mean of its features, never without them."""

    score: float | None
    features: tuple[Feature, ...]

    @abstractmethod
    def cells(self) -> dict[str, str]:
        """The row as a person reads it in a table: text by column, lines parted by line breaks."""

    def why(self, most: int = 3) -> list[str]:
        """The sentences of the features that speak for the row, the weightiest first."""
        telling = [one for one in self.features if one.value * one.weight > 0]
        telling.sort(key=lambda one: -one.value * one.weight)
        return [one.sentence for one in telling[:most]]


class Source(Shape):
    """Where something comes from."""

    id: str
    title: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None


RowT = TypeVar("RowT", bound=Row)


class Answer(Shape, Generic[RowT]):
    """An answer: the question as understood, its rows, what to keep in mind, and the sources of all of it."""

    question: str
    parameters: dict[str, Any]
    as_of: date
    data_version: str
    total: int
    truncated: bool
    rows: tuple[RowT, ...]
    caveats: tuple[str, ...]
    sources: tuple[Source, ...]

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas data frame, with the columns that `queries.table` describes."""
        from queries.table import flat  # noqa: PLC0415  (imports this module)

        return flat(self).to_frame()

    def _repr_html_(self) -> str:
        """The answer as notebooks show it."""
        from queries.html import as_html  # noqa: PLC0415  (imports this module)

        return as_html(self)


def score(features: tuple[Feature, ...]) -> float:
    """The weighted mean of the features that apply, 0 to 1, four decimals; 0 where none weighs anything."""
    weights = sum(feature.weight for feature in features)
    if not weights:
        return 0.0
    return round(sum(feature.value * feature.weight for feature in features) / weights, 4)


def joined(names: Sequence[str]) -> str:
    """`Botswana`, `Botswana and Namibia`, `Botswana, Namibia and Zambia`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else "".join(names)


def count(number: int, noun: str) -> str:
    """`1 offer`, `2 offers`, `2 activities`."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("ty") or noun.endswith("try") else f"{noun}s"
    return f"{number:,} {plural}"
