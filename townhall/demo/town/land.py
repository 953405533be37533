"""Open land: parks and their paths, woods, fields and hedges, becks, and where the built-up ground ends."""

from dataclasses import dataclass

import numpy as np
from shapely import LineString, Polygon, STRtree, unary_union
from shapely.geometry.base import BaseGeometry

from . import core
from .chance import Rng, stream
from .curves import blob, bowed, line_parts, oriented_box, polygon_parts, smooth, wander
from .fill import cut_across
from .plan import Area, AreaKind, Line
from .roads import Road
from .sectors import Quarter
from .terrain import Terrain

OPEN: dict[str, AreaKind] = {
    "park": "park",
    "wood": "wood",
    "cemetery": "cemetery",
    "school": "civic",
    "industry": "industry",
}
FIELD_SQUARE_METRES = 150_000.0


@dataclass(frozen=True, slots=True)
class Land:
    areas: list[Area]
    lines: list[Line]


def open_land(terrain: Terrain, roads: list[Road], quarters: list[Quarter], seed: int) -> Land:
    """Everything on the map that is not a road or a building."""
    rng = stream(seed, "land")
    built = built_up(roads, terrain)
    water = [Area("water", "River Mere", part) for part in polygon_parts(terrain.water.intersection(terrain.boundary))]
    areas = [Area("builtup", "", part) for part in built]
    areas += [Area("park", "Castle Park", part) for part in polygon_parts(terrain.park.difference(terrain.water))]
    areas += [Area(OPEN[q.style], q.name, _clear(q.land, q.style)) for q in quarters if q.style in OPEN]
    lines = _railway(terrain)
    for area in [area for area in areas if area.kind in {"park", "wood"}]:
        lines.extend(_paths(area.polygon, rng))
    parks = [area for area in areas if area.kind == "park"]
    areas += [a for a in (_playground(park, lines, rng) for park in parks) if a is not None]
    country = terrain.boundary.difference(unary_union([*built, terrain.edge, terrain.water.buffer(8), terrain.track]))
    areas += _woods(country, terrain, roads, rng)
    areas += [Area("field", "", field) for field in _fields(country, rng)]
    lines += _becks(terrain, rng)
    return Land(areas + water, lines)


def built_up(roads: list[Road], terrain: Terrain) -> list[Polygon]:
    """Ground within a garden's length of a street with houses; the middles of large blocks stay open."""
    lines = [LineString(r.points).intersection(terrain.edge.buffer(30)) for r in roads if not r.style]
    lines += [LineString(road.points) for road in roads if road.style]
    shape = unary_union([line.buffer(34, quad_segs=3) for line in lines if not line.is_empty])
    shape = shape.buffer(5).buffer(-5).difference(unary_union([terrain.water, terrain.park])).simplify(0.8)
    return [part for part in polygon_parts(shape) if part.area > 2000]


def _clear(land: Polygon, style: str) -> Polygon:
    inner = land.buffer(-5 if style != "industry" else -1)
    parts = polygon_parts(inner)
    return max(parts, key=lambda part: part.area) if parts else land


def _railway(terrain: Terrain) -> list[Line]:
    parts = line_parts(LineString(terrain.railway).intersection(terrain.boundary))
    return [Line("railway", np.asarray(part.coords), "Merrow Valley Line") for part in parts]


def _paths(land: Polygon, rng: Rng) -> list[Line]:
    """Two or three ways across, bending."""
    centre, long, short, a, b = oriented_box(land)
    ways = [(long, a, short, b), (short, b, long, a), (long + short * 0.7, a, short, b)]
    found = []
    for along, reach, aside, breadth in ways[: int(rng.integers(2, 4))]:
        middle = centre + aside * rng.uniform(-0.2, 0.2) * breadth
        first, last = middle - along * reach * 0.6, middle + along * reach * 0.6
        line = LineString(
            bowed(first, last, float(rng.uniform(-0.14, 0.14)) * reach, float(rng.uniform(-0.05, 0.05)) * reach)
        )
        found.extend(
            Line("footpath", np.asarray(part.coords))
            for part in line_parts(line.intersection(land))
            if part.length > 50
        )
    return found


