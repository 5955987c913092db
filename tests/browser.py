"""Debian's Chromium with the network cut: a page that asks for anything but its own file fails the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
# No name resolves, no proxy is asked, and the browser's own errands are off.
_ALONE = (
    "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking",
    "--disable-gpu",
)  # fmt: skip


def missing() -> None:
    """Skip loudly where there is no Chromium; in CI that is a failure."""
    if CHROMIUM.is_file():
        return
    sentence = f"NO BROWSER: {CHROMIUM} is not there (apt-get install chromium)"
    if os.environ.get("CI"):
        pytest.fail(f"In CI the browser has to run: {sentence}")
    pytest.skip(sentence)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, started once a module."""
    missing()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ALONE))
        yield started
        started.close()


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1400, height: int = 900) -> Iterator[Page]:
    """The file in a page of its own; afterwards: no request but the file, no error, no dialog."""
    requests: list[str] = []
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": height})
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    page.goto(file.as_uri())
    try:
        yield page
    finally:
        page.close()
    assert requests == [file.as_uri()], requests
    assert wrong == [], wrong
