"""Functions of lists. Source: DMN 1.5, 10.3.4.4 and 10.3.4.9."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from townhall.kernel.catalogue.decisions.feel.comparing import equal, is_same, less, more
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.functions.texts import position
from townhall.kernel.catalogue.decisions.feel.numbers import whole
from townhall.kernel.catalogue.decisions.feel.values import Function, Value
from townhall.kernel.catalogue.decisions.limits import Run

Items = list[Value]


@builtin("list contains", "list: list, element: any")
def list_contains(run: Run, items: Items, element: Value) -> bool:
    """Whether a list has an item."""
    run.step(len(items))
    return any(equal(item, element) is True for item in items)


@builtin("count", "list: list")
def count(_: Run, items: Items) -> Decimal:
    """How many items a list has."""
    return Decimal(len(items))


def extreme(run: Run, items: Items, before: Callable[[Value, Value], bool | None]) -> Value:
    """The item that is before all others; null for none. Raises OutOfDomain where two cannot be compared."""
    run.step(len(items))
    if not items:
        return None
    found = items[0]
    for item in items:
        if less(item, found) is None:
            raise OutOfDomain("two of these cannot be compared")
        found = item if before(item, found) else found
    return found


@builtin("min", "list: list")
def smallest(run: Run, items: Items) -> Value:
    """The smallest item of a list."""
    return extreme(run, items, less)


@builtin("min", "c: any...")
def smallest_of(run: Run, *items: Value) -> Value:
    """The smallest value."""
    return extreme(run, list(items), less)


@builtin("max", "list: list")
def largest(run: Run, items: Items) -> Value:
    """The largest item of a list."""
    return extreme(run, items, more)


@builtin("max", "c: any...")
def largest_of(run: Run, *items: Value) -> Value:
    """The largest value."""
    return extreme(run, list(items), more)


def verdict(items: tuple[Value, ...], ending: bool) -> bool | None:
    """`ending` where an item is that; else its opposite where all are true or false; else null."""
    if any(item is ending for item in items):
        return ending
    if all(isinstance(item, bool) for item in items):
        return not ending
    raise OutOfDomain("one of these is neither true nor false")


@builtin("all", "list: list")
def all_of_list(_: Run, items: Items) -> bool | None:
    """Whether all items are true."""
    return verdict(tuple(items), ending=False)


@builtin("all", "b: any...")
def all_of(_: Run, *items: Value) -> bool | None:
    """Whether all values are true."""
    return verdict(items, ending=False)


@builtin("any", "list: list")
def any_of_list(_: Run, items: Items) -> bool | None:
    """Whether any item is true."""
    return verdict(tuple(items), ending=True)


@builtin("any", "b: any...")
def any_of(_: Run, *items: Value) -> bool | None:
    """Whether any value is true."""
    return verdict(items, ending=True)


@builtin("sublist", "list: list, start position: number, length?: number")
def sublist(_: Run, items: Items, start: Decimal, length: Decimal | None = None) -> Items:
    """A part of a list."""
    begin = position(start, len(items))
    if length is None:
        return items[begin:]
    if not 1 <= whole(length) <= len(items) - begin:
        raise OutOfDomain("the list has no part so long there")
    return items[begin : begin + whole(length)]


@builtin("append", "list: list, item: any...")
def append(_: Run, items: Items, *added: Value) -> Items:
    """A list with items after its own."""
    return [*items, *added]


@builtin("concatenate", "list: list...")
def concatenate(run: Run, *lists: Items) -> Items:
    """Lists one after another."""
    run.sized(sum(map(len, lists)))
    return [item for each in lists for item in each]


@builtin("insert before", "list: list, position: number, newItem: any")
def insert_before(_: Run, items: Items, at: Decimal, added: Value) -> Items:
    """A list with an item put in."""
    where = position(at, len(items))
    return [*items[:where], added, *items[where:]]


@builtin("remove", "list: list, position: number")
def remove(_: Run, items: Items, at: Decimal) -> Items:
    """A list without one of its items."""
    where = position(at, len(items))
    return [*items[:where], *items[where + 1 :]]


@builtin("list replace", "list: list, position: number, newItem: any")
def replace_at(_: Run, items: Items, at: Decimal, added: Value) -> Items:
    """A list with one of its items replaced."""
    where = position(at, len(items))
    return [*items[:where], added, *items[where + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any")
def replace_where(run: Run, items: Items, match: Function, added: Value) -> Items:
    """A list with those items replaced of which a function is true."""
    return [added if asked(run, match, item, added) else item for item in items]


def asked(run: Run, function: Function, one: Value, other: Value) -> bool:
    """What a function of two values says. Raises OutOfDomain where it says neither true nor false."""
    run.step()
    if len(function.parameters) != 2:
        raise OutOfDomain("the function takes two values")
    found = function.call([one, other])
    if not isinstance(found, bool):
        raise OutOfDomain("the function is neither true nor false")
    return found


@builtin("reverse", "list: list")
def reverse(_: Run, items: Items) -> Items:
    """A list backwards."""
    return items[::-1]


@builtin("index of", "list: list, match: any")
def index_of(run: Run, items: Items, match: Value) -> Items:
    """The positions of an item."""
    run.step(len(items))
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, match) is True]


def distinct(run: Run, items: Items) -> Items:
    """A list in which no item comes twice."""
    found: Items = []
    for item in items:
        run.step(1 + len(found))
        if not any(is_same(item, other) or equal(item, other) is True for other in found):
            found.append(item)
    return found


@builtin("union", "list: list...")
def union(run: Run, *lists: Items) -> Items:
    """Lists one after another, no item twice."""
    return distinct(run, [item for each in lists for item in each])


@builtin("distinct values", "list: list")
def distinct_values(run: Run, items: Items) -> Items:
    """A list in which no item comes twice."""
    return distinct(run, items)


@builtin("flatten", "list: list")
def flatten(run: Run, items: Items) -> Items:
    """A list with the items of the lists in it in their place."""
    found: Items = []
    waiting = items[::-1]
    while waiting:
        run.step()
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item[::-1])  # pyright: ignore[reportUnknownArgumentType]
        else:
            found.append(item)
    return found


@builtin("sort", "list: list, precedes: function")
def sort(run: Run, items: Items, precedes: Function) -> Items:
    """A list in the order that a function gives."""

    def compare(one: Value, other: Value) -> int:
        return -1 if asked(run, precedes, one, other) else int(asked(run, precedes, other, one))

    return sorted(items, key=cmp_to_key(compare))


@builtin("sort", "list: list")
def sort_plain(run: Run, items: Items) -> Items:
    """A list from its smallest item to its largest."""
    run.step(len(items) * 4)
    for item in items:
        if less(item, items[0]) is None:
            raise OutOfDomain("two of these cannot be compared")
    return sorted(items, key=cmp_to_key(lambda one, other: -1 if less(one, other) else int(more(one, other) is True)))
