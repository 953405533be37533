"""Dates, times, durations and numbers as they are written.

Sources: XML Schema 1.1 part 2; ISO 8601; DMN 1.5, 10.3.4.1.
"""

import re
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import (
    DAY,
    HOUR,
    LAST_YEAR,
    MINUTE,
    SECOND,
    WIDEST_OFFSET,
    Date,
    DateTime,
    Days,
    Moment,
    Months,
    Time,
    day_of,
    days_of,
    known_zone,
    nanos_at,
)
from townhall.kernel.catalogue.decisions.feel.moments import date as day
from townhall.kernel.catalogue.decisions.feel.numbers import number

DATE = re.compile(r"(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([\w/+-]+))?"
)
DAYS = re.compile(r"(-?)P(?=.)(?:([0-9]+)D)?(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?")
MONTHS = re.compile(r"(-?)P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?")
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
MIDNIGHT = re.compile(r"24:00:00(?:\.0+)?(?![0-9.])")
"""The end of a day, which is the beginning of the next one."""
LONGEST = 100


def date(text: str) -> Date:
    """The day that a text is. Raises OutOfDomain where it is none."""
    found = DATE.fullmatch(text)
    if found is None:
        raise OutOfDomain(f"{shown(text)} is no date, as 2026-03-31 is")
    sign, year, month, of_month = found.groups()
    if sign and int(year) == 0:
        raise OutOfDomain("there is no year -0")
    return day(-int(year) if sign else int(year), int(month), int(of_month))


def time(text: str) -> Time:
    """The time of day that a text is. Raises OutOfDomain where it is none."""
    found = TIME.fullmatch(text)
    if found is None:
        raise OutOfDomain(f"{shown(text)} is no time, as 09:30:00 is")
    hour = 0 if MIDNIGHT.match(text) else int(found[1])
    nanos = nanos_at(hour, int(found[2]), Decimal(found[3][:12]))
    if found[4]:
        return Time(nanos, 0)
    if found[9]:
        known_zone(found[9])
        return Time(nanos, None, found[9])
    return Time(nanos, offset(found) if found[5] else None)


def offset(found: re.Match[str]) -> int:
    """The offset in a time, in seconds. Raises OutOfDomain for one that is too wide."""
    seconds = int(found[6]) * 3600 + int(found[7]) * 60 + int(found[8] or 0)
    if int(found[7]) > 59 or int(found[8] or 0) > 59 or seconds > WIDEST_OFFSET:
        raise OutOfDomain("an offset from UTC is at most 14 hours")
    return -seconds if found[5] == "-" else seconds


def date_time(text: str) -> DateTime:
    """The moment that a text is; a date alone is its midnight. Raises OutOfDomain where it is none."""
    before, sign, after = text.partition("T")
    on = date(before)
    if not sign:
        return DateTime(on, 0)
    at = time(after)
    next_day = day_of(days_of(on) + 1) if MIDNIGHT.match(after) else on
    return DateTime(next_day, at.nanos, at.offset, at.zone)


def duration(text: str) -> Days | Months:
    """The duration that a text is. Raises OutOfDomain where it is none."""
    if len(text) > LONGEST:
        raise OutOfDomain("a duration is not so long")
    if found := DAYS.fullmatch(text):
        sign, days, hours, minutes, seconds = found.groups()
        nanos = int(days or 0) * DAY + int(hours or 0) * HOUR + int(minutes or 0) * MINUTE
        nanos += int(Decimal(seconds or 0) * SECOND)
        return Days(-nanos if sign else nanos)
    if found := MONTHS.fullmatch(text):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        if months > LAST_YEAR * 12:
            raise OutOfDomain("a duration is not so long")
        return Months(-months if found[1] else months)
    raise OutOfDomain(f"{shown(text)} is no duration, as P1Y2M or P3DT4H is")


def moment(text: str) -> Moment | None:
    """The date, time, date and time or duration that a text is; none where it is none of them."""
    for read in (date, time, date_time, duration):
        try:
            return read(text)
        except OutOfDomain:
            continue
    return None


def plain_number(text: str) -> Decimal:
    """The number that a text is. Raises OutOfDomain where it is none."""
    if len(text) > 7000 or not NUMBER.fullmatch(text):
        raise OutOfDomain(f"{shown(text)} is no number")
    return number(text)


def shown(text: str) -> str:
    """A text in quotes, shortened."""
    return f'"{text}"' if len(text) < 60 else f'"{text[:57]}..."'
