"""The documents that were made for an application, for whoever applied and for officers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from townhall.kernel.documents import selectors as documents
from townhall.kernel.identity.models import Person
from townhall.residents.services.models import APPLICANT, Application, DocumentOrder
from townhall.residents.services.selectors.words import language


@dataclass(frozen=True, slots=True)
class Made:
    """A document as a list shows it: `key` is that of its order, `document` that of what is kept.

    It `is_readable` once the scanner, where there is one, has seen it.
    """

    key: UUID
    title: str
    at: datetime
    document: UUID
    is_readable: bool
    is_for_applicant: bool


def made_documents(application: Application) -> list[Made]:
    """The documents that are made, oldest first."""
    found = DocumentOrder.objects.filter(application=application, document__isnull=False, made_at__isnull=False)
    return [
        Made(
            each.pk, each.said(language()), each.made_at, each.document.pk,
            not documents.is_held_back(each.document), each.is_for_applicant,
        )
        for each in found.select_related("document")
        if each.made_at and each.document
    ]  # fmt: skip


def documents_for_applicant(application: Application) -> list[Made]:
    """Those that whoever applied may read now."""
    return [each for each in made_documents(application) if each.is_for_applicant and each.is_readable]


def document_file(application: Application, key: UUID) -> tuple[str, bytes] | None:
    """The name and bytes of a document that whoever applied may have; None where there is none for them."""
    found = DocumentOrder.objects.filter(application=application, pk=key, to__in=APPLICANT, document__isnull=False)
    ordered = found.select_related("document").first()
    if ordered is None or ordered.document is None or documents.is_held_back(ordered.document):
        return None
    try:
        return ordered.document.name, documents.content(ordered.document)
    except FileNotFoundError:
        return None


def documents_of(person: Person) -> list[DocumentOrder]:
    """All that were made for what somebody applied for, oldest first."""
    found = DocumentOrder.objects.filter(application__case__reporter=person, document__isnull=False)
    return list(found.select_related("application__version", "document").order_by("made_at"))
