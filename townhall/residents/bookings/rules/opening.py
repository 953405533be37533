"""The week of a resource, cut into slots: which days are open, and how long before one must ask."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class NotPossible(ValueError):
    """What was asked cannot be done: `full`, `closed` (the time is not offered), `over` (nobody waits), `late`."""


@dataclass(frozen=True, slots=True)
class Span:
    """One slot: a moment when it begins and one when it ends."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Pattern:
    """A week. `openings` are (weekday from Monday 0, `09:00`, `12:00`); `slot_minutes` of 0: an opening is one slot.

    The first day that can be booked is `notice_days` after today, the last `ahead_days`.
    """

    openings: tuple[tuple[int, str, str], ...]
    slot_minutes: int
    notice_days: int
    ahead_days: int


def slots_on(pattern: Pattern, day: date) -> Iterator[Span]:
    """The slots of a day, as clocks on the wall show them, also where summer time begins or ends."""
    for weekday, begins, ends in sorted(pattern.openings):
        if weekday != day.weekday():
            continue
        now, last = _at(day, begins), _at(day, ends)
        step = timedelta(minutes=pattern.slot_minutes) if pattern.slot_minutes else last - now
        while step and now + step <= last:
            yield Span(now.replace(tzinfo=LONDON), (now + step).replace(tzinfo=LONDON))
            now += step


def _at(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text))


def days_open(pattern: Pattern, today: date, closed: Collection[date]) -> Iterator[date]:
    """The days that can be booked today, the first first: those of the week that are not closed."""
    weekdays = {weekday for weekday, _, _ in pattern.openings}
    for ahead in range(pattern.notice_days, pattern.ahead_days + 1):
        day = today + timedelta(days=ahead)
        if day.weekday() in weekdays and day not in closed:
            yield day


def is_in_time(begins: datetime, today: date, change_days: int) -> bool:
    """Whether a booking can still be moved or given up: so many days before its day, or earlier."""
    return begins.astimezone(LONDON).date() - timedelta(days=change_days) >= today
