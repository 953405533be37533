"""Keeping documents, giving them to a case, and forgetting them."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

import psycopg
from django.core.files import File
from django.db import connection, transaction

from townhall.kernel.documents import images, rules, scanning
from townhall.kernel.documents.models import Document, Scan
from townhall.kernel.documents.registries import holders
from townhall.kernel.documents.storage import name_of, sha256_of, store
from townhall.kernel.identity.models import Person

log = logging.getLogger(__name__)

DRAFT_DAYS = 28
"""How long a document waits for the form it was added to."""
BATCH = 500
SWEEP_LOCK = 7_220_141
BACKUP_LOCK = 7_220_142


def keep(
    *, file: File, purpose: str, by: Person | None, at: datetime, name: str | None = None, can_scan: bool = True
) -> Document:
    """Keep an uploaded photo or PDF, cleaned and scanned; no case has it yet.

    On what comes back, `taken_at` says where a photo's notes placed it; that is stored nowhere. Raises Refused with the
    reason. `can_scan` False leaves the scan to the job (for pictures we drew ourselves).
    """
    content_type = rules.must_be_acceptable(file.read(64), file.size or 0)
    file.seek(0)
    data = file.read()
    verdict = _verdict(data) if can_scan else "not_scanned"
    if verdict == "infected":
        raise rules.Refused("infected")
    given = name if name is not None else (file.name or "")
    if content_type == "application/pdf":
        rules.must_be_whole_pdf(data)
        return _stored({"full": data}, content_type, name=given, purpose=purpose, by=by, created_at=at, scan=verdict)
    picture = images.clean(data, content_type)
    kept = _stored(
        {"full": picture.full, "web": picture.web, "thumb": picture.thumb}, picture.content_type, name=given,
        purpose=purpose, by=by, created_at=at, scan=verdict, width=picture.width, height=picture.height,
    )  # fmt: skip
    kept.taken_at = picture.taken_at
    return kept


def _verdict(data: bytes) -> scanning.Verdict:
    """The scanner's word; where it does not answer, the document is kept as not scanned and the job asks again."""
    try:
        return scanning.scan(data)
    except scanning.ScannerUnavailable:
        log.warning("the scanner did not answer")
        return "not_scanned"


def _stored(sizes: dict[str, bytes], content_type: str, *, name: str, **fields: object) -> Document:
    sha256 = hashlib.sha256(sizes["full"]).hexdigest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock_shared(%s)", [SWEEP_LOCK])
        for size, data in sizes.items():
            store().put(name_of(sha256, size), data, content_type if size == "full" else "image/jpeg")
        return Document.objects.create(
            sha256=sha256, content_type=content_type, size=len(sizes["full"]), name=rules.tidy_name(name, content_type),
            **fields,
        )  # fmt: skip


def attach(document_ids: Iterable[UUID], case_id: UUID, is_public: bool) -> int:
    """Give documents to a case; how many. One that another case has already stays there."""
    waiting = Document.objects.filter(pk__in=list(document_ids), case__isnull=True).exclude(scan=Scan.INFECTED)
    return waiting.update(case_id=case_id, is_public=is_public)


def name_sender(document_ids: Iterable[UUID], person: Person) -> int:
    """Say of documents that nobody in particular sent, whose they have turned out to be; how many."""
    return Document.objects.filter(pk__in=list(document_ids), by__isnull=True).update(by=person)


def hold_waiting(document_ids: Iterable[UUID], *, purpose: str, by: Person) -> list[Document]:
    """Those documents that somebody sent for a purpose and no case has yet; nobody else takes them until the
    transaction ends.
    """
    waiting = Document.objects.filter(pk__in=list(document_ids), purpose=purpose, by=by, case__isnull=True)
    return list(waiting.exclude(scan=Scan.INFECTED).order_by("pk").select_for_update())


def remove_waiting(purpose: str, before: datetime) -> int:
    """Forget documents of a purpose that no case has and that came before a moment; how many."""
    return Document.objects.filter(purpose=purpose, case__isnull=True, created_at__lt=before).delete()[0]


def set_public(document_id: UUID, is_public: bool) -> None:
    """Show a document to everyone, or no longer. An infected one is never shown."""
    Document.objects.filter(pk=document_id).exclude(scan=Scan.INFECTED).update(is_public=is_public)


def remove(document_ids: Iterable[UUID]) -> int:
    """Forget documents; how many. Their bytes go with the next sweep, unless another document has the same."""
    return Document.objects.filter(pk__in=list(document_ids)).delete()[0]


def remove_abandoned(at: datetime) -> int:
    """Forget what was added to forms that nobody sent and that are gone themselves; how many."""
    held = {key for holder in holders for key in holder()}
    old = Document.objects.filter(case__isnull=True, created_at__lt=at - timedelta(days=DRAFT_DAYS))
    return old.exclude(pk__in=held).delete()[0]


def sweep() -> int:
    """Remove from the store the bytes that no document has; how many names."""
    names, removed = store().names(), 0
    while batch := list(islice(names, BATCH)):
        with _nobody_keeping():
            if _is_backed_up_now():
                break
            hashes = {sha256_of(name) for name in batch}
            wanted = set(Document.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
            for name in batch:
                if sha256_of(name) not in wanted:
                    store().remove(name)
                    removed += 1
    return removed


@contextmanager
def _nobody_keeping() -> Iterator[None]:
    """While this lasts, no upload can be between its bytes and its row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SWEEP_LOCK])
        yield


def _is_backed_up_now() -> bool:
    """Whether a backup reads what its snapshot names; otherwise none begins before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [BACKUP_LOCK])
        row = cursor.fetchone()
    return not (row and row[0])


def hold_the_sweep(session: psycopg.Connection) -> None:
    """Let no bytes be removed from the store until this session ends: for a backup, before it takes its snapshot."""
    session.execute("select pg_advisory_lock_shared(%s)", [BACKUP_LOCK])


def put_back(name: str, data: bytes) -> None:
    """Keep bytes under the name that a backup has them by. Raises ValueError where they are not what it names."""
    sha256 = sha256_of(name)
    if not sha256 or (name == sha256 and hashlib.sha256(data).hexdigest() != sha256):
        raise ValueError(f"{name} does not hold what its name says")
    store().put(name, data, rules.content_type_of(data[:64]) or "application/octet-stream")


def scan_waiting() -> int:
    """Ask the scanner about documents it has not seen; how many it now has. An infected one is no longer served."""
    if not scanning.is_set():
        return 0
    seen = 0
    for document in Document.objects.filter(scan=Scan.NOT_SCANNED)[:BATCH]:
        try:
            with store().open(name_of(document.sha256, "full")) as file:
                verdict = scanning.scan(file.read())
        except FileNotFoundError:
            continue
        except scanning.ScannerUnavailable:
            break
        same = Document.objects.filter(sha256=document.sha256)
        same.update(scan=verdict, **({"is_public": False} if verdict == "infected" else {}))
        seen += 1
    return seen
