"""Public reports as pins and rings for the map."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, FloatField, Func, IntegerField, Min, Q
from django.urls import reverse

from townhall.kernel.cases.models import Case
from townhall.kernel.geo.rules import Point, to_lonlat
from townhall.residents.reports import rules
from townhall.residents.reports.selectors.listing import public_reports

MOST_PINS = 400
Box = tuple[float, float, float, float]


class Axis(Func):
    """The easting (0) or northing (1) of a point field."""

    template = "(%(expressions)s)[%(axis)s]"
    output_field = FloatField()  # pyright: ignore[reportAssignmentType]


class Cell(Func):
    """Which cell of a grid of so many metres a point field lies in, along one axis."""

    template = "floor((%(expressions)s)[%(axis)s] / %(metres)s)::int"
    output_field = IntegerField()  # pyright: ignore[reportAssignmentType]


@dataclass
class Ring:
    """Reports that touch at this zoom."""

    easting: float = 0.0
    northing: float = 0.0
    late: int = 0
    only: str = ""
    shares: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many reports it stands for."""
        return self.shares.total()


def pins(filters: rules.Filters, box: Box, zoom: float, at: datetime) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of what a filter shows in a box (metres); the database gathers what would touch."""
    found = public_reports(filters, at).filter(point__in_box=box)
    metres = rules.cell_metres(zoom)
    rings = _rings(found.order_by(), metres, at) if metres else []
    alone = [ring.only for ring in rings if ring.count == 1]
    single = found.filter(reference__in=alone) if rings else found
    features = [_pin(case, at) for case in single[:MOST_PINS]] if alone or not metres else []
    return {"type": "FeatureCollection", "features": features + [_ring(ring) for ring in rings if ring.count > 1]}


def _rings(found: Any, metres: float, at: datetime) -> list[Ring]:
    across, down = Cell("point", axis=0, metres=repr(metres)), Cell("point", axis=1, metres=repr(metres))
    rows = found.values("status").annotate(
        x=across, y=down, count=Count("id"), easting=Avg(Axis("point", axis=0)), northing=Avg(Axis("point", axis=1)),
        only=Min("reference"), late=Count("id", filter=Q(due_at__lt=at, closed_at=None, paused_at=None)),
    )  # fmt: skip
    rings: dict[tuple[int, int], Ring] = {}
    for row in rows:
        ring = rings.setdefault((row["x"], row["y"]), Ring())
        before, more = ring.count, row["count"]
        ring.easting = (ring.easting * before + row["easting"] * more) / (before + more)
        ring.northing = (ring.northing * before + row["northing"] * more) / (before + more)
        ring.shares[row["status"]] += more
        ring.late += row["late"]
        ring.only = row["only"]
    return list(rings.values())


def _pin(case: Case, at: datetime) -> dict[str, Any]:
    properties = {
        "id": case.reference, "status": case.status, "late": case.clock(at).state == "over", "count": 1,
        "title": case.title, "url": reverse("reports:report", args=[case.reference]),
    }  # fmt: skip
    return _feature(case.point or Point(0, 0), properties)


def _ring(ring: Ring) -> dict[str, Any]:
    properties = {"id": f"ring-{ring.only}", "count": ring.count, "late": ring.late, "shares": dict(ring.shares)}
    return _feature(Point(ring.easting, ring.northing), properties)


def _feature(point: Point, properties: dict[str, Any]) -> dict[str, Any]:
    where = to_lonlat(point)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]},
        "properties": properties,
    }


def still_pins(cases: Sequence[Case], at: datetime) -> list[tuple[Point, str, bool]]:
    """Cases as pins of a still picture: point, status, whether late."""
    return [(case.point, case.status, case.clock(at).state == "over") for case in cases if case.point]
