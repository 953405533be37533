"""Equality, order and membership of values, in the logic of true, false and null. Source: DMN 1.5, 10.3.2.13."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.moments import (
    Date,
    DateTime,
    Days,
    Months,
    Time,
    instant,
    offset_of,
    time_value,
)
from townhall.kernel.catalogue.decisions.feel.values import COMPARABLE, Function, Range, Value
from townhall.kernel.catalogue.decisions.limits import spend


def both(one: Value, other: Value) -> bool | None:
    """`one and other`."""
    if one is False or other is False:
        return False
    return True if one is True and other is True else None


def either(one: Value, other: Value) -> bool | None:
    """`one or other`."""
    if one is True or other is True:
        return True
    return False if one is False and other is False else None


def opposite(one: Value) -> bool | None:
    """`not(one)`."""
    return not one if isinstance(one, bool) else None


def every(values: Iterable[Value]) -> bool | None:
    """Whether all are true."""
    found: bool | None = True
    for value in values:
        found = both(found, value)
        if found is False:
            break
    return found


def some(values: Iterable[Value]) -> bool | None:
    """Whether any is true."""
    found: bool | None = False
    for value in values:
        found = either(found, value)
        if found is True:
            break
    return found


def equal(one: Value, other: Value) -> bool | None:
    """Whether two values are the same; null where they are of different kinds."""
    if one is None or other is None:
        return one is other
    if type(one) is not type(other):
        return None
    compare = EQUALITIES.get(type(one))
    return bool(one == other) if compare is None else compare(one, other)


def equal_lists(one: list[Value], other: list[Value]) -> bool | None:
    """Lists are equal where they are as long and their items are equal."""
    if len(one) != len(other):
        return False
    spend(len(one))
    return every(equal(mine, yours) for mine, yours in zip(one, other, strict=True))


def equal_contexts(one: dict[str, Value], other: dict[str, Value]) -> bool | None:
    """Contexts are equal where they have the same keys with equal values."""
    if one.keys() != other.keys():
        return False
    spend(len(one))
    return every(equal(held, other[name]) for name, held in one.items())


def equal_ranges(one: Range, other: Range) -> bool | None:
    """Ranges are equal where their ends are, and the same ones are included."""
    if (one.low_included, one.high_included) != (other.low_included, other.high_included):
        return False
    return both(equal(one.low, other.low), equal(one.high, other.high))


def equal_in_order(one: Value, other: Value) -> bool:
    """Times and moments are equal where neither is before the other."""
    return order(one, other) == 0


def equal_functions(one: Function, other: Function) -> bool:
    """Functions are equal where they are the same one."""
    return one is other or (one.source is not None and one.source == other.source)


EQUALITIES: dict[type, Callable[[Value, Value], bool | None]] = {
    list: equal_lists,
    dict: equal_contexts,
    Range: equal_ranges,
    Time: equal_in_order,
    DateTime: equal_in_order,
    Function: equal_functions,
}


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same element of the domain: a zone is not the offset that it has."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list | dict):
        spend(len(one))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(held, other[name]) for name, held in one.items())
    return one is other or one == other


def order(one: Value, other: Value) -> int | None:
    """-1, 0 or 1, as the first is before, equal to or after the second; none where they cannot be compared."""
    if type(one) is not type(other) or not isinstance(one, COMPARABLE):
        return None
    mine, yours = sortable(one, other), sortable(other, one)
    return (mine > yours) - (mine < yours)


def sortable(value: Value, beside: Value) -> Value:
    """What Python compares in its place; a local time takes the offset of the other."""
    if isinstance(value, Decimal | str):
        return value
    if isinstance(value, Date):
        return value.year, value.month, value.day
    if isinstance(value, Time):
        return time_value(value, offset_of(beside))
    if isinstance(value, DateTime):
        return instant(value, offset_of(beside))
    return value.nanos if isinstance(value, Days) else value.months if isinstance(value, Months) else value


def less(one: Value, other: Value) -> bool | None:
    """`one < other`."""
    found = order(one, other)
    return None if found is None else found < 0


def less_or_equal(one: Value, other: Value) -> bool | None:
    """`one <= other`."""
    found = order(one, other)
    return None if found is None else found <= 0


def more(one: Value, other: Value) -> bool | None:
    """`one > other`."""
    found = order(one, other)
    return None if found is None else found > 0


def more_or_equal(one: Value, other: Value) -> bool | None:
    """`one >= other`."""
    found = order(one, other)
    return None if found is None else found >= 0


def unequal(one: Value, other: Value) -> bool | None:
    """`one != other`."""
    return opposite(equal(one, other))


COMPARISONS: dict[str, Callable[[Value, Value], bool | None]] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": less_or_equal,
    ">": more,
    ">=": more_or_equal,
}


def includes(held: Range, value: Value) -> bool | None:
    """Whether a range holds a value; null where it cannot be compared with its ends."""
    low: bool | None = True
    high: bool | None = True
    if held.low is not None:
        low = more_or_equal(value, held.low) if held.low_included else more(value, held.low)
    if held.high is not None:
        high = less_or_equal(value, held.high) if held.high_included else less(value, held.high)
    return both(low, high)


def satisfies(value: Value, test: Value) -> bool | None:
    """Whether a value is what a test came to: equal to it, in its range, or one of its list."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return includes(test, value)
    if isinstance(test, list):
        if isinstance(value, list) and equal(value, test) is True:
            return True
        return any(satisfies(value, each) is True for each in test if not isinstance(each, list)) or any(
            equal(value, each) is True for each in test if isinstance(each, list)
        )
    return equal(value, test)
