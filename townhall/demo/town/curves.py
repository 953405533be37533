"""Curves: smoothing, wandering, measuring along a line, and rounded shapes."""

import numpy as np
from shapely import LineString, Polygon

from .chance import Rng
from .plan import Points


def lengths(points: Points) -> Points:
    """Distance from the first point to each point, along the line."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    return np.concatenate(([0.0], np.cumsum(steps)))


def along(points: Points, at: Points) -> Points:
    """Positions at distances `at` along a line; beyond its ends the end segments go on straight."""
    run = lengths(points)
    inside = np.clip(at, 0.0, run[-1])
    found = np.column_stack([np.interp(inside, run, points[:, axis]) for axis in (0, 1)])
    before, after = np.minimum(at, 0.0), np.maximum(at - run[-1], 0.0)
    found += before[:, None] * _unit(points[1] - points[0]) + after[:, None] * _unit(points[-1] - points[-2])
    return found


def normals(points: Points, at: Points, *, reach: float = 4.0) -> Points:
    """Unit vectors to the left of the line at distances `at`, averaged over `reach` metres each way."""
    tangent = along(points, at + reach) - along(points, at - reach)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-9)[:, None]
    return np.column_stack((-tangent[:, 1], tangent[:, 0]))


def smooth(points: Points, *, step: float = 14.0) -> Points:
    """A Catmull-Rom curve through the points, with a point every `step` metres or so."""
    padded = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    pieces = [
        _hermite(padded[i : i + 4], max(2, int(np.hypot(*(padded[i + 2] - padded[i + 1])) / step)))
        for i in range(len(points) - 1)
    ]
    return np.vstack([*pieces, points[-1:]])


def wander(start: Points, heading: float, length: float, rng: Rng, *, sway: float = 0.25) -> Points:
    """A road that leaves `start` in a direction and never quite keeps to it."""
    count = max(3, int(length / 90.0))
    turn = np.zeros(count)
    for i in range(1, count):
        turn[i] = turn[i - 1] * 0.86 + rng.normal(0.0, sway * 0.5)
    bearing = heading + np.clip(turn, -3 * sway, 3 * sway)
    steps = np.column_stack((np.cos(bearing), np.sin(bearing))) * (length / count)
    return smooth(np.vstack((start, start + np.cumsum(steps, axis=0))), step=24.0)


def bowed(first: Points, last: Points, bow: float, sway: float) -> Points:
    """A line between two points, bowed to one side, with an S of height `sway`, in metres."""
    span = last - first
    count = max(2, int(np.hypot(*span) / 18.0)) if abs(bow) + abs(sway) > 0.5 else 2
    t = np.linspace(0.0, 1.0, count)
    aside = np.array((-span[1], span[0])) / max(float(np.hypot(*span)), 1e-9)
    height = 4 * bow * t * (1 - t) + sway * np.sin(2 * np.pi * t)
    return first + t[:, None] * span + height[:, None] * aside


def blob(
    centre: tuple[float, float], radii: tuple[float, float], rng: Rng, *, rough: float = 0.12, turn: float = 0.0
) -> Polygon:
    """A rounded shape, as ponds, woods and villages are."""
    angle = np.linspace(0.0, 2 * np.pi, 61)[:-1]
    radius = np.ones_like(angle)
    for wave in range(2, 7):
        radius += rough * rng.normal() / wave * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    x, y = radii[0] * radius * np.cos(angle), radii[1] * radius * np.sin(angle)
    c, s = np.cos(turn), np.sin(turn)
    return Polygon(np.column_stack((centre[0] + x * c - y * s, centre[1] + x * s + y * c))).buffer(0)


def oriented_box(polygon: Polygon) -> tuple[Points, Points, Points, float, float]:
    """The smallest box round a shape: centre, long axis, short axis (unit vectors), length, breadth."""
    corners = np.asarray(polygon.minimum_rotated_rectangle.exterior.coords)[:4]  # type: ignore[union-attr]
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    a, b = float(np.hypot(*first)), float(np.hypot(*second))
    if a < b:
        first, second, a, b = second, first, b, a
    return corners.mean(axis=0), first / max(a, 1e-9), second / max(b, 1e-9), a, b


def line_parts(shape: object) -> list[LineString]:
    """The line strings in whatever an overlay gave back."""
    if isinstance(shape, LineString):
        return [] if shape.is_empty else [shape]
    return [part for geometry in getattr(shape, "geoms", ()) for part in line_parts(geometry)]


def polygon_parts(shape: object) -> list[Polygon]:
    """The polygons in whatever an overlay gave back."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [part for geometry in getattr(shape, "geoms", ()) for part in polygon_parts(geometry)]


def _unit(vector: Points) -> Points:
    return vector / max(float(np.hypot(*vector)), 1e-9)


def _hermite(four: Points, count: int) -> Points:
    before, first, last, after = four
    t = np.linspace(0.0, 1.0, count, endpoint=False)[:, None]
    # Tangents are cut to the span so that uneven spacing cannot loop the curve.
    span = float(np.hypot(*(last - first)))
    leave, arrive = _cut((last - before) / 2, span), _cut((after - first) / 2, span)
    return (
        (2 * t**3 - 3 * t**2 + 1) * first
        + (t**3 - 2 * t**2 + t) * leave
        + (3 * t**2 - 2 * t**3) * last
        + (t**3 - t**2) * arrive
    )


def _cut(vector: Points, most: float) -> Points:
    size = float(np.hypot(*vector))
    return vector * (most / size) if size > most else vector
