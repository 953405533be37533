"""Posted letters that an officer hands to print."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.identity.models import Person
from townhall.kernel.notify.actions.sending import taken
from townhall.kernel.notify.models import UNSENT, Batch, Letter, State

MOST = 200


def make_batch(*, by: Person, at: datetime) -> Batch | None:
    """Put the posted letters that wait, at most MOST, into a batch to download; None where none waits."""
    due = Letter.objects.filter(state__in=UNSENT, channel="post", next_at__lte=at).order_by("next_at")
    with transaction.atomic():
        keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST])
        if not keys:
            return None
        batch = Batch.objects.create(by=by, made_at=at)
        Letter.objects.filter(pk__in=keys).update(batch=batch, state=State.SENDING, claimed_at=at)
    return batch


def confirm_batch(*, batch: Batch, at: datetime) -> int:
    """Note that a batch was handed over to print.

    How many letters went. Codes in them are forgotten. Again: nothing happens.
    """
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, handed_over_at__isnull=True).update(handed_over_at=at):
            return 0
        letters = list(Letter.objects.filter(batch=batch, state=State.SENDING))
        for letter in letters:
            taken(letter, "print", "", at)
    return len(letters)
