"""All public reports: on a map, as a list, as a feed, and as open data."""
import csv
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Point, to_lonlat
from townhall.kernel.modules.cells import safe
from townhall.kernel.modules.databases import may_lag
from townhall.residents.reports import rules, selectors

COLUMNS = (
    "reference", "category", "title", "status", "opened_at", "due_at", "closed_at", "was_late", "ward", "place",
    "easting", "northing", "longitude", "latitude", "followers", "channel", "passed_to",
)  # fmt: skip
CLOSE, USUAL, FARTHEST, CLOSEST = 16.0, 13.6, 10.0, 19.0
"""Zooms of the map, as MapLibre counts: about one place, about the town, and its bounds."""


@require_safe
@may_lag
def index(request: HttpRequest) -> HttpResponse:
    """The map and list of reports."""
    filters, at = rules.read_filters(request.GET), timezone.now()
    categories = selectors.by_code()
    page = selectors.list_page(filters, categories, at)
    wards, asked = geo.wards(), _asked_middle(request)
    zoom = _asked_zoom(request, CLOSE if asked else USUAL)
    context = {
        "filters": filters, "page": page, "categories": categories, "wards": wards,
        "groups": selectors.grouped(selectors.active_categories(), selectors.language()),
        "chosen_category": categories.get(filters.category), "zoom": zoom,
        "centre": asked or geo.extent().middle,
        "chosen_ward": next((ward for ward in wards if ward.code == filters.ward), None),
        "query": filters.query(), "last": None if page.rows else _last_done(filters, categories, at),
    }  # fmt: skip
    return render(request, "reports/index.html", context)


def _asked_middle(request: HttpRequest) -> Point | None:
    """The place that `?at=easting,northing` wants the map to begin at."""
    try:
        easting, northing = (float(part) for part in request.GET.get("at", "").split(","))
    except ValueError:
        return None
    return Point(easting, northing) if 0 <= easting < 700_000 and 0 <= northing < 1_300_000 else None


def _last_done(filters: rules.Filters, categories: Any, at: datetime) -> selectors.Row | None:
    """The latest report of the same kind and ward at any time, for an empty list."""
    wider = rules.Filters(category=filters.category, ward=filters.ward, days=0)
    case = selectors.public_reports(wider, at).select_related("report", "team").first()
    return selectors.row_of(case, categories.get(case.category), at) if case else None


def _asked_zoom(request: HttpRequest, usual: float) -> float:
    """The zoom that `?zoom=` wants the map to begin at."""
    try:
        zoom = float(request.GET["zoom"])
    except (KeyError, ValueError):
        return usual
    return zoom if FARTHEST <= zoom <= CLOSEST else usual


@require_safe
@may_lag
def feed(request: HttpRequest) -> HttpResponse:
    """The newest fifty of a filter as an Atom feed (RFC 4287)."""
    filters, at = rules.read_filters(request.GET), timezone.now()
    rows = selectors.list_page(filters, selectors.by_code(), at).rows
    base = settings.TOWNHALL_URL
    name = authority.ours().name
    atom = Atom1Feed(
        title=_("Reports in %(council)s") % {"council": name}, description="", author_name=name,
        link=base + reverse("reports:index"), feed_url=f"{base}{request.path}?{filters.query()}",
    )  # fmt: skip
    for row in rows:
        words = ", ".join(filter(None, (row.category, row.place, row.line)))
        atom.add_item(
            title=row.title, link=base + row.url, description=words,
            pubdate=row.opened_at, updateddate=row.opened_at, unique_id=base + row.url,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def open_data(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Every report of a filter as CSV or GeoJSON, without anything about people."""
    filters, at = rules.read_filters(request.GET), timezone.now()
    if form not in {"csv", "geojson"}:
        raise Http404
    cases = selectors.plain_rows(filters, at)
    lines = _csv(cases) if form == "csv" else _geojson(cases)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/geo+json"
    response = StreamingHttpResponse(lines, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="reports.{form}"'
    return response


def _plain(case: Case) -> dict[str, Any]:
    where = to_lonlat(case.point) if case.point else None
    return {
        "reference": case.reference, "category": case.category, "title": case.title, "status": case.status,
        "opened_at": _iso(case.opened_at), "due_at": _iso(case.due_at), "closed_at": _iso(case.closed_at),
        "was_late": case.was_late, "ward": case.ward, "place": case.place,
        "easting": round(case.point.easting) if case.point else None,
        "northing": round(case.point.northing) if case.point else None,
        "longitude": where.lon if where else None, "latitude": where.lat if where else None,
        "followers": case.followers, "channel": case.channel, "passed_to": case.passed_to,
    }  # fmt: skip


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


class _Echo:
    """Hands back what a csv writer writes."""

    def write(self, value: str) -> str:
        """The line itself."""
        return value


def _csv(cases: Iterator[Case]) -> Iterator[str]:
    """Lines of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for case in cases:
        row = _plain(case)
        cells = (row[name] for name in COLUMNS)
        yield writer.writerow([cell if isinstance(cell, int | float) else safe(cell) for cell in cells])


def _geojson(cases: Iterator[Case]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    before = ""
    for case in cases:
        row = _plain(case)
        lon, lat = row.pop("longitude"), row.pop("latitude")
        geometry = {"type": "Point", "coordinates": [lon, lat]} if lon is not None else None
        feature = {"type": "Feature", "id": row["reference"], "geometry": geometry, "properties": row}
        yield before + json.dumps(feature, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
