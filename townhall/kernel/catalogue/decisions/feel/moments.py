"""Dates, times and durations of FEEL: years of up to nine digits, nanoseconds, offsets and zones.

Source: DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain

LAST_YEAR = 999_999_999
SECOND = 1_000_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CYCLE, CYCLE_DAYS = 400, 146_097
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
WIDEST_OFFSET = 14 * 3600


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    year: int
    month: int
    day: int

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (days_of(self) + 3) % 7 + 1


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in nanoseconds since midnight, with its offset in seconds or its zone, or neither."""

    nanos: int
    offset: int | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day, with its offset in seconds or its zone, or neither."""

    date: Date
    nanos: int
    offset: int | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """A days and time duration, in nanoseconds."""

    nanos: int


@dataclass(frozen=True, slots=True)
class Months:
    """A years and months duration, in months."""

    months: int


Moment = Date | Time | DateTime | Days | Months


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February, by the Gregorian rule for all years."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == 2 and is_leap(year) else MONTH_LENGTHS[month - 1]


def date(year: int, month: int, day: int) -> Date:
    """A day. Raises OutOfDomain for one that does not exist."""
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise OutOfDomain("there is no such day")
    return Date(year, month, day)


def days_of(day: Date) -> int:
    """Days since 1 January 1970; earlier ones are negative."""
    year = day.year - (day.month <= 2)
    cycle, in_cycle = divmod(year, CYCLE)
    of_year = (153 * (day.month + (-3 if day.month > 2 else 9)) + 2) // 5 + day.day - 1
    return cycle * CYCLE_DAYS + in_cycle * 365 + in_cycle // 4 - in_cycle // 100 + of_year - 719_468


def day_of(days: int) -> Date:
    """The day that is so many days after 1 January 1970. Raises OutOfDomain beyond the years there are."""
    cycle, in_cycle = divmod(days + 719_468, CYCLE_DAYS)
    year = (in_cycle - in_cycle // 1460 + in_cycle // 36_524 - in_cycle // 146_096) // 365
    of_year = in_cycle - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return date(year + cycle * CYCLE + (month <= 2), month, day)


@lru_cache(maxsize=700)
def known_zone(name: str) -> ZoneInfo:
    """A zone of the IANA database. Raises OutOfDomain for one that it does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise OutOfDomain(f"no time zone is called {name!r}") from problem


def offset_at(zone: str, day: Date, nanos: int) -> int:
    """How many seconds a zone is ahead of UTC at a local time."""
    year = day.year if 1 < day.year < 9999 else 2000 + day.year % CYCLE
    moment = datetime(year, day.month, day.day) + timedelta(microseconds=nanos // 1000)  # noqa: DTZ001
    found = known_zone(zone).utcoffset(moment.replace(tzinfo=known_zone(zone)))
    return int(found.total_seconds()) if found is not None else 0


def usual_offset(zone: str) -> int:
    """How many seconds a zone is ahead of UTC when clocks have not gone forward."""
    winter = datetime(2000, 1, 1, tzinfo=known_zone(zone))
    found, summer = winter.utcoffset() or timedelta(), winter.dst() or timedelta()
    return int((found - summer).total_seconds())


def offset_of(moment: Time | DateTime) -> int | None:
    """Its offset from UTC in seconds; none for a local time."""
    if moment.zone is None:
        return moment.offset
    if isinstance(moment, Time):
        return usual_offset(moment.zone)
    return offset_at(moment.zone, moment.date, moment.nanos)


def instant(moment: DateTime, otherwise: int | None = None) -> int:
    """Nanoseconds since the start of 1970 in UTC; a local time is taken to have the offset `otherwise`, or 0."""
    offset = offset_of(moment)
    return days_of(moment.date) * DAY + moment.nanos - (offset if offset is not None else otherwise or 0) * SECOND


def time_value(moment: Time, otherwise: int | None = None) -> int:
    """Nanoseconds since midnight in UTC; a local time is taken to have the offset `otherwise`, or 0."""
    offset = offset_of(moment)
    return moment.nanos - (offset if offset is not None else otherwise or 0) * SECOND


def at_midnight(day: Date) -> DateTime:
    """A day as the moment at which it begins, in UTC."""
    return DateTime(day, 0, 0)


def shifted(moment: DateTime, nanos: int) -> DateTime:
    """A moment, so many nanoseconds later, in the same zone or at the same offset."""
    if moment.zone is None:
        days, rest = divmod(days_of(moment.date) * DAY + moment.nanos + nanos, DAY)
        return DateTime(day_of(days), rest, moment.offset)
    later = instant(moment) + nanos
    days, rest = divmod(later + offset_from_utc(moment.zone, later) * SECOND, DAY)
    return DateTime(day_of(days), rest, None, moment.zone)


def offset_from_utc(zone: str, nanos: int) -> int:
    """How many seconds a zone is ahead of UTC at a moment."""
    days = nanos // DAY
    day = day_of(days)
    year = day.year if 1 < day.year < 9999 else 2000 + day.year % CYCLE
    moment = datetime(year, day.month, day.day, tzinfo=UTC) + timedelta(microseconds=(nanos - days * DAY) // 1000)
    return int((moment.astimezone(known_zone(zone)).utcoffset() or timedelta()).total_seconds())


def months_later(day: Date, months: int) -> Date:
    """The same day of the month, so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if abs(year) > LAST_YEAR:
        raise OutOfDomain("there is no such year")
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def parts(nanos: int) -> tuple[int, int, Decimal]:
    """The hour, minute and second of a time of day."""
    hour, rest = divmod(nanos, HOUR)
    minute, rest = divmod(rest, MINUTE)
    return hour, minute, Decimal(rest) / SECOND


def nanos_at(hour: int, minute: int, second: Decimal) -> int:
    """Nanoseconds since midnight. Raises OutOfDomain for a time that no clock shows."""
    if not 0 <= hour <= 23 or not 0 <= minute <= 59 or not 0 <= second < 60:
        raise OutOfDomain("no clock shows such a time")
    return hour * HOUR + minute * MINUTE + int(second * SECOND)
