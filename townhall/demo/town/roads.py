"""The roads that were there first: the old core, the ways out of town, the rings and the country lanes."""

from dataclasses import dataclass

import numpy as np
from shapely import LineString, Point, STRtree, prepare

from . import core
from .chance import stream
from .curves import bowed, lengths, line_parts, smooth, wander
from .names import VILLAGES
from .plan import Points, StreetKind
from .terrain import Terrain

LineRun = tuple[str, Points]


@dataclass(slots=True)
class Road:
    """A street while it is being made; `style` says what stands along it, empty to look at the ground."""

    name: str
    kind: StreetKind
    width_metres: float
    points: Points
    style: str = ""
    locality: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    name: str
    centre: tuple[float, float]
    radius_metres: float


def old_roads(terrain: Terrain) -> list[Road]:
    """The core, joined up at its corners, with the two inner rings."""
    bend = terrain.bend
    roads = [
        Road(s.name, s.kind, s.width_metres, smooth(bend.metres(s.sketch)), "" if s.kind == "main" else s.theme)
        for s in core.STREETS
        if terrain.scale.villages or s.name in core.VILLAGE
    ]
    if terrain.scale.villages:
        roads.append(Road("Northway", "main", 11.0, smooth(bend.metres(core.NORTHWAY))))
        roads.append(Road("Southway", "main", 10.0, smooth(bend.metres(core.SOUTHWAY))))
    join_ends(roads, reach=26.0)
    return roads


def ways_out(terrain: Terrain, seed: int) -> list[Road]:
    """Main roads from the core to the borough's boundary, kept out of the mere."""
    rng = stream(seed, "radials")
    scale = terrain.scale
    roads = [
        Road(name, "main", 12.0, _way(terrain, terrain.bend.metre(place), bearing, rng))
        for name, place, bearing in core.RADIALS
        if scale.villages or name != "Forge Road"
    ]
    for number, ring in enumerate(scale.rings_metres):
        roads.append(Road(("Ring Road", "Outer Ring", "Orbital Way")[number], "main", 12.0, _ring(ring, rng)))
    if scale.rings_metres:
        roads.extend(_between(terrain, seed))
    join_ends(roads, reach=30.0)
    return [road for road in roads if _clip(road, terrain)]


def villages(terrain: Terrain, ways: list[Road], seed: int) -> list[Village]:
    """Where the villages stand: on the main roads, beyond the fields."""
    rng = stream(seed, "villages")
    scale, found = terrain.scale, []
    near, far = scale.town_metres * 1.5 + 400, scale.borough_metres * 0.8
    mains = [LineString(road.points) for road in ways if road.kind == "main"]
    for number in range(scale.villages):
        line = mains[number % len(core.RADIALS)]
        away = near if number < len(core.RADIALS) else near + (far - near) * 0.7
        at = line.interpolate(min(away + rng.uniform(0, (far - near) * 0.8), line.length * 0.85))
        radius = float(rng.uniform(230, 360))
        clear = [np.hypot(at.x - v.centre[0], at.y - v.centre[1]) > radius + v.radius_metres + 500 for v in found]
        if all(clear) and terrain.boundary.exterior.distance(at) > radius + 150:
            found.append(Village(VILLAGES[len(found)], (at.x, at.y), radius))
    return found


def country_lanes(terrain: Terrain, places: list[Village], seed: int) -> list[Road]:
    """Lanes from each village to the next, round the town; none through the mere."""
    rng = stream(seed, "lanes")
    order = sorted(places, key=lambda v: float(np.arctan2(v.centre[1], v.centre[0])))
    shore, roads = terrain.mere.buffer(60), []
    for here, there in zip(order, order[1:] + order[:1], strict=True):
        first, last = np.array(here.centre), np.array(there.centre)
        span = float(np.hypot(*(last - first)))
        if span > terrain.scale.borough_metres * 1.1:
            continue
        points = bowed(first, last, float(rng.uniform(-0.06, 0.16)) * span, float(rng.uniform(-0.05, 0.05)) * span)
        line = LineString(points)
        if not line.intersects(shore) and not line.intersects(terrain.edge.buffer(150)):
            roads.append(Road(f"{there.name} Lane", "lane", 6.0, _shaken(points, rng)))
    return [road for road in roads if _clip(road, terrain)]


