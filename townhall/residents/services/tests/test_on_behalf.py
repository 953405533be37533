"""An officer fills a form in for somebody on the telephone."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from townhall.kernel.cases.models import Case, Task
from townhall.kernel.cases.registries import ON_BEHALF
from townhall.residents.services import actions
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db


def calling(person: Any, caller: str) -> Client:
    """The officer's browser during a call."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    session[ON_BEHALF] = caller
    session.save()
    return browser


def test_the_callers_details_are_filled_in_and_the_case_is_theirs(council: Any, at: datetime) -> None:
    factories.grant(at)
    browser = calling(council.call_handler, str(council.resident.pk))
    application = factories.begin(browser)
    page = browser.get(factories.page_url(application, "you")).content.decode()
    assert "From the caller's record." in page
    factories.fill(browser, application)
    browser.post(f"/services/application/{application.pk}/check/")
    case = Case.objects.get(kind="service")
    assert (case.reporter, case.channel) == (council.resident, "phone")
    application.refresh_from_db()
    assert application.taken_by == council.call_handler


def test_another_officer_does_not_open_what_was_taken_down(council: Any, at: datetime) -> None:
    factories.grant(at)
    application = factories.begin(calling(council.call_handler, str(council.resident.pk)))
    other = calling(council.officer, "nobody")
    assert other.get(factories.page_url(application, "you")).status_code == 404
    theirs = Client()
    theirs.force_login(council.resident)
    assert theirs.get(factories.page_url(application, "you")).status_code == 404


def test_the_steps_of_an_event_are_written_together(council: Any, at: datetime, relay: Any) -> None:
    application = factories.sent(at, relay)
    task = Task.objects.get(case=application.case)
    with CaptureQueriesContext(
        connection,
    ) as found:
        actions.finish_task(
            application_id=application.pk, task_id=task.pk, outcome="done", result={"agreed": True},
            by=council.officer, at=at,
        )  # fmt: skip
    written = [each["sql"] for each in found if each["sql"].startswith(("INSERT", "UPDATE"))]
    on_timeline = [each for each in written if '"cases_entry"' in each or 'UPDATE "cases_case"' in each]
    assert len(on_timeline) == 2, written
