"""Reads a process from YAML: states inside states, regions side by side, and the processes that it calls."""

import hashlib
import json
from pathlib import Path

from townhall.kernel.catalogue.decisions.feel.kinds import ANY, SIMPLE
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode, parse
from townhall.kernel.catalogue.processes.checks import check
from townhall.kernel.catalogue.processes.expressions import LIMITS
from townhall.kernel.catalogue.processes.model import ROOT, SERVICES, Definition, Frame, Node, Variable
from townhall.kernel.catalogue.processes.ways import WayReader, named
from townhall.kernel.catalogue.words import Text, as_name, flag

MOST_STATES, DEEPEST = 2_000, 12
MOST_NAMES, MOST_FILES = 500, 50
HEAD = ("facts", "variables", "messages")
INSIDE = ("name", "start", "states", "on", "after", "entry", "exit", "undo", "cancelled")
ONLY_ALONE = ("on", "after", "entry", "exit", "undo", "cancelled")
STATE = (*INSIDE[:-1], "regions", "join", "call", "with", "task", "next", "pauses", "final", *SERVICES)
KINDS = ("states", "regions", "call", "final", "task", *SERVICES)


def load(path: Path) -> Definition:
    """The process of a file, and those that it calls. Raises ModelError with file, line and cure."""
    return read(content_of(path, Place(path.name)), path.name, path.parent)


def content_of(path: Path, place: Place) -> bytes:
    """What is in a file. Raises ModelError where it cannot be read."""
    try:
        if path.stat().st_size > LIMITS.document_bytes:
            message = f"The file {path.name} is larger than {LIMITS.document_bytes:,} bytes."
            raise ModelError(message, place, "Take it apart.")
        return path.read_bytes()
    except OSError as problem:
        cure = "Put it into the same folder."
        raise ModelError(f"The file {path.name} cannot be read: {problem.strerror}.", place, cure) from problem


def read(content: bytes, file: str, folder: Path | None = None) -> Definition:
    """The process of a text; those that it calls are files of a folder. Raises ModelError."""
    return read_tree(parse(content, file, LIMITS), file, folder)


def read_tree(tree: YamlNode, file: str, folder: Path | None = None) -> Definition:
    """The process of a tree of nodes. Raises ModelError."""
    try:
        return Reading(file, folder).whole(tree)
    except RecursionError as problem:
        raise ModelError("The process is nested too deep.", Place(file), "Take it apart.") from problem


