"""Pins on a map and the rings they gather into, as GeoJSON for `map.js`."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from townhall.kernel.geo.rules.points import LonLat, NotInBritain, Point, to_bng, to_lonlat

CELL_PIXELS = 72
APART_FROM_ZOOM = 17.5
METRES_PER_PIXEL_AT_ZOOM_0 = 78271.517 * 0.59
"""On the ground at 54 degrees north, for tiles of 512 pixels: near enough to choose a cell's size."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One thing to show at a point. `status` is one of design's codes; `group` is what it may be gathered with."""

    id: str
    point: Point
    status: str
    title: str
    url: str = ""
    is_late: bool = False


def bbox_from_text(text: str) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) in metres from `west,south,east,north` in degrees; None where it is no such box."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        corners = [to_bng(LonLat(lon, lat)) for lon in (west, east) for lat in (south, north)]
    except (ValueError, NotInBritain):
        return None
    eastings, northings = [corner.easting for corner in corners], [corner.northing for corner in corners]
    return min(eastings), min(northings), max(eastings), max(northings)


def gather(pins: Iterable[Pin], zoom: float) -> list[list[Pin]]:
    """The pins in groups that would touch at this zoom; close in each stands alone, but for those on one spot."""
    size = 0.5 if zoom >= APART_FROM_ZOOM else CELL_PIXELS * METRES_PER_PIXEL_AT_ZOOM_0 / 2**zoom
    cells: defaultdict[tuple[int, int], list[Pin]] = defaultdict(list)
    for pin in pins:
        cells[math.floor(pin.point.easting / size), math.floor(pin.point.northing / size)].append(pin)
    return list(cells.values())


def as_geojson(groups: Sequence[Sequence[Pin]]) -> dict[str, object]:
    """A FeatureCollection (RFC 7946): a group of one is a pin, a larger a ring with `count`, `late` and `shares`."""
    return {
        "type": "FeatureCollection",
        "features": [_one(group[0]) if len(group) == 1 else _ring(group) for group in groups],
    }


def _one(pin: Pin) -> dict[str, object]:
    properties = {
        "id": pin.id,
        "status": pin.status,
        "late": pin.is_late,
        "count": 1,
        "title": pin.title,
        "url": pin.url,
    }
    return _feature(pin.point, properties)


def _ring(group: Sequence[Pin]) -> dict[str, object]:
    middle = Point(
        sum(pin.point.easting for pin in group) / len(group), sum(pin.point.northing for pin in group) / len(group)
    )
    shares = Counter(pin.status for pin in group)
    late = sum(pin.is_late for pin in group)
    properties = {
        "id": f"ring-{group[0].id}", "count": len(group), "late": late, "shares": dict(shares),
        "ids": [pin.id for pin in group[:50]],
    }  # fmt: skip
    return _feature(middle, properties)


def _feature(point: Point, properties: dict[str, object]) -> dict[str, object]:
    where = to_lonlat(point)
    geometry = {"type": "Point", "coordinates": [where.lon, where.lat]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
