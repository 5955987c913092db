"""What is answered when a request cannot be: one shape, RFC 9457 problem details, for everything."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from graph.errors import GraphError, QueryTooLongError
from queries.names import UnknownNameError
from queries.parameters import ParameterError

LOG = logging.getLogger("footprint.api")
MEDIA_TYPE = "application/problem+json"
ADDRESS = "/v1/problems"
_LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, its title, what it means, and after how many seconds to try again."""

    status: int
    title: str
    meaning: str
    retry_after: int | None = None


KINDS: dict[str, Kind] = {
    "invalid-request": Kind(422, "The request is not as described", "See `errors` for each place that is wrong."),
    "invalid-parameter": Kind(422, "A parameter cannot be right", "`detail` says which, and what to give instead."),
    "unknown-name": Kind(422, "A name is not known", "`detail` suggests the nearest names that the graph holds."),
    "page-invalid": Kind(
        400, "The page token is not right", "A token belongs to the request it was given for; give it back unchanged."
    ),
    "page-stale": Kind(
        410, "The page is gone", "The data or the day changed since the token was given; begin with the first page."
    ),
    "unknown-host": Kind(
        400, "This host is not served here", "The server answers to the names of loopback and to FOOTPRINT_API_HOSTS."
    ),
    "not-found": Kind(404, "There is no such thing here", "Neither the address nor a record at it is known."),
    "too-long": Kind(
        503, "The question took too long", "It was stopped at the time limit; narrow it, or ask again later.", 30
    ),
    "busy": Kind(503, "Too many questions are being asked", "Try again in a moment.", 5),
    "no-graph": Kind(503, "The graph does not answer", "It may be starting; try again in a moment.", 5),
    "not-loaded": Kind(503, "The facts are not loaded yet", "`footprint load` loads them.", 30),
    "internal": Kind(500, "Something went wrong here", "The log of the server has it under the `instance`."),
}


class Wrong(BaseModel):
    """One place in a request that is wrong."""

    model_config = ConfigDict(extra="forbid")

    where: str = Field(description="The parameter, or the path in the body.")
    detail: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description=f"The kind of problem: {ADDRESS} lists them; `about:blank` where HTTP says it.")
    title: str = Field(description="The kind in a few words.")
    status: int = Field(description="The status of the response.")
    detail: str = Field(description="What happened, and what to do.")
    instance: str = Field(description="The path that was asked, or the identifier in the log.")
    errors: list[Wrong] | None = Field(None, description="Each place that is wrong.")


class RefusedError(Exception):
    """A request that cannot be answered, by its kind."""

    def __init__(self, kind: str, detail: str = "") -> None:
        """Of one of `KINDS`; without a detail its meaning is said."""
        super().__init__(detail or KINDS[kind].meaning)
        self.kind = kind


def of_error(error: Exception, path: str) -> Problem:
    """The problem that an error in answering is; what is not the caller's business is logged and not said."""
    match error:
        case RefusedError():
            return made(error.kind, str(error), path)
        case UnknownNameError():
            return made("unknown-name", str(error), path)
        case ParameterError():
            return made("invalid-parameter", str(error), path)
        case QueryTooLongError():
            return made("too-long", KINDS["too-long"].meaning, path)
        case GraphError():
            LOG.warning("The graph did not answer: %s", error)
            return made("no-graph", KINDS["no-graph"].meaning, path)
    instance = f"urn:uuid:{uuid4()}"
    LOG.error("%s at %s", instance, quote(path), exc_info=error)
    return made("internal", KINDS["internal"].meaning, instance)


def made(kind: str, detail: str, instance: str, errors: list[Wrong] | None = None) -> Problem:
    """A problem of one of `KINDS`."""
    one = KINDS[kind]
    return Problem(
        type=f"{ADDRESS}/{kind}", title=one.title, status=one.status, detail=detail, instance=_address(instance),
        errors=errors,
    )  # fmt: skip


def wrong(error: Mapping[str, Any]) -> Wrong:
    """One of pydantic's errors, without what was sent."""
    if error["type"] == "json_invalid":
        return Wrong(
            where="body", detail=f"It is no valid JSON: {error['ctx']['error']} (at character {error['loc'][1]})."
        )
    if error["type"] == "model_attributes_type" and error["loc"] == ("body",):
        return Wrong(where="body", detail="Send a JSON object, with the header Content-Type: application/json.")
    where = [str(one) for one in error["loc"][1:]] or [str(error["loc"][0])]
    if error["type"] == "unknown_parameter":
        where = [*where[:-1], error["ctx"]["name"]] if len(where) < 2 else [*where, error["ctx"]["name"]]
    return Wrong(where=".".join(where)[:_LONGEST_PLACE], detail=str(error["msg"]))


def plain(status: int, detail: str, path: str) -> Problem:
    """A problem that HTTP has its own words for."""
    title = HTTPStatus(status).phrase
    return Problem(type="about:blank", title=title, status=status, detail=detail, instance=_address(path))


def _address(path: str) -> str:
    return quote(path, safe="/:", errors="replace")


def response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The response; characters beyond ASCII escaped, as what was sent may hold some that cannot be encoded."""
    body = json.dumps(problem.model_dump(exclude_none=True), indent=2)
    said = {"Cache-Control": "no-store", **(headers or {})}
    kind = KINDS.get(problem.type.removeprefix(f"{ADDRESS}/"))
    if kind and kind.retry_after:
        said["Retry-After"] = str(kind.retry_after)
    return Response(body, problem.status, said, MEDIA_TYPE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem responses for the description of a route."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
