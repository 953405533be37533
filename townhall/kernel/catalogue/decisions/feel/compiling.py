"""Makes closures of expressions: each part becomes a function of the scope, once, with nothing left to interpret."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.arithmetic import OPERATIONS, calculated, negated
from townhall.kernel.catalogue.decisions.feel.comparing import COMPARISONS, both, either, order
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Between,
    Binary,
    Compared,
    Conditional,
    Entries,
    InstanceOf,
    Interval,
    Listing,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Path,
)
from townhall.kernel.catalogue.decisions.feel.numbers import MATH
from townhall.kernel.catalogue.decisions.feel.properties import member
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.typing import is_instance
from townhall.kernel.catalogue.decisions.feel.values import Range, Value

MAKERS: dict[type[Node], Callable[[Any], Compiled]] = {}
FAST = {"+": MATH.add, "-": MATH.subtract, "*": MATH.multiply}
MISSING = object()


def compiled(node: Node) -> Compiled:
    """A closure for an expression."""
    return MAKERS[type(node)](node)


def makes(*kinds: type[Node]) -> Callable[[Callable[[Any], Compiled]], Callable[[Any], Compiled]]:
    """Register the function that makes closures of these parts."""

    def keep(maker: Callable[[Any], Compiled]) -> Callable[[Any], Compiled]:
        for kind in kinds:
            MAKERS[kind] = maker
        return maker

    return keep


@makes(Literal)
def literal(node: Literal) -> Compiled:
    """The value itself."""
    value = node.value
    return lambda _: value


@makes(Name)
def name(node: Name) -> Compiled:
    """Looks the name up: what is in scope, else a function that everyone has."""
    wanted, builtin = node.name, BUILTINS.get(node.name)

    def look(scope: Scope) -> Value:
        found = scope.get(wanted, MISSING)
        if found is not MISSING:
            return found
        return builtin if builtin is not None else null(scope, f"there is no {wanted!r} here")

    return look


@makes(Path)
def path(node: Path) -> Compiled:
    """`source.name`."""
    source, wanted = compiled(node.source), node.name

    def look(scope: Scope) -> Value:
        value = source(scope)
        if type(value) is dict and wanted in value:
            return value[wanted]
        try:
            return member(value, wanted)
        except OutOfDomain as problem:
            return null(scope, problem)

    return look


@makes(Binary)
def binary(node: Binary) -> Compiled:
    """Arithmetic or a comparison, with a short way for two numbers."""
    left, right, sign = compiled(node.left), compiled(node.right), node.sign
    if sign not in OPERATIONS:
        compare = COMPARISONS[sign]
        return lambda scope: compare(left(scope), right(scope))
    fast = FAST.get(sign)

    def calculate(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if sign == "**":
            scope.run.step(20)
        try:
            if fast is not None and type(one) is Decimal and type(other) is Decimal:
                return fast(one, other)
            found = calculated(sign, one, other)
        except (OutOfDomain, ArithmeticError) as problem:
            return null(scope, str(problem) if isinstance(problem, OutOfDomain) else "the result is no number")
        if type(found) is str:
            scope.run.sized(len(found))
        return found

    return calculate


@makes(Negation)
def negation(node: Negation) -> Compiled:
    """`-operand`."""
    operand = compiled(node.operand)

    def negate(scope: Scope) -> Value:
        try:
            return negated(operand(scope))
        except OutOfDomain as problem:
            return null(scope, problem)

    return negate


@makes(Logic)
def logic(node: Logic) -> Compiled:
    """`and`, `or`: the operands of a row of them are taken one after another."""
    operands: list[Node] = []
    left: Node = node
    while isinstance(left, Logic) and left.word == node.word:
        operands.append(left.right)
        left = left.left
    parts = [compiled(each) for each in (left, *reversed(operands))]
    ending = node.word == "or"
    join = either if ending else both

    def judge(scope: Scope) -> Value:
        found: Value = not ending
        for part in parts:
            found = join(found, part(scope))
            if found is ending:
                return ending
        return found

    return judge


@makes(Between)
def between(node: Between) -> Compiled:
    """`value between low and high`."""
    value, low, high = compiled(node.value), compiled(node.low), compiled(node.high)
    at_least, at_most = COMPARISONS[">="], COMPARISONS["<="]

    def judge(scope: Scope) -> Value:
        found = value(scope)
        return both(at_least(found, low(scope)), at_most(found, high(scope)))

    return judge


@makes(Interval)
def interval(node: Interval) -> Compiled:
    """A range; null where its ends cannot be compared, or are the wrong way round."""
    low, high = compiled(node.low), compiled(node.high)

    def make(scope: Scope) -> Value:
        one, other = low(scope), high(scope)
        found = order(one, other)
        if found is None or found > 0:
            return null(scope, "a range goes from its lower end to its higher one")
        return Range(one, other, node.low_included, node.high_included)

    return make


@makes(Compared)
def compared(node: Compared) -> Compiled:
    """A range with one end."""
    end, sign = compiled(node.end), node.sign
    included = sign in {"<=", ">=", "="}

    def make(scope: Scope) -> Value:
        value = end(scope)
        if value is None or sign == "!=":
            return null(scope, "such a range has an end that is a value")
        if sign == "=":
            return Range(value, value, True, True)
        return Range(None, value, False, included) if sign[0] == "<" else Range(value, None, included, False)

    return make


@makes(Listing)
def listing(node: Listing) -> Compiled:
    """`[item, item]`."""
    items = [compiled(each) for each in node.items]
    return lambda scope: [item(scope) for item in items]


@makes(Entries)
def entries(node: Entries) -> Compiled:
    """`{key: value}`; null where a key comes twice."""
    pairs = list(zip(node.keys, map(compiled, node.values), strict=True))
    if len(set(node.keys)) != len(pairs):
        return lambda scope: null(scope, "a key comes twice in a context")

    def make(scope: Scope) -> Value:
        inner, made = scope.inner(), dict[str, Value]()
        for key, value in pairs:
            inner[key] = made[key] = value(inner)
        return made

    return make


@makes(Conditional)
def conditional(node: Conditional) -> Compiled:
    """`if`: null is answered by `else`, and what is neither true nor false by null."""
    test, yes, no = compiled(node.test), compiled(node.yes), compiled(node.no)

    def choose(scope: Scope) -> Value:
        found = test(scope)
        if found is True:
            return yes(scope)
        return no(scope) if found is False or found is None else null(scope, "the condition is neither true nor false")

    return choose


@makes(InstanceOf)
def instance_of(node: InstanceOf) -> Compiled:
    """`value instance of kind`."""
    value, kind = compiled(node.value), node.kind
    if kind is None:
        return lambda scope: null(scope, "there is no such type")
    return lambda scope: is_instance(value(scope), kind)
