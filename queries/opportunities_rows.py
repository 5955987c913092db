"""What a provider is shown: an opportunity as a row, and what to keep in mind."""

from __future__ import annotations

from typing import Literal

from graph.evidence import DISCLAIMER
from queries.answer import Named, Row, StateName, joined
from queries.names import Meant
from queries.needs_open import OpenNeeds
from queries.opportunities_fit import Fit

_MOST_NAMES = 6
_MOST_THEMES = 4


class Opportunity(Row):
    """A need, a grouping or a programme that fits the provider.

    `whose` made the request or plan (several together: by its id), or is the organisation of the grouping; `states`
    are those to be helped, in the order of their codes; `when` as the source writes it; `amount` is what the plan's
    lines cost or the programme has.
    """

    kind: Literal["need", "grouping", "entry point"]
    id: str
    title: str
    whose: Named | None
    states: tuple[StateName, ...]
    themes: tuple[Named, ...]
    when: str | None
    amount: float | None
    currency: str | None

    def cells(self) -> dict[str, str]:
        """What it is, for whom, and when."""
        names = [one.name for one in self.states]
        states = ", ".join(names[:_MOST_NAMES]) + (
            f" and {len(names) - _MOST_NAMES} more" if names[_MOST_NAMES:] else ""
        )
        whose = f"{self.whose.name}\n" if self.whose and not (names and self.whose.name == joined(names)) else ""
        money = f"\n{self.amount:,.0f} {self.currency or '(no currency given)'}" if self.amount else ""
        themes = [one.name for one in self.themes]
        more = f"\nand {len(themes) - _MOST_THEMES} more" if themes[_MOST_THEMES:] else ""
        return {
            "Opportunity": f"{self.kind}: {self.title}",
            "For": whose + states,
            "Themes": "\n".join(themes[:_MOST_THEMES]) + more,
            "When": (self.when or "not stated") + money,
        }


def caveats(meant: Meant, fit: Fit, needs: OpenNeeds) -> list[str]:
    """What to keep in mind with the answer to a provider."""
    told = [
        DISCLAIMER,
        f"The order is by how well each need, grouping or programme fits what is known of {meant.name}, and by "
        "nothing else: it says nothing on which State needs help more.",
        *needs.caveats(),
    ]
    if not fit.pieces and not fit.running:
        told.append(f"No offer, precedent, reported help or running programme of {meant.name} is known here.")
    words = sorted({word for offer in fit.offers.values() for word in offer["excluded"]})
    if words:
        told.append(f"Its offers also leave out, in words that are not checked here: {'; '.join(words)}.")
    return told
