"""Letters about bookings: a place for who waited, another time, and a day that we had to close."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from townhall.kernel.cases.registries import askers
from townhall.kernel.notify import actions as notify
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.bookings import selectors
from townhall.residents.bookings.models import Booking


@subscribe("bookings.place_offered.v1")
def write_offer(event: Delivered) -> None:
    """A place has come free, for a day."""
    _write(event, "booking_offered")


@subscribe("bookings.day_chosen.v1")
def write_move(event: Delivered) -> None:
    """Another time; the first one is told by the service's own letters."""
    if event.payload["is_move"]:
        _write(event, "booking_moved")


@subscribe("bookings.booking_called_off.v1")
def write_called_off(event: Delivered) -> None:
    """We had to close that day."""
    _write(event, "booking_called_off")


def _write(event: Delivered, kind: str) -> None:
    found = Booking.objects.select_related("wish__case__reporter", "slot__resource")
    booking = found.get(pk=UUID(event.payload["booking_id"]))
    case = booking.wish.case
    person, asker = case.reporter, askers.get(case.kind)
    if person is None or asker is None:
        return
    with translation.override(person.language):
        page = asker.page(case) if kind == "booking_called_off" else reverse("bookings:choose", args=[booking.wish_id])
        until = booking.held_until or booking.slot.begins
        values: dict[str, Any] = {
            "name": person.name or case.reference, "about": booking.wish.title(person.language),
            "when": selectors.time_words(booking.slot.begins, booking.slot.ends), "reference": case.reference,
            "until": selectors.moment_words(until), "reason": str(event.payload.get("reason", "")),
            "link": asker.link(case, page),
        }  # fmt: skip
        notify.write(kind=kind, key=f"{kind}:{booking.pk}", values=values, at=event.at, person=person, case_id=case.pk)
