"""A regional request for assistance: States that are recorded alike, what they share, and who could help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents import common
from documents.citing import citations, readings_of
from documents.form import Block, Bullets, Citations, Draft, Heading, Line, Paragraph, Table
from documents.regional_choice import Choice, choose
from documents.regional_help import Carrier, carriers_of, partners_of
from graph.store import Store
from queries.answer import Ref, count
from queries.assemble import data_version, today
from queries.candidates import Partner
from queries.fold import Folded
from queries.parameters import visible

_MOST_PARTNERS = 8


@dataclass(frozen=True, slots=True)
class _Material:
    """What the request is written from."""

    choice: Choice
    on: date
    folded: dict[tuple[str, str], Folded]
    partners: list[Partner]
    carriers: list[Carrier]
    cited: Citations


def regional_request(
    graph: Store,
    organisation: str | None,
    *,
    states: Sequence[str] = (),
    themes: Sequence[str] = (),
    as_of: date | None = None,
    committee: bool = False,
) -> tuple[Draft, str]:
    """Draft a regional request, and say which States and items were chosen and why.

    With an organisation alone, the grouping among its members that `groupings` puts first; with States, just those.
    Raises `ParameterError` for names that are not known, or where nothing is recorded alike and no theme is given.
    """
    on, seen = as_of or today(), visible(committee)
    choice = choose(graph, organisation, states, themes, on, committee)
    folded = readings_of(graph, choice.codes, [one.id for one in choice.items], on, seen)
    partners, undated = partners_of(graph, choice, on, seen, _MOST_PARTNERS)
    carriers = carriers_of(graph, choice, on, seen)
    records = [*common.statement_refs(folded.values()), *(Ref(type="Programme", id=one.id) for one in carriers)]
    records += [ref for one in partners for feature in one.features for ref in feature.records]
    if choice.organisation:
        records.append(Ref(type="Membership", id=choice.organisation.id))
    material = _Material(choice, on, folded, partners, carriers, citations(graph, records))
    made = today()
    draft = Draft(
        title=f"Draft regional request for assistance: {choice.who}",
        subject=f"Resolution 1540 (2004): {', '.join(one.name for one in choice.items)}",
        made=made,
        mark=common.mark(made, on, data_version(graph, seen), f"{choice.who} and the States named"),
        blocks=tuple(_blocks(material)),
        caveats=common.caveats((*choice.caveats, *undated)),
    )
    return draft, choice.why


def _blocks(material: _Material) -> list[Block]:
    choice = material.choice
    blocks: list[Block] = [*_who(material), *_shared(material)]
    blocks += [
        Heading("What is asked for"),
        Paragraph(
            (
                "The States named would welcome assistance with the following. What exactly is needed is for them to "
                "say: no source held here says it for the group.",
            )
        ),
        Table(
            "Assistance asked for", ("Subject", "Specific needs", "Kind of help", "Time-frame"),
            tuple(
                (
                    (one.name,), common.blank("needs, in the States' own words"),
                    common.blank("legal, training, equipment, expertise, finance"), common.blank("by when"),
                )
                for one in choice.items
            ),
            (3, 4, 4, 2),
        ),
    ]  # fmt: skip
    blocks += [*_help(material), *_carriers(material), *_others(choice)]
    blocks += [
        Heading("To be decided"),
        common.blanks(
            (
                ("Consent", "each State that agrees to be named, and to the request being public or not"),
                ("Lead", "which State or secretariat leads for the group"),
                ("Order", "what comes first, by the States' own priorities"),
                ("Shared or national", "what is done once for the group (a model text, joint training), what by State"),
                ("Parallel requests", "requests on the same subject made to others"),
            )
        ),
        *common.signature(),
    ]
    return blocks


def _who(material: _Material) -> list[Block]:
    choice = material.choice
    cite = material.cited.of(Ref(type="Membership", id=choice.organisation.id)) if choice.organisation else ()
    body = f"members of {choice.organisation.name}" if choice.organisation else "States"
    told = f"The {len(choice.states)} {body} in whose name the request would be made"
    return [
        Heading("Who asks"),
        Paragraph(
            (
                "With reference to operative paragraph 7 of Security Council resolution 1540 (2004), which invites "
                "States in a position to do so to offer assistance in response to specific requests, the States below "
                "could submit the following request together to the Committee established by that resolution.",
            )
        ),
        Paragraph((f"{told}: ", ", ".join(one.name for one in choice.states), ".", *cite)),
        Paragraph((f"How this group was chosen: {choice.why}",), note=True),
        Paragraph(("Point of contact for the group:",)),
        common.contact_of(choice.who),
        common.blanks((("Decision by which the request is made", "meeting, decision or letter, and its date"),)),
    ]


def _shared(material: _Material) -> list[Block]:
    choice = material.choice
    blocks: list[Block] = [
        Heading("What the States share"),
        Paragraph(
            (
                "What named sources recorded for each State, with the date of which they speak. It is given to show "
                "where the same help could serve several States; it is no finding on any of them.",
            )
        ),
    ]
    for item in choice.items:
        rows = [row for state in choice.states for row in _rows(material, state.iso3, state.name, item.id)]
        blocks.append(Heading(item.name, level=2))
        blocks.append(
            Table(
                f"{item.name}: what sources recorded",
                ("State", "As the source writes it", "Speaks of", "Source"),
                tuple(rows), (4, 6, 2, 1.5),
            )
        )  # fmt: skip
    if table := common.codes(material.folded.values(), material.cited):
        blocks.append(table)
    return blocks


def _rows(material: _Material, iso3: str, name: str, item: str) -> Iterable[tuple[Line, ...]]:
    told = common.counting(material.folded.get((iso3, item)))
    if not told:
        return [((name,), (common.NONE_HELD,), ("",), ("",))]
    return [
        (
            (name,), (common.code_of(one),), (str(one.said["observed"]),),
            common.sources(material.cited, Ref(type="Statement", id=one.said["id"])),
        )
        for one in told
    ]  # fmt: skip


def _help(material: _Material) -> list[Block]:
    rows = []
    for one in material.partners:
        records = [ref for feature in one.features if feature.value for ref in feature.records]
        through = f" (through {', '.join(named.name for named in one.through[:3])})" if one.through else ""
        rows.append(
            (
                (f"{one.partner.name}{through}",), (common.reasons(one),),
                (one.contact,) if one.contact else common.blank("whom to write to"),
                common.sources(material.cited, *records[:4]),
            )
        )  # fmt: skip
    return [
        Heading("Who could help"),
        Paragraph(
            (
                "Partners whose offers or own work, known or reported, bear on what is shared. The choice is the "
                "States' own, and a partner that is not named may well help: ",
                *common.blank("preferred partners, States or organisations"),
            )
        ),
        common.table_or(
            "No partner is known here for it.",
            Table(
                "Partners that could be approached", ("Partner", "What is known", "Contact", "Sources"), tuple(rows),
                (4, 7, 3, 1.6),
            ),
        ),
    ]  # fmt: skip


def _carriers(material: _Material) -> list[Block]:
    names = {one.iso3: one.name for one in material.choice.states}
    rows = tuple(
        (
            (names[one.iso3],), (f"{one.title} ({one.funders or 'funder not stated'})",), (one.runs,), (one.how,),
            common.sources(material.cited, Ref(type="Programme", id=one.id)),
        )
        for one in material.carriers
    )  # fmt: skip
    return [
        Heading("Programmes under way that could carry it"),
        Paragraph(
            (
                "Work that already runs may be the lightest way. Whether a programme can take a component is for its "
                "partners to say.",
            )
        ),
        common.table_or(
            "No programme that may run on that date is known here for these States and subjects.",
            Table(
                "Programmes that may run on the date, by their published dates",
                ("State", "Programme", "Runs", "What could be added", "Source"), rows, (2.4, 5, 2.6, 4.6, 1.7),
            ),
        ),
    ]  # fmt: skip


def _others(choice: Choice) -> list[Block]:
    blocks: list[Block] = []
    if choice.no_source:
        names = ", ".join(one.name for one in choice.no_source)
        blocks += [
            Heading("Members without a reading that still holds"),
            Paragraph(
                (
                    f"For {count(len(choice.no_source), 'member')} no source held here gives a reading on these "
                    "subjects that still holds on that date (older ones, and what their own plans say, are not counted "
                    f"here); this is no gap, and they may wish to join: {names}.",
                )
            ),
        ]
    if choice.adding:
        names_of = {item.id: item.name for item in choice.items}
        lines = tuple(
            (f"{one.name}: " + (f"recorded otherwise on {', '.join(names_of[item] for item in one.drops)}." if one.drops
              else "recorded alike."),)
            for one in choice.adding
        )  # fmt: skip
        blocks += [Heading("Other members that could be asked"), Bullets(lines)]
    return blocks
