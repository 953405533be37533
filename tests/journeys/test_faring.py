"""Residents use a form in a real browser and by requests; its officers see where they left it, on every width."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from townhall.kernel.cases.tests import factories as cases
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.factories import send_page

pytestmark = pytest.mark.browser
HERE = "/work/services/of/grant/fares/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNTIL = ("you", "home", "home", "shop", "shop", "shop", "works", "more", "")
"""The page that each of several residents leaves without an answer; the last one sends."""


@pytest.fixture
def council(own_database: str) -> cases.Council:
    """A council whose residents have used a form, each as far as `UNTIL` says; the day after."""
    made = cases.council()
    factories.grant(timezone.now())
    for until in UNTIL:
        browser = Client()
        application = factories.begin(browser)
        if until in {"you", "shop"}:
            send_page(browser, application, "you", full_name="", email="nobody")
        factories.fill(browser, application, until=until)
        if until == "shop":
            send_page(browser, application, "shop", trade="books", staff="4000")
        browser.post(f"/services/application/{application.pk}/check/")
    Application.objects.unsent().update(updated_at=timezone.now() - timedelta(days=2))
    actions.count_left(timezone.now())
    return made


@pytest.fixture
def address(council: cases.Council, settings: Any) -> Iterator[str]:
    """A live server."""
    settings.ALLOWED_HOSTS = ["*"]
    yield from serving()


def of_manager(chromium: Browser, address: str, council: cases.Council, width: int) -> Page:
    """A page of the manager's browser."""
    context = chromium.new_context(base_url=address, locale="en-GB", viewport={"width": width, "height": 900})
    client = Client()
    apart(lambda: client.force_login(council.manager, backend=BACKEND))
    secret = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": secret, "url": address}])
    return context.new_page()


def test_an_officer_sees_where_residents_leave_a_form(chromium: Browser, address: str, council: cases.Council) -> None:
    resident = chromium.new_context(base_url=address, locale="en-GB").new_page()
    resident.goto("/services/grant/")
    resident.get_by_role("button", name="Start now").click()
    resident.get_by_role("button", name="Continue").click()
    expect(resident.get_by_role("alert")).to_contain_text("Enter your name")
    resident.reload()
    page = of_manager(chromium, address, council, 1280)
    page.goto("/work/services/of/grant/")
    page.get_by_role("link", name="How it fares").click()
    expect(page.get_by_text("Most are left at “Your shop”: 3.")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="About you"))
    expect(row.get_by_role("cell")).to_have_text(["10", "1", "5", "8", "80%"])
    expect(row).to_contain_text("5 Enter your name")
    page.get_by_label("Begun in the last").focus()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**days=7")
    expect(page.get_by_label("Begun in the last")).to_have_value("7")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(row).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_clean_and_fits_in_both_languages(
    chromium: Browser, address: str, council: cases.Council, width: int
) -> None:
    page = of_manager(chromium, address, council, width)
    for language in ("en", "cy"):
        page.goto(f"{HERE}?lang={language}")
        assert violations(page) == []
        assert page.evaluate(TOO_WIDE) <= 0
