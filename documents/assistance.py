"""A request for assistance of one State, a form a subject area, in the fields of the Committee's template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents import common
from documents.citing import citations
from documents.form import Blank, Block, Bullets, Citations, Draft, Heading, Line, Paragraph, Table
from graph.evidence import NEGATIVE
from graph.store import Store
from queries.action_plan import CAVEAT_LAWS, action_plan
from queries.action_plan_parts import OwnWord, PlanTheme
from queries.answer import Ref
from queries.assemble import today
from queries.candidates import Partner
from queries.fold import CAVEAT_LATEST
from queries.parameters import MAX_LIMIT, ParameterError
from queries.partners import partners
from queries.text import cypher

# Each form asks for its partners, so there are no more than a reader would take in.
_MOST_FORMS = 6
_MOST_PARTNERS = 5
_WEAPONS = {"OP3ab-NW": "nuclear", "OP3ab-CW": "chemical", "OP3ab-BW": "biological"}
_PROHIBITED = {
    "prohibitions-nuclear": "nuclear", "prohibitions-chemical": "chemical", "prohibitions-biological": "biological",
    "means-of-delivery": "means of delivery",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Form:
    """What one form is written from: the theme's row of the plan, what it is about, and partners for it."""

    row: PlanTheme
    description: str
    weapon: str | None
    partners: tuple[Partner, ...]


def assistance_request(
    graph: Store, state: str, *, themes: Sequence[str] = (), as_of: date | None = None, committee: bool = False
) -> tuple[Draft, str]:
    """Draft a State's request, and say which subject areas were chosen and why.

    With themes, these; without, those on which the State itself has stated a need, else those on which a source
    asked for more; at most six. Raises `ParameterError` for names that are not known or where there is nothing.
    """
    answer = action_plan(graph, state, priorities=tuple(themes), as_of=as_of, limit=MAX_LIMIT, committee=committee)
    name, iso3 = str(answer.parameters["name"]), str(answer.parameters["state"])
    rows, why = _chosen(answer.rows, bool(themes), name)
    about = {row["id"]: row for row in graph.ask(cypher("action_plan_themes"), {"ids": [row.id for row in rows]})}
    found = {
        row.id: partners(graph, iso3, row.id, as_of=as_of, limit=_MOST_PARTNERS, committee=committee) for row in rows
    }
    forms = [
        _Form(
            row, about[row.id]["description"] or "", _weapon(row.id, about[row.id]["sections"]), found[row.id].rows
        )
        for row in rows
    ]  # fmt: skip
    records = [ref for form in forms for ref in (*form.row.records(), *_partner_records(form.partners))]
    cited = citations(graph, records)
    blocks: list[Block] = _opening(name, len(forms))
    for number, form in enumerate(forms, start=1):
        blocks += _form(form, number, name, cited)
    made = today()
    draft = Draft(
        title=f"Draft request for assistance: {name}",
        subject=f"Resolution 1540 (2004): {', '.join(row.name for row in rows)}",
        made=made,
        mark=common.mark(made, answer.as_of, answer.data_version, name),
        blocks=(*blocks, *common.signature()),
        caveats=common.caveats([*_of_forms(forms), *(one for each in found.values() for one in each.caveats)]),
    )
    return draft, why


def _of_forms(forms: Iterable[_Form]) -> Iterable[str]:
    """What is to be kept in mind on readings and laws, where forms show any; the plan's other caveats are its own."""
    rows = [form.row for form in forms]
    if any(one.statements for row in rows for one in row.readings):
        yield CAVEAT_LATEST
    if any(row.laws for row in rows):
        yield CAVEAT_LAWS


def _chosen(rows: Sequence[PlanTheme], named: bool, name: str) -> tuple[list[PlanTheme], str]:
    own = [row for row in rows if row.priority]
    why = "the subject areas named with --theme."
    if not named:
        own = [row for row in rows if any(one.kind != "joint request" for one in row.stated)]
        why = f"the subject areas on which {name} itself has stated a need."
    if not own:
        own = [row for row in rows if any(one.reading in NEGATIVE for one in row.readings)]
        why = "the subject areas on which a source asked for more; no need stated by the State is held here."
    if not own:
        raise ParameterError(f"Nothing is held here that {name} could ask for; name the subject area with --theme.")
    if len(own) > _MOST_FORMS:
        why += f" The first {_MOST_FORMS} of {len(own)} by name; name others with --theme."
    return own[:_MOST_FORMS], why


def _weapon(theme: str, sections: list[str]) -> str | None:
    """The weapon type where the theme is about one alone; a rule by theme and section of the matrix."""
    if theme in _PROHIBITED:
        return _PROHIBITED[theme]
    return _WEAPONS.get(sections[0]) if len(sections) == 1 else None


def _partner_records(found: Iterable[Partner]) -> list[Ref]:
    return [ref for one in found for feature in one.features if feature.value for ref in feature.records]