class Reading:
    """Makes a definition of one file and of those that it calls."""

    def __init__(self, file: str, folder: Path | None) -> None:
        self.folder = folder
        self.definition = Definition(file, Text(""), "", {}, {}, {})
        self.trees: dict[str, YamlNode] = {}

    def whole(self, tree: YamlNode) -> Definition:
        """The definition of a file."""
        made = self.definition
        made.nodes[ROOT] = Node(ROOT, Text(""), tree.place, "compound")
        self.trees[made.file] = tree
        self.process(made.root, tree, (made.file,))
        made.title = made.root.title
        contents = [each.plain() for each in self.trees.values()]
        made.hash = hashlib.sha256(json.dumps(contents, sort_keys=True, default=str).encode()).hexdigest()
        for number, node in enumerate(made.nodes.values()):
            node.prepare(number)
            made.timed |= {key for key, _ in node.clocks}
        check(made, self.folder)
        return made

    def process(self, node: Node, tree: YamlNode, callers: tuple[str, ...]) -> None:
        """Read a process into a state: the root, or one that calls it."""
        held = tree.keys(*HEAD, *INSIDE)
        frame = self.definition.frames[node.path] = Frame()
        frame.facts, frame.kept = variables(held.get("facts")), variables(held.get("variables"))
        for name in sorted(frame.facts.keys() & frame.kept.keys()):
            raise ModelError(f"{name!r} is both a fact and a variable.", held["variables"].place, "Rename one.")
        self.find_calls(frame, node.path, held)
        ways = WayReader(self.definition, frame)
        for name, each in few(held["messages"]).items() if "messages" in held else ():
            self.definition.messages[as_name(name, each)] = ways.message(each)
        if node.path == ROOT:
            self.common(node, held, ways, tree)
            node.cancelled = ways.actions(held.get("cancelled"))
        for key in (each for each in ONLY_ALONE if each in held and node.path != ROOT):
            cure = f"Put {key!r} to the state that calls it, or to one inside."
            self.definition.report(held[key].place, f"A process that is called has no {key!r} of its own.", cure)
        self.states(node, held, ways, tree, callers)

    def find_calls(self, frame: Frame, path: str, held: dict[str, YamlNode]) -> None:
        """Tell the frame which states call a process: expressions may speak of what it came to."""
        waiting = [(path, held)]
        while waiting:
            around, inside = waiting.pop()
            for name, each in nested(inside):
                place = f"{around}/{name}".removeprefix("/")
                if isinstance(each.held, dict):
                    if "call" in each.held:
                        frame.calls[name] = place
                    waiting.append((place, each.held))

    def common(self, node: Node, held: dict[str, YamlNode], ways: WayReader, tree: YamlNode) -> None:
        """What every kind of state may have."""
        if "name" in held:
            node.title = ways.text(held["name"])
        else:
            whose = repr(node.name) if node.path else "The process"
            self.definition.report(tree.place, f"{whose} has no name for people.", "Add 'name'.")
        node.entry, node.exit, node.undo = (ways.actions(held.get(each)) for each in ("entry", "exit", "undo"))
        node.timers = ways.timers(held["after"]) if "after" in held else {}
        for event, each in held["on"].keys().items() if "on" in held else ():
            node.on[as_name(event, each)] = ways.ways(each)

    def states(
        self, node: Node, held: dict[str, YamlNode], ways: WayReader, tree: YamlNode, callers: tuple[str, ...]
    ) -> None:
        """The states that stand in one after another."""
        if "states" not in held or not held["states"].keys():
            raise ModelError("There are no states.", tree.place, "Add 'states', each with its name.")
        names = list(held["states"].keys())
        node.start = held["start"].text() if "start" in held else names[0]
        if node.start not in names:
            raise ModelError(
                f"There is no state {node.start!r}.", held["start"].place, f"There are {', '.join(names)}."
            )
        for name, each in held["states"].keys().items():
            self.state(node, as_name(name, each), each, ways, callers)

    def state(self, parent: Node, name: str, tree: YamlNode, ways: WayReader, callers: tuple[str, ...]) -> None:
        """One state."""
        held = tree.keys(*STATE)
        kinds = [each for each in KINDS if each in held]
        if len(kinds) > 1:
            raise ModelError(f"{name!r} is both {kinds[0]} and {kinds[1]}.", tree.place, "Make two states of it.")
        path = f"{parent.path}/{name}".removeprefix("/")
        node = Node(path, Text(name), tree.place, kind_of(held), parent=parent, frame=parent_frame(parent))
        if len(self.definition.nodes) > MOST_STATES or path.count("/") >= DEEPEST:
            cure = "Take the process apart."
            raise ModelError(f"There are more than {MOST_STATES:,} states, or they are too deep.", tree.place, cure)
        parent.children[name] = self.definition.nodes[path] = node
        self.common(node, held, ways, tree)
        node.then = ways.ways(held["next"]) if "next" in held else ()
        node.pauses = tuple(named(each) for each in held["pauses"].items()) if "pauses" in held else ()
        if "task" in held:
            node.task, node.due = ways.task(held["task"])
        for kind in SERVICES:
            if kind in held:
                node.service = ways.service(kind, held[kind])
        self.inside(node, held, ways, tree, callers)

    def inside(
        self, node: Node, held: dict[str, YamlNode], ways: WayReader, tree: YamlNode, callers: tuple[str, ...]
    ) -> None:
        """What stands in a state: states, regions, or the process that it calls."""
        if "states" in held:
            self.states(node, held, ways, tree, callers)
        elif "call" in held:
            node.calls = named(held["call"])
            node.given = ways.assignments(held["with"]) if "with" in held else ()
            self.called(node, held["call"], callers)
        for name, each in held["regions"].keys().items() if "regions" in held else ():
            self.region(node, as_name(name, each), each, ways, callers)
        if "join" in held:
            node.join = held["join"].text()
            if node.join not in {"all", "any"}:
                raise ModelError(f"There is no join {node.join!r}.", held["join"].place, "Write all or any.")

    def region(self, parent: Node, name: str, tree: YamlNode, ways: WayReader, callers: tuple[str, ...]) -> None:
        """One of several states that go on side by side."""
        held = tree.keys("name", "start", "states")
        path = f"{parent.path}/{name}"
        node = Node(path, Text(name), tree.place, "compound", parent=parent, frame=parent_frame(parent))
        parent.children[name] = self.definition.nodes[path] = node
        self.common(node, held, ways, tree)
        self.states(node, held, ways, tree, callers)

    def called(self, node: Node, named_as: YamlNode, callers: tuple[str, ...]) -> None:
        """Read the process that a state calls into it."""
        file = f"{named(named_as)}.yaml"
        if file in callers:
            raise ModelError(f"{file} calls itself.", named_as.place, "Take the call out.")
        if self.folder is None:
            raise ModelError(f"{file} is not there.", named_as.place, "Load the process from its folder.")
        if file not in self.trees:
            if len(self.trees) >= MOST_FILES:
                cure = "Call fewer processes."
                raise ModelError(f"There are more than {MOST_FILES} files.", named_as.place, cure)
            self.trees[file] = parse(content_of(self.folder / file, named_as.place), file, LIMITS)
        tree = self.trees[file]
        self.process(node, tree, (*callers, file))
        wanted, brought = self.definition.frames[node.path].facts, {each.name for each in node.given}
        for name in sorted(wanted.keys() ^ brought):
            about = "is not given" if name in wanted else "is nothing that it asks for"
            self.definition.report(named_as.place, f"{file}: {name!r} {about}.", "Put the 'facts' of it under 'with'.")


