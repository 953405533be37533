"""In a real browser the same is asked and the same is wrong as on the server."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from townhall.kernel.catalogue.forms.browser import sheet
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.forms.tests.browsing import in_browser, on_server, opened
from townhall.kernel.catalogue.forms.tests.generating import cases
from townhall.kernel.catalogue.forms.tests.making import form_of


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page that can load the modules."""
    yield from opened()


@pytest.mark.browser
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(cases(), min_size=1, max_size=5))
def test_browser_and_server_agree_on_what_is_asked_and_what_is_wrong(
    page: Page, drawn: list[tuple[Form, list[dict[str, Any]]]]
) -> None:
    told = [(form, answers) for form, several in drawn for answers in several]
    for (form, answers), found in zip(told, in_browser(page, told), strict=True):
        if "null" not in repr_of(found[0]):
            pages, wrong, unseen = on_server(form, answers)
            unseen |= {at for at, rule in found[1] if rule == "server"}
            told_here, told_there = ([each for each in one if each[0] not in unseen] for one in (found[1], wrong))
            assert [found[0], told_here] == [pages, told_there], answers


def repr_of(pages: Any) -> str:
    """What the browser says is asked, as a text: `null` stands in it where only the server can tell."""
    return repr(pages).replace("None", "null")


CASES = [
    ("cost > 10.10 and cost < 10.12", {"cost": 10.11}, True),
    ("cost * 3 = 0.3", {"cost": 0.1}, True),
    ("cost + 0.2 = 0.3", {"cost": 0.1}, True),
    ("cost in [5..10)", {"cost": 10}, False),
    ("cost = null", {}, True),
    ("cost > 1 or true", {}, True),
    ("cost > 1", {}, False),
    ('list contains(ticked, "red")', {"ticked": ["blue", "red"]}, True),
    ('"red" in ticked', {"ticked": ["blue", "red"]}, True),
    ('ticked = ["red"]', {"ticked": ["red"]}, True),
    ("count(ticked) = 2", {"ticked": ["blue", "red"]}, True),
    ('born < date("2000-02-29")', {"born": "2000-02-28"}, True),
    ("born.year = 2000", {"born": "2000-02-28"}, True),
    ("born <= today", {"born": "2026-04-01"}, True),
    ('"10" in things.what', {"things": [{"what": "10"}]}, True),
    ("if cost > 1 then true else false", {"cost": 2}, True),
    ("not(cost > 1)", {"cost": 2}, False),
]
ASKING = """
  first:
    title: W
    questions:
      cost: {type: number, decimals: 2, label: W, required: false}
      born: {type: date, label: W, required: false}
      ticked: {type: checkboxes, label: W, required: false, options: {red: W, blue: W}}
      things: {type: group, label: W, required: false, questions: {what: {type: text, label: W}}}
"""


def asking(condition: str) -> Form:
    """A form whose second page has a condition."""
    pages = f"{ASKING}  second: {{when: '{condition}', questions: {{q: {{type: yes_no, label: W}}}}}}"
    return form_of(pages, facts="{today: date}")


@pytest.mark.browser
def test_conditions_mean_the_same_on_both_sides(page: Page) -> None:
    told = [(asking(condition), answers) for condition, answers, _ in CASES]
    for (condition, answers, wanted), (form, _), found in zip(CASES, told, in_browser(page, told), strict=True):
        assert found == on_server(form, answers)[:2], condition
        assert (["second", ["q"]] in found[0]) is wanted, condition


@pytest.mark.browser
@pytest.mark.parametrize("condition", ['matches(things[1].what, "a.*")', "cost / 3 > 1", 'born > today - @"P1Y"'])
def test_what_only_the_server_can_tell_is_left_to_it(page: Page, condition: str) -> None:
    form = asking(condition)
    assert [each.partition(": ")[2] for each in sheet(form)["left"]] == [condition]
    ((pages, _),) = in_browser(page, [(form, {"cost": 6})])
    assert pages[1] == ["second", [["q", None]]]
