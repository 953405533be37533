"""Public reports: a search in pages, one report, and what has happened with it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from townhall.kernel.cases.models import Case
from townhall.kernel.documents import selectors as documents
from townhall.kernel.geo.rules import bbox_from_text, to_lonlat
from townhall.kernel.modules.openapi import PAGE_SIZE, PageNumber, PageSize, Refused, Text, page_link, routers
from townhall.residents.reports import rules, selectors
from townhall.residents.reports.models import Report

router = routers.add("reports", Router())
Standing = Literal["", "open", "received", "looking", "booked", "waiting", "passed", "done", "fixed", "closed", "late"]
Order = Literal["newest", "oldest", "changed", "followed"]


class ReportOut(Schema):
    """A public report. `line` says how it stands in the reader's language (Accept-Language: en or cy)."""

    reference: str
    url: str
    category: str
    title: str
    status: str
    line: str
    is_late: bool
    opened_at: datetime
    updated_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    place: str
    ward: str
    longitude: float | None
    latitude: float | None
    followers: int
    passed_to: str


class ReportsOut(Schema):
    """A page of reports; the next one is in the Link header."""

    items: list[ReportOut]
    page: int
    has_next: bool


class WholeReportOut(ReportOut):
    """A public report with its words, from which names and numbers of people are taken out, and its photos."""

    description: str
    language: str
    photos: list[str]


class UpdateOut(Schema):
    """Something that happened with a report, or, without a time, what comes next."""

    at: datetime | None
    title: str
    text: str
    status: str


@router.get("/", response=ReportsOut, url_name="reports")
def search(  # noqa: PLR0917 - query parameters
    request: HttpRequest, response: HttpResponse, q: Text = "", category: Text = "", status: Standing = "",
    ward: Text = "", sort: Order = "newest",
    days: Annotated[int, Field(ge=0, le=36_500, description="The greatest age; 0 is any")] = 90,
    bbox: Annotated[Text, Field(description="west,south,east,north in degrees", examples=["-1.6,52.8,-1.4,53"])] = "",
    page: PageNumber = 1, page_size: PageSize = PAGE_SIZE,
) -> dict[str, Any]:  # fmt: skip
    """Public reports, in pages. `q` is looked for in titles and places, or is a reference."""
    at = timezone.now()
    wanted = rules.Filters(
        category=category, status=status, ward=ward, days=days, q=" ".join(q.split()), sort=sort, page=page
    )
    found = selectors.public_reports(wanted, at).select_related("report", "team")
    if bbox:
        if (box := bbox_from_text(bbox)) is None:
            raise Refused(422, "bbox is west,south,east,north in degrees, in Great Britain.")
        found = found.filter(point__in_box=box)
    start = (page - 1) * page_size
    cases = list(found[start : start + page_size + 1])
    if len(cases) > page_size:
        page_link(request, response, page=page + 1)
    categories = selectors.by_code()
    items = [_facts(case, selectors.row_of(case, categories.get(case.category), at)) for case in cases[:page_size]]
    return {"items": items, "page": page, "has_next": len(cases) > page_size}


@router.get("/{reference}", response=WholeReportOut, url_name="report")
def one(request: HttpRequest, reference: Text) -> dict[str, Any]:  # noqa: ARG001 - django-ninja knows it by name
    """One public report."""
    report, at = _public(reference), timezone.now()
    case = report.case
    photos = documents.public_of_cases([case.pk]).get(case.pk, [])
    return _facts(case, selectors.row_of(case, selectors.category(case.category), at)) | {
        "description": rules.redact(report.description, report.language), "language": report.language,
        "photos": [settings.TOWNHALL_URL + documents.url(photo) for photo in photos if photo.is_picture],
    }  # fmt: skip


@router.get("/{reference}/updates", response=list[UpdateOut], url_name="report_updates")
def updates(request: HttpRequest, reference: Text) -> list[dict[str, Any]]:  # noqa: ARG001
    """What has happened with a public report, newest first, and on top what comes next."""
    report = _public(reference)
    lines = selectors.timeline(report, selectors.category(report.case.category), timezone.now())
    return [{"at": line.at, "title": line.title, "text": line.text, "status": line.code} for line in lines]


def _public(reference: str) -> Report:
    report = selectors.report_of(reference)
    if report is None or not report.case.is_public:
        raise Http404(reference)
    return report


def _facts(case: Case, row: selectors.Row) -> dict[str, Any]:
    where = to_lonlat(case.point) if case.point else None
    return {
        "reference": case.reference, "url": settings.TOWNHALL_URL + row.url, "category": case.category,
        "title": row.title, "status": case.status, "line": row.line, "is_late": row.is_late,
        "opened_at": case.opened_at, "updated_at": case.updated_at, "due_at": case.due_at,
        "closed_at": case.closed_at, "place": row.place, "ward": case.ward,
        "longitude": where.lon if where else None, "latitude": where.lat if where else None,
        "followers": case.followers, "passed_to": case.passed_to,
    }  # fmt: skip