def parent_frame(parent: Node) -> str:
    """Whose variables the states inside a state see."""
    return parent.path if parent.is_called or parent.path == ROOT else parent.frame


def nested(held: dict[str, YamlNode]) -> list[tuple[str, YamlNode]]:
    """The states and regions that are written in a state."""
    inside = [held[each].held for each in ("states", "regions") if each in held]
    return [item for each in inside if isinstance(each, dict) for item in each.items()]


def kind_of(held: dict[str, YamlNode]) -> str:
    """Whether it is a final state, one with states in it, one with regions, or one with nothing inside."""
    if flag(held.get("final")):
        return "final"
    if "regions" in held:
        return "parallel"
    return "compound" if "states" in held or "call" in held else "simple"


def few(node: YamlNode) -> dict[str, YamlNode]:
    """What a node holds by name. Raises ModelError where that is too much."""
    held = node.keys()
    if len(held) > MOST_NAMES:
        raise ModelError(f"There are more than {MOST_NAMES} names here.", node.place, "Take the process apart.")
    return held


def variables(node: YamlNode | None) -> dict[str, Variable]:
    """Names with a type, or with a type and what they begin with. Raises ModelError."""
    made: dict[str, Variable] = {}
    for name, each in few(node).items() if node else ():
        held = each.keys("type", "begins") if isinstance(each.held, dict) else {"type": each}
        wanted = held["type"].text() if "type" in held else ANY.name
        if wanted not in {*SIMPLE, "list", "context"}:
            raise ModelError(f"There is no type {wanted!r}.", each.place, f"There are {', '.join(SIMPLE)}.")
        made[name] = Variable(SIMPLE.get(wanted, ANY), held["begins"].plain() if "begins" in held else None)
    return made
