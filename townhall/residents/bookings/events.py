"""What happens to bookings."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class DayChosen(Fact):
    """Somebody has chosen a slot, for the first time or another one (`is_move`)."""

    kind: ClassVar[str] = "bookings.day_chosen.v1"
    booking_id: UUID
    is_firm: bool
    is_move: bool


@dataclass(frozen=True, kw_only=True)
class PlaceFreed(Fact):
    """A place is free again: given up, lapsed, called off or moved, as `state` says."""

    kind: ClassVar[str] = "bookings.place_freed.v1"
    booking_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(Fact):
    """Somebody on the waiting list is offered a place that has come free."""

    kind: ClassVar[str] = "bookings.place_offered.v1"
    booking_id: UUID


@dataclass(frozen=True, kw_only=True)
class BookingCalledOff(Fact):
    """The council has closed a day, and what was booked for it does not take place."""

    kind: ClassVar[str] = "bookings.booking_called_off.v1"
    booking_id: UUID
    reason: str
