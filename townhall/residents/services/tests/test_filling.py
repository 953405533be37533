"""Filling a form in, page by page: nothing typed is lost, nothing is overwritten unseen."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.cases.models import Case
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.tests.factories import as_bytes, picture, upload
from townhall.residents.services import actions
from townhall.residents.services.models import Application
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.factories import begin, fill, inputs, page_url, send_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(council: Any, at: datetime) -> Client:
    """A resident's browser; the service is published."""
    factories.grant(at)
    return Client()


def words(response: Any) -> str:
    """What a page says."""
    return response.content.decode()


def test_a_whole_form_is_filled_in_checked_and_sent(browser: Client) -> None:
    application = begin(browser)
    response = fill(browser, application)
    assert response["Location"].endswith("/check/")
    page = words(browser.get(response["Location"]))
    for said in ("Asha Begum", "14 Hope Street", "£900", "Opposite the chapel", "Books"):
        assert said in page
    sent = browser.post(response["Location"])
    application.refresh_from_db()
    assert application.case is not None
    assert application.case.reference in words(browser.get(sent["Location"]))


def test_mistakes_lead_to_their_fields_and_what_was_typed_stays(browser: Client) -> None:
    application = begin(browser)
    response = send_page(browser, application, "you", full_name="", email="nobody")
    page = words(response)
    assert response.status_code == 422
    assert 'href="#email"' in page
    assert 'value="nobody"' in page
    assert 'value="nobody"' in words(browser.get(page_url(application, "you")))


def test_a_question_that_an_answer_brings_up_is_asked_before_it_is_missed(browser: Client) -> None:
    application = begin(browser)
    fill(browser, application, until="shop")
    response = send_page(browser, application, "shop", trade="other", staff="3", has_lease="no")
    assert response.status_code == 302
    page = words(browser.get(response["Location"]))
    assert "There is a problem" not in page
    assert "other_trade" in inputs(browser.get(response["Location"]))
    assert send_page(browser, application, "shop", other_trade="").status_code == 422
    assert send_page(browser, application, "shop", other_trade="Clocks").status_code == 302


def test_an_answer_that_is_no_longer_asked_is_kept_and_does_not_count(browser: Client) -> None:
    application = begin(browser)
    fill(browser, application, until="shop")
    send_page(browser, application, "shop", trade="other", staff="3", has_lease="no")
    send_page(browser, application, "shop", other_trade="Clocks")
    send_page(browser, application, "shop", trade="books")
    application.refresh_from_db()
    assert application.answers["other_trade"] == "Clocks"
    assert "Clocks" not in words(send_page(browser, application, "shop", trade="books"))
    response = browser.get(page_url(application, "shop"))
    assert "other_trade" not in inputs(response)


def test_two_windows_never_overwrite_each_other_unseen(browser: Client) -> None:
    application = begin(browser)
    address = page_url(application, "you")
    first, second = inputs(browser.get(address)), inputs(browser.get(address))
    assert browser.post(address, {**first, **factories.YOU}).status_code == 302
    late = {**second, **factories.YOU, "full_name": "Asha B"}
    response = browser.post(address, late)
    assert response.status_code == 409
    assert "This page was changed in another window" in words(response)
    assert 'value="Asha B"' in words(response)
    application.refresh_from_db()
    assert application.answers["full_name"] == "Asha Begum"
    assert browser.post(address, {**inputs(response), **factories.YOU, "full_name": "Asha B"}).status_code == 302
    application.refresh_from_db()
    assert application.answers["full_name"] == "Asha B"


def test_two_windows_on_different_pages_are_both_kept(browser: Client) -> None:
    application = begin(browser)
    send_page(browser, application, "you", **factories.YOU)
    home, shop = (inputs(browser.get(page_url(application, each))) for each in ("home", "shop"))
    browser.post(page_url(application, "shop"), {**shop, **factories.SHOP})
    browser.post(page_url(application, "home"), {**home, **factories.HOME})
    application.refresh_from_db()
    assert {"home", "trade", "full_name"} <= set(application.answers)


def test_pressing_continue_twice_keeps_the_page_once(browser: Client) -> None:
    application = begin(browser)
    address = page_url(application, "you")
    typed = {**inputs(browser.get(address)), **factories.YOU}
    assert [browser.post(address, typed).status_code for _ in range(2)] == [302, 302]


def test_a_blank_submission_is_refused_and_what_was_typed_stays(browser: Client) -> None:
    application = begin(browser)
    send_page(browser, application, "you", **factories.YOU)
    response = browser.post(page_url(application, "you"), {})
    assert response.status_code == 422
    assert 'value="Asha Begum"' in words(response)
    application.refresh_from_db()
    assert application.answers["full_name"] == "Asha Begum"


def test_sending_twice_opens_one_case(browser: Client) -> None:
    application = begin(browser)
    address = fill(browser, application)["Location"]
    after = f"/services/application/{application.pk}/sent/"
    assert [browser.post(address)["Location"] for _ in range(2)] == [after, after + "?again"]
    assert "This was sent already" in browser.get(after + "?again").content.decode()
    assert Case.objects.filter(kind="service").count() == 1


