"""How a piece of land between roads is given streets: cut in strips, rings or closes, after its age."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from shapely import LineString, Point, Polygon, maximum_inscribed_circle, polygonize, prepare, unary_union
from shapely.affinity import rotate, scale
from shapely.geometry.base import BaseGeometry

from .chance import Rng
from .curves import bowed, line_parts, oriented_box, polygon_parts
from .plan import Points, StreetKind

SLIVER_SQUARE_METRES = 500.0
Edge = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Distances in metres: between parallel streets, and between the streets that cross them."""

    spacing: float
    block: float
    bow: float
    lean: float
    width: float
    kind: StreetKind = "street"
    closes: bool = False


PATTERNS: dict[str, Pattern] = {
    "core": Pattern(74, 120, 0.06, 0.10, 6.0, "lane"),
    "terrace": Pattern(47, 190, 0.0, 0.02, 8.0),
    "semi": Pattern(74, 230, 0.09, 0.06, 8.0),
    "modern": Pattern(104, 190, 0.13, 0.14, 7.0, closes=True),
    "village": Pattern(120, 210, 0.12, 0.18, 6.0, "lane", closes=True),
    "industry": Pattern(125, 240, 0.02, 0.04, 9.0),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How a box may be cut: lines run along `run` for `reach`, and divide its `depth` along `step`."""

    centre: Points
    step: Points
    run: Points
    depth: float
    reach: float


@dataclass(slots=True)
class Cut:
    """A new street across a piece of land; `close` marks one that stops in the middle."""

    points: Points
    close: bool = False


@dataclass(slots=True)
class Filled:
    cuts: list[Cut]
    blocks: list[Polygon]


class Barrier:
    """Edges that are not roads: water, railway, park and field. A street stops short of them."""

    def __init__(self, shape: BaseGeometry) -> None:
        self.shape = shape
        prepare(shape)

    def blocks(self, x: float, y: float) -> bool:
        return bool(self.shape.dwithin(Point(x, y), 1.0))


def divide(land: Polygon, style: str, barrier: Barrier, rng: Rng) -> Filled:
    """Cut land into blocks of the style's size; every cut runs from side to side and is a street."""
    pattern, filled = PATTERNS[style], Filled([], [])
    waiting = [land]
    while waiting:
        piece = waiting.pop()
        halves = _halve(piece, pattern, barrier, filled.cuts, rng)
        if halves is None:
            filled.blocks.append(piece)
        else:
            waiting.extend(halves)
    if pattern.closes:
        for block in filled.blocks:
            _add_close(block, pattern, barrier, filled.cuts, rng)
    return filled


def rings(land: Polygon, barrier: Barrier, rng: Rng) -> Filled | None:
    """An estate of the 1930s: crescents round a green, with avenues across them; none on small land."""
    circle = maximum_inscribed_circle(land)
    radius, centre = circle.length, Point(circle.coords[0])
    if radius < 118:
        return None
    _, axis, _, a, b = oriented_box(land)
    turn = float(np.degrees(np.arctan2(axis[1], axis[0])))
    stretch = min(1.45, max(1.0, a / b))
    lines = [_oval(centre, 58.0 + 72.0 * k, stretch, turn) for k in range(int(max(a, b) / 130))]
    spokes = int(rng.integers(4, 6))
    start = rng.uniform(0, 2 * np.pi)
    for k in range(spokes):
        angle = start + 2 * np.pi * k / spokes + rng.normal(0, 0.12)
        lines.append(_spoke(lines[0], centre, angle, max(a, b)))
    return _from_lines(land, lines, barrier)


def cut_across(piece: Polygon, line: LineString) -> tuple[list[Polygon], list[LineString]]:
    """What a line leaves of a piece of land, and the parts of the line that lie on it."""
    faces = polygon_parts(polygonize([unary_union([piece.boundary, line])]))
    inside = [face for face in faces if piece.contains(face.representative_point())]
    return inside, [part for part in line_parts(line.intersection(piece)) if part.length > 1.0]


def trimmed(points: Points, barrier: Barrier, *, short: float = 16.0) -> Points | None:
    """A street with each end that meets a barrier pulled back; none when both do, or little is left."""
    first, last = barrier.blocks(*points[0]), barrier.blocks(*points[-1])
    line = LineString(points)
    if (first and last) or line.length < 38.0 + short * (first + last):
        return None
    if not (first or last):
        return points
    low, high = (short if first else 0.0), line.length - (short if last else 0.0)
    inner = [p for p, at in zip(points, _run(points), strict=True) if low < at < high]
    ends = [np.array(line.interpolate(at).coords[0]) for at in (low, high)]
    return np.vstack((points[:1] if not first else ends[:1], *inner[0 if first else 1 : None if last else -1],
                      points[-1:] if not last else ends[1:]))  # fmt: skip


def _run(points: Points) -> Points:
    return np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))


