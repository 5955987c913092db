"""The JSON Schema (2020-12) of a document of one kind, as `ingest.documents` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DataclassSchema

from ingest.explained import DATE, asked, purpose
from ingest.kinds import Kind

# A needed word or list that is blank counts as not given.
_NOT_BLANK: Mapping[str | None, dict[str, Any]] = {"string": {"pattern": r"\S"}, "array": {"minItems": 1}}


class _Words(GenerateJsonSchema):
    """A date (`Period`, the only dataclass that forms have) is given as it is written."""

    def dataclass_schema(self, schema: DataclassSchema) -> JsonSchemaValue:
        return {"type": "string", "description": f"{DATE}."}


def schema(kind: Kind, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The schema of a document `{"request": [{…}, …]}`; `kinds` are those that may be within, by name.

    Names of States, themes and organisations are plain words in it: whether they are known shows when it is loaded.
    """
    rows: dict[str, Any] = {}
    _add(rows, kind, "", kinds)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:lightfootprint:schema:{kind.name}",
        "title": kind.title,
        "description": purpose(kind),
        "type": "object",
        "properties": {kind.name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.name}"}}},
        # Such as `$schema`: passed over.
        "patternProperties": {"^\\$": True},
        "required": [kind.name],
        "additionalProperties": False,
        "$defs": rows,
    }


def _add(rows: dict[str, Any], kind: Kind, above: str, kinds: Mapping[str, Kind]) -> None:
    """Add what a row of a kind may say, and those within; `above` is the field that its place says already."""
    made = kind.form.model_json_schema(schema_generator=_Words)
    properties = {}
    for one in asked(kind):
        told = made["properties"][one.name]
        if one.needed:
            told |= _NOT_BLANK.get(told.get("type"), {})
        if "examples" in told:
            told["examples"] = [_example(example, told) for example in told["examples"]]
        properties[one.name] = told
    properties.pop(above, None)
    row = {
        "title": kind.title,
        "description": purpose(kind),
        "type": "object",
        "properties": properties,
        "required": [name for name in made.get("required", ()) if name != above],
        "additionalProperties": False,
    }
    rows |= {**made.get("$defs", {}), kind.name: row}
    for name, (inner, field) in kind.inner.items():
        within = kinds[inner]
        properties[name] = {"title": within.title, "type": "array", "items": {"$ref": f"#/$defs/{inner}"}}
        _add(rows, within, field, kinds)


def _example(written: str, told: Mapping[str, Any]) -> Any:
    """An example for a cell as it is written in JSON."""
    type_ = told.get("type") or told.get("anyOf", [{}])[0].get("type")
    if type_ == "array":
        return [part.strip() for part in written.split(";")]
    if type_ == "boolean":
        return written == "yes"
    if type_ in ("number", "integer"):
        number = float(written.replace(",", ""))
        return int(number) if number.is_integer() else number
    return written
