"""Money goes back once, no more than came, by those who may, and a refusal ends up with a person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from townhall.kernel.cases.models import Case, Task
from townhall.residents.payments import actions, rules
from townhall.residents.payments.models import Payment, Refund, SandboxCharge
from townhall.residents.services.tests.factories import press
from townhall.residents.services.tests.payers import PENCE, Payer

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """The present of views: they ask the clock."""
    return datetime.now().astimezone()


@pytest.fixture
def payer(council: Any, now: datetime, relay: Callable[[], Any], settings: Any) -> Payer:
    """Somebody who has to pay, on a case of Street Scene."""
    settings.TOWNHALL_PAYMENTS = "sandbox"
    payer = Payer(now, relay)
    Case.objects.filter(pk=payer.application.pk).update(team=council.street_scene)
    return payer


def browser(person: Any) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(person)
    return client


def case_page(client: Client, payer: Payer) -> str:
    """What the officer's page of the case says."""
    return client.get(reverse("casework:case", args=[payer.payment.case.reference])).content.decode()


def ask_back(client: Client, payment: Payment, amount: str, key: str = "0198c0de-0000-7000-8000-000000000001") -> Any:
    """Fill in the form for money to go back."""
    return client.post(f"/payments/{payment.pk}/refund/", {"amount": amount, "reason": "Came too late", "key": key})


def test_a_manager_pays_back_a_part_and_pressing_twice_does_it_once(
    payer: Payer, council: Any, now: datetime
) -> None:
    payer.choose("paid")
    manager = browser(council.manager)
    assert "37.50" in manager.get(f"/payments/{payer.payment.pk}/refund/").content.decode()
    for _ in range(2):
        assert ask_back(manager, payer.payment, "10").status_code == 302
    assert actions.send_refunds(now + LATER) == 1
    assert list(SandboxCharge.objects.get().refunded.values()) == [1_000]
    assert "£10, Paid back" in case_page(manager, payer)
    assert "Paid back" in payer.page()


def test_no_more_goes_back_than_came(payer: Payer, council: Any) -> None:
    payer.choose("paid")
    manager = browser(council.manager)
    ask_back(manager, payer.payment, "30")
    answer = ask_back(manager, payer.payment, "10", key="0198c0de-0000-7000-8000-000000000002")
    assert answer.status_code == 422
    assert "No more than £7.50 can go back" in answer.content.decode()
    with pytest.raises(rules.NotPossible):
        actions.refund(
            payment_id=payer.payment.pk, amount_pence=1_000, reason="", by=council.manager, key="2",
            at=payer.payment.created_at,
        )  # fmt: skip


def test_officers_see_payments_and_do_not_pay_back(payer: Payer, council: Any) -> None:
    payer.choose("paid")
    page = case_page(browser(council.officer), payer)
    assert payer.payment.reference in page
    assert f"/payments/{payer.payment.pk}/refund/" not in page
    assert ask_back(browser(council.officer), payer.payment, "10").status_code == 403
    assert ask_back(browser(council.other_officer), payer.payment, "10").status_code == 404
    assert ask_back(browser(council.resident), payer.payment, "10").status_code == 403
    assert not Refund.objects.exists()


def test_what_the_provider_refuses_becomes_a_task(payer: Payer, council: Any, now: datetime) -> None:
    payer.choose("refuses_refunds")
    ask_back(browser(council.manager), payer.payment, "37.50")
    actions.send_refunds(now + LATER)
    assert Refund.objects.get().state == Refund.State.REFUSED
    assert Task.objects.filter(title="Pay back £37.50 another way: the provider refused (the card is closed)").exists()
    assert payer.payment.left_pence() == PENCE


def test_the_process_pays_back_what_was_paid(payer: Payer, now: datetime) -> None:
    payer.choose("paid")
    press(payer.client, payer.application, "withdrawn")
    assert payer.states() == ["stopped"]
    assert actions.send_refunds(now + LATER) == 1
    assert payer.payment.left_pence() == 0
