"""Whole geometries between WGS84 and the British National Grid."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from townhall.kernel.geo.rules.points import NotInBritain, transformer


def to_grid(geometry: Any) -> Any:
    """A geometry, or an array of them, in metres. Raises NotInBritain where a point is not in Britain at all."""

    def convert(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        eastings, northings = transformer(inverse=False).transform(points[:, 0], points[:, 1])
        metres = np.column_stack([eastings, northings])
        if not np.isfinite(metres).all() or (abs(points[:, 0] + 3.5) > 6).any() or (abs(points[:, 1] - 55.5) > 6).any():
            raise NotInBritain("the coordinates are not longitude and latitude of places in Great Britain")
        return metres

    return shapely.transform(geometry, convert)


def to_degrees(geometry: Any) -> Any:
    """A geometry in metres as one in WGS84, longitude first, to 6 decimals (10 cm)."""

    def convert(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        longitudes, latitudes = transformer(inverse=True).transform(points[:, 0], points[:, 1])
        return np.round(np.column_stack([longitudes, latitudes]).astype(np.float64), 6)

    return shapely.transform(geometry, convert)
