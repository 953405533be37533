"""Where everything stands in a drawing: boxes inside boxes, each arranged in itself, regions side by side."""

from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.processes.layers import Line, Point, arrange
from townhall.kernel.catalogue.processes.rows import Box

EDGE, BETWEEN = 22, 24
"""Room between a box and what stands in it, and between regions."""


@dataclass(slots=True)
class Inside:
    """What stands in a box: smaller boxes by name, and the lines between them, under a head of some height."""

    head: int = EDGE
    names: list[str] = field(default_factory=list[str])
    lines: list[Line] = field(default_factory=list[Line])
    is_row: bool = False


@dataclass(slots=True)
class Sheet:
    """All boxes of a drawing by name; those that others stand in have an inside as well."""

    place: Place
    boxes: dict[str, Box] = field(default_factory=dict[str, Box])
    insides: dict[str, Inside] = field(default_factory=dict[str, Inside])

    def put(self, around: str, name: str, width: int, height: int) -> None:
        """Add a box to the inside of another."""
        self.boxes[name] = Box(0, 0, width, height)
        self.insides[around].names.append(name)

    def settle(self, name: str) -> None:
        """Give a box its size, and all that is in it its place. Raises ModelError where that is too much."""
        self.measure(name)
        self.shift(name, 0, 0)

    def measure(self, name: str) -> None:
        """Give a box its size; what stands in it is placed from the box's own corner."""
        inside, box = self.insides[name], self.boxes[name]
        for each in inside.names:
            if each in self.insides:
                self.measure(each)
        held = {each: self.boxes[each] for each in inside.names}
        width, height = in_a_row(held) if inside.is_row else arrange(held, inside.lines, self.place)
        room = max(0, box.width - width - 2 * EDGE) // 2
        for each in (*held.values(), *inside.lines):
            each.shift(EDGE + room, inside.head)
        box.width, box.height = max(box.width, width + 2 * EDGE), inside.head + height + EDGE

    def shift(self, name: str, across: int, down: int) -> None:
        """Move a box, and what stands in it with it."""
        inside, box = self.insides[name], self.boxes[name]
        box.shift(across, down)
        for each in inside.lines:
            each.shift(box.x, box.y)
        for each in inside.names:
            if each in self.insides:
                self.shift(each, box.x, box.y)
            else:
                self.boxes[each].shift(box.x, box.y)


def in_a_row(boxes: dict[str, Box]) -> Point:
    """Place boxes side by side, all as high as the highest."""
    height, x = max(each.height for each in boxes.values()), 0
    for each in boxes.values():
        each.x, each.y, each.height = x, 0, height
        x += each.width + BETWEEN
    return x - BETWEEN, height
