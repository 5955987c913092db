"""Properties that several node types have."""

from __future__ import annotations

from typing import LiteralString

from graph.schema import Property

VISIBILITY = Property("visibility", "STRING", "`public`, or `committee` where it is not to be shown to others.")


def period(what: LiteralString) -> tuple[Property, ...]:
    """The six properties of a date that may be vague: the source's text, the earliest and the latest day."""
    names: dict[str, tuple[LiteralString, LiteralString, LiteralString]] = {
        "start": ("start_text", "start_earliest", "start_latest"),
        "end": ("end_text", "end_earliest", "end_latest"),
        "date": ("date_text", "date_earliest", "date_latest"),
    }
    text, earliest, latest = names[what]
    return (
        Property(text, "STRING", f"The {what} as the source writes it."),
        Property(earliest, "DATE", f"The earliest day that the {what} can mean."),
        Property(latest, "DATE", f"The latest day that the {what} can mean."),
    )
