"""Houses along a road: where each could stand, by the age of the street, before anything is in the way."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from shapely import Point, STRtree, prepare
from shapely.geometry.base import BaseGeometry

from .chance import Rng
from .curves import along, lengths, normals
from .plan import Points
from .roads import Road
from .sectors import Quarter

PAVEMENT_METRES = 2.0
OPEN_STYLES = frozenset({"park", "school", "cemetery", "wood", "industry"})


@dataclass(frozen=True, slots=True)
class Frontage:
    """How one age of street is built; metres. A run of `run` houses touches, then comes a gap."""

    width: tuple[float, float]
    depth: tuple[float, float]
    setback: tuple[float, float]
    run: tuple[int, int]
    gap: tuple[float, float]
    stagger: float = 0.0


FRONTAGES: dict[str, Frontage] = {
    "core": Frontage((5.0, 9.5), (8.5, 14.0), (0.6, 1.4), (3, 9), (1.5, 5.0), 0.7),
    "terrace": Frontage((4.8, 5.5), (7.8, 9.4), (0.9, 2.6), (7, 13), (1.2, 2.4)),
    "semi": Frontage((6.3, 7.2), (7.8, 8.8), (4.6, 6.5), (2, 3), (2.8, 4.2), 0.25),
    "modern": Frontage((7.2, 9.6), (7.6, 9.4), (3.6, 6.5), (1, 2), (2.6, 5.2), 1.3),
    "village": Frontage((6.5, 11.0), (6.8, 9.0), (1.2, 7.0), (1, 4), (3.0, 13.0), 2.2),
    "rural": Frontage((9.0, 16.0), (7.5, 10.0), (6.0, 24.0), (1, 3), (130.0, 620.0), 5.0),
}


@dataclass(slots=True)
class Lots:
    """Houses that could be: four corners each, and which road, side and distance along it they belong to."""

    quads: Points
    road: npt.NDArray[np.int64]
    side: npt.NDArray[np.int64]
    at: Points
    style: npt.NDArray[np.str_]

    def take(self, keep: npt.NDArray[np.bool_]) -> "Lots":
        return Lots(self.quads[keep], self.road[keep], self.side[keep], self.at[keep], self.style[keep])


@dataclass(frozen=True, slots=True)
class Row:
    """Houses along one side: where each starts, its width, the run it stands in; metres along the road."""

    starts: Points
    widths: Points
    run: npt.NDArray[np.int64]
    style: str


class Ground:
    """What stands at a place: the quarter's style, `rural` outside the town, nothing where one may not build."""

    def __init__(self, quarters: list[Quarter], edge: BaseGeometry) -> None:
        self.quarters = quarters
        self.tree = STRtree([quarter.land for quarter in quarters])
        self.edge = edge
        prepare(edge)

    def styles(self, places: Points) -> list[str]:
        spots = [Point(p) for p in places]
        found = ["" if self.edge.contains(spot) else "rural" for spot in spots]
        for spot, quarter in self.tree.query(spots, predicate="intersects").T:
            style = self.quarters[quarter].style
            found[spot] = "" if style in OPEN_STYLES else style
        return found


def lots(roads: list[Road], ground: Ground, rng: Rng) -> Lots:
    """Every house that could stand on every road, both sides, in the order of the roads."""
    parts: list[Lots] = []
    for number, road in enumerate(roads):
        end = float(lengths(road.points)[-1])
        for side in (1, -1):
            for low, high, style in _stretches(road, side, end, ground):
                if high - low > 8:
                    parts.append(_row(road, number, side, (low, high, style), rng))
    return Lots(
        np.concatenate([p.quads for p in parts]),
        np.concatenate([p.road for p in parts]),
        np.concatenate([p.side for p in parts]),
        np.concatenate([p.at for p in parts]),
        np.concatenate([p.style for p in parts]),
    )


