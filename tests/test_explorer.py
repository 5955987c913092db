"""The explorer in a real browser, on the facts that ship: every question from its address to its reasons."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from api import create_app
from api.settings import ApiSettings
from graph.records import Link, Record
from graph.store import Store
from queries import questions
from tests.browser import browser
from tests.conftest import Engines
from tests.helpers import ONE_ENGINE, write
from tests.test_api import served
from tools import explorer

ASKED: dict[str, dict[str, str]] = {
    "action_plan": {"state": "PHL"},
    "clashes": {"since": "2015-01-01", "until": "2019-12-31"},
    "clearing": {},
    "cobenefits": {"theme": "border-control"},
    "common_gaps": {"who": "caricom"},
    "completeness": {"record": "REQ/CARICOM/2009-06"},
    "coverage": {},
    "entry_points": {"state": "SLE", "as_of": "2009-10-01"},
    "explain": {"state": "BRB", "item": "OP2"},
    "groupings": {"organisation": "ecowas"},
    "laws": {"state": "BRB"},
    "network": {"focus": "BRB"},
    "opportunities": {"partner": "USA", "theme": "border-control"},
    "overlap": {"who": "SLE", "as_of": "2009-10-01"},
    "partners": {"who": "caricom", "theme": "border-control", "as_of": "2009-06-01"},
    "pools": {"theme": "border-control"},
    "precedents": {"theme": "border-control"},
    "search": {"text": "barbados"},
    "state": {"state": "BRB"},
}
DATA_VERSION = r"[0-9a-f]{12}"
__all__ = ["browser"]
PICTURED = (
    "clashes", "clearing", "entry_points", "groupings", "laws", "network", "overlap", "partners", "pools",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(all_engines: Engines) -> Iterator[str]:
    """The address of the explorer on the facts that ship."""
    with served(create_app(ApiSettings(), all_engines.shipped("embedded"))) as where:
        yield where


def is_ours(said: ConsoleMessage) -> bool:
    """Errors and warnings, but for what the driver of a graphics card that is not there says of itself."""
    return said.type in ("error", "warning") and "GL Driver Message" not in said.text


@contextmanager
def opened(browser: Browser, site: str, path: str, **context: Any) -> Iterator[Page]:
    """The page at that address; afterwards: nothing was asked of anybody else, and the console is clean."""
    elsewhere: list[str] = []
    wrong: list[str] = []
    own = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context})
    page = own.new_page()
    page.on(
        "request",
        lambda one: None if one.url.startswith((site, "data:", "blob:")) else elsewhere.append(one.url),
    )
    page.on("console", lambda said: wrong.append(said.text) if is_ours(said) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    page.goto(site + path)
    try:
        yield page
    finally:
        own.close()
    assert elsewhere == []
    assert wrong == []


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, as the lock of the explorer names it."""
    explorer.install()
    return (explorer.SOURCE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def address(question: str, **more: str) -> str:
    return f"/?{urlencode({'ask': question, **ASKED[question], **more})}"


def as_people_write(text: str) -> str:
    """Dates such as 1 Oct 2009; the browser writes Sept."""
    found = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda one: f"{date.fromisoformat(one[0]):%-d %b %Y}", text)
    return found.replace(" Sep ", " Sept ")


def test_each_question_is_tried_here() -> None:
    assert ASKED.keys() == questions().keys()


@pytest.mark.parametrize("question", ASKED)
def test_a_question_shows_its_picture_its_rows_and_why(site: str, browser: Browser, question: str) -> None:
    with opened(browser, site, address(question)) as page:
        rows = page.locator("table.rows tbody tr")
        expect(rows.first).to_be_visible()
        asked = page.request.get(f"{site}/v1/questions/{question}?{urlencode(ASKED[question])}").json()
        assert rows.count() == len(asked["rows"])
        if question in PICTURED:
            expect(page.locator(".picture")).to_be_visible()

        rows.nth(rows.count() - 1).locator("button.row").click()

        expect(page.locator(".why h2")).to_be_visible()
        expect(page).to_have_url(re.compile("[?&]row="))
        said = page.locator(".why").inner_text()
        page.reload()
        expect(page.locator(".why h2")).to_be_visible()
        assert page.locator(".why").inner_text() == said
        assert page.locator("tr.chosen").count() == 1
        page.go_back()
        expect(page.locator("tr.chosen")).to_have_count(0)
        for caveat in asked["caveats"]:
            expect(page.locator(".caveats")).to_contain_text(as_people_write(caveat))


