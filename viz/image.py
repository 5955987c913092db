"""A drawing as an image: PNG or SVG through matplotlib, the same bytes each time."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from graph.harmless import clean
from viz.drawing import Drawing
from viz.style import INK, LABEL_GAP, LINE_HEIGHT, PALE, Line, colour_of, shape_of, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MARKS = {
    "dot": ("o", 1.0), "square": ("s", 0.9), "diamond": ("D", 0.85), "triangle": ("^", 1.05),
    "triangleDown": ("v", 1.05), "star": ("*", 1.5), "hexagon": ("h", 1.1),
}  # fmt: skip
# All measures are in pixels: at 72 dots an inch a point is one. Small pictures are drawn twice as fine.
_DPI, _MARGIN, _NARROWEST, _COMMON, _FINE = 72, 36.0, 900.0, 1500.0, 4e6
_TITLE, _SMALL, _LEGEND, _ROW = 20.0, 11.5, 12.5, 26.0
_MOST_SOURCES = 8
# Lighter shades would be taken for white.
_PALEST = 0.92
# Behind a label, so that the lines under it do not cross it out.
_PAPER = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.5}
# By their widest letters, so that a line of text never runs out of the picture.
_LETTER = 0.58
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "lightfootprint",
    "font.family": ["DejaVu Sans", "sans-serif"],
}


def image(drawing: Drawing, kind: Literal["png", "svg"]) -> bytes:
    """The drawing as PNG or SVG with its title, date, legend, notes and sources; text in an SVG stays text."""
    import matplotlib as mpl  # noqa: PLC0415  (slow to import, and every other command does without)
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    # In a large picture, title and notes are larger too.
    grown = max(1.0, drawing.width / _COMMON)
    margin, row = _MARGIN * grown, _ROW * grown
    heading, small, legend = _TITLE * grown, _SMALL * grown, _LEGEND * grown
    width = max(_NARROWEST, drawing.width + 2 * margin)
    room = width - 2 * margin
    title = _wrapped(drawing.title, heading, room)
    subtitle = _wrapped(drawing.subtitle, legend, room)
    notes = [line for note in (*drawing.notes, _sources(drawing)) for line in _wrapped(note, small, room)]
    marks = list(_rows((f"{words_of(type_)} ({n:,})" for type_, n in drawing.types.items()), legend, room))
    kinds = list(_rows(drawing.lines, legend, room))
    below = margin + len(title) * heading * 1.3 + len(subtitle) * legend * 1.45 + row * 0.2
    middle = below + row * (_high(marks) + _high(kinds)) + margin / 2
    bottom = middle + drawing.height + margin
    height = bottom + len(notes) * small * 1.45 + margin / 2
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        _paragraph(axes, margin, margin, title, heading, INK, weight="bold")
        _paragraph(axes, margin, margin + len(title) * heading * 1.3, subtitle, legend, PALE)
        for type_, (words, line, x) in zip(drawing.types, marks, strict=True):
            y = below + row * (line + 0.5)
            _mark(axes, type_, margin + x + 8 * grown, y, 6.5 * grown)
            _text(axes, margin + x + 22 * grown, y, words, legend, INK, va="center_baseline")
        for stroke, (words, line, x) in zip(drawing.lines.values(), kinds, strict=True):
            y = below + row * (_high(marks) + line + 0.5)
            axes.plot((margin + x, margin + x + 22 * grown), (y, y), **_stroke(stroke, 1.6 * grown))
            _text(axes, margin + x + 28 * grown, y, words, legend, INK, va="center_baseline")
        _network(axes, drawing, (width - drawing.width) / 2, middle)
        _paragraph(axes, margin, bottom, notes, small, PALE)
        return _svg(figure, drawing) if kind == "svg" else _png(figure, drawing, width * height <= _FINE)


def _network(axes: Axes, drawing: Drawing, left: float, top: float) -> None:
    has = _letters()
    at = {spot.key: (spot.x + left, spot.y + top) for spot in drawing.spots}
    faint = 0.9 if len(drawing.links) < 4 * len(drawing.spots) else 0.25
    for link in drawing.links:
        (x1, y1), (x2, y2) = at[link.start], at[link.end]
        axes.plot((x1, x2), (y1, y2), zorder=1, alpha=faint, **_stroke(link.line, 1.1))
    for spot in drawing.spots:
        x, y = at[spot.key]
        _mark(axes, spot.type, x, y, spot.radius)
        first = y + spot.radius + LABEL_GAP
        # The font has no Chinese, say; then the identifier stands for the name.
        label = spot.label if has("".join(spot.label)) else (clean(spot.id),)
        for number, words in enumerate(label):
            _text(
                axes, x, first + number * spot.font * LINE_HEIGHT, words, spot.font * 0.92, INK, ha="center",
                weight="normal" if spot.level else "bold", bbox=_PAPER, zorder=3,
            )  # fmt: skip


def _letters() -> Callable[[str], bool]:
    """Whether the font has all letters of a text."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415  (as above)

    held = get_font(findfont(_SETTINGS["font.family"][0])).get_charmap()
    return lambda text: all(ord(one) in held for one in text)


