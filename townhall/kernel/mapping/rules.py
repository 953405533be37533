"""Zooms, cells, marks and their gathering. Pure."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

NO_TEAM = UUID(int=0)
ALL = "*"
FIRST_ZOOM, LAST_ZOOM = 8, 18
"""Tiles are made between these; closer in, the browser enlarges the last one."""
LEVELS = (10, 11, 12, 13, 14, 15)
"""Zooms that have a grid of counts. Farther out the first is used; closer in, cases are counted when asked for."""
FINEST = LEVELS[-1]
FINEST_TENTHS = 900
"""The side of the finest grid's cell in tenths of a metre: 64 pixels of a map of 512-pixel tiles at zoom 15, at 54
degrees north. Each level farther out has cells twice as wide.
"""
SINGLE_FROM_ZOOM = 18
"""From here on every case has a pin of its own, unless a tile would have more than this many."""
MOST_SINGLES = 400
AGES = (7, 30, 90, 365)
"""In days. The age 0 is under 7 days, 1 under 30, 4 is 365 and more."""
NOBODYS, SOMEBODYS, DONE_LATELY, DONE = range(4)
"""How a case stands: open without or with somebody who has it, done within LATELY_DAYS of its last change, or done."""
LATELY_DAYS = 14
METRES_TO_A_PIXEL = 45_945.4
"""Of a map of 512-pixel tiles at zoom 0, at 54 degrees north."""
PIN_RADIUS, PIN_HEIGHT = 16.0, 25.0
"""Of a pin's head, and how far above its place that is, in pixels."""
OUTLIERS = 0.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a map shows; what is empty means any. `newest` keeps only ages below it; `is_late` only late ones.

    `among` (SQL that gives the keys of cases, and its parameters) narrows it to what the grid does not count.
    """

    kind: str = ""
    is_public: bool = False
    is_open: bool = False
    category: str = ""
    statuses: tuple[str, ...] = ()
    is_late: bool = False
    standing: int | None = None
    ward: str = ""
    newest: int = len(AGES) + 1
    teams: tuple[UUID, ...] = ()
    among: tuple[str, tuple[Any, ...]] | None = None


@dataclass(slots=True)
class Mark:
    """A pin (`key` is its case) or a ring of several cases about their middle, in metres."""

    easting: float
    northing: float
    late: int
    key: UUID | None
    shares: Counter[str] = field(default_factory=Counter[str])

    @property
    def count(self) -> int:
        """How many cases it stands for."""
        return self.shares.total()

    @property
    def radius(self) -> float:
        """In pixels, as it is drawn."""
        return PIN_RADIUS if self.count == 1 else 17 + 3.2 * math.log(self.count)

    def add(self, other: "Mark") -> None:
        """Take in another: the middle is that of all cases."""
        whole = self.count + other.count
        self.easting += (other.easting - self.easting) * other.count / whole
        self.northing += (other.northing - self.northing) * other.count / whole
        self.late += other.late
        self.key = None
        self.shares += other.shares


def newest_for(days: int) -> int:
    """The ages that are within so many days are below this; 0 days is any age. Raises ValueError for other days."""
    return AGES.index(days) + 1 if days else len(AGES) + 1


def level_for(zoom: int) -> int | None:
    """The level whose cells a zoom is gathered in; None closer in than the finest."""
    return None if zoom > FINEST else max(LEVELS[0], zoom)


def cell_tenths(level: int) -> int:
    """The side of a level's cell in tenths of a metre."""
    return FINEST_TENTHS << (FINEST - level)


def near_tenths(zoom: int) -> int:
    """The side of the cells in which cases are gathered closer in than the grid: 32 pixels, 16 at the last zoom."""
    return FINEST_TENTHS // 2 >> (min(zoom, LAST_ZOOM) - FINEST) if zoom > FINEST else cell_tenths(level_for(zoom) or 0)


def case_key(high: int, low: int) -> UUID:
    """The key of a case from its two halves as PostgreSQL has them."""
    return UUID(int=(high % 2**64) << 64 | low % 2**64)


def gathered(marks: Iterable[Mark], *, metres_to_a_pixel: float) -> list[Mark]:
    """Marks that would touch, as one, beginning with the largest."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: -each.count):
        near = next((each for each in kept if _touch(each, mark, metres_to_a_pixel)), None)
        if near is None:
            kept.append(mark)
        else:
            near.add(mark)
    return kept


def _touch(one: Mark, other: Mark, metres_to_a_pixel: float) -> bool:
    """Whether two drawings touch: a ring stands on its place, a pin's head above it."""
    lift = PIN_HEIGHT * ((one.count == 1) - (other.count == 1))
    across, up = one.easting - other.easting, one.northing - other.northing
    apart = math.hypot(across, up + lift * metres_to_a_pixel)
    return apart < (one.radius + other.radius) * metres_to_a_pixel


def most(values: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """Between which values most of them lie, each counted so many times: without a fifth at either end."""
    ordered = sorted(values)
    cut = sum(count for _, count in ordered) * OUTLIERS
    return _past(ordered, cut), _past(reversed(ordered), cut)


def _past(ordered: Iterable[tuple[float, int]], cut: float) -> float:
    passed = 0
    for value, count in ordered:
        passed += count
        if passed > cut:
            return value
    raise ValueError("there are no values")


def by_cells(marks: Iterable[Mark], side_tenths: int) -> list[Mark]:
    """Marks gathered by the cells of a grid."""
    cells: dict[tuple[int, int], Mark] = {}
    for mark in marks:
        place = int(mark.easting * 10 // side_tenths), int(mark.northing * 10 // side_tenths)
        if place in cells:
            cells[place].add(mark)
        else:
            cells[place] = mark
    return list(cells.values())
