"""The shape of a synthetic town: plain values, in metres on the British National Grid."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from shapely import Polygon

Points = npt.NDArray[np.float64]
Size = Literal["village", "town", "city"]
StreetKind = Literal["main", "street", "lane", "path", "track"]
AreaKind = Literal["water", "park", "wood", "builtup", "industry", "civic", "field", "playground", "cemetery"]
LineKind = Literal["railway", "stream", "footpath"]
BuildingKind = Literal["house", "civic", "shop", "industry", "church", "school", "station"]
AssetKind = Literal["street_light", "litter_bin", "bus_stop", "gully", "post_box", "play_area", "tree"]
Tier = Literal["district", "county"]


@dataclass(frozen=True, slots=True)
class Street:
    """A named way and its centre line; houses are numbered from its first point."""

    usrn: int
    name: str
    kind: StreetKind
    points: Points
    width_metres: float
    ward_code: str
    locality: str


@dataclass(frozen=True, slots=True)
class Area:
    kind: AreaKind
    name: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class Line:
    kind: LineKind
    points: Points
    name: str = ""


@dataclass(frozen=True, slots=True)
class Building:
    polygon: Polygon
    kind: BuildingKind
    uprn: int | None


@dataclass(frozen=True, slots=True)
class Address:
    uprn: int
    usrn: int
    number: str
    street: str
    locality: str
    postcode: str
    ward_code: str
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Ward:
    code: str
    name: str
    name_cy: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class District:
    """Another district of the county: an outline and a name."""

    code: str
    name: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class Asset:
    kind: AssetKind
    reference: str
    label: str
    label_cy: str
    easting: float
    northing: float
    usrn: int | None
    authority: Tier


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: str
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Town:
    """A whole borough. Its boundary is the union of its wards, which share their edges exactly."""

    seed: int
    size: Size
    name: str
    code: str
    county: str
    county_code: str
    origin: tuple[float, float]
    boundary: Polygon
    county_boundary: Polygon
    districts: tuple[District, ...]
    wards: tuple[Ward, ...]
    streets: tuple[Street, ...]
    buildings: tuple[Building, ...]
    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    addresses: tuple[Address, ...]
    assets: tuple[Asset, ...]
    places: tuple[Place, ...]