def _opening(name: str, forms: int) -> list[Block]:
    many = "one form follows" if forms == 1 else f"{forms} forms follow, one for each subject area"
    return [
        Heading("Requesting State"),
        Paragraph(
            (
                f"With reference to operative paragraph 7 of Security Council resolution 1540 (2004), {name} could "
                f"submit the following to the Committee established by that resolution; {many}.",
            )
        ),
        Table(
            "The request", ("Field", "Entry"),
            (
                (("Requesting State",), (name,)),
                (("Date of the request",), common.blank("date of submission")),
                (("Point of contact: name and title",), common.blank("point of contact")),
                (("Point of contact: institution",), common.blank("ministry or agency")),
                (("Point of contact: telephone, e-mail",), common.blank("how to reach the point of contact")),
                (("Visibility",), common.blank("whether the request may be made public")),
            ),
            (4, 8),
        ),
    ]  # fmt: skip


def _form(form: _Form, number: int, name: str, cited: Citations) -> list[Block]:
    row = form.row
    weapon: Line = (f"{form.weapon.capitalize()} ", Blank("confirm or change")) if form.weapon else common.blank(
        "nuclear, chemical, biological, means of delivery, or all"
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(f"Subject area {number}: {row.name}"),
        Table(
            f"Form {number}: {row.name}", ("Field", "Entry"),
            (
                (("Subject area",), (f"{row.name}. {form.description}",)),
                (("Weapon type",), weapon),
                (
                    ("Kind of help",),
                    common.blank("drafting of laws, training, equipment, expertise, finance, information, or other"),
                ),
                (("Time-frame",), common.blank("from when, by when, and why then")),
            ),
            (4, 8),
        ),
        Heading("Specific needs", level=2),
        *_needs(row, name, cited),
        Heading("What exists already", level=2),
        *_existing(row, cited),
        Heading("Preferred partners", level=2),
        *_partners(form, cited),
        Heading("Parallel requests", level=2),
        *_parallel(row, cited),
    ]  # fmt: skip
    return blocks


def _needs(row: PlanTheme, name: str, cited: Citations) -> list[Block]:
    own = [one for one in row.stated if one.kind != "joint request"]
    blocks: list[Block] = []
    if own:
        blocks.append(Paragraph((f"What {name} itself has stated so far (to be brought up to date):",)))
        blocks.append(_words(own, cited))
    asked = [
        (f"{one.name}: {st.text}.", *cited.of(Ref(type="Statement", id=st.id)))
        for one in row.readings
        for st in one.statements
        if st.reading in NEGATIVE
    ]
    if asked:
        lead = "Where a source recorded that more could be done, in the source's own code (its scale is in the source):"
        blocks += [Paragraph((lead,)), Bullets(tuple(asked))]
    return [*blocks, common.blanks((("Specific needs", "in the State's own words, as exactly as possible"),))]


def _existing(row: PlanTheme, cited: Citations) -> list[Block]:
    told: list[Line] = [
        (f"{one.name}: {st.text}.", *cited.of(Ref(type="Statement", id=st.id)))
        for one in row.readings
        for st in one.statements
        if st.reading == "in place"
    ]
    told += [(f"{one.line()} (on this section of the matrix).", *cited.of(*one.records)) for one in row.laws]
    told += [(f"{one.line()}.", *cited.of(*one.records)) for one in row.exists]
    told += [
        (f"Under way: {one.title} ({one.start or '?'} to {one.end or 'no end stated'}). {one.how}", *cited.of(one.ref))
        for one in row.carriers
    ]
    lead = "What sources held here tell of:" if told else "No source held here tells of what exists."
    body: list[Block] = [Bullets(tuple(told))] if told else []
    return [Paragraph((lead,)), *body, common.blanks((("Further measures, bodies and laws", "what else exists"),))]


def _partners(form: _Form, cited: Citations) -> list[Block]:
    rows = []
    for one in form.partners:
        through = f" (through {', '.join(named.name for named in one.through[:3])})" if one.through else ""
        contact: Line = (one.contact,) if one.contact else common.blank("whom to write to")
        source = common.sources(cited, *_partner_records([one])[:4])
        rows.append(((f"{one.partner.name}{through}",), (common.reasons(one),), contact, source))
    return [
        common.blanks((("Preferred partners", "States or organisations, or none"),)),
        common.table_or(
            "No partner is known here for it.",
            Table(
                f"{form.row.name}: partners that could be approached, for the State to choose from",
                ("Partner", "What is known", "Contact", "Sources"), tuple(rows), (4, 7, 3, 1.8),
            ),
        ),
    ]  # fmt: skip


def _parallel(row: PlanTheme, cited: Citations) -> list[Block]:
    found = [one for one in row.stated if one.kind in ("joint request", "request")]
    blocks: list[Block] = []
    if found:
        blocks = [Paragraph(("Requests on this subject that are held here:",)), _words(found, cited)]
    return [*blocks, common.blanks((("Requests made to others", "to whom, when, and with what answer"),))]


def _words(words: Iterable[OwnWord], cited: Citations) -> Bullets:
    return Bullets(tuple((f"{one.line()}.", *cited.of(*one.records)) for one in words))
