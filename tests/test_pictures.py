"""Pages in a real browser with the network cut, images, and the command that writes them."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from footprint.cli import app
from graph.evidence import DISCLAIMER
from graph.harmless import clean
from graph.store import Store
from queries.answer import Answer
from queries.candidates import Partner
from queries.entry_points import entry_points
from queries.network import network
from queries.parameters import ParameterError
from queries.search import search
from tests.browser import browser, opened
from tests.helpers import ONE_ENGINE
from tests.test_network_files import HOSTILE, invented
from viz import files
from viz.drawing import MOST, Drawing, drawing
from viz.image import image
from viz.network import to_networkx
from viz.page import page

__all__ = ["browser"]
# What the page must not have done, whatever stands in names.
UNTOUCHED = "() => [window.hit, document.images.length, document.scripts.length, document.querySelectorAll('b').length]"


def drawn(answer: Answer[Any]) -> Drawing:
    return drawing(answer, to_networkx(answer))


def saved(answer: Answer[Any], folder: Path) -> tuple[Drawing, Path]:
    file, one = folder / "picture.html", drawn(answer)
    file.write_text(page(one, to_networkx(answer)), encoding="utf-8")
    return one, file


def in_network(shown: Page) -> dict[str, Any]:
    """What vis-network itself holds: labels and places by node, number of lines, whether anything moves by itself."""
    held: dict[str, Any] = shown.evaluate(
        "() => { const n = footprint.network; const b = n.body; return {"
        "labels: Object.fromEntries(n.body.data.nodes.get().map(one => [one.id, one.label])),"
        "edges: b.data.edges.length, moves: n.physics.physicsEnabled, places: n.getPositions()} }"
    )
    return held


def test_hostile_names_do_nothing_in_a_page(browser: Browser, tmp_path: Path) -> None:
    one, file = saved(invented("Bland Example", HOSTILE), tmp_path)

    with opened(browser, file) as shown:
        shown.locator('[data-node="Organisation org-1"]').click()
        panel = shown.locator("#panel").inner_text()
        shown.hover("#network")
        shown.wait_for_timeout(300)
        untouched = shown.evaluate(UNTOUCHED)
        table = shown.locator("#table").inner_text()
        title = shown.title()

    assert untouched == [None, 0, 4, 0]
    assert " ".join(clean(HOSTILE).split()) in " ".join(panel.split())
    assert "onerror=window.hit=1>" in table
    assert title == "Partners that could help: AAA, border-control"
    assert len(one.spots) == 8


@ONE_ENGINE
def test_a_page_shows_all_and_moves_nothing(shipped: Store, browser: Browser, tmp_path: Path) -> None:
    answer = entry_points(shipped, "SLE", as_of=date(2009, 10, 1))
    one, file = saved(answer, tmp_path)

    with opened(browser, file) as shown:
        held = in_network(shown)
        legend = {" ".join(one.split()) for one in shown.locator(".legend li").all_inner_texts()}
        notes = shown.locator("#notes").inner_text()
        rows = shown.locator("#table tbody tr").count()
        shown.fill("#find", "law enforcement")
        shown.keyboard.press("Enter")
        panel = shown.locator("#panel").inner_text()
        reads_on = shown.evaluate("() => document.activeElement.id")
        shown.fill("#find", "r")
        shown.keyboard.press("Enter")
        several = shown.locator("#found").inner_text()
        shown.fill("#find", "Atlantis")
        shown.keyboard.press("Enter")
        none = shown.locator("#found").inner_text()

    assert reads_on == "panel"
    assert several.startswith("The first of ")
    assert none == "Nothing in this picture is called so."
    assert held["labels"] == {spot.key: "\n".join(spot.label) for spot in one.spots}
    assert held["edges"] == len(one.links)
    assert not held["moves"]
    at = {key: (place["x"], place["y"]) for key, place in held["places"].items()}
    assert at == {spot.key: pytest.approx((spot.x, spot.y), abs=1) for spot in one.spots}
    assert rows == len(one.spots)
    assert {"Programme 20", "Theme 14", "could carry", "funded by", "carried out by"} <= legend
    assert DISCLAIMER in notes
    assert all(caveat in notes for caveat in answer.caveats)
    assert panel.startswith("Law enforcement")
    assert "could carry" in panel


@ONE_ENGINE
def test_a_large_page_fits_a_narrow_screen(shipped: Store, browser: Browser, tmp_path: Path) -> None:
    answer = network(shipped, "BRB", depth=2, limit=150)
    one, file = saved(answer, tmp_path)

    with opened(browser, file, 420, 860) as shown:
        held = in_network(shown)
        wide = shown.evaluate("() => document.documentElement.scrollWidth")
        shown.locator("#network").scroll_into_view_if_needed()
        middle = shown.evaluate(
            "() => footprint.network.canvasToDOM(Object.values(footprint.network.getPositions())[0])"
        )
        shown.locator("#network").click(position=middle)
        read = shown.locator("#panel h2").bounding_box()

    assert read, "what was clicked is told"
    assert read["y"] + read["height"] < 860, "and seen without scrolling"
    assert len(held["labels"]) == len(one.spots) == 150
    assert wide <= 420


@ONE_ENGINE
def test_an_empty_answer_is_a_page_without_a_picture(shipped: Store, browser: Browser, tmp_path: Path) -> None:
    _, file = saved(search(shipped, "zzzz qqq"), tmp_path)

    with opened(browser, file) as shown:
        text = shown.locator("body").inner_text()
        frames = shown.locator("#network, #table, #find").count()

    assert "text: zzzz qqq. As of " in text
    assert text.count("Nothing is known here that fits.") == 1
    assert frames == 0


def test_images_hold_text_and_are_the_same_each_time() -> None:
    one = drawn(invented("Bland $x^2$ Example", HOSTILE, "中文"))

    svg, png = image(one, "svg"), image(one, "png")

    root = etree.fromstring(svg)
    texts = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Bland $x^2$ Example", "Theme (1)", "could help", "Partners that could help: AAA, border-control"} <= set(
        texts
    )
    assert "org-2" in texts, "what the font lacks is not drawn as boxes"
    assert not list(root.iter("{http://www.w3.org/2000/svg}script", "{http://www.w3.org/2000/svg}image"))
    assert b"<dc:date>" not in svg
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width >= one.width
    assert height >= one.height
    again = drawn(invented("Bland $x^2$ Example", HOSTILE, "中文"))
    assert (image(again, "svg"), image(again, "png")) == (svg, png)


def test_what_was_asked_stands_whole_in_an_image_without_what_misleads() -> None:
    asked = "\x01a\u202eb " + "Barbados laboratory " * 9
    answer = invented("Bland Example").model_copy(update={"question": "search", "parameters": {"text": asked}})

    root = etree.fromstring(image(drawn(answer), "svg"))

    texts = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    said = " ".join(texts)
    assert "text: ab Barbados" in said
    assert said.count("laboratory") == 9
    assert max(len(one) for one in texts if "laboratory" in one) < 120


def test_what_is_not_drawn_is_told() -> None:
    many = drawn(invented(*(f"Helper {number}" for number in range(200))))
    few = drawn(invented("Bland Example"))
    none = drawn(invented())

    assert len(many.spots) == MOST
    assert many.left_out == {"Offer": 200, "Organisation": 102}
    assert many.notes[0].startswith("Not drawn, so that the picture stays legible: 200 records")
    assert many.notes[1].startswith("Showing 300 of 402 nodes. Left out for want of room: Organisation 102.")
    assert few.left_out == {}
    assert {spot.type for spot in few.spots} == {"State", "Theme", "Organisation", "Offer"}
    assert none.notes[0] == "Nothing is known here that fits."
    assert image(none, "png")


@ONE_ENGINE
@pytest.mark.parametrize("suffix", [".html", ".png", ".svg", ".graphml", ".gexf", ".csv", ".xlsx", ".json", ".ndjson"])
def test_every_suffix_is_written(shipped: Store, suffix: str) -> None:
    answer = entry_points(shipped, "SLE", as_of=date(2009, 10, 1), limit=2)

    content, told = files.made(shipped, answer, suffix, ["public"])

    assert content
    assert told.startswith("2 rows of ") or ("nodes, " in told and "from 2 of " in told)


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("a.pdf", r"a\.pdf should end in \.html, "),
        ("none/a.png", "There is no folder .*none"),
        ("/proc/a.png", r"^/proc/a\.png cannot be written: "),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_before_anything_is_read(tmp_path: Path, out: str, message: str) -> None:
    # Whoever read something would be told first that this graph cannot be had.
    asked = CliRunner(env={"FOOTPRINT_GRAPH_URI": "bolt://127.0.0.1:1"})
    done = asked.invoke(app, ["picture", "partners", "CARICOM", "--out", str(tmp_path / out)])

    assert isinstance(done.exception, ParameterError | OSError)
    assert re.search(message, str(done.exception))


def test_every_question_can_be_a_picture() -> None:
    told = CliRunner().invoke(app, ["picture", "entry-points", "--help"]).output
    assert all(word in told for word in ("--out", "--as-of", "--theme", "--weight"))
    assert "--json" not in told


def test_the_first_partner_is_nearest_to_the_top() -> None:
    answer: Answer[Partner] = invented(*(f"Helper {number}" for number in range(6)))
    one = drawn(answer)
    at = {spot.key: (spot.x, spot.y) for spot in one.spots}
    middle = at["State AAA"]
    rows = [spot.key for spot in one.spots if spot.level == 1]

    assert rows == ["State BBB", *(f"Organisation org-{number}" for number in range(1, 6))]
    assert at["State BBB"][1] < middle[1]
