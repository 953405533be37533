"""Values that Python has no type for: ranges and functions."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.kinds import FunctionKind
from townhall.kernel.catalogue.decisions.feel.moments import Date, DateTime, Days, Months, Time

Value = Any
"""null, true and false are Python's; numbers are Decimal, texts str, lists list, contexts dict."""
SIMPLE_TYPES = (str, Decimal, bool, Date, Time, DateTime, Days, Months)
COMPARABLE = (Decimal, str, Date, Time, DateTime, Days, Months)


@dataclass(frozen=True, slots=True)
class Range:
    """Values from one end to another; an end that is null is open."""

    low: Value
    high: Value
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the model: it is called with its arguments in order."""

    parameters: tuple[str, ...]
    kind: FunctionKind
    call: Callable[[list[Value]], Value]
    source: object = None
