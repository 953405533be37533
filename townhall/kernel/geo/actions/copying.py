"""Rows into tables by COPY: a town of 100,000 rows in a few seconds."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import shapely

from townhall.kernel.geo.fields import box_text, point_text
from townhall.kernel.geo.rules.rows import AddressRow, AssetRow, BoundaryRow, FeatureRow, PlaceRow, StreetRow
from townhall.kernel.geo.rules.typed import fold
from townhall.kernel.geo.rules.zooms import min_zoom

Record = tuple[Any, ...]


def boundary_records(rows: Iterable[BoundaryRow], origin: str) -> Iterator[Record]:
    """Boundaries as `BOUNDARY` lists their columns."""
    for row in rows:
        yield row.kind, row.code, row.name, row.name_cy, *_shape(row.geometry), origin


def street_records(rows: Iterable[StreetRow], origin: str) -> Iterator[Record]:
    """Streets, with their point halfway along."""
    for row in rows:
        middle = row.geometry.interpolate(0.5, normalized=True) if row.geometry.geom_type == "LineString" else None
        middle = middle or shapely.point_on_surface(row.geometry)
        names = row.usrn, row.name, row.name_cy, row.kind, row.locality, row.ward_code, fold(row.name)
        yield *names, point_text(middle.x, middle.y), *_shape(row.geometry), origin


def address_records(rows: Iterable[AddressRow], origin: str) -> Iterator[Record]:
    """Addresses."""
    for row in rows:
        where = point_text(row.easting, row.northing)
        yield row.uprn, row.usrn, row.number, row.street, row.locality, row.postcode, row.ward_code, where, origin


def asset_records(rows: Iterable[AssetRow], origin: str) -> Iterator[Record]:
    """Assets."""
    for row in rows:
        sought = fold(f"{row.reference} {row.label}")
        where = point_text(row.easting, row.northing)
        yield row.kind, row.reference, row.label, row.label_cy, row.usrn, row.owner, sought, where, origin


def place_records(rows: Iterable[PlaceRow], origin: str) -> Iterator[Record]:
    """Places, found by either name."""
    for row in rows:
        sought = fold(f"{row.name} {row.name_cy}")
        yield row.name, row.name_cy, row.kind, sought, point_text(row.easting, row.northing), origin


def feature_records(rows: Iterable[FeatureRow], origin: str) -> Iterator[Record]:
    """Shapes of the base map; empty ones are left out."""
    for row in rows:
        if not row.geometry.is_empty:
            zoom = min_zoom(row.layer, row.kind)
            yield row.layer, row.kind, row.name, row.name_cy, row.width_metres, zoom, *_shape(row.geometry), origin


def _shape(geometry: Any) -> tuple[bytes, str]:
    """The two columns of a geometry: WKB and box."""
    return shapely.to_wkb(geometry), box_text(geometry.bounds)


SHAPE = ("geometry", "box", "origin")
Maker = Callable[[Iterable[Any], str], Iterator[Record]]

TABLES: dict[str, tuple[str, tuple[str, ...], Maker]] = {
    "boundaries": ("geo.Boundary", ("kind", "code", "name", "name_cy", *SHAPE), boundary_records),
    "streets": (
        "geo.Street",
        ("usrn", "name", "name_cy", "kind", "locality", "ward_code", "sought", "point", *SHAPE),
        street_records,
    ),
    "addresses": (
        "geo.Address",
        ("uprn", "usrn", "number", "street", "locality", "postcode", "ward_code", "point", "origin"),
        address_records,
    ),
    "assets": (
        "geo.Asset",
        ("kind", "reference", "label", "label_cy", "usrn", "owner", "sought", "point", "origin"),
        asset_records,
    ),
    "places": ("geo.Place", ("name", "name_cy", "kind", "sought", "point", "origin"), place_records),
    "features": (
        "geo.Feature",
        ("layer", "kind", "name", "name_cy", "width_metres", "min_zoom", *SHAPE),
        feature_records,
    ),
}
"""What `TownRows` holds, with its model, columns and maker of records."""
