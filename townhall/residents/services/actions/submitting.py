"""Applications that another system sends whole: by the same rules as on the pages, and once however often sent."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from townhall.kernel.catalogue.forms.engine import Mistake, Upload, arrived, files_named
from townhall.kernel.catalogue.forms.model import Answers
from townhall.kernel.documents import actions as documents
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.filling import MOST_FILES, TooManyFiles, start_application
from townhall.residents.services.actions.sending import send_application
from townhall.residents.services.models import Application, Submission, Version
from townhall.residents.services.selectors import facts, package

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document

CHANNEL, AHEAD = "api", "service_file"
"""How cases of such applications came, and what files are kept for that come ahead of them."""
FILE_WAITS = timedelta(days=1)
LOCK = 7_220_143


class NotAsAsked(ValueError):
    """Answers that the form does not take; `mistakes` has all of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(mistakes[0].text.en)
        self.mistakes = mistakes


class SentOtherwise(ValueError):
    """The same word came before with another body."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a program sent: in whose name, under which word of its own, for which version; `body` as it came."""

    by: Person
    word: str
    body: bytes
    version: Version
    language: str
    answers: Answers


def submit(*, sending: Sending, at: datetime) -> Submission:
    """Open the case of an application that came whole; what came before under the same word, where it did.

    Two at once under one word wait for each other. Raises NotAsAsked, SentOtherwise, TooManyFiles, LimitReached.
    """
    word, body = _hash(sending.word.encode()), _hash(sending.version.slug.encode() + b"\n" + sending.body)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"{sending.by.pk} {word}", LOCK])
        before = sent_before(by=sending.by, word=sending.word)
        if before is None:
            sent = _taken_in(sending, at)
            return Submission.objects.create(application=sent, by=sending.by, word=word, body=body, made_at=at)
    if before.body != body:
        raise SentOtherwise
    return before


def sent_before(*, by: Person, word: str) -> Submission | None:
    """What came before under a word of somebody's key."""
    known = Submission.objects.select_related("application__version", "application__case")
    return known.defer("application__version__files").filter(by=by, word=_hash(word.encode())).first()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _taken_in(sending: Sending, at: datetime) -> Application:
    form, answers = package(sending.version).form, sending.answers
    held = _held(files_named(form, answers), sending.by)
    uploads = {str(each.pk): Upload(each.name, each.size, each.content_type) for each in held}
    found = arrived(form, answers, facts=facts(at), uploads=uploads)
    if found.mistakes:
        raise NotAsAsked(found.mistakes)
    made = start_application(
        version=sending.version, secret=secrets.token_urlsafe(24), language=sending.language, at=at, answers=answers
    )
    made.files = {key: {"name": one.name, "size": one.size, "type": one.type} for key, one in uploads.items()}
    made.save(update_fields=["files"])
    return send_application(application=made, at=at, signed_in=None, channel=CHANNEL)


def _held(references: Iterable[str], by: Person) -> "list[Document]":
    """The documents named that wait for an application of this sender. Raises TooManyFiles."""
    keys = {key for key in map(_key, references) if key is not None}
    if len(keys) > MOST_FILES:
        raise TooManyFiles
    return documents.hold_waiting(keys, purpose=AHEAD, by=by)


def _key(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
