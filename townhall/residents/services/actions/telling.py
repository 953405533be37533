"""Something has come in for a process: a message, with what is said with it and its files; or it is put elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from townhall.kernel.catalogue.processes.engine import Event
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.running import MovedOn, move_on
from townhall.residents.services.actions.sending import files_in
from townhall.residents.services.actions.waiting import give_waiting
from townhall.residents.services.models import Application
from townhall.residents.services.rules import Choosing


def send_message(
    *, application: Application, message: str, said: Mapping[str, Any], at: datetime, choosing: Choosing | None = None,
    by: Person | None = None, source: str = "", seen: int | None = None,
) -> None:  # fmt: skip
    """Tell the process, and give the case the files that were chosen for it and are among what is said; the others are
    forgotten. `source` says whose message it is where that is nobody whom we know. Raises Refused and MovedOn: then
    nothing has changed.
    """
    event = Event("message", message, dict(said), reason=source, by=by.name if by else "")
    with transaction.atomic():
        move_on(application_id=application.pk, event=event, at=at, by=by, seen=seen)
        if choosing is not None and not give_waiting(choosing, files_in(dict(said))):
            raise MovedOn("A file that was chosen does not wait any more.")


def jump(*, application: Application, path: str, reason: str, by: Person, at: datetime, seen: int | None) -> None:
    """Put the process into another state by hand, and say why. Raises Refused and MovedOn."""
    event = Event("jump", path, reason=reason, by=by.name)
    move_on(application_id=application.pk, event=event, at=at, by=by, seen=seen)