def test_the_start_page_shows_real_answers_and_leads_to_them(site: str, browser: Browser) -> None:
    with opened(browser, site, "/") as page:
        found = page.locator(".examples .found strong")
        expect(found).to_have_count(5)
        first = found.first.inner_text()
        page.locator(".examples a").first.click()
        expect(page.locator("table.rows")).to_contain_text(first)
        page.go_back()
        expect(page.locator(".examples .found strong")).to_have_count(5)


def test_what_is_typed_is_found_in_spite_of_errors_and_becomes_the_question(site: str, browser: Browser) -> None:
    with opened(browser, site, "/") as page:
        expect(page.locator(".examples")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("siera leone")
        option = page.locator(".finder [role=option]").first
        expect(option).to_contain_text("Sierra Leone")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"\?ask=state&state=SLE"))
        expect(page.locator("table.rows tbody tr").first).to_be_visible()

        page.get_by_label("Which question", exact=True).select_option("entry_points")
        page.locator("[data-parameter=as_of] .value").click()
        page.get_by_label("Choose as of").fill("2009-10-01")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("ask=entry_points&state=SLE&as_of=2009-10-01"))
        expect(page.locator("h1")).to_have_text("Programmes that could carry a 1540 component: Sierra Leone")
        expect(page.locator(".above")).to_contain_text("As of 1 Oct 2009")
        page.get_by_role("button", name="Add theme").click()
        page.keyboard.type("strategic min")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("theme=strategic-minerals"))
        page.get_by_role("button", name="Remove theme").click()
        expect(page).not_to_have_url(re.compile("theme="))


def test_the_filter_hides_the_same_rows_in_picture_and_table(site: str, browser: Browser) -> None:
    with opened(browser, site, address("partners")) as page:
        expect(page.locator(".picture")).to_be_visible()
        rows = page.locator("table.rows tbody tr")
        page.get_by_label("Find in these rows").fill("customs")
        expect(page.locator(".count")).to_contain_text("hidden by the filter")
        shown = page.locator("table.rows tbody tr:visible")
        assert 0 < shown.count() < rows.count()
        marks = page.locator(".picture [data-key]:not(.hidden)")
        shown_keys = {one.get_attribute("data-key") for one in shown.all()}
        assert {one.get_attribute("data-key") for one in marks.all()} == shown_keys
        page.reload()
        expect(page.get_by_label("Find in these rows")).to_have_value("customs")


def test_rows_are_filtered_by_provider_theme_and_years_and_a_link_keeps_it(site: str, browser: Browser) -> None:
    with opened(browser, site, address("entry_points")) as page:
        provider = page.get_by_label("any provider")
        provider.select_option(label=str(provider.locator("option").nth(1).text_content()))
        name = page.evaluate("document.querySelector('.facets select:last-of-type').selectedOptions[0].label").split(
            " ("
        )[0]
        expect(page).to_have_url(re.compile("only=provider%3A"))
        shown = page.locator("table.rows tbody tr:visible")
        assert 0 < shown.count() < page.locator("table.rows tbody tr").count()
        for row in shown.all():
            expect(row).to_contain_text(name)
        marks = page.locator(".picture [data-key]:not(.hidden)")
        assert {one.get_attribute("data-key") for one in marks.all()} == {
            one.get_attribute("data-key") for one in shown.all()
        }
        held = shown.count()
        page.reload()
        expect(shown).to_have_count(held)
        page.goto(f"{site}{address('precedents')}&only=from:2015&only=until:2016")
        expect(page.locator(".count")).to_contain_text("hidden by the filter")
        for row in page.locator("table.rows tbody tr:visible").all():
            assert re.search(r"20(15|16)|20(0\d|1[0-4])-20|undated", row.inner_text()), row.inner_text()


def test_names_of_states_come_in_the_language_of_the_address(site: str, browser: Browser) -> None:
    with opened(browser, site, f"{address('partners')}&lang=fr") as page:
        expect(page.locator("table.rows")).to_contain_text("États-Unis d'Amérique")
        expect(page.locator(".picture")).to_contain_text("États-Unis d'Amérique")
        expect(page.get_by_label("Language of names")).to_have_value("fr")
        page.keyboard.press("/")
        page.keyboard.type("germany")
        expect(page.locator(".finder [role=option]").first).to_contain_text("Allemagne")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("ask=state&state=DEU&lang=fr"))
        expect(page.locator("[data-parameter=state] .value")).to_have_text("Allemagne")
        page.get_by_label("Language of names").select_option("ar")
        expect(page.locator("[data-parameter=state] .value")).to_have_text("ألمانيا")


