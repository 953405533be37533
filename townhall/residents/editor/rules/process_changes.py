"""Steps of a process as officers change them, and the variables and messages that they come to need."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.processes import (
    DONE,
    OWN,
    SERVICES,
    Step,
    Way,
    kind_of,
    letters_of,
    step_of,
)
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Map,
    Tree,
    Words,
    as_list,
    as_map,
    at,
    flow,
    listed,
    moved,
    plain,
    put,
    put_words,
)


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
