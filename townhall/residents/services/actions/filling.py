"""An application while it is filled in: kept at each page, so that nothing typed is lost or overwritten in silence."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.documents import actions as documents
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.counting import count_start
from townhall.residents.services.models import Application, Version

PURPOSE = "service_answer"
MOST_FILES = 60
"""Documents that one application may hold, those of all its questions together."""
CHANGING = (
    "answers", "typed", "pages", "files", "language", "number", "updated_at", "counted", "at_page", "is_left",
)  # fmt: skip


class AlreadySent(RuntimeError):
    """An application that was sent meanwhile: what stands in it can no longer change."""


class TooManyFiles(RuntimeError):
    """An application holds as many documents as it may."""


def owner_of(secret: str) -> str:
    """What is kept of a browser's secret: its hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_application(
    *, version: Version, secret: str, language: str, at: datetime, answers: Mapping[str, Json],
    person: Person | None = None, taken_by: Person | None = None, page: str | None = None,
) -> Application:  # fmt: skip
    """Begin to fill in a form. `answers` are the account's; `taken_by` writes for the caller `person`.

    Where it is a resident who begins on the pages, `page` is the first of them, and what comes of it is counted.
    """
    row = Application(
        version=version, owner=owner_of(secret), person=person, taken_by=taken_by, language=language,
        answers=dict(answers), prefilled=dict(answers), created_at=at, updated_at=at,
    )  # fmt: skip
    with transaction.atomic():
        if page is not None and taken_by is None:
            count_start(row, page)
        row.save(force_insert=True)
    return row


@contextmanager
def changing(application: Application, at: datetime) -> Iterator[Application]:
    """The application as it is now, locked; kept with the next number where the block ends well. Raises AlreadySent."""
    with transaction.atomic():
        row = _unsent(application)
        yield row
        row.number += 1
        row.updated_at = at
        row.save(update_fields=CHANGING)
    for name in CHANGING:
        setattr(application, name, getattr(row, name))


def _unsent(application: Application) -> Application:
    row = Application.objects.select_for_update().get(pk=application.pk)
    if row.is_sent:
        raise AlreadySent
    return row


def keep_page(row: Application, page: str, answers: Mapping[str, Json]) -> None:
    """Keep the answers of a page that is as it should be."""
    row.answers = dict(answers)
    row.typed.pop(page, None)
    row.pages[page] = row.number + 1


def keep_typed(row: Application, page: str, typed: Mapping[str, list[str]]) -> None:
    """Keep what was typed on a page and cannot be an answer yet."""
    row.typed[page] = dict(typed)
    row.pages.pop(page, None)


def keep_file(*, application: Application, file: File, place: str, by: Person | None, at: datetime) -> str:
    """Keep a file for the answer at a place of the form; its key. Two uploads at once both stay.

    The same file for the same place is kept once: it may be sent again by a browser that never heard our answer.
    Raises Refused, TooManyFiles, AlreadySent.
    """
    kept = documents.keep(file=file, purpose=PURPOSE, by=by, at=at)
    told = {"name": kept.name, "size": kept.size, "type": kept.content_type, "at": place, "sha256": kept.sha256}
    try:
        key = note_file(application, str(kept.pk), told)
    except (AlreadySent, TooManyFiles):
        documents.remove([kept.pk])
        raise
    if key != str(kept.pk):
        documents.remove([kept.pk])
    return key


def note_file(application: Application, key: str, told: dict[str, Any]) -> str:
    """Note a file with an application; the key of the same one where it is there already. Raises AlreadySent,
    TooManyFiles.
    """
    with transaction.atomic():
        row = _unsent(application)
        again = next((other for other, known in row.files.items() if known == told), None)
        if again is not None:
            return again
        if len(row.files) >= MOST_FILES:
            raise TooManyFiles
        row.files[key] = told
        row.save(update_fields=["files"])
    application.files = row.files
    return key


def forget_files(row: Application, keys: Iterable[str]) -> None:
    """Forget documents that an answer no longer has."""
    gone = [key for key in keys if row.files.pop(key, None)]
    documents.remove([UUID(key) for key in gone])


def forget_old_applications(at: datetime, most: int = 500) -> int:
    """Remove applications that were left alone for 28 days, with their files; how many."""
    old = list(Application.objects.old(at)[:most])
    documents.remove([UUID(key) for each in old for key in each.files])
    Application.objects.filter(pk__in=[each.pk for each in old], sent_at=None).delete()
    return len(old)
