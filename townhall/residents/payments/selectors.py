"""Payments as pages and other modules read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.residents.payments import providers, rules
from townhall.residents.payments.models import Attempt, Payment, Refund, State, Try


def takes_payments() -> bool:
    """Whether a provider takes payments here; else officers do."""
    return providers.provider() is not None


def of_case(case_id: UUID) -> list[Payment]:
    """The payments of a case, the newest first."""
    return list(Payment.objects.filter(case_id=case_id).prefetch_related("attempts", "refunds").order_by("-id"))


@dataclass(frozen=True, slots=True)
class Bill:
    """A payment as the page of its case shows it: `is_open` where it waits for whoever opened the case."""

    title: str
    amount: str
    state: str
    url: str
    until: datetime
    is_open: bool


def bills(case_id: UUID) -> list[Bill]:
    """What is to pay on a case, and what was paid; not what nobody wanted."""
    return [_bill(each) for each in of_case(case_id) if each.state != State.WITHDRAWN or each.paid_pence]


def _bill(payment: Payment) -> Bill:
    return Bill(
        title=payment.title(language()), amount=rules.pounds(payment.amount_pence), state=state_words(payment),
        url=reverse("payments:pay", args=[payment.pk]), until=payment.expires_at, is_open=payment.state == State.OPEN,
    )  # fmt: skip


def language() -> str:
    """The reader's language: en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def state_words(payment: Payment) -> str:
    """How a payment stands, in the reader's language."""
    words: Mapping[str, str] = {
        State.OPEN: _("To pay"), State.PAID: _("Paid"), State.EXPIRED: _("Not paid in time"),
        State.WITHDRAWN: _("No longer asked for"), State.DISPUTED: _("Another sum came"),
    }  # fmt: skip
    return words[payment.state]


def refund_words(refund: Refund) -> str:
    """How money that goes back stands."""
    words: Mapping[str, str] = {
        Refund.State.WAITING: _("On its way back"), Refund.State.DONE: _("Paid back"),
        Refund.State.REFUSED: _("The provider refused"),
    }  # fmt: skip
    return words[refund.state]


def try_words(attempt: Attempt) -> str:
    """What came of a try."""
    words: Mapping[str, str] = {
        Try.STARTING: _("The provider has not answered"), Try.STARTED: _("Begun, not ended"), Try.PAID: _("Paid"),
        Try.WRONG_AMOUNT: _("Another sum came"), Try.DECLINED: _("Declined"), Try.CANCELLED: _("Stopped by the payer"),
        Try.EXPIRED: _("Left alone until the time was over"),
    }  # fmt: skip
    return words[attempt.state]


def latest_try(payment: Payment) -> Attempt | None:
    """The last try to pay."""
    return Attempt.objects.filter(payment=payment).order_by("-id").first()


def figures(payment: Payment) -> dict[str, Any]:
    """What every page of a payment shows: sums in words, what went back, and how it stands."""
    return {
        "payment": payment, "about": payment.title(language()), "amount": rules.pounds(payment.amount_pence),
        "paid": rules.pounds(payment.paid_pence), "state": state_words(payment),
        "refunds": [
            (rules.pounds(each.amount_pence), refund_words(each), each.ended_at or each.asked_at)
            for each in payment.refunds.order_by("id")
        ],
    }  # fmt: skip
