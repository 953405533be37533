"""Something has come in for a process: a message, with what is said with it and its files; or it is put elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from townhall.kernel.catalogue.processes.engine import Event, Refused
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents import selectors as kept
from townhall.kernel.documents.rules import Refused as FileRefused
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.filling import MOST_FILES, PURPOSE, TooManyFiles
from townhall.residents.services.actions.running import move_on
from townhall.residents.services.models import Application

Kept = dict[str, dict[str, Any]]
"""Documents by their keys: what they are called, how large and of which type."""


def keep_for_message(
    *, application: Application, files: Iterable[tuple[str, File]], by: Person | None, at: datetime
) -> Kept:  # fmt: skip
    """Keep the files of a message, each for a question, before it is sent. Raises FileRefused, with its name, and
    TooManyFiles; then none is kept.
    """
    found, wanted = Kept(), list(files)
    if wanted and len(kept.of_case(application.pk)) + len(wanted) > MOST_FILES:
        raise TooManyFiles
    for place, file in wanted:
        try:
            one = documents.keep(file=file, purpose=PURPOSE, by=by, at=at)
        except FileRefused:
            forget_kept(found)
            raise
        found[str(one.pk)] = {"name": one.name, "size": one.size, "type": one.content_type, "at": place}
    return found


def forget_kept(files: Kept) -> None:
    """Forget the files of a message that is not sent."""
    documents.remove([UUID(key) for key in files])


def send_message(
    *, application: Application, message: str, said: Mapping[str, Any], files: Kept, at: datetime,
    by: Person | None = None, source: str = "",
) -> bool:  # fmt: skip
    """Tell the process, and give the case the files; False where it does not wait for that any more: then the files are
    forgotten. `source` says whose message it is where that is nobody whom we know.
    """
    event = Event("message", message, dict(said), reason=source, by=by.name if by else "")
    try:
        with transaction.atomic():
            move_on(application_id=application.pk, event=event, at=at, by=by)
            documents.attach([UUID(key) for key in files], application.pk, is_public=False)
    except Refused:
        forget_kept(files)
        return False
    return True


def jump(*, application: Application, path: str, reason: str, by: Person, at: datetime) -> None:
    """Put the process into another state by hand, and say why. Raises Refused."""
    move_on(application_id=application.pk, event=Event("jump", path, reason=reason, by=by.name), at=at, by=by)
