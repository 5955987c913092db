"""What a question's own signature and docstring say of it: the only declaration, read by every face that asks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from annotated_doc import Doc

from queries.answer import Answer, Row
from queries.parameters import About

Question = Callable[..., Answer[Any]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type without `Annotated`, its default (none where it must be given), its text, and the kinds
    of those whom it can name (see `queries.parameters.About`)."""

    name: str
    type: Any
    default: Any
    required: bool
    text: str
    about: tuple[str, ...] = ()


def parameters(question: Question) -> tuple[Parameter, ...]:
    """The question's parameters in their order, without the graph."""
    hints = get_type_hints(question, include_extras=True)
    found = []
    for name, parameter in list(inspect.signature(question).parameters.items())[1:]:
        base, *extra = get_args(hints[name]) if get_origin(hints[name]) is Annotated else (hints[name],)
        text = next((one.documentation for one in extra if isinstance(one, Doc)), "")
        required = parameter.default is inspect.Parameter.empty
        about = next((one.kinds for one in extra if isinstance(one, About)), ())
        found.append(Parameter(name, base, None if required else parameter.default, required, text, about))
    return tuple(found)


def description(question: Question) -> str:
    """The question's docstring: its paragraphs without line breaks, and without what is for programmers alone."""
    text = inspect.cleandoc(question.__doc__ or "").partition("Raises `")[0]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n")).strip()


def row_type(question: Question) -> type[Row]:
    """The class of the answer's rows (a union where there are several)."""
    answer = get_type_hints(question)["return"]
    (row,) = answer.__pydantic_generic_metadata__["args"]
    return row  # type: ignore[no-any-return]  # pydantic types its metadata loosely
