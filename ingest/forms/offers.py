"""The form for offers of assistance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from graph import vagueness
from graph.records import Record
from ingest.assistance import EVERYWHERE, WORDS, OfferRow, offer_records
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Places, Themes, cited
from ingest.forms.requests import help_word, remarks
from ingest.kinds import Kind
from ingest.rejects import FieldError
from ingest.rows import Vague
from ingest.world import World


def _of(words: tuple[str, ...]) -> AfterValidator:
    """All of some words alone, each once, in whatever form people write them."""

    def checked(written: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(help_word(one) for one in written))
        if other := next((one for one in found if one not in words), None):
            raise ValueError(f"{other!r} is none of {', '.join(words)}")
        return found

    return AfterValidator(checked)


Means = Annotated[Names, _of(vagueness.MEANS)]
Kinds = Annotated[Names, _of(vagueness.KINDS)]


class OfferForm(Form):
    """What a provider offers, or is known to do."""

    provider: Names = Field(
        title="Provider", description="Who offers it: a State, organisation, agency or programme.",
        examples=["World Customs Organization"],
    )  # fmt: skip
    date: Vague | None = Field(None, title="Date", description="When it was made.", examples=["2026-05"])
    subject: str = Field(
        title="Subject", description="What can be had, in a sentence.",
        examples=["Training of customs officers in strategic trade controls (illustrative)"],
    )  # fmt: skip
    means: Means = Field((), title="Means", description=f"Of {', '.join(vagueness.MEANS)}.", examples=["training"])
    kinds: Kinds = Field((), title="Kind", description=f"Of {', '.join(vagueness.KINDS)}.", examples=["implementation"])
    themes: Themes = Field(
        (), title="Themes", description="What the help is about.", examples=["customs-enforcement; border-control"]
    )
    scope: Literal["general", "theme"] | None = Field(
        None, title="Scope",
        description="`general` for the whole resolution, else `theme`; blank: `theme` where themes are named.",
    )  # fmt: skip
    regions: Places = Field(
        (), title="Regions", description="The regions, States or organisations it is for; none: for all.",
        examples=["Africa"],
    )  # fmt: skip
    excluded: Names = Field(
        (), title="Exclusions", description="States, regions, organisations or themes left out; or in words."
    )
    in_reply_to: str | None = Field(
        None, title="In reply to", description="Reference or id of the request that it answers, if it answers one."
    )
    contact: str | None = Field(
        None, title="Contact", description="The institution or office to write to.",
        examples=["Capacity building directorate (illustrative)"],
    )  # fmt: skip
    basis: Literal["offer", "programme"] = Field(
        "offer", title="Basis", description="`offer` if it was made, `programme` if it is known from the work alone."
    )


def records(place: str, row: OfferForm, desk: Desk) -> Iterator[Record]:
    """An offer with its provider, and what is vague or missing in it as notes."""
    sources, cited_records = cited(row)
    yield from cited_records
    answered = desk.requests.get(row.in_reply_to or "") or desk.requests.get(desk.own(row.in_reply_to) or "")
    if row.in_reply_to and not answered and row.in_reply_to not in desk.world.requests:
        near = sorted(one for one in desk.world.requests if one.endswith(f"/{row.in_reply_to}"))
        hint = f"; perhaps {' or '.join(near)}" if near else ""
        raise FieldError("in_reply_to", f"is no request of this data set or of the graph{hint}", row.in_reply_to)
    said = row.model_dump(include={"provider", "subject", "means", "kinds", "themes", "regions", "contact", "note"})
    offer = OfferRow(
        **said, id=desk.own(row.reference) or desk.key("OFFER", *row.provider[:1], row.subject), date=row.date,
        scope=row.scope or ("theme" if row.themes else "general"), offer_basis=row.basis, visibility=row.visibility,
        excluded=tuple(_left_out(one, desk.world) for one in row.excluded),
        in_reply_to=answered.row.id if answered else row.in_reply_to, source=sources,
    )  # fmt: skip
    made = list(offer_records([(place, offer)], desk.world))
    if all(link.type != "MADE_BY" for link in made[-1].links):
        raise FieldError("provider", "names nobody in particular", "; ".join(row.provider))
    yield from made
    desk.rejects.notes.update(_said_of(offer))


def _left_out(written: str, world: World) -> str:
    """The id of what is excluded; what is none stays in words."""
    for known in (world.region_or_party, world.theme):
        with suppress(ValueError):
            found = known(written)
            return f"{WORDS}{written}" if found == EVERYWHERE else found
    return f"{WORDS}{written}"


def _said_of(row: OfferRow) -> Iterator[str]:
    """What would make an offer easier to find, by field: for the notes of a load, without the record."""
    names = ("date", "means", "kinds", "themes", "regions", "contact")
    in_words = bool(row.excluded) and all(one.startswith(WORDS) for one in row.excluded)
    told = {
        "date": vagueness.vague_date(row.date.earliest, row.date.latest) if row.date else None,
        "subject": vagueness.vague_offer(row.subject),
        "themes": vagueness.vague_themes(len(row.themes)),
        "excluded": vagueness.IN_WORDS if in_words else None,
    }
    return remarks("offers", OfferForm, [name for name in names if not getattr(row, name)], told)


OFFER = Kind("offer", "Offer", OfferForm, records, upright=True)
