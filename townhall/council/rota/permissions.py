"""Who leads a team, who sees its board, and who may move a task."""

from typing import Any

from townhall.kernel.cases.models import Task
from townhall.kernel.cases.permissions import may_see_queue
from townhall.kernel.identity.models import Membership, Role, Team
from townhall.kernel.identity.permissions import has_role, may_set_up
from townhall.kernel.identity.registries import permission


@permission("rota.lead_team")
def may_lead(person: Any, team: Team | None) -> bool:
    """Managers lead the teams in which they are managers; administrators every team. With no team: any team at all."""
    if may_set_up(person, team):
        return True
    if not has_role(person, Role.MANAGER):
        return False
    return team is None or any(each.team_id == team.pk and each.role == Role.MANAGER for each in person.memberships)


@permission("rota.see_board")
def may_see_board(person: Any, team: Team) -> bool:
    """Whoever is in the team, and whoever leads it."""
    return may_see_queue(person, team) and (team.pk in person.team_ids or may_lead(person, team))


@permission("rota.lead_person")
def may_lead_person(person: Any, record: Any) -> bool:
    """Whoever leads a team that somebody is in sees and sets their shifts and skills."""
    if may_set_up(person, record):
        return True
    if not has_role(person, Role.MANAGER):
        return False
    led = [each.team_id for each in person.memberships if each.role == Role.MANAGER]
    return Membership.objects.filter(person_id=record.pk, team_id__in=led).exists()


@permission("rota.move_task")
def may_move(person: Any, task: Task) -> bool:
    """Whoever has a task, and whoever leads its team, hand it over or give it back."""
    if not may_see_queue(person, task) or task.team is None:
        return False
    return task.assignee_id == person.pk or may_lead(person, task.team)


@permission("rota.take_task")
def may_take(person: Any, task: Task) -> bool:
    """Whoever is in its team and does casework takes a task that waits."""
    works = has_role(person, Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR, Role.PARTNER)
    return works and task.team_id in person.team_ids
