"""Arranges boxes and lines in layers from top to bottom, so that no box, line or label lies over another.

The method is Sugiyama's: lines that lead back are turned round, each box has a layer below those that lead to it, a
line has a slot in every layer that it passes, the slots of a layer are ordered by their neighbours, and then moved as
near to them as their order allows.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.processes.rows import Box, Slot, settle_rows

THIN, SPREAD, NEAR, FAR, LOOP = 6, 36, 14, 60, 40
"""The width of a line, and room: between the ends of lines at a box, between layers, beside a box for its loops."""
MOST_SLOTS = 10_000
Point = tuple[int, int]


@dataclass(slots=True)
class Line:
    """From box to box, perhaps with a label. `points` are upright where two follow with the same x, else slanted."""

    source: str
    target: str
    label: Box | None = None
    points: list[Point] = field(default_factory=list[Point])

    def shift(self, across: int, down: int) -> None:
        """Move it, and its label."""
        self.points = [(x + across, y + down) for x, y in self.points]
        if self.label:
            self.label.shift(across, down)


def arrange(boxes: dict[str, Box], lines: list[Line], place: Place) -> Point:
    """Place boxes and lines; the width and height of the whole. The first box is where the flow begins.

    Raises ModelError, which names the place, where there is too much to be drawn.
    """
    loops = [each for each in lines if each.source == each.target]
    lines = [each for each in lines if each.source != each.target]
    layers, turned = layered(boxes, lines)
    if sum(2 * abs(layers[line.source] - layers[line.target]) for line in lines) + len(boxes) > MOST_SLOTS:
        raise ModelError("There are too many states and ways to be drawn.", place, "Take the process apart.")
    looped = {name: boxes[name] for name in dict.fromkeys(each.source for each in loops)}
    for box in looped.values():
        box.width += 2 * LOOP
    slots = {name: Slot(box, 2 * layers[name]) for name, box in boxes.items()}
    chains = [chain(line, slots, turned=at in turned) for at, line in enumerate(lines)]
    rows = rows_of([*slots.values(), *(slot for held in chains for slot in held)])
    settle_rows(rows, chains)
    size = put_down(rows)
    for name, box in looped.items():
        box.x, box.width = box.x + LOOP, box.width - 2 * LOOP
        draw_loops(box, [each for each in loops if each.source == name])
    draw_lines(lines, chains, rows)
    for at in turned:
        lines[at].points.reverse()
    return size


def rows_of(slots: list[Slot]) -> list[list[Slot]]:
    """The slots of each layer, each slot once."""
    rows: list[list[Slot]] = [[] for _ in range(max(each.layer for each in slots) + 1)]
    for each in dict.fromkeys(slots):
        rows[each.layer].append(each)
    return rows


def draw_loops(box: Box, lines: list[Line]) -> None:
    """Lines that lead back to where they begin stand at the side of the box."""
    right, step = box.x + box.width, box.height // (2 * len(lines) + 1)
    for at, line in enumerate(lines):
        first, last = (box.y + step * (2 * at + each) + step // 2 for each in (0, 1))
        line.points = [(right, first), (right + LOOP // 2, first), (right + LOOP // 2, last), (right, last)]


def layered(boxes: dict[str, Box], lines: list[Line]) -> tuple[dict[str, int], set[int]]:
    """The layer of each box, and which lines lead back up."""
    out: dict[str, list[int]] = {name: [] for name in boxes}
    for at, line in enumerate(lines):
        out[line.source].insert(0, at)
    order, turned = followed(out, lines)
    layers = dict.fromkeys(boxes, 0)
    for name in order:
        for at in out[name]:
            if at not in turned:
                layers[lines[at].target] = max(layers[lines[at].target], layers[name] + 1)
    for name in boxes.keys() - {line.target for line in lines} - {next(iter(boxes))}:
        layers[name] = max(0, min((layers[lines[at].target] for at in out[name]), default=0) - 1)
    return layers, turned


def followed(out: dict[str, list[int]], lines: list[Line]) -> tuple[list[str], set[int]]:
    """The boxes, each before those that its lines lead to, and the lines that lead back in this order.

    The last line of a box is followed first: it is the usual one, so that it leads down.
    """
    turned, left, is_open = set[int](), list[str](), dict[str, bool]()
    for first, begins in out.items():
        waiting = [] if first in is_open else [(first, iter(begins))]
        while waiting:
            name, ways = waiting[-1]
            is_open[name] = True
            at = next(ways, None)
            if at is None:
                is_open[name] = False
                left.append(waiting.pop()[0])
            elif is_open.get(lines[at].target):
                turned.add(at)
            elif lines[at].target not in is_open:
                waiting.append((lines[at].target, iter(out[lines[at].target])))
    return left[::-1], turned


def chain(line: Line, slots: dict[str, Slot], *, turned: bool) -> list[Slot]:
    """The slots of a line from its upper to its lower box; its label stands beside where it begins."""
    upper, lower = slots[line.source], slots[line.target]
    if turned:
        upper, lower = lower, upper
    labelled = lower.layer - 1 if turned else upper.layer + 1
    held = [upper]
    for layer in range(upper.layer + 1, lower.layer):
        box = line.label if line.label and layer == labelled else Box(0, 0, THIN, 0)
        held.append(Slot(box, layer, is_line=True))
    held.append(lower)
    for one, other in pairwise(held):
        one.below.append(other)
        other.above.append(one)
    return held


def put_down(rows: list[list[Slot]]) -> Point:
    """Give every layer its height, and every box its corner; the size of the whole."""
    everything = [slot for row in rows for slot in row]
    left = min((each.x - each.box.width / 2 for each in everything), default=0)
    down = 0
    for row in rows:
        height = max((each.box.height for each in row), default=0)
        for each in row:
            each.x -= left
            each.box.x, each.box.y = round(each.x - each.box.width / 2), down + (height - each.box.height) // 2
        down += height + (room_below(row) if height else room_below(row) // 2)
    right = max((each.box.x + each.box.width for each in everything), default=0)
    return right, max((each.box.y + each.box.height for each in everything), default=0)


def room_below(row: list[Slot]) -> int:
    """The room under a layer: more where lines go far to the side."""
    far = max((abs(each.x - other.x) for each in row for other in each.below), default=0)
    return min(FAR, NEAR + round(far / 10))


def draw_lines(lines: list[Line], chains: list[list[Slot]], rows: list[list[Slot]]) -> None:
    """Give each line its points: upright along each layer, slanted between them."""
    lower = [max(each.box.y + each.box.height for each in row) for row in rows]
    upper = [min(each.box.y for each in row) for row in rows]
    ports = {each: port for row in rows for slot in row for each, port in ports_of(slot).items()}
    for line, held in zip(lines, chains, strict=True):
        points = [(ports[held[0], held[1]], held[0].box.y + held[0].box.height)]
        for one, other in pairwise(held):
            points += [(ports[one, other], lower[one.layer]), (ports[other, one], upper[other.layer])]
        points.append((ports[held[-1], held[-2]], held[-1].box.y))
        line.points = [(round(x), y) for x, y in points]


def ports_of(slot: Slot) -> dict[tuple[Slot, Slot], float]:
    """Where the lines of a slot leave it: those of a box are spread, in the order of their ends."""
    found: dict[tuple[Slot, Slot], float] = {}
    for near in (slot.above, slot.below):
        room = min(SPREAD, slot.box.width / (len(near) + 1))
        for at, each in enumerate(sorted(near, key=lambda each: each.order)):
            found[slot, each] = slot.x + room * (at - (len(near) - 1) / 2)
    return found
