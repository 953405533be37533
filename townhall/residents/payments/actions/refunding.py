"""Giving money back: kept as a row first, then asked of the provider until it says yes or no."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.payments import rules
from townhall.residents.payments.events import RefundEnded
from townhall.residents.payments.models import Attempt, Payment, Refund, Try
from townhall.residents.payments.providers import Down, RefundRefused, known

log = logging.getLogger(__name__)


def give_back(
    payment: Payment, amount_pence: int, *, key: str, reason: str, by: Person | None, at: datetime
) -> Refund:
    """Order a refund of a payment whose row is locked; under a `key` once. Raises NotPossible (`too_much`)."""
    if existing := Refund.objects.filter(payment=payment, key=key).first():
        return existing
    if not 0 < amount_pence <= payment.left_pence():
        raise rules.NotPossible("too_much")
    return Refund.objects.create(
        payment=payment, key=key, amount_pence=amount_pence, reason=reason, by=by, asked_at=at, next_at=at
    )


def refund(*, payment_id: UUID, amount_pence: int, reason: str, by: Person, at: datetime, key: str) -> Refund:
    """Give back a part or all of what was paid, by an officer's word. `key` is the form's own: pressed twice, it
    goes back once. Raises NotPossible.
    """
    with transaction.atomic():
        payment = Payment.objects.get(pk=payment_id)
        locked(payment.case_id)
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        return give_back(payment, amount_pence, key=key, reason=reason, by=by, at=at)


def give_back_of_case(*, case_id: UUID, amount_pence: int, key: str, at: datetime) -> int:
    """Give back of what was paid on a case, the latest first, in the transaction that has its lock; how many pence.

    Less than was asked for comes of it where less is left.
    """
    ordered = 0
    for payment in Payment.objects.select_for_update().filter(case_id=case_id, paid_pence__gt=0).order_by("-id"):
        share = min(amount_pence - ordered, payment.left_pence())
        if share > 0:
            give_back(payment, share, key=key, reason="", by=None, at=at)
            ordered += share
    return ordered


def send_refunds(at: datetime, most: int = 100) -> int:
    """Ask the providers for the refunds that wait; how many ended."""
    due = Refund.objects.filter(state=Refund.State.WAITING, next_at__lte=at).order_by("next_at")
    return sum(_send(each, at) for each in due.select_related("payment")[:most])


def _send(row: Refund, at: datetime) -> bool:
    """Ask for one, under its own key; where the provider does not answer, later again."""
    attempt = Attempt.objects.filter(payment=row.payment, state__in=(Try.PAID, Try.WRONG_AMOUNT)).first()
    if attempt is None:
        log.error("a refund without a payment", extra={"refund": str(row.pk)})
        return False
    problem = ""
    try:
        known(attempt.provider).refund(attempt.provider_reference, str(row.pk), row.amount_pence)
    except Down as down:
        again = at + rules.again_after(row.asked)
        Refund.objects.filter(pk=row.pk).update(asked=row.asked + 1, next_at=again, error=str(down)[:300])
        return False
    except RefundRefused as refused:
        problem = str(refused) or "refused"
    return _end(row, problem, at)


def _end(row: Refund, problem: str, at: datetime) -> bool:
    state = Refund.State.REFUSED if problem else Refund.State.DONE
    with transaction.atomic():
        locked(row.payment.case_id)
        waiting = Refund.objects.filter(pk=row.pk, state=Refund.State.WAITING)
        if not waiting.update(state=state, next_at=None, ended_at=at, error=problem[:300]):
            return False
        outbox.publish(RefundEnded(
            at=at, case_id=row.payment.case_id, payment_id=row.payment_id, refund_id=row.pk,
            amount_pence=row.amount_pence, is_done=not problem,
        ))  # fmt: skip
        if problem:
            title = f"Pay back {rules.pounds(row.amount_pence)} another way: the provider refused ({problem})"
            cases.add_task(case_id=row.payment.case_id, title=title[:200], by=None, at=at)
    return True
