"""Choosing a time, taking one that is offered, and moving to another. The case goes on in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.cases.models import Case
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import rules
from townhall.residents.bookings.actions.slots import end, lock_slots, slots_at, take, tell
from townhall.residents.bookings.events import DayChosen
from townhall.residents.bookings.models import FOR_A_WHILE, Booking, State, Wish
from townhall.residents.bookings.selectors import may_change


def _open(wish_id: UUID) -> tuple[Case, Wish]:
    """The case and the wish, both locked. Raises NotPossible (`over`) where something was chosen already."""
    case = locked(Wish.objects.get(pk=wish_id).case_id)
    row = Wish.objects.select_for_update().get(pk=wish_id)
    if row.state != Wish.State.OPEN:
        raise rules.NotPossible("over")
    return case, row


def choose(*, wish_id: UUID, begins: datetime, at: datetime) -> Booking:
    """Take a place at a moment. Raises NotPossible (`full`, `closed`, `over`): nothing has changed then."""
    with transaction.atomic():
        case, row = _open(wish_id)
        offered = Booking.objects.live().filter(wish=row).select_related("wish").first()
        slots = slots_at(row.code, begins, at, [offered.slot_id] if offered else [])
        if offered is not None:
            end(offered, State.GIVEN_UP, at)
            slots = list(lock_slots([each.pk for each in slots]).values())
        booking = take(row, slots, State.HELD if row.is_held else State.FIRM, at)
        _done(case, row, booking, at)
    return booking


def take_offer(*, wish_id: UUID, at: datetime) -> Booking:
    """Take the place that the waiting list has offered. Raises NotPossible (`over`) where its time has run out."""
    with transaction.atomic():
        case, row = _open(wish_id)
        offered = Booking.objects.filter(wish=row, state=State.OFFERED).select_related("wish").first()
        if offered is None or offered.is_over(at):
            raise rules.NotPossible("over")
        if not end(offered, State.MOVED, at):
            raise rules.NotPossible("over")
        slots = list(lock_slots([offered.slot_id]).values())
        booking = take(row, slots, State.HELD if row.is_held else State.FIRM, at)
        _done(case, row, booking, at)
    return booking


def leave_offer(*, wish_id: UUID, at: datetime) -> None:
    """Let an offer go: it is somebody else's. The wish stays on no list."""
    with transaction.atomic():
        _case, row = _open(wish_id)
        offered = Booking.objects.filter(wish=row, state=State.OFFERED).select_related("wish").first()
        if offered is not None:
            end(offered, State.GIVEN_UP, at)
        Wish.objects.filter(pk=row.pk).update(waits_since=None)


def _done(case: Case, row: Wish, booking: Booking, at: datetime) -> None:
    row.state, row.waits_since = Wish.State.DONE, None
    row.save(update_fields=["state", "waits_since"])
    if not tell(case, "done", row.key, at, booking=booking):
        raise rules.NotPossible("over")
    _publish(booking, at, is_move=False)


def move(*, wish_id: UUID, begins: datetime, at: datetime) -> Booking:
    """Change to another time of the same thing. Raises NotPossible (`full`, `closed`, `late`)."""
    with transaction.atomic():
        case = locked(Wish.objects.get(pk=wish_id).case_id)
        related = ("wish__case", "slot__resource")
        old = Booking.objects.live().filter(wish_id=wish_id).select_related(*related).first()
        if old is None or old.is_over(at) or not may_change(old, at, "booking_moved"):
            raise rules.NotPossible("late")
        wish, was, until = old.wish, State(old.state), old.held_until
        slots = slots_at(wish.code, begins, at, [old.slot_id])
        if not end(old, State.MOVED, at):
            raise rules.NotPossible("late")
        booking = take(wish, list(lock_slots([each.pk for each in slots]).values()), was, at)
        if was in FOR_A_WHILE:
            Booking.objects.filter(pk=booking.pk).update(held_until=until)
        if not tell(case, "message", "booking_moved", at, booking=booking):
            raise rules.NotPossible("late")
        _publish(booking, at, is_move=True)
    return booking


def _publish(booking: Booking, at: datetime, *, is_move: bool) -> None:
    outbox.publish(DayChosen(
        at=at, case_id=booking.wish.case_id, booking_id=booking.pk, is_firm=booking.state == State.FIRM,
        is_move=is_move,
    ))  # fmt: skip
