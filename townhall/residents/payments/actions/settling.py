"""Finding out what came of a try to pay. The provider is asked; what a browser or a call to us says is never taken."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told, askers
from townhall.kernel.outbox import actions as outbox
from townhall.residents.payments import rules
from townhall.residents.payments.actions.asking import close
from townhall.residents.payments.actions.refunding import give_back
from townhall.residents.payments.events import PaymentReceived
from townhall.residents.payments.models import LIVE, Attempt, Payment, State, Try
from townhall.residents.payments.providers import Down, known
from townhall.residents.payments.rules import Said

log = logging.getLogger(__name__)


def look(*, attempt_id: UUID, at: datetime) -> bool:
    """Ask the provider about a try that is under way; whether it answered. One that has ended is not asked again."""
    attempt = Attempt.objects.select_related("payment").get(pk=attempt_id)
    if attempt.state != Try.STARTED:
        return True
    provider = known(attempt.provider)
    try:
        if attempt.payment.state != State.OPEN:
            provider.cancel(attempt.provider_reference)
        said = provider.ask(attempt.provider_reference)
    except Down as problem:
        later = at + rules.again_after(attempt.asked)
        Attempt.objects.filter(pk=attempt.pk).update(asked=attempt.asked + 1, next_at=later, error=str(problem)[:300])
        return False
    _settle(attempt, said, at)
    return True


def _settle(attempt: Attempt, said: Said, at: datetime) -> None:
    """Keep what the provider says, once, and tell the case."""
    with transaction.atomic():
        case = locked(attempt.payment.case_id)
        payment = Payment.objects.select_for_update().get(pk=attempt.payment_id)
        row = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not row.is_live:
            return
        outcome = rules.judged(said, payment.amount_pence)
        if outcome == rules.PENDING:
            row.asked, row.next_at, row.error = row.asked + 1, at + rules.again_after(row.asked + 1), ""
        else:
            row.state, row.ended_at, row.next_at, row.error = outcome, at, None, ""
        row.save()
        if row.state in (Try.PAID, Try.WRONG_AMOUNT):
            _receive(case, payment, said.amount_pence, at, is_right=row.state == Try.PAID)


def _receive(case: Case, payment: Payment, amount_pence: int, at: datetime, *, is_right: bool) -> None:
    """Money has come: the case goes on, or it goes back where nobody waits for it."""
    was_open = payment.state == State.OPEN
    payment.paid_pence = amount_pence
    if was_open:
        payment.state, payment.ended_at = (State.PAID if is_right else State.DISPUTED), at
    payment.save(update_fields=["paid_pence", "state", "ended_at"])
    told = f"Received {rules.pounds(amount_pence)} ({payment.reference})"
    told_cy = f"Derbyniwyd {rules.pounds(amount_pence)} ({payment.reference})"
    entry = append(case, "step", at=at, by=None, text=told, text_cy=told_cy, data={"payment": str(payment.pk)})
    is_wanted = was_open and (not is_right or _tell(case, payment, "done", at))
    if not is_wanted:
        give_back(payment, payment.left_pence(), key="unwanted", reason="", by=None, at=at)
    elif not is_right:
        title = f"{rules.pounds(amount_pence)} came instead of {rules.pounds(payment.amount_pence)}: pay it back"
        cases.add_task(case_id=case.pk, title=title, by=None, at=at)
    outbox.publish(PaymentReceived(
        at=at, case_id=case.pk, number=entry.number, payment_id=payment.pk, amount_pence=amount_pence,
        is_wanted=is_wanted,
    ))  # fmt: skip


def _tell(case: Case, payment: Payment, kind: str, at: datetime, why: str = "") -> bool:
    """Tell the case; whether it could take it."""
    asker = askers.get(case.kind)
    told = {"reference": payment.reference, "amount_pence": payment.paid_pence} | ({"why": why} if why else {})
    return asker is not None and asker.tell(case, Told(kind, payment.key, told), at=at)


def look_at_hanging(at: datetime, most: int = 100) -> int:
    """Ask after every try whose time to be asked has come; how many answered."""
    due = Attempt.objects.filter(state=Try.STARTED, next_at__lte=at).order_by("next_at")
    return sum(look(attempt_id=key, at=at) for key in list(due.values_list("pk", flat=True)[:most]))


def close_overdue(at: datetime, most: int = 100) -> int:
    """Close the payments whose time is over, once it is certain that nothing came; how many."""
    found = Payment.objects.overdue(at).order_by("expires_at").values_list("pk", flat=True)
    return sum(_close(key, at) for key in list(found[:most]))


def _close(key: UUID, at: datetime) -> bool:
    live = Attempt.objects.filter(payment_id=key, state=Try.STARTED).first()
    if live is not None and not _end_try(live, at):
        return False
    with transaction.atomic():
        case = locked(Payment.objects.get(pk=key).case_id)
        payment = Payment.objects.overdue(at).select_for_update().filter(pk=key).first()
        tries = Attempt.objects.filter(payment_id=key, state__in=LIVE)
        if payment is None or tries.filter(state=Try.STARTED).exists():
            return False
        tries.update(state=Try.EXPIRED, ended_at=at, next_at=None)
        close(payment, State.EXPIRED, at)
        _tell(case, payment, "failed", at, "expired")
    return True


def _end_try(live: Attempt, at: datetime) -> bool:
    """Let nobody pay on a try any more, and hear how it ended; whether the provider answered."""
    try:
        known(live.provider).cancel(live.provider_reference)
    except Down as problem:
        log.info("a provider is down", extra={"why": str(problem)})
        return False
    return look(attempt_id=live.pk, at=at)
