"""What waits for somebody: looked up by what it needs, so that what nobody can do costs nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from townhall.kernel.cases.models import Task

HEADS = """
with recursive kinds as (
    (select t.team_id, t.skills from cases_task t
     where t.is_shared and t.done_at is null and t.assignee_id is null and t.team_id = %(team)s
     order by t.team_id, t.skills limit 1)
    union all
    select next.* from kinds, lateral (
        select t.team_id, t.skills from cases_task t
        where t.is_shared and t.done_at is null and t.assignee_id is null
          and t.team_id = %(team)s and t.skills > kinds.skills
        order by t.team_id, t.skills limit 1) next
)
select head.id, head.case_id, kinds.skills, head.due_on, head.created_at
from kinds, lateral (
    select t.id, t.case_id, t.due_on, t.created_at from cases_task t
    where t.is_shared and t.done_at is null and t.assignee_id is null
      and t.team_id = %(team)s and t.skills = kinds.skills
    order by t.due_on, t.created_at, t.id limit 1) head
order by head.due_on, head.created_at, head.id
"""
"""For each set of skills that something waiting needs, the first in its line; index scans of `task_waiting` alone."""
TEAMS = """
with recursive found as (
    (select t.team_id from cases_task t
     where t.is_shared and t.done_at is null and t.assignee_id is null and t.team_id is not null
     order by t.team_id limit 1)
    union all
    select next.* from found, lateral (
        select t.team_id from cases_task t
        where t.is_shared and t.done_at is null and t.assignee_id is null and t.team_id > found.team_id
        order by t.team_id limit 1) next
)
select team_id from found
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The first task in the line of those that need the same skills."""

    task_id: UUID
    case_id: UUID
    skills: tuple[str, ...]
    created_at: datetime


def heads(team_id: UUID) -> list[Head]:
    """The first of each line of a team, what is due earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, {"team": team_id})
        return [Head(key, case, tuple(skills), made) for key, case, skills, _due, made in cursor.fetchall()]


def teams_with_work() -> list[UUID]:
    """The teams for which something waits."""
    with connection.cursor() as cursor:
        cursor.execute(TEAMS)
        return [key for (key,) in cursor.fetchall()]


def waiting_of(team_id: UUID) -> "list[Task]":
    """What waits in a team, what is due earliest first; the beginning of a long list."""
    found = Task.objects.filter(team=team_id, is_shared=True, done_at=None, assignee=None)
    return list(found.select_related("case", "team").order_by("due_on", "created_at", "id")[:50])
