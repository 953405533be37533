"""Functions of dates, and the present. Source: DMN 1.5, 10.3.4.6, 10.3.4.8 and 10.3.4.11."""

from datetime import UTC, datetime
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.comparing import is_same
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.moments import Date, DateTime, days_of, nanos_at
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(moment: Date | DateTime) -> Date:
    """The day of a moment."""
    return moment.date if isinstance(moment, DateTime) else moment


@builtin("is", "value1: any, value2: any")
def same(_: Run, one: Value, other: Value) -> bool:
    """Whether two values are the same element of the domain."""
    return is_same(one, other)


@builtin("day of year", "date: day")
def day_of_year(_: Run, moment: Date | DateTime) -> Decimal:
    """1 for 1 January."""
    on = day(moment)
    return Decimal(days_of(on) - days_of(Date(on.year, 1, 1)) + 1)


@builtin("day of week", "date: day")
def day_of_week(_: Run, moment: Date | DateTime) -> str:
    """The name of the day of the week."""
    return WEEKDAYS[day(moment).weekday - 1]


@builtin("month of year", "date: day")
def month_of_year(_: Run, moment: Date | DateTime) -> str:
    """The name of the month."""
    return MONTHS[day(moment).month - 1]


@builtin("week of year", "date: day")
def week_of_year(_: Run, moment: Date | DateTime) -> Decimal:
    """The number of the week: the first is the one with the year's first Thursday (ISO 8601)."""
    on = day(moment)
    thursday = days_of(on) - on.weekday + 4
    year = on.year
    for candidate in (on.year + 1, on.year, on.year - 1):
        if days_of(Date(candidate, 1, 1)) <= thursday:
            year = candidate
            break
    return Decimal((thursday - days_of(Date(year, 1, 1))) // 7 + 1)


@builtin("now")
def now(run: Run) -> DateTime:
    """The present, in UTC."""
    moment = run.now or datetime.now(UTC)
    moment = moment.astimezone(UTC)
    seconds = Decimal(moment.second) + Decimal(moment.microsecond) / 1_000_000
    return DateTime(Date(moment.year, moment.month, moment.day), nanos_at(moment.hour, moment.minute, seconds), 0)


@builtin("today")
def today(run: Run) -> Date:
    """The day it is where the decision is taken."""
    moment = run.now or datetime.now(UTC)
    return Date(moment.year, moment.month, moment.day)
