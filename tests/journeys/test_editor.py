"""From nothing to a service that a resident uses, by clicking; a colleague approves; what runs ends on its version."""

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser import violations
from tests.journeys.serving import apart, serving
from townhall.kernel.cases.models import Task
from townhall.kernel.cases.tests import factories
from townhall.kernel.outbox.relay import relay_all
from townhall.residents.bookings.models import Booking
from townhall.residents.editor import selectors
from townhall.residents.editor.models import Draft
from townhall.residents.editor.tests.factories import NOON, draft, files
from townhall.residents.services.models import Application, Course, Version

T = TypeVar("T")
pytestmark = pytest.mark.browser
BACKEND = "django.contrib.auth.backends.ModelBackend"
WIDTHS = (1280, 360)


@pytest.fixture
def people(own_database: str, settings: Any) -> factories.Council:
    """A council's people in a database of its own."""
    settings.ALLOWED_HOSTS = ["*"]
    return factories.council()


@pytest.fixture
def address(people: factories.Council) -> Iterator[str]:
    """A live server."""
    yield from serving()


def signed_in(chromium: Browser, address: str, person: Any, *, scripts: bool = True, width: int = 1280) -> Page:
    """A page of somebody who is signed in; of a visitor where that is nobody."""
    context = chromium.new_context(
        base_url=address, locale="en-GB", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.set_default_timeout(20_000)
    if person is not None:
        client = Client()
        apart(lambda: client.force_login(person, backend=BACKEND))
        secret = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": secret, "url": address}])
    return context.new_page()


def tab(page: Page, name: str) -> None:
    """Open one of the draft's tabs."""
    page.locator(".ed-tabs").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def keep(page: Page, name: str = "Keep") -> None:
    """Press a button of the form in the middle, and see that it was kept."""
    page.locator(".th-panes form").get_by_role("button", name=name, exact=True).first.click()
    page.locator(".th-message").wait_for()


def begin(page: Page) -> None:
    """A new service, in plain words."""
    page.goto("/work/services/")
    page.get_by_role("button", name="Begin a new service").or_(
        page.get_by_role("link", name="Begin a new service")
    ).click()
    page.get_by_label("What is it called?", exact=True).fill("Skip permit")
    page.get_by_label("What is it called in Welsh?").fill("Trwydded sgip")
    page.get_by_label("What is it, in one sentence?").fill("Ask whether a skip needs a permit.")
    page.get_by_label("The same in Welsh").fill("Gofynnwch a oes angen trwydded ar sgip.")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.locator(".ed-tabs").wait_for()


def add_a_question(page: Page) -> None:
    """A question on a page of its own."""
    page.get_by_text("Add a question").click()
    page.locator("#new-en").fill("Does it stand on the road?")
    page.locator("#new-cy").fill("A yw'n sefyll ar y ffordd?")
    page.locator("#new-type").select_option("yes_no")
    page.locator("#new-page").select_option("")
    page.locator(".ed-add").get_by_role("button", name="Add", exact=True).click()
    page.locator(".ed-question h2", has_text="Does it stand on the road?").wait_for()


def add_a_table(page: Page) -> None:
    """A table, filled in with the keyboard."""
    tab(page, "Tables")
    page.locator("#ed-new-table").fill("Permit")
    page.locator("nav .ed-add").get_by_role("button", name="Add", exact=True).click()
    page.locator("[data-grid]").wait_for()
    page.get_by_text("What it is given").click()
    page.locator("#given-0").fill("On the road")
    page.locator("#in0").fill("On the road")
    page.locator("[data-cell='0.1']").fill('"permit"')
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.cell") == "1.1"
    page.keyboard.type('"none"')
    keep(page)


def add_letters(page: Page) -> None:
    """Two letters, each in both languages."""
    add_a_letter(
        page, ("You need a permit", "Mae angen trwydded arnoch"),
        ("Hello ((name)), a skip on the road needs a permit. Your reference is ((reference)).",
         "Helo ((name)), mae angen trwydded ar sgip ar y ffordd. Eich cyfeirnod yw ((reference))."),
    )  # fmt: skip
    add_a_letter(
        page, ("Your visit", "Eich ymweliad"),
        ("Hello ((name)), we come to look at the place on ((visit_on)).",
         "Helo ((name)), byddwn yn dod i weld y lle ar ((visit_on))."),
    )  # fmt: skip


def add_a_letter(page: Page, title: tuple[str, str], body: tuple[str, str]) -> None:
    """A letter in both languages."""
    tab(page, "Letters")
    for language, said in zip(("en", "cy"), title, strict=True):
        page.locator(f"#new-{language}").fill(said)
    page.locator("nav .ed-add").get_by_role("button", name="Add", exact=True).click()
    for language, told in zip(("en", "cy"), body, strict=True):
        page.locator(f"#ed-body-{language}").fill(told)
    keep(page)


def add_something_to_book(page: Page) -> None:
    """A visit that can be booked in the mornings of three days."""
    tab(page, "Bookings")
    page.locator("#new-en").fill("Visit of the place")
    page.locator("#new-cy").fill("Ymweliad â'r lle")
    page.locator("nav .ed-add").get_by_role("button", name="Add", exact=True).click()
    for day, hours in (("monday", ""), ("tuesday", "09:00-12:00, 13:00-16:00"), ("friday", "")):
        page.locator(f"#ed-{day}").fill(hours)
    page.locator("#ed-capacity").fill("4")
    keep(page)


def new_step(page: Page, en: str, cy: str, kind: str) -> None:
    """A step more."""
    tab(page, "Process")
    page.get_by_text("Add a step").click()
    page.locator("#new-en").fill(en)
    page.locator("#new-cy").fill(cy)
    page.locator("#new-kind").select_option(kind)
    page.locator(".ed-add").get_by_role("button", name="Add", exact=True).click()


def fill_ways(page: Page, *ways: tuple[str, str, str, str, str]) -> None:
    """What comes after a step: event, condition, where it leads, what is kept, which letters go."""
    for number, (event, condition, to, sets, letters) in enumerate(ways):
        page.locator(f"#way-{number}-event").select_option(event)
        page.locator(f"#way-{number}-if").fill(condition)
        page.locator(f"#way-{number}-to").select_option(to)
        page.locator(f"#way-{number}-sets").fill(sets)
        page.locator(f"#way-{number}-letters").fill(letters)
    keep(page)


def add_steps(page: Page) -> None:
    """A step that lets the resident choose a day, and one that asks the table first of all."""
    new_step(page, "Choose a day for the visit", "Dewis diwrnod yr ymweliad", "booking")
    assert page.locator("#ed-service").input_value() == "visit_of_the_place"
    visit = "choose_a_day_for_the_visit"
    fill_ways(page, ("done", "", "answer", "visit_on = result.on", "your_visit"), ("failed", "", "answer", "", ""))
    new_step(page, "Decide", "Penderfynu", "decision")
    page.locator("#ed-values").fill("On the road = does_it_stand_on_the_road")
    page.locator("#ed-service").select_option("decisions/permit.yaml#Permit")
    fill_ways(
        page, ("done", 'result.value = "permit"', visit, "", "you_need_a_permit"), ("done", "", "answer", "", ""),
        ("failed", "", "answer", "", ""),
    )  # fmt: skip
    for _ in range(3):
        keep(page, "↑ Earlier")


def take_out(page: Page, file: str) -> None:
    """Take a file out."""
    tab(page, "Files")
    page.locator(".ed-list").get_by_role("link", name=file).click()
    keep(page, "Take this file out")


def fill_in(page: Page, on_the_road: str, *, more: str) -> None:
    """Fill in the form on the page: `more` is the button that goes on."""
    page.locator("#question").fill("May I put a skip out?")
    page.get_by_role("button", name=more, exact=True).first.click()
    page.locator("#full_name").fill("Asha Begum")
    page.locator("#email").fill("asha@example.org")
    page.get_by_role("button", name=more, exact=True).first.click()
    page.locator(f"input[name=does_it_stand_on_the_road][value={on_the_road}]").check(force=True)
    page.get_by_role("button", name=more, exact=True).first.click()


def try_it(page: Page, on_the_road: str, name: str) -> None:
    """Try the draft, and keep what comes of it as an example."""
    tab(page, "Try it")
    fill_in(page, on_the_road, more="Continue")
    if on_the_road == "yes":
        page.get_by_text("with values").first.click()
        page.locator("[name='_data.done.choose_a_day_for_the_visit']").fill("on = 2027-03-02")
        page.get_by_role("button", name="Done: Choose a day for the visit").click()
        page.get_by_text("Letter: your_visit").wait_for()
    page.get_by_role("button", name="Done: Answer the question").click()
    page.locator("#try-name").fill(name)
    page.locator("[data-whole]").click()
    page.get_by_role("link", name=name).wait_for()


def ask_for_review(page: Page) -> None:
    """Ask for a second officer."""
    page.get_by_role("link", name="Compare and approve").click()
    page.get_by_role("button", name="Ask for review").click()
    page.locator(".th-message").wait_for()


def approve(page: Page) -> None:
    """Open what waits, look at it, and approve."""
    page.goto("/work/services/")
    assert page.get_by_text("waits for you").is_visible()
    page.get_by_role("link", name="Open the draft Skip permit").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.locator(".th-message", has_text="Published").wait_for()


def apply(page: Page) -> None:
    """Use the service."""
    page.goto("/services/skip_permit/")
    page.locator(".sv-begin button").click()
    fill_in(page, "yes", more="Continue")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent/")


def book(page: Page) -> None:
    """Choose a day and a time of it, as the page of the application asks."""
    page.get_by_role("link", name="Choose a day").click()
    page.locator(".bk-days a").first.click()
    page.locator("input[name=slot]").first.check(force=True)
    page.get_by_role("button", name="Choose this").click()
    page.wait_for_url("**/sent/")
    page.get_by_role("link", name="See or change it").wait_for()


def finish(page: Page, task: Task) -> None:
    """Open the case, and finish what it asks for on the page of the task."""
    reference = apart(lambda: Task.objects.select_related("case").get(pk=task.pk).case.reference)
    page.goto(f"/work/cases/{reference}/")
    assert page.get_by_text("Answer the question").first.is_visible()
    page.goto(f"/services/application/{task.case_id}/task/{task.pk}/")
    page.get_by_role("heading", name="Answer the question").wait_for()
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url(f"**/{reference}/*")


def only_task() -> Task:
    """The only task."""
    return apart(lambda: Task.objects.get(done_at=None))


def test_a_service_with_a_booking_is_made_by_clicking_approved_used_and_changed_while_a_case_runs(
    chromium: Browser, address: str, people: factories.Council
) -> None:
    officer = signed_in(chromium, address, people.officer)
    begin(officer)
    for make in (add_a_question, add_a_table, add_letters, add_something_to_book, add_steps):
        make(officer)
    for file in ("examples/answered.yaml", "examples/nothing_asked.yaml"):
        take_out(officer, file)
    try_it(officer, "yes", "On the road a permit is needed")
    try_it(officer, "no", "On a drive none is needed")
    assert officer.get_by_text("2 of 2 come out as they say").is_visible()
    assert officer.get_by_text("Nothing is wrong").is_visible()
    ask_for_review(officer)
    assert not officer.get_by_role("button", name="Approve", exact=True).is_visible()
    manager = signed_in(chromium, address, people.manager)
    approve(manager)
    resident = signed_in(chromium, address, None)
    apply(resident)
    book(resident)
    first = apart(lambda: Version.objects.get(is_live=True))
    officer.goto("/work/services/")
    officer.get_by_role("button", name="Change it Skip permit").click()
    officer.locator("#ed-label-en").fill("What do you want to put out?")
    keep(officer)
    ask_for_review(officer)
    approve(manager)
    second = apart(lambda: Version.objects.get(is_live=True))
    assert second.hash != first.hash
    apart(lambda: relay_all(at=timezone.now()))
    task = only_task()
    booked = apart(lambda: Booking.objects.select_related("slot").get(state="firm"))
    course = apart(lambda: Course.objects.get(application_id=task.case_id))
    assert course.state["values"][""]["visit_on"] == str(timezone.localdate(booked.slot.begins))
    finish(officer, task)
    apart(lambda: relay_all(at=timezone.now()))
    ended = apart(lambda: Application.objects.select_related("case").get(pk=task.case_id))
    assert ended.version_id == first.pk
    assert ended.case is not None
    assert ended.case.closed_at is not None
    resident.goto("/services/skip_permit/")
    resident.locator(".sv-begin button").last.click()
    assert resident.get_by_text("What do you want to put out?").first.is_visible()


def test_a_message_its_form_and_its_button_are_written_by_clicking_and_a_step_waits_for_it(
    chromium: Browser, address: str, people: factories.Council
) -> None:
    page = signed_in(chromium, address, people.officer)
    begin(page)
    tab(page, "Messages")
    page.locator("#new-en").fill("Given up")
    page.locator("#new-cy").fill("Ildiwyd")
    page.locator("nav .ed-add").get_by_role("button", name="Add", exact=True).click()
    page.locator("#ed-words-en").fill("Give it up")
    page.locator("#ed-words-cy").fill("Ei ildio")
    keep(page, "Keep the button")
    assert page.get_by_text("Button: Give it up").is_visible()
    tab(page, "Process")
    page.get_by_role("link", name="Answer the question").click()
    page.locator("#way-1-event").select_option("given_up")
    page.locator("#way-1-to").select_option("answered")
    keep(page)
    found = apart(Draft.objects.get)
    assert "given_up: {en: Given up, cy: Ildiwyd}" in found.files["process.yaml"]
    assert "given_up: {en: Give it up, cy: Ei ildio}" in found.files["service.yaml"]
    package = apart(lambda: selectors.examined(found)).package
    assert package is not None
    assert package.service.buttons["given_up"].cy == "Ei ildio"
    assert "given_up" in package.process.nodes["answer"].on


@pytest.mark.parametrize("width", WIDTHS)
def test_the_editors_pages_are_free_of_what_axe_finds(
    chromium: Browser, address: str, people: factories.Council, width: int
) -> None:
    page = signed_in(chromium, address, people.officer, width=width)
    page.goto("/work/services/")
    begin(page)
    add_a_table(page)
    add_something_to_book(page)
    tab(page, "Messages")
    page.locator("#new-en").fill("Given up")
    page.locator("nav .ed-add").get_by_role("button", name="Add", exact=True).click()
    key = page.url.split("/work/services/")[1].split("/")[0]
    places = (
        "", "form/", "form/?page=you", "tables/", "process/", "messages/", "bookings/", "letters/", "examples/", "try/",
        "files/", "history/", "review/",
    )  # fmt: skip
    of = "/work/services/of/skip_permit/"
    whole = ("/work/services/", "/work/services/new/", of, f"{of}compare/")
    for path in (*whole, *(f"/work/services/{key}/{each}" for each in places)):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_question_comes_up_on_the_second_page_that_is_tried_too(
    chromium: Browser, address: str, people: factories.Council
) -> None:
    asked = """\
        type: yes_no
        label: {en: "Is it urgent?", cy: "A yw'n fater brys?"}
      by_when: {type: text, label: {en: By when, cy: Erbyn pryd}, when: urgent = true}
      full_name:"""
    form = files()["form.yaml"].replace("      full_name:", f"      urgent:\n{asked}", 1)
    found = apart(lambda: draft(people.officer, NOON, "skips", **{"form.yaml": form}))
    page = signed_in(chromium, address, people.officer)
    page.goto(f"/work/services/{found.pk}/try/")
    page.locator("#question").fill("Why?")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.locator("#full_name").wait_for()
    assert not page.get_by_label("By when").is_visible()
    page.locator("input[name=urgent][value=yes]").check(force=True)
    page.get_by_label("By when").wait_for()
