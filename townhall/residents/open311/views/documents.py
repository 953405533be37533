"""What our addresses take and answer, as an OpenAPI document."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from townhall.residents.open311.api import described


@require_safe
def openapi(_request: HttpRequest) -> JsonResponse:
    """The document; pages of other sites may read it."""
    response = JsonResponse(described())
    response["Access-Control-Allow-Origin"] = "*"
    return response
