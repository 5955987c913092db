"""The row of a grouping: its States, what they share, and what could help them."""

from __future__ import annotations

from queries.answer import Named, Row, Shape, StateName, count


class StatementText(Shape):
    """A statement that a reading rests on."""

    id: str
    iso3: str
    text: str


class SharedItem(Shape):
    """What the States of a grouping share: the item, how it reads, the statements behind that about each State, and
    the statements of other sources that say otherwise."""

    id: str
    name: str
    reading: str
    statements: tuple[StatementText, ...]
    otherwise: tuple[StatementText, ...]

    def line(self) -> str:
        """The item in a line, with one of its statements."""
        differ = ", statements differ" if self.otherwise else ""
        example = self.statements[0]
        return f"{self.name}: {self.reading}{differ} (as {example.iso3}, {example.text})"


class Adding(Shape):
    """A State that could join, and which shared items the grouping would then no longer share."""

    iso3: str
    name: str
    drops: tuple[str, ...]


class CarrierTitle(Shape):
    """A programme that could carry the help in one of the States."""

    id: str
    title: str
    iso3: str


class Grouping(Row):
    """States that share items on known readings, and what speaks for a common request."""

    states: tuple[StateName, ...]
    shared: tuple[SharedItem, ...]
    no_source: tuple[StateName, ...]
    adding: tuple[Adding, ...]
    partners: tuple[Named, ...]
    programmes: tuple[CarrierTitle, ...]
    organisation: Named | None

    def cells(self) -> dict[str, str]:
        """The States, what they share, and who could help."""
        unknown = f"\nand {count(len(self.no_source), 'member')} for whom no source speaks" if self.no_source else ""
        adding = "".join(
            f"\nadding {one.name} would drop {count(len(one.drops), 'item')}" for one in self.adding[:2] if one.drops
        )
        helpers = [one.name for one in self.partners[:4]]
        more = f" and {len(self.partners) - 4} more" if len(self.partners) > 4 else ""
        return {
            "States": f"{len(self.states)}: {', '.join(state.name for state in self.states)}{unknown}{adding}",
            "Share": "\n".join(item.line() for item in self.shared),
            "Who could help": (", ".join(helpers) + more) or "nobody known here",
        }
