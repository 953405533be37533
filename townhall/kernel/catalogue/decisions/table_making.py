"""Makes closures of decision tables, and says what they lack. Source: DMN 1.5, chapter 8."""

from collections.abc import Callable

from townhall.kernel.catalogue.decisions.columns import Cells
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.nodes import Literal, Node, Tests
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.model import Column, TableBox, TextBox
from townhall.kernel.catalogue.decisions.tables import Input, Output, Table
from townhall.kernel.catalogue.decisions.workshop import Workshop


def table(shop: Workshop, box: TableBox, names: tuple[str, ...]) -> Compiled:
    """A closure of a table."""
    inputs = tuple(input_column(shop, box, number, names) for number in range(len(box.inputs)))
    outputs = tuple(output_column(shop, column, names) for column in box.outputs)
    results = tuple(
        tuple(
            shop.typed(shop.box(cell, names), column.type, rule.place)
            for cell, column in zip(rule.results, box.outputs, strict=True)
        )
        for rule in box.rules
    )
    check(shop, box, results)
    made = Table(
        box, inputs, outputs, results, (1 << len(box.rules)) - 1, len(outputs) == 1 and outputs[0].allowed is None
    )
    return made.run


def check(shop: Workshop, box: TableBox, results: tuple[object, ...]) -> None:
    """Report what a table lacks."""
    if box.hit in "PO" and not all(column.values for column in box.outputs):
        shop.report(
            box.place, "By this hit policy results go in the order of the output's values, and it has none.",
            "List the values of each output, the most important first.", is_fatal=False,
        )  # fmt: skip
    if not box.outputs or not results:
        shop.report(box.place, "The table has no outputs or no rules.", "Add them.")
    if len(box.outputs) > 1 and len({column.name for column in box.outputs}) != len(box.outputs):
        shop.report(box.place, "Two outputs have the same name, or none.", "Give each output a name of its own.")


def input_column(shop: Workshop, box: TableBox, number: int, names: tuple[str, ...]) -> Input:
    """A column of inputs."""
    column = box.inputs[number]
    value = shop.typed(shop.text(column.text, names, column.place), column.type, column.place)
    nodes: list[Node] = []
    closures: list[Compiled] = []
    for rule in box.rules:
        text = rule.tests[number]
        closures.append(shop.tests(text, names, rule.place))
        nodes.append(node_of(shop, text, names))
    allowed = shop.tests(column.values, names, column.place) if column.values.strip() else None
    return Input(value, Cells(nodes, closures), allowed, column.label.en or column.text)


def node_of(shop: Workshop, text: str, names: tuple[str, ...]) -> Node:
    """What a cell is made of; for one that is not FEEL, something that is never satisfied."""
    try:
        return shop.reader.tests(text, names).node
    except FeelError:
        return Tests((Literal(object()),))


def output_column(shop: Workshop, column: Column, names: tuple[str, ...]) -> Output:
    """A column of outputs."""
    values = column.values.strip()
    listed = priorities(shop, values, names) if values else ()
    allowed = shop.tests(values, names, column.place) if values else None
    default: Callable[[Scope], Value] | None = None
    if column.default.strip():
        default = shop.typed(shop.box(TextBox(column.place, "", column.default), names), column.type, column.place)
    return Output(column.name, listed, allowed, default)


def priorities(shop: Workshop, text: str, names: tuple[str, ...]) -> tuple[Compiled, ...]:
    """The values of an output, in order, where they are written as values."""
    try:
        node = shop.reader.tests(text, names).node
    except FeelError:
        return ()
    if not isinstance(node, Tests) or not all(isinstance(test, Literal) for test in node.tests):
        return ()
    return tuple(node_value(test) for test in node.tests if isinstance(test, Literal))


def node_value(node: Literal) -> Compiled:
    """A closure of a value as it is written."""
    return lambda _: node.value
