"""Spans of time as packages name them, in days of the calendar."""

from townhall.kernel.catalogue.packages.model import Span

DAYS = {"days": 1, "working days": 1.4, "weeks": 7, "months": 30.5, "years": 365.25}


def days_of(span: Span) -> int:
    """How many days it is, never fewer than it says."""
    return -int(-span.count * DAYS[span.unit] // 1)
