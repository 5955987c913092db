"""What the graph holds: States, organisations, obligations, themes, sources, loads; and the search over names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answering import Wish, answered, listing, single
from api.desk import AtDesk
from api.models import Ask, Listing, OrganisationPage, Page, StatePage
from api.parameters import Asked, Format, Limit, Next, PageAsked, Text, Texts
from api.problems import RefusedError, described
from api.questions import RESPONSES
from graph.store import Store
from queries import catalogue
from queries.answer import Shape
from queries.search import Found
from queries.signature import Question, parameters

_LISTS: tuple[tuple[str, str, type[Shape]], ...] = (
    ("states", "All States", catalogue.ListedState),
    ("organisations", "All organisations", catalogue.ListedOrganisation),
    ("obligations", "What resolution 1540 (2004) asks for", catalogue.ListedObligation),
    ("themes", "All themes", catalogue.ListedTheme),
    ("sources", "All sources", catalogue.ListedSource),
    ("runs", "When a load last changed each data set", catalogue.LastRun),
)
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    304: {"description": "The caller holds it already (`If-None-Match`)."},
    **described(400, 414, 422, 500, 503),
}
ShapeT = TypeVar("ShapeT", bound=Shape)
Iso3 = Annotated[str, Path(pattern="^[A-Za-z]{3}$", description="ISO 3166 alpha-3 code, such as SLE.")]
Slug = Annotated[str, Path(max_length=200, pattern=r"^[^/\x00-\x1f\x7f]+$", description="The id, as the list has it.")]


class SearchAsked(Asked):
    """What to search for."""

    q: Text = Field(description="A name, title or identifier, or a part of it.")
    types: Texts = Field([], description="Types to look among; all unless given.")
    limit: Limit = 10
    next: Next = None  # type: ignore[assignment]  # nothing unless given
    format: Format = None  # type: ignore[assignment]  # the same


def router(questions: Mapping[str, Question]) -> APIRouter:
    """Routes for all lists and for one of each kind that has more to tell."""
    routes = APIRouter(tags=["what is held"])
    for name, summary, kind in _LISTS:
        _list(routes, name, summary, kind)

    @routes.get(
        "/v1/search", operation_id="search", response_model=Page[Found], summary="All names, titles and identifiers",
        responses=RESPONSES,
    )  # fmt: skip
    async def search(given: Annotated[SearchAsked, Query()], request: Request, desk: AtDesk) -> Response:
        """The question `search`, under a short address."""
        values = {"text": given.q, "types": tuple(given.types), "limit": given.limit}
        wish = Wish.of(request, given.format, given.next)
        return await desk.ask(lambda store: answered(store, questions["search"], "search", values, wish))

    @routes.get(
        "/v1/states/{iso3}", operation_id="get_state", response_model=StatePage, summary="One State",
        responses={**_PROBLEMS, **described(404)},
    )  # fmt: skip
    async def get_state(iso3: Iso3, _: Annotated[Asked, Query()], request: Request, desk: AtDesk) -> Response:
        """Its names, regions and organisations, and the questions that can be asked about it."""
        code = iso3.upper()

        def read(store: Store) -> Shape:
            found = _found(catalogue.one_state(store, code))
            return StatePage.model_construct(**dict(found), ask=_ask(questions, code, {"state"}))

        return await _single(request, desk, read)

    @routes.get(
        "/v1/organisations/{id}", operation_id="get_organisation", response_model=OrganisationPage,
        summary="One organisation", responses={**_PROBLEMS, **described(404)},
    )  # fmt: skip
    async def get_organisation(
        id: Slug,  # noqa: A002  (the name in the address)
        _: Annotated[Asked, Query()],
        request: Request,
        desk: AtDesk,
    ) -> Response:
        """Its names and the States with it, and the questions that can be asked about it."""

        def read(store: Store) -> Shape:
            # Whoever types it by hand may write CARICOM.
            found = _found(catalogue.one_organisation(store, id) or catalogue.one_organisation(store, id.lower()))
            members = {"members"} if any(one.status == "member" for one in found.states) else set()
            ask = _ask(questions, found.id, {"organisation", *members})
            return OrganisationPage.model_construct(**dict(found), ask=ask)

        return await _single(request, desk, read)

    @routes.get(
        "/v1/sources/{id}", operation_id="get_source", response_model=catalogue.ListedSource, summary="One source",
        responses={**_PROBLEMS, **described(404)},
    )  # fmt: skip
    async def get_source(
        id: Slug,  # noqa: A002  (the name in the address)
        _: Annotated[Asked, Query()],
        request: Request,
        desk: AtDesk,
    ) -> Response:
        """Its title, publisher, date, address and licence, what it covers, and how it asks to be cited."""
        return await _single(request, desk, lambda store: _found(catalogue.one_source(store, id)))

    return routes


def _list(routes: APIRouter, name: str, summary: str, kind: type[Shape]) -> None:
    path = f"/v1/{name}"

    async def list_all(given: Annotated[PageAsked, Query()], request: Request, desk: AtDesk) -> Response:
        wish = Wish.of(request, token=given.next)
        return await desk.ask(lambda store: listing(store, kind, path, given.limit, wish))

    routes.add_api_route(
        path, list_all, methods=["GET"], operation_id=f"list_{name}", summary=summary,
        description=f"{summary}, page by page.",
        response_model=Listing[kind],  # type: ignore[valid-type]  # a type made at run time
        responses={**_PROBLEMS, **described(410)},
    )  # fmt: skip


async def _single(request: Request, desk: AtDesk, read: Callable[[Store], Shape]) -> Response:
    wish = Wish.of(request)
    return await desk.ask(lambda store: single(store, request.url.path, wish, read))


def _found(one: ShapeT | None) -> ShapeT:
    if one is None:
        raise RefusedError("not-found")
    return one


def _ask(questions: Mapping[str, Question], value: str, kinds: set[str]) -> tuple[Ask, ...]:
    """The questions that this alone is enough to ask: one of their parameters can name it, and no other is required."""
    found = []
    for name, question in questions.items():
        takes = parameters(question)
        first = next((one for one in takes if kinds.intersection(one.about)), None)
        if first and all(one is first for one in takes if one.required):
            found.append(Ask(question=name, href=f"/v1/questions/{name}?{urlencode({first.name: value})}"))
    return tuple(found)
