"""Plain rows to load, whatever they come from. Geometries are shapely's, in metres on the British National Grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry


class BoundaryRow(NamedTuple):
    """The area of a council, a ward or a neighbour. `kind`: council, ward, neighbour."""

    kind: str
    code: str
    name: str
    geometry: BaseGeometry
    name_cy: str = ""


class StreetRow(NamedTuple):
    """A named way and its centre line. `kind`: main, street, lane, path, track."""

    name: str
    kind: str
    geometry: BaseGeometry
    usrn: int | None = None
    name_cy: str = ""
    locality: str = ""
    ward_code: str = ""


class AddressRow(NamedTuple):
    """A place where letters arrive."""

    number: str
    street: str
    postcode: str
    easting: float
    northing: float
    uprn: int | None = None
    usrn: int | None = None
    locality: str = ""
    ward_code: str = ""


class AssetRow(NamedTuple):
    """A thing to look after: street_light, litter_bin, bus_stop, gully, ... `owner`: district, county or a GSS code."""

    kind: str
    reference: str
    label: str
    easting: float
    northing: float
    label_cy: str = ""
    usrn: int | None = None
    owner: str = ""


class PlaceRow(NamedTuple):
    """A named place to search for: a park, a station, a school, a village."""

    name: str
    kind: str
    easting: float
    northing: float
    name_cy: str = ""


class FeatureRow(NamedTuple):
    """One shape of the base map. `layer`: area, water, line, road, building, tree, label; `kind` as in the style."""

    layer: str
    kind: str
    geometry: BaseGeometry
    name: str = ""
    name_cy: str = ""
    width_metres: float = 0.0


@dataclass(frozen=True)
class TownRows:
    """All that one source brings. What is None stays as it was; an empty list empties it."""

    boundaries: Iterable[BoundaryRow] | None = None
    streets: Iterable[StreetRow] | None = None
    addresses: Iterable[AddressRow] | None = None
    assets: Iterable[AssetRow] | None = None
    places: Iterable[PlaceRow] | None = None
    features: Iterable[FeatureRow] | None = None
