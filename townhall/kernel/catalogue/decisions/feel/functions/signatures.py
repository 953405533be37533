"""How functions say what they take: `@builtin("substring", "string: string, length?: number")`.

A type with a `?` may be null; a parameter with a `?` may be left out; one that ends in `...` takes all that follow.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import Date, DateTime, Days, Months, Time
from townhall.kernel.catalogue.decisions.feel.values import COMPARABLE, Function, Range, Value
from townhall.kernel.catalogue.decisions.limits import Run


class NotTaken(OutOfDomain):
    """An argument is not of the type that a way of calling wants: another way may take it."""


TYPES: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (Date,),
    "time": (Time,),
    "moment": (DateTime,),
    "day": (Date, DateTime),
    "clock": (Time, DateTime, Date),
    "days": (Days,),
    "context": (dict,),
    "list": (list,),
    "range": (Range,),
    "point": COMPARABLE,
    "size": (Decimal, Days, Months),
    "function": (Function,),
    "any": (object,),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: what it takes, and whether it may be null or left out."""

    name: str
    types: tuple[type, ...]
    wants: str
    nullable: bool = False
    optional: bool = False

    def taken(self, value: Value) -> Value:
        """The value as it is taken: lists of one item are unpacked, other values packed where a list is wanted.

        Raises NotTaken where it is not of the type.
        """
        if self.wants == "any":
            return value
        if value is None:
            if self.nullable:
                return None
            raise NotTaken(f"{self.name!r} is null")
        if isinstance(value, self.types) and not (isinstance(value, bool) and bool not in self.types):
            return value
        if self.wants == "list":
            return [value]
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], self.types):
            return value[0]
        raise NotTaken(f"{self.name!r} is no {self.wants}")


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    rest: Parameter | None
    needed: int
    function: Callable[..., Value]

    def in_order(self, values: list[Value], names: tuple[str, ...]) -> list[Value] | None:
        """The arguments in order; none where this is not the way that they are given."""
        if not names:
            most = len(values) if self.rest else len(self.parameters)
            return values if self.needed <= len(values) <= most else None
        known = [parameter.name for parameter in self.parameters]
        if self.rest or not set(names) <= set(known):
            return None
        given = dict(zip(names, values, strict=True))
        return [given.get(name) for name in known]

    def is_named(self, names: tuple[str, ...]) -> bool:
        """Whether its parameters have these names, in this order."""
        return names == tuple(parameter.name for parameter in self.parameters)

    def invoke(self, run: Run, values: list[Value]) -> Value:
        """The result. Raises OutOfDomain where an argument is not what is taken."""
        own = [parameter.taken(value) for parameter, value in zip(self.parameters, values, strict=False)]
        if self.rest:
            own += [self.rest.taken(value) for value in values[len(self.parameters) :]]
        return self.function(run, *own)


@dataclass(slots=True)
class Builtin:
    """A function that everyone has, with the ways to call it."""

    name: str
    signatures: list[Signature] = field(default_factory=list[Signature])

    def invoke(self, run: Run, values: list[Value], names: tuple[str, ...] = ()) -> Value:
        """The result of the first way of calling that fits. Raises OutOfDomain where none does."""
        run.step()
        problem = OutOfDomain(f"{self.name} does not take these values")
        ways = sorted(self.signatures, key=lambda each: not each.is_named(names)) if names else self.signatures
        for signature in ways:
            arguments = signature.in_order(values, names)
            if arguments is None:
                continue
            try:
                found = signature.invoke(run, arguments)
            except NotTaken as raised:
                problem = OutOfDomain(f"{self.name}: {raised}")
                continue
            except OutOfDomain as raised:
                raise OutOfDomain(f"{self.name}: {raised}") from raised
            if isinstance(found, str | list):
                run.sized(len(found))  # pyright: ignore[reportUnknownArgumentType]
            return found
        raise problem


BUILTINS: dict[str, Builtin] = {}


def builtin(name: str, takes: str = "") -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function under a name, with one way to call it; a further one under the same name is another way."""
    parameters = [parameter(text) for text in takes.split(", ") if text]
    rest = parameters.pop() if takes.endswith("...") else None
    needed = sum(not each.optional for each in parameters) + (1 if rest else 0)

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        found = BUILTINS.setdefault(name, Builtin(name))
        found.signatures.append(Signature(tuple(parameters), rest, needed, function))
        return function

    return keep


def parameter(text: str) -> Parameter:
    """A parameter as it is written in a signature."""
    name, _, kind = text.removesuffix("...").partition(": ")
    wants = kind.removesuffix("?")
    optional = name.endswith("?")
    return Parameter(name.removesuffix("?"), TYPES[wants], wants, optional or kind.endswith("?"), optional)
