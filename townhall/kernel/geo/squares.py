"""Which shapes may be near a point: looked up once for each square of the ground, so that a point needs no search."""

from dataclasses import dataclass, field
from typing import Any

import shapely

from townhall.kernel.geo.rules.points import Point

SIDE_METRES = 64
MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Square:
    """The numbers of the shapes that reach a square, in ascending order; `is_covered` where each covers all of it."""

    numbers: Any
    is_covered: bool


@dataclass(slots=True)
class Squares:
    """The squares of some shapes. `reach` is how many metres from a shape it still counts."""

    shapes: Any
    tree: shapely.STRtree
    reach: float = 0
    kept: dict[tuple[int, int], Square] = field(default_factory=dict)

    def of(self, point: Point) -> Square:
        """The square that a point is in."""
        key = int(point.easting // SIDE_METRES), int(point.northing // SIDE_METRES)
        return self.kept.get(key) or self._look(key)

    def _look(self, key: tuple[int, int]) -> Square:
        west, south = key[0] * SIDE_METRES, key[1] * SIDE_METRES
        box = shapely.box(west, south, west + SIDE_METRES, south + SIDE_METRES)
        numbers = self.tree.query(box, "dwithin", self.reach)
        numbers.sort()
        found = Square(numbers, bool(shapely.covers(self.shapes[numbers], box).all()))
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[key] = found
        return found
