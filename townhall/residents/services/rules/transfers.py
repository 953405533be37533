"""Whether a case can go on with another version of its service, and as what: pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.calendars import Calendar
from townhall.kernel.catalogue.processes.mapping import Mapping, NotMigrated, ask_anew, migrated
from townhall.kernel.catalogue.processes.model import Definition
from townhall.kernel.catalogue.processes.states import Moved, Unreadable, read_state
from townhall.kernel.catalogue.processes.working import Work


class NotTransferred(ValueError):
    """Cases cannot be transferred: why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """From which version to which, and what each state becomes. `barred` are states with no one way back."""

    old: Package
    new: Package
    mapping: Mapping
    calendar: Calendar
    barred: frozenset[str] = field(default_factory=frozenset[str])


def planned(old: Package, new: Package, states: dict[str, str], calendar: Calendar) -> Plan:
    """The plan of two versions. Raises NotTransferred for a state that there is not, and for a broken process."""
    for package in (old, new):
        if package.process.problems:
            raise NotTransferred(f"Version {package.hash[:12]} has mistakes: {package.process.problems[0]}")
    for name, became in states.items():
        for path, package in ((name, old), (became, new)):
            if path not in package.process.nodes:
                raise NotTransferred(f"There is no state {path!r} in version {package.hash[:12]}.")
    return Plan(old, new, Mapping(old.process, new.process, dict(states)), calendar)


def reversed_plan(plan: Plan) -> Plan:
    """The plan the other way, for cases with which something has happened since."""
    forward, nodes = plan.mapping, plan.mapping.old.nodes
    found = {path: forward.target(path) for path in nodes if forward.target(path) in forward.new.nodes}
    twice = {path for path, count in Counter(found.values()).items() if count > 1}
    states = {became: path for path, became in found.items() if became not in twice}
    return Plan(plan.new, plan.old, Mapping(forward.new, forward.old, states), plan.calendar, frozenset(twice))


def judged(plan: Plan, kept: dict[str, Any], answers: dict[str, Any], at: datetime) -> Moved:
    """What a case becomes. Raises NotTransferred with the reason why it cannot."""
    try:
        state = read_state(plan.mapping.old, kept, answers)
        for path in plan.barred & state.active.keys():
            raise NotTransferred(f"More than one state became {path!r}: there is no one way back.")
        return migrated(plan.mapping, state, at=at, calendar=plan.calendar)
    except (NotMigrated, Unreadable) as problem:
        raise NotTransferred(str(problem)) from problem


def asked_again(
    definition: Definition, kept: dict[str, Any], answers: dict[str, Any], paths: list[str], plan: Plan,
    *, count: int, at: datetime,
) -> Moved:  # fmt: skip
    """A case as it was, with what its states at these paths wait for asked for under new keys; `count` is the highest
    number that was ever given.
    """
    work = Work(definition, read_state(definition, kept, answers).copied(), at, plan.calendar)
    work.state.count = max(work.state.count, count)
    for path in paths:
        ask_anew(work, definition.nodes[path])
    return work.moved()


def states_of(kept: dict[str, Any]) -> str:
    """The states that a case is in, for people and for counting: `book + assign`."""
    return " + ".join(sorted(kept.get("active", {})))
