"""Steps that people do in a case."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.moving import note_fact
from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.cases.models import Task
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox


def add_task(
    *,
    case_id: UUID,
    title: str,
    by: Person | None,
    at: datetime,
    assignee: Person | None = None,
    due_on: date | None = None,
) -> Task:
    """Set a step to be done."""
    with transaction.atomic():
        case = locked(case_id)
        task = Task.objects.create(
            case=case, title=title, team_id=case.team_id, assignee=assignee, due_on=due_on, created_at=at
        )
        entry = append(case, "task", at=at, by=by, data={"task": str(task.pk), "title": title, "did": "set"})
        outbox.publish(note_fact(case, entry))
    return task


def do_task(*, task_id: UUID, by: Person, at: datetime, done: bool = True) -> Task:
    """Mark a step as done, or as not done after all. Doing it twice changes nothing."""
    with transaction.atomic():
        task = Task.objects.select_related("case").get(pk=task_id)
        case = locked(task.case_id)
        task = Task.objects.select_for_update().get(pk=task_id)
        if (task.done_at is not None) == done:
            return task
        task.done_at, task.done_by = (at, by) if done else (None, None)
        task.save(update_fields=["done_at", "done_by"])
        entry = append(
            case,
            "task",
            at=at,
            by=by,
            data={"task": str(task.pk), "title": task.title, "did": "done" if done else "undone"},
        )
        outbox.publish(note_fact(case, entry))
    return task


def give_task(task: Task, *, to: Person, why: str, why_cy: str, weight: int, by: Person | None, at: datetime) -> Task:
    """Give a step to somebody, and keep why it was they. In a transaction that has the case's lock, then the task's."""
    task.assignee, task.weight, task.given_at = to, weight, at
    task.given_why, task.given_why_cy = why, why_cy
    return _moved(task, "given", text=why, text_cy=why_cy, by=by, at=at, to=str(to.pk))


def free_task(task: Task, *, why: str, why_cy: str, by: Person | None, at: datetime) -> Task:
    """Take a step from whoever has it: it waits for somebody again. In a transaction that has both locks."""
    left = str(task.assignee_id)
    task.assignee, task.given_at, task.given_why, task.given_why_cy = None, None, "", ""
    return _moved(task, "freed", text=why, text_cy=why_cy, by=by, at=at, left=left)


def _moved(task: Task, did: str, *, text: str, text_cy: str, by: Person | None, at: datetime, **who: str) -> Task:
    task.save(update_fields=["assignee", "weight", "given_at", "given_why", "given_why_cy"])
    data = {"task": str(task.pk), "title": task.title, "did": did, **who}
    entry = append(task.case, "task", at=at, by=by, text=text, text_cy=text_cy, data=data)
    outbox.publish(note_fact(task.case, entry))
    return task
