"""Somebody applies, the owner signs by a mailed link on a small screen without scripts; nothing for axe to find."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.browser
OWNER = {"landlord": {"name": "Mair Evans", "email": "mair@example.org"}}


def send(page: Page) -> Application:
    """Begin, have every answer kept, and send."""
    page.goto("/services/grant/")
    page.locator(".sv-begin button").click()
    page.wait_for_url("**/page/you/")
    application = apart(Application.objects.get)

    def kept() -> None:
        with actions.changing(application, timezone.now()) as row:
            row.answers = {key: value for key, value in factories.whole_answers().items() if key != "total"} | OWNER
            row.pages = dict.fromkeys(factories.PAGES, row.number + 1)

    apart(kept)
    page.goto(f"/services/application/{application.pk}/check/")
    page.locator("form .th-buttons button").click()
    page.wait_for_url("**/sent/")
    return application


def link() -> str:
    """The link in the newest letter."""
    blocks = apart(lambda: str(Letter.objects.filter(kind="signature_asked").order_by("-id")[0].blocks))
    return re.search(r"/services/sign/[\w-]+/", blocks).group()  # type: ignore[union-attr]


def must_be_clean(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("language", "says"), [("en", "You have signed"), ("cy", "Rydych wedi llofnodi")])
def test_a_second_person_signs_and_the_applicant_sees_it(
    chromium: Browser, address: str, language: str, says: str
) -> None:
    options: dict[str, Any] = {"base_url": address, "locale": f"{language}-GB"}
    small: dict[str, Any] = {"viewport": {"width": 360, "height": 900}}
    page, owner = chromium.new_page(**options, **small), chromium.new_page(**options, **small)
    send(page)
    must_be_clean(page)
    page.locator(".sv-now a").click()
    page.wait_for_url("**/signature/*/")
    must_be_clean(page)
    page.locator("#id_email").fill("mair.evans@example.org")
    page.locator("button[value=again]").click()
    expect(page.locator(".th-summary")).to_contain_text("mair.evans@example.org")
    owner.goto(link())
    must_be_clean(owner)
    owner.locator(".sv-send button").click()
    expect(owner.locator(".govuk-error-summary")).to_be_visible()
    must_be_clean(owner)
    without = chromium.new_page(java_script_enabled=False, **options, **small)
    without.goto(link())
    without.locator("input[value=yes]").check(force=True)
    without.locator(".sv-send button").click()
    expect(without.locator("h1")).to_have_text(says)
    owner.reload()
    must_be_clean(owner)
    page.goto(page.url.split("signature/")[0] + "sent/")
    must_be_clean(page)
    expect(page.locator("[aria-labelledby=signing-1]")).not_to_contain_text("time until")
