"""JSON documents of the forms: `{"request": [{…}, …], "offer": [{…}]}`, by the names of the kinds.

The schema of each kind is published in `docs/schemas/`; it is made from the same form as the tables' template.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from graph.records import Record
from ingest.desk import Desk
from ingest.files import UnreadableFileError
from ingest.kinds import Kind

# A document is held in memory; the longest list of requests and offers that ever was is a hundredth of this.
MAX_BYTES = 64 * 1024**2
Place = tuple[str, Mapping[str, Any]]


def rows(name: str, open_: Callable[[], IO[bytes]], kinds: Mapping[str, Kind]) -> dict[str, list[Place]]:
    """The rows of a document by the name of their kind, each with its place, such as `request[2].needs[0]`.

    Raises `UnreadableFileError` where it is no such document.
    """
    document = _document(name, open_)
    if not isinstance(document, dict) or not document:
        raise UnreadableFileError(f"{name} is no JSON object with lists of {', '.join(kinds)}.")
    if "$defs" in document:
        raise UnreadableFileError(f"{name} is a JSON Schema; load a document that follows it.")
    found: dict[str, list[Place]] = {}
    for key, those in document.items():
        if key.startswith("$"):
            continue
        if key not in kinds:
            raise UnreadableFileError(f"{name}: {key!r} is no kind of record; there are {', '.join(kinds)}.")
        _take(name, key, key, those, kinds, found)
    return found


def _document(name: str, open_: Callable[[], IO[bytes]]) -> Any:
    with open_() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(f"{name} is larger than {MAX_BYTES:,} bytes; give it as a table.")
    try:
        text = data.decode("utf-8-sig")
        # Halves of characters (lone surrogates) can be written in JSON and are no text.
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"{name}, line {line}: is not in UTF-8.") from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"{name}, line {error.lineno}: is no JSON: {error.msg}.") from error
    except UnicodeEncodeError as error:
        raise UnreadableFileError(f"{name} holds half a character (a lone surrogate).") from error
    except RecursionError as error:
        raise UnreadableFileError(f"{name} is nested too deep.") from error
    except ValueError as error:
        raise UnreadableFileError(f"{name}: {error}.") from error
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} is given twice in one object")
        found[key] = value
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _take(
    name: str, kind: str, where: str, those: Any, kinds: Mapping[str, Kind], found: dict[str, list[Place]]
) -> None:
    if not isinstance(those, list):
        raise UnreadableFileError(f"{name}: {where} should be a list of objects.")
    for number, row in enumerate(those):
        place = f"{where}[{number}]"
        if not isinstance(row, dict):
            raise UnreadableFileError(f"{name}: {place} should be an object.")
        own = dict(row)
        inner = kinds[kind].inner
        reference = own.get("reference") or place
        if inner and inner.keys() & own.keys():
            own.setdefault("reference", reference)
        found.setdefault(kind, []).append((place, {key: value for key, value in own.items() if key not in inner}))
        for key in inner.keys() & own.keys():
            inner_kind, above = inner[key]
            told = own[key]
            if isinstance(told, list):
                told = [{**one, above: reference} if isinstance(one, dict) else one for one in told]
            _take(name, inner_kind, f"{place}.{key}", told, kinds, found)


def records(name: str, places: list[Place], kind: Kind, desk: Desk) -> Iterator[Record]:
    """The records of the rows of one kind."""
    for place, values in places:
        yield from kind.row(values, name, place, desk)
