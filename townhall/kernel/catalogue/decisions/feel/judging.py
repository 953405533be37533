"""Closures of tests: what stands in the input cells of tables, and after `in`."""

from townhall.kernel.catalogue.decisions.feel.comparing import COMPARISONS, either, satisfies
from townhall.kernel.catalogue.decisions.feel.compiling import compiled, makes
from townhall.kernel.catalogue.decisions.feel.nodes import Anything, Compared, In, Literal, Name, Node, Tests, uses
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.values import Value

INPUT = "?"
"""The name of the value that a test is about."""


def about(scope: Scope, value: Value) -> Scope:
    """The scope of tests of a value."""
    inner = scope.inner()
    inner[INPUT] = value
    return inner


@makes(Anything)
def anything(_: Anything) -> Compiled:
    """Always satisfied."""
    return lambda _: True


@makes(In)
def within(node: In) -> Compiled:
    """`value in tests`."""
    value, test = compiled(node.value), any_of([one_test(each, loose=False) for each in node.tests])

    def judge(scope: Scope) -> Value:
        return test(about(scope, value(scope)))

    return judge


@makes(Tests)
def tests(node: Tests) -> Compiled:
    """The tests of an input cell, of the value that `?` is in the scope."""
    found = any_of([one_test(each, loose=True) for each in node.tests])
    if not node.negated:
        return found

    def reverse(scope: Scope) -> Value:
        answer = found(scope)
        return not answer if isinstance(answer, bool) else None

    return reverse


def any_of(parts: list[Compiled]) -> Compiled:
    """Whether any of these is satisfied."""
    if len(parts) == 1:
        return parts[0]

    def judge(scope: Scope) -> Value:
        found: Value = False
        for part in parts:
            found = either(found, part(scope))
            if found is True:
                return True
        return found

    return judge


def one_test(node: Node, *, loose: bool) -> Compiled:
    """Whether the value that `?` is in the scope satisfies a test; `loose` ones may be true or false by themselves."""
    if isinstance(node, Compared):
        compare, end = COMPARISONS[node.sign], compiled(node.end)
        return lambda scope: compare(scope[INPUT], end(scope))
    test = compiled(node)
    speaks = uses(node, INPUT)

    def judge(scope: Scope) -> Value:
        found = test(scope)
        if speaks and isinstance(found, bool):
            return found
        value = scope[INPUT]
        if loose and isinstance(found, bool) and not isinstance(value, bool | list) and not isinstance(node, Literal):
            return found
        if found is None and not isinstance(node, Literal):
            return True if value is None and isinstance(node, Name) else None
        return satisfies(value, found)

    return judge
