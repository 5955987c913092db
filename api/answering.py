"""From a request to its response, off the event loop: the question, the page, the format, what caches need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from starlette.responses import Response

from api.models import Listing, Page
from api.pages import Asking, Moment, same
from api.parameters import IN_ONE_PIECE
from graph.store import Store
from queries.answer import Answer, Shape
from queries.assemble import today, version_of
from queries.catalogue import ListedT, listed
from queries.parameters import MAX_LIMIT
from queries.signature import Question, row_type
from viz.tables import FORMATS

_REVALIDATE = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Wish:
    """How the caller wants it: the format, the token of a page, what is held already, and the address asked."""

    format: str
    token: str | None
    held: str | None
    path: str
    query: str

    @classmethod
    def of(cls, request: Request, format_: str | None = "json", token: str | None = None) -> Wish:
        """As the request says it; a format in the query comes before the Accept header."""
        headers, url = request.headers, request.url
        chosen = format_ or accepted(headers.get("accept", ""))
        return cls(chosen, token, headers.get("if-none-match"), url.path, url.query)

    def link(self, token: str) -> str:
        """The address of the next page, for the `Link` header."""
        pairs = [(name, value) for name, value in parse_qsl(self.query, keep_blank_values=True) if name != "next"]
        return f'<{self.path}?{urlencode([*pairs, ("next", token)])}>; rel="next"'


def accepted(header: str) -> str:
    """The format that an Accept header likes best of those there are; JSON where it names none of them."""
    liked: dict[str, float] = {}
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        liked[media] = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
    by_format = {}
    for name, one in FORMATS.items():
        media = one.media_type.partition(";")[0]
        ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
        by_format[name] = next((liked[one] for one in ranges if one in liked), 0.0)
    best = max(by_format, key=lambda name: (by_format[name], name == "json"))
    return best if by_format[best] > 0 else "json"


def answered(store: Store, question: Question, name: str, values: dict[str, Any], wish: Wish) -> Response:
    """The answer to a question, one page of it, in the format wished for."""
    asking = Asking(f"/v1/questions/{name}", values)

    def make(moment: Moment) -> tuple[bytes, str | None, dict[str, str]]:
        offset = asking.offset(moment, wish.token)
        answer = question(store, **_reaching(values, offset))
        page = page_of(question, answer, values, offset, asking, moment)
        chosen = FORMATS[wish.format]
        headers = {"Content-Type": chosen.media_type}
        if wish.format != "json":
            file = f"{name.replace('_', '-')}-{answer.as_of.isoformat()}{chosen.suffix}"
            headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return chosen.write(page), page.next, headers

    return cached(store, asking, wish, make)


def page_of(
    question: Question, answer: Answer[Any], values: dict[str, Any], offset: int, asking: Asking, moment: Moment
) -> Page[Any]:
    """The rows after `offset` of an answer that reaches to the end of the page."""
    said = dict(answer)
    reached = offset + values.get("limit", 0)
    if offset:
        said |= {"rows": answer.rows[offset:], "parameters": {**answer.parameters, "limit": values["limit"]}}
    more = "limit" in values and answer.question not in IN_ONE_PIECE and answer.truncated and reached < MAX_LIMIT
    next_ = asking.token(moment, reached) if more else None
    # Made of an answer that is valid already: to look at each of its values again takes longer than some questions.
    return page_type(question).model_construct(**said, next=next_)


def page_type(question: Question) -> type[Page[Any]]:
    """The type of a question's pages, with the class of its rows."""
    return Page[row_type(question)]  # type: ignore[misc,return-value]  # made at run time


def listing(store: Store, kind: type[ListedT], path: str, limit: int, wish: Wish) -> Response:
    """One page of a list."""
    asking = Asking(path, {"limit": limit})

    def make(moment: Moment) -> tuple[bytes, str | None, dict[str, str]]:
        offset = asking.offset(moment, wish.token)
        rows = listed(store, kind)
        reached = offset + limit
        page = Listing[kind](  # type: ignore[valid-type]  # a type made at run time
            data_version=moment.data_version, total=len(rows), truncated=reached < len(rows),
            rows=tuple(rows[offset:reached]), next=asking.token(moment, reached) if reached < len(rows) else None,
        )  # fmt: skip
        return _json(page), page.next, {"Content-Type": "application/json"}

    return cached(store, asking, wish, make)


def single(store: Store, path: str, wish: Wish, read: Callable[[Store], Shape]) -> Response:
    """One thing."""
    said = {"Content-Type": "application/json"}
    return cached(store, Asking(path, {}), wish, lambda _: (_json(read(store)), None, said))


def cached(
    store: Store, asking: Asking, wish: Wish, make: Callable[[Moment], tuple[bytes, str | None, dict[str, str]]]
) -> Response:
    """The response with its entity tag, or 304 where the caller holds it; without one while a load is under way."""
    before = version_of(store)
    moment, whole = Moment(before[0], today()), not before[1]
    tag = asking.tag(moment, wish.format, wish.token)
    headers = {"Cache-Control": _REVALIDATE, "Vary": "Accept"}
    if whole and same(tag, wish.held):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    body, next_, said = make(moment)
    headers |= said
    if next_:
        headers["Link"] = wish.link(next_)
    # What was made while the data changed is of neither version.
    if whole and version_of(store) == before:
        headers["ETag"] = tag
    else:
        headers["Cache-Control"] = "no-store"
    return Response(body, headers=headers)


def _reaching(values: dict[str, Any], offset: int) -> dict[str, Any]:
    """The parameters with a limit that reaches to the end of the page: questions know no offset."""
    return {**values, "limit": min(offset + values["limit"], MAX_LIMIT)} if "limit" in values else values


def _json(shape: Shape) -> bytes:
    return f"{shape.model_dump_json(indent=2)}\n".encode()
