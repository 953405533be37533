"""The square tiles of Web Mercator (EPSG:3857), and how our metres fall on them.

Source: OGC Two Dimensional Tile Matrix Set, WebMercatorQuad.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

HALF_WORLD_METRES = 20_037_508.342789244
EXTENT = 4096
"""Units to a tile's side."""

Coordinates = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


class NoSuchTile(ValueError):
    """A row or column beyond the edge of the world at that zoom."""


@lru_cache(maxsize=2)
def _transformer(*, to_grid: bool) -> Transformer:
    pair = ("EPSG:3857", "EPSG:27700") if to_grid else ("EPSG:27700", "EPSG:3857")
    return Transformer.from_crs(*pair, always_xy=True)


def tile_bounds(zoom: int, column: int, row: int) -> Box:
    """(west, south, east, north) of a tile in Mercator metres. Raises NoSuchTile."""
    if not (0 <= zoom <= 24 and 0 <= column < 2**zoom and 0 <= row < 2**zoom):
        raise NoSuchTile(f"{zoom}/{column}/{row}")
    size = 2 * HALF_WORLD_METRES / 2**zoom
    west, north = column * size - HALF_WORLD_METRES, HALF_WORLD_METRES - row * size
    return west, north - size, west + size, north


def grid_box(bounds: Box, margin: float = 0.05) -> Box | None:
    """The box on the British National Grid that holds a Mercator box and a margin; None far from Britain."""
    west, south, east, north = bounds
    pad = (east - west) * margin
    across, up = np.meshgrid(np.linspace(west - pad, east + pad, 5), np.linspace(south - pad, north + pad, 5))
    eastings, northings = _transformer(to_grid=True).transform(across.ravel(), up.ravel())
    known = np.isfinite(eastings) & np.isfinite(northings)
    if not known.any():
        return None
    eastings, northings = eastings[known], northings[known]
    return float(eastings.min()), float(northings.min()), float(eastings.max()), float(northings.max())


def to_tile(bounds: Box) -> Callable[[Any], Coordinates]:
    """A function that turns grid metres (n by 2) into units of this tile, y downwards."""
    west, _, east, north = bounds
    scale = EXTENT / (east - west)

    def convert(points: Coordinates) -> Coordinates:
        across, up = _transformer(to_grid=False).transform(points[:, 0], points[:, 1])
        return np.column_stack([(np.asarray(across) - west) * scale, (north - np.asarray(up)) * scale])

    return convert


def tile_of(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """The (column, row) of the tile that holds a WGS84 position."""
    across = (lon + 180) / 360
    up = np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)) / np.pi
    return int(across * 2**zoom), int((1 - up) / 2 * 2**zoom)
