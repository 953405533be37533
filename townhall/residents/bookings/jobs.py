"""What runs on a timer: holds run out, and what is free goes to those who wait."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.bookings import actions


@every(20)
def lapse(at: datetime) -> int:
    """End the holds whose time is over."""
    return actions.lapse(at)


@every(30)
def offer_freed(at: datetime) -> int:
    """Offer what is free to the waiting list."""
    return actions.offer_freed(at)
