"""Pins and rings as one drawing, which lies on the base map's still picture."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from townhall.kernel.design import pins as drawn
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.mapping.rules import LAST_ZOOM, METRES_TO_A_PIXEL, Mark

MARGIN_PIXELS = 40
LARGEST = 2_000


@dataclass(frozen=True, slots=True)
class View:
    """What ground a picture shows: its middle in metres, its size in pixels, metres to a pixel."""

    easting: float
    northing: float
    width: int
    height: int
    scale: float

    @classmethod
    def parse(cls, values: Mapping[str, str]) -> "View | None":
        """The view that an address asks for; None where it cannot be drawn."""
        try:
            sides = [float(values[name]) for name in ("e", "n", "w", "h", "scale")]
        except (KeyError, ValueError):
            return None
        easting, northing, width, height, scale = sides
        if not (0 <= easting < 700_000 and 0 <= northing < 1_300_000 and 0.1 <= scale <= 200):
            return None
        is_size = 16 <= width <= LARGEST and 16 <= height <= LARGEST
        return cls(easting, northing, int(width), int(height), scale) if is_size else None

    @property
    def zoom(self) -> int:
        """The zoom of the tiles that show as much."""
        return min(LAST_ZOOM, max(0, math.floor(math.log2(METRES_TO_A_PIXEL / self.scale))))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The ground shown and a margin: west, south, east, north in metres."""
        across, up = ((side / 2 + MARGIN_PIXELS) * self.scale for side in (self.width, self.height))
        return self.easting - across, self.northing - up, self.easting + across, self.northing + up


def drawing(view: View, marks: Iterable[Mark]) -> str:
    """The marks as SVG, those to the south over those to the north."""
    body = "".join(_placed(view, mark) for mark in sorted(marks, key=lambda each: -each.northing))
    size = f'width="{view.width}" height="{view.height}" viewBox="0 0 {view.width} {view.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def _placed(view: View, mark: Mark) -> str:
    """A pin with its tip on the place, or a ring with its middle there."""
    x = (mark.easting - view.easting) / view.scale + view.width / 2
    y = (view.northing - mark.northing) / view.scale + view.height / 2
    counts = {status: count for status, count in mark.shares.items() if status in STATUSES}
    if mark.count > 1:
        half = mark.radius + 3
        return _at(drawn.cluster(counts, late=mark.late), x - half, y - half)
    return "".join(_at(drawn.pin(status, is_late=mark.late > 0), x - 22, y - 45) for status in counts)


def _at(svg: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{svg}</g>'
