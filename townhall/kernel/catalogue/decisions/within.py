"""What is in an expression of a model: the expressions and the texts of FEEL that it holds."""

from collections.abc import Iterator

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


def texts_in(box: Box | None) -> Iterator[tuple[str, bool]]:
    """Every text of FEEL in an expression, and whether it is a cell of tests."""
    if isinstance(box, TextBox):
        yield box.text, False
    elif isinstance(box, TableBox):
        yield from texts_in_table(box)
    else:
        for inner in inside(box):
            yield from texts_in(inner)


def texts_in_table(box: TableBox) -> Iterator[tuple[str, bool]]:
    """Every text of FEEL in a table."""
    for column in box.inputs:
        yield column.text, False
    for column in box.outputs:
        yield column.default, False
    for each in box.rules:
        yield from ((text, True) for text in each.tests)
        for result in each.results:
            yield from texts_in(result)


def inside(box: Box | None) -> Iterator[Box | None]:
    """The expressions that an expression holds."""
    if isinstance(box, ContextBox):
        yield from (held for _, held in box.entries)
    elif isinstance(box, CallBox):
        yield box.function
        yield from (held for _, held in box.bindings)
    elif isinstance(box, FunctionBox):
        yield box.body
    elif isinstance(box, ListBox):
        yield from box.items
    elif isinstance(box, RelationBox):
        yield from (cell for row in box.rows for cell in row)
    elif isinstance(box, ConditionalBox):
        yield from (box.test, box.yes, box.no)
    elif isinstance(box, FilterBox):
        yield from (box.source, box.match)
    elif isinstance(box, LoopBox):
        yield from (box.source, box.result)
