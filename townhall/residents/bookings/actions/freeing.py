"""A place comes free: somebody gives it up, or the time of a hold is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from townhall.kernel.cases.actions.timeline import locked
from townhall.residents.bookings import rules
from townhall.residents.bookings.actions.slots import end, free_over, lock_slots, tell
from townhall.residents.bookings.models import Booking, State, Wish
from townhall.residents.bookings.selectors import may_change


def give_up(*, wish_id: UUID, at: datetime) -> None:
    """Give a booking up, in time. Raises NotPossible (`late`)."""
    with transaction.atomic():
        case = locked(Wish.objects.get(pk=wish_id).case_id)
        found = Booking.objects.live().filter(wish_id=wish_id)
        booking = found.select_related("wish__case", "slot__resource").first()
        if booking is None or not may_change(booking, at, "booking_cancelled"):
            raise rules.NotPossible("late")
        if not (end(booking, State.GIVEN_UP, at) and tell(case, "message", "booking_cancelled", at, booking=booking)):
            raise rules.NotPossible("late")


def lapse(at: datetime, most: int = 200) -> int:
    """End the holds and offers whose time is over; how many slots were looked at. Nobody waits for this to happen:
    whoever looks for a place counts what has run out as free.
    """
    slots = set(Booking.objects.over(at).values_list("slot_id", flat=True)[:most])
    for key in sorted(slots):
        with transaction.atomic():
            free_over(lock_slots([key])[key], at)
    gone = Booking.objects.filter(state=State.LAPSED, wish__state=Wish.State.OPEN, wish__waits_since__lte=F("made_at"))
    Wish.objects.filter(pk__in=gone.values("wish")).update(waits_since=None)
    return len(slots)
