"""Reads expressions from YAML: texts of FEEL, tables, contexts, calls and the other boxes of DMN."""

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
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode

BOX_KEYS = (
    *("value", "table", "context", "call", "function", "list", "relation"),
    *("if", "then", "else", "filter", "match", "for", "some", "every", "in", "return", "satisfies", "with", "columns"),
    *("rows", "result"),
)
HITS = {
    "unique": "U", "first": "F", "priority": "P", "any": "A", "collect": "C", "rule order": "R", "output order": "O",
}  # fmt: skip
TOTALS = {"sum": "+", "count": "#", "min": "<", "max": ">"}


def texts_of(node: YamlNode) -> list[str]:
    """The texts that are listed."""
    return [each.text() for each in node.items()]


def tests_text(node: YamlNode) -> str:
    """Tests as a cell has them: one text, or a list of tests."""
    return ", ".join(texts_of(node))


def variables(node: YamlNode) -> tuple[Variable, ...]:
    """Names with types; a list has names alone."""
    if isinstance(node.held, dict):
        return tuple(Variable(name, each.text()) for name, each in node.held.items())
    return tuple(Variable(name) for name in texts_of(node))


def box_of(node: YamlNode) -> Box:
    """The expression that a node is, or holds under one of the keys of boxes."""
    if isinstance(node.held, str):
        return TextBox(node.place, "", node.held)
    held = node.keys()
    kind = held["type"].text() if "type" in held else ""
    for key, make in MAKERS.items():
        if key in held:
            return make(held, node.place, "" if "parameters" in held else kind)
    raise ModelError("There is no expression here.", node.place, f"Write one of {', '.join(MAKERS)}.")


def needed(held: dict[str, YamlNode], key: str, place: Place) -> YamlNode:
    """What is under a key. Raises ModelError where it is missing."""
    if key not in held:
        raise ModelError(f"{key!r} is missing.", place, "Add it.")
    return held[key]


def value(held: dict[str, YamlNode], place: Place, kind: str) -> Box:  # noqa: ARG001
    """A literal expression."""
    return TextBox(held["value"].place, kind, held["value"].text())


