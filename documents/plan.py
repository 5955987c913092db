"""A draft action plan of one State, for the State to change: what is known, what could be done, what is to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from documents import common
from documents.citing import citations
from documents.form import Block, Bullets, Citations, Draft, Heading, Line, Paragraph, Table
from graph.store import Store
from queries.action_plan import CAVEAT_OPPORTUNITIES, action_plan
from queries.action_plan_parts import Course, OwnWord, PlanTheme
from queries.answer import Answer, Ref
from queries.assemble import today
from queries.parameters import MAX_LIMIT
from queries.state import StateReading

_READ_AS = {
    "in place": "in place",
    "incomplete": "more is asked for",
    "no entry": "no entry",
    "unknown": "unknown",
}
_OPPORTUNITY = (
    "An opportunity: no source held here speaks of something to be done on this, which is no gap. What follows tells "
    "of programmes under way and of offers that the State could use, should it see a need."
)


def action_plan_draft(
    graph: Store,
    state: str,
    *,
    priorities: Sequence[str] = (),
    as_of: date | None = None,
    committee: bool = False,
) -> tuple[Draft, str]:
    """Draft an action plan from the answer of `action_plan`, and say what it is about.

    With priorities the plan is about these alone; without, about all themes of which something is to be told.
    Raises `ParameterError` for names that are not known.
    """
    answer = action_plan(
        graph, state, priorities=tuple(priorities), as_of=as_of, limit=MAX_LIMIT, committee=committee
    )  # fmt: skip
    rows = [row for row in answer.rows if row.priority or not priorities]
    name = str(answer.parameters["name"])
    cited = citations(graph, [*_records(rows)])
    made = today()
    draft = Draft(
        title=f"Draft action plan: {name}",
        subject=f"Resolution 1540 (2004): {', '.join(row.name for row in rows)}",
        made=made,
        mark=common.mark(made, answer.as_of, answer.data_version, name),
        blocks=tuple(_blocks(answer, rows, name, cited)),
        caveats=common.caveats(one for one in answer.caveats if one != CAVEAT_OPPORTUNITIES or not priorities),
    )
    if priorities:
        return draft, "the themes named with --priorities, in their order."
    if any(row.opportunity for row in rows):
        return draft, (
            "the themes that programmes under way or offers open, as no source held here records anything as "
            "incomplete or without entry on that date, and no request or need of the State's own is held by then."
        )
    return draft, "no priorities were given: every theme on which the State or a source has said that more is needed."


def _records(rows: Iterable[PlanTheme]) -> Iterable[Ref]:
    for row in rows:
        yield from row.records()
        for course in row.courses:
            yield from course.records


def _blocks(answer: Answer[PlanTheme], rows: list[PlanTheme], name: str, cited: Citations) -> list[Block]:
    blocks: list[Block] = [
        Heading("Purpose"),
        Paragraph(
            (
                f"This draft sets out, for {name} to change, what is known under resolution 1540 (2004) by theme, what "
                "is already under way or open to it, and courses of action that could be looked at, light ones first. "
                "It is a list of possibilities and binds nobody.",
            )
        ),
        *_priorities(rows),
        *_overview(rows),
    ]
    for row in rows:
        blocks += _theme(row, cited)
    return [*blocks, *_timeline(rows, cited), *_decisions()]


def _priorities(rows: list[PlanTheme]) -> list[Block]:
    own = [row for row in rows if row.priority]
    blocks: list[Block] = [Heading("Priorities")]
    if own:
        named = "; ".join(f"{row.priority}. {row.name}" for row in own)
        blocks.append(Paragraph((f"The priorities as given to the tool, for the State to confirm: {named}.",)))
    else:
        blocks.append(Paragraph(("No priorities of the State were given; all themes stand alike, by name.",)))
    blocks.append(common.blanks((("The State's own priorities", "which themes come first, and why"),)))
    return blocks


def _overview(rows: list[PlanTheme]) -> list[Block]:
    if not rows:
        text = "No source held here speaks of something to be done; name themes with --priorities to plan for them."
        return [Heading("Overview"), Paragraph((text,))]
    return [
        Heading("Overview"),
        Table(
            "Themes of the plan", ("Theme", "Lightest course known", "Lead institution", "By when"),
            tuple(
                (
                    (row.name,), (_short(row.courses[0]),), common.blank("institution"), common.blank("date"),
                )
                for row in rows
            ),
            (3.5, 6, 2.6, 2),
        ),
    ]  # fmt: skip


def _short(course: Course) -> str:
    return {
        "programme": "A programme that is under way",
        "own plan": "Lines of the State's own plan",
        "offer": "An offer of a partner",
        "known help": "A partner known for such help",
        "pool": "Lessons drawn together with others",
        "laws": "Laws of other States to draw on",
        "together": "A request together with neighbours",
        "request": "A request of its own to the Committee",
    }[course.kind]


def _theme(row: PlanTheme, cited: Citations) -> list[Block]:
    blocks: list[Block] = [
        Heading(row.name),
        *([Paragraph((_OPPORTUNITY,))] if row.opportunity else []),
        Heading("What is known", level=2),
        Table(
            f"{row.name}: what sources recorded", ("Field", "Read as", "As the source writes it", "Source"),
            tuple(_reading(one, cited) for one in row.readings), (5, 2.4, 5, 1.6),
        ),
    ]  # fmt: skip
    if row.stated:
        blocks.append(Paragraph(("The State's own word so far:",)))
        blocks.append(_own(row.stated, cited))
    if row.exists or row.laws:
        blocks.append(Paragraph(("What exists or took place already (laws by section of the matrix):",)))
        blocks.append(_own((*row.laws, *row.exists), cited))
    blocks += [
        Heading("Possible courses of action", level=2),
        Table(
            f"{row.name}: courses that could be looked at, one or several",
            ("Course", "What could be done", "Why", "Sources"),
            tuple(_course(one, cited) for one in row.courses), (1.4, 7, 5, 1.8),
        ),
        common.blanks(
            (
                ("Decision", "which course or courses, or another"),
                ("Lead institution and point of contact", "who carries it out"),
                ("Means", "own budget, partner, or both"),
            )
        ),
        Heading("How progress would be seen", level=2),
        Bullets(tuple((_begin(one),) for one in row.evaluation)),
    ]  # fmt: skip
    return blocks


def _begin(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _reading(one: StateReading, cited: Citations) -> tuple[Line, ...]:
    seen = f"last seen: {one.last_seen}" if one.last_seen else "no source held here speaks of it on that date"
    told = "; ".join(st.text for st in one.statements) or seen
    differ = " (statements differ)" if one.conflict else ""
    records = [Ref(type="Statement", id=st.id) for st in one.statements]
    source = common.sources(cited, *records) if records else ("",)
    return (one.name,), (f"{_READ_AS[one.reading]}{differ}",), (told,), source


def _own(words: Iterable[OwnWord], cited: Citations) -> Bullets:
    return Bullets(tuple((f"{one.line()}.", *cited.of(*one.records)) for one in words))


def _course(one: Course, cited: Citations) -> tuple[Line, ...]:
    why = " ".join(part for part in (one.why, one.until) if part) or "Open to every State at any time."
    source = common.sources(cited, *one.records[:4]) if one.records else ("",)
    return (one.letter,), (one.what,), (why,), source


def _timeline(rows: list[PlanTheme], cited: Citations) -> list[Block]:
    steps = [(row, step) for row in rows for step in row.timeline]
    table = Table(
        "What the known dates allow", ("When", "What", "Source"),
        tuple(((step.when,), (step.what,), common.sources(cited, *step.records[:4])) for _, step in steps),
        (3.6, 9, 1.8),
    )  # fmt: skip
    return [
        Heading("Light timeline"),
        common.table_or("No date of a programme, plan or offer is known here for these themes.", table),
        common.blanks((("Milestones", "the State's own dates"),)),
    ]


def _decisions() -> list[Block]:
    return [
        Heading("To be decided"),
        common.blanks(
            (
                ("National co-ordination", "body or inter-agency group, and its point of contact"),
                ("Period of the plan", "from when until when"),
                ("Review", "when and by whom the plan is looked at again"),
                ("Requests", "whether a request for assistance is made, alone or with others, and its visibility"),
                ("Adoption", "by whom, and on which date"),
            )
        ),
    ]
