"""What stands above an answer wherever a person reads it: its title and what was asked."""

from __future__ import annotations

from typing import Any

from queries.answer import Answer

# The first stands in the title; what was left out is told in a note, by type.
_NOT_ASKED = ("as_of", "limit", "evidence", "left_out")
_TITLES = {
    "action_plan": "What a plan could hold",
    "clashes": "Events that collide, and what could be merged",
    "clearing": "All open needs against all partners",
    "cobenefits": "What else a measure brings",
    "common_gaps": "What is most commonly incomplete or without entry",
    "completeness": "A request or offer, field by field",
    "coverage": "What no offer covers",
    "entry_points": "Programmes that could carry a 1540 component",
    "explain": "How a field reads, statement by statement",
    "groupings": "Groupings that could ask for help together",
    "laws": "Laws of other States on the same matter",
    "network": "What stands around it",
    "opportunities": "What fits a provider",
    "overlap": "Programmes under way beside the themes of resolution 1540 (2004)",
    "partners": "Partners that could help",
    "pools": "Whom to bring together to draw lessons",
    "precedents": "Help that took place",
    "search": "Names, titles and identifiers",
    "state": "What is held about a State",
}


def title(answer: Answer[Any]) -> str:
    """The title of the answer with the date that it is about, such as `Partners that could help, 2009-06-01`."""
    return f"{heading(answer.question)}, {answer.as_of.isoformat()}"


def heading(question: str) -> str:
    """What a question is called."""
    return _TITLES.get(question, question.replace("_", " ").capitalize())


def asked(answer: Answer[Any]) -> dict[str, str]:
    """What was asked, name by name as a person reads it, without what the title or a note tells."""
    return {
        name.replace("_", " "): as_text(value) for name, value in answer.parameters.items() if name not in _NOT_ASKED
    }


def as_text(value: object) -> str:
    """A parameter as a person reads it: lists with commas, weights and capacities as `name=number`."""
    if isinstance(value, dict):
        return " ".join(f"{name}={number:g}" for name, number in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
