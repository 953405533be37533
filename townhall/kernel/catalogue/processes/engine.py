"""The door: pure functions that begin a case and move it on.

definition = load(Path("process.yaml"))
case, steps, orders = start(definition, answers, at=now, calendar=calendar)
case, steps, orders = send(definition, case, Event("done", "check#1", {"fits": True}), at=now, calendar=calendar)
"""

from collections.abc import Callable
from datetime import datetime

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import ANY
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.calendars import Calendar, Weekdays
from townhall.kernel.catalogue.processes.expressions import as_feel
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, Way
from townhall.kernel.catalogue.processes.moving import (
    close_root,
    enter,
    fitting,
    leave,
    open_way,
    settle,
    take,
)
from townhall.kernel.catalogue.processes.reading import load, read
from townhall.kernel.catalogue.processes.states import (
    CANCELLED,
    RUNNING,
    Event,
    Moved,
    Order,
    Refused,
    State,
    Step,
    Unreadable,
    Values,
    read_state,
)
from townhall.kernel.catalogue.processes.working import Work

__all__ = [
    "Calendar", "Definition", "Event", "ModelError", "Moved", "Order", "Refused", "State", "Step", "Unreadable",
    "Weekdays", "load", "read", "read_state", "send", "start",
]  # fmt: skip
WEEKDAYS = Weekdays()


def start(definition: Definition, answers: Values, *, at: datetime, calendar: Calendar = WEEKDAYS) -> Moved:
    """A new case. `answers` are what the form brought. Raises Refused where the process has mistakes."""
    if definition.problems:
        raise Refused(f"The process has mistakes: {definition.problems[0]}")
    work = Work(definition, State(definition.hash, answers=answers), at, calendar)
    root = definition.root
    work.begin(ROOT, {})
    work.act(root.entry, root)
    work.set_timers(root)
    enter(work, root, [root.start])
    settle(work)
    return work.moved()


def send(definition: Definition, state: State, event: Event, *, at: datetime, calendar: Calendar = WEEKDAYS) -> Moved:
    """The case after an event. Raises Refused, with the reason, where the event does not fit: nothing has changed."""
    if state.hash != definition.hash:
        raise Refused("The case belongs to another version of the process: migrate it.")
    if state.status != RUNNING:
        raise Refused("The case has ended: nothing more can happen in it.")
    handler = HANDLERS.get(event.kind)
    if handler is None:
        raise Refused(f"There is no event {event.kind!r}; there are {', '.join(HANDLERS)}.")
    work = Work(definition, state.copied(), at, calendar, event.by)
    try:
        work.result = {name: as_feel(value, ANY) for name, value in event.data.items()}
    except OutOfDomain as problem:
        raise Refused(f"What came with the event cannot be used: {problem}.") from problem
    handler(work, event)
    settle(work)
    return work.moved()


def done(work: Work, event: Event) -> None:
    """A task was done, or a service has answered."""
    node = waiting(work, event.name)
    work.tell("done", node, event.name, event.reason)
    take(work, node, fitting(work, node, node.on["done"]), finished=node)


def failed(work: Work, event: Event) -> None:
    """A service has failed, or a task cannot be done."""
    node = waiting(work, event.name)
    around = next((each for each in node.line() if "failed" in each.on), None)
    if around is None:
        raise Refused(f"The process does not say what comes when {node.path!r} fails.")
    work.tell("failed", node, event.name, event.reason)
    take(work, around, fitting(work, around, around.on["failed"]))


def waiting(work: Work, key: str) -> Node:
    """The open task or service of a key. Raises Refused."""
    path = key.partition("#")[0]
    node = work.definition.nodes.get(path)
    if node is None or path not in work.state.active or work.key(node) != key or not node.waits:
        raise Refused(f"{key!r} is not open, or no longer.")
    return node


def message(work: Work, event: Event) -> None:
    """A message came: each state that the case is in may take it once, the inner ones first."""
    if event.name not in work.definition.messages:
        raise Refused(f"The process knows no message {event.name!r}.")
    numbers, ways = dict(work.state.active), dict[str, tuple[str, Node, Way]]()
    for path in sorted(numbers, key=lambda each: work.definition.nodes[each].number):
        if found := open_way(work, work.definition.nodes[path], event.name):
            ways.setdefault(found[0].path, (path, *found))
    if not ways:
        raise Refused(f"Nothing waits for the message {event.name!r} now.")
    taken_by = sorted(ways.values(), key=lambda each: -len(each[1].line()))
    work.tell("message", taken_by[0][1], event.name, event.reason)
    for path, node, way in taken_by:
        if work.state.active.get(path) == numbers[path]:
            take(work, node, way)


def due(work: Work, event: Event) -> None:
    """The time of a timer has come."""
    found = work.state.timers.get(event.name)
    if found is None:
        raise Refused(f"There is no timer {event.name!r} now.")
    if datetime.fromisoformat(found) > work.at:
        raise Refused(f"The timer {event.name!r} is not due before {found}.")
    path, _, name = event.name.partition("@")
    node = work.definition.nodes[path]
    way = node.timers[name].way
    del work.state.timers[event.name]
    work.tell("due", node, name)
    if work.holds(way.guard, node.frame):
        take(work, node, way)


def jump(work: Work, event: Event) -> None:
    """An officer puts the case into another state, and says why."""
    target = work.definition.nodes.get(event.name)
    if not event.reason.strip():
        raise Refused("A jump needs a reason.")
    if target is None or target.parent is None or target.parent.kind == "parallel":
        raise Refused(f"There is no state {event.name!r} to jump to.")
    around = next(each for each in target.line()[1:] if stays(work, each))
    for each in target.line()[1:]:
        if each.is_called and not stays(work, each):
            raise Refused(f"{event.name!r} is inside a called process: jump to {each.path!r}.")
    work.tell("jump", target, event.name, event.reason)
    leave(work, around, None)
    enter(work, around, [target.path])


def stays(work: Work, node: Node) -> bool:
    """Whether the case is in a state whose states come one after another."""
    inside = node.path == ROOT or any(path.startswith(node.path + "/") for path in work.state.active)
    return inside and node.kind != "parallel"


def cancel(work: Work, event: Event) -> None:
    """The case ends before its time: everything open is dropped, and what was done is undone, the latest first."""
    if not event.reason.strip():
        raise Refused("To cancel needs a reason.")
    root = work.definition.root
    work.forgiving = True
    work.tell("cancelled", root, "", event.reason)
    leave(work, root, None)
    work.compensate(ROOT)
    work.act(root.cancelled, root)
    close_root(work, CANCELLED)


HANDLERS: dict[str, Callable[[Work, Event], None]] = {
    "done": done,
    "failed": failed,
    "message": message,
    "due": due,
    "jump": jump,
    "cancel": cancel,
}
