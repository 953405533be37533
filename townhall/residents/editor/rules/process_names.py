"""The variables and messages of a process: those that it has, and those that its steps have come to need."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from townhall.residents.editor.rules.process_changes import pairs
from townhall.residents.editor.rules.processes import steps_of
from townhall.residents.editor.rules.yaml_files import (
    Tree,
    as_list,
    as_map,
    as_text,
    flow,
)


def known_names(tree: Tree) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The facts that a process looks at and the variables that it keeps: names with types."""
    facts, kept = as_map(tree.get("facts")), as_map(tree.get("variables"))
    told = [(str(name), as_text(each) or as_text(as_map(each).get("type"))) for name, each in facts.items()]
    return told, [(str(name), as_text(each) or as_text(as_map(each).get("type"))) for name, each in kept.items()]


def write_names(tree: Tree, key: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write the facts or variables of a process, those that stay as they are."""
    wanted = {name.strip(): kind for name, kind in rows if name.strip()}
    held = tree.get(key)
    if {str(name): as_text(each) or as_text(as_map(each).get("type")) for name, each in as_map(held).items()} == wanted:
        return
    made = flow(
        {
            name: as_map(held)[name] if name in as_map(held) and as_map(as_map(held)[name]) else kind
            for name, kind in wanted.items()
        }
    )
    if not made:
        tree.pop(key, None)
    elif key in tree:
        tree[key] = made
    else:
        tree.insert(1, key, made)


FEEL = {
    "yes_no": "boolean", "declaration": "boolean", "number": "number", "money": "number", "date": "date",
    "checkboxes": "list", "group": "list", "files": "list", "matrix": "context", "address": "context",
    "place": "context", "bank_details": "context", "signature": "context",
}  # fmt: skip


"""The type of an answer for expressions, where it is no text."""


BROUGHT = {"result.on": "date", "result.amount_pence": "number"}


"""The type of what a service brings, where it is no text."""


NO_EXPRESSION = {"en", "cy", "name", "who", "to", "form", "letter", "skills", "start", "nation"}


COMPARING = re.compile(r"[<>=]|\b(and|or|not|true|false)\b")


def type_of(kind: str, value: str) -> str:
    """The type of a question's answer; of a calculated one by the look of its expression."""
    if kind in {"calculated", "hidden"}:
        return "boolean" if COMPARING.search(value) else "number"
    return FEEL.get(kind, "string")


def expressions(held: Any) -> Iterator[str]:
    """Every text of a process that may be an expression."""
    if isinstance(held, Mapping):
        for key, each in as_map(cast("Any", held)).items():
            if key not in NO_EXPRESSION:
                yield from expressions(each)
    elif isinstance(held, list):
        for each in as_list(cast("Any", held)):
            yield from expressions(each)
    elif held is not None:
        yield str(held)


def settle(tree: Tree, asked: Mapping[str, str], result: str = "string") -> None:
    """Name the answers that expressions look at, and no others, and the variables that ways set.

    `asked` has the type of each answer. A new variable gets the type `result`, or that of what a service brings.
    """
    text = "\n".join(
        expressions({key: each for key, each in tree.items() if key not in {"facts", "variables", "messages"}})
    )
    looked = {name for name in asked if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text)}
    told, kept = known_names(tree)
    types = dict(told)
    set_here = {
        name: each for step in steps_of(tree) for way in step.ways for name, each in pairs(way.sets, ";").items()
    }
    added = [(name, BROUGHT.get(set_here[name], result)) for name in sorted(set_here) if name not in dict(kept)]
    variables = [*kept, *added]
    write_names(tree, "variables", variables)
    facts = [name for name in types if name in looked or name not in asked]
    facts += [name for name in asked if name in looked and name not in types and name not in dict(variables)]
    write_names(tree, "facts", [(name, types.get(name) or asked[name]) for name in facts])
