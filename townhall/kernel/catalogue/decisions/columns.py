"""Which rules of a table an input satisfies, as a number with a bit for each rule.

Where the cells of a column are plain comparisons, that number is looked up: all values that cells name are put in
order when the table is made, and each gap between them has its number. Other cells are closures.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.judging import about
from townhall.kernel.catalogue.decisions.feel.moments import Date, Days, Months
from townhall.kernel.catalogue.decisions.feel.nodes import Anything, Compared, Interval, Literal, Node, Tests
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.values import Value

MOST_WORK = 3_000_000
"""How many rules times gaps a column may have to be looked up."""
KEYS: dict[type, Callable[[Any], Any]] = {
    Decimal: lambda value: value,
    str: lambda value: value,
    bool: lambda value: value,
    Date: lambda value: (value.year, value.month, value.day),
    Days: lambda value: value.nanos,
    Months: lambda value: value.months,
}
PLAIN = (Decimal, str, bool)
Span = tuple[int, int]
"""Places from one to another: 2n + 1 is the nth named value, 2n the gap before it."""


@dataclass(slots=True)
class Bound:
    """A comparison with a value as it is written."""

    sign: str
    value: Value


@dataclass(slots=True)
class Lookup:
    """For the values of one type: those that cells name, in order, and the rules for each and for each gap."""

    named: list[Any]
    masks: list[int]


def bounds(node: Node) -> list[list[Bound]] | None:
    """The comparisons of a cell: any of these rows, all comparisons of a row; none where it has others."""
    if not isinstance(node, Tests):
        return None
    found: list[list[Bound]] = []
    for test in node.tests:
        row = bounds_of(test)
        if row is None or any(type(each.value) not in KEYS for each in row):
            return None
        found.append(row)
    return found if len({type(each.value) for row in found for each in row}) == 1 else None


def bounds_of(test: Node) -> list[Bound] | None:
    """The comparisons that a test is; none where it is none."""
    if isinstance(test, Literal):
        return [Bound("=", test.value)]
    if isinstance(test, Compared) and isinstance(test.end, Literal):
        return [Bound(test.sign, test.end.value)] if test.sign != "!=" else None
    if isinstance(test, Interval) and isinstance(test.low, Literal) and isinstance(test.high, Literal):
        low, high = test.low.value, test.high.value
        if type(low) is not type(high) or type(low) not in KEYS or KEYS[type(low)](low) > KEYS[type(low)](high):
            return None
        return [Bound(">=" if test.low_included else ">", low), Bound("<=" if test.high_included else "<", high)]
    return None


@dataclass(slots=True)
class Cells:
    """The cells of a column: what each is made of, and its closure."""

    nodes: list[Node]
    closures: list[Compiled]
    always: int = 0
    for_null: int = 0
    """The rules that null satisfies among those that are looked up: it equals no value, so `not(1)` holds of it."""
    lookups: dict[type, Lookup] = field(default_factory=dict[type, Lookup])
    others: list[tuple[int, Compiled]] = field(default_factory=list[tuple[int, Compiled]])

    def __post_init__(self) -> None:
        by_type: dict[type, list[tuple[int, list[list[Bound]], bool]]] = {}
        for number, node in enumerate(self.nodes):
            rows = bounds(node)
            if isinstance(node, Anything):
                self.always |= 1 << number
            elif rows is None or not isinstance(node, Tests):
                self.others.append((1 << number, self.closures[number]))
            else:
                by_type.setdefault(type(rows[0][0].value), []).append((1 << number, rows, node.negated))
                if node.negated and all(each.sign == "=" for row in rows for each in row):
                    self.for_null |= 1 << number
        for kind, cells in by_type.items():
            named = sorted({KEYS[kind](each.value) for _, rows, _ in cells for row in rows for each in row})
            if len(named) * len(cells) > MOST_WORK:
                self.others += [(bit, self.closures[bit.bit_length() - 1]) for bit, _, _ in cells]
            else:
                self.lookups[kind] = Lookup(named, masks(named, kind, cells, self.always))

    def satisfied(self, value: Value, scope: Scope) -> int:
        """The rules whose cell the value satisfies, in the scope of the table."""
        kind = type(value)
        lookup = self.lookups.get(kind)
        if lookup is not None:
            key = value if kind in PLAIN else KEYS[kind](value)
            at = bisect_left(lookup.named, key)
            there = at < len(lookup.named) and lookup.named[at] == key
            found = lookup.masks[2 * at + 1 if there else 2 * at]
        elif value is None:
            found = self.always | self.for_null
        elif kind in KEYS:
            found = self.always
        else:
            return self.asked(about(scope, value))
        if self.others:
            inner = about(scope, value)
            for bit, test in self.others:
                if test(inner) is True:
                    found |= bit
        return found

    def asked(self, scope: Scope) -> int:
        """The same, by asking each cell."""
        return sum(1 << number for number, test in enumerate(self.closures) if test(scope) is True)


def masks(named: list[Any], kind: type, cells: list[tuple[int, list[list[Bound]], bool]], always: int) -> list[int]:
    """The rules for each named value and each gap."""
    places = {value: 2 * number + 1 for number, value in enumerate(named)}
    found = [always] * (2 * len(named) + 1)
    last = len(found) - 1
    for bit, rows, negated in cells:
        inside = {place for row in rows for place in range(*span(row, kind, places, last))}
        for place in set(range(last + 1)) - inside if negated else inside:
            found[place] |= bit
    return found


def span(row: list[Bound], kind: type, places: dict[Any, int], last: int) -> Span:
    """The first place that satisfies all comparisons of a row, and the one after the last."""
    start, end = 0, last
    for each in row:
        place = places[KEYS[kind](each.value)]
        if each.sign in {"=", ">=", ">"}:
            start = max(start, place + (each.sign == ">"))
        if each.sign in {"=", "<=", "<"}:
            end = min(end, place - (each.sign == "<"))
    return start, end + 1
