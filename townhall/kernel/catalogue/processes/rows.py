"""The layers of a drawing: in which order what stands in each, and how far to the side."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from math import inf

APART, SWEEPS = 26, 12
"""Room between what stands side by side, and how often layers are gone through."""


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

    def shift(self, across: int, down: int) -> None:
        """Move it."""
        self.x, self.y = self.x + across, self.y + down


@dataclass(slots=True, eq=False)
class Slot:
    """What takes room in a layer: a box, a label, or a line on its way."""

    box: Box
    layer: int
    is_line: bool = False
    x: float = 0
    order: float = 0
    above: "list[Slot]" = field(default_factory=list["Slot"])
    below: "list[Slot]" = field(default_factory=list["Slot"])


def settle_rows(rows: list[list[Slot]], chains: list[list[Slot]]) -> None:
    """Order the slots of each layer, then move them; lines run straight down where they can."""
    put_in_order(rows)
    for each in range(SWEEPS):
        for row in rows if each % 2 else reversed(rows):
            spread(row)
    straighten(rows, chains)


def put_in_order(rows: list[list[Slot]]) -> None:
    """Order each layer by the neighbours above and below, as often as it helps; the best order is kept."""
    number(rows)
    best, kept = crossings(rows), [list(row) for row in rows]
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {
                each: sum(other.order for other in near) / len(near) if near else each.order
                for each in row
                for near in [each.above if sweep % 2 == 0 else each.below]
            }
            row.sort(key=wanted.__getitem__)
            number([row])
            swap_neighbours(row, even=sweep % 4 > 1)
        if (found := crossings(rows)) < best:
            best, kept = found, [list(row) for row in rows]
    rows[:] = kept
    number(rows)


def swap_neighbours(row: list[Slot], *, even: bool) -> None:
    """Let two that stand side by side change places where fewer lines cross then, or even where as many do."""
    for at in range(len(row) - 1):
        one, other = row[at], row[at + 1]
        if crossed(other, one) < crossed(one, other) + even:
            row[at], row[at + 1] = other, one
    number([row])


def crossed(one: Slot, other: Slot) -> int:
    """How many lines of two slots cross, the first standing before the second."""
    count = 0
    for near, far in ((one.above, other.above), (one.below, other.below)):
        orders = sorted(each.order for each in far)
        count += sum(bisect_left(orders, each.order) for each in near)
    return count


def number(rows: list[list[Slot]]) -> None:
    """Tell each slot its place; narrow and wide layers are comparable."""
    for row in rows:
        for at, slot in enumerate(row):
            slot.order = (at + 0.5) / len(row)


def crossings(rows: list[list[Slot]]) -> int:
    """How many lines cross."""
    count = 0
    for row in rows:
        ends: list[float] = []
        for slot in row:
            for order in sorted(each.order for each in slot.below):
                count += len(ends) - bisect_right(ends, order)
            for each in slot.below:
                insort(ends, each.order)
    return count


def spread(row: list[Slot]) -> None:
    """Move the slots of a layer as near to their neighbours as can be, apart and in order (least squares)."""
    blocks: list[tuple[float, float, list[Slot]]] = []
    offset, offsets = 0.0, dict[Slot, float]()
    for before, slot in zip([None, *row], row, strict=False):
        offset += (before.box.width + slot.box.width) / 2 + APART if before else 0
        offsets[slot] = offset
        near = [*slot.above, *slot.below]
        weights = [4 if slot.is_line and each.is_line else 1 for each in near]
        wanted = sum(each.x * weight for each, weight in zip(near, weights, strict=True))
        weight = sum(weights) or 1
        block = (float(weight), (wanted if near else slot.x) - offset * weight, [slot])
        while blocks and blocks[-1][1] / blocks[-1][0] >= block[1] / block[0]:
            last = blocks.pop()
            last[2].extend(block[2])
            block = (last[0] + block[0], last[1] + block[1], last[2])
        blocks.append(block)
    for weight, wanted, held in blocks:
        for slot in held:
            slot.x = wanted / weight + offsets[slot]


def straighten(rows: list[list[Slot]], chains: list[list[Slot]]) -> None:
    """Let lines run straight down where those beside them leave the room."""
    beside: dict[Slot, tuple[Slot | None, Slot | None]] = {}
    for row in rows:
        around = [None, *row, None]
        beside |= {slot: (around[at], around[at + 2]) for at, slot in enumerate(row)}
    for held in chains:
        run: list[Slot] = []
        least, most = -inf, inf
        for slot in held[1:-1]:
            low, high = free(slot, *beside[slot])
            if max(least, low) > min(most, high):
                align(run, least, most)
                run, least, most = [], -inf, inf
            run.append(slot)
            least, most = max(least, low), min(most, high)
        align(run, least, most)


def free(slot: Slot, before: Slot | None, after: Slot | None) -> tuple[float, float]:
    """How far to either side a slot may move."""
    low = before.x + (before.box.width + slot.box.width) / 2 + APART if before else -inf
    high = after.x - (after.box.width + slot.box.width) / 2 - APART if after else inf
    return min(low, slot.x), max(high, slot.x)


def align(run: list[Slot], least: float, most: float) -> None:
    """Put slots under each other, about where they are in the middle."""
    if run:
        middle = sorted(each.x for each in run)[len(run) // 2]
        for each in run:
            each.x = min(max(middle, least), most)
