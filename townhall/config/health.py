"""Is it alive, is it ready, and how is it doing: for load balancers and Prometheus."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from townhall.config import metrics as figures
from townhall.kernel.modules import databases
from townhall.kernel.notify import selectors as letters
from townhall.kernel.outbox import selectors as outbox


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """Whether the database answers and its tables are there: 200, else 503 with what is wrong."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from outbox_event limit 1")
            cursor.fetchone()
    except Exception as error:
        return JsonResponse({"ready": False, "database": type(error).__name__}, status=503)
    return JsonResponse({"ready": True, "database": "ok"} | _replica())


def _replica() -> dict[str, object]:
    """How the replica is, where there is one. Without it the primary answers everything, so it is never a reason."""
    if not databases.has_replica():
        return {}
    standing = databases.replica.now()
    if standing.away:
        return {"replica": {"away": standing.away, "is_used": False}}
    seconds = round(standing.seconds, 1)
    return {"replica": {"seconds": seconds, "bytes": standing.bytes, "is_used": standing.is_near}}


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics of this process, the outbox and letters; not to machines behind a proxy of ours."""
    if request.headers.get("X-Forwarded-For") and not settings.TOWNHALL_DEMO:
        return HttpResponse("Metrics are not for the outside.", status=403, content_type="text/plain")
    waiting = outbox.waiting()
    figures.UNRELAYED.set(waiting.events)
    figures.OLDEST.set(waiting.oldest_seconds)
    figures.LETTERS.labels(state="failed").set(letters.failed().count())
    figures.LETTERS.labels(state="waiting").set(letters.on_their_way())
    if databases.has_replica():
        standing = databases.replica.now()
        figures.REPLICA_SECONDS.set(float("nan") if standing.away else standing.seconds)
        figures.REPLICA_BYTES.set(float("nan") if standing.away else standing.bytes)
        figures.REPLICA_USED.set(standing.is_near)
    return HttpResponse(generate_latest(figures.REGISTRY), content_type=CONTENT_TYPE_LATEST)
