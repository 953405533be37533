"""Filling a form in, page by page."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(council: Any, at: datetime) -> Client:
    """A resident's browser; the service is published."""
    factories.grant(at)
    return Client()


def test_a_whole_form_is_filled_in_checked_and_sent(browser: Client) -> None:
    application = factories.begin(browser)
    response = factories.fill(browser, application)
    assert response["Location"].endswith("/check/")
    page = browser.get(response["Location"]).content.decode()
    for words in ("Asha Begum", "14 Hope Street", "£900", "Opposite the chapel", "Books"):
        assert words in page
    sent = browser.post(response["Location"])
    application.refresh_from_db()
    assert application.case is not None
    assert application.case.reference in browser.get(sent["Location"]).content.decode()
