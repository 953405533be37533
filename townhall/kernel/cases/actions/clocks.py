"""The promise on a case: pausing it, letting it run, moving it, and saying so when it is missed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import rules
from townhall.kernel.cases.actions.timeline import about, append, locked
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.events import ClockPaused, ClockResumed, DateMissed
from townhall.kernel.cases.models import Case, Entry, Status
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox


def pause(*, case_id: UUID, reason: str, by: Person, at: datetime, expected: int | None = None) -> Entry:
    """Stop the clock, saying what it waits for (the resident sees it).

    Raises StatusRefused where it cannot stand still.
    """
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        if not case.is_open or case.paused_at:
            raise rules.StatusRefused("only a running clock can be paused")
        entry = append(
            case,
            "paused",
            at=at,
            by=by,
            text=reason,
            is_public=True,
            to=Status.WAITING,
            paused_at=at,
            paused_reason=reason,
        )
        outbox.publish(ClockPaused(**about(case, entry)))
    return entry


def resume(*, case_id: UUID, by: Person | None, at: datetime, expected: int | None = None) -> Entry:
    """Let the clock run again; the promised date moves by the working time it stood still. Raises StatusRefused."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        if case.paused_at is None:
            raise rules.StatusRefused("only a paused clock can be resumed")
        calendar = working_calendar(authority.ours().nation)
        stood = calendar.minutes_between(case.paused_at, at)
        entry = append(
            case,
            "resumed",
            at=at,
            by=by,
            is_public=True,
            to=Status.LOOKING,
            paused_at=None,
            paused_reason="",
            paused_minutes=case.paused_minutes + stood,
            due_at=calendar.add_minutes(case.due_at, stood) if case.due_at and stood else case.due_at,
        )
        outbox.publish(resumed_fact(case, entry))
    return entry


def tell_date(
    *, case_id: UUID, due_at: datetime, by: Person | None, at: datetime, text: str = "", text_cy: str = ""
) -> Entry:
    """Promise another date in public, as when the other council or a contractor names one."""
    with transaction.atomic():
        case = locked(case_id)
        entry = append(case, "date", at=at, by=by, text=text, text_cy=text_cy, is_public=True, due_at=due_at)
        outbox.publish(resumed_fact(case, entry))
    return entry


def resumed_fact(case: Case, entry: Entry) -> ClockResumed:
    """The event of an entry after which the promise runs with another date."""
    return ClockResumed(**about(case, entry), due_at=case.due_at)


def miss_dates(*, at: datetime, most: int = 500) -> int:
    """Note on each open case whose date has just passed that it was missed; how many were. Run by a timer.

    Cases that were overdue for more than 90 days when first looked at are left as they are.
    """
    late = Case.objects.overdue(at).filter(was_late=False, due_at__gt=at - timedelta(days=90))
    missed = 0
    for case_id in late.order_by("due_at").values_list("pk", flat=True)[:most]:
        with transaction.atomic():
            case = locked(case_id)
            if case.was_late or not case.is_open or case.paused_at or case.due_at is None or case.due_at > at:
                continue
            entry = append(case, "missed", at=at, by=None, is_public=True, was_late=True)
            outbox.publish(DateMissed(**about(case, entry)))
            missed += 1
    return missed
