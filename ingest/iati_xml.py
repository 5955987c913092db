"""What every part of an IATI activity is read with: its elements by name, texts in several languages, numbers, sums."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.rejects import Rejects

_COMMITMENTS, _DISBURSEMENTS = frozenset({"2", "C"}), frozenset({"3", "D"})
_READ = (
    "iati-identifier", "reporting-org", "title", "participating-org", "activity-status", "activity-date",
    "recipient-country", "recipient-region", "location", "sector", "transaction", "related-activity",
)  # fmt: skip
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def attribute(element: etree._Element, name: str) -> str:
    """An attribute without blanks around it; empty where there is none."""
    return (element.get(name) or "").strip()


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next(element.iterchildren(name), None)


def number(text: str) -> float:
    """A finite number, with a point; commas only between thousands. `ValueError` (the text) for anything else."""
    try:
        found = float(text)
    except ValueError:
        found = float(text.replace(",", "")) if _THOUSANDS.match(text) else math.nan
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def _narratives(element: etree._Element) -> Sequence[etree._Element]:
    """The texts in several languages that 2.0x has within an element; in 1.0x it is the text itself."""
    return list(element.iterchildren("narrative")) or (element,) if len(element) else (element,)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity: its elements by name, and where it stands, so that what is wrong with a part can be noted."""

    element: etree._Element
    parts: Mapping[str, Sequence[etree._Element]]
    file: str
    line: str
    rejects: Rejects

    @classmethod
    def of(cls, element: etree._Element, file: str, line: str, rejects: Rejects) -> Activity:
        """Sort the elements that are read by name, once: results, documents and budgets are many in some files."""
        parts: dict[str, list[etree._Element]] = defaultdict(list)
        for part in element.iterchildren(*_READ):
            parts[str(part.tag)].append(part)
        return cls(element, parts, file, line, rejects)

    def all(self, name: str) -> Sequence[etree._Element]:
        """The elements of that name."""
        return self.parts.get(name, ())

    def texts(self, elements: Iterable[etree._Element]) -> tuple[str, ...]:
        """Their texts or narratives, each once, the English one first. What has no language has the activity's."""
        said: dict[str, bool] = {}
        given = [(one, element) for element in elements for one in _narratives(element)]
        for one, element in given:
            words = " ".join((one.text or "" if not len(one) else "".join(one.itertext())).split())
            if words and len(given) == 1:
                return (words,)
            if words:
                language = one.get(_LANGUAGE) or element.get(_LANGUAGE) or self.element.get(_LANGUAGE) or ""
                said[words] = said.get(words, False) or language.lower().startswith("en")
        return tuple(sorted(said, key=lambda words: not said[words]))

    def text(self, name: str) -> str:
        """The text of the first element of that name, in English if it has one; empty where there is none."""
        return self.text_of(self.all(name)[:1])

    def text_of(self, elements: Iterable[etree._Element]) -> str:
        """The English text of the elements, else the first."""
        return next(iter(self.texts(elements)), "")

    def note(self, field: str, reason: str, value: str) -> None:
        """Note a field without which the activity is taken."""
        self.rejects.add_field(self.file, self.line, field, reason, value)

    def commitments(self) -> list[etree._Element]:
        """Its outgoing commitments: no budgets, and no commitments that it hopes to receive."""
        return self._transactions(_COMMITMENTS)

    def payments(self) -> list[etree._Element]:
        """Its commitments, or its disbursements where it has none: what shares can be weighed by."""
        return self.commitments() or self._transactions(_DISBURSEMENTS)

    def _transactions(self, types: frozenset[str]) -> list[etree._Element]:
        found = ((one, child(one, "transaction-type")) for one in self.all("transaction"))
        return [one for one, type_ in found if type_ is not None and attribute(type_, "code") in types]

    def money(self, transaction: etree._Element) -> tuple[float, str]:
        """Value and currency (empty where neither it nor the activity names one). `ValueError` for no number."""
        value = child(transaction, "value")
        if value is None:
            raise ValueError("")
        currency = attribute(value, "currency") or attribute(self.element, "default-currency")
        return number(self.text_of((value,))), currency
