"""Reading and validating rows: what fails goes to the rejects with file, line, field and reason; the rest loads."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator

from ingest import dates
from ingest.rejects import Rejects

RowT = TypeVar("RowT", bound="FactRow")
# Rows with the line or place in their file at which they stand.
Rows: TypeAlias = Iterable[tuple[str, RowT]]
LIST_SEPARATOR = "|"
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z")


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(LIST_SEPARATOR) if part.strip())
    return value


def _yes_no(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _period(value: object) -> object:
    return dates.when(value, in_numbers=False) if isinstance(value, str) else value


def _whole(value: object) -> object:
    return value.replace(",", "") if isinstance(value, str) and _THOUSANDS.match(value) else value


Code3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Listed = Annotated[tuple[str, ...], BeforeValidator(_split)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Vague = Annotated[dates.Period, BeforeValidator(_period)]
Number = Annotated[float, BeforeValidator(_whole)]
Visibility = Literal["public", "committee"]


class FactRow(BaseModel):
    """A row of a fact file: blanks are not said, unknown columns are an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _blank_is_not_said(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {k: v for k, v in data.items() if not (isinstance(v, str) and not v.strip())}
        return data


def read(path: Path, row: type[RowT], rejects: Rejects) -> Iterator[tuple[str, RowT]]:
    """The valid rows of a CSV file with the line each ends on; the others go to `rejects`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="(more cells than the header has)", strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                rejects.add(path.name, reader.reader.line_num, "", f"not readable as CSV: {error}")
                return
            line = str(reader.line_num)
            try:
                yield line, row.model_validate(cells)
            except ValidationError as error:
                rejects.add_validation(path.name, line, error)
