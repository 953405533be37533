"""Where the base map writes the names of its areas and villages."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from townhall.kernel.geo.rules.rows import FeatureRow, PlaceRow

NAMED_GROUNDS = {"park", "wood", "water", "cemetery", "playground"}
NAMED_PLACES = {
    "village": "village", "hamlet": "village", "suburb": "village", "town": "town", "church": "site", "school": "site",
    "station": "site", "civic": "site", "place_of_worship": "site", "townhall": "site", "library": "site",
}  # fmt: skip
"""What kind of label a place of this kind has; others have none."""
ELONGATED = 5.0
"""How many times longer than wide a water must be to count as a river."""
CUTS = 80


def with_labels(features: list[FeatureRow], places: list[PlaceRow]) -> list[FeatureRow]:
    """The features, a label for each named area, a line for each river's name, a label for each village and site."""
    return [*features, *_area_labels(features), *_place_labels(places)]


def _area_labels(features: list[FeatureRow]) -> Iterator[FeatureRow]:
    for row in features:
        if row.layer == "area" and row.name and row.kind in NAMED_GROUNDS:
            line = centre_line(row.geometry) if row.kind == "water" else None
            if line is not None:
                yield FeatureRow("line", "river", line, row.name, row.name_cy)
            else:
                yield FeatureRow("label", row.kind, shapely.point_on_surface(row.geometry), row.name, row.name_cy)


def _place_labels(places: list[PlaceRow]) -> Iterator[FeatureRow]:
    for row in places:
        if kind := NAMED_PLACES.get(row.kind):
            yield FeatureRow("label", kind, shapely.Point(row.easting, row.northing), row.name, row.name_cy)


def centre_line(area: Any) -> Any:
    """The line down the middle of a long, narrow area; None for one that is about as wide as long.

    The area is cut across its longest direction, and the middles of the cuts are joined.
    """
    frame = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    if len(frame) < 4:
        return None
    sides = sorted(((frame[1] - frame[0]), (frame[2] - frame[1])), key=np.linalg.norm)
    breadth, length = (float(np.linalg.norm(side)) for side in sides)
    if length < ELONGATED * area.area / length:
        return None
    start = min(frame[:4], key=lambda corner: float(corner @ sides[1] / length + corner @ sides[0] / max(1.0, breadth)))
    steps = np.linspace(0.01, 0.99, CUTS)
    cuts = [shapely.LineString([start + sides[1] * step, start + sides[1] * step + sides[0]]) for step in steps]
    across = [piece for piece in shapely.intersection(cuts, area) if piece.length]
    longest = [max(shapely.get_parts(piece), key=lambda part: part.length) for piece in across]
    middles = [piece.interpolate(0.5, normalized=True) for piece in longest]
    return shapely.simplify(shapely.LineString(middles), 4.0) if len(middles) > 1 else None
