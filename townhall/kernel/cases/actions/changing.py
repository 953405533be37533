"""Changing what a case is and where it stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases import rules, selectors
from townhall.kernel.cases.actions.opening import due, explain
from townhall.kernel.cases.actions.timeline import about, append, locked
from townhall.kernel.cases.events import CategoryChanged, StatusChanged
from townhall.kernel.cases.models import DONE, Case, Entry
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox


def change_status(
    *,
    case_id: UUID,
    status: str,
    by: Person | None,
    at: datetime,
    text: str = "",
    text_cy: str = "",
    tells_people: bool = True,
    expected: int | None = None,
) -> Entry:
    """Move an open case to another open status, with public words. Raises StatusRefused, ChangedMeanwhile.

    `resolve` and `reopen` are the ways to and from the statuses in which a case is done.
    """
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        rules.must_follow(case.status, status)
        if status in DONE or not case.is_open:
            raise rules.StatusRefused(f"'{status}' is reached by resolving or reopening")
        entry = append(case, "status", at=at, by=by, text=text, text_cy=text_cy, is_public=True, to=status)
        outbox.publish(status_fact(case, entry, tells_people=tells_people))
    return entry


def status_fact(case: Case, entry: Entry, *, tells_people: bool) -> StatusChanged:
    """The event of an entry that changed the status."""
    return StatusChanged(**about(case, entry), status=case.status, entry_id=entry.pk, tells_people=tells_people)


def change_category(
    *, case_id: UUID, category: str, target_days: int | None, by: Person, at: datetime, expected: int | None = None
) -> Entry:
    """Give the case another category: it is routed again and its promise counted again from when it was opened."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        was = case.category
        routed = rules.route(
            selectors.routing_rules(), category=category, ward=case.ward, channel=case.channel, text=case.title
        )
        entry = append(
            case,
            "category",
            at=at,
            by=by,
            data={"category": category},
            category=category,
            target_days=target_days,
            due_at=due(case.opened_at, target_days),
            team_id=UUID(routed.rule.team) if routed else case.team_id,
            routed_by=explain(routed) or case.routed_by,
        )
        outbox.publish(CategoryChanged(**about(case, entry), was=was))
    return entry
