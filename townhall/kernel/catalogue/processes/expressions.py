"""Expressions of a process: FEEL, read once, run with only the values that each one names."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from townhall.kernel.catalogue.decisions.conversion import read, taken
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Expression, Reader
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.nodes import Literal, Name, walk
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Limits
from townhall.kernel.catalogue.decisions.model import ModelError, Place

RESULT = "result"
"""What a task, a service, a message or a sub-process brought."""
EXACT = 10**34
"""Whole numbers below it are FEEL's as they are."""
LIMITS = Limits(steps=50_000, depth=30, length=100_000, characters=10_000, notes=5, document_bytes=1_000_000)


@dataclass(frozen=True, slots=True)
class Feel:
    """An expression of the file, compiled, with the names that it asks for."""

    text: str
    place: Place
    expression: Expression
    names: tuple[str, ...]
    constant: tuple[Value, ...] = ()

    def value(self, scope: Scope) -> Value:
        """What it comes to; null where something in it is missing, with a note in the run. Raises LimitReached."""
        try:
            return self.expression.run(scope)
        except RecursionError as problem:
            raise LimitReached("This is nested too deep.") from problem


@lru_cache(maxsize=10_000)
def expression_of(text: str, names: frozenset[str]) -> Expression:
    """A text that may speak of these names, read once however often it stands in files. Raises FeelError."""
    return Reader(limits=LIMITS).expression(text, names)


def compiled(text: str, names: Iterable[str], place: Place) -> Feel:
    """An expression that may speak of these names. Raises ModelError with a cure."""
    known = {*names, RESULT}
    try:
        expression = expression_of(text, frozenset(known))
    except FeelError as problem:
        cure = "Write it in FEEL; a text stands in double quotes inside the YAML's quotes."
        raise ModelError(f"{text!r} is not FEEL: {problem.message}.", place, cure) from problem
    for name, _ in expression.unknown:
        near = get_close_matches(name, known, 1)
        cure = f"Did you mean {near[0]!r}?" if near else "Name it under 'facts' or 'variables', or put it into quotes."
        raise ModelError(f"{text!r} speaks of {name!r}, which is nothing here.", place, cure)
    node = expression.node
    used = {each.name for each in walk(node) if isinstance(each, Name)}
    return Feel(
        text, place, expression, tuple(sorted(used & known)), (node.value,) if isinstance(node, Literal) else ()
    )


def as_feel(value: object, kind: Kind) -> Value:
    """A value kept as JSON as FEEL has it: a text is read as a date where one is meant. Raises OutOfDomain."""
    if value is None or isinstance(value, bool):
        return value
    if type(value) is int and -EXACT < value < EXACT:
        return Decimal(value)
    return read(value, kind) if isinstance(value, str) else taken(value)
