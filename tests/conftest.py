"""What tests of the whole house share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.house.town import Town, everything


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """One of everything, made once for a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        with everything() as made:
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def chromium(address: str) -> Iterator[Browser]:
    """A browser, opened after the database and closed before it."""
    yield from open_browser()
