"""A point in words: the street it is on, what it is near, its postcode and ward."""

from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import override

from townhall.kernel.geo.fields import Distance
from townhall.kernel.geo.models import Address, Feature, Place, Street
from townhall.kernel.geo.rules.grid import NotAGridReference, to_grid_reference
from townhall.kernel.geo.rules.places import Described
from townhall.kernel.geo.rules.points import Point
from townhall.kernel.geo.selectors.areas import ward_at

ON_STREET_METRES = 45.0
NEAR_METRES = 160.0
JUNCTION_METRES = 6.0
GROUNDS = ("park", "wood", "water", "cemetery", "playground")


@dataclass(frozen=True)
class Name:
    """A name in both languages."""

    en: str
    cy: str


@dataclass(frozen=True)
class Close:
    """A street near a point."""

    row: Street
    line: Any
    metres: float

    @property
    def name(self) -> Name:
        """What it is called."""
        return Name(self.row.name, self.row.name_cy or self.row.name)


def describe(point: Point) -> Described:
    """Where a point is, as people say it: `Chapel Street, near Wool Lane`, `Castle Park, near Priory Lane`.

    Far from all names it is a grid reference.
    """
    here = shapely.Point(point.easting, point.northing)
    close = _streets_around(point, here)
    on = close[0] if close and close[0].metres <= ON_STREET_METRES else None
    grounds = None if on and on.metres <= JUNCTION_METRES else _grounds(point, here)
    first = grounds or (on.name if on else None)
    near = _crossing(on, close[1:]) if on and not grounds else (close[0].name if close else _place_near(point))
    english, welsh = (_words(first, near, point, language) for language in ("en", "cy"))
    return Described(
        place=english, place_cy=welsh, street=on.row.name if on else "", usrn=on.row.usrn if on else None,
        postcode=_postcode(point, on), ward=ward_at(point),
    )  # fmt: skip


def _streets_around(point: Point, here: shapely.Point) -> list[Close]:
    """Named streets, nearest first."""
    east, north, reach = point.easting, point.northing, NEAR_METRES
    rows = Street.objects.filter(box__overlaps=(east - reach, north - reach, east + reach, north + reach)).exclude(
        name=""
    )
    lines = [(row, shapely.from_wkb(bytes(row.geometry))) for row in rows]
    close = [Close(row, line, line.distance(here)) for row, line in lines]
    return sorted((one for one in close if one.metres <= reach), key=lambda one: one.metres)


def _crossing(on: Close, others: list[Close]) -> Name | None:
    """The nearest street that meets this one, else the nearest other one."""
    others = [other for other in others if other.row.name != on.row.name]
    meeting = [other for other in others if other.line.distance(on.line) <= JUNCTION_METRES]
    return (meeting or others)[0].name if others else None


def _grounds(point: Point, here: shapely.Point) -> Name | None:
    """The named park, wood or water that the point is in."""
    box = (point.easting, point.northing, point.easting, point.northing)
    rows = Feature.objects.filter(layer="area", kind__in=GROUNDS, box__overlaps=box).exclude(name="")
    for row in rows:
        if shapely.from_wkb(bytes(row.geometry)).covers(here):
            return Name(row.name, row.name_cy or row.name)
    return None


def _place_near(point: Point) -> Name | None:
    """The nearest named place within two kilometres."""
    row = Place.objects.annotate(metres=Distance("point", point)).order_by("metres").first()
    return Name(row.name, row.name_cy or row.name) if row and point.metres_to(row.point) <= 2000 else None


def _words(first: Name | None, near: Name | None, point: Point, language: str) -> str:
    names = [getattr(name, language) for name in (first, near) if name]
    with override(language):
        if first and near and names[0] != names[1]:
            return _("%(place)s, near %(other)s") % {"place": names[0], "other": names[1]}
        if first:
            return names[0]
        if near:
            return _("Near %(other)s") % {"other": names[0]}
        try:
            return _("Grid reference %(reference)s") % {"reference": to_grid_reference(point)}
        except NotAGridReference:
            return f"{point.easting:.0f}, {point.northing:.0f}"


def _postcode(point: Point, on: Close | None) -> str:
    """The postcode of the nearest address, of the same street where one is near enough."""
    rows = Address.objects.exclude(postcode="").annotate(metres=Distance("point", point)).order_by("metres")[:12]
    close = [row for row in rows if point.metres_to(row.point) <= NEAR_METRES]
    same = [row for row in close if on and row.street == on.row.name]
    return (same or close)[0].postcode if close else ""
