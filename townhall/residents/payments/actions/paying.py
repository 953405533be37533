"""Trying to pay: the payer is sent to the provider, and back to us. What happened there is asked, never believed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.timeline import locked
from townhall.residents.payments import rules
from townhall.residents.payments.models import LIVE, Attempt, Payment, State, Try
from townhall.residents.payments.providers import Down, Provider, Wanted


def start(*, payment: Payment, provider: Provider, return_url: str, language: str, at: datetime) -> Attempt:
    """Begin to pay, or go on with the try that is under way; the payer goes to its `next_url`.

    Raises NotPossible (`closed`) where nobody waits for the payment, and Down, after which the same try goes on: its
    key is the provider's idempotency key, so that one that had come through after all is found and not begun twice.
    """
    attempt = _attempt(payment, provider, return_url, at)
    if attempt.state == Try.STARTED:
        return attempt
    wanted = Wanted(
        str(attempt.pk), payment.amount_pence, payment.reference, payment.title(language), attempt.return_url, language
    )
    try:
        begun = provider.start(wanted)
    except Down as problem:
        Attempt.objects.filter(pk=attempt.pk).update(error=str(problem)[:300])
        raise
    next_at = at + rules.again_after(0)
    Attempt.objects.filter(pk=attempt.pk, state=Try.STARTING).update(
        state=Try.STARTED, provider_reference=begun.reference, next_url=begun.next_url, next_at=next_at, error=""
    )
    attempt.refresh_from_db()
    return attempt


def _attempt(payment: Payment, provider: Provider, return_url: str, at: datetime) -> Attempt:
    """The live try of a payment that is open, kept before the provider hears of it."""
    with transaction.atomic():
        locked(payment.case_id)
        row = Payment.objects.select_for_update().get(pk=payment.pk)
        if row.state != State.OPEN or row.expires_at <= at:
            raise rules.NotPossible("closed")
        live = Attempt.objects.filter(payment=row, state__in=LIVE).first()
        return live or Attempt.objects.create(
            payment=row, provider=provider.code, return_url=return_url, started_at=at
        )


def attempt_of(provider: str, reference: str) -> UUID | None:
    """The try that a provider tells of."""
    found = Attempt.objects.filter(provider=provider, provider_reference=reference)
    return found.values_list("pk", flat=True).first()