def _stretches(road: Road, side: int, end: float, ground: Ground) -> list[tuple[float, float, str]]:
    """A road's side cut where what lies beside it changes."""
    if road.style in FRONTAGES:
        return [(3.0, end - 3.0, road.style)]
    if road.style or end < 30:
        return []
    cuts = np.linspace(3.0, end - 3.0, max(2, int(end / 60) + 1))
    middles = (cuts[:-1] + cuts[1:]) / 2
    places = along(road.points, middles) + normals(road.points, middles) * (side * 26.0)
    found: list[tuple[float, float, str]] = []
    for low, high, style in zip(cuts[:-1], cuts[1:], ground.styles(places), strict=True):
        if found and found[-1][2] == style:
            found[-1] = (found[-1][0], float(high), style)
        else:
            found.append((float(low), float(high), style))
    return [stretch for stretch in found if stretch[2] in FRONTAGES]


def _row(road: Road, number: int, side: int, stretch: tuple[float, float, str], rng: Rng) -> Lots:
    """One side of a road, built up from one end to the other."""
    low, high, style = stretch
    plan = FRONTAGES[style]
    same = rng.uniform(*plan.width) if style in {"terrace", "semi"} else 0.0
    most = int((high - low) / (same or plan.width[0])) + 1
    widths = np.full(most, same) if same else rng.uniform(*plan.width, most)
    gap, first = _gaps(plan, most, rng)
    starts = low + (rng.uniform(0, gap[0] + 1)) + np.cumsum(widths + gap) - widths - gap[0]
    keep = starts + widths < high
    starts, widths = starts[keep], widths[keep]
    quads = _quads(road, side, Row(starts, widths, first[keep], style), rng)
    size = len(starts)
    return Lots(quads, np.full(size, number), np.full(size, side), starts + widths / 2, np.full(size, style))


def _gaps(plan: Frontage, most: int, rng: Rng) -> tuple[Points, npt.NDArray[np.int64]]:
    """The gap before each house, and the number of the run it stands in."""
    runs = rng.integers(*plan.run, most)
    run_of = np.repeat(np.arange(most), runs)[:most]
    starts_run = np.concatenate(([True], np.diff(run_of) > 0))
    return np.where(starts_run, rng.uniform(*plan.gap, most), 0.0), run_of


def _quads(road: Road, side: int, row: Row, rng: Rng) -> Points:
    """Corners in order: front left, front right, back right, back left; neighbours in a run share a wall."""
    front, depth = _set_back(road, row, rng)
    left, right, square = row.starts, row.starts + row.widths, row.style in {"modern", "village", "rural"}
    reach = 4.0 if row.style in {"core", "terrace"} else 7.0
    feet = (along(road.points, left), along(road.points, right))
    if square:
        middle = normals(road.points, (left + right) / 2, reach=reach)
        sides, onward = (middle, middle), np.column_stack((middle[:, 1], -middle[:, 0])) * row.widths[:, None] / 2
        feet = ((feet[0] + feet[1]) / 2 - onward, (feet[0] + feet[1]) / 2 + onward)
    else:
        sides = (normals(road.points, left, reach=reach), normals(road.points, right, reach=reach))
    corners = ((0, front), (1, front), (1, front + depth), (0, front + depth))
    return np.stack([feet[i] + sides[i] * (side * out)[:, None] for i, out in corners], axis=1)


def _set_back(road: Road, row: Row, rng: Rng) -> tuple[Points, Points]:
    """How far each front wall is from the middle of the road, and how deep each house is."""
    plan, count, run = FRONTAGES[row.style], len(row.starts), row.run
    base = road.width_metres / 2 + PAVEMENT_METRES + rng.uniform(*plan.setback)
    loose = plan.setback[1] - plan.setback[0] if row.style in {"village", "rural"} else 0.0
    runs = int(run.max()) + 1 if count else 1
    front = base + rng.uniform(-plan.stagger, plan.stagger, runs)[run] + rng.uniform(0, loose, runs)[run] * 0.5
    depth = rng.uniform(*plan.depth, runs)[run] if row.style != "core" else rng.uniform(*plan.depth, count)
    return np.maximum(front, road.width_metres / 2 + PAVEMENT_METRES + 0.3), depth
