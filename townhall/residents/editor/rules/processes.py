"""The steps of a process, shown as a list and written back. What is more than a list shows is changed as text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    at,
    flow,
    listed,
    moved,
    plain,
    put,
    put_words,
    words,
)

SERVICES = ("letter", "payment", "booking", "document", "webhook", "decision")
KINDS = ("task", *SERVICES, "choice", "wait", "end")
OWN = {"task", *SERVICES, "next", "final"}
"""What says of which kind a step is."""
DONE, FAILED = "done", "failed"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a step: what it waits for, its condition, where it leads, what is set, which letters go.

    `place` is where it stands in the file (event, number); `more` says that it holds what the page does not show.
    """

    event: str
    condition: str = ""
    to: str = ""
    sets: str = ""
    letters: str = ""
    place: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it stands in the file. `name` is its path; `values` are what a service is handed, a line each."""

    name: str
    title: Words
    kind: str
    who: str = ""
    due: tuple[str, str] = ("", "working days")
    form: str = ""
    service: str = ""
    values: str = ""
    letters: str = ""
    ways: tuple[Way, ...] = ()
    depth: int = 0
    is_whole: bool = True
    """Whether the page shows all that it is; a step with steps inside is changed as text."""


def steps_of(tree: Tree) -> tuple[Step, ...]:
    """The steps in the order of the file, those inside others after them."""
    return tuple(_steps(as_map(tree.get("states")), "", 0))


def _steps(states: Mapping[str, Any], around: str, depth: int) -> Iterator[Step]:
    for name, held in states.items():
        path = f"{around}{name}"
        yield step_of(path, as_map(held), depth)
        yield from _steps(as_map(as_map(held).get("states")), f"{path}/", depth + 1)
        for region, each in as_map(as_map(held).get("regions")).items():
            yield from _steps(as_map(as_map(each).get("states")), f"{path}/{region}/", depth + 1)


def step_of(path: str, held: Mapping[str, Any], depth: int = 0) -> Step:
    """A step of the file."""
    task, kind = as_map(held.get("task")), kind_of(held)
    service = held.get(kind) if kind in SERVICES else None
    due = as_map(task.get("due"))
    unit = next(iter(due), "working days") if due else "working days"
    called = as_text(as_map(service).get("name")) or as_text(service)
    values = "\n".join(f"{name} = {as_text(each)}" for name, each in as_map(as_map(service).get("with")).items())
    return Step(
        path, words(held.get("name")), kind, as_text(task.get("who")), (as_text(due.get(unit)), str(unit)),
        as_text(task.get("form")), called, values, letters_of(held.get("entry")), tuple(ways_of(held)), depth,
        not {"states", "regions", "call"} & set(held),
    )  # fmt: skip


def kind_of(held: Mapping[str, Any]) -> str:
    """Of which kind a step is."""
    found = next((key for key in ("task", *SERVICES) if key in held), "")
    return found or ("end" if as_text(held.get("final")) == "true" else "choice" if "next" in held else "wait")


def letters_of(held: Any) -> str:
    """The letters that a list of what is done sends, where they are plain."""
    names = [as_map(each).get("letter") for each in as_list(held)]
    return ", ".join(str(each) for each in names if isinstance(each, str))


def ways_of(held: Mapping[str, Any]) -> Iterator[Way]:
    """The ways out of a step."""
    for event, ways in as_map(held.get("on")).items():
        for number, each in enumerate(as_list(ways) if isinstance(ways, list) else [ways]):
            yield way_of(str(event), each, f"{event}.{number}")
    for number, each in enumerate(as_list(held.get("next"))):
        yield way_of("", each, f".{number}")


def way_of(event: str, held: Any, place: str) -> Way:
    """A way of the file."""
    if isinstance(held, str):
        return Way(event, to=str(held), place=place)
    each = as_map(held)
    sets = "; ".join(f"{name} = {as_text(value)}" for name, value in as_map(each.get("set")).items())
    done = as_list(each.get("do"))
    more = bool({"resume", "undo"} & set(each)) or any(not isinstance(as_map(one).get("letter"), str) for one in done)
    return Way(event, as_text(each.get("if")), as_text(each.get("to")), sets, letters_of(done), place, more)


def state_in(tree: Tree, path: str) -> Tree:
    """A state in the tree. Raises CannotChange."""
    held: Any = at(tree, "states", path) if "/" not in path else None
    if not isinstance(held, Map):
        raise CannotChange(f"There is no step {path!r} that can be changed here.")
    return held


def add_step(tree: Tree, title: Words, kind: str, service: str = "") -> str:
    """A step more, before the first end; its name. `service` is what one of a service's kind names."""
    states = tree.setdefault("states", Map())
    name = name_of(title.en, set(map(str, states)), "step")
    made = Map({"name": flow({"en": title.en, "cy": title.cy})})
    states[name] = made
    ends = [str(each) for each, held in states.items() if kind_of(as_map(held)) == "end" and each != name]
    write_kind(made, Step(name, title, kind, service=service))
    if kind != "end":
        rest = [each for each in states if each in ends]
        for each in rest:
            states.move_to_end(each)
        if ends and kind != "wait":
            write_ways(made, [Way("" if kind == "choice" else DONE, to=ends[0])])
    return name


