"""What States are called in the six languages of the United Nations, and an answer with its States called so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from graph.store import Store
from queries.answer import Answer
from queries.text import cypher

Language = Literal["en", "fr", "es", "ar", "zh", "ru"]
AnswerT = TypeVar("AnswerT", bound=Answer[Any])


def states_in(graph: Store, language: Language) -> dict[str, str]:
    """The short name of each State by its code, as the United Nations writes it in that language.

    Where the graph has none in it, the English name stands.
    """
    return {row["iso3"]: row[language] or row["name"] for row in graph.ask(cypher("states"))}


def regions_of(graph: Store) -> dict[str, str]:
    """The smallest region of the United Nations' M49 list by the code of each State; without those that have none."""
    return {row["iso3"]: row["region"] for row in graph.ask(cypher("states")) if row["region"]}


def called(answer: AnswerT, names: Mapping[str, str]) -> AnswerT:
    """The answer with its States called by these names (by code); its sentences stay as they are, in English."""
    rows = tuple(_called(row, names) for row in answer.rows)
    return answer.model_copy(update={"rows": rows})


def _called(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_called(one, names) for one in value)
    if isinstance(value, Mapping):
        return {key: _called(one, names) for key, one in value.items()}
    if not isinstance(value, BaseModel):
        return value
    fields = type(value).model_fields
    said = {field: _called(getattr(value, field), names) for field in fields if field != "features"}
    # Codes of States are three capitals; nothing else with a name has an identifier like that.
    name = names.get(str(said.get("iso3") or said.get("id")))
    if name and "name" in fields and said.get("type", "State") == "State":
        said["name"] = name
    return value.model_copy(update=said)
