"""The parts of a FEEL expression, as the parser finds them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from townhall.kernel.catalogue.decisions.feel.kinds import Kind


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as it is written: a number, a text, true, false, null, or a date in quotes after an @."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name; `known` where it was in scope when it was read. `start` is where it stands."""

    name: str
    known: bool
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[test]`."""

    source: Node
    test: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`; `names` has one for each argument, or is empty where they go by position."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """An arithmetic sign or a comparison between two operands."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`left and right`, `left or right`."""

    word: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in tests`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of kind`; no kind where the type does not exist."""

    value: Node
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[low..high]`, `(low..high)` and their mixtures."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class Compared(Node):
    """`< end`, `>= end` and so on, standing alone: a range with one end, or a test."""

    sign: str
    end: Node


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """`[item, item]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """`{key: value}`."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if test then yes else no`."""

    test: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in domain`, or `name in domain..to`."""

    name: str
    domain: Node
    to: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for ... return result`."""

    iterations: tuple[Iteration, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some ... satisfies test`, `every ... satisfies test`."""

    word: str
    iterations: tuple[Iteration, ...]
    test: Node


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """`function(parameters) body`; `external` ones can be named but never called."""

    parameters: tuple[tuple[str, Kind | None], ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True)
class Anything(Node):
    """`-` in an input cell."""


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The tests in an input cell; `negated` where they stand in `not(...)`."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> Iterator[Node]:
    """The parts that a part is made of."""
    for each in fields(node):
        held = getattr(node, each.name)
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, Node):
                yield one


def walk(node: Node) -> Iterator[Node]:
    """A part and everything it is made of."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(children(one))


def uses(node: Node, name: str) -> bool:
    """Whether an expression speaks of a name."""
    return any(isinstance(each, Name) and each.name == name for each in walk(node))
