"""Packages at random: browser and server ask the same and refuse the same, and no case is ever lost in a process.

The longer run (`tests/long/shelf`) tries many more, and makes what it finds small.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from townhall.kernel.catalogue.forms.tests.browsing import differing, opened
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.tests import living

SMALL = settings(
    derandomize=True, deadline=None, suppress_health_check=living.SLOW, phases=[Phase.explicit, Phase.generate]
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page that can load the rules of forms."""
    yield from opened()


@pytest.mark.browser
@settings(SMALL, max_examples=30)
@given(st.lists(living.filled_in(), min_size=2, max_size=3))
def test_browser_and_server_agree_on_any_package(page: Page, drawn: list[list[tuple[Any, dict[str, Any]]]]) -> None:
    assert list(differing(page, [each for several in drawn for each in several])) == []


@settings(SMALL, max_examples=100)
@given(living.sound(), st.data())
def test_a_case_of_any_package_stays_in_declared_states_and_never_stands_still(
    package: Package, data: st.DataObject
) -> None:
    living.check_a_case(data, package, 10)
