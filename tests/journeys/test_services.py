"""A resident uses a service that asks a question of every kind: with and without scripts, on two devices, twice."""

from pathlib import Path
from typing import TypeVar

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart
from townhall.kernel.cases.models import Case
from townhall.kernel.documents.tests.factories import as_bytes, picture
from townhall.residents.services import actions
from townhall.residents.services.models import Application, ApplicationLink
from townhall.residents.services.tests import factories

T = TypeVar("T")
pytestmark = pytest.mark.browser


def only() -> Application:
    """The only application."""
    return apart(Application.objects.select_related("version").get)


def reference_of() -> str:
    """The reference of the only case."""
    return apart(lambda: Case.objects.get(kind="service").reference)


def answer_all(application: Application) -> None:
    """Keep every answer, so that each page can be opened."""

    def kept() -> None:
        with actions.changing(application, timezone.now()) as row:
            row.answers = {key: value for key, value in factories.whole_answers().items() if key != "total"}
            row.pages = dict.fromkeys(factories.PAGES, row.number + 1)

    apart(kept)


def visit(chromium: Browser, address: str, *, scripts: bool = True, width: int = 1280, language: str = "en") -> Page:
    """A page of a new visitor."""
    context = chromium.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale=f"{language}-GB"
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def go_on(page: Page, where: str) -> None:
    """Press Continue and come to another page."""
    page.locator(".th-buttons button[value=continue]").click()
    page.wait_for_url(f"**/{where}/*")


def choose(page: Page, name: str, value: str) -> None:
    """Choose a radio button or tick a box."""
    page.locator(f"input[name='{name}'][value='{value}']").check(force=True)


def fill_page(page: Page, name: str) -> None:
    """Fill in one page of the form, as the factories have it."""
    for at, value in factories.PAGES[name].items():
        for each in value if isinstance(value, list) else [value]:
            field = page.locator(f"[name='{at}']")
            if field.first.get_attribute("type") in {"radio", "checkbox"}:
                choose(page, at, each)
            elif field.first.evaluate("one => one.tagName") == "SELECT":
                field.select_option(each)
            elif field.first.get_attribute("type") == "hidden":
                field.first.evaluate("(one, value) => { one.value = value; }", each)
            else:
                field.fill(each)


def fill_until(page: Page, until: str) -> None:
    """Begin, and fill in the pages before one."""
    page.goto("/services/grant/")
    page.locator(".sv-begin button").click()
    names = [*factories.PAGES, "check"]
    for name in names[: names.index(until)]:
        page.wait_for_url(f"**/page/{name}/")
        fill_page(page, name)
        go_on(page, names[names.index(name) + 1])


def press_the_picture(page: Page) -> None:
    """Choose a place without scripts: the map is a picture to press."""
    page.locator("input[type=image]").click(position={"x": 200, "y": 150})
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_free_of_what_axe_finds(chromium: Browser, address: str, language: str) -> None:
    page = visit(chromium, address, language=language, width=360)
    for path in ("/services/", "/services/?q=zzz", "/services/grant/"):
        page.goto(path)
        assert violations(page) == []
    page.locator(".sv-begin button").click()
    page.wait_for_url("**/page/you/")
    page.locator(".th-buttons button[value=continue]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert violations(page) == []
    application = only()
    answer_all(application)
    for name in factories.PAGES:
        page.goto(factories.page_url(application, name))
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.goto(f"/services/application/{application.pk}/check/")
    assert violations(page) == []
    page.locator("form .th-buttons button").click()
    page.wait_for_url("**/sent/")
    assert violations(page) == []
    page.goto(f"/services/application/{application.pk}/copy/")
    assert violations(page) == []


def test_a_condition_shows_its_question_at_once_and_puts_it_away_again(chromium: Browser, address: str) -> None:
    page = visit(chromium, address)
    fill_until(page, "shop")
    other = page.locator("#other_trade")
    expect(other).to_be_hidden()
    choose(page, "trade", "other")
    expect(other).to_be_visible()
    choose(page, "trade", "books")
    expect(other).to_be_hidden()


def test_a_file_inside_a_group_is_there_when_the_form_is_opened_elsewhere(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    quote = tmp_path / "quote.png"
    quote.write_bytes(as_bytes(picture(), "PNG"))
    page = visit(chromium, address)
    fill_until(page, "works")
    fill_page(page, "works")
    page.get_by_role("button", name="Add another").click()
    page.locator("#jobs-1-what").fill("Door")
    page.locator("#jobs-1-quote").set_input_files(quote)
    page.get_by_role("button", name="Save for later").click()
    page.wait_for_url("**/kept/")
    application = only()
    secret = "of-the-letter"
    told = {"secret_hash": actions.owner_of(secret), "email": "asha@example.org", "made_at": timezone.now()}
    apart(lambda: ApplicationLink.objects.create(application=application, **told))
    other = visit(chromium, address, width=360)
    other.goto(f"/services/saved/{secret}/")
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url("**/page/works/")
    expect(other.locator("#jobs-1-what")).to_have_value("Door")
    expect(other.locator(".sv-files")).to_contain_text("quote.png")


def test_the_whole_form_is_sent_without_scripts(chromium: Browser, address: str) -> None:
    page = visit(chromium, address, scripts=False)
    fill_until(page, "shop")
    fill_page(page, "shop")
    choose(page, "trade", "other")
    page.locator(".th-buttons button[value=continue]").click()
    page.locator("#other_trade").fill("Clocks")
    go_on(page, "place")
    press_the_picture(page)
    go_on(page, "works")
    for name, after in (("works", "more"), ("more", "paying"), ("paying", "check")):
        fill_page(page, name)
        go_on(page, after)
    expect(page.get_by_text("Clocks")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")
    assert reference_of() in page.locator("main").inner_text()


def test_sending_twice_opens_one_case(chromium: Browser, address: str) -> None:
    page = visit(chromium, address)
    fill_until(page, "check")
    page.locator("form .th-buttons button").dblclick(no_wait_after=True)
    page.wait_for_url("**/sent/")
    page.go_back()
    page.wait_for_url("**/sent/")
    assert apart(lambda: Case.objects.filter(kind="service").count()) == 1
