"""What follows from events: a process that moved on has set a task, or somebody has room for another."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from townhall.council.rota import actions
from townhall.kernel.cases.models import Task
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe


@subscribe("services.steps_taken.v1")
def share_what_was_set(event: Delivered) -> None:
    """Share out what waits in the teams that have tasks of the case.

    After the relay's own transaction, which must not hold the locks of cases and people; where that fails, the timer
    does it.
    """
    teams = (
        Task.objects.filter(case=event.case_id, is_shared=True, team__isnull=False).order_by().values_list("team_id")
    )
    for (team_id,) in set(teams):
        transaction.on_commit(partial(_share, team_id), robust=True)


def _share(team_id: UUID) -> None:
    actions.share_out(team_id, at=timezone.now())
