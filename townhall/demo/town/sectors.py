"""The land between the main roads: cut into quarters, each given an age and a use, then its streets."""

from dataclasses import dataclass, field

import numpy as np
from shapely import LineString, Point, Polygon, polygonize, unary_union
from shapely.geometry.base import BaseGeometry

from .chance import Rng, stream
from .curves import blob, oriented_box, polygon_parts
from .fill import PATTERNS, Barrier, Filled, Pattern, Way, cut_across, cut_line, divide, rings, trimmed
from .names import Namer
from .roads import Road, Village
from .terrain import Terrain

THEMES = {"core": "core", "terrace": "terrace", "semi": "semi", "modern": "modern", "village": "village",
          "industry": "industry"}  # fmt: skip
COLLECTOR = Pattern(340, 420, 0.05, 0.07, 9.0)


@dataclass(slots=True)
class Quarter:
    """A piece of land with one use; `blocks` are what its streets leave."""

    land: Polygon
    style: str
    blocks: list[Polygon] = field(default_factory=list)
    name: str = ""


@dataclass(slots=True)
class Grounds:
    quarters: list[Quarter]
    roads: list[Road]
    collectors: list[Road]


def settle(terrain: Terrain, roads: list[Road], seed: int, namer: Namer) -> Grounds:
    """All streets inside the town's edge."""
    rng = stream(seed, "sectors")
    taken = unary_union([terrain.water, terrain.track, terrain.park])
    barrier = Barrier(unary_union([terrain.edge.boundary, taken.boundary]))
    grounds = Grounds([], [], [])
    sites = industry_sites(terrain)
    for face in faces_between(terrain.edge.difference(taken), roads):
        for land in _superblocks(face, barrier, grounds, namer, rng):
            style = _style(land, terrain, sites, rng)
            _fill(Quarter(land, style), barrier, grounds, namer, rng)
    return grounds


def settle_village(village: Village, terrain: Terrain, roads: list[Road], seed: int) -> Grounds:
    """A village's own streets, round the road it stands on."""
    rng = stream(seed, f"village {village.name}")
    namer = Namer(rng)
    shape = blob(village.centre, (village.radius_metres, village.radius_metres * 0.75), rng, turn=rng.uniform(0, 3))
    land = shape.difference(unary_union([terrain.water.buffer(8), terrain.track.buffer(8)]))
    barrier = Barrier(land.boundary)
    grounds = Grounds([], [], [])
    for face in faces_between(land, roads):
        _fill(Quarter(face, "village", name=village.name), barrier, grounds, namer, rng)
    for road in grounds.roads:
        road.locality = village.name
    return grounds


def faces_between(land: BaseGeometry, roads: list[Road]) -> list[Polygon]:
    """The pieces of land that roads leave, largest first."""
    lines = [LineString(road.points) for road in roads]
    net = unary_union([land.boundary, *lines], grid_size=0.01)
    inside = land.buffer(0.02)
    faces = [f for f in polygon_parts(polygonize([net])) if inside.contains(f.representative_point())]
    return sorted((face for face in faces if face.area > 900), key=lambda face: -face.area)


def industry_sites(terrain: Terrain) -> list[tuple[Point, float]]:
    """Where works and warehouses stand: the forge, the quay beyond the railway, the goods yard."""
    scale = terrain.scale.town_metres
    if not terrain.scale.villages:
        return []
    return [
        (Point(-scale * 0.52, scale * 0.62), scale * 0.2),
        (Point(max(760.0, scale * 0.5), -330.0), scale * 0.16),
        (Point(620.0, scale * 0.72), scale * 0.17),
    ]


def _superblocks(face: Polygon, barrier: Barrier, grounds: Grounds, namer: Namer, rng: Rng) -> list[Polygon]:
    """A sector cut into quarters by wider, gently curving roads."""
    waiting, done = [face], []
    while waiting:
        piece = waiting.pop()
        centre, long, short, a, b = oriented_box(piece)
        faces, parts = [piece], []
        if piece.area > 165_000 and a > 330:
            line = cut_line(Way(centre, long, short, a, b), max(2, round(a / 380)), COLLECTOR, rng)
            faces, parts = cut_across(piece, line)
        streets = [s for part in parts if (s := trimmed(np.asarray(part.coords), barrier)) is not None]
        if len(faces) < 2 or len(streets) != 1 or min(f.area for f in faces) < 15_000:
            done.append(piece)
            continue
        road = Road(namer.street("collector"), "street", 9.0, streets[0])
        grounds.roads.append(road)
        grounds.collectors.append(road)
        waiting.extend(faces)
    return done


def _style(land: Polygon, terrain: Terrain, sites: list[tuple[Point, float]], rng: Rng) -> str:
    """How a quarter was built: by its distance from the cross, the railway and the works."""
    here, size = land.representative_point(), terrain.scale.town_metres
    away = float(np.hypot(here.x, here.y)) / (size if size < 2500 else size * 0.8)
    if any(here.distance(site) < radius for site, radius in sites):
        return "industry"
    if np.hypot(here.x, here.y) < 370 and land.area < 60_000:
        return "core"
    if away > 0.4 and 30_000 < land.area < 150_000 and rng.random() < 0.13:
        return str(rng.choice(["park", "school", "park", "school", "cemetery", "wood"]))
    age = away + rng.normal(0, 0.12) - 0.12 * (terrain.track.distance(here) < 260)
    works = min((here.distance(site) / radius for site, radius in sites), default=9.0)
    if age < 0.44 or (works < 1.3 and age < 0.62):
        return "terrace"
    return "semi" if age < 0.82 else "modern"


def _fill(quarter: Quarter, barrier: Barrier, grounds: Grounds, namer: Namer, rng: Rng) -> None:
    grounds.quarters.append(quarter)
    style = quarter.style
    if style not in PATTERNS:
        quarter.blocks = [quarter.land]
        quarter.name = _ground_name(style, namer)
        return
    filled: Filled | None = None
    if style == "semi" and rng.random() < 0.42:
        filled = rings(quarter.land, barrier, rng)
    filled = filled or divide(quarter.land, style, barrier, rng)
    quarter.blocks = filled.blocks
    if not filled.cuts and quarter.land.area > 12_000:
        quarter.style = "green"
    for cut in filled.cuts:
        pattern = PATTERNS[style]
        name = namer.street(THEMES[style], suffix="Close" if cut.close else "")
        grounds.roads.append(Road(name, pattern.kind, pattern.width, cut.points, style))


def _ground_name(style: str, namer: Namer) -> str:
    first = namer.street("collector", suffix="Ground").removesuffix(" Ground")
    ends = {"park": "Park", "school": "School", "cemetery": "Cemetery", "wood": "Wood"}
    return f"{first} {ends[style]}"
