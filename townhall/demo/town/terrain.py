"""Ground before people: the river and its mere, the railway, the edge of the town and of the borough."""

from dataclasses import dataclass, replace

import numpy as np
from shapely import LineString, Point, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from . import core
from .chance import stream
from .curves import blob, lengths, normals, smooth, wander
from .plan import Points, Size


@dataclass(frozen=True, slots=True)
class Scale:
    """How big a place is, in metres, and how many addresses it should hold."""

    town_metres: float
    borough_metres: float
    villages: int
    addresses: int
    rings_metres: tuple[float, ...] = ()
    superblock_metres: float = 380.0


SCALES: dict[Size, Scale] = {
    "village": Scale(470.0, 2300.0, 0, 1_500),
    "town": Scale(1560.0, 6400.0, 11, 26_400),
    "city": Scale(3820.0, 10800.0, 14, 150_000, (1500.0, 2450.0, 3450.0)),
}


@dataclass(frozen=True, slots=True)
class Terrain:
    scale: Scale
    bend: core.Bend
    boundary: Polygon
    river: Points
    mere: Polygon
    water: BaseGeometry
    railway: Points
    track: BaseGeometry
    park: Polygon
    edge: Polygon


def lay_out(seed: int, size: Size, *, stretch: float = 1.0) -> Terrain:
    """The ground of a town, in metres from its market cross; `stretch` moves its edge out or in."""
    scale = replace(SCALES[size], town_metres=SCALES[size].town_metres * stretch)
    rng = stream(seed, "terrain")
    bend = core.bend(rng)
    mere = _mere(scale, seed)
    river = _river(scale, bend, seed)
    railway = _railway(scale, bend, seed)
    water = unary_union([ribbon(river, 22.0, 4.0, seed), mere])
    track = LineString(railway).buffer(7.0)
    boundary = blob((0, 0), (scale.borough_metres, scale.borough_metres * 0.86), rng, rough=0.16)
    park = Polygon(smooth(bend.metres((*core.CASTLE_PARK, core.CASTLE_PARK[0])))).buffer(0)
    edge = _edge(scale, size, seed).difference(mere.buffer(70))
    edge = max(getattr(edge, "geoms", [edge]), key=lambda part: part.area)
    return Terrain(scale, bend, boundary, river, mere, water, railway, track, park, edge)


def ribbon(points: Points, half_width: float, swell: float, seed: int) -> Polygon:
    """A river's water: a band round its middle line, a little wider here and narrower there."""
    phase = stream(seed, "ribbon").uniform(0, 6.28, 2)
    run = lengths(points)
    half = half_width + swell * (np.sin(run / 130 + phase[0]) + 0.6 * np.sin(run / 57 + phase[1]))
    side = normals(points, run, reach=12.0) * half[:, None]
    return Polygon(np.vstack((points + side, (points - side)[::-1]))).buffer(0)


def _mere(scale: Scale, seed: int) -> Polygon:
    rng = stream(seed, "mere")
    west = max(scale.town_metres * 0.95, 1250.0)
    centre = (-west - 260.0, -380.0 + rng.uniform(-40, 40))
    return blob(centre, (430.0, 215.0), rng, rough=0.3, turn=float(rng.uniform(-0.25, 0.25)))


def _river(scale: Scale, bend: core.Bend, seed: int) -> Points:
    rng = stream(seed, "river")
    middle = bend.metres(core.RIVER)
    lake = -max(scale.town_metres * 0.95, 1250.0) - 260.0
    steps = np.linspace(0.15, 0.85, 6)[:, None]
    reach = middle[0] + steps * (np.array((lake + 330.0, -380.0)) - middle[0])
    reach[:, 1] += rng.uniform(-55, 55, len(reach))
    upper = wander(np.array((lake - 250.0, -370.0)), 2.78, scale.borough_metres * 1.5, rng, sway=0.3)[::-1]
    lower = wander(middle[-1], -0.12, scale.borough_metres * 1.5, rng, sway=0.3)
    across = np.vstack((upper[-1:], [(lake, -380.0)], reach[::-1], middle))
    return np.vstack((upper[:-1], smooth(across, step=20.0)[:-1], lower))


def _railway(scale: Scale, bend: core.Bend, seed: int) -> Points:
    rng = stream(seed, "railway")
    middle = smooth(bend.metres(core.RAILWAY), step=40.0)
    north = wander(middle[0], 1.75, scale.borough_metres * 1.3, rng, sway=0.08)[::-1]
    south = wander(middle[-1], -1.25, scale.borough_metres * 1.3, rng, sway=0.08)
    return np.vstack((north[:-1], middle, south[1:]))


def _edge(scale: Scale, size: Size, seed: int) -> BaseGeometry:
    """Where the houses end: further out along the main roads, nearer in between."""
    rng = stream(seed, "edge")
    if size == "village":
        south = LineString([(60, -300), (200, -520)]).buffer(130)
        return unary_union([blob((20, 40), (300, 220), rng, rough=0.15), south]).buffer(40).buffer(-40)
    angle = np.linspace(0, 2 * np.pi, 181)[:-1]
    radius = np.full_like(angle, 0.9)
    for _, _, bearing in core.RADIALS:
        apart = np.angle(np.exp(1j * (angle - bearing)))
        radius += rng.uniform(0.1, 0.32) * np.exp(-((apart / 0.2) ** 2))
    for wave in range(3, 14):
        radius += rng.normal(0, 0.14) / wave * np.cos(wave * angle + rng.uniform(0, 6.28))
    ring = np.column_stack((np.cos(angle), np.sin(angle))) * (radius * scale.town_metres)[:, None]
    return Polygon(ring).buffer(-30).buffer(30).union(Point(0, 0).buffer(600))
