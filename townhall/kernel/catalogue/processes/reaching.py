"""Which states follow which: every state is reached and left, and nothing goes round without waiting."""

from townhall.kernel.catalogue.processes.expressions import RESULT, Feel
from townhall.kernel.catalogue.processes.model import Definition, Node


def check_reached(definition: Definition) -> None:
    """Whether every state is reached from the start, and an end from every state."""
    after = followers(definition)
    reached = spread([definition.root.path], after)
    for node in definition.nodes.values():
        if node.path not in reached:
            definition.report(node.place, f"{node.name!r} is never reached.", "Lead a way to it, or take it out.")
    ends = [node.path for node in definition.root.children.values() if node.kind == "final"]
    if not ends:
        definition.report(definition.root.place, "The process has no end.", "Make one state final: true.")
        return
    alive = spread(ends, backwards(after))
    for node in definition.nodes.values():
        if node.path in reached and node.path not in alive:
            definition.report(node.place, f"From {node.name!r} no end is ever reached.", "Lead a way on from it.")


def spread(first: list[str], after: dict[str, list[str]]) -> set[str]:
    """All that can follow these."""
    waiting, seen = list(first), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(after.get(name, ()))
    return seen


def followers(definition: Definition) -> dict[str, list[str]]:
    """What may come next after each state: what begins inside it, and where its ways and those around it lead.

    The ways of a state stand for themselves, its path with an @ after it: all states inside it share them.
    """
    made: dict[str, list[str]] = {}
    for node in definition.nodes.values():
        made[node.path] = [f"{each.path}@" for each in node.line()] + [each.path for each in begins(node)]
        targets = [way.target for way in node.ways() if way.target is not None]
        made[f"{node.path}@"] = list({each.path for target in targets for each in target.line()[:-1]})
    return made


def begins(node: Node) -> list[Node]:
    """What is entered with a state."""
    if node.kind == "parallel":
        return list(node.children.values())
    return [node.children[node.start]] if node.children else []


def check_rounds(definition: Definition) -> None:
    """Whether a case could go round and round through states that wait for nothing."""
    after = {node.path: [each.path for each in at_once(definition, node)] for node in definition.nodes.values()}
    left = set(after)
    for turned in (after, backwards(after)):
        count = {name: sum(each in left for each in turned.get(name, ())) for name in left}
        before, waiting = backwards(turned), [name for name in left if not count[name]]
        while waiting:
            left.discard(name := waiting.pop())
            for each in before.get(name, ()):
                if each in left:
                    count[each] -= 1
                    if not count[each]:
                        waiting.append(each)
    for node in definition.nodes.values():
        if node.path in left and not node.children:
            cure = "Let one of the states on the way wait for something."
            definition.report(node.place, f"{node.name!r} comes round to itself without waiting.", cure)


def backwards(after: dict[str, list[str]]) -> dict[str, list[str]]:
    """What each comes after."""
    before: dict[str, list[str]] = {}
    for name, found in after.items():
        for each in found:
            before.setdefault(each, []).append(name)
    return before


def stays(definition: Definition, node: Node, guard: Feel | None) -> bool:
    """Whether a condition on a way of a state comes to the same each time: there is none, or it is of answers alone."""
    changing = {*definition.frames[node.frame].kept, RESULT}
    return guard is None or (guard.constant in {(), (True,)} and changing.isdisjoint(guard.names))


def at_once(definition: Definition, node: Node) -> list[Node]:
    """The states that follow a state without waiting: on its ways, inside it, and after the end that it is.

    Where a condition on what changes says whether a sub-process begins anew, it may be true only so many times: that is
    no mistake. One on the answers alone is as true the next time.
    """
    ways = list(node.then)
    if node.kind == "final" and node.parent is not None:
        ways += [way for way in node.parent.on.get("done", ()) if stays(definition, node.parent, way.guard)]
    return [*begins(node), *(way.target for way in ways if way.target is not None)]
