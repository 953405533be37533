"""Reads the boxed expressions of DMN from XML. Source: DMN 1.5, 8.3 and 10.5.2."""

from collections.abc import Callable

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
from townhall.kernel.catalogue.decisions.xmltree import XmlElement

HITS = {
    "UNIQUE": "U", "FIRST": "F", "PRIORITY": "P", "ANY": "A", "COLLECT": "C", "RULE ORDER": "R", "OUTPUT ORDER": "O",
}  # fmt: skip
TOTALS = {"SUM": "+", "COUNT": "#", "MIN": "<", "MAX": ">"}

WHY_IN_WELSH, TOLD = "Why in Welsh", ("Told", "Told in Welsh")
"""The annotations of a table that are for whoever a rule applies to; the others say why it is there."""


def texts(found: XmlElement | None) -> str:
    """The text in an element's `text`; empty where there is none."""
    return found.text_of("text") if found is not None else ""


def boxed(found: XmlElement, file: str) -> Box | None:
    """The expression in an element; none where it has none."""
    inner = found.first(*BOXES)
    return box_in(inner, file) if inner is not None else None


def box_in(found: XmlElement, file: str) -> Box:
    """The expression that an element is."""
    return BOXES[found.name](found, Place(file, found.line), found.attributes.get("typeRef", ""))


def inside(found: XmlElement, name: str, file: str) -> Box | None:
    """The expression in the first element of a name."""
    inner = found.first(name)
    return boxed(inner, file) if inner is not None else None


def variable(found: XmlElement | None) -> Variable:
    """The name and type of a variable, parameter or column."""
    if found is None:
        return Variable("")
    return Variable(found.attributes.get("name", ""), found.attributes.get("typeRef", ""))


def text_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A literal expression."""
    return TextBox(place, kind, texts(found))


def context_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A context."""
    entries = [(variable(each.first("variable")), boxed(each, place.file)) for each in found.all("contextEntry")]
    return ContextBox(place, kind, tuple(entries))


def call_box(found: XmlElement, place: Place, kind: str) -> Box:
    """An invocation."""
    bindings = [(variable(each.first("parameter")), boxed(each, place.file)) for each in found.all("binding")]
    return CallBox(place, kind, boxed(found, place.file), tuple(bindings))


def function_box(found: XmlElement, file: str) -> FunctionBox:
    """A function definition."""
    parameters = tuple(variable(each) for each in found.all("formalParameter"))
    body, kind = boxed(found, file), found.attributes.get("kind", "FEEL")
    return FunctionBox(Place(file, found.line), found.attributes.get("typeRef", ""), parameters, body, kind)


def list_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A list."""
    return ListBox(place, kind, tuple(box_in(each, place.file) for each in found.all(*BOXES)))


def relation_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A relation."""
    columns = tuple(variable(each) for each in found.all("column"))
    rows = tuple(tuple(box_in(each, place.file) for each in row.all(*BOXES)) for row in found.all("row"))
    for row, element in zip(rows, found.all("row"), strict=True):
        if len(row) != len(columns):
            raise ModelError(
                f"A row has {len(row)} cells and there are {len(columns)} columns.", Place(place.file, element.line)
            )
    return RelationBox(place, kind, columns, rows)


def conditional_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A conditional."""
    test, yes, no = (inside(found, name, place.file) for name in ("if", "then", "else"))
    return ConditionalBox(place, kind, test, yes, no)


def filter_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A filter."""
    return FilterBox(place, kind, inside(found, "in", place.file), inside(found, "match", place.file))


def loop_box(found: XmlElement, place: Place, kind: str) -> Box:
    """An iterator."""
    name = found.attributes.get("iteratorVariable", "")
    result = inside(found, "return" if found.name == "for" else "satisfies", place.file)
    return LoopBox(place, kind, found.name, name, inside(found, "in", place.file), result)


def table_box(found: XmlElement, place: Place, kind: str) -> Box:
    """A decision table."""
    hit = found.attributes.get("hitPolicy", "UNIQUE")
    if hit not in HITS:
        raise ModelError(f"There is no hit policy {hit!r}.", place, f"It is one of {', '.join(HITS)}.")
    return TableBox(
        place,
        kind,
        HITS[hit],
        TOTALS.get(found.attributes.get("aggregation", ""), ""),
        tuple(input_column(each, place.file) for each in found.all("input")),
        tuple(output_column(each, place.file) for each in found.all("output")),
        tuple(rule(each, found, place.file) for each in found.all("rule")),
    )


def input_column(found: XmlElement, file: str) -> Column:
    """A column of inputs."""
    asked = found.first("inputExpression")
    label, kind = found.attributes.get("label", ""), asked.attributes.get("typeRef", "") if asked is not None else ""
    words, values = Words(label, found.attributes.get("welsh", "")), texts(found.first("inputValues"))
    return Column(Place(file, found.line), "", texts(asked), kind, words, values=values)


def output_column(found: XmlElement, file: str) -> Column:
    """A column of outputs."""
    attributes = found.attributes
    return Column(
        Place(file, found.line),
        attributes.get("name", ""),
        "",
        attributes.get("typeRef", ""),
        Words(attributes.get("label", ""), attributes.get("welsh", "")),
        texts(found.first("outputValues")),
        texts(found.first("defaultOutputEntry")),
    )


def rule(found: XmlElement, table: XmlElement, file: str) -> Rule:
    """A rule; its annotations are what to tell people, else its description. Raises ModelError for a missing cell."""
    place = Place(file, found.line)
    tests = tuple(texts(each) for each in found.all("inputEntry"))
    results = tuple(text_box(each, Place(file, each.line), "") for each in found.all("outputEntry"))
    if len(tests) != len(table.all("input")) or len(results) != len(table.all("output")):
        raise ModelError(
            "A rule has more or fewer cells than the table has columns.", place, "Write '-' where anything will do."
        )
    found_notes = [texts(each) for each in found.all("annotationEntry")]
    names = [each.attributes.get("name", "") for each in table.all("annotation")] + [""] * len(found_notes)
    notes = list(zip(names, found_notes, strict=False))
    welsh, *told = (dict(notes).get(name, "") for name in (WHY_IN_WELSH, *TOLD))
    apart = (WHY_IN_WELSH, *TOLD) if all(told) else (WHY_IN_WELSH,)
    why = "; ".join(note for name, note in notes if note and name not in apart) or found.text_of("description")
    return Rule(place, tests, results, Words(why, welsh if why else ""), (told[0], told[1]) if all(told) else ("", ""))


BOXES: dict[str, Callable[[XmlElement, Place, str], Box]] = {
    "literalExpression": text_box,
    "context": context_box,
    "invocation": call_box,
    "functionDefinition": lambda found, place, _: function_box(found, place.file),
    "list": list_box,
    "relation": relation_box,
    "conditional": conditional_box,
    "filter": filter_box,
    "for": loop_box,
    "some": loop_box,
    "every": loop_box,
    "decisionTable": table_box,
}
