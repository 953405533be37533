"""The types of FEEL as a lattice: which conforms to which. Source: DMN 1.5, 10.3.2.9."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A simple type, by its name; the others are made of these."""

    name: str


@dataclass(frozen=True, slots=True)
class ListKind(Kind):
    """list<of>."""

    of: Kind


@dataclass(frozen=True, slots=True)
class RangeKind(Kind):
    """range<of>."""

    of: Kind


@dataclass(frozen=True, slots=True)
class ContextKind(Kind):
    """context<name: type, ...>; no entries stands for any context."""

    entries: tuple[tuple[str, Kind], ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionKind(Kind):
    """function<parameters> -> result."""

    parameters: tuple[Kind, ...]
    result: Kind


ANY, NULL = Kind("Any"), Kind("Null")
NUMBER, STRING, BOOLEAN = Kind("number"), Kind("string"), Kind("boolean")
DATE, TIME, DATE_TIME = Kind("date"), Kind("time"), Kind("date and time")
DAYS, MONTHS = Kind("days and time duration"), Kind("years and months duration")
SIMPLE = {kind.name: kind for kind in (ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_TIME, DAYS, MONTHS)}
XML_NAMES = {
    "dateTime": DATE_TIME, "dayTimeDuration": DAYS, "yearMonthDuration": MONTHS, "any": ANY, "context": None,
}  # fmt: skip
ANY_CONTEXT = ContextKind("context")


def list_of(kind: Kind) -> ListKind:
    """list<kind>."""
    return ListKind("list", kind)


def range_of(kind: Kind) -> RangeKind:
    """range<kind>."""
    return RangeKind("range", kind)


def context_of(entries: dict[str, Kind]) -> ContextKind:
    """context<entries>."""
    return ContextKind("context", tuple(entries.items()))


def function_of(parameters: list[Kind], result: Kind) -> FunctionKind:
    """function<parameters> -> result."""
    return FunctionKind("function", tuple(parameters), result)


def conforms(one: Kind, other: Kind) -> bool:
    """Whether values of `one` may stand wherever `other` is expected."""
    if other == ANY or one in (NULL, other):
        return True
    if isinstance(one, ListKind) and isinstance(other, ListKind):
        return conforms(one.of, other.of)
    if isinstance(one, RangeKind) and isinstance(other, RangeKind):
        return conforms(one.of, other.of)
    if isinstance(one, ContextKind) and isinstance(other, ContextKind):
        have = dict(one.entries)
        return all(name in have and conforms(have[name], kind) for name, kind in other.entries)
    if isinstance(one, FunctionKind) and isinstance(other, FunctionKind):
        return (
            len(one.parameters) == len(other.parameters)
            and all(conforms(theirs, ours) for ours, theirs in zip(one.parameters, other.parameters, strict=True))
            and conforms(one.result, other.result)
        )
    return False


def described(kind: Kind) -> str:
    """A type as it is written, as in `list<number>`."""
    if isinstance(kind, ListKind | RangeKind):
        return f"{kind.name}<{described(kind.of)}>"
    if isinstance(kind, ContextKind):
        return f"context<{', '.join(f'{name}: {described(each)}' for name, each in kind.entries)}>"
    if isinstance(kind, FunctionKind):
        return f"function<{', '.join(map(described, kind.parameters))}> -> {described(kind.result)}"
    return kind.name
