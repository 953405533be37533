"""The pins of a list's map."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import maps, queue
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.permissions import check, requires


@require_GET
@requires("cases.see_queue")
def pins(request: HttpRequest) -> JsonResponse:
    """The cases of a list as GeoJSON: pins, or clusters where they would lie on one another."""
    person: Any = request.user
    chosen = Filter.parse(request.GET, default=queue.usual(person))
    found = maps.pins(
        chosen,
        person,
        timezone.now(),
        box=maps.box_of(request.GET.get("bbox", "")),
        zoom=maps.zoom_of(request.GET.get("zoom", "")),
    )
    return JsonResponse(found, content_type="application/geo+json", headers={"Cache-Control": "private, no-store"})


@require_GET
@requires("cases.see_queue")
def pin(request: HttpRequest, reference: str) -> JsonResponse:
    """The pin of one case."""
    case = get_object_or_404(Case, reference=reference)
    check(request.user, "cases.view_case", case)
    features = [maps.pin(case, timezone.now())] if case.point else []
    found = {"type": "FeatureCollection", "features": features}
    return JsonResponse(found, content_type="application/geo+json", headers={"Cache-Control": "private, no-store"})
