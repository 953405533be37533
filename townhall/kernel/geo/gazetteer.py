"""The names of the ground, kept in memory and read again when a newer load is seen: a point in words in 0.1 ms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from django.utils.translation import override

from townhall.kernel.geo.atlas import Atlas, atlas
from townhall.kernel.geo.models import Feature, Place, Street
from townhall.kernel.geo.rules.grid import NotAGridReference, to_grid_reference
from townhall.kernel.geo.rules.places import Described
from townhall.kernel.geo.rules.points import Point
from townhall.kernel.geo.squares import Squares

ON_STREET_METRES = 45.0
NEAR_METRES = 160.0
JUNCTION_METRES = 6.0
PLACE_METRES = 2000.0
GROUNDS = ("park", "wood", "water", "cemetery", "playground")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages; `usrn` is the street's, where it is one."""

    en: str
    cy: str
    usrn: int | None = None


@dataclass(frozen=True)
class Named:
    """Named shapes with their squares. `reach` is how many metres from a shape something is still near it."""

    names: list[Name] = field(default_factory=list)
    shapes: Any = ()
    reach: float = 0
    met: dict[int, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shapes = np.array(self.shapes, dtype=object)
        shapely.prepare(shapes)
        object.__setattr__(self, "shapes", shapes)
        object.__setattr__(self, "squares", Squares(shapes, shapely.STRtree(shapes), self.reach))

    def near(self, point: Point) -> list[tuple[int, float]]:
        """The numbers of the shapes that are near, and how many metres away each is, nearest first."""
        squares: Squares = self.squares  # pyright: ignore[reportAttributeAccessIssue]
        found = squares.of(point).numbers
        if not len(found):
            return []
        far = shapely.distance(self.shapes[found], shapely.Point(point.easting, point.northing))
        order = far.argsort(kind="stable")
        return [(int(found[at]), float(far[at])) for at in order if far[at] <= self.reach]

    def meeting(self, number: int) -> frozenset[int]:
        """The numbers of the shapes that meet this one, looked up once."""
        if number not in self.met:
            squares: Squares = self.squares  # pyright: ignore[reportAttributeAccessIssue]
            meets = squares.tree.query(self.shapes[number], "dwithin", JUNCTION_METRES)
            self.met[number] = frozenset(meets.tolist())
        return self.met[number]

    def first_over(self, point: Point) -> Name | None:
        """The first shape that covers the point."""
        squares: Squares = self.squares  # pyright: ignore[reportAttributeAccessIssue]
        found = squares.of(point).numbers
        if not len(found):
            return None
        over = found[shapely.covers(self.shapes[found], shapely.Point(point.easting, point.northing))]
        return self.names[int(over[0])] if len(over) else None


@dataclass(frozen=True)
class Gazetteer:
    """All names of one edition."""

    edition: str
    streets: Named = field(default_factory=Named)
    grounds: Named = field(default_factory=Named)
    places: Named = field(default_factory=Named)


@dataclass(frozen=True, slots=True)
class Ground:
    """The council's ground as it was when this was read: areas and names."""

    areas: Atlas
    names: Gazetteer

    def is_inside(self, point: Point) -> bool:
        """Whether the point is in the council's area."""
        return self.areas.is_inside(point)

    def describe(self, point: Point) -> Described:
        """Where a point is, as people say it, and its ward; without its postcode."""
        close = self.names.streets.near(point)
        on = close[0] if close and close[0][1] <= ON_STREET_METRES else None
        grounds = None if on and on[1] <= JUNCTION_METRES else self.names.grounds.first_over(point)
        street = self.names.streets.names[on[0]] if on else None
        first = grounds or street
        near = self._beside(point, close, on if on and not grounds else None)
        english, welsh = _words(first, near, "" if first or near else _grid_reference(point))
        return Described(
            place=english, place_cy=welsh, street=street.en if street else "", usrn=street.usrn if street else None,
            ward=self.areas.ward_at(point),
        )  # fmt: skip

    def _beside(self, point: Point, close: Sequence[tuple[int, float]], on: tuple[int, float] | None) -> Name | None:
        """What the point is near: for one on a street the street it crosses, else the nearest street or place."""
        if on:
            return self._crossing(on[0], [number for number, _metres in close[1:]])
        if close:
            return self.names.streets.names[close[0][0]]
        places = self.names.places.near(point)
        return self.names.places.names[places[0][0]] if places else None

    def _crossing(self, on: int, others: Sequence[int]) -> Name | None:
        """The nearest street that meets this one, else the nearest other one."""
        streets = self.names.streets
        others = [other for other in others if streets.names[other].en != streets.names[on].en]
        meeting = streets.meeting(on) if others else frozenset[int]()
        first = next((other for other in others if other in meeting), others[0] if others else None)
        return None if first is None else streets.names[first]


_lock = Lock()
_kept: Gazetteer | None = None


def ground() -> Ground:
    """The council's ground as it is now."""
    global _kept  # noqa: PLW0603
    areas = atlas()
    with _lock:
        if _kept is None or _kept.edition != areas.edition:
            _kept = _read(areas.edition)
        return Ground(areas, _kept)


def _read(edition: str) -> Gazetteer:
    streets = Street.objects.exclude(name="").order_by("id").values_list("name", "name_cy", "usrn", "geometry")
    grounds = Feature.objects.filter(layer="area", kind__in=GROUNDS).exclude(name="").order_by("id")
    areas = grounds.values_list("name", "name_cy", "geometry")
    places = list(Place.objects.order_by("id").values_list("name", "name_cy", "point"))
    return Gazetteer(
        edition,
        _named(
            ((Name(name, cy or name, usrn), shapely.from_wkb(bytes(shape))) for name, cy, usrn, shape in streets),
            NEAR_METRES,
        ),
        _named((Name(name, cy or name), shapely.from_wkb(bytes(shape))) for name, cy, shape in areas),
        _named(
            ((Name(name, cy or name), shapely.Point(at.easting, at.northing)) for name, cy, at in places),
            PLACE_METRES,
        ),
    )


def _named(pairs: Iterable[tuple[Name, Any]], reach: float = 0) -> Named:
    found = list(pairs)
    return Named([name for name, _shape in found], [shape for _name, shape in found], reach)


def _grid_reference(point: Point) -> str:
    try:
        return to_grid_reference(point)
    except NotAGridReference:
        return f"{point.easting:.0f}, {point.northing:.0f}"


@lru_cache(maxsize=4096)
def _words(first: Name | None, near: Name | None, reference: str) -> tuple[str, str]:
    """The place in English and in Welsh; `reference` stands where there is no name."""
    return _in_language(first, near, reference, "en"), _in_language(first, near, reference, "cy")


def _in_language(first: Name | None, near: Name | None, reference: str, language: str) -> str:
    names = [getattr(name, language) for name in (first, near) if name]
    with override(language):
        if first and near and names[0] != names[1]:
            return _("%(place)s, near %(other)s") % {"place": names[0], "other": names[1]}
        if first:
            return names[0]
        if near:
            return _("Near %(other)s") % {"other": names[0]}
        return reference if "," in reference else _("Grid reference %(reference)s") % {"reference": reference}
