import shutil
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.commits,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH"),
]


@pytest.fixture
def address(own_database: str, settings: object) -> Iterator[str]:
    """A live server on a database of its own, with the page of parts on."""
    settings.TOWNHALL_DEMO = True  # pyright: ignore[reportAttributeAccessIssue]
    settings.ALLOWED_HOSTS = ["*"]  # pyright: ignore[reportAttributeAccessIssue]
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    """Opened after the database and closed before it: Playwright's event loop would keep Django from it."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def open_page(browser: Browser, url: str, width: int) -> tuple[Page, list[str]]:
    """The page at this width, and a list that gathers what its console complains of."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    return page, complaints


def test_axe_finds_nothing_wrong_with_any_part_at_any_width(browser: Browser, address: str) -> None:
    for width in (1280, 320):
        page, complaints = open_page(browser, f"{address}/design/parts", width)
        page.add_script_tag(url="/static/vendor/axe/axe.min.js")
        found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations.map(v => v.id))", TAGS)
        assert found == []
        assert complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.close()


def test_keyboard_skips_to_the_content_first(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, f"{address}/design/parts", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_error_page_is_whole_and_without_complaint(browser: Browser, address: str) -> None:
    page, complaints = open_page(browser, f"{address}/no-such-page", 360)
    assert page.locator("h1").count() == 1
    assert page.get_by_text("Say this code").is_visible()
    assert [text for text in complaints if "404" not in text] == []
    page.close()
