"""GOV.UK Notify's call-backs."""

import json
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from townhall.kernel.notify import actions
from townhall.kernel.notify.actions.receipts import TooSoon


@csrf_exempt
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """Take how a message fared, or that a posted letter came back. Follows GOV.UK Notify, "Callbacks".

    204 when noted (or not ours), 400 when it cannot be read, 403 without the token, 503 when Notify should tell us
    again.
    """
    if not _has_token(request):
        return _answer(403)
    try:
        body = json.loads(request.body)
    except ValueError:
        return _answer(400)
    if not isinstance(body, dict):
        return _answer(400)
    try:
        _noted(body)
    except TooSoon:
        return _answer(503)
    return _answer(204)


def _has_token(request: HttpRequest) -> bool:
    expected = settings.TOWNHALL_NOTIFY_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(expected) and compare_digest(given.encode(), expected.encode())


def _noted(body: dict[str, Any]) -> None:
    at = timezone.now()
    if "notification_id" in body:
        actions.take_return(provider_id=_text(body["notification_id"]), at=at)
        return
    actions.take_receipt(
        provider_id=_text(body.get("id")),
        reference=_text(body.get("reference")),
        status=_text(body.get("status")),
        at=at,
    )


def _text(value: Any) -> str:
    return value[:200].replace("\0", "") if isinstance(value, str) else ""


def _answer(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain")
