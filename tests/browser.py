"""A real Chromium for tests: Debian's where it is, else Playwright's own; without one the test is skipped, or fails
where required.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "townhall" / "kernel" / "design" / "static" / "vendor" / "axe" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The Chromium on this machine, or None where only Playwright's own might be there."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def open_browser() -> Iterator[Browser]:
    """A headless browser; pytest skips or fails the test where there is none."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = executable() or (str(own) if own.exists() else None)
        if found is None and os.environ.get("TOWNHALL_BROWSER") == "required":
            pytest.fail("Chromium is required here: install Debian's package chromium")
        if found is None:
            pytest.skip("needs Chromium: install Debian's package chromium")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page under WCAG 2.2 AA and best practice: rule, and the first element of each."""
    page.add_script_tag(url="/static/vendor/axe/axe.min.js")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])})" for rule in found]
