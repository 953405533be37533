"""Writes the boxed expressions of DMN: the other direction of `boxes_in_xml`. Source: DMN 1.5, 8.3 and 10.5.2."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from townhall.kernel.catalogue.decisions.boxes_in_xml import HITS, TOLD, TOTALS, WHY_IN_WELSH
from townhall.kernel.catalogue.decisions.model import (
    Box,
    CallBox,
    Column,
    ConditionalBox,
    ContextBox,
    FilterBox,
    FunctionBox,
    ListBox,
    LoopBox,
    ModelError,
    Place,
    RelationBox,
    Rule,
    TableBox,
    TextBox,
    Variable,
    Words,
)

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""
NOTHING = TextBox(Place(), "", "null")
NAMES = {letter: word for word, letter in HITS.items()}
SIGNS = {sign: word for word, sign in TOTALS.items()}


def tag(name: str, inside: str = "", /, **values: str) -> str:
    """An element with its attributes, without those that are empty."""
    told = "".join(f' {key}="{said(each)}"' for key, each in values.items() if each)
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def in_welsh(words: Words) -> dict[str, str]:
    """The Welsh of a text for which DMN has one place: an attribute of our own."""
    return {"townhall:welsh": words.cy}


def said(text: str) -> str:
    """A text as XML has it."""
    return escape(NO_XML.sub("\ufffd", text))


def text_in(name: str, text: str, /, **values: str) -> str:
    """An element that holds a text; nothing where there is none."""
    return tag(name, f"<text>{said(text)}</text>", **values) if text else ""


def variable(name: str, found: Variable) -> str:
    """A name with its type."""
    return tag(name, name=found.name, typeRef=found.type)


def written(box: Box | None) -> str:
    """An expression."""
    made = box or NOTHING
    return WRITERS[type(made)](made)


def text(box: TextBox) -> str:
    """A literal expression."""
    return tag("literalExpression", f"<text>{said(box.text)}</text>", typeRef=box.type)


def context(box: ContextBox) -> str:
    """A context."""
    entries = [tag("contextEntry", (variable("variable", each) if each.name else "") + written(held))
               for each, held in box.entries]  # fmt: skip
    return tag("context", "".join(entries), typeRef=box.type)


def call(box: CallBox) -> str:
    """An invocation."""
    pairs = [tag("binding", variable("parameter", each) + written(held)) for each, held in box.bindings]
    return tag("invocation", written(box.function) + "".join(pairs), typeRef=box.type)


def function(box: FunctionBox, name: str = "functionDefinition") -> str:
    """A function; also the logic of a business knowledge model."""
    parameters = "".join(variable("formalParameter", each) for each in box.parameters)
    return tag(name, parameters + written(box.body), kind=box.kind, typeRef=box.type)


def listing(box: ListBox) -> str:
    """A list."""
    return tag("list", "".join(written(each) for each in box.items), typeRef=box.type)


def relation(box: RelationBox) -> str:
    """A relation."""
    rows = [tag("row", "".join(written(cell) for cell in row)) for row in box.rows]
    return tag("relation", "".join([*(variable("column", each) for each in box.columns), *rows]), typeRef=box.type)


def conditional(box: ConditionalBox) -> str:
    """`if`, `then`, `else`."""
    parts = (("if", box.test), ("then", box.yes), ("else", box.no))
    return tag("conditional", "".join(tag(name, written(each)) for name, each in parts), typeRef=box.type)


def filtered(box: FilterBox) -> str:
    """A filter."""
    return tag("filter", tag("in", written(box.source)) + tag("match", written(box.match)), typeRef=box.type)


def loop(box: LoopBox) -> str:
    """`for`, `some` and `every`."""
    result = tag("return" if box.word == "for" else "satisfies", written(box.result))
    return tag(box.word, tag("in", written(box.source)) + result, iteratorVariable=box.name, typeRef=box.type)


def table(box: TableBox) -> str:
    """A decision table; why a rule is there, and what somebody is told by it, are annotations."""
    notes = ["Why", WHY_IN_WELSH, *TOLD] if any(any(each.told) or each.why.cy for each in box.rules) else ["Why"]
    held = [*map(input_column, box.inputs), *map(output_column, box.outputs)]
    held += [*(tag("annotation", name=each) for each in notes), *(rule(each, len(notes)) for each in box.rules)]
    total = SIGNS.get(box.total, "")
    return tag("decisionTable", "\n".join(held), typeRef=box.type, hitPolicy=NAMES[box.hit], aggregation=total)


def input_column(column: Column) -> str:
    """A column of inputs."""
    asked = text_in("inputExpression", column.text, typeRef=column.type)
    return tag("input", asked + text_in("inputValues", column.values), label=column.label.en, **in_welsh(column.label))


def output_column(column: Column) -> str:
    """A column of results."""
    inside = text_in("outputValues", column.values) + text_in("defaultOutputEntry", column.default)
    return tag("output", inside, name=column.name, label=column.label.en, typeRef=column.type, **in_welsh(column.label))


def rule(found: Rule, notes: int) -> str:
    """A rule. Raises ModelError for a result that is no text of FEEL: DMN has no place for it in a table."""
    if any(not isinstance(each, TextBox) for each in found.results):
        cure = "Write it as one expression, or as a decision of its own."
        raise ModelError("A result of this rule is no single expression, as DMN wants it.", found.place, cure)
    results: Any = found.results
    cells = [tag("inputEntry", f"<text>{said(each)}</text>") for each in found.tests]
    cells += [tag("outputEntry", f"<text>{said(each.text)}</text>") for each in results]
    told = (found.why.en, found.why.cy, *found.told)[:notes]
    cells += [tag("annotationEntry", f"<text>{said(each)}</text>") for each in told]
    return tag("rule", "".join(cells))


WRITERS: dict[type[Box], Callable[[Any], str]] = {
    TextBox: text, TableBox: table, ContextBox: context, CallBox: call, FunctionBox: function, ListBox: listing,
    RelationBox: relation, ConditionalBox: conditional, FilterBox: filtered, LoopBox: loop,
}  # fmt: skip
