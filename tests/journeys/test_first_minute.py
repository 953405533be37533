"""The demo's first minute: two councils, one report, everybody told."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.reporting import Answers, report
from tests.journeys.test_report_to_resolve import resolve

LIGHT = Answers(
    text="The street light by the chapel door is out, pitch dark", category="Street light out", street="Chapel Street"
)
PATIENCE_SECONDS = 60


def seen_after_reload(page: Page, words: str) -> None:
    """Reload until the words are there: another council's server is asked every few seconds."""
    for _ in range(PATIENCE_SECONDS):
        if page.get_by_text(words).first.is_visible():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    raise AssertionError(f"'{words}' did not come")


def test_a_street_light_is_followed_over_two_councils(visitor, demo):
    resident = visitor(role="resident", width=360)
    reference = report(resident, LIGHT)
    expect(resident.get_by_text(re.compile("Merrowshire")).first).to_be_visible()
    resident.goto(f"/reports/{reference}/")
    expect(resident.get_by_text("With another council").first).to_be_visible()

    lighting = visitor(role="officer", council=demo.merrowshire)
    lighting.goto("/work/search?q=chapel+door+pitch")
    seen_after_reload(lighting, "Street light")
    lighting.goto("/work/")
    lighting.get_by_role("link", name=re.compile("street light by the chapel door", re.IGNORECASE)).first.click()
    resolve(lighting)
    seen_after_reload(resident, "Fixed")


def test_the_residents_letter_waits_for_an_undo_and_then_arrives(visitor):
    resident = visitor(role="resident")
    report(resident, Answers(text="Old sofa dumped by the hedgehog sign", category="Fly-tipping", street="Church Lane"))
    resident.goto("/letters/mailbox")
    seen_after_reload(resident, "Asha Begum")


def test_a_measure_moves_when_a_case_is_finished(visitor):
    def finished(page: Page) -> int:
        page.goto("/measures/on_time/")
        words = page.get_by_text(re.compile(r"of [\d,]+ cases")).first.inner_text()
        return int(re.findall(r"of ([\d,]+) cases", words)[0].replace(",", ""))

    manager, officer = visitor(role="manager"), visitor(role="officer")
    before = finished(manager)
    officer.goto("/work/")
    officer.locator("a[href*='/work/cases/']").first.click()
    resolve(officer)
    for _ in range(PATIENCE_SECONDS):
        if finished(manager) > before:
            return
        manager.wait_for_timeout(1_000)
    raise AssertionError("the measure did not move")
