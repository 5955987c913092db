"""An answer as one flat table, for spreadsheets and data frames.

- Columns stand in the order of the row's model, `score` first, and are the same for every answer of a question; after
  them `why` (the sentences that speak for the row, a line each), `feature.NAME` (its value, 0 to 1, the highest where
  there are several) and `records` (what the reasons rest on). Weights, and sentences of what does not speak for the
  row, are in the JSON alone.
- An object within a row becomes dotted columns (`programme.title`); so does a mapping whose names are known.
- A list becomes a column for each thing in it (`funders.id`, `funders.name`), joined by `; `; lists within it by ` | `,
  and within those by ` / `. What has no value keeps its place, so that the columns of a list can be read side by side.
- A record is written `Type id`, any other mapping `name=value`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from queries.answer import Answer, Ref, Row

if TYPE_CHECKING:
    import pandas as pd

Value = bool | int | float | date | str | None
Kind = type[bool] | type[int] | type[float] | type[date] | type[str]
_Path = tuple[str, ...]

_KINDS: tuple[Kind, ...] = (bool, int, float, date)
_DTYPES: dict[Kind, str] = {
    bool: "boolean", int: "Int64", float: "float64", date: "datetime64[s]", str: "string",
}  # fmt: skip
_BETWEEN = ("; ", " | ", " / ")
_ALL = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and the type of all its values that are not `None`."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer, each a tuple with a value a column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def to_frame(self) -> pd.DataFrame:
        """The table as a data frame; each column has the same type whatever is in it, also where nothing is.

        `ImportError` where pandas is not installed. It is an extra because the driver imports it wherever it is there,
        and every command would wait for it.
        """
        try:
            import pandas as pd  # noqa: PLC0415  (takes a second; only who wants a frame waits for it)
        except ImportError:
            raise ImportError("pandas is not installed here: pip install lightfootprint[notebook]") from None
        frame = pd.DataFrame(list(self.rows), columns=[column.name for column in self.columns], dtype=object)
        return frame.astype({column.name: _DTYPES[column.kind] for column in self.columns})


def flat(answer: Answer[Any]) -> Table:
    """The answer's rows as a table."""
    models = {model: dict(_leaves(model)) for model in dict.fromkeys((*_declared(answer), *map(type, answer.rows)))}
    kinds: dict[_Path, Kind] = {}
    for leaves in models.values():
        for path, kind in leaves.items():
            kinds[path] = kind if kinds.get(path, kind) is kind else str
    features = sorted({feature.name for row in answer.rows for feature in row.features})
    columns = [
        *(Column(".".join(path), kind) for path, kind in kinds.items()),
        Column("why", str),
        *(Column(f"feature.{name}", float) for name in features),
        Column("records", str),
    ]
    rows = (_row(row, kinds, models[type(row)], features) for row in answer.rows)
    return Table(tuple(columns), tuple(rows))


def _declared(answer: Answer[Any]) -> tuple[type[Row], ...]:
    """The types of rows that the question gives, also where this answer has none; nothing for what is no question."""
    from queries import questions  # noqa: PLC0415  (imports all questions, which import the answer)
    from queries.signature import row_type  # noqa: PLC0415  (imports the answer, which imports this module)

    question = questions().get(answer.question)
    if question is None:
        return ()
    row = row_type(question)
    return get_args(row) or (row,)


def _leaves(model: type[BaseModel], path: _Path = ()) -> Iterator[tuple[_Path, Kind]]:
    """The way to each column, and its type, in the order of the model."""
    for name, field in model.model_fields.items():
        if (*path, name) != ("features",):
            yield from _of_type(field.annotation, (*path, name))


def _of_type(annotation: Any, path: _Path) -> Iterator[tuple[_Path, Kind]]:
    origin, inner = get_origin(annotation), [one for one in get_args(annotation) if one is not types.NoneType]
    if origin in (Union, types.UnionType) and len(inner) == 1:
        yield from _of_type(inner[0], path)
    elif origin is tuple:
        yield from ((way, str) for way, _ in _of_type(inner[0], path))
    elif origin is dict and get_origin(inner[0]) is Literal:
        for name in get_args(inner[0]):
            yield from _of_type(inner[1], (*path, name))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not Ref:
        yield from _leaves(annotation, path)
    else:
        yield path, annotation if annotation in _KINDS else str


def _row(row: Row, kinds: Mapping[_Path, Kind], own: Mapping[_Path, Kind], features: list[str]) -> tuple[Value, ...]:
    highest: dict[str, float] = {}
    for feature in row.features:
        highest[feature.name] = max(feature.value, highest.get(feature.name, 0.0))
    records = dict.fromkeys(_text(record) for feature in row.features for record in feature.records)
    return (
        *(_value(row, path) if path in own else None for path in kinds),
        "\n".join(row.why(_ALL)) or None,
        *(highest.get(name) for name in features),
        _BETWEEN[0].join(records) or None,
    )


def _value(node: Any, path: _Path, depth: int = 0) -> Value:
    """What lies at the end of the way, with the parts of a list joined."""
    if isinstance(node, tuple):
        parts = [_text(_value(one, path, depth + 1), depth + 1) for one in node]
        return _between(depth).join(parts) if any(parts) else None
    if node is None:
        return None
    if path:
        step = node.get(path[0]) if isinstance(node, Mapping) else getattr(node, path[0])
        return _value(step, path[1:], depth)
    return node if isinstance(node, str | bool | int | float | date) else _text(node, depth) or None


def _text(value: Any, depth: int = 0) -> str:
    """A value within a list or mapping as text; numbers in full, without a decimal point where they need none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, Ref):
        return f"{value.type} {value.id}"
    if isinstance(value, Mapping):
        return _between(depth).join(f"{name}={_text(one, depth + 1)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return _between(depth).join(_text(one, depth + 1) for one in value)
    return str(value)


def _between(depth: int) -> str:
    return _BETWEEN[min(depth, len(_BETWEEN) - 1)]
