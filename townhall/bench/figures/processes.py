"""Processes: what a case of ten tasks costs in CPU, its state written and read at every step as by its column."""

import time
from datetime import UTC, datetime

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure
from townhall.kernel.catalogue.processes.engine import Definition, Event, read, read_state, send, start
from townhall.kernel.modules import fields

TASKS, CASES, QUICK = 10, 1_000, 25
BEGAN = datetime(2026, 5, 11, 9, tzinfo=UTC)
ANSWERS = {"items": 5, "area": "north"}


def process() -> bytes:
    """Ten tasks one after another, each with a guard, an assignment and a deadline, and a letter at the end."""
    states: list[str] = []
    for number in range(1, TASKS + 1):
        onward = f"task_{number + 1}" if number < TASKS else "over"
        states += [
            f"  task_{number}:",
            f"    name: {{en: Task {number}, cy: Tasg {number}}}",
            "    task: {who: waste, skills: [lifting], form: visit, due: {working days: 5}}",
            "    after: {working days: 10, nation: wales, do: [{letter: reminder}]}",
            "    on:",
            "      done:",
            "        - {if: result.fits = false, to: over}",
            f"        - {{if: items > 1 and points >= 0, set: {{points: points + items}}, to: {onward}}}",
            f"        - {onward}",
        ]
    return "\n".join([
        "name: {en: Ten tasks, cy: Deg tasg}",
        "facts: {items: number, area: string}",
        "variables: {points: {type: number, begins: 0}}",
        "states:",
        *states,
        "  over: {name: {en: Over, cy: Drosodd}, final: true, entry: [{letter: over}]}",
    ]).encode()  # fmt: skip


def case(definition: Definition) -> int:
    """Take one case through all its tasks; the largest that its state was, in bytes."""
    moved, largest = start(definition, ANSWERS, at=BEGAN), 0
    for number in range(1, TASKS + 1):
        kept = fields.written(moved.state.kept())
        largest = max(largest, len(kept))
        state = read_state(definition, fields.read(kept), ANSWERS)
        moved = send(definition, state, Event("done", f"task_{number}#{number}", {"fits": True}), at=BEGAN)
    return largest


@measurement(
    "processes",
    Figure("process_case", "ms of CPU", 0.5, "at most", "A case of ten tasks, its state read and kept at every step"),
    Figure("process_state", "bytes", 1024, "at most", "The largest state of such a case, beside its answers"),
    order=160,
)
def processes(ground: Ground) -> dict[str, float]:
    """Cases one after another, each from its beginning to its end."""
    definition = ground.keep("processes.definition", lambda: read(process(), "ten.yaml"))
    cases = QUICK if ground.quick else CASES
    began, largest = time.process_time(), 0
    for _ in range(cases):
        largest = max(largest, case(definition))
    return {
        "process_case": (time.process_time() - began) / cases * 1_000,
        "process_state": largest,
    }
