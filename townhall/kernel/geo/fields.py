"""PostgreSQL's own `point` as a model field, with the two look-ups that GiST answers."""

# ruff: noqa: ARG002 - Django gives these arguments whether they are needed or not
import re
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from townhall.kernel.geo.rules import Point


class PointField(models.Field):
    """A `Point` in metres. Look-ups: `__in_box=(west, south, east, north)`; order by `Distance(field, point)`."""

    description = "A point on the British National Grid"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "point"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Point | None:
        """A Point from the text `(x,y)`."""
        if value is None or isinstance(value, Point):
            return value
        return Point(*(float(part) for part in re.findall(r"[-\d.e+]+", str(value))))

    def get_prep_value(self, value: Point | None) -> str | None:
        """The text form that PostgreSQL reads."""
        return None if value is None else f"({float(value.easting)!r},{float(value.northing)!r})"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """A cast, because a parameter's type is text."""
        return "%s::point" if not hasattr(value, "as_sql") else "%s"


@PointField.register_lookup
class InBox(models.Lookup):
    """Within a box of (west, south, east, north) metres, edges included."""

    lookup_name = "in_box"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, list[Any]]:
        """The four sides as parameters."""
        west, south, east, north = (float(side) for side in value)
        return "%s", [f"({east!r},{north!r}),({west!r},{south!r})"]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """`column <@ box`, which GiST answers."""
        left, params = self.process_lhs(compiler, connection)
        _, right = self.get_db_prep_lookup(self.rhs, connection)
        return f"{left} <@ %s::box", [*params, *right]


class Distance(models.Func):
    """The distance in metres from a point field to a Point; GiST answers nearest-first when ordered by it."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "

    def __init__(self, field: str, point: Point) -> None:
        super().__init__(
            models.F(field), models.Value(point, output_field=PointField()), output_field=models.FloatField()
        )


Box = tuple[float, float, float, float]
"""(west, south, east, north) in metres."""


class BoxField(models.Field):
    """A box in metres, PostgreSQL's `box`. Look-ups: `__overlaps=(west, south, east, north)`."""

    description = "A box on the British National Grid"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "box"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Box | None:
        """The four sides from the text `(east,north),(west,south)`."""
        if value is None:
            return None
        east, north, west, south = (float(part) for part in re.findall(r"[-\d.e+]+", str(value)))
        return west, south, east, north

    def get_prep_value(self, value: Box | None) -> str | None:
        """The text form that PostgreSQL reads."""
        return None if value is None else box_text(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """A cast, because a parameter's type is text."""
        return "%s::box" if not hasattr(value, "as_sql") else "%s"


@BoxField.register_lookup
class Overlaps(models.Lookup):
    """Shares ground or an edge with a box of (west, south, east, north) metres."""

    lookup_name = "overlaps"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, list[Any]]:
        """The box as its text."""
        return "%s", [box_text(value)]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """`column && box`, which GiST answers."""
        left, params = self.process_lhs(compiler, connection)
        _, right = self.get_db_prep_lookup(self.rhs, connection)
        return f"{left} && %s::box", [*params, *right]


def box_text(box: Box) -> str:
    """The box as PostgreSQL reads it."""
    west, south, east, north = (float(side) for side in box)
    return f"({east!r},{north!r}),({west!r},{south!r})"


def point_text(easting: float, northing: float) -> str:
    """The point as PostgreSQL reads it."""
    return f"({float(easting)!r},{float(northing)!r})"
