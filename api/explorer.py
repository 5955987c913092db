"""The explorer in the browser: its page and files, and what the page asks besides the questions themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import create_model
from starlette.responses import Response

from api.answering import Wish, cached, page_of
from api.desk import AtDesk
from api.pages import Asking, Moment, same
from api.parameters import LEFT_OUT, kind_of, query_model
from api.problems import RefusedError
from graph.model import MODEL
from graph.store import Store
from queries import catalogue
from queries.catalogue import listed
from queries.heading import heading
from queries.languages import Language, called, regions_of, states_in
from queries.parameters import PUBLIC
from queries.signature import Parameter, Question, description, parameters
from viz.style import colour_of, shape_of, words_of
from viz.view import view

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_STATIC = files("viz") / "static"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


def router(questions: Mapping[str, Question]) -> APIRouter:
    """The page at `/`, its files, and `/v1/explore`: none of it in the description of the API."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def page(request: Request) -> Response:
        """The page; all that it shows is in its address."""
        return _file("index.html", request)

    @routes.get("/static/{name}")
    async def file(name: str, request: Request) -> Response:
        """What the page loads."""
        return _file(name, request)

    @routes.get("/v1/explore")
    async def start(request: Request, desk: AtDesk, lang: Language = "en") -> Response:
        """The questions, what they take, themes to choose from, how kinds of record look, and names of States."""
        wish = Wish.of(request)
        return await desk.ask(lambda store: _start(store, questions, lang, wish))

    for name, question in questions.items():
        _one(routes, name, question)
    return routes


def _one(routes: APIRouter, name: str, question: Question) -> None:
    takes = parameters(question)

    async def ask(given: Any, request: Request, desk: AtDesk) -> Response:
        values = given.values_for(takes)
        wish = Wish.of(request, "json")
        return await desk.ask(lambda store: _explored(store, question, name, values, given.lang, wish))

    # FastAPI reads the parameters from here; there is a model for each question.
    asked = create_model(f"Explored_{name}", __base__=query_model(name, takes), lang=(Language, "en"))
    ask.__annotations__["given"] = Annotated[asked, Query()]
    routes.add_api_route(f"/v1/explore/{name}", ask, methods=["GET"])


def _explored(
    store: Store, question: Question, name: str, values: dict[str, Any], lang: Language, wish: Wish
) -> Response:
    """The answer with States called as in that language, and what is shown of it."""
    asking = Asking(f"/v1/explore/{name}", {**values, "lang": lang})

    def make(moment: Moment) -> tuple[bytes, str | None, dict[str, str]]:
        answer = question(store, **values)
        states = states_in(store, lang) if lang != "en" else {}
        if states:
            answer = called(answer, states)
        page = page_of(question, answer, values, 0, asking, moment)
        shown = view(store, answer, list(PUBLIC), states)
        body = f'{{"answer": {page.model_dump_json()}, "view": {shown.model_dump_json()}}}\n'
        return body.encode(), None, {"Content-Type": "application/json"}

    return cached(store, asking, wish, make)


def _start(store: Store, questions: Mapping[str, Question], lang: Language, wish: Wish) -> Response:
    asking = Asking("/v1/explore", {"lang": lang})

    def make(_: Moment) -> tuple[bytes, str | None, dict[str, str]]:
        told = {
            "version": version("lightfootprint"),
            "questions": [_question(name, one) for name, one in questions.items()],
            "themes": [{"id": one.id, "name": one.name} for one in listed(store, catalogue.ListedTheme)],
            # The search gives English names; the page knows these without asking.
            "states": states_in(store, lang) if lang != "en" else {},
            "regions": regions_of(store),
            "types": {
                type_: {"colour": colour_of(type_), "shape": shape_of(type_), "words": words_of(type_)}
                for type_ in MODEL.nodes
            },
        }
        return json.dumps(told, ensure_ascii=False).encode(), None, {"Content-Type": "application/json"}

    return cached(store, asking, wish, make)


def _question(name: str, question: Question) -> dict[str, Any]:
    takes = [_parameter(one) for one in parameters(question) if one.name not in LEFT_OUT]
    return {"name": name, "title": heading(name), "description": description(question), "parameters": takes}


def _parameter(one: Parameter) -> dict[str, Any]:
    _, kind, repeated = kind_of(one)
    default = None if one.required or one.default in (None, ()) else str(one.default)
    return {
        "name": one.name, "kind": kind, "required": one.required, "repeated": repeated, "default": default,
        "description": one.text, "about": one.about,
    }  # fmt: skip


def _file(name: str, request: Request) -> Response:
    content, media_type, tag = _held(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    if same(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


@cache
def _held(name: str) -> tuple[bytes, str, str]:
    """A file of the page, its media type and its entity tag; only what lies in the folder itself has a name there."""
    suffix = f".{name.rpartition('.')[2]}"
    known = {one.name for one in _STATIC.iterdir()}
    if name not in known or suffix not in _KINDS:
        raise RefusedError("not-found")
    content = (_STATIC / name).read_bytes()
    return content, _KINDS[suffix], f'"{hashlib.blake2b(content, digest_size=8).hexdigest()}"'
