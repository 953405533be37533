"""A list of some hundred answers: found by typing, with the keyboard alone, in Welsh, and as a plain list."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server with a service that asks for one of all countries."""
    settings.ALLOWED_HOSTS = ["*"]
    factories.with_a_long_list(timezone.now())
    yield from serving()


def opened(chromium: Browser, address: str, **how: Any) -> Page:
    """The page that asks for the country."""
    told: dict[str, Any] = {"locale": "en-GB"} | how
    context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 800}, **told)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/services/grant/")
    page.locator(".sv-begin button").click()
    page.wait_for_url("**/page/you/")
    answers = {key: value for key, value in factories.whole_answers().items() if key not in {"total", "region"}}

    def kept() -> None:
        with actions.changing(Application.objects.get(), timezone.now()) as row:
            row.answers, row.pages = answers, dict.fromkeys(factories.PAGES, row.number + 1)
            row.pages.pop("more")

    apart(kept)
    page.goto(page.url.replace("/you/", "/more/"))
    return page


def combobox(page: Page) -> Locator:
    """The box to type in."""
    return page.locator("input#region[role=combobox]")


def on(page: Page) -> None:
    """Press Continue."""
    page.locator(".th-buttons button[value=continue]").click()


def region() -> Any:
    """The country that is kept."""
    return apart(lambda: Application.objects.get().answers.get("region"))


def test_an_answer_is_found_by_typing_and_chosen_with_the_keyboard(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    box = combobox(page)
    expect(box).to_have_accessible_name("Which district is it in?")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").nth(200)).to_be_attached()
    page.keyboard.type("cote d")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(box).to_have_value("Côte d’Ivoire")
    on(page)
    page.wait_for_url("**/page/paying/")
    assert region() == "ci"


def test_what_the_list_does_not_have_stays_typed_and_is_said(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    combobox(page).fill("Atlantis")
    expect(page.get_by_text("Nothing in the list is like that").first).to_be_attached()
    on(page)
    page.wait_for_load_state()
    expect(page.locator(".govuk-error-summary")).to_contain_text("select one of the answers listed")
    expect(combobox(page)).to_have_value("Atlantis")
    expect(combobox(page)).to_have_attribute("aria-invalid", "true")
    expect(combobox(page)).to_have_accessible_description(re.compile("select one of the answers"))
    assert violations(page) == []
    page.locator(".govuk-error-summary a").click()
    expect(combobox(page)).to_be_focused()
    combobox(page).fill("albania")
    on(page)
    page.wait_for_url("**/page/paying/")
    assert region() == "al"


def test_it_speaks_welsh_and_finds_words_without_their_accents(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, locale="cy-GB")
    combobox(page).fill("yr aifft")
    page.get_by_role("option").first.click()
    expect(combobox(page)).to_have_value("Yr Aifft")
    combobox(page).fill("zzz")
    expect(page.get_by_text("Nid oes dim byd tebyg yn y rhestr").first).to_be_attached()
    assert violations(page) == []


def test_without_scripts_it_is_a_plain_list(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, java_script_enabled=False)
    page.locator("select#region").select_option(label="Albania")
    on(page)
    page.wait_for_url("**/page/paying/")
    assert region() == "al"
