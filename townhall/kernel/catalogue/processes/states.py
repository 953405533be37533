"""Where a case is: a small value that can be kept as JSON. And what a step of it brings: steps and orders."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node

RUNNING, ENDED, CANCELLED = "running", "ended", "cancelled"
MOST_VERDICTS = 1_000
Values = dict[str, Any]
SHAPE = (int, dict, dict, dict, dict, dict, list)


class Refused(Exception):
    """An event does not fit the case: why, in a sentence. The case stays as it was."""


class Unreadable(ValueError):
    """What was kept is no state of this process: why."""


class Event(NamedTuple):
    """What happened outside.

    `kind` is done, failed, message, due, jump or cancel. `name` is the key of a task, service or timer, the name of a
    message, or the path of the state to jump to. `data` are values that expressions see as `result`.
    """

    kind: str
    name: str = ""
    data: Values = {}
    reason: str = ""
    by: str = ""


class Step(NamedTuple):
    """A line of the timeline: what happened, to which state, by whom and why."""

    kind: str
    state: str
    event: str = ""
    note: str = ""
    by: str = ""


class Order(NamedTuple):
    """What the outside must do: a task, a service, a timer (or drop or rename one). `key` names it from then on."""

    kind: str
    key: str
    details: dict[str, Any]


@dataclass(slots=True)
class State:
    """A case: `active` has the number of each state that it is in, `undo` what can be undone, the oldest first.

    `start` and `send` make a new one each time; nobody changes one that was given to them.
    """

    hash: str
    status: str = RUNNING
    count: int = 0
    active: dict[str, int] = field(default_factory=dict[str, int])
    values: dict[str, Values] = field(default_factory=dict[str, Values])
    timers: dict[str, str] = field(default_factory=dict[str, str])
    paused: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    history: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    undo: list[str] = field(default_factory=list[str])
    answers: Values = field(default_factory=dict[str, Any])

    def kept(self) -> dict[str, Any]:
        """The state as JSON, without the answers; what is empty is left out."""
        names = ("status", "count", "active", "values", "timers", "paused", "history", "undo")
        return {"hash": self.hash} | {name: found for name in names if (found := getattr(self, name))}

    def is_open(self, key: str) -> bool:
        """Whether the task or service of a key is still open."""
        path, _, number = key.partition("#")
        return self.status == RUNNING and str(self.active.get(path)) == number

    def copied(self) -> "State":
        """One that can be changed without changing this; the answers are never changed."""
        return State(
            self.hash,
            self.status,
            self.count,
            dict(self.active),
            {frame: dict(values) for frame, values in self.values.items()},
            dict(self.timers),
            dict(self.paused),
            dict(self.history),
            list(self.undo),
            self.answers,
        )


class Moved(NamedTuple):
    """What an event brought: the state after it, the lines of the timeline, and what the outside must do."""

    state: State
    steps: list[Step]
    orders: list[Order]


def read_state(definition: Definition, kept: dict[str, Any], answers: Values) -> State:
    """The state that was kept. Raises Unreadable where it is none of this version of the process."""
    if kept.get("hash") != definition.hash:
        raise Unreadable("The case was kept by another version of the process: migrate it.")
    try:
        state = State(**kept, answers=answers)
        wrong = is_wrong(definition, state)
    except TypeError as problem:
        raise Unreadable("What was kept is no case.") from problem
    if wrong:
        raise Unreadable(wrong)
    return state


def is_wrong(definition: Definition, state: State) -> str:
    """Why a state cannot be one of this process; empty where it can. Raises TypeError for what is no state at all."""
    held = (state.count, state.active, state.values, state.timers, state.paused, state.history, state.undo)
    if tuple(map(type, held)) != SHAPE or {*map(type, state.values.values())} - {dict}:
        raise TypeError
    if state.status not in {RUNNING, ENDED, CANCELLED}:
        return f"There is no status {state.status!r}."
    active = (state.status, *state.active)
    verdict = definition.verdicts.get(active)
    if verdict is None:
        if len(definition.verdicts) >= MOST_VERDICTS:
            definition.verdicts.clear()
        verdict = definition.verdicts[active] = cannot_be(definition, state)
    return verdict or is_unknown(definition, state)


def cannot_be(definition: Definition, state: State) -> str:
    """Why a case cannot be in all of these states, and no other, at once; empty where it can."""
    for path in state.active:
        if path not in definition.nodes or definition.nodes[path].children:
            return f"There is no state {path!r} that a case can be in."
    if state.status == RUNNING and (missing := gap(definition, definition.root, state.active)):
        return f"The case is not in one state of {missing!r}."
    if state.status != RUNNING and (len(state.active) > 1 or (state.active and state.status == CANCELLED)):
        return "A case that has ended is in one final state, and one that was cancelled in none."
    return ""


def is_unknown(definition: Definition, state: State) -> str:
    """What a state speaks of that the process has not, in a sentence; empty where there is nothing."""
    known = state.values.keys()
    if ROOT not in known or not known <= definition.frames.keys():
        return "The variables are not those of the process."
    for path in state.active:
        if definition.nodes[path].frame not in known:
            return "The variables are not those of the process."
    for key in (*state.timers, *state.paused):
        if key not in definition.timed:
            return f"There is no timer {key!r} in the process."
    for path in (*state.undo, *chain.from_iterable(state.history.values())):
        if path not in definition.nodes:
            return f"There is no {path!r} in the process."
    return ""


def gap(definition: Definition, around: Node, active: Iterable[str]) -> str:
    """The path of a state that should have exactly one active state in it (or in each region), and has not."""
    inside: dict[str, set[str]] = {around.path: set()}
    for path in active:
        for node in definition.nodes[path].line():
            if node is around:
                break
            inside.setdefault(node.path, set())
            if node.parent:
                inside.setdefault(node.parent.path, set()).add(node.path)
    for path, found in inside.items():
        node = definition.nodes[path]
        if node.children and len(found) != (len(node.children) if node.kind == "parallel" else 1):
            return path or "the process"
    return ""
