"""Words on a case: to the reporter, from the public, and among staff."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.moving import note_fact
from townhall.kernel.cases.actions.timeline import about, append, locked
from townhall.kernel.cases.events import Replied, UpdateAdded
from townhall.kernel.cases.models import Entry
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox


def reply(
    *,
    case_id: UUID,
    text: str,
    by: Person,
    at: datetime,
    text_cy: str = "",
    is_public: bool = False,
    template: str = "",
    expected: int | None = None,
) -> Entry:
    """Write to the reporter (and followers, where the reply is public); the letter follows from the event."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        entry = append(
            case, "reply", at=at, by=by, text=text, text_cy=text_cy, is_public=is_public, data={"template": template}
        )
        outbox.publish(Replied(**about(case, entry), entry_id=entry.pk))
    return entry


def add_update(
    *,
    case_id: UUID,
    says: str,
    at: datetime,
    by: Person | None = None,
    text: str = "",
    is_public: bool = True,
    data: dict[str, Any] | None = None,
) -> Entry:
    """Keep what somebody outside says: `says` is `still_there`, `fixed` or `update`.

    Text is shown once it `is_public`.
    """
    with transaction.atomic():
        case = locked(case_id)
        entry = append(case, "update", at=at, by=by, text=text, is_public=is_public, data=(data or {}) | {"says": says})
        outbox.publish(UpdateAdded(**about(case, entry), entry_id=entry.pk, says=says))
    return entry


def add_note(*, case_id: UUID, text: str, by: Person, at: datetime) -> Entry:
    """Write a note that only staff see."""
    return _among_staff(case_id, "note", text=text, by=by, at=at)


def log_contact(*, case_id: UUID, text: str, by: Person, at: datetime, data: dict[str, Any]) -> Entry:
    """Keep that somebody called or came about the case. `data` has channel, about, minutes, answered, caller."""
    return _among_staff(case_id, "contact", text=text, by=by, at=at, data=data)


def note_letter(*, case_id: UUID, at: datetime, data: dict[str, Any]) -> Entry:
    """Keep on the timeline that letters went out. `data` has the template and how many by which channel."""
    return _among_staff(case_id, "letter", text="", by=None, at=at, data=data)


def _among_staff(
    case_id: UUID, kind: str, *, text: str, by: Person | None, at: datetime, data: dict[str, Any] | None = None
) -> Entry:
    with transaction.atomic():
        case = locked(case_id)
        entry = append(case, kind, at=at, by=by, text=text, data=data)
        outbox.publish(note_fact(case, entry))
    return entry
