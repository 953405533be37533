"""Where the process of each application is."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from townhall.kernel.modules.fields import QuickJSONField
from townhall.residents.services.models.applications import Application


class Course(models.Model):
    """Where the process of a sent application is: the engine's own small state, and what waits for whom.

    `tasks` has the key of each open task of the engine by the case's task. `next_at` is when the next timer is due.
    `told` are the events that came from outside, with what they brought, so that the case can be replayed. `decided`
    are the decisions, each with the rules that made it in the words that they had then (`actions.deciding`).
    """

    application = models.OneToOneField(Application, primary_key=True, on_delete=models.CASCADE, related_name="course")
    application_id: UUID
    state: Any = QuickJSONField()
    tasks = QuickJSONField(default=dict)
    told = QuickJSONField(default=list)
    decided = QuickJSONField(default=list)
    next_at = models.DateTimeField(null=True)

    @property
    def number(self) -> int:
        """Another one after each event that came from outside, and each state that was entered."""
        return int(self.state.get("count", 0)) + len(self.told)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="course_due", condition=Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"course of {self.application_id}"
