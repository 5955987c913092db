"""Where the text of a law is, and what was seen of it: official addresses first."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

Seen = Literal[
    "government page, read", "government address, not opened", "other page, read", "secondary source", "no address"
]
# What is nearest to the official text stands first.
ORDER: tuple[Seen, ...] = (
    "government page, read", "government address, not opened", "other page, read", "secondary source", "no address",
)  # fmt: skip
# How governments mark their own pages below the domain of the country: gov.sg, gob.mx, go.jp, gc.ca, admin.ch.
_MARKS = frozenset({"gov", "govt", "gob", "gub", "gouv", "go", "gc", "admin"})
_DOMAINS = {"gb": "uk"}


def is_government(address: str | None, codes: frozenset[str]) -> bool:
    """Whether an address is under the domain of the government of one of these (ISO alpha-2 codes, or `eu`).

    The United States' own domain is `gov` itself; the European Union's is `europa.eu`.
    """
    labels = (urlsplit(address or "").hostname or "").rstrip(".").split(".")
    for code in codes:
        domain = _DOMAINS.get(code.lower(), code.lower())
        if domain == "us" and labels[-1] == "gov":
            return True
        if domain == "eu" and labels[-2:] == ["europa", "eu"]:
            return True
        if labels[-1] == domain and _MARKS & set(labels[:-1]):
            return True
    return False


def seen(address: str | None, verification: str | None, codes: frozenset[str]) -> Seen:
    """What was seen of the text, by the words of `verification` and the address; `codes` as in `is_government`."""
    said = verification or ""
    if said.startswith("listed with official address"):
        return "government address, not opened"
    if said.startswith("secondary"):
        return "secondary source"
    if not address:
        return "no address"
    return "government page, read" if is_government(address, codes) else "other page, read"