def test_a_node_of_the_network_is_expanded_in_its_place(site: str, browser: Browser) -> None:
    with opened(browser, site, address("network")) as page:
        rows = page.locator("table.rows tbody tr")
        expect(page.locator(".picture")).to_be_visible()
        before = rows.count()
        page.locator("tr[data-key='Organisation caricom'] button.row").click()
        page.get_by_role("link", name="Show what it is linked with").click()
        expect(page.locator("tr[data-key='State JAM']")).to_have_count(1)
        assert rows.count() > before
        expect(page.locator("tr.chosen")).to_have_attribute("data-key", "Organisation caricom")
        expect(page.locator("[data-parameter=expand]")).to_contain_text("and aroundCaribbean Community")
        page.get_by_role("link", name="Hide what only it is linked with").click()
        expect(rows).to_have_count(before)
        page.locator(".net-kind").nth(1).click()
        expect(page.locator(".net-kind").nth(1)).to_have_attribute("aria-pressed", "false")


def test_after_a_change_the_keyboard_is_where_it_was(site: str, browser: Browser) -> None:
    with opened(browser, site, address("partners")) as page:
        page.locator("[data-parameter=theme] .value").click()
        page.keyboard.type("detection eq")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("theme=detection-equipment"))
        expect(page.locator("[data-parameter=theme] .value")).to_be_focused()


def test_on_a_slow_line_the_page_says_that_it_asks_and_can_be_used_meanwhile(site: str, browser: Browser) -> None:
    with opened(browser, site, "/") as page:
        expect(page.locator(".examples .found strong")).to_have_count(5)
        held: list[Route] = []
        page.route("**/v1/explore/partners*", lambda route: held.append(route))  # noqa: PLW0108  (Playwright wants one)
        page.locator(".examples a", has_text="Caribbean Community").click()
        expect(page.locator("main [role=status]")).to_have_text("Asking …")
        page.locator("[data-parameter=theme] .value").click()
        page.keyboard.type("detection eq")
        held.pop(0).continue_()
        expect(page.locator("table.rows")).to_be_visible()
        expect(page.get_by_role("combobox", name="Choose theme")).to_have_value("detection eq")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("theme=detection-equipment"))
        # Who goes on before the answer is there does not see it afterwards.
        page.get_by_label("Which question").select_option("precedents")
        expect(page.locator("h1")).to_contain_text("Help that took place: Detection equipment")
        for one in held:
            one.abort()


def test_hover_and_choice_light_the_same_in_picture_and_table(site: str, browser: Browser) -> None:
    with opened(browser, site, address("entry_points")) as page:
        page.locator("table.rows tbody tr").nth(2).hover()
        lit = page.locator("tr.lit").get_attribute("data-key")
        expect(page.locator(".picture .lit").first).to_have_attribute("data-key", str(lit))
        mark = page.locator(".picture [data-key]").nth(4)
        mark.click(position={"x": 4, "y": 4})
        expect(page.locator("tr.chosen")).to_have_attribute("data-key", str(mark.get_attribute("data-key")))


