"""Sharing out what waits: each task in a transaction of its own, under the locks of its case and of those it may go to.

The order of locks is the same everywhere: the case, the task, the workers by key. Whoever finishes a task holds the
case first too, so that two never wait for each other.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.council.rota import rules, selectors
from townhall.council.rota.models import GaveBack, Worker
from townhall.council.rota.selectors.teams import of_team, told
from townhall.council.rota.selectors.waiting import Head
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.words import Text
from townhall.kernel.identity.models import Person

MOST_AT_ONCE = 500
LOOKS_BEHIND = 50
"""How far down a line is looked for a task that nobody gave back."""


def share_all(at: datetime) -> int:
    """Share out what waits in every team; how many were given."""
    return sum(share_out(team_id, at=at) for team_id in selectors.teams_with_work())


def share_out(team_id: UUID, *, at: datetime) -> int:
    """Give what waits in a team to whoever can take it now, what is due earliest first; how many were given.

    Of those that need the same skills the first is tried: where nobody can take it, the rest waits behind it unlooked
    at, unless it waits only because those who could do it gave it back.
    """
    given = 0
    while given < MOST_AT_ONCE:
        if not of_team(team_id).exists():
            return given
        came = [give_one(head, team_id, at=at) for head in selectors.heads(team_id)]
        given += sum(came)
        if not any(came):
            return given
    return given


def give_one(head: Head, team_id: UUID, *, at: datetime) -> int:
    """Give the first of a line, or the first behind it where it was given back by all who can: 1, or 0 for nobody."""
    found = give(head.task_id, head.case_id, at=at)
    if found is not None or not GaveBack.objects.filter(task=head.task_id).exists():
        return int(found is True)
    line = Task.objects.filter(team=team_id, skills=list(head.skills), is_shared=True, done_at=None, assignee=None)
    behind = list(line.order_by("due_on", "created_at", "id").values_list("pk", "case_id")[:LOOKS_BEHIND])
    passed = set(GaveBack.objects.filter(task__in=[key for key, _ in behind]).values_list("task", flat=True))
    following = next((each for each in behind if each[0] not in passed), None)
    return int(following is not None and give(*following, at=at) is True)


def give(task_id: UUID, case_id: UUID, *, at: datetime) -> bool | None:
    """Give one task to whoever should get it. None where nobody can take it, False where it does not wait any more."""
    with transaction.atomic():
        locked(case_id)
        task = Task.objects.select_for_update(of=("self",)).select_related("case").filter(pk=task_id).first()
        if task is None or task.assignee_id or task.done_at or task.team_id is None:
            return False
        able = of_team(task.team_id).filter(skills__contains=task.skills).order_by("pk")
        rows = {str(each.pk): each for each in able.select_for_update(of=("self",))}
        but = {str(key) for key in GaveBack.objects.filter(task=task).values_list("person", flat=True)}
        weight = selectors.weight_of(task.skills)
        chosen = rules.choose(told(rows.values(), at), task.skills, weight, at, but)
        if chosen is None:
            return None
        why = rules.reason(chosen, selectors.skill_names(task.skills))
        hold(task, rows[chosen.worker.key], why=why, weight=weight, at=at)
    return True


def hold(task: Task, worker: Worker, *, why: Text, weight: int, at: datetime, by: Person | None = None) -> None:
    """Let somebody have a task, in the transaction that has the locks."""
    cases.give_task(task, to=worker.person, why=why.en, why_cy=why.cy, weight=weight, by=by, at=at)
    worker.last_given_at = at
    worker.save(update_fields=["last_given_at"])
