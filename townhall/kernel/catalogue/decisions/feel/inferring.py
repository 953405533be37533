"""The type that an expression will have, as far as it can be told without running it."""

from collections.abc import Mapping

from townhall.kernel.catalogue.decisions.feel import kinds
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Between,
    Binary,
    Conditional,
    Definition,
    Entries,
    For,
    In,
    InstanceOf,
    Interval,
    Listing,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Quantified,
)
from townhall.kernel.catalogue.decisions.feel.typing import kind_of, shared

TRUTHS = (Logic, Between, In, InstanceOf, Quantified)
COMPARISONS = {"=", "!=", "<", "<=", ">", ">="}


def infer(node: Node, known: Mapping[str, Kind]) -> Kind:  # noqa: PLR0911
    """The type of an expression; Any where it cannot be told."""
    if isinstance(node, Literal):
        return kind_of(node.value)
    if isinstance(node, Name):
        return known.get(node.name, kinds.ANY)
    if isinstance(node, TRUTHS) or (isinstance(node, Binary) and node.sign in COMPARISONS):
        return kinds.BOOLEAN
    if isinstance(node, Binary):
        left, right = infer(node.left, known), infer(node.right, known)
        return left if left == right and left in {kinds.NUMBER, kinds.STRING} else kinds.ANY
    if isinstance(node, Negation):
        return infer(node.operand, known)
    if isinstance(node, Conditional):
        return shared([infer(node.yes, known), infer(node.no, known)])
    return infer_made(node, known)


def infer_made(node: Node, known: Mapping[str, Kind]) -> Kind:
    """The type of a list, context, range or function that an expression makes."""
    if isinstance(node, Listing):
        return kinds.list_of(shared([infer(item, known) for item in node.items]))
    if isinstance(node, For):
        return kinds.list_of(infer(node.result, {}))
    if isinstance(node, Entries):
        return kinds.context_of({key: infer(value, known) for key, value in zip(node.keys, node.values, strict=True)})
    if isinstance(node, Interval):
        return kinds.range_of(shared([infer(node.low, known), infer(node.high, known)]))
    if isinstance(node, Definition):
        return infer_function(node, known)
    return kinds.ANY


def infer_function(node: Definition, known: Mapping[str, Kind]) -> kinds.FunctionKind:
    """The type of a function."""
    parameters = {name: kind or kinds.ANY for name, kind in node.parameters}
    return kinds.function_of(list(parameters.values()), infer(node.body, {**known, **parameters}))
