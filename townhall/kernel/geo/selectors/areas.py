"""Which area a point is in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from townhall.kernel.geo.atlas import atlas
from townhall.kernel.geo.rules.bulk import to_degrees
from townhall.kernel.geo.rules.places import Area
from townhall.kernel.geo.rules.points import Point


def ward_at(point: Point) -> Area | None:
    """The ward that holds the point; on an edge, the first by name; None outside all of them."""
    return atlas().ward_at(point)


def wards_at(points: Sequence[Point]) -> list[Area | None]:
    """The ward of each of many points, about 100,000 a second."""
    eastings, northings = np.array([(point.easting, point.northing) for point in points]).reshape(-1, 2).T
    return atlas().wards.first_of_each(eastings, northings)


def wards() -> list[Area]:
    """All wards by name."""
    return list(atlas().wards.areas)


def ward(code: str) -> Area | None:
    """The ward with this GSS code."""
    return next((area for area in atlas().wards.areas if area.code == code), None)


def outline(code: str) -> dict[str, Any] | None:
    """A ward's outline as a GeoJSON geometry in WGS84; None where there is no such ward."""
    layer = atlas().wards
    for area, shape in zip(layer.areas, layer.shapes, strict=True):
        if area.code == code:
            return shapely.geometry.mapping(to_degrees(shape))
    return None


def is_inside(point: Point) -> bool:
    """Whether the point is in the council's area; True everywhere until a boundary was loaded.

    Without the council's own outline, its wards together are the outline.
    """
    return atlas().is_inside(point)


def neighbours_at(point: Point) -> list[Area]:
    """The other authorities whose area holds the point: the county around us, or the district next door."""
    return atlas().neighbours.at(point)
