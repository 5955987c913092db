"""Which fields of a request or an offer are too vague to match by, and how others worded them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from annotated_doc import Doc

from graph.store import Store
from queries.answer import Answer, Feature, Ref, Row, Shape, count
from queries.asker import Asker
from queries.assemble import assemble, today
from queries.candidates import Evidence, ranked
from queries.completeness_fields import FIELDS, Field, Reading, quoted, wording
from queries.names import Meant, Names
from queries.needs_open import OpenNeeds
from queries.parameters import AsOf, Committee, ParameterError, said, visible
from queries.partner_features import PartnerWeights
from queries.support import fits
from queries.text import cypher
from queries.themes import all_themes


class Wording(Shape):
    """How another record words the field, quoted as held here, and which record that is."""

    text: str
    record: Ref
    title: str


class FieldReading(Row):
    """A field of the template: what is held, how that reads by which rule, why it matters, and a fuller wording."""

    field: str
    name: str
    held: str | None
    reading: Reading
    rule: str
    matters: str
    example: Wording | None

    def cells(self) -> dict[str, str]:
        """The field, what is held and how it reads."""
        return {"Field": self.name, "Held here": self.held or "\N{EM DASH}", "Reads": self.reading}

    def why(self, most: int = 3) -> list[str]:
        """The rule, why the field matters, and the example."""
        return [one.sentence for one in self.features][:most]


def completeness(
    graph: Store,
    record: Annotated[str, Doc("The id of a request or an offer, such as REQ/CARICOM/2009-06.")],
    *,
    as_of: AsOf = None,
    committee: Committee = False,
) -> Answer[FieldReading]:
    """Read a request or an offer field by field: what would help to match it better.

    One row a field of the Committee's template: what is held, whether that is stated, vague or not stated (by a small
    rule that the row names), why it matters for matching, with counts where the graph gives them, and the wording of
    another record, the nearest by theme, where the field is stated.
    Raises `ParameterError` for an id that is not known by then.
    """
    on, seen = as_of or today(), visible(committee)
    meant = Names(graph, seen).find(record, ("Request", "Offer"))
    held = graph.ask(cypher("completeness"), {"as_of": on, "recorded": today(), "visible": seen})
    row = next((one for one in held if (one["type"], one["id"]) == (meant.type, meant.id)), None)
    if row is None:
        raise ParameterError(f"{meant.id} was not made by {on.isoformat()}; ask about a later day.")
    counts = (_of_request if meant.type == "Request" else _of_offer)(graph, meant, row, held, on, seen)
    others = sorted(
        (one for one in held if one["id"] != meant.id),
        key=lambda one: (-_alike(row, one), one["type"] != meant.type, one["id"]),
    )
    rows = [_reading(field, row, others, counts.get(field.id, "")) for field in FIELDS[meant.type]]
    parameters = said(record=meant.id, as_of=on.isoformat())
    return assemble(graph, "completeness", parameters, on, rows, len(rows), _caveats(meant), seen=seen)


def _alike(row: dict[str, Any], other: dict[str, Any]) -> float:
    """How much two records have in common by theme: shared themes over all, 0 to 1."""
    one, two = set(row["themes"]), set(other["themes"])
    return len(one & two) / len(one | two) if one | two else 0.0


def _reading(field: Field, row: dict[str, Any], others: list[dict[str, Any]], counts: str) -> FieldReading:
    held, reading, rule = field.of(row)
    example = None
    # Who asks or offers, and whose request is answered, is nobody's wording to follow.
    if reading != "stated" and field.id not in ("requester", "provider", "in_reply_to"):
        told = ((wording(field.id, row["type"], one), one) for one in others)
        found = next(((text, one) for text, one in told if text and text != held), None)
        if found:
            text, one = found
            example = Wording(text=text, record=_ref(one), title=one["subject"])
    matters = f"{field.matters}{f' {counts}' if counts else ''}"
    # How a field reads is no measure of the record, so no feature weighs anything.
    features = [
        Feature(name="held", value=1 if held else 0, weight=0, sentence=rule, records=(_ref(row),)),
        Feature(name="matters", value=1, weight=0, sentence=matters),
    ]
    if example:
        sentence = _elsewhere(example)
        features.append(Feature(name="example", value=1, weight=0, sentence=sentence, records=(example.record,)))
    return FieldReading(
        score=None, features=tuple(features), field=field.id, name=field.name, held=held, reading=reading, rule=rule,
        matters=matters, example=example,
    )  # fmt: skip


def _ref(row: dict[str, Any]) -> Ref:
    return Ref(type=row["type"], id=row["id"])


def _elsewhere(example: Wording) -> str:
    return f"Elsewhere: {quoted(example.text)} ({example.record.id}: {example.title})."


def _of_request(
    graph: Store, meant: Meant, row: dict[str, Any], held: list[dict[str, Any]], on: date, seen: list[str]
) -> dict[str, str]:
    """By field, how many partners or offers it lets in or shuts out."""
    asker = Asker.of(graph, meant, None, on, [], seen)
    themes = frozenset(all_themes(graph))
    evidence = Evidence.read(graph, asker.places, themes, on, [], seen)
    anybody = ranked(evidence, replace(asker, themes=themes, all_themes=True), PartnerWeights())
    offers = [_placed(one) for one in held if one["type"] == "Offer"]
    open_there = [o for o in offers if any(fits(o, iso3, place) for iso3, place in asker.places.items())]
    covering = [o for o in open_there if asker.themes & set(o["themes"])]
    told = {
        "requester": f"By its limits, {len(open_there)} of {count(len(offers), 'offer')} held here "
        f"{'is' if len(open_there) == 1 else 'are'} open to it.",
        "kind_of_help": _parted(covering, "any theme" if asker.all_themes else "its themes"),
        "date": _meanwhile(row, held),
    }
    if asker.all_themes:
        told["subject_area"] = f"Without it, all themes count alike and {count(len(anybody), 'partner')} may fit."
    else:
        fitting = ranked(evidence, asker, PartnerWeights())
        told["subject_area"] = (
            f"By its themes {count(len(fitting), 'partner')} may fit; without any, {len(anybody)} would."
        )
        covers = sum(any(f.name == "covers" and f.value >= 1 for f in one.features) for one in fitting)
        told["needs"] = (
            f"{count(covers, 'partner') if covers else 'No partner'} {_has(covers)} offers that cover all its themes."
        )
    others = sorted(
        one["id"] for one in held
        if one["type"] == "Request" and one["id"] != row["id"] and _ids(one) & (_ids(row) | _around(asker))
    )  # fmt: skip
    if others:
        told["parallel"] = (
            f"Known here of the same requester, or of an organisation that it belongs to: {', '.join(others)}."
        )
    return told


def _of_offer(
    graph: Store, meant: Meant, row: dict[str, Any], held: list[dict[str, Any]], on: date, seen: list[str]
) -> dict[str, str]:
    """By field, how many States and open needs it lets in or shuts out."""
    states = [one["iso3"] for one in graph.ask(cypher("everywhere"), {"as_of": on})]
    places = {one["iso3"]: one for one in graph.ask(cypher("places"), {"states": states, "as_of": on})}
    offer = _placed(row)
    makers = _ids(row)
    open_to = {iso3 for iso3, place in places.items() if iso3 not in makers and fits(offer, iso3, place)}
    unlimited = {**offer, "places": []}
    anywhere = {iso3 for iso3, place in places.items() if iso3 not in makers and fits(unlimited, iso3, place)}
    unbarred = {**offer, "excluded": []}
    with_all = {iso3 for iso3, place in places.items() if iso3 not in makers and fits(unbarred, iso3, place)}
    needs = [one for one in OpenNeeds.read(graph, on, seen).needs if open_to.intersection(one.states)]
    named = [one for one in needs if set(one.themes) & set(row["themes"])]
    told = {"scope": f"Of {count(len(needs), 'open need')} where it is open, its themes name {len(named)}."}
    regions = f"As it stands it is open to {count(len(open_to), 'State')}"
    told["regions"] = f"{regions}; with no region named, to {len(anywhere)}." if row["places"] else f"{regions}."
    if row["excluded"]:
        told["exclusions"] = f"What it leaves out by name shuts out {count(len(with_all - open_to), 'State')}."
    return told


def _placed(row: dict[str, Any]) -> dict[str, Any]:
    """The offer with limits and exclusions by id, as `fits` reads them."""
    return {**row, "places": [o["id"] for o in row["places"]], "excluded": [o["id"] for o in row["excluded"]]}


def _parted(offers: list[dict[str, Any]], under: str) -> str:
    """How offers part by their means."""
    means = Counter(one for offer in offers for one in offer["means"])
    parts = ", ".join(f"{name} {number}" for name, number in sorted(means.items()))
    return f"Of {count(len(offers), 'offer')} open to it under {under}, by means: {parts}." if parts else ""


def _meanwhile(row: dict[str, Any], held: list[dict[str, Any]]) -> str:
    """How many offers were made between the earliest and the latest day that the date can mean."""
    first, last = row["earliest"], row["latest"]
    if first is None or last is None or first == last:
        return ""
    made = [one["earliest"] for one in held if one["type"] == "Offer" and one["earliest"]]
    new = sum(first < one <= last for one in made)
    return f"Between the first and the last day that it may mean, {count(new, 'offer')} held here {_was(new)} made."


def _ids(row: dict[str, Any]) -> set[str]:
    return {id_ for one in row["makers"] for id_ in (one["id"], *one["above"])}


def _around(asker: Asker) -> set[str]:
    """The organisations of a single State; of an organisation's members, none but itself."""
    if len(asker.places) > 1:
        return {asker.id}
    return {asker.id, *(one for place in asker.places.values() for one in place["organisations"])}


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _has(number: int) -> str:
    return "has" if number < 2 else "have"


def _caveats(meant: Meant) -> list[str]:
    noun = "request" if meant.type == "Request" else "offer"
    return [
        f"What is held of this {noun} is what the sources named say of it, often a summary: what reads not stated or "
        f"vague here may well stand in the {noun} itself.",
        "Stated, vague and not stated are readings by the rule that each row names; they judge nobody. Wordings from "
        "other records are examples, the nearest by theme, quoted as held here.",
    ]