def context(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """A context; `result`, beside it, is what comes of it."""
    entries: list[tuple[Variable, Box | None]] = []
    for name, node in held["context"].keys().items():
        inner = node.held["type"].text() if isinstance(node.held, dict) and "type" in node.held else ""
        entries.append((Variable(name, inner), box_of(node)))
    if "result" in held:
        entries.append((Variable(""), box_of(held["result"])))
    return ContextBox(place, kind, tuple(entries))


def call(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """An invocation: the name of a function, `with` values by name."""
    bindings = held["with"].keys() if "with" in held else {}
    pairs = tuple((Variable(name), box_of(each)) for name, each in bindings.items())
    return CallBox(place, kind, box_of(held["call"]), pairs)


def function(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """A function: its parameters, and its result."""
    inner = held["function"].keys("parameters", "type", *BOX_KEYS)
    names = variables(inner["parameters"]) if "parameters" in inner else ()
    return FunctionBox(place, kind, names, box_of(held["function"]))


def listing(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """A list."""
    return ListBox(place, kind, tuple(box_of(each) for each in held["list"].items()))


def relation(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """A relation: its columns, and its rows."""
    inner = held["relation"].keys("columns", "rows")
    columns = variables(needed(inner, "columns", place))
    rows: list[tuple[Box, ...]] = []
    for row in needed(inner, "rows", place).items():
        rows.append(tuple(box_of(cell) for cell in row.items()))
        if len(rows[-1]) != len(columns):
            raise ModelError(f"A row has {len(rows[-1])} cells and there are {len(columns)} columns.", row.place)
    return RelationBox(place, kind, columns, tuple(rows))


def conditional(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """`if`, `then`, `else`."""
    return ConditionalBox(
        place, kind, box_of(held["if"]), box_of(needed(held, "then", place)), box_of(needed(held, "else", place))
    )


def filtered(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """`filter`, a list, and what its items must `match`."""
    return FilterBox(place, kind, box_of(held["filter"]), box_of(needed(held, "match", place)))


def loop(held: dict[str, YamlNode], place: Place, kind: str) -> Box:
    """`for`, `some` or `every`: a name; `in`: a list; `return` or `satisfies`: what comes of each item."""
    word = next(word for word in ("for", "some", "every") if word in held)
    result = needed(held, "return" if word == "for" else "satisfies", place)
    return LoopBox(place, kind, word, held[word].text(), box_of(needed(held, "in", place)), box_of(result))


def table(held: dict[str, YamlNode], place: Place, kind: str) -> Box:  # noqa: ARG001
    """A decision table; the type of a decision is not that of each of its results."""
    node = held["table"]
    inner = node.keys("hit", "total", "inputs", "outputs", "rules")
    hit = inner["hit"].text().lower() if "hit" in inner else "unique"
    total = inner["total"].text().lower() if "total" in inner else ""
    if hit not in HITS or (total and total not in TOTALS):
        known = f"Hit policies are {', '.join(HITS)}; totals are {', '.join(TOTALS)}."
        raise ModelError(f"There is no hit policy {hit!r} {total!r}.", node.place, known)
    inputs = tuple(input_column(each) for each in needed(inner, "inputs", node.place).items())
    outputs = tuple(output_column(each) for each in needed(inner, "outputs", node.place).items())
    rules = tuple(rule(each, len(inputs), len(outputs)) for each in needed(inner, "rules", node.place).items())
    return TableBox(node.place, "", HITS[hit], TOTALS.get(total, ""), inputs, outputs, rules)


def input_column(node: YamlNode) -> Column:
    """A column of inputs: an expression, or that with its label, type and allowed values."""
    if isinstance(node.held, str):
        return Column(node.place, "", node.held)
    held = node.keys("value", "label", "type", "allowed")
    texts = {key: tests_text(held[key]) for key in ("type", "allowed") if key in held}
    text, label = needed(held, "value", node.place).text(), words(held.get("label"))
    return Column(node.place, "", text, texts.get("type", ""), label, texts.get("allowed", ""))


def output_column(node: YamlNode) -> Column:
    """A column of outputs: a name, or that with its label, type, values and default."""
    if isinstance(node.held, str):
        return Column(node.place, node.held)
    found = node.keys("name", "label", "type", "values", "default")
    held = {key: tests_text(each) for key, each in found.items() if key != "label"}
    return Column(
        node.place,
        held.get("name", ""),
        "",
        held.get("type", ""),
        words(found.get("label")),
        held.get("values", ""),
        held.get("default", ""),
    )


def rule(node: YamlNode, inputs: int, outputs: int) -> Rule:
    """A rule: a list of its cells from left to right, or `when`, `then`, `why` and `told`."""
    why, told = Words(), ("", "")
    if isinstance(node.held, dict):
        held = node.keys("when", "then", "why", "told")
        cells = [*needed(held, "when", node.place).items(), *needed(held, "then", node.place).items()]
        why = words(held.get("why"))
        told = both_languages(held["told"]) if "told" in held else told
    else:
        cells = node.items()
    if len(cells) != inputs + outputs:
        message = f"A rule has {len(cells)} cells and the table has {inputs} inputs and {outputs} outputs."
        raise ModelError(message, node.place, "Write '-' where anything will do.")
    return Rule(
        node.place,
        tuple(tests_text(each) for each in cells[:inputs]),
        tuple(box_of(each) for each in cells[inputs:]),
        why,
        told,
    )


def words(node: YamlNode | None) -> Words:
    """What people read, in English alone or in both languages. Raises ModelError where one of two is missing."""
    if node is None:
        return Words()
    return Words(*both_languages(node)) if isinstance(node.held, dict) else Words(node.text())


def both_languages(node: YamlNode) -> tuple[str, str]:
    """A text in English and Welsh. Raises ModelError where one of them is missing."""
    held = node.keys("en", "cy") if isinstance(node.held, dict) else {}
    english, welsh = (held[key].text().strip() if key in held else "" for key in ("en", "cy"))
    if not english or not welsh:
        raise ModelError("This text is not in both languages.", node.place, "Write {en: …, cy: …}.")
    return english, welsh


MAKERS = {
    "value": value,
    "table": table,
    "context": context,
    "call": call,
    "function": function,
    "list": listing,
    "relation": relation,
    "if": conditional,
    "filter": filtered,
    "for": loop,
    "some": loop,
    "every": loop,
}
