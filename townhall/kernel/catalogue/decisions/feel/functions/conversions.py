"""Functions that make one kind of value of another. Source: DMN 1.5, 10.3.4.1."""

from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel import reading
from townhall.kernel.catalogue.decisions.feel.comparing import order
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.moments import (
    SECOND,
    WIDEST_OFFSET,
    Date,
    DateTime,
    Days,
    Months,
    Time,
    nanos_at,
)
from townhall.kernel.catalogue.decisions.feel.moments import date as day
from townhall.kernel.catalogue.decisions.feel.numbers import whole
from townhall.kernel.catalogue.decisions.feel.parts import range_of_text
from townhall.kernel.catalogue.decisions.feel.values import Range, Value
from townhall.kernel.catalogue.decisions.feel.writing import string
from townhall.kernel.catalogue.decisions.limits import Run

SEPARATORS = {" ", ",", "."}


@builtin("date", "from: string")
def date_of_text(_: Run, text: str) -> Date:
    """The day that a text is."""
    return reading.date(text)


@builtin("date", "from: day")
def date_of_moment(_: Run, moment: Date | DateTime) -> Date:
    """The day of a moment."""
    return moment.date if isinstance(moment, DateTime) else moment


@builtin("date", "year: number, month: number, day: number")
def date_of_parts(_: Run, year: Decimal, month: Decimal, of_month: Decimal) -> Date:
    """A day by its parts."""
    return day(whole(year), whole(month), whole(of_month))


@builtin("date and time", "from: string")
def moment_of_text(_: Run, text: str) -> DateTime:
    """The moment that a text is."""
    return reading.date_time(text)


@builtin("date and time", "date: day, time: time")
def moment_of_parts(_: Run, on: Date | DateTime, at: Time) -> DateTime:
    """A time of day on a day."""
    return DateTime(on.date if isinstance(on, DateTime) else on, at.nanos, at.offset, at.zone)


@builtin("time", "from: string")
def time_of_text(_: Run, text: str) -> Time:
    """The time of day that a text is."""
    return reading.time(text)


@builtin("time", "from: clock")
def time_of_moment(_: Run, moment: Time | DateTime | Date) -> Time:
    """The time of day of a moment; a day begins at midnight in UTC."""
    return Time(0, 0) if isinstance(moment, Date) else Time(moment.nanos, moment.offset, moment.zone)


@builtin("time", "hour: number, minute: number, second: number, offset?: days")
def time_of_parts(_: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: Days | None = None) -> Time:
    """A time of day by its parts."""
    if offset is not None and abs(offset.nanos) > WIDEST_OFFSET * SECOND:
        raise OutOfDomain("an offset from UTC is at most 14 hours")
    seconds = None if offset is None else int(Decimal(offset.nanos) / SECOND)
    return Time(nanos_at(whole(hour), whole(minute), second), seconds)


@builtin("number", "from: string")
def number_of_text(_: Run, text: str) -> Decimal:
    """The number that a text is."""
    return reading.plain_number(text)


@builtin("number", "from: string, grouping separator: string?, decimal separator: string?")
def number_of_grouped(_: Run, text: str, grouping: str | None, point: str | None) -> Decimal:
    """The number that a text is, in the manner of a country."""
    if grouping is not None and grouping not in SEPARATORS:
        raise OutOfDomain("digits are grouped by a space, a comma or a full stop")
    if point is not None and point not in {",", "."}:
        raise OutOfDomain("a decimal separator is a comma or a full stop")
    if grouping is not None and grouping == point:
        raise OutOfDomain("the two separators are the same")
    plain = text.replace(grouping, "") if grouping else text
    return reading.plain_number(plain.replace(point, ".") if point else plain)


@builtin("string", "from: any")
def text_of(_: Run, value: Value) -> str | None:
    """A value as a text."""
    if value is None:
        raise OutOfDomain("there is no text for null")
    return string(value)


@builtin("duration", "from: string")
def duration_of_text(_: Run, text: str) -> Days | Months:
    """The duration that a text is."""
    return reading.duration(text)


@builtin("range", "from: string")
def range_of(_: Run, text: str) -> Range:
    """The range that a text is, between values as they are written."""
    found = range_of_text(text)
    ends = (found.low, found.high)
    if ends == (None, None) or (None not in ends and order(*ends) not in {-1, 0}):
        raise OutOfDomain("a range goes from its lower end to its higher one")
    return found


@builtin("years and months duration", "from: day, to: day")
def months_between(_: Run, start: Date | DateTime, end: Date | DateTime) -> Months:
    """The whole months from one day or moment to another; backwards where the second is earlier."""
    if later(start, end):
        return Months(-full_months(end, start))
    return Months(full_months(start, end))


def later(one: Date | DateTime, other: Date | DateTime) -> bool:
    """Whether the first is on a later day than the second."""
    return calendar(one) > calendar(other)


def calendar(moment: Date | DateTime) -> tuple[int, int, int]:
    """What its calendar shows; the time of day does not count."""
    on = moment.date if isinstance(moment, DateTime) else moment
    return on.year, on.month, on.day


def full_months(start: Date | DateTime, end: Date | DateTime) -> int:
    """How many whole months lie between two, the earlier one first."""
    first, last = calendar(start), calendar(end)
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    return months - 1 if last[2] < first[2] else months
