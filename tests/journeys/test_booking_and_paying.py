"""A resident books a collection: chooses a day, is declined, pays, moves; without scripts, and with nothing for axe."""

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.identity.models import Person
from townhall.residents.bookings.models import Booking, Wish
from townhall.residents.payments.models import Payment
from townhall.residents.services import actions as services
from townhall.residents.services.tests.bookers import Booker, van

T = TypeVar("T")
pytestmark = pytest.mark.browser


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server on a database of its own, with the service published and the sandbox taking payments."""
    settings.ALLOWED_HOSTS, settings.TOWNHALL_PAYMENTS = ["*"], "sandbox"
    cases.council()
    services.publish(package=read(SHELF / "bulky_waste"), at=timezone.now())
    yield from serving()


def visit(chromium: Browser, address: str, *, scripts: bool, language: str = "en", width: int = 1280) -> Page:
    """A page of a new visitor."""
    context = chromium.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale=f"{language}-GB"
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def on(page: Page) -> None:
    """Press Continue."""
    page.locator(".th-buttons button[value=continue]").click()


def fill_in(page: Page) -> None:
    """The form, from the start page to the page after sending."""
    page.goto("/services/bulky_waste/")
    page.locator(".sv-begin button").click()
    for name, value in (("line_1", "4 Mill Lane"), ("town", "Northmere"), ("postcode", "NM2 6RD")):
        page.locator(f"[name='address.{name}']").fill(value)
    on(page)
    page.locator("[name='things.0.what']").select_option("bed")
    page.locator("[name='things.0.how_many']").fill("2")
    on(page)
    page.locator("input[name=reduction][value=no]").check(force=True)
    on(page)
    page.locator("[name=full_name]").fill("Asha Begum")
    page.locator("[name=email]").fill("asha@example.org")
    on(page)
    page.locator("form .th-buttons button").click()
    page.wait_for_url("**/sent/")


def test_a_collection_is_booked_and_paid_after_a_declined_card_without_scripts(
    chromium: Browser, address: str
) -> None:
    page = visit(chromium, address, scripts=False)
    fill_in(page)
    page.get_by_role("link", name="Choose a day").click()
    page.locator("input[name=slot]").nth(4).check(force=True)
    page.get_by_role("button", name="Choose this").click()
    page.wait_for_url("**/sent/")
    page.get_by_role("link", name="Pay £30").click()
    page.get_by_role("button", name="Go on to pay").click()
    page.get_by_role("button", name="The card is declined").click()
    expect(page.get_by_text("The payment did not go through")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    page.locator("button[value=paid]").click()
    expect(page.get_by_role("heading", name="You have paid £30")).to_be_visible()
    page.get_by_role("link", name="Go on to your application").click()
    before = apart(lambda: Booking.objects.get(state="firm").slot.begins)
    page.get_by_role("link", name="See or change it").click()
    page.locator(".th-buttons").get_by_role("link", name="Move to another day").click()
    page.locator("input[name=slot]").nth(6).check(force=True)
    page.get_by_role("button", name="Move to this").click()
    expect(page.get_by_role("heading", name="Your booking")).to_be_visible()
    assert apart(lambda: Booking.objects.get(state="firm").slot.begins) != before
    page.get_by_role("link", name="Give it up").click()
    page.get_by_role("button", name="Give it up").click()
    page.wait_for_url("**/sent/")
    assert apart(lambda: Payment.objects.get().returned_pence()) == 3_000


def clean(page: Page, path: str) -> None:
    """Open a page on a small screen: axe finds nothing, and nothing is wider than the screen."""
    page.goto(path)
    assert violations(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def known(address: str, page: Page, booker: Booker) -> None:
    """Let a browser be the applicant's."""
    page.context.add_cookies([{"name": "applications", "value": booker.secret, "url": address}])


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_a_resident_is_free_of_what_axe_finds(chromium: Browser, address: str, language: str) -> None:
    booker = apart(lambda: Booker(timezone.localtime(), list))
    page = visit(chromium, address, scripts=True, language=language, width=360)
    known(address, page, booker)
    wish = apart(lambda: booker.url)
    clean(page, booker.sent_url)
    clean(page, wish)
    page.locator("form.bk-form button").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert violations(page) == []
    apart(lambda: booker.choose(6))
    clean(page, booker.sent_url)
    clean(page, f"/services/application/{booker.application.pk}/do/withdrawn/")
    bill = f"/payments/{apart(lambda: booker.payment.pk)}/"
    clean(page, bill)
    apart(lambda: booker.pay("declined"))
    clean(page, bill)
    page.locator("form.pm-pay button").click()
    page.wait_for_url("**/sandbox/**")
    clean(page, page.url)
    clean(page, f"{bill}back/")
    page.goto(f"{bill}back/")
    apart(lambda: booker.pay("paid"))
    for path in (bill, wish, f"{wish}move/", f"{wish}give-up/", booker.sent_url):
        clean(page, path)


def test_times_of_a_day_and_an_empty_list_are_free_of_what_axe_finds(chromium: Browser, address: str) -> None:
    booker = apart(lambda: Booker(timezone.localtime(), list))
    page = visit(chromium, address, scripts=True, width=360)
    known(address, page, booker)
    wish = apart(lambda: booker.url)
    apart(lambda: van(slot_minutes=60))
    clean(page, wish)
    page.locator(".bk-days a").first.click()
    page.wait_for_url("**day=**")
    assert violations(page) == []
    apart(lambda: van(openings=[]))
    clean(page, wish)
    page.get_by_role("button", name="Put me on the waiting list").click()
    expect(page.get_by_text("You are on the waiting list since")).to_be_visible()
    assert apart(lambda: Wish.objects.get().waits_since) is not None
    assert violations(page) == []


def signed_in(email: str) -> str:
    """What the browser of a member of staff has after signing in."""
    client = Client()
    client.force_login(Person.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_officers_is_free_of_what_axe_finds(chromium: Browser, address: str, width: int) -> None:
    booker = apart(lambda: Booker(timezone.localtime(), list))
    apart(lambda: booker.choose(6))
    apart(lambda: booker.pay("paid"))
    resource = apart(van)
    begins = apart(lambda: booker.booking.slot.begins)
    page = visit(chromium, address, scripts=True, width=width)
    session = apart(lambda: signed_in("glyn@northmere.example"))
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    bill = apart(lambda: booker.payment.pk)
    paths = ["days/", f"days/{resource.pk}/?day={begins.date()}", "set-up/", "set-up/new/", f"set-up/{resource.pk}/"]
    for path in [*(f"/bookings/{each}" for each in paths), f"/payments/{bill}/refund/"]:
        page.goto(path)
        assert violations(page) == [], path
