"""The base map in vector tiles, made when first asked for and kept until something new is loaded."""

import gzip
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.db import connection

from townhall.kernel.geo.fields import box_text
from townhall.kernel.geo.rules import mercator, mvt
from townhall.kernel.geo.rules.zooms import FIRST_ZOOM, LAST_ZOOM

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


def _rows(box: mercator.Box, zoom: int) -> list[tuple[Any, ...]]:
    statement = ROWS.format(far="and min_zoom < 13" if zoom < 13 else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, [box_text(box), zoom])
        return cursor.fetchall()


def _encode(rows: list[tuple[Any, ...]], bounds: mercator.Box, zoom: int) -> bytes:
    layers = {name: mvt.Layer(name) for name in LAYERS}
    if rows:
        shapes = _on_tile([bytes(row[-1]) for row in rows], bounds, eased=zoom < EASE_UNTIL_ZOOM)
        for at, kind, paths in _paths(shapes):
            layer, name, *_ = row = rows[at]
            if layer == "area" and name == "water":
                layer = "water"
            if layer in layers:
                layers[layer].add(kind, paths, _properties(row))
    return mvt.tile(layers.values())


def _properties(row: tuple[Any, ...]) -> dict[str, mvt.Value]:
    _, kind, name, name_cy, width, _ = row
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


def _paths(shapes: Any) -> Iterator[tuple[int, int, list[list[list[int]]]]]:
    """(place in the list, kind of geometry, its paths) of every part that is left."""
    parts, places = shapely.get_parts(shapes, return_index=True)
    parts, more = shapely.get_parts(parts, return_index=True)
    for part, place in zip(_wound(parts), places[more], strict=True):
        if part is None or part.is_empty:
            continue
        if part.geom_type == "Polygon":
            yield int(place), mvt.POLYGON, [_whole(ring) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            yield int(place), mvt.LINE, [_whole(part)]
        elif 0 <= part.x < mercator.EXTENT and 0 <= part.y < mercator.EXTENT:
            yield int(place), mvt.POINT, [_whole(part)]


def _wound(parts: Any) -> Any:
    """Outer rings with a positive area in tile units, as the specification wants."""
    return shapely.orient_polygons(parts, exterior_cw=False)


def _whole(line: Any) -> list[list[int]]:
    return np.rint(shapely.get_coordinates(line)).astype(int).tolist()
