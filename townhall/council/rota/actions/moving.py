"""A task goes from one person to another: handed over, given back, taken from the queue by hand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from townhall.council.rota import rules, selectors
from townhall.council.rota.actions.sharing import hold
from townhall.council.rota.models import GaveBack, Worker
from townhall.council.rota.selectors.teams import of_team
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.words import Text
from townhall.kernel.identity.models import Person


class CannotTake(ValueError):
    """A task that cannot go there: `over` (done, or not theirs any more), `skills` (they cannot do it), `team`."""


def hand_over(*, task_id: UUID, to: UUID, holder: UUID | None, reason: str, by: Person, at: datetime) -> Task:
    """Hand a task that `holder` has to somebody of its team who can do it, on shift or not. Raises CannotTake."""
    with transaction.atomic():
        task = locked_task(task_id)
        if task.assignee_id != holder or task.done_at:
            raise CannotTake("over")
        hold(task, _taker(task, to), why=rules.handed_words(by.name, reason), weight=_weight(task), at=at, by=by)
    return task


def take(*, task_id: UUID, by: Person, at: datetime) -> Task:
    """Take a task that waits. Raises CannotTake where somebody has it, or they cannot do it."""
    with transaction.atomic():
        task = locked_task(task_id)
        if task.assignee_id or task.done_at:
            raise CannotTake("over")
        hold(task, _taker(task, by.pk), why=rules.taken_words(), weight=_weight(task), at=at, by=by)
    return task


def give_back(*, task_id: UUID, holder: UUID, reason: str, by: Person, at: datetime) -> Task:
    """Put a task that `holder` has back into the queue, with why; it does not come to them again. Raises CannotTake."""
    with transaction.atomic():
        task = locked_task(task_id)
        if task.assignee_id != holder or task.done_at:
            raise CannotTake("over")
        told = {"reason": reason, "at": at}
        GaveBack.objects.update_or_create(task=task, person_id=holder, defaults=told)
        cases.free_task(task, why=reason, why_cy=reason, by=by, at=at)
    return task


def free_all(worker: Worker, *, why: Text, at: datetime) -> int:
    """Put everything that somebody has and that others can do back into the queue; how many."""
    found = Task.objects.filter(assignee=worker.pk, done_at=None, is_shared=True).order_by("id")
    return sum(_free(key, worker.pk, why, at) for key in list(found.values_list("pk", flat=True)))


def _free(task_id: UUID, holder: UUID, why: Text, at: datetime) -> int:
    with transaction.atomic():
        task = locked_task(task_id)
        if task.assignee_id != holder or task.done_at:
            return 0
        cases.free_task(task, why=why.en, why_cy=why.cy, by=None, at=at)
    return 1


def locked_task(task_id: UUID) -> Task:
    """A shared task with the locks of its case and of itself. Raises CannotTake where it is gone."""
    case_id = Task.objects.filter(pk=task_id, is_shared=True).values_list("case_id", flat=True).first()
    if case_id is None:
        raise CannotTake("over")
    locked(case_id)
    task = Task.objects.select_for_update(of=("self",)).select_related("case", "team").filter(pk=task_id).first()
    if task is None:
        raise CannotTake("over")
    return task


def _taker(task: Task, person_id: UUID) -> Worker:
    if task.team_id is None:
        raise CannotTake("team")
    worker = of_team(task.team_id).select_for_update(of=("self",)).filter(pk=person_id).first()
    if worker is None:
        raise CannotTake("team")
    if not set(worker.skills).issuperset(task.skills):
        raise CannotTake("skills")
    return worker


def _weight(task: Task) -> int:
    return selectors.weight_of(task.skills)
