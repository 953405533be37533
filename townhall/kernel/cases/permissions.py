"""Who may see and work a case."""

from typing import Any

from django.db.models import Q

from townhall.kernel.cases.models import Case, Task
from townhall.kernel.identity import rules as roles
from townhall.kernel.identity.models import Role
from townhall.kernel.identity.permissions import has_role, may_work_here
from townhall.kernel.identity.registries import permission


@permission("cases.view_case")
def may_view(person: Any, case: Case) -> bool:
    """Staff see their own teams' cases and those that nobody has; the front desk, managers and administrators see all.

    A partner sees the cases of the partner's own team. Whoever has a task of another team's case to do, or whose team
    has, sees that case until it is done. Residents see theirs on their own pages, not here.
    """
    if not getattr(person, "is_authenticated", False) or not person.is_active or not person.roles:
        return False
    if roles.sees_all(person.roles) or case.team_id in person.team_ids or case.assignee_id == person.pk:
        return True
    return (case.team_id is None and roles.sees_unassigned(person.roles)) or _has_to_do(person, case)


def _has_to_do(person: Any, case: Case) -> bool:
    """Whether a task of the case waits for the person, or for one of their teams."""
    theirs = Q(assignee_id=person.pk) | Q(team_id__in=person.team_ids, is_shared=True)
    return Task.objects.filter(theirs, case_id=case.pk, done_at=None).exists()


@permission("cases.work_case")
def may_work(person: Any, case: Case) -> bool:
    """Whoever sees the case as an officer, manager or partner may change it; the front desk only logs and passes on."""
    return may_view(person, case) and has_role(person, Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR, Role.PARTNER)


@permission("cases.note_case")
def may_note(person: Any, case: Case) -> bool:
    """Staff who see a case may write a note on it or log a contact."""
    return may_view(person, case)


@permission("cases.see_queue")
def may_see_queue(person: Any, record: Any) -> bool:
    """Staff and partners have a queue, each with what they may see."""
    return may_work_here(person, record) or has_role(person, Role.PARTNER)


@permission("cases.own_case")
def is_ones_own(person: Any, case: Case) -> bool:
    """The person who reported it."""
    return (
        bool(getattr(person, "is_authenticated", False))
        and case.reporter_id is not None
        and case.reporter_id == person.pk
    )
