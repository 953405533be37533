"""What must hold of a process before a case begins: every way leads somewhere, every state is reached and left."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from townhall.kernel.catalogue.processes.model import Action, Definition, Node, Service, Way, meeting, within
from townhall.kernel.catalogue.processes.reaching import check_reached, check_rounds

MOST_NEAR = 200
INTERNAL = ("done", "failed")
FAILING = {"payment", "booking", "document", "webhook", "decision"}


def check(definition: Definition, folder: Path | None) -> None:
    """Find the targets of all ways, and report all that is wrong."""
    for node in definition.nodes.values():
        for way in node.ways():
            find_target(definition, node, way)
        for report in (check_kind, check_events, check_order, check_pauses):
            report(definition, node)
    check_reached(definition)
    check_rounds(definition)
    check_messages(definition)
    if folder is not None:
        check_files(definition, folder)


def find_target(definition: Definition, node: Node, way: Way) -> None:
    """The state that a way leads to: a neighbour, one inside a neighbour, or one further out."""
    if not way.wanted:
        if way.resumes:
            definition.report(way.place, "A way that resumes says what.", "Add 'to'.")
        return None
    for around in [*node.line()[1:], node]:
        path = f"{around.path}/{way.wanted}".removeprefix("/")
        if path in definition.nodes and around.kind != "parallel":
            target = way.target = definition.nodes[path]
            way.around = staying(node, target)
            return check_target(definition, node, way, target)
    names = [each.name for each in definition.nodes.values() if each.parent and each.parent.kind != "parallel"]
    near = get_close_matches(way.wanted, names[:MOST_NEAR], 1)
    definition.report(
        way.place, f"There is no state {way.wanted!r}.", f"Did you mean {near[0]!r}?" if near else "Add the state."
    )
    return None


def check_target(definition: Definition, node: Node, way: Way, target: Node) -> None:
    """Whether a way may lead there: not from one region to another, and not into the inside of a called process."""
    if target.parent and target.parent.kind == "parallel":
        definition.report(way.place, f"{way.wanted!r} is a region.", "Lead to the state that has the regions.")
    for around in target.line()[1:]:
        both = around.kind == "parallel" and within(node.path, around.path) and node.path != around.path
        if both and region_of(node, around) is not region_of(target, around):
            cure = "Lead to a state of the same region, or out of all of them."
            definition.report(way.place, f"{way.wanted!r} is in another region of {around.name!r}.", cure)
        if around.is_called and not within(node.path, around.path):
            definition.report(way.place, f"{way.wanted!r} is inside a called process.", "Lead to the state that calls.")
    if way.resumes:
        target.is_resumed = True
        if not target.children:
            definition.report(way.place, f"{way.wanted!r} has nothing to resume.", "Take 'resume' out.")


def staying(source: Node, target: Node) -> Node:
    """The innermost state around both that stays entered."""
    if source.parent is None or source.parent is target.parent:
        return source.parent or source
    return meeting(source, target)


def region_of(node: Node, around: Node) -> Node | None:
    """The region of a state with regions that a state is in."""
    return next((each for each in node.line() if each.parent is around), None)


def check_kind(definition: Definition, node: Node) -> None:
    """What each kind of state needs, and what it cannot have."""
    if node.kind == "final" and (node.ways() or node.exit):
        definition.report(node.place, f"{node.name!r} is final and has ways out.", "Take them out, or 'final'.")
    if node.kind == "parallel" and len(node.children) < 2:
        definition.report(node.place, f"{node.name!r} has fewer than two regions.", "Add one, or use 'states'.")
    if node.children and node.then:
        definition.report(node.place, f"{node.name!r} has states inside and 'next'.", "Write on: {done: …}.")
    if node.task and node.then:
        definition.report(node.place, f"{node.name!r} is a task with 'next'.", "Write on: {done: …}.")
    if node.service and node.then and "done" in node.on:
        definition.report(node.place, f"{node.name!r} has 'next' and 'done'.", "Take one of them out.")
    waits = node.task or (node.service and not node.then)
    if waits and "done" not in node.on:
        definition.report(node.place, f"{node.name!r} does not say what comes when it is done.", "Add on: {done: …}.")
    ends = node.children and node.parent and (node.parent.kind != "parallel")
    if ends and "done" not in node.on and any(finals(node)):
        definition.report(node.place, f"{node.name!r} does not say what comes at its end.", "Add on: {done: …}.")
    if node.kind == "simple" and not waits and not any(way.target is not None or way.wanted for way in leaving(node)):
        cure = "Add a way, or write final: true."
        definition.report(node.place, f"{node.name!r} is a dead end: nothing leads out of it.", cure)


def finals(node: Node) -> Iterator[Node]:
    """The final states that end a state with states or regions."""
    for each in node.children.values():
        if node.kind == "parallel":
            yield from finals(each)
        elif each.kind == "final":
            yield each


def leaving(node: Node) -> Iterator[Way]:
    """The ways out of a state, and out of those around it."""
    for each in node.line():
        for way in each.ways():
            if each is node or way.target is None or not within(way.target.path, node.path):
                yield way


def check_events(definition: Definition, node: Node) -> None:
    """Whether what it waits for can come."""
    for event, ways in node.on.items():
        if event == "done" and not node.waits and not node.children:
            definition.report(
                ways[0].place, f"{node.name!r} is nothing that is done.", "Make it a task, or use 'next'."
            )
        if event not in (*INTERNAL, *definition.messages):
            near = get_close_matches(event, definition.messages, 1)
            cure = f"Did you mean {near[0]!r}?" if near else "Name it under 'messages'."
            definition.report(ways[0].place, f"There is no message {event!r}.", cure)
    fails = node.service is not None and not node.then and node.service.kind in FAILING
    if fails and not any("failed" in each.on for each in node.line()):
        cure = "Add on: {failed: …}."
        definition.report(node.place, f"{node.name!r} does not say what comes when it fails.", cure)


def check_order(definition: Definition, node: Node) -> None:
    """Whether every way of an event can be tried, and the last one is always open where the case would stand still."""
    for event, ways in (*node.on.items(), ("next", node.then)):
        for way in ways[:-1]:
            if way.guard is None:
                definition.report(way.place, "No way after this one is ever tried.", "Add 'if', or put it last.")
        must = event in ("next", *INTERNAL)
        if must and ways and ways[-1].guard is not None:
            cure = "Add a last way without 'if'."
            definition.report(ways[-1].place, f"Where no 'if' holds, {node.name!r} is a dead end.", cure)
        for way in ways:
            if event in ("next", *INTERNAL) and not way.wanted:
                definition.report(way.place, f"{node.name!r} is done, and this way leads nowhere.", "Add 'to'.")


def check_pauses(definition: Definition, node: Node) -> None:
    """Whether the timers that it pauses are there."""
    for name in node.pauses:
        if not any(name in each.timers for each in node.line()[1:]):
            cure = "Name a timer of a state around it."
            definition.report(node.place, f"There is no timer {name!r} that {node.name!r} could pause.", cure)


def check_messages(definition: Definition) -> None:
    """Whether every message is waited for somewhere."""
    waited = {event for node in definition.nodes.values() for event in node.on}
    for name in definition.messages.keys() - waited:
        place, cure = definition.root.place, f"Put {name!r} under an 'on', or take it out."
        definition.report(place, f"Nothing ever waits for the message {name!r}.", cure)


def check_files(definition: Definition, folder: Path) -> None:
    """Whether the letters, documents and decisions that it names are in the package's folder, where it has such."""
    for service in services(definition):
        kind, name = service.kind, service.name.partition("#")[0]
        expected = folder / (f"{kind}s/{name}.md" if kind in {"letter", "document"} else name)
        if kind in {"letter", "document", "decision"} and expected.parent.is_dir() and not expected.is_file():
            definition.report(service.place, f"There is no file for the {kind} {name!r}.", f"Add {expected.name}.")


def services(definition: Definition) -> Iterator[Service]:
    """Everything that a process orders."""
    for node in definition.nodes.values():
        done: list[Action] = [*node.entry, *node.exit, *node.undo, *node.cancelled]
        done += [action for way in node.ways() for action in way.actions]
        yield from (each for each in done if isinstance(each, Service))
        if node.service:
            yield node.service
