"""The cases of a list on a map."""

import math
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.rules.pins import Gathered, Spot, cell_metres, gather
from townhall.council.casework.selectors import lists, names
from townhall.kernel.cases.models import Case
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.geo.rules import LonLat, NotInBritain, Point, to_bng, to_lonlat
from townhall.kernel.identity.models import Person

MOST_SPOTS = 20_000
Box = tuple[float, float, float, float]


def box_of(text: str) -> Box | None:
    """A box "west,south,east,north" in WGS84 degrees as metres; None where it is none or beyond the grid."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        corners = [to_bng(LonLat(lon, lat)) for lon in (west, east) for lat in (south, north)]
    except (ValueError, NotInBritain):
        return None
    eastings, northings = [each.easting for each in corners], [each.northing for each in corners]
    return min(eastings), min(northings), max(eastings), max(northings)


def zoom_of(text: str) -> float:
    """The map's zoom, 0 to 22; 13 where it is not a number."""
    try:
        zoom = float(text)
    except ValueError:
        return 13.0
    return min(22.0, max(0.0, zoom)) if math.isfinite(zoom) else 13.0


def pins(chosen: Filter, person: Person, at: datetime, *, box: Box | None, zoom: float) -> dict[str, Any]:
    """A GeoJSON feature collection of the list's cases in the box, at most MOST_SPOTS of them. One statement."""
    cases = lists.listed(chosen, person, at).filter(point__isnull=False)
    if box:
        cases = cases.filter(point__in_box=box)
    columns = ("pk", "point", "status", "title", "title_cy", "reference", "due_at", "paused_at", "closed_at")
    found = cases.values_list(*columns)[:MOST_SPOTS]
    welsh = names.speaks_welsh()
    spots = [
        Spot(str(key), xy.easting, xy.northing, status, _is_late(due, paused, closed, at), (welsh and cy) or title, ref)
        for key, xy, status, title, cy, ref, due, paused, closed in found
    ]
    features = [_feature(each, chosen) for each in gather(spots, cell=cell_metres(zoom))]
    return {"type": "FeatureCollection", "features": features}


def pin(case: Case, at: datetime) -> dict[str, Any]:
    """One case as a feature, for its own map."""
    point = case.point or Point(0, 0)
    late = _is_late(case.due_at, case.paused_at, case.closed_at, at)
    spot = Spot(str(case.pk), point.easting, point.northing, case.status, late, names.case_title(case), case.reference)
    return _feature(gather([spot], cell=0)[0], Filter())


def _is_late(due: datetime | None, paused: datetime | None, closed: datetime | None, at: datetime) -> bool:
    return due is not None and due < at and paused is None and closed is None


def _feature(gathered: Gathered, chosen: Filter) -> dict[str, Any]:
    where = to_lonlat(Point(gathered.easting, gathered.northing))
    properties: dict[str, Any] = {"count": gathered.count, "late": gathered.late, "shares": gathered.shares}
    if only := gathered.only:
        address = reverse("casework:case", args=[only.reference])
        query = f"?{chosen.query}" if chosen.query else ""
        properties |= {"id": only.key, "status": only.status, "title": _named(only), "url": address + query}
    else:
        properties |= {"id": "", "status": max(gathered.shares, key=lambda code: gathered.shares[code]), "url": ""}
        properties["title"] = _told(gathered)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]},
        "properties": properties,
    }


def _named(spot: Spot) -> str:
    words = f"{spot.title}: {STATUSES[spot.status].words}"
    return f"{words}, {_('over the clock')}" if spot.is_late else words


def _told(gathered: Gathered) -> str:
    parts = [f"{number} {str(STATUSES[status].words).lower()}" for status, number in sorted(gathered.shares.items())]
    late = [_("%(number)s over the clock") % {"number": gathered.late}] if gathered.late else []
    cases = ngettext("%(number)s case", "%(number)s cases", gathered.count) % {"number": gathered.count}
    return f"{cases}: {', '.join([*late, *parts])}"
