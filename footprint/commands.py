"""Commands made from the questions: signature, types and texts come from the question's own function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args, get_origin

import typer

from footprint import output
from graph.store import Store
from queries.answer import Answer
from queries.parameters import ParameterError, as_date, sound
from queries.signature import Parameter, Question, description, parameters


def day(text: str) -> date:
    """A date of the command line."""
    try:
        return as_date(text)
    except ParameterError as error:
        raise typer.BadParameter(str(error)) from None


def _pairs(given: list[str]) -> dict[str, float] | None:
    """`name=number` as a mapping."""
    pairs: dict[str, float] = {}
    for one in given:
        name, _, number = (part.strip() for part in one.partition("="))
        if name in pairs:
            raise typer.BadParameter(f"{name} is given twice.")
        try:
            pairs[name] = float(number)
        except ValueError:
            raise typer.BadParameter(f"{one!r} is no name with a number; write it as name=2.") from None
    return pairs or None


def _singular(name: str) -> str:
    """`weights` as `weight`, `capacities` as `capacity`: what is given once for each."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _option(one: Parameter) -> tuple[Any, Any, Callable[[Any], Any] | None]:
    """For one parameter: its annotation for Typer, its default, and what turns its value back."""
    base, text = one.type, one.text
    if one.required:
        return Annotated[str, typer.Argument(help=text)], inspect.Parameter.empty, None
    kinds = get_args(base) or (base,)
    if date in kinds:
        return Annotated[date | None, typer.Option(help=text, parser=day, metavar="DATE")], None, None
    if get_origin(base) is tuple:
        return Annotated[list[str], typer.Option(help=text)], [], tuple
    if any(get_origin(kind) is Mapping for kind in kinds):
        option = f"--{_singular(one.name).replace('_', '-')}"
        return Annotated[list[str], typer.Option(option, help=text, metavar="NAME=NUMBER")], [], _pairs
    return Annotated[base, typer.Option(help=text)], one.default, None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as commands ask it: its parameters for Typer, its help, and how to ask with what was given."""

    question: Question
    parameters: tuple[inspect.Parameter, ...]
    turned: Mapping[str, Callable[[Any], Any]]

    @property
    def help(self) -> str:
        """The question's docstring for people."""
        return description(self.question)

    def ask(self, graph: Store, given: Mapping[str, Any]) -> Answer[Any]:
        """The answer to the question with these values of its parameters, as Typer gives them."""
        values = {name: self.turned[name](value) if name in self.turned else value for name, value in given.items()}
        return self.question(graph, **{name: sound(name, value) for name, value in values.items()})


def asked(question: Question) -> Asked:
    """The question as commands ask it, from its signature and its types."""
    taken, turned = [], {}
    for one in parameters(question):
        annotation, default, turn = _option(one)
        taken.append(option(one.name, annotation, default))
        if turn:
            turned[one.name] = turn
    return Asked(question, tuple(taken), turned)


def described(run: Callable[..., None], text: str, parameters: Iterable[inspect.Parameter]) -> Callable[..., None]:
    """The function with this help and these parameters, as Typer reads them."""
    run.__doc__ = text
    # Typer reads the signature from here; that a function may carry one, its type does not say.
    run.__signature__ = inspect.Signature(list(parameters))  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def option(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    """One more parameter of a command, besides those of the question."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def command(question: Question) -> Callable[..., None]:
    """The command that asks the question and prints its answer."""
    one = asked(question)

    def run(*, as_json: bool, **given: Any) -> None:
        with Store() as graph:
            output.show(one.ask(graph, given), as_json)

    as_json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
    return described(run, one.help, (*one.parameters, option("as_json", as_json, False)))
