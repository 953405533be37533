"""Whole forms from the front page to "sent": by keyboard alone, in Welsh alone, in two windows at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.keys import choose, focused, follow, tab_to, type_into
from tests.journeys.serving import apart, serving
from tests.journeys.test_services import answer_all
from tests.journeys.welsh import english_on
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.design.dates import day
from townhall.residents.bookings.models import Booking
from townhall.residents.bookings.rules import LONDON
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.factories import page_url

pytestmark = pytest.mark.browser


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server with services of the shelf, and the sandbox taking payments."""
    settings.ALLOWED_HOSTS, settings.TOWNHALL_PAYMENTS = ["*"], "sandbox"
    cases.council()
    for slug in ("moved_home", "bulky_waste"):
        actions.publish(package=read(SHELF / slug), at=timezone.now())
    yield from serving()


@pytest.fixture
def grant(address: str) -> str:
    """The same with a service that asks a question of every kind."""
    apart(lambda: factories.grant(timezone.now()))
    return address


def visit(chromium: Browser, address: str, *, scripts: bool = True, width: int = 1280) -> Page:
    """A page of a new visitor who reads English, at the front page."""
    context = chromium.new_context(
        base_url=address, java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/")
    return page


def go_on_after_an_error(page: Page, says: str) -> None:
    """Continue with a page that is wrong: the focus is on the summary, and its link leads to the field."""
    follow(page, "^Continue")
    assert page.title().startswith("Error")
    assert page.evaluate("() => document.activeElement.matches('.govuk-error-summary')")
    tab_to(page, says)
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.matches('main input:not([type=hidden])')"), focused(page)


HOME = {"address.line_1": "4 Mill Lane", "address.town": "Northmere", "address.postcode": "NM2 6RD"}
OLD = {"^Address line 1": "4 Mill Lane", "^Town": "Northmere", "^Postcode": "NM2 6RD"}
NEW = OLD | {"^Address line 1": "14 Hope Street"}
BORN = {"^Day": "2", "^Month": "3", "^Year": "1980"}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_whole_form_is_sent_by_keyboard_alone(chromium: Browser, address: str, scripts: bool) -> None:
    page = visit(chromium, address, scripts=scripts)
    for name in ("^Apply and book", "^I have moved", "^Start now", "^Go on"):
        follow(page, name)
    go_on_after_an_error(page, "how you are moving")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Within the area"
    follow(page, "^Continue")
    type_into(page, {"^Day": "31", "^Month": "2", "^Year": "2026"})
    go_on_after_an_error(page, "real")
    page.keyboard.press("Control+A")
    page.keyboard.type("15")
    type_into(page, {"^Month": "7"})
    follow(page, "^Continue")
    follow(page, "^Go on")
    type_into(page, OLD)
    choose(page, "^Yes|^No")
    follow(page, "^Continue")
    type_into(page, NEW)
    choose(page, "^I own it")
    type_into(page, {"^Name": "Asha Begum"} | BORN)
    follow(page, "^Add another")
    type_into(page, {"^Name": "Bryn Begum"} | BORN)
    follow(page, "^Continue")
    follow(page, "^Go on")
    choose(page, "^Bins")
    choose(page, "^Parking")
    follow(page, "^Continue")
    type_into(page, {"^Full name": "Asha Begum", "^E-mail": "asha@example.org"})
    choose(page, "^This is true")
    follow(page, "^Continue")
    follow(page, "^Send")
    page.wait_for_url("**/sent/")
    sent = apart(Application.objects.select_related("case").get)
    assert sent.case is not None
    expect(page.locator(".sv-reference")).to_have_text(sent.case.reference)
    assert [each["who"] for each in sent.answers["people"]] == ["Asha Begum", "Bryn Begum"]
    assert (sent.answers["way"], sent.answers["tell"]) == ("within", ["waste", "parking"])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_whole_form_in_welsh_has_no_english_of_ours(chromium: Browser, address: str, scripts: bool) -> None:
    page = visit(chromium, address, scripts=scripts, width=360)
    page.locator(".th-switch a", has_text="Cymraeg").click()
    wrong: list[tuple[str, list[str]]] = []

    def go(button: Locator) -> None:
        with page.expect_navigation():
            button.click()
        wrong.append((page.url, english_on(page, SHELF / "bulky_waste")))

    on = page.locator(".th-buttons button[value=continue]")
    page.goto("/services/")
    go(page.get_by_role("link", name="Casglu gwastraff swmpus"))
    go(page.locator(".sv-begin button"))
    go(on)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for name, value in HOME.items():
        page.locator(f"[name='{name}']").fill(value)
    go(on)
    page.locator("[name='things.0.what']").select_option("bed")
    page.locator("[name='things.0.how_many']").fill("2")
    go(page.locator("button[value='add:things']"))
    go(on)
    page.locator("input[name=reduction][value=no]").check(force=True)
    go(on)
    page.locator("[name=full_name]").fill("Asha Begum")
    page.locator("[name=email]").fill("asha@example.org")
    go(on)
    go(page.locator(".sv-send button"))
    go(page.locator(".sv-now a"))
    page.locator("input[name=slot]").nth(4).check(force=True)
    go(page.locator("form.bk-form button"))
    go(page.locator(".sv-now a"))
    go(page.locator("form.pm-pay button"))
    go(page.locator("button[value=declined]"))
    go(page.locator("form.pm-pay button"))
    go(page.locator("button[value=paid]"))
    go(page.locator("main .th-buttons a"))
    assert [each for each in wrong if each[1]] == []
    begins = apart(lambda: Booking.objects.get().slot.begins)
    expect(page.locator("main")).to_contain_text(day(begins.astimezone(LONDON).date(), "cy"))
    expect(page.locator("main")).to_contain_text("Taliad o £30")


def fill(page: Page, typed: dict[str, str]) -> None:
    """Type into fields by their names, and continue."""
    for name, text in typed.items():
        page.locator(f"[name='{name}']").fill(text)
    page.locator(".th-buttons button[value=continue]").click()


def answers() -> dict[str, Any]:
    """The answers of the only application."""
    return apart(lambda: Application.objects.get().answers)


@pytest.mark.parametrize("scripts", [True, False])
def test_two_windows_on_one_form_lose_nothing_and_send_it_once(chromium: Browser, grant: str, scripts: bool) -> None:
    one = visit(chromium, grant, scripts=scripts)
    one.goto("/services/grant/")
    one.locator(".sv-begin button").click()
    one.wait_for_url("**/page/you/")
    application = apart(Application.objects.get)
    answer_all(application)
    one.goto(page_url(application, "you"))
    two, stale = one.context.new_page(), one.context.new_page()
    two.goto(page_url(application, "home"))
    stale.goto(page_url(application, "you"))
    fill(one, {"full_name": "Asha B"})
    fill(two, {"home.line_1": "4 Mill Lane"})
    two.wait_for_url("**/page/shop/")
    assert (answers()["full_name"], answers()["home"]["line_1"]) == ("Asha B", "4 Mill Lane")
    fill(stale, {"full_name": "Asha C"})
    expect(stale.locator(".sv-clash")).to_contain_text("Asha B")
    assert answers()["full_name"] == "Asha B"
    check = f"/services/application/{application.pk}/check/"
    two.goto(check)
    stale.locator(".th-buttons button[value=continue]").click()
    stale.wait_for_url("**/page/home/")
    two.locator(".sv-send button").click()
    expect(two.locator(".sv-clash")).to_contain_text("changed in another window")
    expect(two.locator("main")).to_contain_text("Asha C")
    assert apart(lambda: Application.objects.get().is_sent) is False
    one.goto(check)
    two.locator(".sv-send button").click()
    two.wait_for_url("**/sent/")
    expect(two.get_by_text("This was sent already")).to_have_count(0)
    for late in (one.locator(".sv-send button"), stale.locator(".th-buttons button[value=continue]")):
        late.click()
        expect(late.page.get_by_text("This was sent already")).to_be_visible()
    stale.go_back()
    assert apart(lambda: (Case.objects.filter(kind="service").count(), answers()["full_name"])) == (1, "Asha C")
    expect(stale.locator("h1")).to_have_text("Thank you, we have it")
