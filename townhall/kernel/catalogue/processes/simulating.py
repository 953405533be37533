"""One case from beginning to end by a list of events: what would happen, and when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from townhall.kernel.catalogue.processes.calendars import Calendar
from townhall.kernel.catalogue.processes.engine import WEEKDAYS, Event, Moved, Refused, send, start
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.states import RUNNING, State


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a case: when, what, and what came of it or why it was refused."""

    at: datetime
    event: str
    moved: Moved | None
    refused: str = ""


def simulated(
    definition: Definition,
    answers: dict[str, Any],
    events: Iterable[Any],
    *,
    at: datetime,
    calendar: Calendar = WEEKDAYS,
) -> Iterator[Happening]:
    """What happens to a case. Each event is a JSON object: `kind` and `name`, `data`, `reason`, `by`, and `at`.

    Timers that are due before an event come first; `wait` only lets time pass. The name of a task or service may leave
    its number out. Raises Refused for what is no event.
    """
    moved = start(definition, answers, at=at, calendar=calendar)
    yield Happening(at, "start", moved)
    state = moved.state
    for given in events:
        asked = dict(given) if isinstance(given, dict) else {"kind": str(given)}
        until = moment(asked.pop("at", None), at)
        for happened in timed(definition, state, until, calendar):
            state = happened.moved.state if happened.moved else state
            yield happened
        if asked.get("kind") != "wait":
            happened = tried(definition, state, event_of(asked, state), until, calendar)
            state = happened.moved.state if happened.moved else state
            yield happened
        at = until


def timed(definition: Definition, state: State, until: datetime, calendar: Calendar) -> Iterator[Happening]:
    """The timers that are due up to a moment, each at its own."""
    for _ in range(1_000):
        waiting = [(datetime.fromisoformat(due), key) for key, due in state.timers.items()]
        if state.status != RUNNING or not waiting or min(waiting)[0] > until:
            return
        at, key = min(waiting)
        found = tried(definition, state, Event("due", key), at, calendar)
        yield found
        if found.moved is None:
            return
        state = found.moved.state


def tried(definition: Definition, state: State, event: Event, at: datetime, calendar: Calendar) -> Happening:
    """What comes of an event."""
    said = f"{event.kind} {event.name}".strip()
    try:
        return Happening(at, said, send(definition, state, event, at=at, calendar=calendar))
    except Refused as problem:
        return Happening(at, said, None, str(problem))


def event_of(asked: dict[str, Any], state: State) -> Event:
    """The event that was asked for, its key completed. Raises Refused where it is none."""
    wanted: dict[str, Callable[[Any], Any]] = {"kind": str, "name": str, "reason": str, "by": str, "data": dict}
    unknown = asked.keys() - wanted.keys()
    if unknown or "kind" not in asked:
        raise Refused(f"An event has a kind, and may have {', '.join(wanted)} and at; not {sorted(unknown)}.")
    try:
        event = Event(**{name: wanted[name](value) for name, value in asked.items()})
    except (TypeError, ValueError) as problem:
        raise Refused("The data of an event are an object: a value for each name.") from problem
    if event.kind in {"done", "failed"} and "#" not in event.name and event.name in state.active:
        return event._replace(name=f"{event.name}#{state.active[event.name]}")
    return event


def moment(text: object, otherwise: datetime) -> datetime:
    """When something happens. Raises Refused for a text that is no moment."""
    if text is None:
        return otherwise
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as problem:
        raise Refused(f"{text!r} is no moment, as 2026-03-31T09:00:00 is.") from problem
    return found if found.tzinfo else found.replace(tzinfo=UTC)
