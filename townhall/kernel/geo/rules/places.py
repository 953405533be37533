"""What a look-up answers."""

from dataclasses import dataclass
from typing import Literal

from townhall.kernel.geo.rules.points import Point

FoundKind = Literal["address", "street", "postcode", "place", "asset", "coordinates"]


@dataclass(frozen=True, slots=True)
class Area:
    """A ward, a council or a neighbour: its GSS code and its names."""

    code: str
    name: str
    name_cy: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a search. `detail` tells two of the same label apart (locality, ward or postcode)."""

    label: str
    kind: FoundKind
    point: Point
    detail: str = ""
    uprn: int | None = None
    usrn: int | None = None
    postcode: str = ""
    ward: Area | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """A point in words, in both languages: `Chapel Street, near Wool Lane`."""

    place: str
    place_cy: str
    street: str = ""
    usrn: int | None = None
    postcode: str = ""
    ward: Area | None = None


@dataclass(frozen=True, slots=True)
class AssetNear:
    """A thing the council looks after, and how far it is from the point asked about."""

    kind: str
    reference: str
    label: str
    label_cy: str
    owner: str
    metres: float
    point: Point
