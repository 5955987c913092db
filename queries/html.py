"""An answer as a table in a notebook. Everything is built as elements: text from data cannot become markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.html import HtmlElement
from lxml.html import builder as make

from graph.harmless import marked
from queries.answer import Answer, Source
from queries.heading import asked, title

MOST_ROWS = 50
_SHORT = 20
# Notebooks align cells to the right and strip style sheets: each element carries its own.
_CELL = "text-align: left; vertical-align: top; max-width: 36em; white-space: normal; padding: 0.3em 0.6em"
_DIM = "opacity: 0.7; margin: 0.2em 0"


def as_html(answer: Answer[Any]) -> str:
    """Title, what was asked, rows with their reasons (the first fifty), notes and sources; nothing loads by itself."""
    told = "; ".join(f"{name}: {value}" for name, value in asked(answer).items())
    parts = [make.P(make.STRONG(marked(title(answer)))), make.P(marked(told), style=_DIM)]
    parts += [_table(answer)] if answer.rows else [make.P("Nothing is known here that fits.")]
    if answer.truncated:
        parts.append(make.P(f"{len(answer.rows)} of {answer.total} rows; more with limit=."))
    if len(answer.rows) > MOST_ROWS:
        parts.append(make.P(f"The first {MOST_ROWS} of {len(answer.rows)} rows are shown; to_frame() has all of them."))
    parts += [make.P(f"Note: {marked(caveat)}", style=_DIM) for caveat in answer.caveats]
    if answer.sources:
        listed = make.UL(*(make.LI(*_source(source)) for source in answer.sources))
        parts.append(make.DETAILS(make.SUMMARY(f"Sources ({len(answer.sources)})"), listed))
    parts.append(make.P(f"Data version {answer.data_version}.", style=_DIM))
    return html.tostring(make.DIV(*parts), encoding="unicode")


def _table(answer: Answer[Any]) -> HtmlElement:
    rows = answer.rows[:MOST_ROWS]
    scored = any(row.score is not None for row in rows)
    names = list(dict.fromkeys(name for row in rows for name in row.cells()))
    reasons = any(row.why() for row in rows)
    heads = ["", *(["Score"] if scored else []), *names, *(["Why"] if reasons else [])]
    body = []
    for number, row in enumerate(rows, start=1):
        cells = row.cells()
        score = "" if row.score is None else f"{row.score:.2f}"
        texts = [str(number), *([score] if scored else []), *(cells.get(name, "") for name in names)]
        texts += ["\n".join(f"\N{BULLET} {sentence}" for sentence in row.why())] if reasons else []
        body.append(make.TR(*(make.TD(*_lines(text), style=_CELL) for text in texts)))
    head = make.TR(*(make.TH(marked(name), scope="col", style=_CELL) for name in heads))
    return make.TABLE(make.THEAD(head), make.TBODY(*body))


def _lines(text: str) -> Iterator[str | HtmlElement]:
    """The lines of a cell with breaks between them; a short one, such as a date, is not broken again."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield make.BR()
        yield make.SPAN(marked(line), style="white-space: nowrap") if len(line) <= _SHORT else marked(line)


def _source(source: Source) -> Iterator[str | HtmlElement]:
    """Publisher, title, date, licence; the title leads to the address where that is one of the web."""
    if source.publisher:
        yield marked(f"{source.publisher}: ")
    if source.url and source.url.startswith(("https://", "http://")):
        yield make.A(marked(source.title), href=marked(source.url), rel="noopener noreferrer", target="_blank")
    else:
        yield marked(source.title)
    yield marked("".join(f", {part}" for part in (source.date, source.licence) if part))
