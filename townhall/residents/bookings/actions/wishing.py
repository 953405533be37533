"""A case wishes for a place, makes what is held firm, or wants none any more: in the transaction with its lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.modules import bulk
from townhall.residents.bookings import rules
from townhall.residents.bookings.actions.slots import end, free_over, lock_slots, tell
from townhall.residents.bookings.models import Booking, BookingQuerySet, Closure, State, Wish


def wish(
    *, case_id: UUID, key: str, code: str, about: str, about_cy: str, at: datetime, places: int = 1,
    is_held: bool = False,
) -> Wish:  # fmt: skip
    """Let whoever opened a case choose a time of something; under a `key` once."""
    made, _is_new = Wish.objects.get_or_create(
        case_id=case_id, key=key,
        defaults={
            "code": code, "about": about, "about_cy": about_cy, "places": places, "is_held": is_held, "made_at": at,
        },
    )  # fmt: skip
    return made


def withdraw(*, case_id: UUID, key: str, at: datetime) -> None:
    """The case does not wait for a choice any more; a place that was offered is free."""
    found = Wish.objects.select_for_update().filter(case_id=case_id, key=key, state=Wish.State.OPEN).first()
    if found is not None:
        found.state, found.waits_since = Wish.State.WITHDRAWN, None
        found.save(update_fields=["state", "waits_since"])
        end_all(Booking.objects.live().filter(wish=found), State.GIVEN_UP, at)


def end_all(found: BookingQuerySet, state: State, at: datetime) -> int:
    """End bookings, their slots locked in order; how many."""
    lock_slots(set(found.values_list("slot_id", flat=True)))
    return sum(end(each, state, at) for each in list(found))


def cancel_of_case(*, case_id: UUID, at: datetime) -> int:
    """Give back whatever a case has booked; how many."""
    return end_all(Booking.objects.live().filter(wish__case_id=case_id), State.GIVEN_UP, at)


def confirm(*, case_id: UUID, at: datetime) -> Booking | None:
    """Make the place that a case holds firm; none where it has lapsed and nothing is free at that time any more."""
    mine = Booking.objects.filter(wish__case_id=case_id, wish__state=Wish.State.DONE).select_related("wish")
    last = mine.filter(state__in=(State.HELD, State.FIRM, State.LAPSED)).order_by("-id").first()
    if last is None:
        return None
    slot = lock_slots([last.slot_id])[last.slot_id]
    last.refresh_from_db()
    if last.state == State.HELD and not last.is_over(at):
        last.state, last.held_until = State.FIRM, None
        last.save(update_fields=["state", "held_until"])
    elif last.state != State.FIRM:
        free_over(slot, at)
        day = slot.begins.astimezone(rules.LONDON).date()
        is_closed = Closure.objects.filter(resource=slot.resource, on=day).exists()
        if is_closed or slot.taken + last.places > slot.resource.capacity:
            return None
        slot.taken, slot.capacity = slot.taken + last.places, max(slot.resource.capacity, slot.taken + last.places)
        slot.save(update_fields=["taken", "capacity"])
        last.state, last.held_until, last.ended_at = State.FIRM, None, None
        last.save(update_fields=["state", "held_until", "ended_at"])
    last.slot = slot
    return last


def no_day_suits(*, wish_id: UUID, at: datetime) -> None:
    """Whoever was to choose says that no day suits. Raises NotPossible (`over`)."""
    with transaction.atomic():
        case = locked(Wish.objects.get(pk=wish_id).case_id)
        row = Wish.objects.select_for_update().get(pk=wish_id)
        if row.state != Wish.State.OPEN:
            raise rules.NotPossible("over")
        row.state, row.waits_since = Wish.State.WITHDRAWN, None
        row.save(update_fields=["state", "waits_since"])
        end_all(Booking.objects.live().filter(wish=row), State.GIVEN_UP, at)
        if not tell(case, "failed", row.key, at, why="none"):
            raise rules.NotPossible("over")


def rename(keys: Sequence[tuple[UUID, str, str]]) -> None:
    """Let wishes go on under other keys: of each its case, the key that it had, and the new one."""
    bulk.rename("bookings.Wish", "case_id", keys)
