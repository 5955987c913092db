"""Candidates for help: what is known of each possible partner, and how they rank for whoever asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.evidence import years_after
from graph.store import Store
from queries.answer import Named, Row, Shape, score
from queries.asker import Asker
from queries.assemble import today
from queries.entry_points import OPEN_YEARS
from queries.partner_features import BEARING, TELLING, PartnerWeights, features_of
from queries.partner_known import Known, totals
from queries.text import cypher

_MOST_AGENCIES = 4
# What each piece of `partners.cypher` tells, in order; the last four of offers and mandates alone.
PIECE = (
    "id", "title", "date", "agency", "agency_name", "themes", "places", "excluded", "answers", "scope", "contact",
)  # fmt: skip


class PartnerName(Shape):
    """A partner: id, name, and what kind of body it is."""

    id: str
    name: str
    kind: str


class Partner(Row):
    """A possible partner, the agencies through which it offers or gave what bears on this, and where to write."""

    partner: PartnerName
    through: tuple[Named, ...]
    contact: str | None

    def cells(self) -> dict[str, str]:
        """Partner and agencies, and where to write."""
        agencies = [one.name for one in self.through]
        more = f" and {len(agencies) - _MOST_AGENCIES} more" if len(agencies) > _MOST_AGENCIES else ""
        through = f"through {', '.join(agencies[:_MOST_AGENCIES])}{more}" if agencies else ""
        who = "\n".join(
            part for part in (self.partner.name, f"{self.partner.id}, {self.partner.kind}", through) if part
        )
        return {"Partner": who, "Contact": self.contact or "not stated"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of possible partners by a date, by the partner's id: pieces as `partners.cypher` tells them.

    A piece has what `PIECE` names, `kind` (a key of `KINDS`), and of the partner `partner` (its id), `name`,
    `partner_kind`, `languages` and `legal_traditions`.
    """

    pieces: dict[str, list[dict[str, Any]]]

    @classmethod
    def read(
        cls, graph: Store, states: Iterable[str], themes: Iterable[str], on: date, hidden: list[str], seen: list[str]
    ) -> Evidence:
        """One query: all offers and help given by then, and programmes that may run in these States on these themes.

        `hidden` are ids of precedents and requests to leave out with what was learned from them.
        """
        parameters = {
            "states": sorted(states),
            "themes": sorted(themes),
            "as_of": on,
            "open_since": years_after(on, -OPEN_YEARS),
            "open_until": years_after(on, OPEN_YEARS),
            "without": hidden,
            "recorded": today(),
            "year_before": years_after(on, -1),
            "visible": seen,
        }
        pieces: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in graph.ask(cypher("partners"), parameters):
            pieces[row["partner"]] += _pieces(row)
        return cls(dict(pieces))


def _pieces(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pieces of a partner, each with who the partner is; help has no limits, so those of offers are empty there."""
    told = row.pop("pieces")
    for piece in told:
        yield {
            **row,
            "excluded": [],
            "answers": [],
            "scope": None,
            "contact": None,
            **dict(zip(PIECE, piece, strict=False)),
        }


def ranked(evidence: Evidence, asker: Asker, weight: PartnerWeights) -> list[Partner]:
    """The partners of whom something is known that bears on what is asked for, best first; ties by id."""
    known = {id_: Known.of(pieces, asker) for id_, pieces in evidence.pieces.items() if not asker.is_among_them(id_)}
    together = totals(known[id_] for id_ in sorted(known))
    found = (_partner(evidence.pieces[id_], one, together, asker, weight) for id_, one in known.items())
    return sorted((one for one in found if one), key=lambda one: (-(one.score or 0), one.partner.id))


def _partner(
    pieces: list[dict[str, Any]], known: Known, together: dict[str, float], asker: Asker, weight: PartnerWeights
) -> Partner | None:
    """The row of one partner; `None` where nothing that is known of it bears on the themes."""
    features = features_of(known, together, asker, weight)
    if not any(feature.value for feature in features if feature.name in BEARING):
        return None
    first = pieces[0]
    telling = {(ref.type.lower(), ref.id) for feature in features if feature.name in TELLING for ref in feature.records}
    bearing = [*known.programmes, *(p for p in pieces if (p["kind"], p["id"]) in telling)]
    named = sorted({(p["agency"], p["agency_name"]) for p in bearing if p["agency"] != first["partner"]})
    contacts = [p["contact"] for p in sorted(bearing, key=lambda p: str(p["id"])) if p["contact"]]
    return Partner(
        score=score(features),
        features=features,
        partner=PartnerName(id=first["partner"], name=first["name"], kind=first["partner_kind"]),
        through=tuple(Named(id=id_, name=name) for id_, name in named),
        contact=contacts[0] if contacts else None,
    )
