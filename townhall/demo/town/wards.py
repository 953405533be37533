"""Wards: the borough cut along its main roads, its river and its railway into parts of like population."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon, STRtree, polygonize, unary_union

from .curves import polygon_parts
from .names import CITY_WARDS, VILLAGE_WARDS, WARDS
from .plan import Points, Size
from .roads import Road
from .terrain import Terrain


@dataclass(frozen=True, slots=True)
class Shape:
    """A ward before it has its code."""

    name: str
    name_cy: str
    polygon: Polygon


def draw_wards(terrain: Terrain, lines: list[Road], homes: Points, size: Size) -> list[Shape]:
    """Wards in the order of their names; their polygons meet edge on edge and cover the boundary."""
    faces = _faces(terrain, lines)
    people = _count(faces, homes)
    table = _table(size)
    seeds = np.array([(x, y) for _, x, y in table.values()]) * max(terrain.scale.town_metres, 450.0)
    owner = _grow(faces, people, seeds)
    shapes = []
    for number, (name, (name_cy, _, _)) in enumerate(table.items()):
        merged = shapely.coverage_union_all([face for face, own in zip(faces, owner, strict=True) if own == number])
        shapes.append(Shape(name, name_cy, max(polygon_parts(merged), key=lambda part: part.area)))
    return shapes


def _table(size: Size) -> dict[str, tuple[str, float, float]]:
    if size == "village":
        near = {"Castle": (-0.1, 0.1), "Northgate": (0.1, 0.8), "Southbank": (0.3, -0.9)}
        return {name: (WARDS[name][0], *near[name]) for name in VILLAGE_WARDS}
    table = {**WARDS, **CITY_WARDS} if size == "city" else WARDS
    return dict(sorted(table.items()))


def _faces(terrain: Terrain, lines: list[Road]) -> list[Polygon]:
    cuts = [LineString(road.points) for road in lines]
    cuts += [LineString(terrain.river), LineString(terrain.railway)]
    net = unary_union([terrain.boundary.exterior, *cuts], grid_size=0.01)
    inside = terrain.boundary.buffer(0.05)
    faces = polygon_parts(polygonize([net]))
    return [face for face in faces if inside.contains(face.representative_point())]


def _count(faces: list[Polygon], homes: Points) -> npt.NDArray[np.int64]:
    found = STRtree(shapely.points(homes)).query(faces, predicate="contains")[0]
    return np.bincount(found, minlength=len(faces))


def _grow(faces: list[Polygon], people: npt.NDArray[np.int64], seeds: Points) -> list[int]:
    """The ward of each face: the ward with fewest people takes the next face beside it, nearest its middle."""
    beside = _neighbours(faces)
    middles = np.array([face.representative_point().coords[0] for face in faces])
    away = np.hypot(middles[:, None, 0] - seeds[None, :, 0], middles[:, None, 1] - seeds[None, :, 1])
    owner, total = [-1] * len(faces), [0] * len(seeds)
    edge: list[set[int]] = [set() for _ in seeds]
    for ward in range(len(seeds)):
        free = [face for face in np.argsort(away[:, ward], kind="stable").tolist() if owner[face] < 0]
        _take(free[0], ward, owner, total, edge, people, beside)
    open_wards = set(range(len(seeds)))
    while open_wards:
        ward = min(open_wards, key=lambda w: (total[w], w))
        free = sorted(face for face in edge[ward] if owner[face] < 0)
        if not free:
            open_wards.discard(ward)
            continue
        _take(min(free, key=lambda face: float(away[face, ward])), ward, owner, total, edge, people, beside)
    return owner


def _take(
    face: int, ward: int, owner: list[int], total: list[int], edge: list[set[int]], people: npt.NDArray[np.int64],
    beside: dict[int, set[int]],
) -> None:  # fmt: skip
    owner[face] = ward
    # Empty country counts for a little, or one ward would take all of it at once.
    total[ward] += int(people[face]) + 12
    edge[ward] |= beside[face]


def _neighbours(faces: list[Polygon]) -> dict[int, set[int]]:
    """Which faces share an edge."""
    sides: dict[tuple[tuple[float, float], tuple[float, float]], list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for ring in (face.exterior, *face.interiors):
            corners = [(x, y) for x, y in ring.coords]
            for a, b in zip(corners, corners[1:], strict=False):
                sides[min(a, b), max(a, b)].append(number)
    beside: dict[int, set[int]] = defaultdict(set)
    for found in sides.values():
        if len(found) == 2:
            beside[found[0]].add(found[1])
            beside[found[1]].add(found[0])
    return beside
