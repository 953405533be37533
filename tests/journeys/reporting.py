"""How a resident reports a problem, page by page, for any journey."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

MOST_PAGES = 12


@dataclass(frozen=True)
class Answers:
    """What the resident says. `category` is the words of its radio button; `street` is searched for; `photo` a file."""

    text: str
    category: str
    street: str
    photo: Path | None = None


def report(page: Page, answers: Answers) -> str:
    """Answer whatever is asked until the report is sent; its reference."""
    page.goto("/reports/new/")
    for _ in range(MOST_PAGES):
        heading = page.locator("h1").first.inner_text()
        if heading.startswith(("Thank you", "Diolch")):
            return page.locator(".rp-reference").inner_text()
        answer(page, heading, answers)
    raise AssertionError("the form does not end")


def answer(page: Page, heading: str, answers: Answers) -> None:
    """Answer one page and go on."""
    if heading == "What is wrong?":
        page.get_by_role("textbox", name="What is wrong?").fill(answers.text)
        go_on(page)
    elif heading == "What is it about?":
        choose_category(page, answers.category)
        go_on(page)
    elif heading == "Where is it?":
        find_street(page, answers.street)
    elif heading == "Can you add a photo?":
        add_photo(page, answers.photo)
    elif heading == "Is it one of these?":
        page.get_by_role("button", name="None of these, carry on").click()
    elif heading == "Check your answers":
        expect(page.get_by_text(answers.text)).to_be_visible()
        page.get_by_role("button", name="Send the report").click()
    else:
        answer_questions(page)
        go_on(page)
    page.wait_for_load_state()


def go_on(page: Page) -> None:
    """Press Continue."""
    page.get_by_role("button", name=re.compile(r"^Continue")).click()


def choose_category(page: Page, name: str) -> None:
    """Choose a category, suggested or from the whole list."""
    radio = page.get_by_role("radio", name=name, exact=True)
    if not radio.first.is_visible():
        page.locator("details summary").first.click()
    radio.first.check(force=True)


def find_street(page: Page, street: str) -> None:
    """Search for a street and choose the first that is found."""
    box = page.get_by_label("Postcode, street or place")
    if street not in box.input_value():
        box.fill(street)
        page.get_by_role("button", name="Find").click()
        page.wait_for_load_state()
    found = page.locator("input[type=radio][name=found]")
    if found.count():
        found.first.check(force=True)
    go_on(page)


def add_photo(page: Page, photo: Path | None) -> None:
    """Add the photo where there is one, and go on."""
    if photo and page.get_by_role("img", name="Photo 1").count() == 0:
        page.get_by_label("Photos", exact=True).set_input_files(photo)
        add = page.get_by_role("button", name="Add these photos")
        if add.is_visible():
            add.click()
        expect(page.get_by_role("img", name="Photo 1")).to_be_visible()
    go_on(page)


def answer_questions(page: Page) -> None:
    """Choose the first radio of each group and leave the rest."""
    for group in page.locator("fieldset").all():
        radios = group.locator("input[type=radio]")
        if radios.count() and not group.locator("input[type=radio]:checked").count():
            radios.first.check(force=True)
