"""Decision tables as officers change them: cells, rules and columns, written where they stand in the file."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from townhall.residents.editor.rules.tables import (
    HITS,
    NOTHING,
    TOTALS,
    Column,
    Typed,
    column_of,
    grid_of,
    inputs_in,
    row_of,
    table_in,
)
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Seq,
    Tree,
    Words,
    as_list,
    flow,
    listed,
    put,
    put_words,
    styled,
)


def write(tree: Tree, decision: str, typed: Typed) -> None:
    """Write what was typed into a table; rules that were not shown stay as they are. Raises CannotChange."""
    table = table_in(tree, decision)
    if typed.hit not in HITS or typed.total not in TOTALS:
        raise CannotChange("There is no such hit policy.")
    put(table, "hit", typed.hit)
    put(table, "total", typed.total if typed.hit == "collect" else "")
    put_said(tree["decisions"][decision], "question", typed.question)
    for key, named, columns in (("inputs", "value", typed.inputs), ("outputs", "name", typed.outputs)):
        write_columns(table, key, named, columns)
    for number, (cells, why) in typed.rows.items():
        if number < len(as_list(table.get("rules"))):
            write_row(table, number, cells, why, len(typed.inputs))
    for number, told in typed.told.items():
        if number < len(as_list(table.get("rules"))):
            write_told(table, number, told)
    if typed.given is not None:
        write_given(tree, typed.given)
    for key in ("rules",):
        table.move_to_end(key)


def write_columns(table: Tree, key: str, named: str, columns: Sequence[Column]) -> None:
    """Write the heads of columns."""
    held = table.get(key)
    if not isinstance(held, Seq):
        held = table[key] = listed(as_list(held))
    for number, each in enumerate(columns[: len(held)]):
        if column_of(each.key, held[number], named) == each:
            continue
        if isinstance(held[number], Map):
            put(held[number], named, each.value)
            put_said(held[number], "label", each.label)
        elif each.label:
            held[number] = flow({named: each.value})
            put_said(held[number], "label", each.label)
        else:
            held[number] = styled(each.value)


def put_said(held: Tree, key: str, text: Words) -> None:
    """Write a text that may be in English alone, or take it out. Raises CannotChange for Welsh alone."""
    if text.cy and not text.en:
        raise CannotChange(f"{text.cy!r} has no English.")
    if text.cy:
        put_words(held, key, text)
    else:
        put(held, key, text.en)


def write_row(table: Tree, number: int, cells: Sequence[str], why: Words, inputs: int) -> None:
    """Write the cells of a rule, each only where it differs."""
    rules = table["rules"]
    before = row_of(rules, number, len(cells))
    if (tuple(cells), why) == (before.cells, before.why) or not before.is_open:
        return
    held = rules[number]
    if not isinstance(held, Map):
        if not why:
            rules[number] = listed(list(cells))
            return
        held = rules[number] = flow({"when": listed([]), "then": ""})
    put_cells(held, "when", cells[:inputs])
    put_cells(held, "then", cells[inputs:])
    put_said(held, "why", why)


def write_told(table: Tree, number: int, told: Words) -> None:
    """Write what people are told of a rule. Raises CannotChange for one language alone."""
    held = table["rules"][number]
    if not told and not isinstance(held, Map):
        return
    if bool(told.en) != bool(told.cy):
        raise CannotChange(f"What people are told of rule {number + 1} needs both English and Welsh.")
    if not isinstance(held, Map):
        before = row_of(table["rules"], number, len(as_list(held)))
        inputs = len(as_list(table.get("inputs")))
        held = table["rules"][number] = rule_of(before.cells[:inputs], before.cells[inputs:])
    put_words(held, "told", told)


def put_cells(held: Tree, key: str, cells: Sequence[str]) -> None:
    """Write the cells of one side of a rule; a single result may stand without a list."""
    raw = held.get(key)
    if isinstance(raw, str) and len(cells) == 1:
        held[key] = styled(cells[0])
    elif not isinstance(raw, Seq) or len(raw) != len(cells):
        held[key] = listed(list(cells))
    else:
        there: Any = cast("Any", raw)
        for number, each in enumerate(cells):
            told: Any = there[number]
            shown = ", ".join(map(str, as_list(told))) if isinstance(told, list) else told
            if shown != each:
                there[number] = styled(each)


def write_given(tree: Tree, given: Sequence[tuple[str, str]]) -> None:
    """Write what the decisions are given."""
    rows = [(name.strip(), kind) for name, kind in given if name.strip()]
    if rows == inputs_in(tree):
        return
    held = tree.setdefault("inputs", flow({}))
    for name in [each for each in held if each not in dict(rows)]:
        del held[name]
    for name, kind in rows:
        if isinstance(held.get(name), Map):
            put(held[name], "type", kind)
        else:
            held[styled(name)] = styled(kind)
    for name, _ in rows:
        held.move_to_end(name)


def add_row(tree: Tree, decision: str, after: int | None = None) -> int:
    """A rule more, for anything, with no result yet; its number from 0."""
    grid, table = grid_of(tree, decision), table_in(tree, decision)
    rules = table.setdefault("rules", listed([], on_one_line=False))
    inputs, outputs = len(grid.inputs) if grid else 0, len(grid.outputs) if grid else 0
    made = flow({"when": listed(["-"] * inputs), "then": listed(["null"] * outputs) if outputs > 1 else "null"})
    rules.insert(len(rules) if after is None else after + 1, made)
    return len(rules) - 1 if after is None else after + 1


def paste_rows(tree: Tree, decision: str, text: str) -> int:
    """Rules from a spreadsheet's cells (a line each, tabs between), added at the end; how many. Raises CannotChange."""
    grid, table = grid_of(tree, decision), table_in(tree, decision)
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    wide = len(grid.columns) if grid else 0
    wrong = next((number for number, each in enumerate(lines, 1) if len(each) not in {wide, wide + 1}), 0)
    if wrong:
        raise CannotChange(f"Line {wrong} has {len(lines[wrong - 1])} cells and the table has {wide} columns.")
    for cells in lines:
        number = add_row(tree, decision)
        texts = [each.strip() or "-" for each in cells[:wide]]
        why = Words(cells[wide].strip() if len(cells) > wide else "")
        write_row(table, number, texts, why, len(grid.inputs) if grid else 0)
    return len(lines)


