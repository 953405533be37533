"""When something can be booked, and the calendar file of it. Pure: the clock and the holidays are handed in."""

from townhall.residents.bookings.rules.opening import (
    LONDON,
    NotPossible,
    Pattern,
    Span,
    days_open,
    is_in_time,
    slots_on,
)

__all__ = ["LONDON", "NotPossible", "Pattern", "Span", "days_open", "is_in_time", "slots_on"]
