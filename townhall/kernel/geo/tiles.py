"""The base map in vector tiles, made when first asked for and kept until something new is loaded."""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from django.db import connection
from shapely import GeometryType

from townhall.kernel.geo.fields import box_text
from townhall.kernel.geo.rules import mercator, mvt
from townhall.kernel.geo.rules.zooms import FIRST_ZOOM, LAST_ZOOM

Row = tuple[Any, ...]
Path = list[list[int]]
LAYERS = ("area", "water", "line", "building", "road", "ward", "tree", "label")
BUFFER = 128
"""Units drawn beyond the edge, so that a wide road's edge and cap meet the next tile's."""
KEEP_TILES = 400
EASE_UNTIL_ZOOM = 14
TOLERANCE = 4.0
"""Half a pixel: shapes are eased by so much, far out."""
SMALLEST_AREA = 40.0
"""Square units under which a shape is left out, far out: about three quarters of a pixel."""

ROWS = """
    select layer, kind, name, name_cy, width_metres, geometry from geo_feature
    where box && %s::box and min_zoom <= %s {far} order by min_zoom, id
"""


@lru_cache(maxsize=KEEP_TILES)
def tile(edition: str, zoom: int, column: int, row: int) -> bytes:  # noqa: ARG001 - the edition is part of the key
    """A tile, gzipped; empty of layers where nothing is. Raises NoSuchTile for one that is not made."""
    if not FIRST_ZOOM <= zoom <= LAST_ZOOM:
        raise mercator.NoSuchTile(f"zoom {zoom}")
    bounds = mercator.tile_bounds(zoom, column, row)
    box = mercator.grid_box(bounds)
    rows = _rows(box, zoom) if box else []
    return gzip.compress(_encode(rows, bounds, zoom), 6, mtime=0)


def _rows(box: mercator.Box, zoom: int) -> list[Row]:
    statement = ROWS.format(far="and min_zoom < 13" if zoom < 13 else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, [box_text(box), zoom])
        return cursor.fetchall()


def _encode(rows: list[Row], bounds: mercator.Box, zoom: int) -> bytes:
    """The tile's bytes. Shapes that are alike in all but where they lie are one feature: a thousand houses cost one."""
    alike: defaultdict[tuple[Any, ...], list[Path]] = defaultdict(list)
    if rows:
        shapes = _on_tile([bytes(row[-1]) for row in rows], bounds, eased=zoom < EASE_UNTIL_ZOOM)
        for at, kind, path in _paths(shapes):
            alike[(*rows[at][:-1], kind)].append(path)
    layers = {name: mvt.Layer(name) for name in LAYERS}
    for (layer, *about, kind), paths in alike.items():
        which = "water" if layer == "area" and about[0] == "water" else layer
        if which in layers:
            layers[which].add(kind, paths, _properties(*about))
    return mvt.tile(layers.values())


def _properties(kind: str, name: str, name_cy: str, width: float) -> dict[str, mvt.Value]:
    given: dict[str, mvt.Value] = {"kind": kind, "name": name, "name_cy": name_cy}
    properties = {key: value for key, value in given.items() if value}
    return properties | ({"width": round(float(width), 1)} if width else {})


def _on_tile(wkb: list[bytes], bounds: mercator.Box, *, eased: bool) -> Any:
    """Shapes in the tile's units, cut at its edge and a buffer; empty ones stay in their place."""
    shapes = shapely.transform(shapely.from_wkb(wkb), mercator.to_tile(bounds))
    if eased:
        shapes = shapely.simplify(shapes, TOLERANCE)
        shapes[(shapely.get_dimensions(shapes) == 2) & (shapely.area(shapes) < SMALLEST_AREA)] = None
    low, high = -BUFFER, mercator.EXTENT + BUFFER
    try:
        return shapely.clip_by_rect(shapes, low, low, high, high)
    except shapely.GEOSException:
        return shapely.clip_by_rect(shapely.make_valid(shapes), low, low, high, high)


def _paths(shapes: Any) -> Iterator[tuple[int, int, Path]]:
    """(place in the list, kind of geometry, one path) of all that is left; a hole follows the ring it lies in."""
    parts, places = shapely.get_parts(shapes, return_index=True)
    parts, more = shapely.get_parts(parts, return_index=True)
    places, kinds = places[more], shapely.get_type_id(parts)
    areas, lines, points = (
        kinds == shape for shape in (GeometryType.POLYGON, GeometryType.LINESTRING, GeometryType.POINT)
    )
    rings, owners = shapely.get_rings(parts[areas], return_index=True)
    yield from _drawn(mvt.POLYGON, _wound(rings, owners), places[areas][owners])
    yield from _drawn(mvt.LINE, parts[lines], places[lines])
    for place, _, path in _drawn(mvt.POINT, parts[points], places[points]):
        if 0 <= path[0][0] < mercator.EXTENT and 0 <= path[0][1] < mercator.EXTENT:
            yield place, mvt.POINT, path


def _wound(rings: Any, owners: Any) -> Any:
    """Outer rings (the first of each owner) with a positive area in tile units and holes with a negative one."""
    if not len(rings):
        return rings
    is_outer = np.append(True, owners[1:] != owners[:-1])
    turned = shapely.is_ccw(rings) != is_outer
    rings[turned] = shapely.reverse(rings[turned])
    return rings


def _drawn(kind: int, lines: Any, places: Any) -> Iterator[tuple[int, int, Path]]:
    """Each line's points in whole units."""
    points, owners = shapely.get_coordinates(lines, return_index=True)
    starts = np.flatnonzero(np.append(True, np.diff(owners))).tolist() if len(owners) else []
    whole = np.rint(points).astype(int).tolist()
    for start, end in pairwise([*starts, len(whole)]):
        yield int(places[owners[start]]), kind, whole[start:end]
