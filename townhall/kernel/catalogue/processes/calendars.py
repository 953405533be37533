"""Working days, as a process asks for them. The real calendar is given from outside; `Weekdays` knows no holidays."""

from datetime import datetime, timedelta
from typing import Protocol

from townhall.kernel.catalogue.processes.model import Timer


class Calendar(Protocol):
    """Counts working days in a nation."""

    def later(self, at: datetime, days: int, nation: str) -> datetime:
        """The moment when so many working days after `at` are over."""
        ...

    def between(self, at: datetime, due: datetime, nation: str) -> int:
        """How many working days are left at `at` of a time that is over at `due`."""
        ...


class Weekdays:
    """Monday to Friday, every week: for trying a process out, and for tests."""

    def later(self, at: datetime, days: int, nation: str) -> datetime:  # noqa: ARG002
        """The same time of day, so many weekdays later."""
        weeks, rest = divmod(days, 5)
        at += timedelta(7 * weeks)
        while rest > 0 or at.weekday() > 4:
            at += timedelta(days=1)
            rest -= at.weekday() < 5
        return at

    def between(self, at: datetime, due: datetime, nation: str) -> int:  # noqa: ARG002
        """How many weekdays begin after `at` and up to `due`."""
        days = range(1, (due.date() - at.date()).days + 1)
        return sum((at.date() + timedelta(days=each)).weekday() < 5 for each in days)


def due_at(timer: Timer, at: datetime, calendar: Calendar) -> datetime:
    """When a timer that is set at a moment is due."""
    if timer.span == "working days":
        return calendar.later(at, timer.count, timer.nation)
    return at + timedelta(**{timer.span: timer.count})


def left(timer: Timer, at: datetime, due: datetime, calendar: Calendar) -> int:
    """What is left of a timer: working days where it counts those, else seconds."""
    if timer.span == "working days":
        return calendar.between(at, due, timer.nation)
    return int((due - at).total_seconds())


def resumed_at(timer: Timer, at: datetime, rest: int, calendar: Calendar) -> datetime:
    """When a timer is due of which so much was left."""
    if timer.span == "working days":
        return calendar.later(at, max(rest, 0), timer.nation)
    return at + timedelta(seconds=rest)
