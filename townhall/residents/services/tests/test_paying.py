"""Paying, with everything that can go wrong on the way: each ends in the truth, and in a next step that works."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.cases.models import Task
from townhall.kernel.notify.models import Letter
from townhall.residents.payments import actions
from townhall.residents.payments.models import Attempt, Payment, Refund, SandboxCharge, State
from townhall.residents.services.actions import sent_key
from townhall.residents.services.tests.factories import press
from townhall.residents.services.tests.payers import PENCE, Payer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def sandbox(settings: Any) -> None:
    """The sandbox takes payments."""
    settings.TOWNHALL_PAYMENTS = "sandbox"


@pytest.fixture
def now() -> datetime:
    """The present of views: they ask the clock."""
    return datetime.now().astimezone()


@pytest.fixture
def payer(council: Any, now: datetime, relay: Callable[[], Any]) -> Payer:
    """Somebody who has to pay."""
    return Payer(now, relay)


def letters(payer: Payer) -> list[str]:
    """The letters about payments."""
    payer.relay()
    kinds = Letter.objects.filter(case_id=payer.application.pk, kind__startswith="payment").order_by("id")
    return list(kinds.values_list("kind", flat=True))


def test_the_page_of_the_application_leads_to_the_payment(payer: Payer) -> None:
    page = payer.client.get(f"/services/application/{payer.application.pk}/sent/").content.decode()
    assert payer.url in page
    assert "£37.50" in page
    assert "Sandbox: no money moves" in payer.page()


def test_who_pays_gets_a_receipt_and_the_process_goes_on(payer: Payer) -> None:
    response = payer.choose("paid")
    assert "You have paid £37.50" in response.content.decode()
    assert (payer.payment.state, payer.payment.paid_pence) == (State.PAID, PENCE)
    assert payer.states() == ["answer"]
    assert letters(payer) == ["payment_received"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("declined", "The payment did not go through"), ("cancelled", "You stopped the payment"),
     ("expired", "left alone too long")],
)  # fmt: skip
def test_a_try_that_fails_leaves_the_payment_open_and_the_next_one_works(
    payer: Payer, outcome: str, words: str
) -> None:
    page = payer.choose(outcome).content.decode()
    assert words in page
    assert "Try again" in page
    assert (payer.payment.state, payer.states()) == (State.OPEN, ["pay"])
    payer.choose("paid")
    assert payer.payment.state == State.PAID
    assert list(Attempt.objects.order_by("id").values_list("state", flat=True)) == [outcome, "paid"]


@pytest.mark.parametrize("mood", ["down", "times_out"])
def test_a_provider_that_does_not_answer_at_the_start_loses_nothing_and_begins_nothing_twice(
    payer: Payer, mood: str
) -> None:
    answer = payer.begin(mood)
    assert answer.status_code == 503
    assert "The payment service does not answer" in answer.content.decode()
    payer.choose("paid")
    assert payer.payment.state == State.PAID
    assert (Attempt.objects.count(), SandboxCharge.objects.count()) == (1, 1)


def test_a_provider_that_is_down_at_the_return_is_asked_again_by_a_job(payer: Payer, now: datetime) -> None:
    page = payer.choose("down").content.decode()
    assert "We do not know yet whether you have paid" in page
    assert payer.payment.state == State.OPEN
    assert actions.look_at_hanging(now + HOUR) == 0, "it is still silent"
    assert actions.look_at_hanging(now + 3 * HOUR) == 1
    assert (payer.payment.state, payer.states()) == (State.PAID, ["answer"])


def test_who_pays_and_never_comes_back_has_paid(payer: Payer, now: datetime) -> None:
    payer.choose("never_back")
    assert payer.payment.state == State.OPEN
    actions.look_at_hanging(now + HOUR)
    assert (payer.payment.state, payer.states(), letters(payer)) == (State.PAID, ["answer"], ["payment_received"])


def test_being_told_twice_and_asked_in_vain_does_one_thing(payer: Payer, now: datetime) -> None:
    payer.choose("twice")
    actions.look_at_hanging(now + HOUR)
    for _ in range(2):
        told = {"reference": Attempt.objects.get().provider_reference}
        assert Client().post("/payments/told/sandbox/", told, content_type="application/json").status_code == 204
    assert (payer.payment.paid_pence, letters(payer)) == (PENCE, ["payment_received"])


def test_another_sum_than_was_asked_is_no_payment_and_a_colleague_is_told(payer: Payer) -> None:
    page = payer.choose("wrong_amount").content.decode()
    assert "Another sum came" in page
    assert (payer.payment.state, payer.states()) == (State.DISPUTED, ["pay"])
    assert Task.objects.filter(case_id=payer.application.pk, title__startswith="£18.75 came instead of £37.50").exists()


def test_what_a_browser_says_on_its_way_back_is_not_believed(payer: Payer) -> None:
    payer.begin()
    page = payer.client.get(f"{payer.url}back/?outcome=paid&status=success", follow=True).content.decode()
    assert "We do not know yet" in page
    assert payer.payment.state == State.OPEN


def test_a_payment_whose_time_is_over_tells_the_process_and_can_be_asked_for_anew(
    payer: Payer, now: datetime
) -> None:
    payer.begin()
    assert actions.close_overdue(now + HOUR) == 1
    assert (payer.payment.state, payer.states()) == (State.EXPIRED, ["unpaid"])
    assert "There is nothing to pay any more" in payer.page()
    again = f"/services/application/{payer.application.pk}/do/try_again/"
    assert "Try to pay again" in payer.client.get(again).content.decode()
    assert press(payer.client, payer.application, "try_again").status_code == 302
    payer.choose("paid")
    assert payer.states() == ["answer"]


def test_money_that_came_a_moment_before_the_time_was_over_counts(payer: Payer, now: datetime) -> None:
    payer.choose("never_back")
    actions.close_overdue(now + HOUR)
    assert (payer.payment.state, payer.states()) == (State.PAID, ["answer"])


def test_a_provider_that_is_down_when_the_time_is_over_is_waited_for(payer: Payer, now: datetime) -> None:
    payer.choose("down")
    assert actions.close_overdue(now + HOUR) == 0
    assert payer.payment.state == State.OPEN
    actions.close_overdue(now + 2 * HOUR)
    assert payer.payment.state == State.PAID


def test_giving_up_while_paying_takes_the_request_back_and_late_money_goes_back(payer: Payer, now: datetime) -> None:
    begun = payer.begin()["Location"]
    payer.client.post(begun, {"choice": "never_back"})
    press(payer.client, payer.application, "withdrawn")
    assert payer.states() == ["stopped"]
    assert payer.payment.state == State.WITHDRAWN
    actions.look_at_hanging(now + HOUR)
    assert actions.send_refunds(now + HOUR) == 1
    assert SandboxCharge.objects.get().refunded == {str(Refund.objects.get().pk): PENCE}
    assert letters(payer) == ["payment_not_needed", "payment_returned"]


def test_a_closed_payment_cannot_be_begun(payer: Payer, now: datetime) -> None:
    actions.close_overdue(now + HOUR)
    assert payer.begin().status_code == 200
    assert not Attempt.objects.exists()


def test_somebody_elses_payment_is_not_there(payer: Payer, council: Any) -> None:
    other = Client()
    other.force_login(council.neighbour)
    for address in (payer.url, f"{payer.url}back/"):
        assert Client().get(address).status_code == 404
        assert other.get(address).status_code == 404
        assert other.post(payer.url).status_code in {404, 405}


def test_a_letters_link_opens_the_payment_without_an_account_and_keeps_open_on_the_way_back(payer: Payer) -> None:
    letter = Client()
    payer.choose("declined")
    letters(payer)
    page = payer.client.get(f"/services/application/{payer.application.pk}/sent/")
    assert page.status_code == 200
    key = sent_key(payer.payment.case)
    assert letter.get(f"{payer.url}?key={key}").status_code == 200
    assert letter.get(f"{payer.url}?key=wrong").status_code == 404
    begun = letter.post(f"{payer.url}?key={key}", {"sandbox": "works"})["Location"]
    last = letter.post(begun, {"choice": "paid"}, follow=True)
    assert "You have paid" in last.content.decode()


def test_pressing_twice_begins_one_try(payer: Payer) -> None:
    assert payer.begin()["Location"] == payer.begin()["Location"]
    assert Attempt.objects.count() == 1


def test_without_a_provider_an_officer_takes_the_payment(council: Any, now: datetime, settings: Any) -> None:
    settings.TOWNHALL_PAYMENTS = ""
    payer = Payer(now, list)
    assert not Payment.objects.exists()
    assert Task.objects.get(case_id=payer.application.pk).title == "Take the payment: fee"
