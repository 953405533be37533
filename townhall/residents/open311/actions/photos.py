"""Fetching photos that came with a request as addresses."""
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from townhall.kernel.cases.models import Case
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.rules import Refused
from townhall.residents.open311.actions.calling import PHOTO_BYTES, Rejected, Unreachable, call
from townhall.residents.open311.actions.forwarding import claimed, later
from townhall.residents.open311.actions.receiving import PHOTO
from townhall.residents.open311.models import RemotePhoto, State

MOST_ATTEMPTS = 5


def fetch_photos(at: datetime) -> int:
    """Fetch the photos whose time it is, check them and give them to their cases; how many."""
    waiting = RemotePhoto.objects.filter(state=State.WAITING, next_at__lte=at)
    return sum(_fetch(photo, at) for photo in claimed(waiting, at))


def _fetch(photo: RemotePhoto, at: datetime) -> bool:
    try:
        body = call("GET", photo.address, most_bytes=PHOTO_BYTES)
        name = photo.address.rpartition("/")[2].partition("?")[0]
        kept = documents.keep(file=SimpleUploadedFile(name or "photo", body), purpose=PHOTO, by=None, at=at)
    except Unreachable as problem:
        later(photo, str(problem), at, gives_up=photo.attempts + 1 >= MOST_ATTEMPTS)
        return False
    except (Rejected, Refused) as problem:
        later(photo, str(problem), at, gives_up=True)
        return False
    with transaction.atomic():
        is_public = Case.objects.values_list("is_public", flat=True).get(pk=photo.case_id)
        documents.attach([kept.pk], photo.case_id, is_public=is_public)
        photo.state, photo.next_at, photo.error = State.SENT, None, ""
        photo.save(update_fields=["state", "next_at", "error"])
    return True
