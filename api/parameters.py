"""Parameters as they come over HTTP: a model for each question, made from its signature, with hard upper bounds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model, model_validator
from pydantic_core import PydanticCustomError

from queries.parameters import MAX_LIMIT, ParameterError
from queries.signature import Parameter

MOST_VALUES = 50
MOST_QUERIES = 20
# Never over HTTP: who asks here is the public.
LEFT_OUT = ("committee",)
# Its rows name one another, so that a part of them would lack what leads to the others.
IN_ONE_PIECE = ("network",)

_LONGEST = 300
_LARGEST = 1_000_000
_PAIR = r"^[^=\x00-\x1f]{1,100}=[0-9]{1,7}(\.[0-9]{1,6})?$"
_DAY = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"


def _day(given: object) -> date:
    """Of what pydantic would take for a date, only what is described."""
    try:
        if isinstance(given, str) and re.fullmatch(_DAY, given, re.ASCII):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise PydanticCustomError("date", "Give a date from 1900 to 2199 as 2009-10-01.")


Text = Annotated[str, Field(max_length=_LONGEST, pattern=r"^[^\x00-\x1f\x7f]*$")]
Texts = Annotated[list[Text], Field(max_length=MOST_VALUES)]
Pair = Annotated[str, Field(pattern=_PAIR)]
Pairs = Annotated[list[Pair], Field(max_length=MOST_VALUES)]
Number = Annotated[float, Field(ge=0, le=_LARGEST, allow_inf_nan=False)]
Numbers = Annotated[dict[Annotated[str, Field(max_length=100)], Number], Field(max_length=MOST_VALUES)]
Whole = Annotated[int, Field(ge=0, le=_LARGEST)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY})]
Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]
Format = Annotated[
    Literal["json", "csv", "xlsx", "ndjson"],
    Field(description="How the answer comes; else by the Accept header, and JSON without one."),
]
Next = Annotated[
    str,
    Field(
        max_length=200,
        pattern="^[A-Za-z0-9_-]+$",
        description="The `next` of the page before, unchanged; pages end at the 500th row of an answer.",
    ),
]
QueryName = Annotated[str, Field(pattern="^[A-Za-z0-9_.-]{1,50}$")]


class Asked(BaseModel):
    """What a request may say, and nothing else: a name that is not known is refused with the nearest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        for name in given if isinstance(given, Mapping) else ():
            if name not in cls.model_fields:
                near = difflib.get_close_matches(str(name), cls.model_fields, 1)
                hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(cls.model_fields) or 'none'}."
                # A name may hold what cannot be sent back: half of a character.
                said = {"name": str(name).encode("utf-8", "replace").decode(), "hint": hint}
                raise PydanticCustomError("unknown_parameter", "There is no parameter of this name here. {hint}", said)
        return given

    def values_for(self, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
        """The question's parameters, in the types of its signature."""
        return {one.name: _typed(one, getattr(self, one.name)) for one in parameters if one.name not in LEFT_OUT}


class BodyAsked(Asked):
    """The same in a body, where JSON tells numbers and words apart."""

    model_config = ConfigDict(strict=True)


class PageAsked(Asked):
    """Of a list."""

    limit: Limit = 100
    next: Next = None  # type: ignore[assignment]  # nothing unless given; told so in no schema, as it cannot be sent


def query_model(name: str, parameters: tuple[Parameter, ...]) -> type[Asked]:
    """The query string of a question."""
    fields = _fields(parameters, Pairs) | {"format": (Format, None)}
    if "limit" in fields and name not in IN_ONE_PIECE:
        fields["next"] = (Next, None)
    return create_model(f"{_camel(name)}Query", __base__=Asked, **fields)


def body_model(name: str, parameters: tuple[Parameter, ...]) -> type[BaseModel]:
    """The body of a request with several queries by name."""
    one = create_model(f"{_camel(name)}Asked", __base__=BodyAsked, **_fields(parameters, Numbers))
    queries: Any = (
        dict[QueryName, one],
        Field(min_length=1, max_length=MOST_QUERIES, description="Queries by names of your own choice."),
    )
    return create_model(f"{_camel(name)}Batch", __base__=BodyAsked, queries=queries)


def answers_model(name: str, answer: Any) -> type[BaseModel]:
    """The response to several queries."""
    answers: Any = (dict[str, answer], Field(description="For each query by its name: its answer, or its problem."))
    return create_model(f"{_camel(name)}Answers", __config__=ConfigDict(extra="forbid"), answers=answers)


def kind_of(parameter: Parameter) -> tuple[Any, str, bool]:
    """For a parameter of a question: its type over HTTP, the word for it, and whether it may be repeated."""
    kinds = get_args(parameter.type) or (parameter.type,)
    if parameter.name == "limit":
        return Limit, "whole number", False
    if get_origin(parameter.type) is tuple:
        return Texts, "text", True
    if any(get_origin(kind) is Mapping for kind in kinds):
        return Pairs, "name=number", True
    # A bool is an int too, so it comes first.
    for type_, bound, word in ((date, Day, "date"), (bool, bool, "yes or no"), (int, Whole, "whole number")):
        if type_ in kinds:
            return bound, word, False
    return (Number, "number", False) if float in kinds else (Text, "text", False)


def _fields(parameters: tuple[Parameter, ...], pairs: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in parameters:
        if one.name in LEFT_OUT:
            continue
        bound, _, repeated = kind_of(one)
        default = ... if one.required else [] if repeated else one.default
        if bound is Pairs:
            bound, default = pairs, [] if pairs is Pairs else {}
        fields[one.name] = (bound, Field(default, description=one.text))
    return fields


def _typed(parameter: Parameter, value: Any) -> Any:
    if get_origin(parameter.type) is tuple:
        return tuple(value)
    if any(get_origin(kind) is Mapping for kind in get_args(parameter.type)):
        pairs = value.items() if isinstance(value, Mapping) else (one.rpartition("=")[::2] for one in value)
        told: dict[str, float] = {}
        for name, number in ((name.strip(), float(number)) for name, number in pairs):
            if name in told:
                raise ParameterError(f"{parameter.name}: {name} is given twice.")
            told[name] = number
        return told or None
    return value


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
