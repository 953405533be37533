"""Points: metres on the British National Grid inside, WGS84 at the edges."""

import math
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Transformer


class NotInBritain(ValueError):
    """A position that the British National Grid does not cover, or that is no position at all."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the British National Grid (EPSG:27700), in metres."""

    easting: float
    northing: float

    def metres_to(self, other: "Point") -> float:
        """The distance on the grid."""
        return math.hypot(self.easting - other.easting, self.northing - other.northing)

    @property
    def lonlat(self) -> "LonLat":
        """The same place in WGS84, as templates need it."""
        return to_lonlat(self)


@dataclass(frozen=True, slots=True)
class LonLat:
    """A position in WGS84 degrees."""

    lon: float
    lat: float


@lru_cache(maxsize=2)
def transformer(*, inverse: bool) -> Transformer:
    """WGS84 to the grid, or back."""
    pair = ("EPSG:27700", "EPSG:4326") if inverse else ("EPSG:4326", "EPSG:27700")
    return Transformer.from_crs(*pair, always_xy=True)


def to_bng(where: LonLat) -> Point:
    """The grid point of a WGS84 position. Raises NotInBritain.

    Without the OSTN15 grid file, which PROJ fetches apart, the Helmert transformation is good to about 5 m.
    """
    if not (
        math.isfinite(where.lon) and math.isfinite(where.lat) and -9.5 < where.lon < 2.5 and 49.5 < where.lat < 61.5
    ):
        raise NotInBritain(f"{where.lon}, {where.lat}")
    easting, northing = transformer(inverse=False).transform(where.lon, where.lat)
    return Point(round(easting, 2), round(northing, 2))


def to_lonlat(point: Point) -> LonLat:
    """The WGS84 position of a grid point, to 7 decimals (1 cm)."""
    lon, lat = transformer(inverse=True).transform(point.easting, point.northing)
    return LonLat(round(lon, 7), round(lat, 7))