def test_what_arrives_while_it_is_sent_changes_nothing_of_it(browser: Client, at: datetime) -> None:
    application = begin(browser)
    fill(browser, application)
    application.refresh_from_db()
    actions.send_application(application=application, at=at, signed_in=None)
    with pytest.raises(actions.AlreadySent), actions.changing(application, at) as row:
        actions.keep_page(row, "you", {})
    file = upload(as_bytes(picture()), name="quote.jpg")
    with pytest.raises(actions.AlreadySent):
        actions.keep_file(application=application, file=file, place="jobs.0.quote", by=None, at=at)
    assert not Document.objects.exists()
    response = send_page(browser, application, "you", **factories.YOU)
    assert response["Location"].endswith("/sent/?again")


def test_answers_that_changed_since_they_were_looked_at_are_shown_before_they_are_sent(browser: Client) -> None:
    application = begin(browser)
    address = fill(browser, application)["Location"]
    looked_at = inputs(browser.get(address))
    send_page(browser, application, "you", **factories.YOU | {"full_name": "Asha C"})
    answer = browser.post(address, looked_at)
    assert (answer.status_code, "Asha C" in answer.content.decode()) == (409, True)
    assert not Case.objects.filter(kind="service").exists()
    assert browser.post(address, inputs(browser.get(address))).status_code == 302
    assert Case.objects.filter(kind="service").exists()


def test_a_form_with_something_missing_cannot_be_sent(browser: Client) -> None:
    application = begin(browser)
    send_page(browser, application, "you", **factories.YOU)
    response = browser.post(f"/services/application/{application.pk}/check/")
    assert response["Location"] == page_url(application, "home")
    assert not Case.objects.filter(kind="service").exists()


def test_a_file_in_the_second_item_of_a_group_is_kept_and_goes_with_the_case(browser: Client) -> None:
    application = begin(browser)
    fill(browser, application, until="works")
    send_page(browser, application, "works", **factories.WORKS, do="add:jobs")
    more = {"jobs.1.what": "Door", "jobs.1.cost": "200", "jobs.1.is_listed": "no"}
    photo = upload(as_bytes(picture()), name="quote.jpg")
    send_page(browser, application, "works", files={"jobs.1.quote": photo}, **more)
    application.refresh_from_db()
    (quote,) = application.answers["jobs"][1]["quote"]
    assert quote["name"] == "quote.jpg"
    for page in ("more", "paying"):
        send_page(browser, application, page, **factories.PAGES[page])
    browser.post(f"/services/application/{application.pk}/check/")
    case = Case.objects.get(kind="service")
    assert [str(each.pk) for each in case.document_set.all()] == [quote["file"]]  # pyright: ignore


def test_an_item_that_is_removed_takes_its_file_with_it(browser: Client) -> None:
    application = begin(browser)
    fill(browser, application, until="works")
    photo = upload(as_bytes(picture()), name="quote.jpg")
    send_page(browser, application, "works", files={"jobs.0.quote": photo}, **factories.WORKS)
    application.refresh_from_db()
    assert len(application.files) == 1
    send_page(browser, application, "works", do="remove:jobs.0")
    application.refresh_from_db()
    assert application.files == {}


def test_an_address_from_the_gazetteer_never_overwrites_lines_typed_by_hand() -> None:
    known = factories.known("1", "15 Hope Street")
    typed = {"home.line_1": ["Flat 2, The Mill"], "home.town": ["Northmere"]}
    made, is_by_hand = factories.rules.chosen_address(typed, "home", known, None)
    assert is_by_hand
    assert (made["home.line_1"], made["home.uprn"]) == (["Flat 2, The Mill"], ["1"])


def test_an_address_that_was_chosen_and_left_alone_makes_room_for_another() -> None:
    first, second = factories.known("1", "15 Hope Street"), factories.known("2", "16 Hope Street")
    typed, _ = factories.rules.chosen_address({}, "home", first, None)
    made, is_by_hand = factories.rules.chosen_address(typed, "home", second, first)
    assert not is_by_hand
    assert made["home.line_1"] == ["16 Hope Street"]


def test_a_form_that_was_begun_goes_on_with_its_own_version(browser: Client, at: datetime) -> None:
    application = begin(browser)
    changed = factories.changed(at)
    assert begin(browser).version_id == changed.pk
    assert "Your name" in words(browser.get(page_url(application, "you")))
    newer = Application.objects.latest("created_at")
    assert "What are you called?" in words(browser.get(page_url(newer, "you")))


@pytest.mark.parametrize("page", ["page/you/", "check/", "kept/", "sent/", "copy/", ""])
def test_nobody_opens_the_application_of_somebody_else(browser: Client, council: Any, page: str) -> None:
    application = begin(browser)
    stranger = Client()
    assert stranger.get(f"/services/application/{application.pk}/{page}").status_code == 404
    stranger.force_login(council.administrator)
    assert stranger.get(f"/services/application/{application.pk}/{page}").status_code == 404


def test_the_account_fills_in_what_it_knows_and_says_so(browser: Client, council: Any) -> None:
    browser.force_login(council.resident)
    application = begin(browser)
    page = words(browser.get(page_url(application, "you")))
    assert f'value="{council.resident.name}"' in page
    assert "From your account." in page


def test_pages_are_in_welsh(browser: Client) -> None:
    application = begin(browser)
    page = words(browser.get(page_url(application, "you"), headers={"accept-language": "cy"}))
    assert "Eich enw" in page
    assert "Parhau" in page
