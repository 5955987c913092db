"""The explorer on a slow line and a slow laptop: seconds until its start page can be used, beside an empty page.

Network at 1.6 Mbit/s with 150 ms of latency and the processor slowed down four times, both by the browser itself; the
facts that ship on the embedded engine. Sizes are as sent (gzip) and as they are.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from api import create_app
from api.settings import ApiSettings
from graph.store import Store
from ingest.load import load_shipped
from tests.browser import CHROMIUM
from tests.engines import embedded_engine
from tests.test_api import served
from tools.explorer import STATIC

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
_ROUNDS = 5
# What is there once a page can be used: the field to search in, the rows of an answer.
_PAGES = {
    "a page without anything": ("/docs/start.js", "body"),
    "start page": ("/", ".finder input"),
    "start page with its real answers": ("/", ".examples li:last-child .found strong"),
    "entry points": ("/?ask=entry_points&state=SLE&as_of=2009-10-01", ".picture [data-key]"),
}


def _seconds(browser: Browser, address: str, sign: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", _SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(sign, state="attached")
    taken = time.perf_counter() - started
    context.close()
    return taken


def main() -> None:
    """Measure, and print."""
    sizes = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir())}
    for name, content in sizes.items():
        sys.stdout.write(f"{name}: {len(content) / 1000:.1f} kB, sent {len(gzip.compress(content)) / 1000:.1f} kB\n")
    with tempfile.TemporaryDirectory() as folder, embedded_engine(Path(folder)) as settings, Store(settings) as store:
        load_shipped(store)
        with served(create_app(ApiSettings(), store)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for words, (path, sign) in _PAGES.items():
                taken = sorted(_seconds(browser, site + path, sign) for _ in range(_ROUNDS))
                sys.stdout.write(f"{words}: {taken[_ROUNDS // 2]:.2f} s ({taken[0]:.2f} to {taken[-1]:.2f})\n")
            browser.close()


if __name__ == "__main__":
    main()
