"""The steps of a process, shown as a list and written back. What is more than a list shows is changed as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from townhall.residents.editor.rules.yaml_files import (
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    mark_of,
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
    mark: str = ""
    """Another one where anything of it was changed, but for the steps inside."""


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
        mark_of({key: each for key, each in held.items() if key not in {"states", "regions"}}),
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
