"""Generated processes, and events for them: what hypothesis makes cases of."""

from typing import Any

from hypothesis import strategies as st

from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.states import Event, State

NAME = "{en: A, cy: A}"
MESSAGES = ("hurry", "wait")


@st.composite
def texts(draw: st.DrawFn, prefix: str = "") -> str:
    """A process in YAML without mistakes: some states one after another, some with states or regions inside."""
    states = draw(block(prefix, 2))
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
def block(draw: st.DrawFn, prefix: str, depth: int) -> str:
    """States one after another, each of which leads on; the last is final."""
    count = draw(st.integers(1, 4))
    states = [f"{prefix}s{number}: {draw(state(prefix, number, count, depth))}" for number in range(count)]
    return f"{{{', '.join(states)}, {prefix}end: {{name: {NAME}, final: true}}}}"


@st.composite
def state(draw: st.DrawFn, prefix: str, number: int, count: int, depth: int) -> str:
    """A state that leads to the next one, and perhaps to an earlier or later one."""
    following = f"{prefix}s{number + 1}" if number + 1 < count else f"{prefix}end"
    other = f"{prefix}s{draw(st.integers(0, count - 1))}"
    guard = draw(st.sampled_from(["n > turns", "turns < 3", "result.yes = true", "n = null"]))
    ways = f"[{{if: {guard}, set: {{turns: turns + 1}}, to: {other}}}, {{to: {following}}}]"
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
    kind = draw(st.sampled_from(sorts))
    if kind == "gateway":
        return f"{{name: {NAME}, next: {following}{extra}}}"
    if kind == "task":
        what = "task: {who: a, due: {working days: 3}}"
    elif kind == "service":
        what = "booking: van, pauses: late"
        message += f", failed: {following}"
    elif kind == "inside":
        what = f"states: {draw(block(prefix + 'i', depth - 1))}"
    else:
        regions = [f"{each}: {{name: {NAME}, states: {draw(block(prefix + each, depth - 1))}}}" for each in "xy"]
        what = f"join: {draw(st.sampled_from(['all', 'any']))}, regions: {{{', '.join(regions)}}}"
    return f"{{name: {NAME}, {what}, on: {{done: {ways}{message}}}{extra}{timer}}}"


@st.composite
def events(draw: st.DrawFn, definition: Definition, current: State) -> Event:
    """An event that may fit a case, or not."""
    kind = draw(st.sampled_from(["done"] * 4 + ["failed", "message", "due", "jump", "cancel", "other"]))
    keys = [f"{path}#{number}" for path, number in current.active.items()]
    names: dict[str, list[str]] = {
        "done": [*keys, "s0#1"],
        "failed": keys,
        "message": [*MESSAGES, "unknown"],
        "due": [*current.timers, "@nothing"],
        "jump": [*definition.nodes, "nowhere"],
    }
    data: dict[str, Any] = draw(st.sampled_from([{}, {"yes": True}, {"yes": "perhaps", "more": [1, None]}]))
    name = draw(st.sampled_from(names.get(kind) or [""]))
    return Event(kind, name, data, draw(st.sampled_from(["because"] * 4 + [""])))
