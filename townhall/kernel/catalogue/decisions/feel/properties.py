"""What stands after a dot: entries of contexts, parts of dates, times, durations and ranges.

Source: DMN 1.5, 10.3.2.13, tables 64 to 67.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    Days,
    Months,
    Time,
    offset_of,
    parts,
)
from townhall.kernel.catalogue.decisions.feel.values import Range, Value

Reading = dict[str, Callable[[Any], Value]]


def offset(moment: Time | DateTime) -> Value:
    """Its offset from UTC as a duration; null for a local time."""
    seconds = offset_of(moment)
    return None if seconds is None else Days(seconds * SECOND)


def of_duration(unit: int, limit: int) -> Callable[[Days], Decimal]:
    """How to read one part of a days and time duration."""

    def read(duration: Days) -> Decimal:
        whole = abs(duration.nanos) % limit // unit if limit else abs(duration.nanos) // unit
        return Decimal(-whole if duration.nanos < 0 else whole)

    return read


def seconds_of(duration: Days) -> Decimal:
    """The seconds of a duration beside its minutes."""
    rest = Decimal(abs(duration.nanos) % MINUTE) / SECOND
    return -rest if duration.nanos < 0 else rest


def of_months(part: int) -> Callable[[Months], Decimal]:
    """How to read the years (0) or the months (1) of a duration."""

    def read(duration: Months) -> Decimal:
        found = divmod(abs(duration.months), 12)[part]
        return Decimal(-found if duration.months < 0 else found)

    return read


DAY_PARTS: Reading = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
CLOCK_PARTS: Reading = {
    "hour": lambda moment: Decimal(parts(moment.nanos)[0]),
    "minute": lambda moment: Decimal(parts(moment.nanos)[1]),
    "second": lambda moment: parts(moment.nanos)[2],
    "time offset": offset,
    "timezone": lambda moment: moment.zone,
}
PROPERTIES: dict[type, Reading] = {
    Date: DAY_PARTS,
    Time: CLOCK_PARTS,
    DateTime: {name: (lambda moment, read=read: read(moment.date)) for name, read in DAY_PARTS.items()} | CLOCK_PARTS,
    Days: {
        "days": of_duration(DAY, 0),
        "hours": of_duration(HOUR, DAY),
        "minutes": of_duration(MINUTE, HOUR),
        "seconds": seconds_of,
    },
    Months: {"years": of_months(0), "months": of_months(1)},
    Range: {
        "start": lambda held: held.low,
        "end": lambda held: held.high,
        "start included": lambda held: held.low_included,
        "end included": lambda held: held.high_included,
    },
}


def member(value: Value, name: str) -> Value:
    """`value.name`; of a list, that of each item. Raises OutOfDomain where there is no such thing."""
    if type(value) is dict:
        if name not in value:
            raise OutOfDomain(f"there is no {name!r} in it")
        return value[name]
    if type(value) is list:
        return [held(item, name) for item in value]
    read = PROPERTIES.get(type(value), {}).get(name)
    if read is None:
        raise OutOfDomain(f"it has no {name!r}")
    return read(value)


def held(value: Value, name: str) -> Value:
    """`value.name`, or null where there is no such thing."""
    try:
        return member(value, name)
    except OutOfDomain:
        return None
