"""Decision tables as a spreadsheet: cells from a file, and back into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Seq,
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    at,
    words,
)

HITS = ("unique", "first", "priority", "any", "collect", "rule order", "output order")


TOTALS = ("", "sum", "count", "min", "max")


TYPES = (
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)


ROWS_SHOWN = 60


"""Rules on one page: a form of more fields than that would be refused."""


NOTHING = Words()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it looks at (an input's expression, an output's name), what people call it."""

    key: str
    value: str
    label: Words = NOTHING

    @property
    def title(self) -> str:
        """What heads it, in English."""
        return self.label.en or self.value


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: its number from 1, its cells, why it is so in words, its line in the file, and what people are told."""

    number: int
    cells: tuple[str, ...]
    why: Words
    line: int
    is_open: bool = True
    """Whether all its cells are texts; what has structure of its own is changed as text."""
    told: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Grid:
    """A decision table as it is shown."""

    decision: str
    hit: str
    total: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = ""
    question: Words = NOTHING

    @property
    def columns(self) -> tuple[Column, ...]:
        """Inputs, then outputs."""
        return (*self.inputs, *self.outputs)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a table: the cells of rules by their number from 0, and the rest of the page."""

    hit: str
    total: str
    inputs: Sequence[Column]
    outputs: Sequence[Column]
    rows: Mapping[int, tuple[Sequence[str], Words]]
    given: Sequence[tuple[str, str]] | None = None
    question: Words = NOTHING
    told: Mapping[int, Words] = field(default_factory=dict[int, Words])
    """What people are told, by the number of the rule from 0."""


def decisions_in(tree: Tree) -> dict[str, Any]:
    """The decisions of a file by name."""
    return {str(name): held for name, held in as_map(tree.get("decisions")).items()}


def inputs_in(tree: Tree) -> list[tuple[str, str]]:
    """What a file's decisions are given: names and types."""
    return [
        (str(name), as_text(held) or as_text(as_map(held).get("type")))
        for name, held in as_map(tree.get("inputs")).items()
    ]


def grid_of(tree: Tree, decision: str) -> Grid | None:
    """The table of a decision; none where it is no table."""
    held = as_map(as_map(tree.get("decisions")).get(decision))
    if not isinstance(held.get("table"), Map):
        return None
    table = as_map(held["table"])
    inputs = tuple(column_of(f"in{number}", each, "value") for number, each in enumerate(as_list(table.get("inputs"))))
    outputs = tuple(
        column_of(f"out{number}", each, "name") for number, each in enumerate(as_list(table.get("outputs")))
    )
    rules = table.get("rules")
    rows = tuple(row_of(rules, number, len(inputs) + len(outputs)) for number in range(len(as_list(rules))))
    return Grid(
        decision, as_text(table.get("hit")) or "unique", as_text(table.get("total")), inputs, outputs, rows,
        as_text(held.get("type")), words(held.get("question")),
    )  # fmt: skip


def column_of(key: str, held: Any, named: str) -> Column:
    """A column of the file."""
    if isinstance(held, str):
        return Column(key, str(held))
    return Column(key, as_text(as_map(held).get(named)), words(as_map(held).get("label")))


def row_of(rules: Any, number: int, wide: int) -> Row:
    """A rule of the file."""
    held = as_list(rules)[number]
    line = rules.lc.item(number)[0] + 1 if isinstance(rules, Seq) and number in (rules.lc.data or {}) else 0
    raw = [*as_list(as_map(held).get("when")), *as_list(as_map(held).get("then"))] if as_map(held) else as_list(held)
    is_open = all(
        isinstance(each, str) or (isinstance(each, list) and all(isinstance(one, str) for one in as_list(each)))
        for each in raw
    )
    cells = [", ".join(map(str, as_list(each))) if isinstance(each, list) else as_text(each) for each in raw][:wide]
    why, told = words(as_map(held).get("why")), words(as_map(held).get("told"))
    return Row(number + 1, (*cells, *[""] * (wide - len(cells))), why, line, is_open, told)


def table_in(tree: Tree, decision: str) -> Tree:
    """The table of a decision in the tree. Raises CannotChange."""
    found = at(tree, "decisions", decision, "table")
    if not isinstance(found, Map):
        raise CannotChange(f"There is no table {decision!r} any more.")
    return found
