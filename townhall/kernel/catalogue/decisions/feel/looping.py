"""Closures for what goes through lists: filters, for, some and every."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.comparing import both, either
from townhall.kernel.catalogue.decisions.feel.compiling import compiled, makes
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.moments import Date, day_of, days_of
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Filter,
    For,
    Iteration,
    Literal,
    Quantified,
    uses,
)
from townhall.kernel.catalogue.decisions.feel.numbers import is_whole, whole
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.values import Range, Value


@makes(Filter)
def filtered(node: Filter) -> Compiled:
    """`source[test]`: the item at a position, or those that satisfy the test."""
    source, test = compiled(node.source), compiled(node.test)
    if isinstance(node.test, Literal) and isinstance(node.test.value, Decimal):
        position = node.test.value
        return lambda scope: at_position(scope, listed(source(scope)), position)

    def choose(scope: Scope) -> Value:
        value = source(scope)
        if value is None:
            return null(scope, "null cannot be filtered")
        items = listed(value)
        inner = scope.inner()
        inner["item"] = None
        alone = test(inner) if not items else test(item_scope(scope, items[0]))
        if type(alone) is Decimal:
            return at_position(scope, items, alone)
        return satisfying(scope, items, test)

    return choose


def listed(value: Value) -> list[Value]:
    """A list as it is, null as an empty one, and anything else as a list of one."""
    if value is None:
        return []
    return value if type(value) is list else [value]


def item_scope(scope: Scope, item: Value) -> Scope:
    """The scope of a test of one item: `item` and, of a context, its entries."""
    inner = scope.inner()
    inner["item"] = item
    if type(item) is dict:
        inner.update(item)
    return inner


def satisfying(scope: Scope, items: list[Value], test: Compiled) -> Value:
    """The items of which a test is true; null where it is neither true nor false of one, nor null."""
    found: list[Value] = []
    for item in items:
        scope.run.step()
        answer = test(item_scope(scope, item))
        if answer is True:
            found.append(item)
        elif answer is not False and answer is not None:
            return null(scope, "what a list is filtered by is neither true nor false")
    return found


def at_position(scope: Scope, items: list[Value], position: Decimal) -> Value:
    """The item at a position: from 1, or from -1 backwards; null where there is none."""
    at = whole(position) if is_whole(position) else 0
    if not at or abs(at) > len(items):
        return null(scope, f"there is no item {position}")
    return items[at - 1 if at > 0 else at]


@makes(For)
def for_each(node: For) -> Compiled:
    """`for`: the results of going through one or more lists, the last one fastest."""
    domains, result = [domain(each) for each in node.iterations], compiled(node.result)
    names, partial = [each.name for each in node.iterations], uses(node.result, "partial")

    def collect(scope: Scope) -> Value:
        found: list[Value] = []
        try:
            for bound in bindings(scope, names, domains):
                if partial:
                    bound["partial"] = list(found)
                    scope.run.step(1 + len(found) // 8)
                found.append(result(bound))
        except OutOfDomain as problem:
            return null(scope, problem)
        return found

    return collect


@makes(Quantified)
def quantified(node: Quantified) -> Compiled:
    """`some` and `every`."""
    domains, test = [domain(each) for each in node.iterations], compiled(node.test)
    names = [each.name for each in node.iterations]
    join, ending = (either, True) if node.word == "some" else (both, False)

    def judge(scope: Scope) -> Value:
        found: bool | None = not ending
        try:
            for bound in bindings(scope, names, domains):
                found = join(found, test(bound))
                if found is ending:
                    return found
        except OutOfDomain as problem:
            return null(scope, problem)
        return found

    return judge


Domain = Callable[[Scope], Iterator[Value]]


def bindings(scope: Scope, names: list[str], domains: list[Domain]) -> Iterator[Scope]:
    """A scope for each combination of items, in order; later lists may use the names of earlier ones."""
    if not names:
        yield scope
        return
    for value in domains[0](scope):
        scope.run.step()
        inner = scope.inner()
        inner[names[0]] = value
        yield from bindings(inner, names[1:], domains[1:])


def domain(node: Iteration) -> Domain:
    """What a loop goes through: a list, a range, or the numbers or days from one to another."""
    start = compiled(node.domain)
    end = compiled(node.to) if node.to is not None else None

    def through(scope: Scope) -> Iterator[Value]:
        first = start(scope)
        if end is not None:
            return steps(first, end(scope))
        if isinstance(first, Range):
            return steps_in(first)
        if first is None:
            raise OutOfDomain("null cannot be gone through")
        return iter(listed(first))

    return through


def steps(first: Value, last: Value) -> Iterator[Value]:
    """The whole numbers or the days from one to another, upwards or downwards."""
    if isinstance(first, Date) and isinstance(last, Date):
        return map(day_of, between(days_of(first), days_of(last)))
    if type(first) is Decimal and type(last) is Decimal and is_whole(first) and is_whole(last):
        return map(Decimal, between(whole(first), whole(last)))
    raise OutOfDomain("a loop goes from one whole number to another, or from one date to another")


def between(first: int, last: int) -> Iterator[int]:
    """The whole numbers from one to another, both included."""
    step = 1 if last >= first else -1
    return iter(range(first, last + step, step))


def steps_in(held: Range) -> Iterator[Value]:
    """The whole numbers or the days of a range."""
    inside = steps(held.low, held.high)
    return (
        each for each in inside if (each != held.low or held.low_included) and (each != held.high or held.high_included)
    )
