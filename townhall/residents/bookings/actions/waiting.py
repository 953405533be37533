"""The waiting list: who waits longest is offered what comes free, for a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import rules
from townhall.residents.bookings.actions.slots import slots_at, take
from townhall.residents.bookings.events import PlaceOffered
from townhall.residents.bookings.models import LIVE, State, Wish
from townhall.residents.bookings.selectors import free

OFFERED_HOURS = 24


def wait(*, wish_id: UUID, at: datetime) -> None:
    """Put a wish on the waiting list; it keeps its place where it is there already. Raises NotPossible (`over`)."""
    with transaction.atomic():
        row = Wish.objects.select_for_update().get(pk=wish_id)
        if row.state != Wish.State.OPEN:
            raise rules.NotPossible("over")
        if row.waits_since is None:
            row.waits_since = at
            row.save(update_fields=["waits_since"])


def stop_waiting(*, wish_id: UUID) -> None:
    """Take a wish off the list."""
    Wish.objects.filter(pk=wish_id).update(waits_since=None)


def offer_freed(at: datetime, most: int = 100) -> int:
    """Offer what is free to those who wait, the longest first; how many."""
    waiting = Wish.objects.filter(waits_since__isnull=False, state=Wish.State.OPEN)
    waiting = waiting.exclude(bookings__state__in=LIVE).order_by("waits_since")
    return sum(_offer(key, at) for key in list(waiting.values_list("pk", flat=True)[:most]))


def _offer(key: UUID, at: datetime) -> bool:
    with transaction.atomic():
        case = locked(Wish.objects.get(pk=key).case_id)
        row = Wish.objects.select_for_update().get(pk=key)
        if row.waits_since is None or row.state != Wish.State.OPEN or row.bookings.filter(state__in=LIVE).exists():  # pyright: ignore
            return False
        found = next(iter(free(row.code, row.places, at)), None)
        if found is None:
            return False
        try:
            slots = slots_at(row.code, found.begins, at)
            booking = take(row, slots, State.OFFERED, at, held_until=at + timedelta(hours=OFFERED_HOURS))
        except rules.NotPossible:
            return False
        outbox.publish(PlaceOffered(at=at, case_id=case.pk, booking_id=booking.pk))
    return True
