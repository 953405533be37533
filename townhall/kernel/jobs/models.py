"""Background work that a person can watch."""

from uuid import UUID

from django.db import models

from townhall.kernel.modules.keys import uuid7


class Progress(models.Model):
    """One piece of background work: how far it is, how it ended. `result` is what its page links to or says."""

    class State(models.TextChoices):
        """How the work stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.TextField()
    title = models.TextField()
    arguments = models.JSONField(default=dict)
    owner = models.ForeignKey("identity.Person", null=True, on_delete=models.SET_NULL)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    attempts = models.SmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    owner_id: UUID | None

    class Meta:
        indexes = [models.Index(fields=["id"], name="work_waits", condition=models.Q(state__in=["waiting", "running"]))]

    def __str__(self) -> str:
        return f"{self.job} {self.state}"

    @property
    def percent(self) -> int:
        """How much is done, from 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class TimerRun(models.Model):
    """When a timer last ran, so that many workers run it once."""

    name = models.TextField(primary_key=True)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
