"""Names on a drawn map: along their street, never upside down, never over one another."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import shapely
from shapely.ops import substring

from townhall.kernel.geo.drawing.frame import UNITS, Frame, Shape
from townhall.kernel.geo.palette import Palette

CELL = 9
LETTER = 0.54
"""The width of a letter of the map's typeface, as a share of its size: on average."""
SHARPEST_TURN = 0.55
"""Radians between one letter and the next but two, beyond which a name would be torn."""
LINES = ("main", "river", "street", "stream", "lane")
"""What has its name along it, the most important first."""
SIZES = {
    "river": 13.0,
    "stream": 12.0,
    "main": 13.0,
    "street": 12.5,
    "lane": 12.0,
    "ward": 12.0,
    "town": 16.0,
    "village": 14.0,
    "site": 12.0,
}
UPRIGHT = {"site", "ward", "park", "wood", "water", "cemetery", "village", "town", "playground"}


@dataclass
class Room:
    """The cells of the picture that are taken."""

    frame: Frame
    _taken: set[tuple[int, int]] = field(default_factory=set)

    def is_free(self, points: Any) -> bool:
        """Whether a name may stand on these points, inside the picture and over nothing else."""
        inside = (points >= 6).all() and (points[:, 0] <= self.frame.width - 6).all()
        return bool(inside and (points[:, 1] <= self.frame.height - 6).all() and not self._cells(points) & self._taken)

    def take(self, points: Any) -> None:
        """Keep these points, and a cell around each."""
        for column, row in self._cells(points):
            self._taken |= {(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}

    def _cells(self, points: Any) -> set[tuple[int, int]]:
        return {(int(x), int(y)) for x, y in points // CELL}


def labels(shapes: Iterable[Shape], frame: Frame, colours: Palette, pins: Any) -> Iterator[str]:
    """The names as SVG, the most important first; those for which there is no room are left out."""
    room = Room(frame)
    for x, y in pins:
        room.take(np.array([(x + dx, y - dy) for dx in (-14, 0, 14) for dy in (0, 14, 28, 42)]))
    named = [shape for shape in shapes if shape.name]
    for shape in named:
        if shape.layer == "label" and shape.kind in UPRIGHT:
            yield from _upright(shape, room, colours)
    lines = [shape for shape in named if shape.kind in LINES]
    for shape in sorted(lines, key=lambda one: (LINES.index(one.kind), -one.geometry.length)):
        yield from _along(shape, room, colours)


def _upright(shape: Shape, room: Room, colours: Palette) -> Iterator[str]:
    is_ward, size = shape.kind == "ward", SIZES.get(shape.kind, 13.0)
    text = shape.name.upper() if is_ward else shape.name
    half = len(text) * size * (LETTER + (0.26 if is_ward else 0)) / 2
    x, y = shape.geometry.x, shape.geometry.y
    points = np.array([(across, y) for across in np.arange(x - half, x + half + CELL, CELL)])
    if not room.is_free(points):
        return
    room.take(points)
    colour = {"ward": colours.council, "water": colours.water_label, "park": colours.park_label}.get(
        shape.kind, colours.label
    )
    more = (
        ' letter-spacing=".16em" font-weight="700"'
        if is_ward
        else ' font-style="italic"'
        if shape.kind == "water"
        else ""
    )
    place = f'x="{x * UNITS:.0f}" y="{(y + size * 0.35) * UNITS:.0f}"'
    yield f'<text {place} fill="{colour}" font-size="{size * UNITS:g}"{more}>{escape(text)}</text>'


def _along(shape: Shape, room: Room, colours: Palette) -> Iterator[str]:
    """The name on the longest free stretch; a long street has it again further on."""
    size = SIZES[shape.kind]
    needs = len(shape.name) * size * LETTER
    for line in sorted(shapely.get_parts(shape.geometry), key=lambda part: -part.length)[:2]:
        if line.length < needs * 1.15:
            continue
        for start in _starts(line.length, needs):
            stretch = substring(line, start, start + needs)
            points = shapely.get_coordinates(stretch.segmentize(CELL))
            if _is_straight(points) and room.is_free(points):
                room.take(points)
                yield _text_on(stretch, shape.name, shape.kind, colours)
                break


def _starts(length: float, needs: float) -> Iterator[float]:
    """Where the name may begin: in the middle first, then nearer the ends."""
    spare = (length - needs) / 2
    for share in (0, 0.35, -0.35, 0.7, -0.7, 0.95, -0.95):
        yield spare * (1 + share)


def _is_straight(points: Any) -> bool:
    steps = np.diff(points, axis=0)
    steps = steps[np.hypot(steps[:, 0], steps[:, 1]) > 0.5]
    angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    return len(angles) < 2 or bool(np.abs(np.diff(angles)).max() < SHARPEST_TURN and np.ptp(angles) < 1.3)


def _text_on(stretch: Any, name: str, kind: str, colours: Palette) -> str:
    """The name on its path, which is turned so that it reads from left to right."""
    is_water = kind in {"river", "stream"}
    look = f'fill="{colours.water_label}" font-style="italic"' if is_water else f'fill="{colours.label}"'
    points = shapely.get_coordinates(stretch.simplify(0.4))
    if points[-1][0] < points[0][0]:
        points = points[::-1]
    path = "M" + "L".join(f"{x * UNITS:.0f} {y * UNITS:.0f}" for x, y in points)
    size = SIZES[kind]
    mark = f"n{zlib.crc32(path.encode())}"
    return (
        f'<path id="{mark}" d="{path}" fill="none" stroke="none"/>'
        f'<text {look} font-size="{size * UNITS:g}" dy="{size * 0.34 * UNITS:.0f}">'
        f'<textPath href="#{mark}" startOffset="50%">{escape(name)}</textPath></text>'
    )
