"""What has to be known about an answer wherever it is carried: its question, its data, its notes, its sources."""

from __future__ import annotations

import json
from typing import Any

from graph.evidence import DISCLAIMER
from queries.answer import Answer, Source
from queries.heading import as_text, title
from queries.table import Value

SOURCE = ("Source", "Title", "Publisher", "Date", "Address", "Licence")


def facts(answer: Answer[Any]) -> list[tuple[str, Value]]:
    """All but rows and sources, a fact a line: what it is, and its value."""
    return [
        ("Title", title(answer)),
        ("Question", answer.question),
        *((f"Parameter {name}", as_text(value)) for name, value in answer.parameters.items()),
        ("As of", answer.as_of),
        ("Data version", answer.data_version),
        ("Rows here", len(answer.rows)),
        ("Rows in all", answer.total),
        ("Cut by the limit", answer.truncated),
        *(("Note", note) for note in dict.fromkeys([*answer.caveats, DISCLAIMER])),
    ]


def source(one: Source) -> tuple[str | None, ...]:
    """A source in the columns of `SOURCE`."""
    return (one.id, one.title, one.publisher, one.date, one.url, one.licence)


def as_line(one: Source) -> str:
    """A source in a line: title, publisher, date, address and licence, as far as they are known."""
    return ", ".join(filter(None, (one.title, one.publisher, one.date, one.url, one.licence)))


def as_json(answer: Answer[Any]) -> str:
    """The whole answer but its rows, for the properties of files that keep such."""
    told = answer.model_dump(mode="json", exclude={"rows"})
    return json.dumps({**told, "caveats": list(dict.fromkeys([*answer.caveats, DISCLAIMER]))}, ensure_ascii=False)
