"""Adding, subtracting, multiplying and dividing values. Source: DMN 1.5, 10.3.2.13, tables 56 to 60."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import (
    DAY,
    Date,
    DateTime,
    Days,
    Months,
    Time,
    at_midnight,
    day_of,
    days_of,
    instant,
    months_later,
    offset_of,
    shifted,
    time_value,
)
from townhall.kernel.catalogue.decisions.feel.numbers import MATH, computed, power
from townhall.kernel.catalogue.decisions.feel.values import Value

Operation = Callable[[Any, Any], Value]
LONGEST = 10**30


def add_time(at: Time, by: Days) -> Time:
    """A time of day, later; midnight is passed without notice."""
    return Time((at.nanos + by.nanos) % DAY, at.offset, at.zone)


def add_days(day: Date, by: Days) -> Date:
    """The day on which a duration ends that begins at a day's first moment."""
    return day_of((days_of(day) * DAY + by.nanos) // DAY)


def add_months(moment: DateTime, by: Months) -> DateTime:
    """The same time of day, months later."""
    return DateTime(months_later(moment.date, by.months), moment.nanos, moment.offset, moment.zone)


def between_moments(one: Date | DateTime, other: Date | DateTime) -> Days:
    """The time from the second to the first; days count from midnight in UTC. Both have an offset, or neither."""
    first = at_midnight(one) if isinstance(one, Date) else one
    second = at_midnight(other) if isinstance(other, Date) else other
    if (offset_of(first) is None) != (offset_of(second) is None):
        raise OutOfDomain("one of the two has a time zone and the other has none")
    return Days(instant(first) - instant(second))


def between_times(one: Time, other: Time) -> Days:
    """The time from the second to the first. Both have an offset, or neither."""
    if (offset_of(one) is None) != (offset_of(other) is None):
        raise OutOfDomain("one of the two has a time zone and the other has none")
    return Days(time_value(one) - time_value(other))


def minus(by: Days | Months) -> Any:
    """A duration backwards."""
    return Days(-by.nanos) if isinstance(by, Days) else Months(-by.months)


def times(by: Days | Months, factor: Decimal) -> Days | Months:
    """A duration so many times."""
    return scaled(by, computed(MATH.multiply, size(by), factor))


def divided(by: Days | Months, divisor: Decimal) -> Days | Months:
    """A part of a duration."""
    return scaled(by, computed(MATH.divide, size(by), divisor))


def ratio(one: Days | Months, other: Days | Months) -> Decimal:
    """How many times one duration holds another of its kind."""
    return computed(MATH.divide, size(one), size(other))


def size(duration: Days | Months) -> Decimal:
    """A duration's nanoseconds or months."""
    return Decimal(duration.nanos if isinstance(duration, Days) else duration.months)


def scaled(like: Days | Months, amount: Decimal) -> Days | Months:
    """A duration of the same kind with another size."""
    if abs(amount) > LONGEST:
        raise OutOfDomain("a duration is not so long")
    return Days(int(amount)) if isinstance(like, Days) else Months(int(amount))


ADD: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda one, other: computed(MATH.add, one, other),
    (str, str): lambda one, other: one + other,
    (Days, Days): lambda one, other: Days(one.nanos + other.nanos),
    (Months, Months): lambda one, other: Months(one.months + other.months),
    (DateTime, Months): add_months,
    (DateTime, Days): lambda one, other: shifted(one, other.nanos),
    (Time, Days): add_time,
    (Date, Months): lambda one, other: months_later(one, other.months),
    (Date, Days): add_days,
}
ADD |= {
    (Months, DateTime): lambda one, other: add_months(other, one),
    (Days, DateTime): lambda one, other: shifted(other, one.nanos),
    (Days, Time): lambda one, other: add_time(other, one),
    (Months, Date): lambda one, other: months_later(other, one.months),
    (Days, Date): lambda one, other: add_days(other, one),
}
SUBTRACT: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda one, other: computed(MATH.subtract, one, other),
    (Days, Days): lambda one, other: Days(one.nanos - other.nanos),
    (Months, Months): lambda one, other: Months(one.months - other.months),
    (DateTime, DateTime): between_moments,
    (DateTime, Date): between_moments,
    (Date, DateTime): between_moments,
    (Date, Date): between_moments,
    (Time, Time): between_times,
    (DateTime, Months): lambda one, other: add_months(one, minus(other)),
    (DateTime, Days): lambda one, other: shifted(one, -other.nanos),
    (Time, Days): lambda one, other: add_time(one, minus(other)),
    (Date, Months): lambda one, other: months_later(one, -other.months),
    (Date, Days): lambda one, other: add_days(one, minus(other)),
}
MULTIPLY: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda one, other: computed(MATH.multiply, one, other),
    (Days, Decimal): times,
    (Months, Decimal): times,
    (Decimal, Days): lambda one, other: times(other, one),
    (Decimal, Months): lambda one, other: times(other, one),
}
DIVIDE: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): lambda one, other: computed(MATH.divide, one, other),
    (Days, Decimal): divided,
    (Months, Decimal): divided,
    (Days, Days): ratio,
    (Months, Months): ratio,
}
POWER: dict[tuple[type, type], Operation] = {(Decimal, Decimal): power}
OPERATIONS = {"+": ADD, "-": SUBTRACT, "*": MULTIPLY, "/": DIVIDE, "**": POWER}


def calculated(sign: str, one: Value, other: Value) -> Value:
    """The result of an arithmetic sign. Raises OutOfDomain where the two cannot be taken together."""
    operation = OPERATIONS[sign].get((type(one), type(other)))
    if operation is None:
        raise OutOfDomain(f"{sign!r} does not go between these two")
    return operation(one, other)


def negated(value: Value) -> Value:
    """A number or duration with the other sign. Raises OutOfDomain for anything else."""
    if type(value) is Decimal:
        return -value
    if isinstance(value, Days | Months):
        return minus(value)
    raise OutOfDomain("only a number or a duration has an opposite")
