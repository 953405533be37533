"""Serving a document to whoever may have it, in a way that a browser cannot mistake for a page of ours."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from townhall.kernel.documents import selectors
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.storage import name_of, store

KEEP_SECONDS = 600
POLICY = "default-src 'none'; sandbox"


@require_safe
def document(request: HttpRequest, document_id: UUID, size: str) -> HttpResponseBase:
    """One size of a document. The answer is the same, 404, whether it does not exist or is not for this person."""
    found = Document.objects.filter(pk=document_id).first()
    if found is None or not _may(request, found) or (size != "full" and not found.is_picture):
        raise Http404
    etag = f'"{found.sha256[:32]}-{size}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else _file(found, size)
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    response["Vary"] = "Cookie"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _may(request: HttpRequest, found: Document) -> bool:
    if selectors.may_read(request.user, found):
        return True
    return not selectors.is_held_back(found) and selectors.is_drafts_key(found, request.GET.get("key", ""))


def _file(found: Document, size: str) -> FileResponse:
    try:
        opened = store().open(name_of(found.sha256, size))
    except FileNotFoundError as error:
        raise Http404 from error
    content_type = found.content_type if size == "full" else "image/jpeg"
    response = FileResponse(opened, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(not found.is_picture, found.name) or "attachment"
    return response
