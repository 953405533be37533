"""The buildings that are not houses: church, town hall, station, castle, schools, works and warehouses."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point, Polygon, STRtree, box
from shapely.affinity import rotate, translate

from . import core
from .chance import Rng, stream
from .curves import oriented_box, polygon_parts
from .houses import KERB_METRES
from .plan import BuildingKind
from .roads import Road, Village
from .sectors import Quarter
from .terrain import Terrain


@dataclass(frozen=True, slots=True)
class Site:
    """A building with a name people know it by; works and warehouses have none."""

    polygon: Polygon
    kind: BuildingKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """Finds room for a building near where it is wanted."""

    lines: list[LineString]
    tree: STRtree
    widths: tuple[float, ...]
    terrain: Terrain

    def near(self, shape: Polygon, reach: float, rng: Rng) -> Polygon | None:
        """The shape, moved as little as will do; none if there is no room within reach."""
        for step in range(160):
            angle, away = rng.uniform(0, 6.28), reach * step / 160
            moved = translate(shape, away * np.cos(angle), away * np.sin(angle))
            if self.free(moved):
                return moved
        return None

    def free(self, shape: Polygon) -> bool:
        if shape.distance(self.terrain.water) < 8 or shape.distance(self.terrain.track) < 3:
            return False
        return all(
            self.lines[i].distance(shape) > self.widths[i] / 2 + KERB_METRES + 1
            for i in self.tree.query(shape.buffer(9))
        )


def known_sites(
    terrain: Terrain, roads: list[Road], quarters: list[Quarter], places: list[Village], seed: int
) -> list[Site]:
    """Everything people find their way by, then the sheds."""
    rng = stream(seed, "sites")
    lines = [LineString(road.points) for road in roads]
    clear = Clear(lines, STRtree(lines), tuple(r.width_metres for r in roads), terrain)
    bend, wanted = terrain.bend, []
    wanted.append((_church(bend.metre(core.CHURCH), 34, rng), "church", "St Oswald's Church", 90.0))
    wanted.append((_hall(bend.metre(core.TOWN_HALL), rng), "civic", "Town Hall", 70.0))
    wanted.append((_bar(bend.metre(core.STATION), 11, 52, 2.0), "station", "Northmere Station", 140.0))
    wanted.append((_castle(bend.metre(core.CASTLE)), "civic", "Northmere Castle", 30.0))
    for village in places:
        name = f"{village.name} Church"
        wanted.append((_church(village.centre, 22, rng), "church", name, village.radius_metres * 0.5))
    found = []
    for shape, kind, name, reach in wanted:
        spot = clear.near(shape, reach, rng)
        if spot is not None:
            found.append(Site(spot, kind, name))
    for quarter in quarters:
        found.extend(_in_quarter(quarter, clear, rng))
    return found


def _in_quarter(quarter: Quarter, clear: Clear, rng: Rng) -> list[Site]:
    if quarter.style == "school":
        shape = _school(quarter.land, rng)
        spot = clear.near(shape, 40, rng)
        return [Site(spot, "school", quarter.name)] if spot is not None else []
    if quarter.style != "industry":
        return []
    sheds = [shed for block in quarter.blocks for shed in _sheds(block, rng)]
    return [Site(shed, "industry") for shed in sheds if clear.free(shed)]


def _sheds(block: Polygon, rng: Rng) -> list[Polygon]:
    """Long roofs in rows along a block, with yards between."""
    yard = block.buffer(-9)
    if yard.is_empty:
        return []
    centre, long, short, a, b = oriented_box(block)
    shapely.prepare(yard)
    sheds, y = [], -b / 2 + 10
    while y < b / 2 - 15:
        depth, x = rng.uniform(20, 46), -a / 2 + 10
        while x < a / 2 - 15:
            width = rng.uniform(18, 62)
            corners = [(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)]
            shed = Polygon([centre + long * u + short * v for u, v in corners])
            if rng.random() < 0.82 and yard.contains(shed):
                sheds.append(shed)
            x += width + rng.uniform(4, 16)
        y += depth + rng.uniform(9, 20)
    return sheds


def _church(at: tuple[float, float], length: float, rng: Rng) -> Polygon:
    """Nave, tower and transepts, its altar to the east."""
    half = length / 2
    nave = box(-half, -length * 0.17, half, length * 0.17)
    tower = box(-half - 7, -4.5, -half + 1, 4.5)
    across = box(half * 0.2, -length * 0.31, half * 0.55, length * 0.31)
    shape = rotate(shapely.unary_union([nave, tower, across]), float(rng.uniform(-9, 9)), origin=(0, 0))
    return translate(_one(shape), *at)


def _hall(at: tuple[float, float], rng: Rng) -> Polygon:
    shape = shapely.unary_union([box(-7, -11, 7, 11), box(5, -4, 9, 4)])
    return translate(rotate(_one(shape), float(rng.uniform(-4, 4)), origin=(0, 0)), *at)


def _castle(at: tuple[float, float]) -> Polygon:
    towers = [Point(22 * np.cos(a), 18 * np.sin(a)).buffer(5, quad_segs=4) for a in np.linspace(0.4, 6.7, 7)[:-1]]
    wall = Polygon([(t.centroid.x, t.centroid.y) for t in towers])
    return translate(_one(shapely.unary_union([wall.difference(wall.buffer(-3)), *towers])), *at)


def _school(land: Polygon, rng: Rng) -> Polygon:
    centre, long, _, _, _ = oriented_box(land)
    wings = [box(-34, -8, 34, 8), box(-34, 8, -18, 34), box(16, 8, 34, 26), box(-8, -22, 10, -8)]
    shape = _one(shapely.unary_union(wings[: int(rng.integers(2, 5))]))
    turn = float(np.degrees(np.arctan2(long[1], long[0])))
    return translate(rotate(shape, turn, origin=(0, 0)), centre[0], centre[1])


def _bar(at: tuple[float, float], width: float, length: float, turn: float) -> Polygon:
    return translate(rotate(box(-width / 2, -length / 2, width / 2, length / 2), turn, origin=(0, 0)), *at)


def _one(shape: shapely.Geometry) -> Polygon:
    """The one polygon that overlapping parts make."""
    return max(polygon_parts(shape), key=lambda part: part.area)
