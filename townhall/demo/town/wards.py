"""Wards: the borough cut along its main roads, its river and its railway into parts of like population."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon, STRtree, polygonize, unary_union

from .curves import polygon_parts
from .names import CITY_WARDS, VILLAGE_WARDS, WARDS
from .plan import Points, Size, Ward
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


def ward_codes(places: Points, wards: Sequence[Ward]) -> list[str]:
    """The code of the ward each place is in; one on an edge, or outside, is given the nearest."""
    found = np.full(len(places), -1)
    for number, ward in enumerate(wards):
        shapely.prepare(ward.polygon)
        left, bottom, right, top = ward.polygon.bounds
        x, y = places[:, 0], places[:, 1]
        near = np.flatnonzero((found < 0) & (x >= left) & (x <= right) & (y >= bottom) & (y <= top))
        found[near[shapely.contains_xy(ward.polygon, x[near], y[near])]] = number
    lost = np.flatnonzero(found < 0)
    if len(lost):
        found[lost] = STRtree([ward.polygon for ward in wards]).nearest(shapely.points(places[lost]))
    codes = [ward.code for ward in wards]
    return [codes[number] for number in found.tolist()]


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
    found = STRtree(np.asarray(shapely.points(homes))).query(faces, predicate="contains")[0]
    return np.bincount(found, minlength=len(faces))


def _grow(faces: list[Polygon], people: npt.NDArray[np.int64], seeds: Points) -> list[int]:
    """The ward of each face: the nearest middle, each given a start on the others until populations are alike."""
    middles = np.array([face.representative_point().coords[0] for face in faces])
    away = np.hypot(middles[:, None, 0] - seeds[None, :, 0], middles[:, None, 1] - seeds[None, :, 1])
    start, fair, unit = np.zeros(len(seeds)), people.sum() / len(seeds), float(np.abs(seeds).mean())
    best, best_gap = np.zeros(len(faces), dtype=int), np.inf
    for turn in range(160):
        owner = np.argmin(away - start, axis=1)
        total = np.bincount(owner, weights=people, minlength=len(seeds))
        gap = float(((total / fair - 1) ** 2).sum())
        if gap < best_gap:
            best, best_gap = owner, gap
        start += unit * 0.1 / (1 + turn / 25) * np.clip(1 - total / fair, -1, 1)
    owners = best.tolist()
    for ward in range(len(seeds)):
        if ward not in owners:
            owners[int(np.argmin(away[:, ward]))] = ward
    return _whole(owners, people, _neighbours(faces))


def _whole(owner: list[int], people: npt.NDArray[np.int64], beside: dict[int, set[int]]) -> list[int]:
    """Each ward in one piece: a piece cut off from its ward goes to a neighbour."""
    for _ in range(12):
        loose = [piece for pieces in _pieces(owner, people, beside).values() for piece in pieces[1:]]
        if not loose:
            break
        for piece in loose:
            for face in piece:
                others = sorted({owner[n] for n in beside[face] if n not in piece})
                if others:
                    near = [sum(owner[n] == other for n in beside[face]) for other in others]
                    owner[face] = others[int(np.argmax(near))]
    return owner


def _pieces(owner: list[int], people: npt.NDArray[np.int64], beside: dict[int, set[int]]) -> dict[int, list[set[int]]]:
    """The connected parts of each ward, the most populous first."""
    found: dict[int, list[set[int]]] = defaultdict(list)
    seen: set[int] = set()
    for start in range(len(owner)):
        if start in seen:
            continue
        piece, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            fresh = [n for n in sorted(beside[here]) if n not in piece and owner[n] == owner[start]]
            piece.update(fresh)
            waiting.extend(fresh)
        seen |= piece
        found[owner[start]].append(piece)
    for pieces in found.values():
        pieces.sort(key=lambda piece: -sum(int(people[face]) + 1 for face in piece))
    return found


def _neighbours(faces: list[Polygon]) -> dict[int, set[int]]:
    """Which faces share an edge."""
    sides: dict[tuple[tuple[float, float], tuple[float, float]], list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for ring in (face.exterior, *face.interiors):
            corners = [(x, y) for x, y in ring.coords]
            for a, b in itertools.pairwise(corners):
                sides[min(a, b), max(a, b)].append(number)
    beside: dict[int, set[int]] = defaultdict(set)
    for found in sides.values():
        if len(found) == 2:
            beside[found[0]].add(found[1])
            beside[found[1]].add(found[0])
    return beside
