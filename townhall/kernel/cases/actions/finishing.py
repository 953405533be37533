"""Resolving, reopening, and taking back the last step."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import rules
from townhall.kernel.cases.actions.changing import status_fact
from townhall.kernel.cases.actions.timeline import about, append, locked
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.events import CaseReopened, CaseResolved, SatisfactionGiven
from townhall.kernel.cases.models import DONE, Case, Entry, Status
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox

UNDO_SECONDS = 30
"""How long a step can be taken back, and how long its letters wait."""
UNDONE_BY_RESTORING = frozenset({"status", "assigned", "passed", "paused", "resumed", "resolved", "category", "date"})


def resolve(
    *,
    case_id: UUID,
    outcome: str,
    by: Person | None,
    at: datetime,
    text: str = "",
    text_cy: str = "",
    expected: int | None = None,
) -> Entry:
    """Finish the case as `fixed` or `closed` (without a fix), with public words.

    Raises StatusRefused, ChangedMeanwhile.
    """
    if outcome not in DONE:
        raise rules.StatusRefused(f"'{outcome}' is not a way to finish")
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        rules.must_follow(case.status, outcome)
        stood = _minutes(case.paused_at, at) if case.paused_at else 0
        late = case.was_late or bool(case.due_at and case.due_at < at and not case.paused_at)
        entry = append(
            case,
            "resolved",
            at=at,
            by=by,
            text=text,
            text_cy=text_cy,
            is_public=True,
            to=outcome,
            closed_at=at,
            was_late=late,
            paused_at=None,
            paused_reason="",
            paused_minutes=case.paused_minutes + stood,
        )
        outbox.publish(_resolved(case, entry))
    return entry


def _resolved(case: Case, entry: Entry) -> CaseResolved:
    return CaseResolved(
        **about(case, entry),
        case_kind=case.kind,
        status=case.status,
        was_late=case.was_late,
        opened_at=case.opened_at,
        entry_id=entry.pk,
        working_minutes=max(0, _minutes(case.opened_at, entry.at) - case.paused_minutes),
    )


def _minutes(start: datetime, end: datetime) -> int:
    return working_calendar(authority.ours().nation).minutes_between(start, end)


def reopen(
    *,
    case_id: UUID,
    by: Person | None,
    at: datetime,
    text: str = "",
    is_public: bool = True,
    expected: int | None = None,
) -> Entry:
    """Open a finished case again, in the words of whoever asks for it. Its promise is not renewed."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        if case.is_open:
            raise rules.StatusRefused("the case is open already")
        fact = _reopened(case, undone=False)
        entry = append(
            case,
            "reopened",
            at=at,
            by=by,
            text=text,
            is_public=is_public,
            to=Status.RECEIVED,
            closed_at=None,
            reopened=case.reopened + 1,
        )
        outbox.publish(fact(entry))
    return entry


def _reopened(case: Case, *, undone: bool) -> Callable[[Entry], CaseReopened]:
    closed = case.closed_at or case.updated_at
    minutes = max(0, _minutes(case.opened_at, closed) - case.paused_minutes)

    def fact(entry: Entry) -> CaseReopened:
        return CaseReopened(
            **about(case, entry),
            undone=undone,
            was_late=case.was_late,
            working_minutes=minutes,
            resolved_at=closed,
            opened_at=case.opened_at,
        )

    return fact


def undo(*, case_id: UUID, number: int, by: Person, at: datetime) -> Entry:
    """Take back one's own latest step on the case, within UNDO_SECONDS. Raises StatusRefused where that cannot be.

    The step and its undoing both stay on the timeline; letters that still wait are not sent.
    """
    with transaction.atomic():
        case = locked(case_id, expected=number)
        step = Entry.objects.get(case=case, number=number)
        if step.actor_id != by.pk or step.kind not in UNDONE_BY_RESTORING:
            raise rules.StatusRefused("only your own last step can be undone")
        if at - step.at > timedelta(seconds=UNDO_SECONDS):
            raise rules.StatusRefused("it is too late to undo that")
        fact = _reopened(case, undone=True) if step.kind == "resolved" else None
        restored = {name: _restore(name, value) for name, value in step.data["was"].items()}
        entry = append(case, "undone", at=at, by=by, data={"undoes": number}, **restored)
        outbox.publish(fact(entry) if fact else status_fact(case, entry, tells_people=False))
    return entry


def _restore(name: str, value: str | int | None) -> Any:
    if value is not None and name.endswith("_at"):
        return datetime.fromisoformat(str(value))
    return UUID(str(value)) if value is not None and name.endswith("_id") else value


def give_satisfaction(*, case_id: UUID, is_satisfied: bool, at: datetime, by: Person | None = None) -> None:
    """Keep whether the reporter says it was put right. The last answer counts."""
    with transaction.atomic():
        case = locked(case_id)
        entry = append(case, "satisfied", at=at, by=by, data={"is_satisfied": is_satisfied})
        outbox.publish(SatisfactionGiven(**about(case, entry), is_satisfied=is_satisfied))