def test_everything_can_be_done_with_the_keyboard(site: str, browser: Browser) -> None:
    with opened(browser, site, address("partners")) as page:
        picture = page.locator(".picture[role=listbox]")
        expect(picture).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            if picture.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("table.rows tbody tr").nth(1)).to_have_class(re.compile("chosen"))
        expect(page.locator(".why h2")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("tr.chosen")).to_have_count(0)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("table.rows tbody tr").nth(2)).to_have_class(re.compile("chosen"))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(site: str, browser: Browser, axe: str, colours: str) -> None:
    # The policy of the page keeps axe out as it keeps everything out.
    with opened(browser, site, "/", color_scheme=colours, bypass_csp=True) as page:
        # What differs in the dark is colour alone, and all colours are on these.
        pictured = PICTURED if colours == "light" else ("entry_points", "groupings", "partners")
        for path in ("/", *(address(question) for question in pictured), address("state")):
            page.goto(site + path)
            if path != "/":
                page.locator("button.row").first.click()
                expect(page.locator(".why h2")).to_be_visible()
                page.locator(".picture, .rows").first.wait_for()
            page.evaluate(axe)
            tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
            found = page.evaluate(f"axe.run(document, {{runOnly: {tags}}})")["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path


@pytest.mark.parametrize("kind", ["SVG", "PNG", "CSV", "XLSX", "JSON", "HTML", "GRAPHML", "GEXF"])
def test_each_file_says_what_was_asked_and_of_what_data(site: str, browser: Browser, kind: str) -> None:
    with opened(browser, site, address("groupings"), accept_downloads=True) as page:
        expect(page.locator(".picture")).to_be_visible()
        page.locator(".carry summary").click()
        with page.expect_download() as begun:
            page.locator(".carry").get_by_text(kind, exact=True).click()
        content = begun.value.path().read_bytes()
    assert begun.value.suggested_filename.endswith(f".{kind.lower()}")
    text = inside(kind, content)
    for said in ("ecowas", "not for judging compliance", "VERTIC", "terms of the site apply", DATA_VERSION):
        assert re.search(said, text), said


def inside(kind: str, content: bytes) -> str:
    """What the file says of itself."""
    if kind == "PNG":
        picture = Image.open(io.BytesIO(content))
        assert min(picture.size) > 400
        return str(picture.text["Description"])  # type: ignore[attr-defined]  # of PNG files
    if kind == "XLSX":
        about = load_workbook(io.BytesIO(content))["About"]
        return "\n".join(str(value) for row in about.iter_rows(values_only=True) for value in row)
    return content.decode()


def test_from_a_grouping_to_the_draft_regional_request_is_one_step(site: str, browser: Browser) -> None:
    with opened(browser, site, address("groupings"), accept_downloads=True) as page:
        page.locator("button.row").first.click()
        with page.expect_download() as begun:
            page.get_by_role("link", name="Draft the regional request").click()
        assert begun.value.path().read_bytes()[:2] == b"PK"


def test_a_statement_leads_to_its_source(site: str, browser: Browser) -> None:
    with opened(browser, site, address("explain")) as page:
        page.locator("tr[data-key=proliferation-finance] button.row").click()
        expect(page.locator(".why .details a[target=_blank]").first).to_have_attribute("href", re.compile("^https://"))


def test_every_record_behind_a_row_leads_somewhere(site: str, browser: Browser) -> None:
    with opened(browser, site, address("network")) as page:
        kinds: dict[str, str] = {}
        expect(page.locator("table.rows")).to_be_visible()
        for row in page.locator("table.rows tbody tr").all()[1:]:
            key = str(row.get_attribute("data-key"))
            kinds.setdefault(key.partition(" ")[0], key)
        assert {"Field", "Source", "Precedent"} <= kinds.keys()
        for key in kinds.values():
            page.goto(f"{site}{address('network')}&{urlencode({'row': key})}")
            expect(page.locator(".why h2")).to_be_visible()
            for link in page.locator(".why a[data-go]").all():
                page.goto(f"{site}{link.get_attribute('href')}")
                expect(page.locator("table.rows")).to_be_visible()
                page.go_back()
                expect(page.locator(".why h2")).to_be_visible()


def test_what_cannot_be_is_said_in_words(site: str, browser: Browser) -> None:
    own = browser.new_page()
    own.goto(f"{site}/?ask=partners&who=Atlantis")
    expect(own.locator("[role=alert]")).to_contain_text("Atlantis")
    own.goto(f"{site}/?ask=entry_points")
    expect(own.locator("main")).to_contain_text("This question needs State.")
    own.close()


@ONE_ENGINE
def test_names_that_are_markup_stay_names(scratch: Store, browser: Browser) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'</script><b>"
    sources = (Link("FROM", "Source", "s"),)
    records = [
        Record("Source", "s", {"title": hostile, "url": "javascript:alert(1)", "publisher": hostile}),
        Record("State", "AAA", {"name": hostile}, sources),
        Record("Organisation", "a", {"name": f"{hostile} 2"}, (*sources, Link("MEMBER_OF", "State", "AAA"))),
    ]
    write(scratch, records, "hostile")

    with served(create_app(ApiSettings(), scratch)) as where, opened(browser, where, "/?ask=state&state=AAA") as page:
        expect(page.locator("[data-parameter=state] .value")).to_have_text(hostile)
        page.goto(f"{where}/?ask=network&focus=AAA")
        page.locator("button.row").first.click()
        expect(page.locator(".why h2")).to_have_text(hostile)
        expect(page.locator(".picture")).to_be_visible()
        page.goto(f"{where}/?ask=search&text=onerror&find=%3Cscript%3E&row=%22%3E%3Cimg+src%3Dx%3E")
        expect(page.locator("table.rows")).to_contain_text("onerror", use_inner_text=False)
        assert page.locator("main img, main script, main b, a[href^=javascript]").count() == 0
