"""Clocks in working time, routing, and which status may follow which. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_MINUTES = 8 * 60
OPENS, SHUTS, ENDS = time(9), time(17), time(23, 59, 59)
ClockState = Literal["running", "soon", "over", "paused", "done", "none"]


class StatusRefused(ValueError):
    """A status that may not follow the present one."""


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the case since the page was opened. Nothing was written."""


NEXT: dict[str, frozenset[str]] = {
    "received": frozenset({"looking", "booked", "waiting", "passed", "fixed", "closed"}),
    "looking": frozenset({"received", "booked", "waiting", "passed", "fixed", "closed"}),
    "booked": frozenset({"looking", "waiting", "passed", "fixed", "closed"}),
    "waiting": frozenset({"looking", "booked", "passed", "fixed", "closed"}),
    "passed": frozenset({"looking", "booked", "waiting", "fixed", "closed"}),
    "fixed": frozenset({"looking", "received"}),
    "closed": frozenset({"looking", "received"}),
}


def must_follow(status: str, new: str) -> None:
    """Raise StatusRefused unless `new` may follow `status`."""
    if new not in NEXT[status]:
        raise StatusRefused(f"'{new}' cannot follow '{status}'")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """A nation's working days. Working time is 9am to 5pm, local, on days that are neither weekend nor holiday."""

    nation: str
    holidays: frozenset[date]
    weekday_holidays: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the holidays that take a working day away in order, so that they can be counted by halving."""
        object.__setattr__(self, "weekday_holidays", tuple(sorted(day for day in self.holidays if day.weekday() < 5)))

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        return day.weekday() < 5 and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def due(self, start: datetime, days: int) -> datetime:
        """Close of the working day that is `days` working days after `start`; the day of receipt is not counted.

        What comes after 5pm or on a day off counts as received on the next working day. Aware in, aware (London) out.
        """
        local = start.astimezone(LONDON)
        day = local.date()
        if not self.is_working(day) or local.time() >= SHUTS:
            day = self.next_working(day)
        for _ in range(days):
            day = self.next_working(day)
        return datetime.combine(day, SHUTS, LONDON)

    def after(self, start: datetime, days: int) -> datetime:
        """The end of the working day that is `days` working days after the date of `start`, whatever its hour.

        So statutes count: the first working day that follows is day one, and the last one lasts until midnight. Aware
        in, aware (London) out.
        """
        day = start.astimezone(LONDON).date()
        for _ in range(days):
            day = self.next_working(day)
        return datetime.combine(day, ENDS, LONDON)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Working minutes from start to end; 0 where the end is not later. A working day is 480."""
        if end <= start:
            return 0
        begin, finish = start.astimezone(LONDON), end.astimezone(LONDON)
        first, last = begin.date(), finish.date()
        if first == last:
            return self._minutes_on(first, begin.time(), finish.time())
        total = self._minutes_on(first, begin.time(), SHUTS) + self._minutes_on(last, OPENS, finish.time())
        return total + DAY_MINUTES * self.days_between(first, last)

    def days_between(self, first: date, last: date) -> int:
        """Working days strictly between two dates."""
        span = max(0, (last - first).days - 1)
        if not span:
            return 0
        weeks, rest = divmod(span, 7)
        begin = (first.weekday() + 1) % 7
        weekdays = max(0, min(5, begin + rest) - begin) + max(0, begin + rest - 7)
        return (
            weeks * 5
            + weekdays
            - (bisect_left(self.weekday_holidays, last) - bisect_right(self.weekday_holidays, first))
        )

    def _minutes_on(self, day: date, begin: time, finish: time) -> int:
        if not self.is_working(day):
            return 0
        begin, finish = max(begin, OPENS), min(finish, SHUTS)
        return max(0, (finish.hour - begin.hour) * 60 + finish.minute - begin.minute)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment `minutes` of working time after `start`."""
        moment = start.astimezone(LONDON)
        while True:
            day = moment.date()
            left = self._minutes_on(day, moment.time(), SHUTS)
            if left and minutes <= left:
                opened = max(moment, datetime.combine(day, OPENS, LONDON))
                return opened + timedelta(minutes=minutes)
            minutes -= left
            moment = datetime.combine(self.next_working(day), OPENS, LONDON)


@dataclass(frozen=True, slots=True)
class Clock:
    """The promise on a case, seen at a moment."""

    opened_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    paused_reason: str
    closed_at: datetime | None
    was_late: bool
    at: datetime

    @property
    def state(self) -> ClockState:
        """Which of the dial's forms it takes."""
        if self.closed_at:
            return "done"
        if self.due_at is None:
            return "none"
        if self.paused_at:
            return "paused"
        if self.due_at <= self.at:
            return "over"
        return "soon" if self.due_at - self.at <= timedelta(days=1) else "running"

    @property
    def share(self) -> float:
        """The part of the promised time that is used, from 0 to 1."""
        if self.due_at is None or self.closed_at:
            return 1.0
        whole = (self.due_at - self.opened_at).total_seconds()
        used = ((self.paused_at or self.at) - self.opened_at).total_seconds()
        return min(1.0, max(0.0, used / whole)) if whole > 0 else 1.0

    def days_left(self, calendar: WorkingCalendar) -> int:
        """Working days until it is due, today not counted; negative when over, 0 when due today."""
        if self.due_at is None:
            return 0
        today, due = self.at.astimezone(LONDON).date(), self.due_at.astimezone(LONDON).date()
        if due >= today:
            return calendar.days_between(today, due) + (1 if due > today else 0)
        return -(calendar.days_between(due, today) + 1)


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """A routing rule's conditions; empty means any."""

    key: str
    name: str
    team: str
    reason: str
    version: int
    categories: frozenset[str] = frozenset()
    wards: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    reason_cy: str = ""


@dataclass(frozen=True, slots=True)
class Routed:
    """Where a case goes and why; `near` names the rules before it that failed on one condition only, with that
    condition.
    """

    rule: RoutingRule
    near: tuple[tuple[str, str], ...]


def route(rules: Sequence[RoutingRule], *, category: str, ward: str, channel: str, text: str) -> Routed | None:
    """The first rule whose conditions all hold, with the near misses before it; None where none holds."""
    near: list[tuple[str, str]] = []
    lowered = text.lower()
    for rule in rules:
        failed = [name for name, holds in _conditions(rule, category, ward, channel, lowered) if not holds]
        if not failed:
            return Routed(rule=rule, near=tuple(near[-3:]))
        if len(failed) == 1 and failed[0] != "category":
            near.append((rule.name, failed[0]))
    return None


def _conditions(rule: RoutingRule, category: str, ward: str, channel: str, text: str) -> list[tuple[str, bool]]:
    return [
        ("category", not rule.categories or category in rule.categories),
        ("ward", not rule.wards or ward in rule.wards),
        ("channel", not rule.channels or channel in rule.channels),
        ("words", not rule.words or any(word.lower() in text for word in rule.words)),
    ]
