"""A point in words: the street it is on, what it is near, its postcode and ward."""

from dataclasses import replace

from townhall.kernel.geo.fields import Distance
from townhall.kernel.geo.gazetteer import NEAR_METRES, Ground, ground
from townhall.kernel.geo.models import Address
from townhall.kernel.geo.rules.places import Described
from townhall.kernel.geo.rules.points import Point

__all__ = ["Ground", "describe", "ground"]


def describe(point: Point) -> Described:
    """Where a point is, as people say it: `Chapel Street, near Wool Lane`, `Castle Park, near Priory Lane`.

    Far from all names it is a grid reference.
    """
    described = ground().describe(point)
    return replace(described, postcode=_postcode(point, described.street))


def _postcode(point: Point, street: str) -> str:
    """The postcode of the nearest address, of the same street where one is near enough."""
    rows = Address.objects.exclude(postcode="").annotate(metres=Distance("point", point)).order_by("metres")[:12]
    close = [row for row in rows if point.metres_to(row.point) <= NEAR_METRES]
    same = [row for row in close if street and row.street == street]
    return (same or close)[0].postcode if close else ""
