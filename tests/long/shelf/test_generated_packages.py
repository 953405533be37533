"""Many packages at random: what `packages/tests/test_generated.py` looks at a few times is looked at for minutes."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from townhall.kernel.catalogue.forms.tests.browsing import differing, opened
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.tests import living

MANY = settings(deadline=None, suppress_health_check=living.SLOW, print_blob=True)
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page that can load the rules of forms."""
    yield from opened()


@pytest.mark.browser
@settings(MANY, max_examples=500)
@given(st.lists(living.filled_in(), min_size=2, max_size=3))
def test_browser_and_server_agree_on_many_packages(page: Page, drawn: list[list[tuple[Any, dict[str, Any]]]]) -> None:
    assert list(differing(page, [each for several in drawn for each in several])) == []


@settings(MANY, max_examples=2_500)
@given(living.sound(), st.data())
def test_cases_of_many_packages_stay_in_declared_states_and_never_stand_still(
    package: Package, data: st.DataObject
) -> None:
    living.check_a_case(data, package, 25)
