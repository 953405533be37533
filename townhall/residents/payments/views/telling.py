"""What providers tell us by themselves. It comes with no cookie, and we take nothing of it but whose try it is."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from townhall.kernel.identity.actions import within_limit
from townhall.residents.payments import actions, providers
from townhall.residents.payments.actions.paying import attempt_of

MOST_TOLD = 300
"""Times a minute that one address may tell us something."""


@csrf_exempt
@require_POST
def told(request: HttpRequest, code: str) -> HttpResponse:
    """A provider says that something has happened to a payment. We believe nothing of it, and ask."""
    at = timezone.now()
    if not within_limit(f"payments.told:{request.META.get('REMOTE_ADDR', '')}", MOST_TOLD, seconds=60, at=at):
        return HttpResponse(status=429)
    if code not in providers.KNOWN:
        raise Http404
    if request.content_type != "application/json":
        return HttpResponse(status=415)
    try:
        body: Any = json.loads(request.body[:10_000] or b"{}")
    except ValueError:
        body = None
    reference = body.get("reference") if isinstance(body, dict) else None
    attempt = attempt_of(code, reference) if isinstance(reference, str) and reference else None
    if attempt is not None:
        actions.look(attempt_id=attempt, at=at)
    return HttpResponse(status=204)
