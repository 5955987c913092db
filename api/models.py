"""The shapes of responses that are not a question's own."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from queries.answer import Answer, RowT, Shape
from queries.catalogue import OneOrganisation, OneState

_NEXT = "Give it back as `next` with otherwise the same request for the rows that follow; null at the end."


class Page(Answer[RowT], Generic[RowT]):
    """An answer, or a part of its rows; `sources` are those of the rows up to here."""

    next: str | None = Field(None, description=_NEXT)


ListedT = TypeVar("ListedT", bound=Shape)


class Listing(Shape, Generic[ListedT]):
    """A part of a list; `total` counts all of it."""

    data_version: str
    total: int
    truncated: bool = Field(description="Whether more follow.")
    rows: tuple[ListedT, ...]
    next: str | None = Field(None, description=_NEXT)


class ParameterText(Shape):
    """A parameter of a question."""

    name: str
    kind: Literal["text", "number", "whole number", "yes or no", "date", "name=number"]
    required: bool
    repeated: bool = Field(description="Whether it may be given several times.")
    default: str | None
    description: str


class QuestionText(Shape):
    """A question: its name, its address, what it answers, and what it takes."""

    name: str
    href: str
    summary: str
    description: str
    parameters: tuple[ParameterText, ...]


class Questions(Shape):
    """All questions."""

    questions: tuple[QuestionText, ...]


class Ask(Shape):
    """A question that can be asked about something, and the address that asks it."""

    question: str
    href: str


class StatePage(OneState):
    """A State, and what can be asked about it."""

    ask: tuple[Ask, ...]


class OrganisationPage(OneOrganisation):
    """An organisation, and what can be asked about it."""

    ask: tuple[Ask, ...]


class Health(Shape):
    """The server answers; that says nothing of the graph."""

    status: Literal["ok"] = "ok"


class Readiness(Shape):
    """The graph answers and the facts are loaded."""

    status: Literal["ready"] = "ready"
    data_version: str


class ProblemKind(Shape):
    """A kind of problem."""

    type: str
    status: int
    title: str
    meaning: str


class ProblemKinds(BaseModel):
    """All kinds of problems."""

    model_config = ConfigDict(extra="forbid")

    problems: tuple[ProblemKind, ...]
