"""What type a value is of, whether it fits another, and what is made of it where it nearly does.

Source: DMN 1.5, 10.3.2.9.
"""

from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel import kinds
from townhall.kernel.catalogue.decisions.feel.kinds import (
    ContextKind,
    FunctionKind,
    Kind,
    ListKind,
    RangeKind,
    conforms,
)
from townhall.kernel.catalogue.decisions.feel.moments import Date, DateTime, Days, Months, Time, at_midnight
from townhall.kernel.catalogue.decisions.feel.values import Function, Range, Value
from townhall.kernel.catalogue.decisions.limits import spend

SIMPLE: dict[type, Kind] = {
    type(None): kinds.NULL,
    bool: kinds.BOOLEAN,
    Decimal: kinds.NUMBER,
    str: kinds.STRING,
    Date: kinds.DATE,
    Time: kinds.TIME,
    DateTime: kinds.DATE_TIME,
    Days: kinds.DAYS,
    Months: kinds.MONTHS,
}


def kind_of(value: Value) -> Kind:
    """The type of a value."""
    if isinstance(value, list | dict):
        spend(len(value))
    if isinstance(value, list):
        return kinds.list_of(shared([kind_of(item) for item in value]))
    if isinstance(value, dict):
        return kinds.context_of({name: kind_of(held) for name, held in value.items()})
    if isinstance(value, Range):
        return kinds.range_of(shared([kind_of(value.low), kind_of(value.high)]))
    if isinstance(value, Function):
        return value.kind
    return SIMPLE.get(type(value), kinds.ANY)


def shared(found: list[Kind]) -> Kind:
    """The type that all conform to: the widest of them, else Any; Null for none."""
    widest: Kind = kinds.NULL
    for kind in found:
        if conforms(widest, kind):
            widest = kind
        elif not conforms(kind, widest):
            return kinds.ANY
    return widest


def is_instance(value: Value, kind: Kind) -> bool:
    """`value instance of kind`."""
    if value is None:
        return kind == kinds.NULL
    return fits(value, kind)


def fits(value: Value, kind: Kind) -> bool:
    """Whether a value, or null, may stand where a type is expected."""
    if value is None or kind == kinds.ANY:
        return True
    if isinstance(value, list | dict):
        spend(len(value))
    if isinstance(kind, ListKind):
        return isinstance(value, list) and all(fits(item, kind.of) for item in value)
    if isinstance(kind, ContextKind):
        return isinstance(value, dict) and all(name in value and fits(value[name], of) for name, of in kind.entries)
    if isinstance(kind, RangeKind):
        return isinstance(value, Range) and fits(value.low, kind.of) and fits(value.high, kind.of)
    if isinstance(kind, FunctionKind):
        return isinstance(value, Function) and conforms(value.kind, kind)
    return SIMPLE.get(type(value)) == kind


def converted(value: Value, kind: Kind) -> tuple[Value, bool]:
    """A value as a type has it, and whether it could be made so: lists of one item, and days as their midnight."""
    if fits(value, kind):
        return value, True
    if isinstance(value, list) and not isinstance(kind, ListKind):
        return converted(value[0], kind) if len(value) == 1 else (None, False)
    if isinstance(kind, ListKind) and not isinstance(value, list):
        one, possible = converted(value, kind.of)
        return ([one], True) if possible else (None, False)
    if kind == kinds.DATE_TIME and isinstance(value, Date):
        return at_midnight(value), True
    return None, False
