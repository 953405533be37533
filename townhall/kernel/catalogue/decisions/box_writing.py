"""Writes expressions as YAML has them: the other direction of `yaml_boxes`."""

from collections.abc import Callable, Iterable
from typing import Any

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
from townhall.kernel.catalogue.decisions.yaml_boxes import HITS, TOTALS
from townhall.kernel.catalogue.decisions.yaml_text import Line

Held = dict[str, Any]
NOTHING = TextBox(Place(), "", "null")
"""What stands where a model has no expression."""
ONLY = "result"
"""The name of a table's only column of results, where it has none: nobody sees it."""
LETTERS = {letter: word for word, letter in HITS.items()}
SIGNS = {sign: word for word, sign in TOTALS.items()}


def written(box: Box | None) -> Any:
    """An expression: its text, else its keys. Raises ModelError for what YAML has no words for."""
    held = checked("", box) if isinstance(box, TableBox) and box.type else of_type("", box)
    return held["value"] if held.keys() == {"value"} else held


def of_type(kind: str, box: Box | None) -> Held:
    """The keys of an expression for something that is of a type itself; empty is any."""
    made = box or NOTHING
    own = "" if isinstance(made, FunctionBox) else made.type
    if own and kind and own != kind:
        return {"type": kind} | checked("", made)
    return ({"type": kind or own} if kind or own else {}) | keys_of(made)


def checked(kind: str, box: Box | None) -> Held:
    """An expression whose value is of a type, for where YAML has no place for that."""
    return {"context": {"value": of_type(kind, box)}, "result": "value"}


def keys_of(box: Box) -> Held:
    """The keys of an expression without its type."""
    return WRITERS[type(box)](box)


def keyed(pairs: Iterable[tuple[str, Any]], place: Place) -> Held:
    """Values by their names. Raises ModelError for a name that comes twice: YAML has each key once."""
    made: Held = {}
    for name, value in pairs:
        if name in made:
            raise ModelError(f"The name {name!r} comes twice.", place, "Rename one of them.")
        made[name] = value
    return made


def variables(found: tuple[Variable, ...], place: Place) -> Any:
    """Names with their types; names alone where none has one."""
    if any(each.type for each in found):
        return keyed(((each.name, each.type) for each in found), place)
    return [each.name for each in found]


def text(box: TextBox) -> Held:
    """A literal expression."""
    return {"value": box.text}


def context(box: ContextBox) -> Held:
    """A context; the entry without a name is what comes of it."""
    made: Held = {"context": {}}
    pairs: list[tuple[str, Any]] = []
    for variable, held in box.entries:
        if variable.name:
            value = of_type(variable.type, held)
            pairs.append((variable.name, value["value"] if value.keys() == {"value"} else value))
        else:
            made["result"] = checked(variable.type, held) if variable.type else written(held)
            break
    made["context"] = keyed(pairs, box.place)
    return made


def call(box: CallBox) -> Held:
    """An invocation."""
    pairs = [(each.name, checked(each.type, held) if each.type else written(held)) for each, held in box.bindings]
    return {"call": written(box.function), "with": keyed(pairs, box.place)}


def function(box: FunctionBox) -> Held:
    """A function as a value."""
    return {"function": body(box)}


def body(box: FunctionBox) -> Held:
    """The parameters of a function, and how its result is found. Raises ModelError for another kind than FEEL."""
    if box.kind != "FEEL":
        raise ModelError(f"A function of the kind {box.kind} is never called.", box.place, "Write it in FEEL.")
    inner = box.body or NOTHING
    is_typed = bool(inner.type) and not isinstance(inner, FunctionBox)
    return {"parameters": variables(box.parameters, box.place)} | (checked("", inner) if is_typed else keys_of(inner))


def listing(box: ListBox) -> Held:
    """A list."""
    return {"list": [written(each) for each in box.items]}


def relation(box: RelationBox) -> Held:
    """A relation: its columns, and its rows."""
    rows = [[written(cell) for cell in row] for row in box.rows]
    return {"relation": {"columns": variables(box.columns, box.place), "rows": rows}}


def conditional(box: ConditionalBox) -> Held:
    """`if`, `then`, `else`."""
    return {"if": written(box.test), "then": written(box.yes), "else": written(box.no)}


def filtered(box: FilterBox) -> Held:
    """A list, and what its items must satisfy."""
    return {"filter": written(box.source), "match": written(box.match)}


def loop(box: LoopBox) -> Held:
    """`for`, `some` and `every`."""
    result = "return" if box.word == "for" else "satisfies"
    return {box.word: box.name, "in": written(box.source), result: written(box.result)}


def table(box: TableBox) -> Held:
    """A decision table: a line for each rule."""
    made: Held = {"hit": LETTERS[box.hit]} | ({"total": SIGNS[box.total]} if box.total else {})
    is_alone = len(box.outputs) == 1
    made["inputs"] = [input_column(each) for each in box.inputs]
    made["outputs"] = [output_column(each, ONLY if is_alone else "") for each in box.outputs]
    return {"table": made | {"rules": [rule(each) for each in box.rules]}}


def input_column(column: Column) -> Any:
    """A column of inputs: its expression alone where nothing more is said."""
    more = {"label": in_file(column.label), "type": column.type, "allowed": column.values}
    more = {key: each for key, each in more.items() if each}
    return Line({"value": column.text} | more) if more else column.text


def output_column(column: Column, otherwise: str) -> Any:
    """A column of outputs: its name alone where nothing more is said."""
    more = {"label": in_file(column.label), "type": column.type, "values": column.values, "default": column.default}
    more, name = {key: each for key, each in more.items() if each}, column.name or otherwise
    return Line({"name": name} | more) if more else name


def rule(found: Rule) -> Held:
    """A rule: its tests, its results, and why."""
    results = [written(each) for each in found.results]
    is_one = len(results) == 1 and isinstance(results[0], str)
    made: Held = {"when": list(found.tests), "then": results[0] if is_one else results}
    made |= {"why": in_file(found.why)} if found.why else {}
    return Line(made | ({"told": dict(zip(("en", "cy"), found.told, strict=True))} if all(found.told) else {}))


def in_file(words: Words) -> Any:
    """Words as they are written: in both languages, or in English alone."""
    return Line({"en": words.en, "cy": words.cy}) if words.cy else words.en


WRITERS: dict[type[Box], Callable[[Any], Held]] = {
    TextBox: text,
    TableBox: table,
    ContextBox: context,
    CallBox: call,
    FunctionBox: function,
    ListBox: listing,
    RelationBox: relation,
    ConditionalBox: conditional,
    FilterBox: filtered,
    LoopBox: loop,
}
