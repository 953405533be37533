"""Cases as Open311 requests, without anything about a person."""
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.documents import selectors as documents
from townhall.kernel.geo.fields import Distance
from townhall.kernel.geo.rules import LonLat, NotInBritain, Point, to_bng, to_lonlat
from townhall.kernel.modules.keys import tidy_reference
from townhall.residents.open311 import rules
from townhall.residents.open311.models import ApiKey, Receipt
from townhall.residents.open311.rules import Asked, refuse
from townhall.residents.reports import rules as report_rules
from townhall.residents.reports import selectors as reports
from townhall.residents.reports.actions import KIND

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document
    from townhall.residents.reports.models import Report

TELLING = ("status", "resolved", "reopened", "paused", "reply", "date")
"""Kinds of timeline entries whose words say how a case stands."""


def visible(key: ApiKey | None) -> QuerySet[Case]:
    """The cases a caller may see: public ones, and those that came with its own key."""
    mine = Q(pk__in=Receipt.objects.filter(api_key=key, is_update=False).values("case_id")) if key else Q()
    return Case.objects.filter(Q(is_public=True) | mine if key else Q(is_public=True), kind=KIND, report__isnull=False)


def requests(asked: Asked, key: ApiKey | None) -> tuple[list[dict[str, Any]], bool]:
    """One page of requests, newest first, and whether there are more."""
    chosen = _chosen(asked, visible(key)).select_related("report").order_by("-opened_at", "id")
    first = (asked.page - 1) * asked.page_size
    page = list(chosen[first : first + asked.page_size + 1])
    return facts_of(page[: asked.page_size], extensions=asked.extensions), len(page) > asked.page_size


def one(reference: str, key: ApiKey | None, *, extensions: bool) -> list[dict[str, Any]]:
    """The request with this id, as a list of one. Raises Refused where there is none that the caller may see."""
    case = visible(key).filter(reference=tidy_reference(reference)).select_related("report").first()
    if case is None:
        raise refuse(404, f"service_request_id '{reference[:20]}' was not found")
    return facts_of([case], extensions=extensions)


def _chosen(asked: Asked, cases: QuerySet[Case]) -> QuerySet[Case]:
    if asked.ids:
        return cases.filter(reference__in=[tidy_reference(word) for word in asked.ids])
    bounds = {
        "opened_at__gte": asked.start, "opened_at__lte": asked.end, "updated_at__gt": asked.updated_after,
        "updated_at__lt": asked.updated_before, "category__in": asked.services or None,
    }  # fmt: skip
    cases = cases.filter(**{name: value for name, value in bounds.items() if value is not None})
    if len(asked.statuses) == 1:
        cases = cases.filter(closed_at__isnull="open" in asked.statuses)
    return _around(asked, _within(asked, cases))


