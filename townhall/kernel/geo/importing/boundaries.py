"""Boundaries from GeoJSON (RFC 7946), as the Office for National Statistics and council data teams publish them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from townhall.kernel.geo.rules.bulk import to_grid
from townhall.kernel.geo.rules.points import NotInBritain
from townhall.kernel.geo.rules.rows import BoundaryRow

CODE = re.compile(r"^(wd|lad|cty|ctyua|utla|ltla|par|ward|area)?_?\d{0,2}_?(cd|code)$|^gss(_?code)?$", re.IGNORECASE)
NAME = re.compile(r"^(wd|lad|cty|ctyua|utla|ltla|par|ward|area)?_?\d{0,2}_?(nm|name)$", re.IGNORECASE)
WELSH = re.compile(r"^(wd|lad|cty|ctyua|utla|ltla|par|ward|area)?_?\d{0,2}_?(nmw|name_cy|name_welsh)$", re.IGNORECASE)
WARD_CODES = ("E05", "W05", "S13", "N08")
DEGREES = ("CRS84", "4326")
METRES = "27700"
MISSHAPEN = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What reading a feature raises where its parts are not what they should be."""


class Unreadable(ValueError):
    """The file cannot be used; the message says where and why."""


def read(path: Path, *, kind: str = "", ours: str = "", code: str = "", name: str = "") -> list[BoundaryRow]:
    """The boundaries of a file. Raises Unreadable, which names the feature and what to do.

    `kind` is ward, council or neighbour; without it the GSS code says: wards by their letters, ours by `ours`, others
    are neighbours. `code` and `name` are the properties to use where they cannot be told from their names.
    """
    document = _document(path)
    in_metres = _is_in_metres(document)
    rows = []
    for at, feature in enumerate(document["features"], 1):
        try:
            rows.append(_row(feature, kind, ours, code, name, in_metres=in_metres))
        except (Unreadable, NotInBritain, shapely.errors.ShapelyError, *MISSHAPEN) as error:
            raise Unreadable(f"{path.name}, feature {at}: {error}") from error
    _check_codes(path, rows)
    return rows


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path.name} is not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise Unreadable(f"{path.name} is not a GeoJSON FeatureCollection")
    if not isinstance(document.get("features"), list) or not document["features"]:
        raise Unreadable(f"{path.name} has no features")
    return document


def _is_in_metres(document: dict[str, Any]) -> bool:
    """Whether the coordinates are British National Grid, which older files say in a `crs` member."""
    try:
        crs = str(document["crs"]["properties"]["name"]) if document.get("crs") else "CRS84"
    except MISSHAPEN:
        crs = "a system that has no name"
    if not crs.endswith((*DEGREES, METRES)):
        raise Unreadable(f"coordinates in {crs} are not supported: export as WGS84 or British National Grid")
    return crs.endswith(METRES)


def _row(feature: dict[str, Any], kind: str, ours: str, code: str, name: str, *, in_metres: bool) -> BoundaryRow:
    about = feature.get("properties") or {}
    gss, called = _property(about, code, CODE, "--code"), _property(about, name, NAME, "--name")
    if not feature.get("geometry"):
        raise Unreadable(f"{called} has no geometry")
    geometry = shapely.make_valid(shape(feature["geometry"]))
    parts = [part for part in _parts(geometry) if part.geom_type == "Polygon"]
    if not parts:
        raise Unreadable(f"{called} is a {feature['geometry'].get('type')}, not an area")
    area = shapely.MultiPolygon(parts)
    welsh = next((str(value) for key, value in about.items() if WELSH.match(key) and value), "")
    which = kind or _kind_of(gss, ours)
    return BoundaryRow(which, gss, called, area if in_metres else to_grid(area), welsh)


def _parts(geometry: Any) -> Iterator[Any]:
    for part in shapely.get_parts(geometry):
        yield from shapely.get_parts(part)


def _property(about: dict[str, Any], given: str, pattern: re.Pattern[str], option: str) -> str:
    key = given or next((key for key in about if pattern.match(key)), "")
    if not key or about.get(key) in {None, ""}:
        known = ", ".join(about) or "none"
        raise Unreadable(f"say with {option} which property to use; it has: {known}")
    return str(about[key]).strip()


def _kind_of(gss: str, ours: str) -> str:
    if gss.startswith(WARD_CODES):
        return "ward"
    return "council" if gss == ours else "neighbour"


def _check_codes(path: Path, rows: list[BoundaryRow]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.kind, row.code) in seen:
            raise Unreadable(f"{path.name}: {row.code} {row.name} is there twice; is it one row per area?")
        seen.add((row.kind, row.code))
