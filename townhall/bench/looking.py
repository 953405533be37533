"""Opens a page in a real browser and says as JSON what came over the wire, what moved, and what works before scripts
arrive: a process of its own, run by `figures/front.py`. Needs Playwright and Chromium.
"""

import json
import shutil
import sys
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WATCH = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.moved += each.value;
}).observe({type: 'layout-shift', buffered: true});"""
QUIET_MS = 1500


def weigh(browser: Browser, url: str) -> dict[str, Any]:
    """Bytes that came, as they were sent (headers too), and how much the layout moved, on a telephone and a desk."""
    told: dict[str, Any] = {"bytes": 0, "moved": 0.0, "largest": []}
    for width, height in ((390, 800), (1280, 900)):
        page = browser.new_page(viewport={"width": width, "height": height})
        came: dict[str, list[Any]] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", lambda said, came=came: came.setdefault(
            said["requestId"], [said["response"]["url"], 0]))  # fmt: skip
        session.on("Network.loadingFinished", lambda said, came=came: _add(came, said))
        page.add_init_script(WATCH)
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(QUIET_MS)
        weight = sum(size for _address, size in came.values())
        if weight > told["bytes"]:
            told["bytes"] = weight
            told["largest"] = sorted(((size, address) for address, size in came.values()), reverse=True)[:12]
        told["moved"] = max(told["moved"], page.evaluate("window.moved"))
        page.close()
    return told


def _add(came: dict[str, list[Any]], said: dict[str, Any]) -> None:
    if said["requestId"] in came:
        came[said["requestId"]][1] += said["encodedDataLength"]


def works_before_scripts(browser: Browser, url: str) -> int:
    """How many of three things a person can do while no script ever arrives: search, ask whose it is, report."""
    done = 0
    for use in (_search, _which, _report):
        page = browser.new_page()
        page.route("**/*.js", lambda _route: None)
        page.goto(url, wait_until="commit")
        done += use(page)
        page.close()
    return done


def _search(page: Page) -> bool:
    page.locator("#q").fill("bin")
    page.locator("form[role=search] button").click(no_wait_after=True)
    page.wait_for_url("**/search/?q=bin", wait_until="commit")
    return True


def _which(page: Page) -> bool:
    page.locator("#what").fill("pothole")
    page.locator("form[action='#which'] button").click(no_wait_after=True)
    page.wait_for_url("**what=pothole**", wait_until="commit")
    return True


def _report(page: Page) -> bool:
    page.locator("main a[href*='/reports/new/']").first.click(no_wait_after=True)
    page.wait_for_url("**/reports/new/**", wait_until="commit")
    return True


def main() -> None:
    """Look at the page."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        told = weigh(browser, sys.argv[1]) | {"works": works_before_scripts(browser, sys.argv[1])}
        browser.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
