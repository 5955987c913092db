"""The forms for requests and for the needs that they state, in the fields of the Committee's template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Annotated

from pydantic import AfterValidator, Field

from graph import vagueness
from graph.records import Record
from ingest.assistance import Asked, NeedRow, RequestRow, request_records, time_frame
from ingest.dates import Period
from ingest.desk import Desk
from ingest.forms.fields import Form, Names, Parties, Themes, cited
from ingest.kinds import Kind
from ingest.rejects import FieldError
from ingest.rows import Vague, Visibility, YesNo
from ingest.titles import fold

# What people write for the words of offers, folded.
_HELP = {
    "expert": "expertise", "experts": "expertise", "advice": "expertise", "technical expertise": "expertise",
    "courses": "training", "materials": "equipment", "finance": "financial", "financing": "financial",
    "funding": "financial", "funds": "financial", "money": "financial", "law": "legal", "laws": "legal",
    "legislation": "legal", "legislative": "legal", "drafting of laws": "legal", "report": "reporting",
}  # fmt: skip
_WEAPONS = {
    "n": ("nuclear",), "nw": ("nuclear",), "c": ("chemical",), "cw": ("chemical",),
    "b": ("biological",), "bw": ("biological",), "d": ("means of delivery",), "delivery": ("means of delivery",),
    "all": vagueness.WEAPONS, **{one: (one,) for one in vagueness.WEAPONS},
}  # fmt: skip
_HELP_WORDS = {one: one for one in (*vagueness.MEANS, *vagueness.KINDS)} | _HELP


def help_word(written: str) -> str:
    """The word of offers for a kind of help; what is none stays as it is written."""
    return _HELP_WORDS.get(fold(written), written)


def _weapons(written: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for one in written:
        if fold(one) not in _WEAPONS:
            raise ValueError(f"{one!r} is none of N, C, B, {', '.join(vagueness.WEAPONS)}, all")
        found += _WEAPONS[fold(one)]
    return tuple(dict.fromkeys(found))


Help = Annotated[Names, AfterValidator(lambda words: tuple(dict.fromkeys(help_word(one) for one in words)))]
Weapons = Annotated[Names, AfterValidator(_weapons)]


class RequestForm(Form):
    """A request for assistance; its needs stand in the form for needs."""

    made_by: Parties = Field(
        title="Requesting State or organisation", examples=["Botswana; Namibia"],
        description="Who asks: one State or organisation, or each State of a group that asks together.",
    )  # fmt: skip
    date: Vague = Field(
        title="Date of the request", description="2026-05-01, 2026-05 or 2026.", examples=["2026-05-01"]
    )
    subject: str = Field(
        title="Subject", description="What is asked for, in a sentence.",
        examples=["Border control along the common river (illustrative)"],
    )  # fmt: skip
    themes: Themes = Field(
        (), title="Subject areas",
        description="The themes of the request as a whole; where they stay blank, those of its needs.",
        examples=["border-control; licensing"],
    )  # fmt: skip
    contact: str | None = Field(
        None, title="Point of contact", description="The institution and the office in it.",
        examples=["Ministry of Foreign Affairs, Disarmament Division (illustrative)"],
    )  # fmt: skip
    contact_person: str | None = Field(
        None, title="Person to contact", description="Name and title, only with the person's consent; else leave blank."
    )
    contact_consent: YesNo = Field(
        False, title="Consent of the person", description="`yes` if the person agreed to be named here."
    )
    preferred: Names = Field(
        (), title="Preferred partners", description="States or organisations, if any are preferred.",
        examples=["World Customs Organization"],
    )  # fmt: skip
    parallel: str | None = Field(
        None, title="Parallel requests", description="Who else was asked for the same, when, and with what answer."
    )
    answered_by: Names = Field((), title="Answered by", description="Who is known to have answered, if anybody.")
    consent: YesNo = Field(
        False, title="Consent to publication", examples=["no"],
        description="`yes` if those who ask agree that it be public; else it is for the Committee and its experts.",
    )  # fmt: skip
    visibility: Visibility = Field(
        "committee", title="Visibility", description="Leave it blank: the consent to publication decides."
    )


class NeedForm(Form):
    """One need of a request."""

    request: str | None = Field(
        None, title="Request", description="Reference of the request; may stay blank if the data set has one request."
    )
    themes: Themes = Field(
        (), title="Subject area", description="The theme, or a few; those of the request where it stays blank.",
        examples=["border-control"],
    )  # fmt: skip
    subject: str = Field(
        title="Specific need", description="What is needed, as exactly as possible.",
        examples=["Portal monitors for two crossing points, with training (illustrative)"],
    )  # fmt: skip
    help: Help = Field(
        (), title="Kind of help",
        description=f"Of {', '.join((*vagueness.MEANS, *vagueness.KINDS))}; or in other words.",
        examples=["equipment; training"],
    )  # fmt: skip
    weapons: Weapons = Field(
        (), title="Weapon type", description="Of N, C, B and means of delivery, or all.", examples=["N; C"]
    )
    existing: str | None = Field(
        None, title="What exists already", description="Laws, bodies, equipment and help that are there.",
        examples=["Two hand-held detectors since 2019 (illustrative)"],
    )  # fmt: skip
    beneficiary: str | None = Field(
        None, title="Beneficiary", description="Which body would receive the help.", examples=["Customs service"]
    )
    time_frame: str | None = Field(
        None, title="Time-frame", description="When it is needed: 2027, by 2028-06 or 2027-01/2028-06.",
        examples=["2027-2028"],
    )  # fmt: skip
    visibility: Visibility = Field(
        "public", title="Visibility", description="`committee` hides it; else it is as visible as its request."
    )


def request(place: str, row: RequestForm, desk: Desk) -> Iterator[Record]:
    """Keep the request until its needs are read."""
    if not row.made_by:
        raise FieldError("made_by", "names nobody")
    sources, cited_records = cited(row)
    yield from cited_records
    made_by = tuple(sorted(dict.fromkeys(row.made_by)))
    # In JSON a request with needs has at least its place for a reference.
    reference = row.reference if row.reference != place else None
    id_ = desk.own(reference) or _free(f"REQ/{'-'.join(made_by).upper()}/{_month(row.date)}", desk)
    if id_ in desk.requests:
        raise FieldError("reference", "is given twice in this data set", row.reference or id_)
    preferred = []
    for written in row.preferred:
        id_of_partner, unresolved = _partner(written, desk)
        yield from unresolved
        preferred += id_of_partner
    person = row.contact_person
    if person and not row.contact_consent:
        # The value is not repeated: rejects are kept in a file.
        reason = "is given without the person's consent"
        desk.rejects.add_field(desk.file, place, _called("contact_person", place), reason)
        person = None
    asked_for = row.visibility if "visibility" in row.model_fields_set else None
    public = row.consent and asked_for != "committee"
    if asked_for == "public" and not public:
        reason = "cannot be `public` without a yes under 'Consent to publication'"
        desk.rejects.add_field(desk.file, place, _called("visibility", place), reason, "public")
    said = row.model_dump(include={"subject", "themes", "contact", "parallel", "answered_by", "note"})
    kept = RequestRow(
        **said, id=id_, made_by=made_by, date=row.date, contact_person=person, preferred=tuple(preferred),
        made_by_kind="State" if all(one in desk.world.parties for one in made_by) else "Organisation",
        visibility="public" if public else "committee", source=sources,
    )  # fmt: skip
    desk.requests[id_] = Asked(f"{desk.file}:{place}", kept)
    desk.rejects.notes.update(_said_of_request(kept))


def need(place: str, row: NeedForm, desk: Desk) -> Iterator[Record]:
    """Add the need to its request."""
    sources, cited_records = cited(row)
    yield from cited_records
    asked = _request_of(row, desk)
    said = row.model_dump(
        include={"subject", "help", "weapons", "existing", "beneficiary", "time_frame", "visibility", "note"}
    )
    id_ = desk.own(row.reference) or f"{asked.row.id}#{len(asked.needs) + 1}"
    if any(id_ == other.id for one in desk.requests.values() for _, other in one.needs):
        raise FieldError("reference", "is given twice in this data set", id_)
    themes = row.themes or asked.row.themes
    kept = NeedRow(**said, id=id_, request=asked.row.id, themes=themes, source=sources or asked.row.source)
    asked.needs.append((f"{desk.file}:{place}", kept))
    desk.rejects.notes.update(_said_of_need(kept))


def let_go(desk: Desk) -> Iterator[Record]:
    """The requests, each with its needs; one that says nothing of what is needed cannot be used."""
    for asked in desk.requests.values():
        file, _, place = asked.line.rpartition(":")
        if asked.needs or asked.row.themes:
            themes = asked.row.themes or tuple(dict.fromkeys(one for _, need in asked.needs for one in need.themes))
            row = asked.row.model_copy(update={"themes": themes})
            for record in request_records(asked.line, row, asked.needs, desk.world):
                where, _, line = record.line.rpartition(":")
                yield from desk.traced([record], where or file, line or place)
        else:
            reason = "no need and no subject area is given, so nobody could be found for it"
            desk.rejects.add(file, place, _called("themes", place), reason, asked.row.id)


def _month(period: Period) -> str:
    """The month of a date as ids have it, else the year."""
    days = [day for day in (period.earliest, period.latest) if day]
    exact = len(days) == 2 and (days[0].year, days[0].month) == (days[1].year, days[1].month)
    return f"{days[-1]:%Y-%m}" if exact else f"{days[-1]:%Y}"


def _free(id_: str, desk: Desk) -> str:
    """The id, with a number where a request of the same maker and month has it already."""
    if id_ not in desk.requests:
        return id_
    return next(one for number in count(2) if (one := f"{id_}-{number}") not in desk.requests)


def _request_of(row: NeedForm, desk: Desk) -> Asked:
    """The request to which a need belongs."""
    asked = desk.requests
    if not row.request:
        if len(asked) == 1:
            return next(iter(asked.values()))
        told = "there is none in this data set" if not asked else f"this data set has {len(asked)} requests"
        raise FieldError("request", f"is to name the request to which the need belongs: {told}")
    # In JSON the reference may be the place of the request in the same file.
    at_place = (one for one in asked.values() if one.line == f"{desk.file}:{row.request}")
    found = asked.get(row.request) or asked.get(desk.own(row.request) or "") or next(at_place, None)
    if found is None:
        raise FieldError("request", "is no request that was taken from this data set", row.request)
    return found


def _partner(written: str, desk: Desk) -> tuple[list[str], list[Record]]:
    """The code or id of a preferred partner, and its record where the name is not known."""
    try:
        return [desk.world.party(written)], []
    except ValueError:
        links, unresolved = desk.world.names.links("PREFERS", [written])
        return [link.key for link in links], unresolved


def _called(name: str, place: str) -> str:
    """A field as users know it: by its name in JSON (a place such as `request[0]`), by its title in tables."""
    return name if "[" in place else RequestForm.model_fields[name].title or name


def _said_of_request(row: RequestRow) -> Iterator[str]:
    """What would make a request easier to match, by field: for the notes of a load, without the record."""
    missing = [name for name in ("contact", "preferred", "parallel") if not getattr(row, name)]
    told = {
        "date": vagueness.vague_date(row.date.earliest, row.date.latest),
        "themes": vagueness.vague_themes(len(row.themes)),
    }
    return remarks("requests", RequestForm, missing, told)


def _said_of_need(row: NeedRow) -> Iterator[str]:
    names = ("themes", "help", "weapons", "existing", "time_frame")
    period = time_frame(row.time_frame) if row.time_frame else None
    told = {
        "subject": vagueness.vague_need(row.subject, len(row.themes)),
        "help": vagueness.vague_help(row.help),
        "time_frame": None if period or not row.time_frame else vagueness.vague_time_frame(None, None),
    }
    return remarks("needs", NeedForm, [name for name in names if not getattr(row, name)], told)


def remarks(what: str, form: type[Form], missing: Iterable[str], vague: Mapping[str, str | None]) -> Iterator[str]:
    """Notes on what is missing or vague in a record of the form, by field, and where more is told of it."""
    titles = {name: one.title for name, one in form.model_fields.items()}
    found = [f"{what} without {titles[name]!r}" for name in missing]
    found += [f"{what} in which {titles[name]!r} is vague, as it {why}" for name, why in vague.items() if why]
    yield from found
    if found:
        yield "requests, needs and offers with such fields (`footprint completeness ID` reads them one by one)"


REQUEST = Kind(
    "request", "Request", RequestForm, request, upright=True, inner={"needs": ("need", "request")}, closing=let_go
)
NEED = Kind("need", "Needs", NeedForm, need, closing=let_go)
