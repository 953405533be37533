"""A lead sets shifts, an officer gets a task, gives it back and takes it again, by keyboard; axe finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from townhall.council.rota import actions
from townhall.council.rota.models import Skill, Worker
from townhall.council.rota.tests.factories import colleague, task
from townhall.kernel.cases.tests import factories
from townhall.kernel.identity.models import Person

pytestmark = pytest.mark.browser
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ALWAYS = [[day, "00:00", "00:00"] for day in range(7)]


@pytest.fixture
def council(own_database: str, settings: Any) -> factories.Council:
    """A council in a database that really commits, with a skill."""
    settings.ALLOWED_HOSTS = ["*"]
    Skill.objects.create(code="lifting", name="Lifting", name_cy="Codi")
    return factories.council()


@pytest.fixture
def address(council: factories.Council) -> Iterator[str]:
    """A live server for it."""
    yield from serving()


def signed_in(chromium: Browser, address: str, person: Person, language: str, width: int) -> Page:
    """A page of somebody who works here."""
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 800})
    session = apart(lambda: _session(person))
    context.add_cookies([
        {"name": ours.SESSION_COOKIE_NAME, "value": session, "url": address},
        {"name": ours.LANGUAGE_COOKIE_NAME, "value": language, "url": address},
    ])  # fmt: skip
    context.set_default_timeout(30_000)
    return context.new_page()


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[ours.SESSION_COOKIE_NAME].value


def fine(page: Page, path: str, language: str) -> None:
    """Open a page: it is in its language, axe finds nothing, nothing is too wide."""
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == [], path
    assert page.evaluate(WIDE) <= 0, path


def _work(council: factories.Council) -> tuple[Any, Any]:
    """The officer has a task; another waits for somebody who can do it."""
    Worker.objects.filter(person=council.officer).update(week=ALWAYS)
    colleague("Ann Lloyd", council.street_scene, week=[])
    given, waits = task(council.street_scene, "lifting"), task(council.street_scene, "pesticides")
    actions.share_out(council.street_scene.pk, at=timezone.now())
    return given, waits


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("cy", 360)])
def test_shifts_are_set_and_a_task_goes_round_by_keyboard(
    chromium: Browser, address: str, council: factories.Council, language: str, width: int
) -> None:
    lead = signed_in(chromium, address, council.manager, language, width)
    fine(lead, f"/work/rota/people/{council.officer.pk}/", language)
    box = lead.locator("input[name=skills]")
    box.focus()
    lead.keyboard.press("Space")
    expect(box).to_be_checked()
    lead.locator("input[name=capacity]").press("Enter")
    expect(lead.locator(".th-message")).to_be_visible()
    given, waits = apart(lambda: _work(council))
    for path in ("/work/rota/teams/street-scene/", "/work/rota/skills/", "/work/rota/skills/new/?code=lifting",
                 f"/work/rota/people/{council.officer.pk}/", f"/work/rota/tasks/{waits.pk}/"):  # fmt: skip
        fine(lead, path, language)
    officer = signed_in(chromium, address, council.officer, language, width)
    fine(officer, "/work/rota/", language)
    expect(officer.locator(".ro-tasks > li")).to_have_count(1)
    fine(officer, f"/work/rota/tasks/{given.pk}/", language)
    officer.locator("input[name=back_reason]").press("Enter")
    expect(officer.locator(".govuk-error-summary")).to_be_focused()
    assert violations(officer) == []
    officer.locator("input[name=back_reason]").fill("I know them")
    officer.locator("input[name=back_reason]").press("Enter")
    expect(officer.locator(".th-message")).to_be_visible()
    fine(officer, f"/work/rota/tasks/{given.pk}/", language)
    officer.locator("form:has(input[value=take]) button").press("Enter")
    expect(officer.locator(".th-message")).to_be_visible()
