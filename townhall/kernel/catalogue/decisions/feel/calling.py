"""Closures for functions: their definitions, and calls."""

from townhall.kernel.catalogue.decisions.feel.compiling import compiled, makes
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS, Builtin
from townhall.kernel.catalogue.decisions.feel.inferring import infer_function
from townhall.kernel.catalogue.decisions.feel.kinds import ANY, Kind
from townhall.kernel.catalogue.decisions.feel.nodes import Call, Definition, Name
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.typing import converted
from townhall.kernel.catalogue.decisions.feel.values import Function, Value


@makes(Definition)
def definition(node: Definition) -> Compiled:
    """`function(...)`: a closure over the scope that it is defined in."""
    body, kind = compiled(node.body), infer_function(node, {})
    names = tuple(name for name, _ in node.parameters)
    types = [each or ANY for _, each in node.parameters]
    if node.external:
        return lambda scope: Function(names, kind, lambda _: null(scope, "nothing outside is ever called"), node)

    def define(scope: Scope) -> Function:
        return Function(names, kind, lambda values: invoked(scope, names, types, values, body), node)

    return define


def invoked(scope: Scope, names: tuple[str, ...], types: list[Kind], values: list[Value], body: Compiled) -> Value:
    """The result of a function of the model. Raises OutOfDomain where its arguments do not fit."""
    inner = scope.inner()
    for name, kind, value in zip(names, types, values, strict=True):
        inner[name], possible = converted(value, kind)
        if not possible:
            raise OutOfDomain(f"{name!r} is not of the type it should be")
    scope.run.enter()
    try:
        return body(inner)
    finally:
        scope.run.leave()


@makes(Call)
def call(node: Call) -> Compiled:
    """A call; null where there is no such function or its arguments do not fit.

    A value that has the name of a function which everyone has does not hide it.
    """
    function, names = compiled(node.function), node.names
    arguments = [compiled(each) for each in node.arguments]
    everywhere = BUILTINS.get(node.function.name) if isinstance(node.function, Name) else None

    def invoke(scope: Scope) -> Value:
        found = function(scope)
        if everywhere is not None and not isinstance(found, Function | Builtin):
            found = everywhere
        return answered(scope, found, [argument(scope) for argument in arguments], names)

    return invoke


def answered(scope: Scope, found: Value, values: list[Value], names: tuple[str, ...]) -> Value:
    """What a function gives for these values; null where it is none, or they do not fit."""
    try:
        if isinstance(found, Builtin):
            return found.invoke(scope.run, values, names)
        if isinstance(found, Function):
            return found.call(in_order(found, values, names))
    except OutOfDomain as problem:
        return null(scope, problem)
    return null(scope, "this is no function")


def in_order(function: Function, values: list[Value], names: tuple[str, ...]) -> list[Value]:
    """The arguments as a function takes them. Raises OutOfDomain for too many, too few or unknown ones."""
    if names:
        if not set(names) <= set(function.parameters):
            raise OutOfDomain(f"the function has no {', '.join(sorted(set(names) - set(function.parameters)))}")
        given = dict(zip(names, values, strict=True))
        return [given.get(name) for name in function.parameters]
    if len(values) != len(function.parameters):
        raise OutOfDomain(f"the function takes {len(function.parameters)} values")
    return values
