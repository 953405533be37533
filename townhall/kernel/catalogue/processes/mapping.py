"""Moves running cases from one version of a process to another, and back: which state becomes which."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path

from townhall.kernel.catalogue.decisions.conversion import given, taken
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.decisions.yaml_tree import parse
from townhall.kernel.catalogue.processes.calendars import Calendar
from townhall.kernel.catalogue.processes.expressions import LIMITS
from townhall.kernel.catalogue.processes.model import Definition, Node
from townhall.kernel.catalogue.processes.moving import order
from townhall.kernel.catalogue.processes.reading import content_of
from townhall.kernel.catalogue.processes.states import RUNNING, Moved, State, Values, gap, is_wrong
from townhall.kernel.catalogue.processes.working import Work


class NotMigrated(Exception):
    """A case cannot be moved to the other version: why."""


@dataclass(slots=True)
class Mapping:
    """Which state of one version becomes which of another. What is not named keeps its path."""

    old: Definition
    new: Definition
    states: dict[str, str]
    place: Place = field(default_factory=Place)
    problems: list[Problem] = field(default_factory=list[Problem])

    def target(self, path: str) -> str:
        """What a state becomes: what is named, else what the state around it becomes with the same name in it."""
        if path in self.states or not path:
            return self.states.get(path, path)
        around, _, name = path.rpartition("/")
        return f"{self.target(around)}/{name}".removeprefix("/")

    def back(self) -> "Mapping":
        """The mapping the other way, for cases in states that both versions have.

        Raises NotMigrated where two states became one.
        """
        found = {path: self.target(path) for path in self.old.nodes if self.target(path) in self.new.nodes}
        twice = [path for path, count in Counter(found.values()).items() if count > 1]
        if twice:
            raise NotMigrated(f"Two states became {twice[0]!r}: there is no one way back.")
        return checked(
            Mapping(self.new, self.old, {new: old for old, new in found.items()}, self.place), found.values()
        )


def load_mapping(path: Path, old: Definition, new: Definition) -> Mapping:
    """The mapping of a file. Raises ModelError with file, line and cure."""
    return checked(read_mapping(path, old, new, hashes=(old.hash, new.hash)))


def read_mapping(path: Path, old: Definition, new: Definition, *, hashes: tuple[str, str]) -> Mapping:
    """The mapping of a file as it stands, its states looked up and no more. `hashes` are what its `from` and `to` must
    begin with: those of the processes, or of the packages around them. Raises ModelError with file, line and cure.
    """
    tree = parse(content_of(path, Place(path.name)), path.name, LIMITS)
    held = tree.keys("from", "to", "states")
    for key, definition, known in (("from", old, hashes[0]), ("to", new, hashes[1])):
        if key in held and not known.startswith(held[key].text()):
            cure = f"It begins with {known[:12]}."
            raise ModelError(f"{definition.file} is another version than {key!r} says.", held[key].place, cure)
    states: dict[str, str] = {}
    for name, node in held["states"].keys().items() if "states" in held else ():
        for path_of, versions in ((name, old), (node.text(), new)):
            if path_of not in versions.nodes:
                near = ", ".join(list(versions.nodes)[1:])
                raise ModelError(f"There is no state {path_of!r} in {versions.file}.", node.place, f"There are {near}.")
        states[name] = node.text()
    return Mapping(old, new, states, tree.place)


def checked(mapping: Mapping, only: Container[str] | None = None) -> Mapping:
    """The same, with what is wrong: a case must always come to stand in states that can be together.

    `only` are the states to look at, where a case in any other is left where it is.
    """
    leaves = [node for node in mapping.old.nodes.values() if not node.children and not node.then]
    leaves = [node for node in leaves if only is None or node.path in only]
    for node in leaves:
        if wrong := unfit(mapping, node):
            mapping.problems.append(Problem(mapping.place, wrong[0], wrong[1]))
    if not mapping.problems:
        beside = [node for node in leaves if any(each.kind == "parallel" for each in node.line())]
        for one, other in combinations(beside, 2):
            mapped = [mapping.new.nodes[mapping.target(each.path)] for each in (one, other)]
            if are_together(one, other) and not are_together(*mapped):
                cure = "Map them to states of different regions."
                message = f"{one.path!r} and {other.path!r} go on side by side; what they become cannot."
                mapping.problems.append(Problem(mapping.place, message, cure))
    return mapping


def unfit(mapping: Mapping, node: Node) -> tuple[str, str] | None:
    """Why a state cannot become what it is mapped to, and the cure."""
    path = mapping.target(node.path)
    target = mapping.new.nodes.get(path)
    if target is None:
        return f"{node.path!r} becomes nothing: there is no {path!r}.", f"Name {node.path!r} under 'states'."
    if target.children:
        return f"{node.path!r} becomes {path!r}, which has states inside.", "Map it to one of those."
    if (node.kind == "final") != (target.kind == "final"):
        return f"{node.path!r} becomes {path!r}, and only one of them is final.", "Map it to another state."
    if target.then:
        return f"{node.path!r} waits, and {path!r} goes on by itself.", "Map it to a state that waits."
    return None


def is_same(old: Node, new: Node) -> bool:
    """Whether both ask for the same: what is open can stay open. Two tasks do, whoever they are for."""
    ours, theirs = old.service, new.service
    if not (old.waits and new.waits) or ours is None or theirs is None:
        return old.waits == new.waits and ours is theirs
    return (ours.kind, ours.name) == (theirs.kind, theirs.name)


def are_together(one: Node, other: Node) -> bool:
    """Whether a case can be in both at once: the innermost state around both has regions."""
    around = {each.path for each in one.line()}
    return next(each for each in other.line() if each.path in around).kind == "parallel"


def migrated(mapping: Mapping, state: State, *, at: datetime, calendar: Calendar) -> Moved:
    """The case in the other version, and what the outside must do: rename what is open, drop what is not wanted any
    more, ask for what is wanted instead, drop and set timers.

    Due moments stay as they were; a timer that only the other version has is set now. Variables keep their values by
    name; new ones begin as written. Raises NotMigrated.
    """
    if mapping.problems:
        raise NotMigrated(f"The mapping has mistakes: {mapping.problems[0]}")
    if state.hash != mapping.old.hash:
        raise NotMigrated("The case belongs to neither of these versions.")
    for path in state.active:
        if mapping.target(path) not in mapping.new.nodes:
            raise NotMigrated(f"The case is in {path!r}, which the other version has not.")
        if wrong := unfit(mapping, mapping.old.nodes[path]):
            raise NotMigrated(wrong[0])
    work = Work(mapping.new, state.copied(), at, calendar)
    made = work.state
    made.hash = mapping.new.hash
    made.active = {mapping.target(path): number for path, number in state.active.items()}
    made.undo = [path for each in state.undo if (path := mapping.target(each)) in mapping.new.nodes]
    made.history = remembered(mapping, state)
    made.values = values_of(mapping, state)
    hand_over(mapping, state, work)
    if state.status == RUNNING:
        move_timers(mapping, state, work)
    if wrong := is_wrong(mapping.new, made):
        raise NotMigrated(wrong)
    return work.moved()


def remembered(mapping: Mapping, state: State) -> dict[str, list[str]]:
    """What can be resumed in the new version: only what is all there."""
    made: dict[str, list[str]] = {}
    for path, held in state.history.items():
        paths = [mapping.target(each) for each in held]
        around = mapping.new.nodes.get(mapping.target(path))
        inside = [mapping.new.nodes[each] for each in paths if each in mapping.new.nodes]
        whole = len(inside) == len(paths) and not any(each.children for each in inside)
        if whole and around is not None and around.is_resumed and not gap(mapping.new, around, paths):
            made[around.path] = paths
    return made


def values_of(mapping: Mapping, state: State) -> dict[str, Values]:
    """The variables of the new version, those that the old one had with their values."""
    made: dict[str, Values] = {}
    for path, frame in mapping.new.frames.items():
        old = next((each for each in state.values if mapping.target(each) == path), None)
        if old is not None:
            held = state.values[old]
            names = [*frame.facts, *frame.kept] if path else list(frame.kept)
            fresh = {name: given(taken(frame.kept[name].begins)) for name in names if name in frame.kept}
            made[path] = fresh | {name: held[name] for name in names if name in held}
    return made


def hand_over(mapping: Mapping, state: State, work: Work) -> None:
    """Tell the outside the new keys of what stays open; drop and ask where another thing is wanted."""
    for path, number in state.active.items():
        old, new = mapping.old.nodes[path], mapping.new.nodes[mapping.target(path)]
        if is_same(old, new):
            if new.path != path and old.waits:
                work.order("rename", f"{path}#{number}", {"to": f"{new.path}#{number}"})
            continue
        if old.waits:
            work.order("drop", f"{path}#{number}", {})
        ask_anew(work, new)


def ask_anew(work: Work, node: Node) -> None:
    """Ask for what a state waits for under a key that was never used."""
    work.state.count += 1
    work.state.active[node.path] = work.state.count
    order(work, node)


def move_timers(mapping: Mapping, state: State, work: Work) -> None:
    """Keep the timers that both versions have, drop those that are gone, set those that are new."""
    made = work.state
    made.timers, made.paused = {}, {}
    wanted = {
        f"{node.path}@{name}": (node, timer)
        for path in made.active
        for node in mapping.new.nodes[path].line()
        for name, timer in node.timers.items()
    }
    known: set[str] = set()
    for key, due in state.timers.items():
        path, _, name = key.partition("@")
        new = f"{mapping.target(path)}@{name}"
        if new in wanted:
            made.timers[new] = due
        if new not in wanted or new != key:
            work.order("drop", key, {})
        if new in wanted and new != key:
            work.order("timer", new, {"due": due})
    for key, held in state.paused.items():
        path, _, name = key.partition("@")
        if (new := f"{mapping.target(path)}@{name}") in wanted:
            made.paused[new] = [mapping.target(held[0]), held[1]]
    for node in mapping.old.nodes.values():
        known |= {f"{mapping.target(node.path)}@{name}" for name in node.timers}
    for key in sorted(wanted.keys() - known):
        node, timer = wanted[key]
        if due := work.due(timer, node):
            work.set_timer(key, due)
