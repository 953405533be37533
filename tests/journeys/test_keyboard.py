"""The same walk with the keyboard alone; names, focus and announcements are read from the page's own accessibility."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.keys import focused, press, tab_to


def test_a_report_is_sent_with_the_keyboard_alone(visitor):
    page = visitor(role="resident", width=360)
    page.goto("/reports/new/")
    page.keyboard.press("Tab")
    assert "Skip" in focused(page)
    tab_to(page, "What is wrong")
    page.keyboard.type("Somebody has sprayed a walrus on the bridge wall, graffiti")
    tab_to(page, "^Continue")
    press(page)
    tab_to(page, "Graffiti")
    page.keyboard.press("Space")
    tab_to(page, "^Continue")
    press(page)
    tab_to(page, "Postcode, street or place")
    page.keyboard.type("Station Road")
    press(page)
    for _ in range(8):
        heading = page.locator("h1").first.inner_text()
        if heading.startswith("Thank you"):
            break
        if heading == "Where is it?" and page.locator("input[name=found][type=radio]").count():
            tab_to(page, "Station Road")
            page.keyboard.press("Space")
        elif page.locator("fieldset").count() and heading not in {"Where is it?", "Check your answers"}:
            choose_first_of_each(page)
        tab_to(page, "^(Continue|Send the report|None of these)")
        press(page)
    expect(page.locator(".rp-reference")).to_be_visible()


def choose_first_of_each(page: Page) -> None:
    """With Tab and Space, choose in each group that has no choice yet."""
    for group in page.locator("fieldset").all():
        radios = group.locator("input[type=radio]")
        if radios.count() and not group.locator("input:checked").count():
            radios.first.focus()
            page.keyboard.press("Space")


def test_an_error_is_named_and_takes_the_focus(visitor):
    page = visitor(width=360)
    page.goto("/reports/new/")
    tab_to(page, "^Continue")
    press(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(page.locator("[aria-invalid=true], .govuk-textarea--error").first).to_be_visible()
    assert page.title().startswith("Error")
    assert page.evaluate("() => !!document.activeElement.closest('.govuk-error-summary')")


def test_an_officer_works_the_queue_without_a_mouse(visitor):
    page = visitor(role="officer")
    page.goto("/work/")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.keyboard.press("j")
    cursor = page.locator("tr.is-cursor")
    expect(cursor).to_have_count(1)
    first = cursor.inner_text()
    page.keyboard.press("j")
    assert cursor.inner_text() != first
    page.keyboard.press("x")
    expect(page.get_by_text(re.compile("^1 selected")).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/work/cases/"))
    expect(page.locator("h1").first).to_be_visible()
