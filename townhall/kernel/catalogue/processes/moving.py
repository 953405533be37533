"""How a case goes from state to state: what is left, what is entered, what has come to its end."""

from collections.abc import Set
from typing import Any

from townhall.kernel.catalogue.processes.model import ROOT, Node, Task, Way, within
from townhall.kernel.catalogue.processes.states import ENDED, Refused
from townhall.kernel.catalogue.processes.working import Work

MOST_MOVES = 1_000
NONE: frozenset[str] = frozenset()


def enter(work: Work, around: Node, paths: list[str]) -> None:
    """Enter the states of these paths, which stand somewhere inside one that the case is in."""
    nodes = [work.definition.nodes[path] for path in paths]
    if len(nodes) == 1 and nodes[0].parent is around:
        return go_in(work, nodes[0], NONE)
    wanted = {each.path for node in nodes for each in node.line()}
    return go_in(work, next(each for each in around.children.values() if each.path in wanted), wanted)


def go_in(work: Work, node: Node, wanted: Set[str]) -> None:
    """Enter a state, and in it those that are wanted, else those it begins with."""
    work.moves += 1
    if work.moves > MOST_MOVES:
        raise Refused(f"The case goes through more than {MOST_MOVES:,} states at once: does it go round?")
    open_state(work, node)
    if node.kind == "parallel":
        for region in node.children.values():
            go_in(work, region, wanted)
    elif node.children:
        inside = next((each for each in node.children.values() if each.path in wanted), None)
        go_in(work, inside or node.children[node.start], wanted)


def open_state(work: Work, node: Node) -> None:
    """Enter one state: its entry actions, its timers, and what it asks of people and services."""
    if node.is_called:
        work.begin(node.path, work.assigned(node.given, parent_of(node).frame))
    if not node.children:
        work.state.count += 1
        work.state.active[node.path] = work.state.count
    work.tell("entered", node)
    if node.entry:
        work.act(node.entry, node)
    if node.clocks:
        work.set_timers(node)
    if node.stills:
        work.pause(node)
    order(work, node)
    if node.kind == "final":
        work.ended.append(node)
    elif node.then:
        work.ready.append(node)


def order(work: Work, node: Node) -> None:
    """Ask for what a state asks of people and services, where it does."""
    if node.task:
        ask(work, node, node.task)
    elif node.service:
        work.state_order(node.service, node, work.key(node))


def ask(work: Work, node: Node, task: Task) -> None:
    """Ask a person to do a task."""
    details: dict[str, Any] = {"who": task.who, "title": {"en": node.title.en, "cy": node.title.cy}}
    if task.skills:
        details["skills"] = [*task.skills]
    if task.form:
        details["form"] = task.form
    if node.due and (due := work.due(node.due, node)):
        details["due"] = due.isoformat()
    work.order("task", work.key(node), details)


def parent_of(node: Node) -> Node:
    """The state that it stands in; of the process itself that."""
    return node.parent or node


def leave(work: Work, around: Node, finished: Node | None) -> None:
    """Leave whatever the case is in inside a state; `finished` is the one that came to its own end."""
    nodes, active = work.definition.nodes, work.state.active
    inside: dict[str, Node] = {}
    for path in active:
        for node in nodes[path].line() if within(path, around.path) else ():
            if node is around:
                break
            inside[node.path] = node
            if node.is_resumed and node is not finished:
                work.state.history[node.path] = [path for path in active if within(path, node.path)]
    for node in sorted(inside.values(), key=number_of, reverse=True):
        close_state(work, node, is_finished=node is finished)


def number_of(node: Node) -> int:
    """Its place in the file."""
    return node.number


def close_state(work: Work, node: Node, *, is_finished: bool) -> None:
    """Leave one state: its exit actions; what it had asked for and did not get is dropped."""
    if node.exit:
        work.act(node.exit, node)
    if node.waits and not is_finished:
        work.order("drop", work.key(node), {})
    if node.clocks:
        work.drop_timers(node)
    if node.stills:
        work.resume(node)
    if is_finished and node.undo:
        work.state.undo.append(node.path)
    work.state.active.pop(node.path, None)
    if node.kind != "final":
        work.tell("left", node)


def take(work: Work, source: Node, way: Way, *, finished: Node | None = None) -> None:
    """Go a way: leave, do what stands at the way, enter. A way without a target leaves nothing."""
    if way.target is None or way.around is None:
        work.act(way.actions, source)
        return
    path = way.target.path
    remembered = work.state.history.get(path, [path]) if way.resumes else [path]
    leave(work, way.around, finished)
    work.act(way.actions, source)
    if way.undoes:
        work.compensate(source.path if source.children else parent_of(source).path)
    enter(work, way.around, remembered)


def settle(work: Work) -> None:
    """Go on until the case waits for something, or has ended."""
    while work.ended or work.ready:
        if work.ended:
            finish(work, work.ended.pop(0))
            continue
        node = work.ready.pop(0)
        if node.path in work.state.active:
            take(work, node, fitting(work, node, node.then), finished=node)


def finish(work: Work, final: Node) -> None:
    """What follows from a final state: the end of the case, of a sub-process, or of a region."""
    if final.path not in work.state.active:
        return
    around = parent_of(final)
    work.bring({"outcome": final.name})
    if around.path == ROOT:
        number = work.state.active[final.path]
        leave(work, around, None)
        close_root(work, ENDED)
        work.state.active[final.path] = number
        work.tell("ended", final)
        return
    parallel = around.parent
    if parallel is not None and parallel.kind == "parallel":
        if parallel.join == "all" and not all(is_over(work, each) for each in parallel.children.values()):
            return
        around = parallel
    if "done" in around.on:
        take(work, around, fitting(work, around, around.on["done"]), finished=around)


def close_root(work: Work, status: str) -> None:
    """Leave the process itself."""
    root = work.definition.root
    work.act(root.exit, root)
    work.drop_timers(root)
    work.ended.clear()
    work.ready.clear()
    work.state.status = status


def is_over(work: Work, region: Node) -> bool:
    """Whether a region has come to its end."""
    return any(each.kind == "final" and each.path in work.state.active for each in region.children.values())


def fitting(work: Work, node: Node, ways: tuple[Way, ...]) -> Way:
    """The first way whose guard lets through. Raises Refused where none does."""
    for way in ways:
        if work.holds(way.guard, node.frame):
            return way
    raise Refused(f"No way out of {node.path!r} fits: none of its conditions is true.")


def open_way(work: Work, node: Node, event: str) -> tuple[Node, Way] | None:
    """The way of an event that is open at a state or, failing that, at the nearest around it."""
    for each in node.line():
        for way in each.on.get(event, ()):
            if work.holds(way.guard, each.frame):
                return each, way
    return None
