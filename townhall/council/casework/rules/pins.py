"""Gathering the points of a map into pins and clusters. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

METRES_AT_ZOOM_0 = 156543.0
"""Metres of a pixel at the equator at zoom 0; in northern England a pixel is about 0.58 of it."""
CELL_PIXELS = 56
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
    """Pins and clusters, one for each cell of a grid that has any; with a cell under a metre, one for each spot."""
    if cell < 1:
        return [_of([spot]) for spot in spots]
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        cells[int(spot.easting // cell), int(spot.northing // cell)].append(spot)
    return [_of(members) for members in cells.values()]


def _of(members: list[Spot]) -> Gathered:
    number = len(members)
    return Gathered(
        easting=sum(spot.easting for spot in members) / number,
        northing=sum(spot.northing for spot in members) / number,
        shares=dict(Counter(spot.status for spot in members)),
        late=sum(spot.is_late for spot in members),
        only=members[0] if number == 1 else None,
    )
