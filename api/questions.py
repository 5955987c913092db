"""The questions over HTTP: a route for each, made from its signature and docstring."""

from __future__ import annotations

import asyncio
import difflib
import json
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import RedirectResponse, Response

from api.answering import Wish, answered, page_type
from api.desk import AtDesk
from api.models import ParameterText, Questions, QuestionText
from api.parameters import LEFT_OUT, MOST_QUERIES, Asked, answers_model, body_model, kind_of, query_model
from api.problems import Problem, RefusedError, described, of_error
from graph.errors import GraphError
from graph.store import Store
from queries.parameters import ParameterError
from queries.signature import Parameter, Question, description, parameters
from viz.tables import FORMATS

ADDRESS = "/v1/questions"
_FILES: dict[str, Any] = {one.media_type.partition(";")[0]: {} for name, one in FORMATS.items() if name != "json"}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": _FILES},
    304: {"description": "The caller holds it already (`If-None-Match`)."},
    **described(400, 410, 414, 422, 500, 503),
}


def router(questions: Mapping[str, Question]) -> APIRouter:
    """Routes for all questions, their list, and names written otherwise."""
    routes = APIRouter()
    told = Questions(questions=tuple(_told(name, question) for name, question in questions.items()))

    @routes.get(
        ADDRESS,
        operation_id="list_questions",
        summary="All questions",
        tags=["questions"],
        responses=described(400, 414, 422),
    )
    async def list_questions(_: Annotated[Asked, Query()]) -> Questions:
        """Each question with what it answers and what it takes."""
        return told

    for name, question in questions.items():
        _one(routes, name, question)
        _several(routes, name, question)

    @routes.api_route(f"{ADDRESS}/{{name}}", methods=["GET", "POST"], include_in_schema=False)
    async def elsewhere(name: str, request: Request) -> Response:
        """Names with dashes, as on the command line, lead to the same with underscores."""
        if (known := name.replace("-", "_")) in questions:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{ADDRESS}/{known}{query}", 308)
        near = difflib.get_close_matches(name, questions, 1)
        hint = f" Did you mean {near[0]}?" if near else f" {ADDRESS} lists them."
        raise RefusedError("not-found", f"There is no such question.{hint}")

    return routes


def _one(routes: APIRouter, name: str, question: Question) -> None:
    takes = parameters(question)

    async def ask(given: Asked, request: Request, desk: AtDesk) -> Response:
        values = given.values_for(takes)
        wish = Wish.of(request, getattr(given, "format", None), getattr(given, "next", None))
        return await desk.ask(lambda store: answered(store, question, name, values, wish))

    # FastAPI reads the parameters from here; there is a model for each question.
    ask.__annotations__["given"] = Annotated[query_model(name, takes), Query()]
    routes.add_api_route(
        f"{ADDRESS}/{name}", ask, methods=["GET"], operation_id=f"ask_{name}", summary=_summary(question),
        description=description(question), tags=["questions"], response_model=page_type(question),
        responses=RESPONSES,
    )  # fmt: skip


def _several(routes: APIRouter, name: str, question: Question) -> None:
    takes = parameters(question)

    async def ask_several(given: Any, _: Annotated[Asked, Query()], request: Request, desk: AtDesk) -> Response:
        end = asyncio.get_running_loop().time() + desk.seconds
        answers = []
        for label, query in given.queries.items():
            values = query.values_for(takes)
            left = end - asyncio.get_running_loop().time()
            try:
                text = await desk.ask(partial(_text, question, values), left)
            except (RefusedError, ParameterError, GraphError) as error:
                text = of_error(error, f"{request.url.path}/{label}").model_dump_json(exclude_none=True)
            answers.append(f"{json.dumps(label)}: {text}")
        body = f'{{"answers": {{{", ".join(answers)}}}}}\n'
        return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})

    ask_several.__annotations__["given"] = Annotated[body_model(name, takes), Body()]
    routes.add_api_route(
        f"{ADDRESS}/{name}", ask_several, methods=["POST"], operation_id=f"ask_several_{name}",
        summary=_summary(question), tags=["several at once"],
        description=f"For each of up to {MOST_QUERIES} queries its answer, or the problem in its place. All of them "
        "together have the time of one request.",
        response_model=answers_model(name, page_type(question) | Problem),
        responses=described(400, 413, 414, 422, 500, 503),
    )  # fmt: skip


def _text(question: Question, values: dict[str, Any], store: Store) -> str:
    """One answer of several, as JSON. Its further pages are had by asking for it alone."""
    answer = question(store, **values)
    return page_type(question).model_construct(**dict(answer), next=None).model_dump_json()


def _summary(question: Question) -> str:
    return description(question).partition("\n")[0].partition(". ")[0].removesuffix(".")


def _told(name: str, question: Question) -> QuestionText:
    takes = tuple(_parameter(one) for one in parameters(question) if one.name not in LEFT_OUT)
    return QuestionText(
        name=name, href=f"{ADDRESS}/{name}", summary=_summary(question), description=description(question),
        parameters=takes,
    )  # fmt: skip


def _parameter(one: Parameter) -> ParameterText:
    _, kind, repeated = kind_of(one)
    default = None if one.required or one.default in (None, ()) else str(one.default)
    return ParameterText(
        name=one.name, kind=kind, required=one.required, repeated=repeated, default=default, description=one.text
    )
