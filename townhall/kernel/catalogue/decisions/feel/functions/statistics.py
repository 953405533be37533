"""Functions that sum up lists of numbers. Source: DMN 1.5, 10.3.4.4."""

from collections.abc import Callable
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.numbers import MATH, ONE, ZERO, computed
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run

Numbers = list[Decimal]


def of_numbers(name: str) -> Callable[[Callable[[Numbers], Value]], Callable[[Numbers], Value]]:
    """Register a function of a list of numbers, or of numbers."""

    def keep(function: Callable[[Numbers], Value]) -> Callable[[Numbers], Value]:
        @builtin(name, "list: list")
        def of_list(run: Run, items: list[Value]) -> Value:
            return function(numbers(run, items))

        @builtin(name, "n: any...")
        def of_values(run: Run, *items: Value) -> Value:
            return function(numbers(run, list(items)))

        _ = of_list, of_values
        return function

    return keep


def numbers(run: Run, items: list[Value]) -> Numbers:
    """A list of numbers. Raises OutOfDomain where one is none."""
    run.step(len(items))
    if not all(type(item) is Decimal for item in items):
        raise OutOfDomain("one of these is no number")
    return items


def total(items: Numbers) -> Decimal:
    """The sum, rounded once to 34 digits at each step."""
    found = ZERO
    for item in items:
        found = computed(MATH.add, found, item)
    return found


@of_numbers("sum")
def sum_of(items: Numbers) -> Decimal | None:
    """The sum; null of none."""
    return total(items) if items else None


@of_numbers("mean")
def mean(items: Numbers) -> Decimal | None:
    """The average; null of none."""
    return computed(MATH.divide, total(items), Decimal(len(items))) if items else None


@of_numbers("product")
def product(items: Numbers) -> Decimal | None:
    """The product; null of none."""
    found = ONE
    for item in items:
        found = computed(MATH.multiply, found, item)
    return found if items else None


@of_numbers("median")
def median(items: Numbers) -> Decimal | None:
    """The middle one, or the average of the two in the middle; null of none."""
    ordered, half = sorted(items), len(items) // 2
    if not items:
        return None
    if len(items) % 2:
        return ordered[half]
    return computed(MATH.divide, computed(MATH.add, ordered[half - 1], ordered[half]), Decimal(2))


@of_numbers("stddev")
def stddev(items: Numbers) -> Decimal | None:
    """The standard deviation of a sample; null of fewer than two."""
    if len(items) < 2:
        return None
    middle = computed(MATH.divide, total(items), Decimal(len(items)))
    squares = [computed(MATH.power, computed(MATH.subtract, item, middle), Decimal(2)) for item in items]
    return computed(MATH.sqrt, computed(MATH.divide, total(squares), Decimal(len(items) - 1)))


@of_numbers("mode")
def mode(items: Numbers) -> Numbers:
    """Those that come most often, in ascending order."""
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)