def move_row(tree: Tree, decision: str, number: int, by: int) -> None:
    """Try a rule earlier or later."""
    rules = table_in(tree, decision).get("rules")
    if not isinstance(rules, Seq) or not 0 <= number < len(rules):
        raise CannotChange("There is no such rule any more.")
    there = min(max(number + by, 0), len(rules) - 1)
    rules.insert(there, rules.pop(number))


def remove_row(tree: Tree, decision: str, number: int) -> None:
    """Take a rule out. Raises CannotChange for the only one."""
    rules = table_in(tree, decision).get("rules")
    if not isinstance(rules, Seq) or not 0 <= number < len(rules):
        raise CannotChange("There is no such rule any more.")
    if len(rules) == 1:
        raise CannotChange("A table has at least one rule.")
    rules.pop(number)


def add_column(tree: Tree, decision: str, side: str, text: str) -> None:
    """A column more: of inputs, at anything in every rule; of outputs, with no result yet."""
    change_columns(
        tree,
        decision,
        side,
        lambda held: held.append(text),
        lambda cells: cells.append("-" if side == "inputs" else "null"),
    )


def remove_column(tree: Tree, decision: str, side: str, number: int) -> None:
    """Take a column out of every rule. Raises CannotChange for the only one."""
    if not 0 <= number < len(as_list(table_in(tree, decision).get(side))):
        raise CannotChange("There is no such column any more.")
    if len(as_list(table_in(tree, decision).get(side))) == 1:
        raise CannotChange("A table has at least one column of each kind.")
    change_columns(tree, decision, side, lambda held: held.pop(number), lambda cells: cells.pop(number))


def move_column(tree: Tree, decision: str, side: str, number: int, by: int) -> None:
    """Put a column further left or right, with its cells."""
    count = len(as_list(table_in(tree, decision).get(side)))
    if not 0 <= number < count:
        raise CannotChange("There is no such column any more.")
    there = min(max(number + by, 0), count - 1)

    def move(held: list[Any]) -> None:
        held.insert(there, held.pop(number))

    change_columns(tree, decision, side, move, move)


Alter = Callable[[list[Any]], object]


def change_columns(tree: Tree, decision: str, side: str, change_heads: Alter, change_cells: Alter) -> None:
    """Change the heads of one side of a table and the cells of every rule alike."""
    grid, table = grid_of(tree, decision), table_in(tree, decision)
    if grid is None or any(not row.is_open for row in grid.rows):
        raise CannotChange("This table has cells with structure of their own: change it as text.")
    heads = list(as_list(table.get(side)))
    change_heads(heads)
    table[side] = listed(heads, on_one_line=all(isinstance(each, str) for each in heads))
    inputs = len(grid.inputs)
    for number, row in enumerate(grid.rows):
        sides = {"inputs": list(row.cells[:inputs]), "outputs": list(row.cells[inputs:])}
        change_cells(sides[side])
        table["rules"][number] = rule_of(sides["inputs"], sides["outputs"], row.why, row.told)
    table.move_to_end("rules")


def rule_of(tests: Sequence[str], results: Sequence[str], why: Words = NOTHING, told: Words = NOTHING) -> Tree:
    """A rule as it is written."""
    made = flow({"when": listed(list(tests)), "then": results[0] if len(results) == 1 else listed(list(results))})
    put_said(made, "why", why)
    put_words(made, "told", told)
    return made


def begun(name: str) -> str:
    """The text of a file with a small table."""
    title = name.replace("_", " ").capitalize()
    return (
        f"name: {title}\ninputs: {{Answer: boolean}}\ndecisions:\n  {title}:\n    type: string\n"
        "    question: What comes of it?\n"
        "    table:\n      hit: first\n      inputs: [Answer]\n      outputs: [result]\n      rules:\n"
        '        - {when: ["true"], then: \'"yes"\', why: The answer is yes}\n'
        '        - {when: ["-"], then: \'"no"\', why: Every other answer}\n'
    )
