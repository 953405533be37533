"""An officer closes a day: who is booked is told, and offered another."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings.actions.slots import end, tell
from townhall.residents.bookings.events import BookingCalledOff
from townhall.residents.bookings.models import Booking, Closure, Resource, State
from townhall.residents.bookings.selectors import on_day

CALLED_OFF = "booking_called_off"


def close_day(*, resource: Resource, on: date, reason: str, by: Person, at: datetime) -> int:
    """Let nobody book a day any more, and call off what is booked on it; how many."""
    with transaction.atomic():
        _made, is_new = Closure.objects.get_or_create(resource=resource, on=on, defaults={"reason": reason, "by": by})
        if is_new:
            note_change(by, f"bookings: {resource.name}", {}, {f"closed {on.isoformat()}": reason or "closed"}, at)
    return sum(_call_off(each.pk, reason, at) for each in on_day(resource, on))


def open_day(*, resource: Resource, on: date, by: Person, at: datetime) -> None:
    """Let a day be booked again. What was called off stays so."""
    with transaction.atomic():
        if Closure.objects.filter(resource=resource, on=on).delete()[0]:
            note_change(by, f"bookings: {resource.name}", {f"closed {on.isoformat()}": "closed"}, {}, at)


def _call_off(key: UUID, reason: str, at: datetime) -> bool:
    """End one booking; the process offers another day, or a colleague does."""
    with transaction.atomic():
        case = locked(Booking.objects.select_related("wish").get(pk=key).wish.case_id)
        booking = Booking.objects.select_related("wish", "slot").get(pk=key)
        if not end(booking, State.CALLED_OFF, at):
            return False
        if booking.state == State.OFFERED:
            return True
        if not tell(case, "message", CALLED_OFF, at, booking=booking):
            title = f"Offer another day: {booking.reference} was called off"
            cases.add_task(case_id=case.pk, title=title, by=None, at=at)
        outbox.publish(BookingCalledOff(at=at, case_id=case.pk, booking_id=booking.pk, reason=reason))
    return True
