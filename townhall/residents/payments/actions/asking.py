"""A case asks for a payment, or does not want it any more. Both in the transaction that has the case's lock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from townhall.kernel.modules import bulk
from townhall.kernel.outbox import actions as outbox
from townhall.residents.payments import rules
from townhall.residents.payments.actions.refunding import give_back
from townhall.residents.payments.events import PaymentAsked, PaymentClosed
from townhall.residents.payments.models import LIVE, Attempt, Payment, State


def ask(
    *, case_id: UUID, key: str, amount_pence: int, about: str, about_cy: str, at: datetime, minutes: int = 0
) -> Payment:
    """Ask whoever opened a case for a sum; under a `key` once. There are seven days, or so many `minutes`.

    Raises NotPossible for a sum that nobody can be asked for.
    """
    if not rules.LEAST_PENCE <= amount_pence <= rules.MOST_PENCE:
        raise rules.NotPossible("amount")
    span = timedelta(minutes=minutes or rules.USUAL_MINUTES)
    payment, is_new = Payment.objects.get_or_create(
        case_id=case_id, key=key,
        defaults={
            "amount_pence": amount_pence, "about": about, "about_cy": about_cy, "created_at": at,
            "expires_at": at + span,
        },
    )  # fmt: skip
    if is_new:
        outbox.publish(PaymentAsked(at=at, case_id=case_id, payment_id=payment.pk, amount_pence=amount_pence))
    return payment


def withdraw(*, case_id: UUID, key: str, at: datetime) -> None:
    """Take back what was asked for under a key. A try that is under way is asked after at once, and what it brings
    goes back, as does what has come already.
    """
    payment = Payment.objects.select_for_update().filter(case_id=case_id, key=key).first()
    if payment is None:
        return
    if payment.state == State.OPEN:
        close(payment, State.WITHDRAWN, at)
        Attempt.objects.filter(payment=payment, state__in=LIVE).update(next_at=at)
    elif payment.left_pence() > 0:
        give_back(payment, payment.left_pence(), key="unwanted", reason="", by=None, at=at)


def close(payment: Payment, state: State, at: datetime) -> None:
    """Nobody waits for it any more."""
    payment.state, payment.ended_at = state, at
    payment.save(update_fields=["state", "ended_at"])
    outbox.publish(PaymentClosed(at=at, case_id=payment.case_id, payment_id=payment.pk, state=state))


def rename(keys: Sequence[tuple[UUID, str, str]]) -> None:
    """Let payments go on under other keys: of each its case, the key that it had, and the new one."""
    bulk.rename("payments.Payment", "case_id", keys)
