"""The two kinds of rows of `overlap`: a theme with the programmes that open it, a provider with the themes it opens."""

from __future__ import annotations

from datetime import date
from textwrap import shorten
from typing import Literal

from queries.answer import Named, Row, Shape, StateName, count
from queries.doubling import Doubling

AskedBy = Literal["question", "request", "stated need", "source"]
_MOST = 3
# The feature of a theme that no programme of a provider opens: its cells say so already.
NONE_OF_ITS_OWN = "none"
# The feature of a provider where nothing is asked for: its cells say so too.
NOTHING_ASKED = "opens"
_TITLE = 90
_LABELS: dict[AskedBy, str] = {
    "question": "",
    "request": "\nasked for",
    "stated need": "\na stated need",
    "source": "\na source asks for more",
}


class Money(Shape):
    """What the programmes that state an amount in one currency are to cost together: their whole amounts."""

    currency: str | None
    amount: float
    programmes: int


class Backer(Shape):
    """A State or organisation and the programmes that it (or an agency of it) funds or carries out."""

    id: str
    name: str
    programmes: tuple[str, ...]


class Running(Shape):
    """A programme that may run, and how its work opens the theme (3 the same work … 1 could be added)."""

    id: str
    title: str
    start: str | None
    end: str | None
    dates_uncertain: bool
    amount: float | None
    currency: str | None
    states: tuple[StateName, ...]
    how: str
    directness: int


class ThemeOverlap(Row):
    """A theme and the programmes that open it; none is a row too. `until` is the latest end that a source gives.

    `number` is how many programmes open it; where there are very many, only those that began last are listed.

    `asked_by` says by what the theme counts as asked for: the question itself, a request, a need that a State states,
    or a source that asks for more; `None` where by nothing.
    `funders` and `implementers` are the cells of a grid of partners and themes. `none_known_in` are States in which
    no programme under the theme is known here, which says nothing on the States.
    """

    kind: Literal["theme"] = "theme"
    id: str
    name: str
    asked_by: AskedBy | None
    number: int
    programmes: tuple[Running, ...]
    funders: tuple[Backer, ...]
    implementers: tuple[Backer, ...]
    amounts: tuple[Money, ...]
    without_amount: int
    until: date | None
    states: tuple[StateName, ...]
    none_known_in: tuple[StateName, ...]
    doubling: tuple[Doubling, ...]

    def cells(self) -> dict[str, str]:
        """The theme, its programmes, what they cost and until when, and who stands behind them."""
        asked = _LABELS[self.asked_by] if self.asked_by else ""
        if not self.programmes:
            return _cells(f"{self.name}\n{self.id}{asked}", "no programme known here", "", "")
        titles = _lines([shorten(one.title, _TITLE, placeholder=" …") for one in self.programmes], self.number)
        by = f"\nby {listed([one.name for one in self.implementers])}" if self.implementers else ""
        money = _money(self.amounts, self.without_amount, self.until)
        funders = listed([one.name for one in self.funders]) or "funder not stated"
        return _cells(f"{self.name}\n{self.id}{asked}", titles, money, f"{funders}{by}")

    def why(self, most: int = 3) -> list[str]:
        """What is asked, in how many States something runs, and whose work doubles."""
        told = [one.sentence for one in self.features if one.name != NONE_OF_ITS_OWN]
        if self.doubling:
            pairs = [one.sentence for one in self.doubling]
            more = f" There are {len(pairs) - 1} more such pairs." if len(pairs) > 2 else ""
            told.append(f"{pairs[0]}{more}" if len(pairs) != 2 else " ".join(pairs))
        return told[:most]


class ProviderOverlap(Row):
    """A provider and what its running programmes open of the themes asked for.

    `containment` is the share of the themes asked for that they open; `jaccard` the share of all themes asked for or
    opened that are both (0 to 1, four decimals); `None` where nothing is known to be asked for.
    """

    kind: Literal["provider"] = "provider"
    id: str
    name: str
    programmes: tuple[str, ...]
    themes: tuple[Named, ...]
    covered: tuple[str, ...]
    containment: float | None
    jaccard: float | None
    amounts: tuple[Money, ...]
    without_amount: int
    until: date | None
    states: tuple[StateName, ...]

    def cells(self) -> dict[str, str]:
        """The provider, how many programmes it has there, what they cost and until when, and their themes."""
        in_states = f"\nin {listed([one.name for one in self.states])}" if self.states else "\nno State known here"
        themes = f"opens {listed([one.name for one in self.themes])}"
        money = _money(self.amounts, self.without_amount, self.until)
        return _cells(
            f"{self.name}\n{self.id}, provider", f"{count(len(self.programmes), 'programme')}{in_states}", money, themes
        )

    def why(self, most: int = 3) -> list[str]:
        """The share of the themes that its programmes open, unless there is but one; and with whom it stands.

        Where nothing is asked for, its cells tell all.
        """
        in_cells = {NOTHING_ASKED, *(("covers",) if self.containment == 1 and len(self.covered) == 1 else ())}
        return [one.sentence for one in self.features if one.name not in in_cells][:most]


def _cells(*texts: str) -> dict[str, str]:
    return dict(zip(("Theme or provider", "Programmes", "Amounts, until", "By whom, or on what"), texts, strict=True))


def listed(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _lines(names: list[str], number: int) -> str:
    more = f"\nand {number - _MOST} more" if number > _MOST else ""
    return "\n".join(names[:_MOST]) + more


def _money(amounts: tuple[Money, ...], without: int, until: date | None) -> str:
    told = [f"{one.currency or 'currency not given'} {one.amount:,.0f}" for one in amounts]
    told += [f"{count(without, 'programme')} without an amount"] if without else []
    return "\n".join([*told, f"until {until}" if until else "no end stated"])
