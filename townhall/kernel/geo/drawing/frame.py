"""What part of the ground a picture shows, and how metres fall on its pixels."""

from dataclasses import dataclass, field
from math import floor, log2
from typing import Any

import numpy as np
import numpy.typing as npt

from townhall.kernel.geo.rules.points import Point

METRES_PER_PIXEL_AT_0 = 78271.517 * 0.587
"""What MapLibre's zoom means on the ground at 54 degrees north."""
UNITS = 2
"""Coordinates are whole half-pixels, which keeps the file small."""


@dataclass(frozen=True)
class Frame:
    """A picture's middle, its size in pixels, and how many metres a pixel is."""

    middle: Point
    width: int
    height: int
    scale: float

    @property
    def zoom(self) -> int:
        """The zoom of the tiles that would show as much."""
        return floor(log2(METRES_PER_PIXEL_AT_0 / self.scale) + 0.25)

    def box(self, margin_pixels: float = 24) -> tuple[float, float, float, float]:
        """The ground shown and a margin: (west, south, east, north) in metres."""
        across = (self.width / 2 + margin_pixels) * self.scale
        up = (self.height / 2 + margin_pixels) * self.scale
        east, north = self.middle.easting, self.middle.northing
        return east - across, north - up, east + across, north + up

    def convert(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Metres (n by 2) as pixels from the top left."""
        across = (points[:, 0] - self.middle.easting) / self.scale + self.width / 2
        down = (self.middle.northing - points[:, 1]) / self.scale + self.height / 2
        return np.column_stack([across, down])


@dataclass(frozen=True)
class PinAt:
    """A pin to draw, or a ring where `counts` (status, number) are given; `late` of them are late."""

    point: Point
    status: str
    is_late: bool = False
    is_chosen: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    late: int = 0


@dataclass
class Shape:
    """One feature on the picture: its geometry in pixels."""

    layer: str
    kind: str
    name: str
    width: float
    geometry: Any = field(repr=False)
