"""Values as they come from outside, and as they go there: Python's own, and those of JSON."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from townhall.kernel.catalogue.decisions.feel import kinds, reading
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.moments import SECOND, Date, DateTime, Days, Months, Time, nanos_at
from townhall.kernel.catalogue.decisions.feel.numbers import number
from townhall.kernel.catalogue.decisions.feel.values import Function, Range, Value
from townhall.kernel.catalogue.decisions.feel.writing import string
from townhall.kernel.catalogue.decisions.limits import spend
from townhall.kernel.catalogue.decisions.types import ModelType

READ = {
    kinds.DATE: reading.date,
    kinds.TIME: reading.time,
    kinds.DATE_TIME: reading.date_time,
    kinds.DAYS: reading.duration,
    kinds.MONTHS: reading.duration,
}
SAME = (Decimal, bool, str, type(None), Date, Time, DateTime, Days, Months, Range, Function)
DEEPEST = 50


def taken(value: Any, wanted: ModelType | None = None, depth: int = 0) -> Value:
    """A value from outside as FEEL has it; texts are read as dates and durations where those are wanted.

    Raises OutOfDomain for what FEEL has no value for.
    """
    if depth > DEEPEST:
        raise OutOfDomain(f"the input is nested more than {DEEPEST} deep")
    if isinstance(value, str) and wanted is not None:
        return read(value, wanted.kind)
    if isinstance(value, SAME) and not isinstance(value, float):
        return number(value) if isinstance(value, Decimal) else value
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dict):
        parts = wanted.components if wanted else {}
        return {str(key): taken(held, parts.get(str(key)), depth + 1) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [taken(item, wanted.of if wanted else None, depth + 1) for item in value]
    return moment(value)


def read(text: str, kind: Kind) -> Value:
    """A text as a value of a kind, where it can be read so; else the text."""
    reader = READ.get(kind.of if isinstance(kind, kinds.ListKind) else kind)
    try:
        return reader(text) if reader else text
    except OutOfDomain:
        return text


def moment(value: Any) -> Value:
    """A date, time or duration of Python's as FEEL has it. Raises OutOfDomain for anything else."""
    if isinstance(value, datetime):
        return DateTime(Date(value.year, value.month, value.day), clock(value), *zone(value))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, time):
        return Time(clock(value), *zone(value))
    if isinstance(value, timedelta):
        return Days((value.days * 86_400 + value.seconds) * SECOND + value.microseconds * 1000)
    raise OutOfDomain(f"FEEL has no value for {type(value).__name__}")


def clock(value: datetime | time) -> int:
    """Nanoseconds since midnight."""
    return nanos_at(value.hour, value.minute, Decimal(value.second)) + value.microsecond * 1000


def zone(value: datetime | time) -> tuple[int | None, str | None]:
    """The offset or the zone of a moment."""
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        return None, value.tzinfo.key
    offset = value.utcoffset()
    return (int(offset.total_seconds()) if offset is not None else None), None


def given(value: Value) -> Any:
    """A value of FEEL as JSON has it: numbers as numbers, dates and the like as their texts."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**53 else float(value)
    if isinstance(value, list | dict):
        spend(1 + len(value))
    if isinstance(value, list):
        return [given(item) for item in value]
    if isinstance(value, dict):
        return {key: given(held) for key, held in value.items()}
    return string(value)
