"""Gathering the points of a map into pins and clusters. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

METRES_AT_ZOOM_0 = 156543.0
"""Metres of a pixel at the equator at zoom 0; in northern England a pixel is about 0.58 of it."""
CELL_PIXELS = 56
NEAR = 0.85
"""Groups of neighbouring cells whose middles are closer than this share of a cell become one, so that none overlap."""
SINGLE_FROM_ZOOM = 17


@dataclass(frozen=True, slots=True)
class Spot:
    """A case as a point on the map."""

    key: str
    easting: float
    northing: float
    status: str
    is_late: bool
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """One pin (`only` is its case) or a cluster of several; the place is the mean of its members'."""

    easting: float
    northing: float
    shares: dict[str, int]
    late: int
    only: Spot | None

    @property
    def count(self) -> int:
        """How many cases it stands for."""
        return sum(self.shares.values())


def cell_metres(zoom: float) -> float:
    """The width of a cluster's cell at a zoom; 0 where every case has its own pin."""
    return 0.0 if zoom >= SINGLE_FROM_ZOOM else METRES_AT_ZOOM_0 * 0.58 / 2**zoom * CELL_PIXELS


def gather(spots: Iterable[Spot], *, cell: float) -> list[Gathered]:
    """Pins and clusters, one for each cell of a grid that has any; neighbours that would touch are one.

    With a cell under a metre, one for each spot.
    """
    if cell < 1:
        return [_of([spot]) for spot in spots]
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        cells[int(spot.easting // cell), int(spot.northing // cell)].append(spot)
    placed: dict[tuple[int, int], list[Spot]] = {}
    for (column, row), members in sorted(cells.items()):
        before = ((column - 1, row - 1), (column - 1, row), (column - 1, row + 1), (column, row - 1))
        beside = [placed[key] for key in before if key in placed]
        close = next((each for each in beside if _apart(each, members) < NEAR * cell), None)
        if close is None:
            placed[column, row] = members
        else:
            close += members
    return [_of(members) for members in placed.values()]


def _apart(some: list[Spot], others: list[Spot]) -> float:
    one, other = _of(some), _of(others)
    return math.hypot(one.easting - other.easting, one.northing - other.northing)


def _of(members: list[Spot]) -> Gathered:
    number = len(members)
    return Gathered(
        easting=sum(spot.easting for spot in members) / number,
        northing=sum(spot.northing for spot in members) / number,
        shares=dict(Counter(spot.status for spot in members)),
        late=sum(spot.is_late for spot in members),
        only=members[0] if number == 1 else None,
    )
