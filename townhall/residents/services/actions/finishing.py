"""An officer finishes a task of a process, with what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.catalogue.processes.engine import Event
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.running import move_on
from townhall.residents.services.actions.tasks import settle
from townhall.residents.services.models import Course


def finish_task(
    *, application_id: UUID, task_id: UUID, outcome: str, result: Mapping[str, Any], by: Person, at: datetime,
    reason: str = "",
) -> bool:  # fmt: skip
    """Say that a task is `done`, with its result, or has `failed`; False where somebody has said so already.

    Raises Refused where the process does not know that outcome: the task stays open.
    """
    with transaction.atomic():
        locked(application_id)
        course = Course.objects.select_for_update().get(application_id=application_id)
        about = settle(course, task_id, by=by, at=at)
        if about is None:
            return False
        course.save(update_fields=["tasks"])
        event = Event(outcome, about["key"], dict(result), reason, by.name)
        move_on(application_id=application_id, event=event, at=at, by=by)
    return True