def _halve(piece: Polygon, pattern: Pattern, barrier: Barrier, cuts: list[Cut], rng: Rng) -> list[Polygon] | None:
    """Two or more parts of a piece, with the street between them kept in `cuts`; none if it is small enough."""
    centre, long, short, a, b = oriented_box(piece)
    if piece.area < SLIVER_SQUARE_METRES * 4:
        return None
    rows, columns = round(b / pattern.spacing), round(a / pattern.block)
    ways: list[tuple[Way, int]] = []
    lengthwise, across = Way(centre, short, long, b, a), Way(centre, long, short, a, b)
    if columns >= 2 and (a / pattern.block > 1.5 * b / pattern.spacing / 2 or rows < 2):
        ways.append((across, columns))
    if rows >= 2:
        ways.append((lengthwise, rows))
    if len(ways) == 1 and min(a, b) > pattern.spacing * 0.8 and columns >= 2:
        ways.append((across, columns))
    for way, count in ways * 2:
        line = cut_line(way, count, pattern, rng)
        faces, parts = cut_across(piece, line)
        streets = [s for part in parts if (s := trimmed(np.asarray(part.coords), barrier)) is not None]
        whole = len(faces) >= 2 and min(face.area for face in faces) > SLIVER_SQUARE_METRES
        if whole and len(streets) == len(parts) == 1:
            cuts.extend(Cut(street) for street in streets)
            return faces
    return None


def cut_line(way: Way, count: int, pattern: Pattern, rng: Rng) -> LineString:
    """A line across a box at one of its even divisions, near the middle, leaning and bowed a little."""
    near = count // 2 if count % 2 == 0 else count // 2 + int(rng.integers(0, 2))
    offset = (near / count - 0.5) * way.depth + rng.normal(0, 0.03) * pattern.spacing
    middle = way.centre + way.step * offset
    lean = float(np.clip(rng.normal(0, pattern.lean), -0.25, 0.25))
    direction = way.run * np.cos(lean) + way.step * np.sin(lean)
    half = direction * (way.reach * 0.62 + 10)
    most = pattern.spacing * 0.3
    bow = float(np.clip(rng.normal(0, pattern.bow) * way.reach, -most, most))
    sway = float(np.clip(rng.normal(0, pattern.bow / 3) * way.reach, -most / 2, most / 2))
    return LineString(bowed(middle - half, middle + half, bow, sway))


def _add_close(block: Polygon, pattern: Pattern, barrier: Barrier, cuts: list[Cut], rng: Rng) -> None:
    """A dead-end street from the edge of a large block into its middle."""
    centre, long, _, a, b = oriented_box(block)
    if b < pattern.spacing * 0.78 or a < 85 or rng.random() < 0.12:
        return
    way = long if rng.random() < 0.5 else -long
    for direction in (way, -way):
        inside = line_parts(LineString((centre, centre - direction * a)).intersection(block))
        if not inside:
            continue
        door = np.array(inside[0].coords[-1])
        tip = centre + direction * max(0.0, a / 2 - 42)
        points = bowed(door, tip, float(rng.normal(0, 0.07)) * a, float(rng.normal(0, 0.02)) * a)
        if not barrier.blocks(*door) and block.buffer(1).contains(LineString(points)) and np.hypot(*(tip - door)) > 40:
            cuts.append(Cut(points, close=True))
            return


def _oval(centre: Point, radius: float, stretch: float, turn: float) -> LineString:
    ring = LineString(centre.buffer(radius, quad_segs=12).exterior.coords)
    return rotate(scale(ring, stretch, 1.0, origin=centre), turn, origin=centre)


def _spoke(green: LineString, centre: Point, angle: float, reach: float) -> LineString:
    far = Point(centre.x + reach * np.cos(angle), centre.y + reach * np.sin(angle))
    ray = LineString((centre, far))
    door = ray.intersection(green)
    start = np.array(door.coords[0]) if isinstance(door, Point) else np.array(centre.coords[0])
    return LineString((start, far.coords[0]))


def _from_lines(land: Polygon, lines: list[LineString], barrier: Barrier) -> Filled:
    """Streets along the lines where they lie on the land, and the blocks between them."""
    filled = Filled([], [])
    for line in lines:
        for part in line_parts(line.intersection(land)):
            street = trimmed(np.asarray(part.coords), barrier)
            if street is not None and part.length > 70:
                filled.cuts.append(Cut(street))
    net = unary_union([land.boundary, *(LineString(cut.points) for cut in filled.cuts)])
    filled.blocks = [face for face in polygon_parts(polygonize([net])) if land.contains(face.representative_point())]
    return filled