def _playground(park: Area, lines: list[Line], rng: Rng) -> Area | None:
    """A fenced corner for swings, off the paths; none in a small park."""
    paths = unary_union([LineString(line.points) for line in lines if line.kind == "footpath"])
    minx, miny, maxx, maxy = park.polygon.bounds
    for _ in range(30):
        at = (float(rng.uniform(minx, maxx)), float(rng.uniform(miny, maxy)))
        shape = blob(at, (19, 14), rng, rough=0.06)
        if park.polygon.contains(shape.buffer(6)) and paths.distance(shape) > 3:
            return Area("playground", f"{park.name} playground", shape)
    return None


def _woods(country: BaseGeometry, terrain: Terrain, roads: list[Road], rng: Rng) -> list[Area]:
    """Woods on the fells, clear of roads."""
    tree = STRtree([LineString(road.points) for road in roads])
    reach, found = terrain.scale.borough_metres, []
    names = [
        "Fell Wood",
        "Hag Wood",
        "Birk Wood",
        "Spring Wood",
        "Gill Wood",
        "Nab Wood",
        "Far Plantation",
        "Low Plantation",
    ]
    for number in range(max(6, int(reach / 250))):
        angle, away = rng.uniform(0, 6.28), reach * np.sqrt(rng.uniform(0.08, 1.0))
        size = rng.uniform(90, 330)
        middle = (away * np.cos(angle), away * np.sin(angle) * 0.86)
        shape = blob(middle, (size, size * rng.uniform(0.5, 0.9)), rng, rough=0.28, turn=rng.uniform(0, 3))
        for part in polygon_parts(shape.intersection(country)):
            if part.area > 8000 and not len(tree.query(part, predicate="intersects")):
                found.append(Area("wood", names[number] if number < len(names) else "", part))
    return found


def _fields(country: BaseGeometry, rng: Rng) -> list[Polygon]:
    """The country cut by hedges, each field a little smaller than its share."""
    waiting, done = polygon_parts(country), []
    while waiting:
        piece = waiting.pop()
        centre, long, short, a, b = oriented_box(piece)
        if piece.area > FIELD_SQUARE_METRES * 1.6 and a > 300:
            lean = float(np.clip(rng.normal(0, 0.16), -0.4, 0.4))
            way = short * np.cos(lean) + long * np.sin(lean)
            middle = centre + long * rng.uniform(-0.14, 0.14) * a
            faces, _ = cut_across(piece, LineString((middle - way * (a + b), middle + way * (a + b))))
            if len(faces) > 1:
                waiting.extend(faces)
                continue
        done.extend(part for part in polygon_parts(piece.buffer(-3).simplify(1.0)) if part.area > 4000)
    return done


def _becks(terrain: Terrain, rng: Rng) -> list[Line]:
    """Becks that come down from the boundary to the river, outside the town."""
    river, found = LineString(terrain.river), []
    for number in range(6):
        at = river.interpolate(rng.uniform(0.12, 0.88) * river.length)
        if terrain.edge.distance(at) < 300:
            continue
        heading = float(np.pi / 2 + rng.normal(0, 0.4)) * (1 if number % 2 else -1)
        points = wander(np.array((at.x, at.y)), heading, terrain.scale.borough_metres, rng, sway=0.5)
        outside = LineString(points).intersection(terrain.boundary).difference(terrain.edge.buffer(60))
        parts = line_parts(outside)
        if parts:
            found.append(Line("stream", smooth(np.asarray(parts[0].simplify(4).coords)), "Scar Beck"))
    return found


def castle_park(terrain: Terrain) -> tuple[float, float]:
    """Where the name of the park stands."""
    return terrain.bend.metre(core.CASTLE)