def _mark(axes: Axes, type_: str, x: float, y: float, radius: float) -> None:
    mark, size = _MARKS[shape_of(type_)]
    axes.plot(
        x, y, mark, color=colour_of(type_), markersize=2 * radius * size, markeredgecolor="white", markeredgewidth=1,
        zorder=2,
    )  # fmt: skip


def _stroke(line: Line, width: float) -> dict[str, Any]:
    dashes = (0, tuple(one / width for one in line.dashes)) if line.dashes else "solid"
    return {"color": line.colour, "linewidth": width, "linestyle": dashes}


def _text(axes: Axes, x: float, y: float, words: str, size: float, colour: str, **more: Any) -> None:
    # No mathematical notation: a dollar sign is a dollar sign.
    axes.text(x, y, words, fontsize=size, color=colour, parse_math=False, **{"va": "top", **more})


def _paragraph(axes: Axes, x: float, y: float, lines: Iterable[str], size: float, colour: str, **more: Any) -> None:
    for number, line in enumerate(lines):
        _text(axes, x, y + number * size * 1.45, line, size, colour, **more)


def _wrapped(text: str, font: float, room: float) -> list[str]:
    return textwrap.wrap(" ".join(clean(text).split()), int(room / (font * _LETTER)))


def _sources(drawing: Drawing) -> str:
    named = list(
        dict.fromkeys(", ".join(filter(None, (one.publisher or one.title, one.licence))) for one in drawing.sources)
    )
    more = f"; and {len(named) - _MOST_SOURCES} more" if len(named) > _MOST_SOURCES else ""
    return f"Sources: {'; '.join(named[:_MOST_SOURCES])}{more}." if named else ""


def _rows(entries: Iterable[str], font: float, room: float) -> Iterator[tuple[str, int, float]]:
    """The entries of a legend: the words, the row, and the place from the left."""
    row, x = 0, 0.0
    for words in entries:
        wide = (4 + len(words) * _LETTER) * font
        if x and x + wide > room:
            row, x = row + 1, 0.0
        yield words, row, x
        x += wide


def _high(rows: list[tuple[str, int, float]]) -> int:
    return rows[-1][1] + 1 if rows else 0


def _svg(figure: Figure, drawing: Drawing) -> bytes:
    out = BytesIO()
    figure.savefig(
        out, format="svg", metadata={"Title": drawing.title, "Description": clean(drawing.about), "Date": None}
    )
    return out.getvalue()


def _png(figure: Figure, drawing: Drawing, fine: bool) -> bytes:
    from PIL import Image  # noqa: PLC0415  (as matplotlib above)
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    drawn, out, about = BytesIO(), BytesIO(), PngInfo()
    figure.savefig(drawn, format="png", dpi=2 * _DPI if fine else _DPI)
    about.add_itxt("Title", drawing.title)
    about.add_itxt("Description", clean(drawing.about))
    # The colours that are there, from full to nearly white: a quarter of the size, and no colour is changed.
    full = dict.fromkeys([INK, PALE, *map(colour_of, drawing.types), *(line.colour for line in drawing.lines.values())])
    shades = max(4, 255 // len(full))
    palette = Image.new("P", (1, 1))
    palette.putpalette([255, 255, 255, *(shade for colour in full for shade in _shades(colour, shades))])
    few = Image.open(drawn).convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(out, format="PNG", optimize=True, pnginfo=about)
    return out.getvalue()


def _shades(colour: str, number: int) -> Iterator[int]:
    for step in range(number):
        for channel in (1, 3, 5):
            full = int(colour[channel : channel + 2], 16)
            yield round(full + (255 - full) * _PALEST * step / number)
