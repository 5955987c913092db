"""Commands made from the questions: signature, types and texts come from the question's own function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from annotated_doc import Doc

from footprint import output
from graph.store import Store
from queries.answer import Answer


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2009-10-01.") from None


def _pairs(given: list[str]) -> dict[str, float] | None:
    """`name=number` as a mapping."""
    pairs = {}
    for one in given:
        name, _, number = one.partition("=")
        try:
            pairs[name.strip()] = float(number)
        except ValueError:
            raise typer.BadParameter(f"{one!r} is no name with a number; write it as name=2.") from None
    return pairs or None


def _singular(name: str) -> str:
    """`weights` as `weight`, `capacities` as `capacity`: what is given once for each."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _option(name: str, base: Any, default: Any, text: str) -> tuple[Any, Any, Callable[[Any], Any] | None]:
    """For one parameter: its annotation for Typer, its default, and what turns its value back."""
    if base is inspect.Parameter.empty or default is inspect.Parameter.empty:
        return Annotated[str, typer.Argument(help=text)], default, None
    kinds = get_args(base) or (base,)
    if date in kinds:
        return Annotated[date | None, typer.Option(help=text, parser=_day, metavar="DATE")], None, None
    if get_origin(base) is tuple:
        return Annotated[list[str], typer.Option(help=text)], [], tuple
    if any(get_origin(kind) is Mapping for kind in kinds):
        option = f"--{_singular(name).replace('_', '-')}"
        return Annotated[list[str], typer.Option(option, help=text, metavar="NAME=NUMBER")], [], _pairs
    return Annotated[base, typer.Option(help=text)], default, None


def _help(question: Callable[..., Answer[Any]]) -> str:
    """The question's docstring as help: its paragraphs without line breaks, and not what is for programmers alone."""
    text = inspect.cleandoc(question.__doc__ or "").partition("Raises `")[0]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def command(question: Callable[..., Answer[Any]]) -> Callable[..., None]:
    """The command that asks the question and prints its answer."""
    hints = get_type_hints(question, include_extras=True)
    parameters, turned = [], {}
    for name, parameter in list(inspect.signature(question).parameters.items())[1:]:
        base, *extra = get_args(hints[name]) if get_origin(hints[name]) is Annotated else (hints[name],)
        text = next((one.documentation for one in extra if isinstance(one, Doc)), "")
        annotation, default, turn = _option(name, base, parameter.default, text)
        kind = inspect.Parameter.KEYWORD_ONLY
        parameters.append(inspect.Parameter(name, kind, default=default, annotation=annotation))
        if turn:
            turned[name] = turn
    as_json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
    parameters.append(inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=as_json))

    def run(*, as_json: bool, **given: Any) -> None:
        values = {name: turned[name](value) if name in turned else value for name, value in given.items()}
        with Store() as graph:
            output.show(question(graph, **values), as_json)

    run.__doc__ = _help(question)
    # Typer reads the signature from here; that a function may carry one, its type does not say.
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
