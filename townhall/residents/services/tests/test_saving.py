"""Keeping a form for later, on any device, and forgetting it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.identity.models import Person
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.factories import begin, page_url, send_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(council: Any, at: datetime) -> Application:
    """A form with its first page filled in, by a browser of its own."""
    factories.grant(at)
    browser = Client()
    found = begin(browser)
    send_page(browser, found, "you", **factories.YOU)
    found.refresh_from_db()
    return found


def mailed(application: Application, at: datetime) -> str:
    """The link in the letter that was mailed."""
    actions.mail_link(application=application, email="asha@example.org", language="en", at=at)
    letter = Letter.objects.get(kind="application_saved")
    return re.search(r"/services/saved/[\w-]+/", str(letter.blocks)).group()  # type: ignore[union-attr]


def test_a_mailed_link_opens_the_form_on_another_device(application: Application, at: datetime) -> None:
    link, other = mailed(application, at), Client()
    assert other.get(page_url(application, "home")).status_code == 404
    assert "Go on with your form" in other.get(link).content.decode()
    assert other.get(page_url(application, "home")).status_code == 404, "a look alone opens nothing"
    assert other.post(link)["Location"] == f"/services/application/{application.pk}/"
    assert 'value="Asha Begum"' in other.get(page_url(application, "you")).content.decode()


def test_the_letter_says_nothing_of_what_was_typed(application: Application, at: datetime) -> None:
    mailed(application, at)
    assert "Asha" not in str(Letter.objects.get(kind="application_saved").blocks)


def test_a_link_is_mailed_five_times_and_no_more(application: Application, at: datetime) -> None:
    for _ in range(5):
        actions.mail_link(application=application, email="asha@example.org", language="en", at=at)
    with pytest.raises(actions.TooManyLinks):
        actions.mail_link(application=application, email="asha@example.org", language="en", at=at)


def test_whoever_has_a_link_is_reminded_once_a_week_before_it_ends(application: Application, at: datetime) -> None:
    mailed(application, application.updated_at)
    day = application.updated_at
    assert actions.remind_of_applications(day + timedelta(days=20)) == 0
    assert actions.remind_of_applications(day + timedelta(days=22)) == 1
    assert actions.remind_of_applications(day + timedelta(days=23)) == 0
    assert Letter.objects.filter(kind="application_saved_reminder").count() == 1


@pytest.fixture
def in_account(council: Any, at: datetime) -> Application:
    """A form that a resident who has proved an address has begun, signed in, in Welsh."""
    Person.objects.filter(pk=council.resident.pk).update(email="Asha@example.org", email_verified_at=at, language="en")
    factories.grant(at)
    browser = Client()
    browser.force_login(council.resident)
    found = begin(browser)
    send_page(browser, found, "you", **factories.YOU)
    Application.objects.filter(pk=found.pk).update(language="cy")
    found.refresh_from_db()
    return found


def reminders() -> list[tuple[str, str]]:
    """To whom reminders went, and in which language."""
    letters = Letter.objects.filter(kind="application_saved_reminder")
    return [(each.address["email"], each.language) for each in letters]


def test_whoever_saved_in_an_account_is_reminded_once_in_the_language_of_the_form(in_account: Application) -> None:
    day = in_account.updated_at
    assert actions.remind_of_applications(day + timedelta(days=20)) == 0
    assert actions.remind_of_applications(day + timedelta(days=22)) == 1
    assert actions.remind_of_applications(day + timedelta(days=23)) == 0
    assert reminders() == [("asha@example.org", "cy")]


def test_an_account_whose_address_has_a_link_too_gets_one_letter(in_account: Application) -> None:
    mailed(in_account, in_account.updated_at)
    assert actions.remind_of_applications(in_account.updated_at + timedelta(days=22)) == 1
    assert reminders() == [("asha@example.org", "cy")]


@pytest.mark.parametrize("how", ["unproved", "for a caller", "nothing kept"])
def test_nobody_is_reminded_of_what_is_not_theirs_to_go_on_with(
    in_account: Application, council: Any, how: str
) -> None:
    found, day = Application.objects.filter(pk=in_account.pk), in_account.updated_at
    if how == "unproved":
        Person.objects.filter(pk=council.resident.pk).update(email_verified_at=None)
    elif how == "for a caller":
        found.update(taken_by=council.call_handler)
    else:
        found.update(number=0)
    assert actions.remind_of_applications(day + timedelta(days=22)) == 0
    assert reminders() == []


def test_what_is_left_alone_for_28_days_is_forgotten(application: Application) -> None:
    assert actions.forget_old_applications(application.updated_at + timedelta(days=27)) == 0
    assert actions.forget_old_applications(application.updated_at + timedelta(days=29)) == 1
    assert not Application.objects.exists()


def test_saving_keeps_what_cannot_be_an_answer_yet(application: Application) -> None:
    browser = Client()
    found = begin(browser)
    response = send_page(browser, found, "you", do="save", full_name="", email="half")
    assert response["Location"].endswith("/kept/")
    assert 'value="half"' in browser.get(page_url(found, "you")).content.decode()


def test_a_session_that_ends_in_the_middle_loses_nothing(council: Any, at: datetime) -> None:
    factories.grant(at)
    browser = Client()
    browser.force_login(council.resident)
    found = begin(browser)
    browser.cookies.pop("sessionid", None)
    assert send_page(browser, found, "you", **factories.YOU).status_code == 302
    found.refresh_from_db()
    assert found.answers["email"] == "asha@example.org"
