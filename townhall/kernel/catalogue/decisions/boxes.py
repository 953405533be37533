"""Closures of boxed expressions. Source: DMN 1.5, 10.2.1 and 10.4."""

from townhall.kernel.catalogue.decisions.feel.calling import answered
from townhall.kernel.catalogue.decisions.feel.comparing import both, either
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import function_of
from townhall.kernel.catalogue.decisions.feel.looping import item_scope, listed, satisfying, steps_in
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.values import Function, Range, Value
from townhall.kernel.catalogue.decisions.model import (
    Box,
    CallBox,
    ConditionalBox,
    ContextBox,
    FilterBox,
    FunctionBox,
    ListBox,
    LoopBox,
    RelationBox,
    TableBox,
    TextBox,
)
from townhall.kernel.catalogue.decisions.table_making import table
from townhall.kernel.catalogue.decisions.types import ModelType
from townhall.kernel.catalogue.decisions.workshop import Maker, Workshop

Names = tuple[str, ...]


def text(shop: Workshop, box: TextBox, names: Names) -> Compiled:
    """A literal expression."""
    return shop.text(box.text, names, box.place)


def context(shop: Workshop, box: ContextBox, names: Names) -> Compiled:
    """A context: the entry without a name is its result, else all entries are."""
    parts: list[tuple[str, Compiled]] = []
    for variable, held in box.entries:
        part = shop.box(held, names)
        kept = isinstance(held, FunctionBox)
        parts.append((variable.name, part if kept else shop.typed(part, variable.type, box.place)))
        names = (*names, variable.name) if variable.name else names
        if variable.name:
            shop.reader.members.add(variable.name)
    keys = [name for name, _ in parts if name]
    if len(set(keys)) != len(keys):
        shop.report(box.place, "Two entries of a context have the same name.", "Give one of them another.")
        return lambda scope: null(scope, "two entries of a context have the same name")

    def make(scope: Scope) -> Value:
        inner, made = scope.inner(), dict[str, Value]()
        for name, part in parts:
            value = part(inner)
            if not name:
                return value
            inner[name] = made[name] = value
        return made

    return make


def call(shop: Workshop, box: CallBox, names: Names) -> Compiled:
    """An invocation."""
    function = shop.untyped(box.function, names)
    given = [
        (variable.name, shop.typed(shop.box(held, names), variable.type, box.place)) for variable, held in box.bindings
    ]
    parameters = tuple(name for name, _ in given)

    def invoke(scope: Scope) -> Value:
        return answered(scope, function(scope), [value(scope) for _, value in given], parameters)

    return invoke


def function(shop: Workshop, box: FunctionBox, names: Names) -> Compiled:
    """A function definition; what is not FEEL is never called."""
    parameters = tuple(each.name for each in box.parameters)
    types = [shop.type(each.type, box.place) for each in box.parameters]
    result = shop.type(box.body.type if box.body is not None else box.type, box.place)
    kind = function_of([each.kind for each in types], result.kind)
    if box.kind != "FEEL":
        shop.report(
            box.place, f"A function of the kind {box.kind} is never called.", "Write it in FEEL.", is_fatal=False
        )
        return lambda scope: Function(parameters, kind, lambda _: null(scope, "nothing outside is ever called"))
    body = shop.box(box.body, (*names, *parameters))

    def define(scope: Scope) -> Function:
        return Function(parameters, kind, lambda values: applied(scope, parameters, types, values, body))

    return define


def applied(scope: Scope, parameters: Names, types: list[ModelType], values: list[Value], body: Compiled) -> Value:
    """The result of a function. Raises OutOfDomain where an argument is not of its type."""
    inner = scope.inner()
    for name, wanted, value in zip(parameters, types, values, strict=True):
        inner[name] = wanted.accepted(value, scope.run)
        if inner[name] is None and value is not None:
            raise OutOfDomain(f"{name!r} is not of the type it should be")
    scope.run.enter()
    try:
        return body(inner)
    finally:
        scope.run.leave()


def listing(shop: Workshop, box: ListBox, names: Names) -> Compiled:
    """A list."""
    items = [shop.box(each, names) for each in box.items]
    return lambda scope: [item(scope) for item in items]


def relation(shop: Workshop, box: RelationBox, names: Names) -> Compiled:
    """A list of contexts."""
    keys = [each.name for each in box.columns]
    for key in keys:
        shop.reader.members.add(key)
    rows = [
        [
            (column.name, shop.typed(shop.box(cell, names), column.type, box.place))
            for column, cell in zip(box.columns, row, strict=True)
        ]
        for row in box.rows
    ]
    return lambda scope: [{name: cell(scope) for name, cell in row} for row in rows]


def conditional(shop: Workshop, box: ConditionalBox, names: Names) -> Compiled:
    """`if`: null is answered by `else`, and what is neither true nor false by null."""
    test, yes, no = shop.box(box.test, names), shop.box(box.yes, names), shop.box(box.no, names)

    def choose(scope: Scope) -> Value:
        found = test(scope)
        if found is not None and not isinstance(found, bool):
            return null(scope, "the condition is neither true nor false")
        return yes(scope) if found is True else no(scope)

    return choose


def filtered(shop: Workshop, box: FilterBox, names: Names) -> Compiled:
    """The items of a list that satisfy something."""
    source = shop.box(box.source, names)
    inside = (*names, "item")
    if isinstance(box.match, TextBox):
        match = shop.text(box.match.text, inside, box.match.place, loose=True)
    else:
        match = shop.box(box.match, inside)

    def choose(scope: Scope) -> Value:
        value = source(scope)
        if value is None:
            return null(scope, "null cannot be filtered")
        return satisfying(scope, listed(value), match)

    return choose


def loop(shop: Workshop, box: LoopBox, names: Names) -> Compiled:
    """`for`, `some` and `every`."""
    source = shop.box(box.source, names)
    result = shop.box(box.result, (*names, box.name, "partial"))

    def results(scope: Scope, items: list[Value], *, partial: bool) -> list[Value]:
        found: list[Value] = []
        for item in items:
            scope.run.step(1 + len(found) // 8 if partial else 1)
            inner = item_scope(scope, None)
            inner[box.name] = item
            inner["partial"] = list(found) if partial else None
            found.append(result(inner))
        return found

    def go_through(scope: Scope) -> Value:
        value = source(scope)
        try:
            items = list(steps_in(value)) if isinstance(value, Range) else listed(value)
        except OutOfDomain as problem:
            return null(scope, problem)
        if value is None:
            return null(scope, "null cannot be gone through")
        found = results(scope, items, partial=box.word == "for")
        return found if box.word == "for" else judged(box.word, found)

    return go_through


def judged(word: str, found: list[Value]) -> bool | None:
    """What `some` or `every` says of these answers."""
    answer: bool | None = word == "every"
    for each in found:
        answer = both(answer, each) if word == "every" else either(answer, each)
    return answer


MAKERS: dict[type[Box], Maker] = {
    TextBox: text,
    ContextBox: context,
    CallBox: call,
    FunctionBox: function,
    ListBox: listing,
    RelationBox: relation,
    ConditionalBox: conditional,
    FilterBox: filtered,
    LoopBox: loop,
    TableBox: table,
}
