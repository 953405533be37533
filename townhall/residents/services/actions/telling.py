"""Something has come in for a process: a message, with what is said with it and its files; or it is put elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from townhall.kernel.catalogue.processes.engine import Event
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents import selectors as kept
from townhall.kernel.documents.rules import Refused as FileRefused
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.filling import MOST_FILES, PURPOSE, TooManyFiles
from townhall.residents.services.actions.running import move_on
from townhall.residents.services.actions.sending import files_in
from townhall.residents.services.models import Application

Kept = dict[str, dict[str, Any]]
"""Documents by their keys: what they are called, how large, of which type, and the question that they answer."""


class FileNotTaken(Exception):
    """A file that cannot be kept: what it is called, the question that it answers, and why."""

    def __init__(self, name: str, place: str, why: FileRefused) -> None:
        super().__init__(name)
        self.name, self.place, self.why = name, place, why


def keep_for_message(
    *, application: Application, files: Sequence[tuple[str, File]], by: Person | None, at: datetime
) -> Kept:  # fmt: skip
    """Keep the files of a message, each for a question, before it is sent. Raises FileNotTaken and TooManyFiles; then
    none is kept.
    """
    held = [each for each in kept.of_case(application.pk) if each.purpose == PURPOSE] if files else []
    if len(held) + len(files) > MOST_FILES:
        raise TooManyFiles
    found = Kept()
    for place, file in files:
        try:
            one = documents.keep(file=file, purpose=PURPOSE, by=by, at=at)
        except FileRefused as problem:
            forget_kept(found)
            raise FileNotTaken(str(file.name), place, problem) from problem
        found[str(one.pk)] = {"name": one.name, "size": one.size, "type": one.content_type, "at": place}
    return found


def forget_kept(files: Kept) -> None:
    """Forget the files of a message that is not sent."""
    documents.remove([UUID(key) for key in files])


def send_message(
    *, application: Application, message: str, said: Mapping[str, Any], at: datetime, files: Kept | None = None,
    by: Person | None = None, source: str = "", seen: int | None = None,
) -> None:  # fmt: skip
    """Tell the process, and give the case the files that are among what is said; the others are forgotten. `source`
    says whose message it is where that is nobody whom we know. Raises Refused and MovedOn: then nothing has changed.
    """
    event = Event("message", message, dict(said), reason=source, by=by.name if by else "")
    meant = {key for key in files_in(dict(said)) if key in (files or {})}
    with transaction.atomic():
        move_on(application_id=application.pk, event=event, at=at, by=by, seen=seen)
        documents.attach([UUID(key) for key in meant], application.pk, is_public=False)
        forget_kept({key: one for key, one in (files or {}).items() if key not in meant})


def jump(*, application: Application, path: str, reason: str, by: Person, at: datetime, seen: int | None) -> None:
    """Put the process into another state by hand, and say why. Raises Refused and MovedOn."""
    event = Event("jump", path, reason=reason, by=by.name)
    move_on(application_id=application.pk, event=event, at=at, by=by, seen=seen)
