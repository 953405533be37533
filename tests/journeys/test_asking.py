"""More is asked of whoever applied, of a partner and of a colleague: what depends on an answer comes up while it is
filled in, with no request; without scripts after sending once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.http import urlencode
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart, serving
from tests.journeys.test_services import visit
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.documents import selectors as documents
from townhall.kernel.documents.tests.factories import as_bytes, picture
from townhall.kernel.identity.models import Person
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Course
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.askers import asking

pytestmark = pytest.mark.browser


@dataclass
class Asked:
    """A live server with an application that waits to be made clear, and a browser with somebody signed in."""

    address: str
    chromium: Browser
    council: cases.Council
    application: Application

    def page(self, person: Person | None, path: str, **how: Any) -> Page:
        """A page of the application, as somebody sees it."""
        page = visit(self.chromium, self.address, **how)
        if person is not None:
            name, value = apart(lambda: factories.session_of(person))
            page.context.add_cookies([{"name": name, "value": value, "url": self.address}])
        page.goto(path if path.startswith("/work") else f"/services/application/{self.application.pk}/{path}")
        return page

    def values(self) -> dict[str, Any]:
        """What the process keeps."""
        return apart(lambda: Course.objects.get(application=self.application).state["values"][""])


@pytest.fixture
def address(own_database: str, settings: Any) -> Iterator[str]:
    """A live server on a database of its own."""
    settings.ALLOWED_HOSTS = ["*"]
    yield from serving()


@pytest.fixture
def asked(chromium: Browser, address: str) -> Asked:
    """An application that waits, and who has to do with it."""
    council = apart(cases.council)
    return Asked(address, chromium, council, apart(lambda: asking(timezone.now(), council.resident)))


def choose(page: Page, name: str, value: str) -> None:
    """Answer a question with radios."""
    page.locator(f"input[name={name}][value={value}]").check(force=True)


def must_fit(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 360])
def test_whoever_applied_sees_what_depends_on_an_answer_as_soon_as_it_is_given(asked: Asked, width: int) -> None:
    page = asked.page(asked.council.resident, "do/clarified/", width=width)
    day = page.get_by_role("group", name="By when?")
    expect(day).to_be_hidden()
    choose(page, "is_urgent", "yes")
    expect(day).to_be_visible()
    must_fit(page)
    choose(page, "is_urgent", "no")
    expect(day).to_be_hidden()
    choose(page, "is_urgent", "yes")
    page.locator("#meant").fill("The letters of 2025")
    for part, value in {"day": "1", "month": "6", "year": "2026"}.items():
        page.locator(f"#day-{part}").fill(value)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")
    assert asked.values()["meant"] == "The letters of 2025"


def test_a_partner_sees_it_by_the_link_of_the_letter(asked: Asked) -> None:
    key = urlencode({"key": apart(lambda: actions.partner_key(asked.application, "police"))})
    page = asked.page(None, f"partner/objection/?{key}", width=360)
    expect(page.locator("#ground")).to_be_hidden()
    choose(page, "is_sure", "yes")
    page.locator("#ground").fill("Noise at night")
    must_fit(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you, we have it.")).to_be_visible()
    assert asked.values()["ground"] == "Noise at night"


def test_a_colleague_sees_it_where_they_tell_and_in_the_task_on_the_page_of_the_case(asked: Asked) -> None:
    page = asked.page(asked.council.administrator, "tell/clarified/")
    choose(page, "is_urgent", "yes")
    expect(page.locator("#day-day")).to_be_visible()
    must_fit(page)
    choose(page, "is_urgent", "no")
    page.locator("#meant").fill("All of them")
    page.get_by_role("button", name="It has come in").click()
    page.wait_for_url("**/work/cases/**")
    place = page.locator("#place")
    expect(place).to_be_hidden()
    choose(page, "is_held", "yes")
    expect(place).to_be_visible()
    must_fit(page)
    place.fill("In the cellar")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("In the cellar")).to_be_visible()
    assert apart(lambda: selectors.doings(asked.application)) == []


def test_without_scripts_it_comes_up_after_sending_once_and_what_was_typed_stays(asked: Asked) -> None:
    page = asked.page(asked.council.resident, "do/clarified/", scripts=False, width=360)
    page.locator("#meant").fill("The letters of 2025")
    choose(page, "is_urgent", "yes")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Answer what is asked now")).to_be_visible()
    expect(page.locator("#meant")).to_have_value("The letters of 2025")
    for part, value in {"day": "1", "month": "6", "year": "2026"}.items():
        page.locator(f"#day-{part}").fill(value)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_that_was_chosen_stays_where_something_else_is_wrong(
    asked: Asked, tmp_path: Path, scripts: bool
) -> None:
    letter = tmp_path / "letter.png"
    letter.write_bytes(as_bytes(picture(), "PNG"))
    page = asked.page(asked.council.resident, "do/clarified/", scripts=scripts, width=360)
    page.locator("#papers").set_input_files(letter)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator(".sv-files")).to_contain_text("letter.png")
    if scripts:
        must_fit(page)
    page.locator("#meant").fill("The letters of 2025")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")
    kept = apart(lambda: [each.name for each in documents.of_case(asked.application.pk)])
    assert kept == ["letter.png"]
