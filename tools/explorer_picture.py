"""The picture of the explorer in the README: `python -m tools.explorer_picture` opens it on the loaded graph."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from api import create_app
from graph.store import Store
from tests.browser import CHROMIUM
from tests.test_api import served

PICTURE = Path(__file__).parent.parent / "docs" / "explorer.png"
_PLACE = "/?ask=entry_points&state=SLE&as_of=2009-10-01&row=SL/001146"


def main() -> None:
    """Open the programmes of October 2009, choose the first, and keep what is seen."""
    with Store() as graph, served(create_app(store=graph)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(site + _PLACE)
        page.locator(".picture .chosen").first.wait_for()
        page.locator(".why h2").wait_for()
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
