"""Where each state stands in a drawing: columns by how far it is from the start, states inside the one they are in."""

from dataclasses import dataclass

from townhall.kernel.catalogue.processes.model import Definition, Node, Way, within

WIDTH, HEIGHT, ACROSS, DOWN = 170, 62, 90, 46
HEAD, EDGE, START = 34, 26, 50
"""Room for a title over what stands inside, around it, and for the dot where it begins."""


@dataclass(slots=True)
class Box:
    """A rectangle of the drawing."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.y + self.height // 2

    @property
    def centre(self) -> int:
        """Half way across."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A way in the drawing: from where, to where, on which event."""

    source: Node
    target: Node
    event: str
    way: Way


def edges(definition: Definition) -> list[Edge]:
    """The ways that lead somewhere, in the order of the file."""
    made: list[Edge] = []
    for node in definition.nodes.values():
        for event, way in events(node):
            if way.target is not None:
                made.append(Edge(node, definition.nodes[way.target], event, way))
    return made


def events(node: Node) -> list[tuple[str, Way]]:
    """The ways out of a state with what they wait for; a timer is told by its name after an @."""
    found = [(event, way) for event, ways in node.on.items() for way in ways]
    found += [("", way) for way in node.then]
    return [*found, *((f"@{timer.name}", timer.way) for timer in node.timers.values())]


def laid_out(definition: Definition) -> dict[str, Box]:
    """A box for each state, that of the process itself around all of them."""
    boxes: dict[str, Box] = {}
    measure(definition.root, boxes)
    for node in definition.nodes.values():
        if node.parent is not None:
            around = boxes[node.parent.path]
            boxes[node.path].x += around.x
            boxes[node.path].y += around.y
    return boxes


def measure(node: Node, boxes: dict[str, Box]) -> Box:
    """The size of a state; the boxes inside it stand where they do from its own corner."""
    if not node.children:
        boxes[node.path] = Box(0, 0, WIDTH, HEIGHT)
        return boxes[node.path]
    inside = {each.name: measure(each, boxes) for each in node.children.values()}
    columns = [[name] for name in inside] if node.kind == "parallel" else in_columns(node)
    x, y, right, bottom = EDGE + START * (node.kind != "parallel"), HEAD, 0, 0
    for column in columns:
        row = HEAD if node.kind != "parallel" else y
        for name in column:
            inside[name].x, inside[name].y = x, row
            row += inside[name].height + DOWN
            right, bottom = max(right, x + inside[name].width), max(bottom, row - DOWN)
        if node.kind == "parallel":
            y = row
        else:
            x = right + ACROSS
    boxes[node.path] = Box(0, 0, right + EDGE, bottom + EDGE + DOWN)
    return boxes[node.path]


def in_columns(node: Node) -> list[list[str]]:
    """The states inside one, in columns by how many ways they are from where it begins."""
    depth, waiting = {node.start: 0}, [node.start]
    while waiting:
        name = waiting.pop(0)
        for target in reached(node, node.children[name]):
            if target not in depth:
                depth[target] = depth[name] + 1
                waiting.append(target)
    last = max(depth.values()) + 1
    columns: list[list[str]] = [[] for _ in range(last + 1)]
    for name in node.children:
        columns[depth.get(name, last)].append(name)
    return [each for each in columns if each]


def reached(around: Node, node: Node) -> list[str]:
    """The neighbours that the ways out of a state, and of what stands in it, lead to."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        waiting.extend(each.children.values())
        for way in each.ways():
            if way.target is not None and within(way.target, around.path) and way.target != around.path:
                found.append(way.target.removeprefix(around.path).removeprefix("/").partition("/")[0])
    return found


def wrapped(text: str, width: int) -> list[str]:
    """A text in at most three lines of about so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], lines[2] + " …"]
    return [each if len(each) <= width + 4 else each[: width + 3] + "…" for each in lines]
