"""When somebody works: a week that comes again, days away, bank holidays, and shifts on top."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LOOKS_AHEAD_DAYS = 35


@dataclass(frozen=True, slots=True)
class Span:
    """A shift: when it begins and when it ends."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody does not work, both included; without `until` they are away until further notice."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether a day is among them."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Extra:
    """A shift beside those of the week, also on a bank holiday: `09:00` to `17:00` of a day."""

    day: date
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Roster:
    """When one person works. `week` has (weekday from Monday 0, `09:00`, `17:00`); one that ends no later than it
    begins goes on until the next day. `holidays` are the bank holidays on which their week does not count.
    """

    week: tuple[tuple[int, str, str], ...] = ()
    away: tuple[Away, ...] = ()
    extra: tuple[Extra, ...] = ()
    holidays: Collection[date] = ()

    def on(self, day: date) -> Iterator[Span]:
        """The shifts that begin on a day, the earliest first: none while away, also where one was put on top."""
        if any(each.covers(day) for each in self.away):
            return
        usual = [] if day in self.holidays else [(begins, ends) for number, begins, ends in self.week
                                                 if number == day.weekday()]  # fmt: skip
        added = [(each.begins, each.ends) for each in self.extra if each.day == day]
        for begins, ends in sorted({*usual, *added}):
            yield _span(day, begins, ends)


def _span(day: date, begins: str, ends: str) -> Span:
    """As clocks on the wall show it, also where summer time begins or ends."""
    last = day if ends > begins else day + timedelta(days=1)
    return Span(*(datetime.combine(on, time.fromisoformat(text), LONDON) for on, text in ((day, begins), (last, ends))))


def shift_at(roster: Roster, at: datetime) -> Span | None:
    """The shift that somebody is on at a moment, which may have begun the evening before; the one that ends last."""
    today = at.astimezone(LONDON).date()
    found = [each for day in (today - timedelta(days=1), today) for each in roster.on(day)]
    if any(each.covers(today) for each in roster.away):
        return None
    return max((each for each in found if each.begins <= at < each.ends), key=lambda each: each.ends, default=None)


def next_shift(roster: Roster, at: datetime, days: int = LOOKS_AHEAD_DAYS) -> Span | None:
    """The first shift that begins after a moment, within so many days; None where there is none."""
    today = at.astimezone(LONDON).date()
    for ahead in range(days + 1):
        for each in roster.on(today + timedelta(days=ahead)):
            if each.begins > at:
                return each
    return None
