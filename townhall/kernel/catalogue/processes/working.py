"""One step of a case while it is made: values, orders and the timeline; nothing of it is seen if it is refused."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from townhall.kernel.catalogue.decisions.conversion import given, taken
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run
from townhall.kernel.catalogue.processes.calendars import Calendar, due_at, left, resumed_at
from townhall.kernel.catalogue.processes.expressions import LIMITS, RESULT, Feel, as_feel
from townhall.kernel.catalogue.processes.model import (
    Action,
    Assignment,
    Definition,
    Frame,
    Node,
    Service,
    Timer,
    within,
)
from townhall.kernel.catalogue.processes.states import Moved, Order, Refused, State, Step, Values

LONDON = ZoneInfo("Europe/London")
LONGEST = 2_000
NOTHING: Values = {}


@dataclass(slots=True)
class Work:
    """A copy of a case that is being moved. `forgiving` work goes on where an expression asks for too much."""

    definition: Definition
    state: State
    at: datetime
    calendar: Calendar
    by: str = ""
    result: Value = None
    forgiving: bool = False
    moves: int = 0
    run: Run = field(init=False)
    scopes: dict[str, Scope] = field(init=False)
    ended: list[Node] = field(init=False)
    ready: list[Node] = field(init=False)
    steps: list[Step] = field(init=False)
    orders: list[Order] = field(init=False)

    def __post_init__(self) -> None:
        self.run = Run(LIMITS, notes=[], now=self.at.astimezone(LONDON))
        self.scopes = {}
        self.ended, self.ready, self.steps, self.orders = [], [], [], []

    def moved(self) -> Moved:
        """What all this came to."""
        return Moved(self.state, self.steps, self.orders)

    def tell(self, kind: str, node: Node, event: str = "", note: str = "") -> None:
        """Add a line to the timeline."""
        self.steps.append(Step(kind, node.path, event, note, self.by))

    def order(self, kind: str, key: str, details: dict[str, Any]) -> None:
        """Ask the outside for something."""
        self.orders.append(Order(kind, key, details))

    def key(self, node: Node) -> str:
        """What an open task or service is called outside: a state, and the how-manieth one that was entered."""
        return f"{node.path}#{self.state.active[node.path]}"

    def value(self, feel: Feel, frame: str) -> Value:
        """What an expression comes to. Raises Refused where it asks for too much."""
        if feel.constant:
            return feel.constant[0]
        run, scope = self.run, self.scopes.get(frame)
        if scope is None:
            scope = self.scopes[frame] = Scope({}, run)
        for name in feel.names:
            if name not in scope:
                scope[name] = self.look(name, frame)
        try:
            found = feel.value(scope)
        except LimitReached as problem:
            if not self.forgiving:
                raise Refused(f"{feel.place}: {problem}") from problem
            self.run, found = Run(LIMITS, now=self.at.astimezone(LONDON)), run.note(str(problem))
            self.scopes.clear()
        if run.notes:
            self.steps.append(Step("note", frame, feel.text, "; ".join(run.notes)))
            run.notes.clear()
        return found

    def look(self, name: str, frame: str) -> Value:
        """The value of a name in a frame: a variable, what a called process came to, or an answer."""
        if name == RESULT:
            return self.result
        here = self.definition.frames[frame]
        if here.calls and (inside := here.calls.get(name)):
            seen = self.definition.frames[inside]
            return {each: self.kept(each, inside, seen) for each in (*seen.facts, *seen.kept)}
        return self.kept(name, frame, here)

    def kept(self, name: str, frame: str, seen: Frame) -> Value:
        """The value of a variable or fact."""
        held = self.state.values.get(frame, NOTHING)
        if not frame and name not in held:
            held = self.state.answers
        value = held.get(name)
        if value is None or value is True or value is False:
            return value
        try:
            return as_feel(value, seen.kind(name))
        except OutOfDomain:
            return None

    def holds(self, feel: Feel | None, frame: str) -> bool:
        """Whether a guard lets through: only what is true does."""
        return feel is None or self.value(feel, frame) is True

    def assigned(self, values: tuple[Assignment, ...], frame: str) -> Values:
        """Names with what their expressions come to, as JSON."""
        return {each.name: self.stored(each, frame) for each in values}

    def stored(self, each: Assignment, frame: str) -> Any:
        """What an assignment comes to, as JSON. Raises Refused where it is too long to be kept with a case."""
        found = given(self.value(each.value, frame))
        if found is None or isinstance(found, bool | int):
            return found
        if not isinstance(found, float) and len(json.dumps(found, default=str)) > LONGEST:
            if not self.forgiving:
                raise Refused(f"{each.value.place}: {each.name!r} would be longer than {LONGEST:,} characters.")
            return None
        return None if isinstance(found, float) and not isfinite(found) else found

    def begin(self, frame: str, brought: Values) -> None:
        """Give a process its variables, with what they begin with."""
        kept = self.definition.frames[frame].kept
        self.state.values[frame] = {name: given(taken(each.begins)) for name, each in kept.items()} | brought
        self.scopes.clear()

    def bring(self, result: Value) -> None:
        """Let expressions see what a task, a service, a message or a sub-process brought."""
        self.result = result
        self.scopes.clear()

    def act(self, actions: tuple[Action, ...], node: Node) -> None:
        """Do what stands at a state or way: set variables, order services that nobody waits for."""
        for each in actions:
            if isinstance(each, Assignment):
                self.state.values[node.frame][each.name] = self.stored(each, node.frame)
                self.scopes.clear()
            else:
                self.state_order(each, node, node.path)

    def state_order(self, service: Service, node: Node, key: str, **also: str) -> None:
        """Order a service."""
        details: dict[str, Any] = {"name": service.name}
        if service.to:
            details["to"] = service.to
        if service.values:
            details["with"] = self.assigned(service.values, node.frame)
        self.order(service.kind, key, details | also)

    def due(self, timer: Timer, node: Node) -> datetime | None:
        """When a timer that is set now is due; none where its expression says no moment."""
        try:
            if timer.moment is None:
                found = due_at(timer, self.at, self.calendar)
            else:
                found = moment_of(given(self.value(timer.moment, node.frame)), self.at)
        except OverflowError:
            found = None
        if found is None:
            self.tell("note", node, timer.name, "There is no moment for this timer: it is not set.")
        else:
            self.keep_day(timer, node, found)
        return found

    def keep_day(self, timer: Timer, node: Node, due: datetime) -> None:
        """Set the variable that has the day of a timer in the United Kingdom, where one is named."""
        if timer.keep:
            self.state.values[node.frame][timer.keep] = due.astimezone(LONDON).date().isoformat()
            self.scopes.clear()

    def set_timers(self, node: Node) -> None:
        """Set the timers of a state that is entered."""
        for key, timer in node.clocks:
            if due := self.due(timer, node):
                self.set_timer(key, due)

    def set_timer(self, key: str, due: datetime) -> None:
        """Set one."""
        self.state.timers[key] = told = due.isoformat()
        self.order("timer", key, {"due": told})

    def drop_timers(self, node: Node) -> None:
        """Forget the timers of a state that is left."""
        for key, _ in node.clocks:
            self.state.paused.pop(key, None)
            if self.state.timers.pop(key, None):
                self.order("drop", key, {})

    def pause(self, node: Node) -> None:
        """Stop the timers that stand still while the case is in a state, and keep what is left of them."""
        for key, timer in node.stills:
            if due := self.state.timers.pop(key, None):
                rest = left(timer, self.at, datetime.fromisoformat(due), self.calendar)
                self.state.paused[key] = [node.path, rest]
                self.order("drop", key, {})

    def resume(self, node: Node) -> None:
        """Let the timers go on that a state has paused."""
        for key, timer in node.stills:
            if (held := self.state.paused.get(key)) and held[0] == node.path:
                del self.state.paused[key]
                due = resumed_at(timer, self.at, held[1], self.calendar)
                self.set_timer(key, due)
                self.keep_day(timer, self.definition.nodes[key.partition("@")[0]], due)

    def compensate(self, scope: str) -> None:
        """Undo what was done inside a state, the latest first."""
        for path in [each for each in reversed(self.state.undo) if within(each, scope)]:
            node = self.definition.nodes[path]
            self.state.undo.remove(path)
            self.tell("undone", node)
            self.act(node.undo, node)


def moment_of(text: object, at: datetime) -> datetime | None:
    """The moment that a text of FEEL says; where it names no zone, in that of the present."""
    plain, _, zone = text.partition("@") if isinstance(text, str) else ("", "", "")
    try:
        found = datetime.fromisoformat(plain)
        return found.replace(tzinfo=ZoneInfo(zone) if zone else found.tzinfo or at.tzinfo)
    except (ValueError, KeyError, OSError):
        return None
