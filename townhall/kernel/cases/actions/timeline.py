"""The one way to write to a case: take its lock, append an entry, save."""

from datetime import datetime
from typing import Any
from uuid import UUID

from townhall.kernel.cases import rules
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.identity.models import Person

ENTRY_WORDS = frozenset({"at", "by", "text", "text_cy", "is_public", "to", "data"})
"""What `entry_of` takes that is no field of the case."""


def locked(case_id: UUID, *, expected: int | None = None) -> Case:
    """The case, locked until the transaction ends. Raises ChangedMeanwhile where its version is not `expected`."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if expected is not None and case.version != expected:
        raise rules.ChangedMeanwhile(case.reference)
    return case


def append(case: Case, kind: str, **written: Any) -> Entry:
    """Write a timeline entry, as `entry_of` has it, and save the case with its changes in the same step."""
    changed = set(written) - ENTRY_WORDS
    entry = entry_of(case, kind, **written)
    case.save(update_fields=[*changed, *(["status"] if written.get("to") else []), "version", "updated_at"])
    entry.save(force_insert=True)
    return entry


def entry_of(
    case: Case,
    kind: str,
    *,
    at: datetime,
    by: Person | None,
    text: str = "",
    text_cy: str = "",
    is_public: bool = False,
    to: str = "",
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Entry:
    """The next entry of the case's timeline, with the case changed by `changes` (field names); neither is saved.

    `to` is the status that the case has from now on, where that changes.
    What the changed fields were is kept in the entry's `data["was"]`, which is what `undo` puts back.
    """
    if to:
        changes["status"] = to
    was = {name: _plain(getattr(case, name)) for name in changes}
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.updated_at = at
    return Entry(
        case=case,
        number=case.version,
        kind=kind,
        at=at,
        actor=by,
        is_public=is_public,
        status=to,
        text=text,
        text_cy=text_cy,
        data=(data or {}) | ({"was": was} if was else {}),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def about(case: Case, entry: Entry) -> dict[str, Any]:
    """What the event of an entry says of its case."""
    return {
        "at": entry.at,
        "case_id": case.pk,
        "number": entry.number,
        "category": case.category,
        "ward": case.ward,
        "team_id": case.team_id,
    }
