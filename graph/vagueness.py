"""When a record says too little to be matched by: the rules by which its words, dates and themes read vague.

Each rule gives the reason in a sentence without its beginning ("it …") and its end, or `None` where nothing is vague.
The figures are of this project, each with its reason.
"""

from __future__ import annotations

from datetime import date

# The words for the kind of help: an offer's means, then its kinds.
MEANS = ("expertise", "training", "equipment", "financial")
KINDS = ("legal", "implementation", "reporting", "information")
WEAPONS = ("nuclear", "chemical", "biological", "means of delivery")

# A month is as exact as the question which offers and programmes there were then needs.
_DAYS = 31
# More than a quarter of the 33 themes fits nearly every provider, so nothing is told apart.
THEMES = 8
# "Drafting of laws" or "Customs training" leaves open which laws, or training in what.
NEED_WORDS = 4
OFFER_WORDS = 5
# One need that spans more themes is a programme: several providers would have to share it without knowing their part.
NEED_THEMES = 4
IN_WORDS = "excludes in words alone, which no question can check State by State"
# What is left for later cannot be matched now.
_DEFERRED = ("to be specified", "to be determined", "to be defined", "to be agreed")


def vague_date(earliest: date | None, latest: date | None) -> str | None:
    """Why a date does not tell which offers and programmes there were then."""
    if earliest is None or latest is None:
        return "gives one end of a period alone"
    if (latest - earliest).days > _DAYS:
        return "spans more than a month; offers and programmes come and go in that time"
    return None


def vague_themes(number: int) -> str | None:
    """Why so many themes tell nothing apart."""
    return f"names more than {THEMES} themes, which fits nearly every provider" if number > THEMES else None


def vague_need(text: str, themes: int) -> str | None:
    """Why a need in these words, under so many themes, does not tell what is needed."""
    if any(word in text.lower() for word in _DEFERRED):
        return "leaves the substance for later"
    if len(text.split()) < NEED_WORDS:
        return f"has fewer than {NEED_WORDS} words, which leaves open what exactly is needed"
    if themes > NEED_THEMES:
        return f"spans more than {NEED_THEMES} themes: who would do which part, is left open"
    return None


def vague_offer(text: str) -> str | None:
    """Why an offer in these words does not tell what can be had."""
    if len(text.split()) < OFFER_WORDS:
        return f"has fewer than {OFFER_WORDS} words, which leaves open what can be had"
    return None


def vague_help(words: tuple[str, ...] | list[str]) -> str | None:
    """Why no offer can be compared by these words for the kind of help."""
    if words and not {*MEANS, *KINDS}.intersection(words):
        return f"uses none of the words of offers: {', '.join((*MEANS, *KINDS))}"
    return None


def vague_time_frame(earliest: date | None, latest: date | None) -> str | None:
    """Why a time-frame does not tell which programmes run long enough."""
    return None if earliest or latest else "gives no date, so no programme can be compared by it"
