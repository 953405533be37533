"""Generated processes, and events for them: what hypothesis makes cases of."""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.states import Event, State

NAME = "{en: A, cy: A}"
MESSAGES = ("hurry", "wait")


class Service(NamedTuple):
    """A service that states ask for, as a file has it, and conditions on what it brings.

    `is_told` says that it answers by itself at once: such a state never leads back.
    """

    text: str
    guards: tuple[str, ...]
    is_told: bool = False


class Parts(NamedTuple):
    """What processes are made of: tasks and services, and conditions on what is known."""

    tasks: tuple[Service, ...] = (Service("task: {who: a, due: {working days: 3}}", ("result.yes = true",)),)
    services: tuple[Service, ...] = (Service("booking: van, pauses: late", ("result.yes = true",)),)
    guards: tuple[str, ...] = ("n > turns", "turns < 3", "n = null")


USUAL = Parts()


@st.composite
def texts(draw: st.DrawFn, prefix: str = "") -> str:
    """A process in YAML without mistakes: some states one after another, some with states or regions inside."""
    states = draw(block(prefix, 2, USUAL))
    ways = ", ".join(f"{each}: {{to: {prefix}s0}}" for each in draw(st.lists(st.sampled_from(MESSAGES), unique=True)))
    messages = ", ".join(f"{each}: {NAME}" for each in MESSAGES)
    return "\n".join([
        f"name: {NAME}",
        "facts: {n: number}",
        "variables: {turns: {type: number, begins: 0}}",
        f"messages: {{{messages}}}",
        "after: {name: late, working days: 10, do: [{letter: late}]}",
        f"on: {{{ways}}}" if ways else "",
        f"states: {states}",
    ]).replace("\n\n", "\n")  # fmt: skip


@st.composite
def block(draw: st.DrawFn, prefix: str, depth: int, parts: Parts) -> str:
    """States one after another, each of which leads on; the last is final."""
    count = draw(st.integers(1, 4))
    states = [f"{prefix}s{number}: {draw(state(prefix, (number, count), depth, parts))}" for number in range(count)]
    return f"{{{', '.join(states)}, {prefix}end: {{name: {NAME}, final: true}}}}"


@st.composite
def state(draw: st.DrawFn, prefix: str, place: tuple[int, int], depth: int, parts: Parts) -> str:
    """A state that leads to the next one, and perhaps to an earlier or later one; `place`: which one of how many."""
    number, count = place
    following = f"{prefix}s{number + 1}" if number + 1 < count else f"{prefix}end"
    other = f"{prefix}s{draw(st.integers(0, count - 1))}"
    extra = draw(
        st.sampled_from(["", ", undo: [{letter: sorry}]", ", entry: [{letter: begun}], exit: [{letter: over}]"])
    )
    timer = draw(
        st.sampled_from(["", f", after: {{days: 2, to: {following}}}", ", after: {hours: 1, do: [{letter: soon}]}"])
    )
    message = draw(
        st.sampled_from(["", f", hurry: {{to: {following}, undo: true}}", f", wait: {{to: {other}, resume: false}}"])
    )
    sorts = ["task", "service", "gateway"] + (["inside", "regions"] if depth else [])
    kind, guards = draw(st.sampled_from(sorts)), parts.guards
    if kind == "gateway":
        return f"{{name: {NAME}, next: {following}{extra}}}"
    if kind == "task":
        what, more, _ = draw(st.sampled_from(parts.tasks))
        guards += more
    elif kind == "service":
        what, more, is_told = draw(st.sampled_from(parts.services))
        guards += more
        message += f", failed: {following}"
        other = following if is_told else other
    elif kind == "inside":
        what = f"states: {draw(block(prefix + 'i', depth - 1, parts))}"
    else:
        regions = [f"{each}: {{name: {NAME}, states: {draw(block(prefix + each, depth - 1, parts))}}}" for each in "xy"]
        what = f"join: {draw(st.sampled_from(['all', 'any']))}, regions: {{{', '.join(regions)}}}"
    guard = json.dumps(draw(st.sampled_from(guards)))
    ways = f"[{{if: {guard}, set: {{turns: turns + 1}}, to: {other}}}, {{to: {following}}}]"
    return f"{{name: {NAME}, {what}, on: {{done: {ways}{message}}}{extra}{timer}}}"


BROUGHT: tuple[dict[str, Any], ...] = ({}, {"yes": True}, {"yes": "perhaps", "more": [1, None]})


@st.composite
def events(
    draw: st.DrawFn, definition: Definition, current: State, brought: tuple[dict[str, Any], ...] = BROUGHT
) -> Event:
    """An event that may fit a case, or not, with some of what events bring."""
    kind = draw(st.sampled_from(["done"] * 4 + ["failed", "message", "due", "jump", "cancel", "other"]))
    keys = [f"{path}#{number}" for path, number in current.active.items()]
    names: dict[str, list[str]] = {
        "done": [*keys, "s0#1"],
        "failed": keys,
        "message": [*MESSAGES, "unknown"],
        "due": [*current.timers, "@nothing"],
        "jump": [*definition.nodes, "nowhere"],
    }
    data = draw(st.sampled_from(brought))
    name = draw(st.sampled_from(names.get(kind) or [""]))
    return Event(kind, name, data, draw(st.sampled_from(["because"] * 4 + [""])))
