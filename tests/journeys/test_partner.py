"""A partner is written to, and objects by the letter's link: set up, moved on by hand, told, seen by the officer."""

import re
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser import violations
from tests.journeys.serving import apart
from tests.journeys.test_editor import address, people, signed_in  # noqa: F401
from townhall.kernel.catalogue.forms.model import Answers
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.models import Application, Course

pytestmark = pytest.mark.browser
SLUG = "temporary_event_notice"
REASONS = "Dim ond un drws sydd gan y neuadd."


def notice() -> Application:
    """A notice of an event a month from now, that waits for its fee."""
    package, at = read(SHELF / SLUG), timezone.now()
    example = next(each for each in package.examples if "objection" in str(each.happens) and "hearing" in each.file)
    day = f"{datetime.now(ZoneInfo('Europe/London')) + timedelta(days=30):%Y-%m-%d}"
    begun = actions.start_application(
        version=actions.publish(package=package, at=at), secret="of a dance", language="en", at=at,
        answers=cast("Answers", dict(example.answers) | {"event_start": day, "event_end": day}),
    )  # fmt: skip
    sent = actions.send_application(application=begun, at=at, signed_in=None)
    actions.begin_course(application_id=sent.pk, at=at)
    return sent


def link(to: str) -> str:
    """The link of the letter to a partner."""
    kind = f"{SLUG}/copy"
    texts = apart(lambda: [str(each.blocks) for each in Letter.objects.filter(kind=kind, address__email=to)])
    assert len(texts) == 1
    return re.search(r"/services/application/[\w-]+/partner/\?key=[\w:.-]+", texts[0]).group()  # type: ignore[union-attr]


def must_be_sound(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_police_object_by_their_link_and_the_officer_sees_it(chromium: Browser, address: str, people: Any) -> None:  # noqa: F811
    sent = apart(notice)
    admin = signed_in(chromium, address, people.administrator, width=360)
    for partner, email in (("police", "licensing@police.example"), ("environmental_health", "eh@council.example")):
        admin.goto("/services/set-up/partners/")
        must_be_sound(admin)
        admin.locator(f"a[href$='/{partner}/']").click()
        admin.locator("input[type=email]").wait_for()
        must_be_sound(admin)
        admin.locator("input[type=email]").fill(email)
        admin.locator("main form button").first.click()
        admin.wait_for_url("**/set-up/partners/")
    officer = signed_in(chromium, address, people.manager)
    officer.goto(f"/services/application/{sent.pk}/jump/")
    must_be_sound(officer)
    officer.get_by_label("Examine", exact=True).check()
    officer.locator("#reason").fill("Paid at the counter.")
    officer.get_by_role("button", name="See what will come of it").click()
    officer.locator("#ahead-title").wait_for()
    must_be_sound(officer)
    assert "Letter: Copy of a notice (The police)" in officer.locator("dd").all_inner_texts()[2]
    officer.get_by_role("button", name="Put it there").click()
    officer.locator("main", has_text="Time to object").wait_for()
    police = signed_in(chromium, address, None, width=360)
    police.goto(link("licensing@police.example") + "&lang=cy")
    must_be_sound(police)
    police.locator("main a[href*='/partner/objection/']").click()
    police.locator("textarea").wait_for()
    must_be_sound(police)
    police.get_by_label("Yr heddlu").check()
    police.get_by_label("Atal niwsans cyhoeddus").check()
    police.locator("main form .th-buttons button").first.click()
    police.locator(".govuk-error-summary").wait_for()
    must_be_sound(police)
    police.locator("textarea").fill(REASONS)
    police.locator("main form .th-buttons button").first.click()
    police.wait_for_url("**/partner/?key=*")
    must_be_sound(police)
    officer.reload()
    officer.locator("main", has_text="Hearing").wait_for()
    assert "hearing" in str(apart(lambda: Course.objects.get(application=sent).state["active"]))
