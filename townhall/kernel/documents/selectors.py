"""Reading documents: their addresses, whose they are, who may."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg
from django.core import signing
from django.urls import reverse

from townhall.kernel.documents import messages, scanning
from townhall.kernel.documents.models import Document, Scan
from townhall.kernel.documents.registries import readers
from townhall.kernel.documents.rules import Refused, Size
from townhall.kernel.documents.storage import name_of, store

SALT = "documents.draft"
DRAFT_SECONDS = 60 * 60 * 24


def url(document: Document, size: Size = "web") -> str:
    """The address of one size of a document; whoever asks for it is checked then."""
    shown = size if document.is_picture else "full"
    return reverse("documents:document", kwargs={"document_id": document.pk, "size": shown})


def content(document: Document, size: Size = "full") -> bytes:
    """The bytes of one size of a document, to be sent elsewhere. Raises FileNotFoundError."""
    with store().open(name_of(document.sha256, size if document.is_picture else "full")) as file:
        return file.read()


def stored(name: str) -> bytes:
    """The bytes under a name of the store. Raises FileNotFoundError."""
    with store().open(name) as file:
        return file.read()


def names_referred_to(session: psycopg.Connection) -> list[str]:
    """Every name in the store that a document of this session's snapshot needs, once."""
    rows = session.execute("select distinct sha256, content_type like 'image/%' from documents_document order by 1")
    sizes = {True: ("full", "web", "thumb"), False: ("full",)}
    return list(dict.fromkeys(name_of(sha256, size) for sha256, is_picture in rows for size in sizes[is_picture]))


def bytes_kept(session: psycopg.Connection) -> int:
    """How much room the documents take, without their smaller sizes."""
    row = session.execute("select coalesce(sum(size), 0)::bigint from documents_document").fetchone()
    return row[0] if row else 0


def draft_url(document: Document, size: Size = "thumb") -> str:
    """An address for whoever fills in the form: good for a day without signing in, while no case has the document."""
    return f"{url(document, size)}?key={signing.dumps(str(document.pk), salt=SALT)}"


def words_of(refused: Refused) -> str:
    """What to tell whoever sent a file that we do not take, in the reader's language."""
    return messages.of(refused)


def is_drafts_key(document: Document, key: str) -> bool:
    """Whether `key` is from `draft_url` and still good."""
    if not key or document.case_id is not None:
        return False
    try:
        return signing.loads(key, salt=SALT, max_age=DRAFT_SECONDS) == str(document.pk)
    except signing.BadSignature:
        return False


def of_case(case_id: UUID) -> list[Document]:
    """The documents of a case, oldest first, without infected ones."""
    return list(Document.objects.filter(case_id=case_id).exclude(scan=Scan.INFECTED))


def some(document_ids: Iterable[UUID | str]) -> list[Document]:
    """The documents with these keys: for a form that keeps what was added to it."""
    return list(Document.objects.filter(pk__in=list(document_ids)))


def public_of_cases(case_ids: list[UUID]) -> dict[UUID, list[Document]]:
    """The documents that everyone may see, by case, in one read: for lists."""
    found: dict[UUID, list[Document]] = {}
    for document in Document.objects.filter(case_id__in=case_ids, is_public=True):
        if document.case_id is not None:
            found.setdefault(document.case_id, []).append(document)
    return found


def may_read(person: Any, document: Document) -> bool:
    """Whether the person may: everyone a public one; the purpose's own rule otherwise; nobody one that is held back."""
    if is_held_back(document):
        return False
    reader = readers.get(document.purpose)
    return document.is_public or (reader is not None and reader(person, document))


def is_held_back(document: Document) -> bool:
    """Infected, or a PDF that this installation's scanner has yet to see. Pictures are our own writing."""
    if document.scan == Scan.INFECTED:
        return True
    return scanning.is_set() and document.scan == Scan.NOT_SCANNED and not document.is_picture
