import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.reporting import Answers, report


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    """A small photograph of nothing."""
    path = tmp_path_factory.mktemp("photo") / "wall.jpg"
    made = BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(made, "JPEG")
    path.write_bytes(made.getvalue())
    return path


PATIENCE = 60_000
"""Milliseconds that a busy machine may take to draw a map; how fast it is belongs to the bench."""


def graffiti(word, photo=None):
    return Answers(
        text=f"Graffiti on the wall, it says {word}", category="Graffiti", street="Chapel Street", photo=photo
    )


def row(officer, reference):
    return officer.locator("tr, article", has_text=reference).first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_reports_an_officer_resolves_and_everybody_sees(visitor, photo, scripts):
    officer = visitor(role="officer")
    officer.goto("/work/")
    resident = visitor(role="resident", width=360, scripts=scripts)
    reference = report(resident, graffiti("zebra" if scripts else "giraffe", photo))

    expect(row(officer, reference)).to_be_visible(timeout=2_000)
    watcher = watching(visitor(), reference)
    expect(pin(watcher, reference, "Received")).to_be_visible(timeout=PATIENCE)
    officer.goto(f"/work/cases/{reference}/")
    expect(officer.get_by_text("Street Scene").first).to_be_visible()
    resolve(officer)
    expect(pin(watcher, reference, "Fixed")).to_be_visible(timeout=PATIENCE)
    assert [one["fixed"] for one in features(watcher) if one.get("reference") == reference] == [1]

    resident.goto(f"/reports/{reference}/")
    expect(resident.get_by_text("Fixed").first).to_be_visible()
    expect(resident.get_by_text("The wall is clean again").first).to_be_visible()
    resident.goto("/account/")
    expect(resident.get_by_role("link", name=re.compile("Graffiti")).first).to_be_visible()


def watching(page, reference):
    """The public map about a report, close up, as it stays open while others work."""
    page.goto(f"/reports/{reference}/")
    page.get_by_role("link", name="open in the big map").click()
    page.wait_for_load_state()
    page.goto(f"{page.url}&zoom=18.5")
    page.locator("[data-map][data-ready]").wait_for(timeout=PATIENCE)
    return page


def pin(page, reference, status):
    """The report's pin while it says this status."""
    return page.locator(f".geo-pin[href='/reports/{reference}/'][aria-label$=': {status}']")


def features(page):
    """What the map's tiles hold at this moment."""
    return page.evaluate(
        "document.querySelector('#reports-map').map.querySourceFeatures('cases', {sourceLayer: 'cases'})"
        ".map((feature) => feature.properties)"
    )


def resolve(officer):
    """Finish the open case as fixed, with public words."""
    officer.get_by_role("tab", name=re.compile("^Resolve")).or_(
        officer.get_by_role("link", name=re.compile("^Resolve"))
    ).first.click()
    form = officer.locator("form", has=officer.get_by_role("radio", name=re.compile("^Fixed"))).first
    form.get_by_role("radio", name=re.compile("^Fixed")).check(force=True)
    form.get_by_role("textbox").first.fill("The wall is clean again.")
    form.get_by_role("button", name=re.compile("^Resolve")).first.click()
    officer.wait_for_load_state()
