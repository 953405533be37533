"""The pin of a case's own map."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from townhall.council.casework.selectors import maps
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.permissions import check, requires


@require_GET
@requires("cases.see_queue")
def pin(request: HttpRequest, reference: str) -> JsonResponse:
    """The pin of one case."""
    case = get_object_or_404(Case, reference=reference)
    check(request.user, "cases.view_case", case)
    features = [maps.pin(case, timezone.now())] if case.point else []
    found = {"type": "FeatureCollection", "features": features}
    return JsonResponse(found, content_type="application/geo+json", headers={"Cache-Control": "private, no-store"})