def _within(asked: Asked, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those in the box of degrees; on the grid that is a slightly turned square, so its corners' box is taken."""
    if asked.box is None:
        return cases
    west, south, east, north = asked.box
    corners = [_grid(LonLat(lon, lat)) for lon in (west, east) for lat in (south, north)]
    eastings, northings = [corner.easting for corner in corners], [corner.northing for corner in corners]
    return cases.filter(point__in_box=(min(eastings), min(northings), max(eastings), max(northings)))


def _around(asked: Asked, cases: QuerySet[Case]) -> QuerySet[Case]:
    if asked.near is None:
        return cases
    middle, reach = _grid(asked.near), asked.radius_metres
    box = (middle.easting - reach, middle.northing - reach, middle.easting + reach, middle.northing + reach)
    return cases.filter(point__in_box=box).alias(metres=Distance("point", middle)).filter(metres__lte=reach)


def _grid(where: LonLat) -> Point:
    try:
        return to_bng(where)
    except NotInBritain as problem:
        raise refuse(400, "bbox, lat and long must be in Britain") from problem


def facts_of(cases: Sequence[Case], *, extensions: bool = False) -> list[dict[str, Any]]:
    """The facts of requests, in a fixed number of queries. `extensions` adds attributes, statuses, notes, photos."""
    ids = [case.pk for case in cases]
    names = reports.by_code()
    notes = _latest_words(ids)
    photos = documents.public_of_cases(ids)
    timelines = _timelines(ids) if extensions else {}
    found: list[dict[str, Any]] = []
    for case in cases:
        fact = _fact(case, names.get(case.category), notes.get(case.pk, ""), photos.get(case.pk, []))
        if extensions:
            fact |= _extended(case, names.get(case.category), photos.get(case.pk, []), timelines.get(case.pk, []))
        found.append(fact)
    return found


def _fact(case: Case, category: Any, notes: str, photos: list["Document"]) -> dict[str, Any]:
    other = authority.by_code(case.passed_to) if case.passed_to else None
    where = position(case)
    return {
        "service_request_id": case.reference,
        "status": rules.public(case.status),
        "status_notes": notes or None,
        "service_name": category.title(get_language() or "en") if category else case.category,
        "service_code": case.category,
        "description": report_rules.redact(report_of(case).description) or None,
        "agency_responsible": (other or authority.ours()).name,
        "service_notice": _("%(name)s has this report.") % {"name": other.short_name} if other else None,
        "requested_datetime": case.opened_at,
        "updated_datetime": case.updated_at,
        "expected_datetime": case.due_at if case.is_open else None,
        "address": case.place or None,
        "address_id": None,
        "zipcode": None,
        "lat": where.lat if where else None,
        "long": where.lon if where else None,
        "media_url": media_url(photos[0]) if photos else None,
    }


def report_of(case: Case) -> "Report":
    """The case's report, which `visible` has made sure of."""
    return case.report  # pyright: ignore[reportAttributeAccessIssue]


def position(case: Case) -> LonLat | None:
    """Where it is in WGS84: from the grid, or as given for what was loaded from outside Britain."""
    if case.point is not None:
        return to_lonlat(case.point)
    given = report_of(case).answers.get("imported", {})
    return LonLat(given["long"], given["lat"]) if "lat" in given else None


def media_url(document: "Document") -> str:
    """A photo's whole address."""
    return settings.TOWNHALL_URL + documents.url(document, "web")


def _latest_words(ids: list[UUID]) -> dict[UUID, str]:
    said = Entry.objects.filter(case_id__in=ids, is_public=True, kind__in=TELLING).exclude(text="")
    rows = said.order_by("case_id", "-number").distinct("case_id").values_list("case_id", "text", "text_cy")
    in_welsh = get_language() == "cy"
    return {case_id: (text_cy if in_welsh else "") or text for case_id, text, text_cy in rows}


def _timelines(ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    notes: dict[UUID, list[dict[str, Any]]] = {}
    shown = Entry.objects.filter(case_id__in=ids, is_public=True).order_by("case_id", "number")
    for case_id, at, kind, text in shown.values_list("case_id", "at", "kind", "text"):
        notes.setdefault(case_id, []).append({"datetime": at, "type": kind, "description": text or None})
    return notes


def _extended(case: Case, category: Any, photos: list["Document"], notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "attributes": _attributes(case, category),
        "extended_attributes": {
            "detailed_status": rules.detailed(case.status),
            "external_status_code": case.status,
            "title": case.title,
            "url": public_url(case),
            "ward": case.ward or None,
            "channel": case.channel,
            "photos": [{"media_url": media_url(photo)} for photo in photos],
        },
        "notes": notes,
    }


def _attributes(case: Case, category: Any) -> list[dict[str, Any]]:
    """Answers from a list of choices: what people typed themselves may name somebody, so it stays here."""
    if category is None:
        return []
    language = get_language() or "en"
    answers = report_of(case).answers
    return [
        {"code": question.code, "label": question.words(language),
         "value": question.answer_words(answers[question.code], language)}
        for question in report_rules.questions(category.questions)
        if question.code in answers and question.kind in {"radios", "yesno", "number"} and not question.is_private
    ]  # fmt: skip


def public_url(case: Case) -> str | None:
    """The report's page, where everyone may see it."""
    if not case.is_public:
        return None
    try:
        return settings.TOWNHALL_URL + reverse("reports:report", kwargs={"reference": case.reference})
    except NoReverseMatch:
        return None
