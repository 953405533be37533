"""Numbers of FEEL: decimals of 34 digits, as IEEE 754-2008 decimal128. Source: DMN 1.5, 10.3.2.3.1."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain

MATH = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)
WIDE = Context(prec=15_000, rounding=ROUND_HALF_EVEN, Emin=-20_000, Emax=20_000, traps=[InvalidOperation])
ZERO, ONE = Decimal(0), Decimal(1)
SMALLEST_SCALE, LARGEST_SCALE = -6111, 6176
LARGEST_POWER = 999_999_999
ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}


def number(value: str | int | float | Decimal) -> Decimal:
    """A number of 34 digits. Raises OutOfDomain for infinities and what is no number."""
    try:
        found = MATH.create_decimal(repr(value) if isinstance(value, float) else value)
    except DecimalException as problem:
        raise OutOfDomain(f"{value!r} is no number") from problem
    if not found.is_finite():
        raise OutOfDomain(f"{value!r} is no number")
    return found


def computed(operation: Callable[..., Decimal], *operands: Decimal) -> Decimal:
    """The result of an operation of `MATH`. Raises OutOfDomain where there is none, or it has too many digits."""
    try:
        return operation(*operands)
    except DivisionByZero as problem:
        raise OutOfDomain("nothing can be divided by 0") from problem
    except DecimalException as problem:
        raise OutOfDomain("the result is no number that can be written") from problem


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ** exponent`."""
    if abs(exponent) > LARGEST_POWER:
        raise OutOfDomain(f"an exponent is at most {LARGEST_POWER:,}")
    if not base and not exponent:
        return ONE
    return computed(MATH.power, base, exponent)


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """A number with that many digits after its point. Raises OutOfDomain for a scale outside -6111..6176."""
    places = whole(scale)
    if not SMALLEST_SCALE <= places <= LARGEST_SCALE:
        raise OutOfDomain(f"a scale is from {SMALLEST_SCALE} to {LARGEST_SCALE}")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    try:
        return MATH.create_decimal(value.quantize(Decimal((0, (1,), -places)), rounding, WIDE))
    except DecimalException as problem:
        raise OutOfDomain("the result is no number that can be written") from problem


def whole(value: Decimal) -> int:
    """The whole part of a number, as Python counts."""
    return int(value) if abs(value) < 10**18 else (10**18 if value > 0 else -(10**18))


def is_whole(value: Decimal) -> bool:
    """Whether a number has nothing after its point."""
    return value == value.to_integral_value()


def plain(value: Decimal) -> str:
    """A number as it is written, without an exponent."""
    if not value:
        value = abs(value)
    return format(value, "f")
