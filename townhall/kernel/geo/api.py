"""Places and areas as JSON: the gazetteer, a point in words, wards and their outlines. WGS84 (longitude, latitude)."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from townhall.kernel.geo import selectors
from townhall.kernel.geo.rules.places import Area, Found
from townhall.kernel.geo.rules.points import LonLat, NotInBritain, to_bng, to_lonlat
from townhall.kernel.modules.openapi import Refused, Text, routers

places = routers.add("places", Router())
areas = routers.add("areas", Router())
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, examples=[-1.5])]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, examples=[52.9])]


class AreaOut(Schema):
    """A ward: its GSS code and its names."""

    code: str
    name: str
    name_cy: str


class PlaceOut(Schema):
    """A place that was found. `kind` is address, street, postcode, place, asset or coordinates."""

    label: str
    kind: str
    detail: str
    longitude: float
    latitude: float
    easting: float
    northing: float
    uprn: int | None
    usrn: int | None
    postcode: str
    ward: AreaOut | None


class PointOut(Schema):
    """A point in words, and whose it is. `neighbours` are the GSS codes of other councils whose area it is in too."""

    place: str
    place_cy: str
    street: str
    usrn: int | None
    postcode: str
    ward: AreaOut | None
    is_inside: bool
    neighbours: list[str]


class Geometry(Schema):
    """A GeoJSON geometry (RFC 7946)."""

    type: str
    coordinates: list[Any]


class OutlineOut(Schema):
    """A ward as a GeoJSON feature."""

    type: str = "Feature"
    id: str
    properties: AreaOut
    geometry: Geometry


@places.get("/", response=list[PlaceOut], url_name="places")
def search(
    request: HttpRequest,  # noqa: ARG001 - django-ninja knows it by name
    q: Annotated[Text, Field(min_length=1, examples=["Hope Street"])],
    most: Annotated[int, Field(ge=1, le=50)] = 10,
) -> list[dict[str, Any]]:
    """Places for what somebody types, best first: a postcode, street, house, UPRN, USRN, name or grid reference."""
    return [_place(found) for found in selectors.search(q, limit=most)]


def _place(found: Found) -> dict[str, Any]:
    where = to_lonlat(found.point)
    return {
        "label": found.label, "kind": found.kind, "detail": found.detail, "longitude": where.lon,
        "latitude": where.lat, "easting": found.point.easting, "northing": found.point.northing, "uprn": found.uprn,
        "usrn": found.usrn, "postcode": found.postcode, "ward": found.ward,
    }  # fmt: skip


@places.get("/at", response=PointOut, url_name="place_at")
def at(request: HttpRequest, longitude: Longitude, latitude: Latitude) -> dict[str, Any]:  # noqa: ARG001
    """A point in words, its ward, and whether it is in this council's area."""
    try:
        point = to_bng(LonLat(longitude, latitude))
    except NotInBritain as problem:
        raise Refused(422, "The point is not in Great Britain.") from problem
    described = selectors.describe(point)
    return {
        "place": described.place, "place_cy": described.place_cy, "street": described.street, "usrn": described.usrn,
        "postcode": described.postcode, "ward": described.ward, "is_inside": selectors.is_inside(point),
        "neighbours": [area.code for area in selectors.neighbours_at(point)],
    }  # fmt: skip


@areas.get("/", response=list[AreaOut], url_name="areas")
def wards(request: HttpRequest) -> list[Area]:  # noqa: ARG001
    """All wards by name."""
    return selectors.wards()


@areas.get("/{code}", response=AreaOut, url_name="area")
def ward(request: HttpRequest, code: Text) -> Area:  # noqa: ARG001
    """A ward by its GSS code."""
    found = selectors.ward(code)
    if found is None:
        raise Http404(code)
    return found


@areas.get("/{code}/outline", response=OutlineOut, url_name="area_outline")
def outline(request: HttpRequest, code: Text) -> dict[str, Any]:  # noqa: ARG001
    """A ward's outline as GeoJSON."""
    area, geometry = selectors.ward(code), selectors.outline(code)
    if area is None or geometry is None:
        raise Http404(code)
    return {"id": area.code, "properties": area, "geometry": geometry}
