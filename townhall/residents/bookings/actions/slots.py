"""Taking and freeing places. All of it under the lock of the slot's row, those of several slots in the order of keys.

Whoever has a case to tell holds the case's lock first: case, then slots, then bookings.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told, askers
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import rules
from townhall.residents.bookings.events import PlaceFreed
from townhall.residents.bookings.models import Booking, Resource, Slot, State, Wish
from townhall.residents.bookings.selectors import spans


def lock_slots(keys: Iterable[UUID]) -> dict[UUID, Slot]:
    """Slots, locked."""
    found = Slot.objects.select_for_update(of=("self",)).select_related("resource").filter(pk__in=list(keys))
    return {each.pk: each for each in found.order_by("pk")}


def slots_at(code: str, begins: datetime, at: datetime, also: Sequence[UUID] = ()) -> list[Slot]:
    """The slots of every resource of a code that begin at a moment and can be booked now, locked with `also`.

    Raises NotPossible (`closed`) where none is offered.
    """
    keys = list[UUID]()
    for resource in Resource.objects.filter(code=code, is_active=True).order_by("pk"):
        span = next((each for each in spans(resource, at) if each.begins == begins), None)
        if span is not None:
            usual = {"ends": span.ends, "capacity": resource.capacity}
            keys.append(Slot.objects.get_or_create(resource=resource, begins=span.begins, defaults=usual)[0].pk)
    if not keys:
        raise rules.NotPossible("closed")
    held = lock_slots([*keys, *also])
    return [held[key] for key in keys]


def take(wish: Wish, slots: Iterable[Slot], state: State, at: datetime, held_until: datetime | None = None) -> Booking:
    """Take a place in the locked slot with most room. Raises NotPossible (`full`)."""
    for slot in slots:
        free_over(slot, at)
    best = max(slots, key=lambda each: each.resource.capacity - each.taken)
    if best.taken + wish.places > best.resource.capacity:
        raise rules.NotPossible("full")
    best.taken, best.capacity = best.taken + wish.places, max(best.resource.capacity, best.taken + wish.places)
    best.save(update_fields=["taken", "capacity"])
    if state == State.HELD:
        held_until = at + timedelta(minutes=best.resource.hold_minutes)
    return Booking.objects.create(
        wish=wish, slot=best, places=wish.places, state=state, held_until=held_until, made_at=at
    )


def free_over(slot: Slot, at: datetime) -> None:
    """Free the places of a locked slot whose holds have run out."""
    for booking in Booking.objects.over(at).filter(slot=slot).select_related("wish"):
        free(booking, slot, State.LAPSED, at)


def free(booking: Booking, slot: Slot, state: State, at: datetime) -> None:
    """End a booking of a locked slot; its place is free."""
    booking.state, booking.ended_at = state, at
    booking.save(update_fields=["state", "ended_at"])
    slot.taken -= booking.places
    slot.save(update_fields=["taken"])
    outbox.publish(PlaceFreed(at=at, case_id=booking.wish.case_id, booking_id=booking.pk, state=state))


def end(booking: Booking, state: State, at: datetime) -> bool:
    """Lock the slot of a booking and end it; False where it has ended meanwhile."""
    slot = lock_slots([booking.slot_id])[booking.slot_id]
    row = Booking.objects.live().filter(pk=booking.pk).select_related("wish").first()
    if row is None:
        return False
    free(row, slot, state, at)
    return True


def brought(booking: Booking) -> dict[str, str]:
    """What a process is told of a booking."""
    begins = booking.slot.begins.astimezone(rules.LONDON)
    return {"on": begins.date().isoformat(), "time": f"{begins:%H:%M}", "reference": booking.reference}


def tell(
    case: Case, kind: str, name: str, at: datetime, *, booking: Booking | None = None, why: str = ""
) -> bool:
    """Tell a case what came of its wish; whether it could take it."""
    asker = askers.get(case.kind)
    data = {"why": why} if why else {}
    if booking is not None:
        data = brought(booking)
    return asker is not None and asker.tell(case, Told(kind, name, data), at=at)
