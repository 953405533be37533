"""Functions of numbers. Source: DMN 1.5, 10.3.4.5."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from functools import partial

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.moments import Days, Months
from townhall.kernel.catalogue.decisions.feel.numbers import MATH, ROUNDINGS, WIDE, ZERO, computed, is_whole, rounded
from townhall.kernel.catalogue.decisions.limits import Run


def rounding(name: str) -> Callable[[Run, Decimal, Decimal], Decimal]:
    """A function that rounds in one way."""

    def to_scale(_: Run, value: Decimal, scale: Decimal) -> Decimal:
        return rounded(value, scale, ROUNDINGS[name])

    return to_scale


def whole_rounding(name: str) -> Callable[[Run, Decimal], Decimal]:
    """A function that rounds in one way to a whole number."""

    def to_whole(_: Run, value: Decimal) -> Decimal:
        return rounded(value, ZERO, ROUNDINGS[name])

    return to_whole


for each in ROUNDINGS:
    builtin(each, "n: number, scale: number")(rounding(each))
for each in ("floor", "ceiling"):
    builtin(each, "n: number")(whole_rounding(each))


@builtin("abs", "n: size")
def absolute(_: Run, value: Decimal | Days | Months) -> Decimal | Days | Months:
    """A number or duration without its sign."""
    if isinstance(value, Days):
        return Days(abs(value.nanos))
    return Months(abs(value.months)) if isinstance(value, Months) else abs(value)


@builtin("modulo", "dividend: number, divisor: number")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """The remainder of a division, with the sign of the divisor."""
    run.step(abs(dividend.adjusted() - divisor.adjusted()))
    if not divisor:
        raise OutOfDomain("nothing can be divided by 0")
    if abs(dividend.adjusted() - divisor.adjusted()) > 7000:
        raise OutOfDomain("the two numbers are too far apart")
    quotient = WIDE.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    return computed(MATH.plus, WIDE.subtract(dividend, WIDE.multiply(divisor, quotient)))


def calculation(operation: Callable[[Decimal], Decimal], run: Run, value: Decimal) -> Decimal:
    """The result of an operation of one number."""
    run.step(20)
    found = computed(operation, value)
    if not found.is_finite():
        raise OutOfDomain("the result is no number")
    return found


builtin("sqrt", "number: number")(partial(calculation, MATH.sqrt))
builtin("log", "number: number")(partial(calculation, MATH.ln))
builtin("exp", "number: number")(partial(calculation, MATH.exp))


@builtin("odd", "number: number")
def odd(_: Run, value: Decimal) -> bool:
    """Whether a number is odd."""
    return is_whole(value) and int(value) % 2 == 1


@builtin("even", "number: number")
def even(_: Run, value: Decimal) -> bool:
    """Whether a number is even."""
    return is_whole(value) and int(value) % 2 == 0