def change_step(tree: Tree, step: Step) -> None:
    """Write what was typed for a step; what the page does not show stays as it is. Raises CannotChange."""
    held = state_in(tree, step.name)
    before = step_of(step.name, held)
    put_words(held, "name", step.title)
    if not before.is_whole:
        return
    write_kind(held, step)
    if step.letters != before.letters:
        others = [each for each in as_list(held.get("entry")) if not isinstance(as_map(each).get("letter"), str)]
        put(held, "entry", listed([*letter_actions(step.letters), *others]))
    if step.ways != before.ways:
        write_ways(held, step.ways)


def write_kind(held: Tree, step: Step) -> None:
    """Write of which kind a step is, with who does it or what is handed over."""
    for key in (
        OWN
        - {step.kind}
        - ({"next"} if step.kind in {"choice", *SERVICES} else set())
        - ({"final"} if step.kind == "end" else set())
    ):
        held.pop(key, None)
    if step.kind == "end":
        put(held, "final", "true")
    elif step.kind == "task":
        if not isinstance(held.get("task"), Map):
            held["task"] = flow({})
        task = held["task"]
        put(task, "who", step.who)
        put(task, "form", step.form)
        if step.due[0] and (step.due[0], step.due[1]) != step_of("", held).due:
            task["due"] = flow({step.due[1]: step.due[0]})
        elif not step.due[0]:
            task.pop("due", None)
    elif step.kind in SERVICES:
        write_service(held, step)


def write_service(held: Tree, step: Step) -> None:
    """Write a service: its name alone, or with what it is handed."""
    values = pairs(step.values)
    known = as_map(held.get(step.kind))
    if not values and not known:
        put(held, step.kind, step.service or "name")
        return
    if not isinstance(held.get(step.kind), Map):
        held[step.kind] = flow({})
    put(held[step.kind], "name", step.service)
    put(held[step.kind], "with", flow(values))


def pairs(text: str, between: str = "\n") -> dict[str, str]:
    """Names with expressions from lines `name = expression`. Raises CannotChange for a line that is none."""
    found: dict[str, str] = {}
    for line in filter(None, (each.strip() for each in text.split(between))):
        name, sign, value = line.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise CannotChange(f"{line[:60]!r} is no name with a value: write name = expression.")
        found[name.strip()] = value.strip()
    return found


def letter_actions(names: str) -> list[Tree]:
    """What sends letters, by their names with commas between."""
    return [flow({"letter": each.strip()}) for each in names.split(",") if each.strip()]


def write_ways(held: Tree, ways: Sequence[Way]) -> None:
    """Write the ways out of a step; of one that was there before, what the page does not show is kept."""
    before = dict(_raw_ways(held))
    found: dict[str, list[Any]] = {}
    for each in ways:
        if each.event or each.to or each.condition or each.letters or each.sets:
            found.setdefault(each.event, []).append(way_written(each, before.get(each.place)))
    put_ways(held, "next", found.pop("", []))
    on = {event: rows[0] if len(rows) == 1 else listed(rows, on_one_line=False) for event, rows in found.items()}
    if plain(on) != plain(held.get("on")):
        put(held, "on", flow(on) if all(isinstance(each, str) for each in on.values()) else Map(on))


def put_ways(held: Tree, key: str, rows: list[Any]) -> None:
    """Write the ways that a step goes by itself."""
    value = (
        rows[0] if len(rows) == 1 and isinstance(rows[0], str) else listed(rows, on_one_line=False) if rows else None
    )
    put(held, key, value)


def _raw_ways(held: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for event, ways in as_map(held.get("on")).items():
        for number, each in enumerate(as_list(ways) if isinstance(ways, list) else [ways]):
            yield f"{event}.{number}", each
    for number, each in enumerate(as_list(held.get("next"))):
        yield f".{number}", each


def way_written(way: Way, before: Any) -> Any:
    """A way as it stands in the file: the name of a step alone where that is all."""
    held = flow(dict(as_map(before)))
    put(held, "if", way.condition)
    put(held, "set", flow(pairs(way.sets, ";")))
    put(held, "to", way.to)
    if letters_of(held.get("do")) != way.letters:
        others = [each for each in as_list(held.get("do")) if not isinstance(as_map(each).get("letter"), str)]
        put(held, "do", listed([*letter_actions(way.letters), *others]))
    return way.to if set(held) == {"to"} else held


def move_step(tree: Tree, path: str, by: int) -> None:
    """Put a step earlier or later in the list. The first is where a case begins."""
    state_in(tree, path)
    moved(tree["states"], path, by)


def remove_step(tree: Tree, path: str) -> None:
    """Take a step out. Raises CannotChange for the only one."""
    state_in(tree, path)
    if len(tree["states"]) == 1:
        raise CannotChange("A process has at least one step.")
    del tree["states"][path]


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
