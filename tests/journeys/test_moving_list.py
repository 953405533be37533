"""The officer's list follows the map, says how many are left, and its address can be kept."""

import re

from playwright.sync_api import expect

PATIENCE = 60_000


def shown(officer):
    """How many cases the list says it has."""
    return int(re.sub(r"\D", "", officer.locator("[data-total]").inner_text()))


def test_the_list_moves_with_the_map(visitor):
    officer = visitor(role="officer")
    officer.goto("/work/")
    whole = shown(officer)
    officer.locator("[data-map][data-ready]").wait_for(timeout=PATIENCE)
    officer.get_by_role("checkbox", name="Move list with map").check()
    for _ in range(3):
        officer.get_by_role("button", name="Zoom in").click()
    expect(officer.locator("[data-announce]")).to_have_text(re.compile("in this part of the map"), timeout=PATIENCE)
    expect(officer.get_by_role("link", name=re.compile("In this part of the map"))).to_be_visible()
    expect(officer.locator("[data-total]")).not_to_have_text(str(whole))
    here = shown(officer)
    assert 0 <= here < whole
    officer.keyboard.press("j")

    officer.reload()
    assert "box=" in officer.url
    assert shown(officer) == here
    expect(officer.get_by_role("checkbox", name="Move list with map")).to_be_checked(timeout=PATIENCE)

    officer.get_by_role("checkbox", name="Move list with map").uncheck()
    expect(officer.locator("[data-announce]")).to_have_text(re.compile("in the whole list"), timeout=PATIENCE)
    assert "box=" not in officer.url
    assert shown(officer) >= whole


def test_without_scripts_a_list_keeps_to_its_part_of_the_map(visitor):
    officer = visitor(role="officer", scripts=False)
    officer.goto("/work/?list=all&box=-3.0,54.0,-2.9,54.1")
    chip = officer.get_by_role("link", name=re.compile("In this part of the map"))
    expect(chip).to_be_visible()
    assert shown(officer) == 0
    chip.click()
    assert "box=" not in officer.url
    assert shown(officer) > 0
