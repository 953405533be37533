"""The network goes while a form is filled in, and comes back: nothing is lost, nothing is there twice."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations
from tests.journeys.serving import apart
from tests.journeys.test_services import answer_all, fill_page, only, visit
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.tests.factories import as_bytes, picture
from townhall.kernel.identity.models import Person
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.browser
HELD = """() => new Promise((resolve) => {
    const opening = indexedDB.open("townhall-drafts");
    opening.onupgradeneeded = () => { opening.transaction.abort(); };
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
        const asked = opening.result.transaction("pages").objectStore("pages").getAll();
        asked.onsuccess = () => { opening.result.close(); resolve(asked.result.map((one) => JSON.stringify(one))); };
    };
})"""

ARRIVES = """async () => {
    const form = document.getElementById("answers-form"), body = new FormData(form);
    body.set("_do", "continue");
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
}"""
"""The page arrives, and its answer is lost."""


@pytest.fixture
def quote(tmp_path: Path) -> Path:
    """A file to choose."""
    path = tmp_path / "quote.png"
    path.write_bytes(as_bytes(picture(), "PNG"))
    return path


def opened(page: Page, name: str) -> Page:
    """A page of a form whose other pages are filled in."""
    page.goto("/services/grant/")
    page.locator(".sv-begin button").click()
    page.wait_for_url("**/page/you/")
    answer_all(only())
    page.goto(factories.page_url(only(), name))
    expect(page.locator("[data-drafts-hint]")).to_be_visible()
    return page


def status(page: Page) -> Any:
    """What the page says of the network."""
    return page.locator("[data-drafts] [role=status]")


def press(page: Page) -> None:
    """Press Continue."""
    page.locator(".th-buttons button[value=continue]").click()


def until_kept_here(page: Page, *words: str) -> str:
    """Wait until this device keeps one page with these words, or nothing where there are none; what it keeps."""
    held: list[str] = []
    for _ in range(100):
        held = page.evaluate(HELD)
        if len(held) == bool(words) and all(word in held[0] for word in words):
            break
        page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 50))")
    assert len(held) == bool(words), held
    assert all(word in held[0] for word in words), held
    return "".join(held)


def jobs() -> list[dict[str, Any]]:
    """The works that are kept."""
    return apart(lambda: Application.objects.get().answers["jobs"])


def documents() -> int:
    """How many files are kept."""
    return apart(Document.objects.count)


def test_a_page_with_a_file_goes_on_by_itself_when_the_network_is_back(
    chromium: Browser, address: str, quote: Path
) -> None:
    page = opened(visit(chromium, address, width=360), "works")
    page.context.set_offline(True)
    expect(status(page)).to_contain_text("The network is lost. Go on typing")
    page.locator("#jobs-0-what").fill("Chimney")
    page.locator("#jobs-0-quote").set_input_files(quote)
    press(page)
    expect(status(page)).to_contain_text("we go on by ourselves")
    press(page)
    until_kept_here(page, "Chimney")
    page.context.set_offline(False)
    page.wait_for_url("**/page/more/")
    assert [each["what"] for each in jobs()] == ["Chimney"]
    assert len(jobs()[0]["quote"]) == documents() == 1
    until_kept_here(page)
    assert apart(Application.objects.count) == 1


def test_what_was_typed_is_there_again_after_the_page_was_closed(chromium: Browser, address: str, quote: Path) -> None:
    page = opened(visit(chromium, address, width=360), "works")
    page.context.set_offline(True)
    page.locator("#jobs-0-what").fill("Chimney")
    page.locator("#jobs-0-quote").set_input_files(quote)
    until_kept_here(page, "Chimney")
    context, path = page.context, page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(path.replace("/works/", "/you/"))
    expect(status(page)).to_contain_text("only this device keeps")
    page.get_by_role("link", name="Go to that page").click()
    expect(status(page)).to_contain_text("had not reached us")
    expect(page.locator("#jobs-0-what")).to_have_value("Chimney")
    assert violations(page) == []
    press(page)
    page.wait_for_url("**/page/more/")
    assert [each["what"] for each in jobs()] == ["Chimney"]
    assert len(jobs()[0]["quote"]) == documents() == 1


def test_a_file_whose_answer_was_lost_is_not_kept_twice(chromium: Browser, address: str, quote: Path) -> None:
    page = opened(visit(chromium, address), "works")
    page.locator("#jobs-0-quote").set_input_files(quote)
    page.evaluate(ARRIVES)
    assert documents() == 1
    press(page)
    page.wait_for_url("**/page/more/")
    assert len(jobs()[0]["quote"]) == documents() == 1


def test_another_window_wrote_meanwhile_and_is_not_overwritten_unseen(chromium: Browser, address: str) -> None:
    page = opened(visit(chromium, address), "you")
    page.context.set_offline(True)
    page.locator("#full_name").fill("Asha B")
    until_kept_here(page, "Asha B\"")
    context, path = page.context, page.url
    page.close()
    context.set_offline(False)
    other = visit(chromium, address, scripts=False)
    other.context.add_cookies(context.cookies())  # pyright: ignore[reportArgumentType]
    other.goto(path)
    other.locator("#full_name").fill("Asha C")
    press(other)
    page = context.new_page()
    page.goto(path)
    expect(page.locator("#full_name")).to_have_value("Asha B")
    press(page)
    expect(page.get_by_role("heading", name="This page was changed in another window")).to_be_visible()
    expect(page.locator(".sv-clash")).to_contain_text("Asha C")


def test_what_is_not_sent_is_forgotten_by_a_button_and_when_it_is_sent(chromium: Browser, address: str) -> None:
    page = opened(visit(chromium, address), "you")
    page.locator("#full_name").fill("Asha B")
    until_kept_here(page, "Asha B\"")
    page.get_by_role("button", name="Forget what is not sent").click()
    expect(page.locator("#full_name")).to_have_value("Asha Begum")
    until_kept_here(page)
    page.locator("#full_name").fill("Asha B")
    until_kept_here(page, "Asha B\"")
    page.goto(f"/services/application/{only().pk}/check/")
    expect(status(page)).to_contain_text("only this device keeps")
    page.locator("form.sv-send button").click()
    page.wait_for_url("**/sent/")
    until_kept_here(page)


def test_bank_details_are_never_kept_on_the_device(chromium: Browser, address: str) -> None:
    page = opened(visit(chromium, address), "paying")
    page.locator("#bank-account_number").fill("87654321")
    page.locator("#ni").fill("QQ123456C")
    page.locator("#landlord-name").fill("Bryn")
    kept = until_kept_here(page, "Bryn")
    assert "87654321" not in kept
    assert "QQ123456C" not in kept


def test_signing_out_leaves_nothing_and_nobody_sees_what_was_anothers(chromium: Browser, address: str) -> None:
    page = visit(chromium, address)
    session = apart(lambda: factories.session_of(Person.objects.create(email="asha@example.org", name="Asha Begum")))
    page.context.add_cookies([{"name": session[0], "value": session[1], "url": address}])
    opened(page, "you").locator("#full_name").fill("Asha B")
    until_kept_here(page, "Asha B\"")
    page.locator(".th-strip form button", has_text="Sign out").click()
    page.wait_for_url(f"{address}/")
    until_kept_here(page)


def test_the_whole_form_goes_on_as_before_where_the_network_holds(chromium: Browser, address: str) -> None:
    page = opened(visit(chromium, address, language="cy"), "shop")
    fill_page(page, "shop")
    page.locator(".th-buttons button[value=continue]").dblclick(no_wait_after=True)
    page.wait_for_url("**/page/place/")
    until_kept_here(page)
