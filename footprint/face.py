"""What `import footprint` offers: the questions as functions of an open graph, and its doors to networkx and py2neo."""

from __future__ import annotations

import atexit
import functools
import importlib
import inspect
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from graph import embedded
from graph.settings import Settings
from graph.store import Store
from queries import questions
from queries.answer import Answer
from queries.parameters import ParameterError, as_date, sound, visible
from queries.signature import Question, parameters

if TYPE_CHECKING:
    import networkx as nx


class Footprint:
    """An open graph whose methods are the questions: `connect().partners("CARICOM", theme="border-control")`.

    A question takes what it takes on the command line. A date may be a `date` or ISO text; where several values can be
    given, one may stand alone. It raises `ParameterError` for a value that cannot be right and `GraphError` where the
    graph cannot answer, each with a sentence on what to do.
    """

    def __init__(self, store: Store) -> None:
        """The questions on this store; use `connect` to open one."""
        self.store = store

    def __repr__(self) -> str:
        """Which engine answers, and where."""
        return f"<Footprint: {self.store.engine} at {self.store.address}>"

    def __getattr__(self, name: str) -> Question:
        """The question of that name."""
        return _bound(name, lambda: self.store)

    def __dir__(self) -> list[str]:
        """Its own attributes and the questions."""
        return [*super().__dir__(), *names()]

    def __enter__(self) -> Self:
        """The open graph."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connections; the embedded engine stays up for those who come next."""
        self.store.close()

    def to_networkx(self, answer: Answer[Any], *, committee: bool = False) -> nx.MultiDiGraph[str]:
        """The answer as a networkx graph (`viz.network.to_networkx`); names that it does not give are looked up here.

        Those of records that only the Committee may see with `committee` alone.
        """
        from viz.network import named  # noqa: PLC0415  (networkx takes a while to import)

        return named(self.store, answer, visible(committee))

    def py2neo(self) -> Any:
        """A connected `py2neo.Graph` on the same graph; `ImportError` where py2neo is not installed.

        It is the whole graph as it is stored: with what is no longer valid, and with records that only the Committee
        may see. On the embedded engine it can only read; on Neo4j it can do what the user of the settings may do. The
        embedded engine ends itself after idle minutes, of which py2neo does not keep it: then ask for a new one.
        """
        try:
            py2neo = importlib.import_module("py2neo")
        except ImportError:
            raise ImportError("py2neo is not installed here: pip install lightfootprint[py2neo]") from None
        settings = self.store.settings
        if settings.graph_uri:
            auth = (settings.graph_user, settings.graph_password.get_secret_value())
            return py2neo.Graph(settings.graph_uri, auth=auth, name=settings.graph_database)
        endpoint = embedded.ensure(settings)
        auth = (embedded.READER, endpoint.passwords[embedded.READER])
        return py2neo.Graph(endpoint.uri, auth=auth, name=embedded.DATABASE)


def connect(
    uri: str | None = None,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    data_dir: Path | str | None = None,
    query_seconds: float | None = None,
) -> Footprint:
    """Open the graph of the settings (`FOOTPRINT_…`, else the embedded engine), with what is given here put first.

    `uri`, `user`, `password` and `database` are those of a Neo4j, an empty `uri` means the embedded engine, `data_dir`
    is its folder, and a question that takes longer than `query_seconds` is stopped. Use it in a `with` statement or
    close it. Raises `ParameterError` for what cannot be right and `GraphError` where the graph does not answer.
    """
    given: dict[str, Any] = {
        "graph_uri": uri,
        "graph_user": user,
        "graph_password": password,
        "graph_database": database,
    }
    given |= {"data_dir": data_dir, "query_seconds": query_seconds}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(map(str, wrong["loc"])).removeprefix("graph_")
        raise ParameterError(f"{name} cannot be used: {wrong['msg'].removeprefix('Value error, ')}.") from None
    return Footprint(Store(settings))


def py2neo() -> Any:
    """A connected `py2neo.Graph` on the graph of the settings: see `Footprint.py2neo`."""
    return _default().py2neo()


def to_networkx(answer: Answer[Any], names: Mapping[tuple[str, str], str] | None = None) -> nx.MultiDiGraph[str]:
    """The answer as a networkx graph: see `viz.network.to_networkx`."""
    from viz.network import to_networkx as made  # noqa: PLC0415  (networkx takes a while to import)

    return made(answer, names)


def names() -> list[str]:
    """The names of the questions."""
    return sorted(questions())


def on_default(name: str) -> Question:
    """The question of that name on the graph of the settings, which is opened at the first call."""
    return _bound(name, lambda: _default().store)


@functools.cache
def _default() -> Footprint:
    opened = connect()
    atexit.register(opened.close)
    return opened


def _bound(name: str, store: Callable[[], Store]) -> Question:
    """The question as a function without the graph; `AttributeError` where there is none of that name."""
    question = questions().get(name)
    if question is None:
        raise AttributeError(f"There is no question {name!r}; there are {', '.join(names())}.")
    hints = get_type_hints(question)
    _, *taken = inspect.signature(question).parameters.values()
    own = [one.replace(annotation=_also_text(hints[one.name])) for one in taken]
    signature = inspect.Signature(own, return_annotation=hints["return"])

    def ask(*args: Any, **kwargs: Any) -> Answer[Any]:
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise TypeError(f"{name}() {error}") from None
        taken = {key: _taken(key, value, hints[key]) for key, value in given.items()}
        return question(store(), **taken)

    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = f"{inspect.cleandoc(question.__doc__ or '')}\n\n{_explained(question)}"
    # Editors, `help` and the notebook's Tab read the signature from here; that a function may carry one, its type
    # does not say.
    ask.__signature__ = signature  # type: ignore[attr-defined]
    ask.__annotations__ = {one.name: one.annotation for one in own} | {"return": signature.return_annotation}
    return ask


def _explained(question: Question) -> str:
    """The parameters with their descriptions, a line each."""
    return "\n".join(("Parameters:", *(f"    {one.name}: {one.text}" for one in parameters(question))))


def _also_text(hint: Any) -> Any:
    """The type that a caller may give: dates as ISO text too, one value where several can be given."""
    return hint | str if date in get_args(hint) or get_origin(hint) is tuple else hint


def _taken(name: str, value: Any, hint: Any) -> Any:
    """The value as the question takes it; `ParameterError` for one of another type."""
    if date in get_args(hint) and isinstance(value, str):
        return as_date(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        # Whole numbers of numpy and pandas too.
        value = operator.index(value)
    if get_origin(hint) is tuple and isinstance(value, Iterable) and not isinstance(value, Mapping):
        value = (value,) if isinstance(value, str) else tuple(value)
    try:
        return sound(name, _type_of(hint).validate_python(value, strict=True))
    except ValidationError as error:
        raise ParameterError(_told(name, error)) from None


@functools.cache
def _type_of(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


def _told(name: str, error: ValidationError) -> str:
    """What is wrong with the value of that name, in a sentence."""
    wrong = error.errors(include_url=False)[0]
    where = ".".join((name, *(part for part in wrong["loc"] if isinstance(part, str))))
    return f"{where} cannot be {wrong['input']!r}: {wrong['msg'].removeprefix('Value error, ')}."
