"""A session ends in the middle of a form: it is said in time, and nothing that was typed is lost."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, cast

import pytest
from django.conf import settings as given
from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from tests.journeys.test_services import answer_all, only, visit
from townhall.kernel.identity.models import Person
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.browser
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server with the service published, where twelve minutes without a page end a session."""
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_AGE = ["*"], 720
    factories.grant(timezone.now())
    yield from serving()


def asha() -> Person:
    """The resident."""
    return Person.objects.get_or_create(email="asha@example.org", defaults={"name": "Asha Begum"})[0]


def sign_in(page: Page, address: str) -> None:
    """Sign in, in the session that the browser has, if it has one."""
    held = next((each["value"] for each in cast("Any", page.context.cookies()) if each["name"] == name()), None)

    def signed() -> str:
        engine = import_module(given.SESSION_ENGINE)
        request = HttpRequest()
        request.session = cast("SessionBase", engine.SessionStore(held))
        login(request, asha(), backend=BACKEND)
        request.session.save()
        return request.session.session_key or ""

    page.context.add_cookies([{"name": name(), "value": apart(signed), "url": address}])


def name() -> str:
    """What the cookie of a session is called."""
    return given.SESSION_COOKIE_NAME


def begun(page: Page) -> str:
    """Begin, fill in everything, and open the page about you; its address."""
    page.goto("/services/grant/")
    page.locator(".sv-begin button").click()
    page.wait_for_url("**/page/you/")
    answer_all(only())
    page.goto(page.url)
    return page.url


def press(page: Page) -> None:
    """Press Continue."""
    page.locator(".th-buttons button[value=continue]").click()


def kept_name() -> Any:
    """The name that is kept."""
    return apart(lambda: Application.objects.get().answers.get("full_name"))


def test_a_dialog_asks_in_time_and_staying_puts_the_end_off(chromium: Browser, address: str) -> None:
    page = visit(chromium, address, width=360)
    page.clock.install()
    sign_in(page, address)
    begun(page)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    page.clock.fast_forward("06:00")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("03:00")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_description(re.compile("You will be signed out at"))
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("07:00")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("05:10")
    expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    assert violations(page) == []
    assert "next=/services/application/" in (page.get_by_role("link", name="Sign in again").get_attribute("href") or "")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_that_is_posted_after_the_end_stands_there_again_after_signing_in(
    chromium: Browser, address: str, scripts: bool
) -> None:
    page = visit(chromium, address, scripts=scripts, width=360)
    sign_in(page, address)
    where = begun(page)
    if not scripts:
        expect(page.get_by_text("You stay signed in until")).to_be_visible()
    page.locator("#full_name").fill("Asha Begum-Rees")
    page.context.clear_cookies(name=name())
    page.context.clear_cookies(name="applications")
    press(page)
    page.wait_for_url("**/sign-in/**")
    assert kept_name() == "Asha Begum"
    sign_in(page, address)
    page.goto(where)
    expect(page.get_by_text("You had been signed out")).to_be_visible()
    expect(page.locator("#full_name")).to_have_value("Asha Begum-Rees")
    if scripts:
        assert violations(page) == []
    press(page)
    page.wait_for_url("**/page/home/")
    assert kept_name() == "Asha Begum-Rees"


def test_somebody_without_an_account_goes_on_by_the_cookie(chromium: Browser, address: str) -> None:
    page = visit(chromium, address)
    begun(page)
    page.locator("#full_name").fill("Asha B")
    page.context.clear_cookies(name=name())
    press(page)
    page.wait_for_url("**/page/home/")
    assert kept_name() == "Asha B"


def test_another_persons_form_stays_closed_to_whoever_signs_in_next(chromium: Browser, address: str) -> None:
    page = visit(chromium, address)
    sign_in(page, address)
    where = begun(page)
    other = visit(chromium, address)
    other.goto(where)
    other.wait_for_url("**/sign-in/**")
    stranger = factories.session_of
    cookie = apart(lambda: stranger(Person.objects.create(email="bryn@example.org", name="Bryn Rees")))
    other.context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
    answer = other.goto(where)
    assert answer is not None
    assert answer.status == 404
