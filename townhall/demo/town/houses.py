"""Which houses are built: those that stand clear of roads, water, open ground and one another."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from .curves import lengths
from .frontages import Lots
from .plan import Points
from .roads import Road

KERB_METRES = 1.0


def standing(found: Lots, roads: list[Road], obstacles: list[BaseGeometry]) -> Lots:
    """The lots that can be built on, the earlier ones first when two want the same ground."""
    found = found.take(~_twisted(found.quads))
    shapes = np.asarray(shapely.polygons(found.quads))
    keep = ~_on_roads(shapes, roads)
    if obstacles:
        hit = STRtree(shapes).query(obstacles, predicate="intersects")[1]
        keep[hit] = False
    found = found.take(keep)
    return found.take(_uncrowded(found))


def _twisted(quads: Points) -> npt.NDArray[np.bool_]:
    """Lots squeezed on the inside of a bend until they are no house."""
    front = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    back = np.hypot(*(quads[:, 2] - quads[:, 3]).T)
    across = (quads[:, 1] - quads[:, 0]) * (quads[:, 2] - quads[:, 3])
    return (back < 0.55 * front) | (front < 3.0) | (back > 2.2 * front) | (across.sum(axis=1) < 0)


def _on_roads(shapes: npt.NDArray[np.object_], roads: list[Road]) -> npt.NDArray[np.bool_]:
    """Which shapes come nearer to a road than its kerb, for roads of each width."""
    hit = np.zeros(len(shapes), dtype=bool)
    tree = STRtree(shapes)
    for width in sorted({road.width_metres for road in roads}):
        pieces = [_segments(road.points) for road in roads if road.width_metres == width]
        segments = shapely.linestrings(np.concatenate(pieces))
        hit[tree.query(segments, predicate="dwithin", distance=width / 2 + KERB_METRES)[1]] = True
    return hit


def _segments(points: Points) -> Points:
    """The line as pieces of some 60 m, so that a tree of their boxes is tight."""
    run = lengths(points)
    keep = np.concatenate(([True], np.diff(run // 25) > 0))
    keep[-1] = True
    if len(points) > 200:
        keep[:] = True
    # Straight pieces only: a point may be left out where the road does not bend there.
    turn = np.ones(len(points), dtype=bool)
    if len(points) > 2:
        a, b = points[1:-1] - points[:-2], points[2:] - points[1:-1]
        turn[1:-1] = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) > 0.02
    corners = points[keep | turn]
    return np.stack((corners[:-1], corners[1:]), axis=1)


def _uncrowded(found: Lots) -> npt.NDArray[np.bool_]:
    """Greedy choice: a lot is kept unless one kept before it stands on the same ground."""
    middles = found.quads.mean(axis=1, keepdims=True)
    shapes = np.asarray(shapely.polygons(middles + (found.quads - middles) * 0.96))
    tree = STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    pairs = first < second
    first, second = first[pairs], second[pairs]
    order = np.lexsort((second, first))
    keep = np.ones(len(shapes), dtype=bool)
    for a, b in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if keep[a] and keep[b]:
            keep[b] = False
    return keep