def join_ends(roads: list[Road], *, reach: float) -> None:
    """Bring each loose end to the road it was meant to meet, and give that road a point there."""
    for road in roads:
        for end in (0, -1):
            others = [other for other in roads if other is not road]
            lines = [LineString(other.points) for other in others]
            here = Point(road.points[end])
            nearest = int(STRtree(lines).nearest(here))
            if 0.0 < lines[nearest].distance(here) <= reach:
                road.points = road.points.copy()
                road.points[end] = meet(others[nearest], road.points[end])


def meet(road: Road, place: Points) -> Points:
    """The point of a road nearest to a place, made one of the road's own points."""
    line = LineString(road.points)
    at = line.project(Point(place))
    run = lengths(road.points)
    near = int(np.argmin(np.abs(run - at)))
    if abs(run[near] - at) > 2.0:
        near = int(np.searchsorted(run, at))
        spot = np.array(line.interpolate(at).coords[0])
        road.points = np.insert(road.points, near, spot, axis=0)
    return road.points[near].copy()


def _way(terrain: Terrain, start: tuple[float, float], bearing: float, rng: np.random.Generator) -> Points:
    shore = terrain.mere.buffer(45)
    prepare(shore)
    far, points = terrain.scale.borough_metres * 1.5, np.empty((0, 2))
    for attempt in range(12):
        lean = bearing + (attempt // 2) * (0.12 if attempt % 2 else -0.12)
        points = wander(np.array(start), lean, far, rng, sway=0.2)
        if not shore.intersects(LineString(points)):
            break
    return points


def _ring(radius: float, rng: np.random.Generator) -> Points:
    angle = np.linspace(0, 2 * np.pi, 73)
    wave = np.zeros_like(angle)
    for k in range(2, 6):
        wave += rng.normal(0, 0.05) / k * np.cos(k * angle + rng.uniform(0, 6.28))
    ring = np.column_stack((np.cos(angle), np.sin(angle))) * (radius * (1 + wave))[:, None]
    ring[-1] = ring[0]
    return smooth(ring, step=40.0)


def _between(terrain: Terrain, seed: int) -> list[Road]:
    """A city's extra ways out, from its first ring, between the old ones."""
    rng = stream(seed, "between")
    bearings = sorted(bearing for _, _, bearing in core.RADIALS)
    names = ("Saltergate", "Harrow Road", "Ellerby Road", "Thorpe Road", "Kirkby Road", "Aske Road", "Garth Road")
    first = terrain.scale.rings_metres[0]
    roads = []
    for name, low, high in zip(names, bearings, bearings[1:], strict=False):
        angle = (low + high) / 2
        start = (first * np.cos(angle), first * np.sin(angle))
        roads.append(Road(name, "main", 11.0, _way(terrain, start, angle, rng)))
    return roads


def _shaken(points: Points, rng: np.random.Generator) -> Points:
    rough = points[:: max(1, len(points) // 12)].copy()
    rough[1:-1] += rng.normal(0, 28, (len(rough) - 2, 2)) if len(rough) > 2 else 0
    return smooth(np.vstack((rough[:-1], points[-1:])), step=24.0)


def _clip(road: Road, terrain: Terrain) -> bool:
    """Cut a road off at the boundary; false when nothing of it is left inside."""
    parts = line_parts(LineString(road.points).intersection(terrain.boundary))
    if not parts:
        return False
    road.points = np.asarray(max(parts, key=lambda part: part.length).coords)
    return True
