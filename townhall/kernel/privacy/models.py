"""Who looked at whom, and what was given to people who asked what we hold."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from django.db.models import Manager


class Look(models.Model):
    """An officer opened the page of a person, or of a case of theirs (`case_id`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.CASCADE, related_name="looks", db_index=False)
    by = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="looks_made")
    case_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(null=True)
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="look_of_person"),
            models.Index(fields=["at"], name="look_at"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"


class Period(models.Model):
    """How many days a holding is kept, where that is not the default."""

    holding = models.TextField(primary_key=True)
    days = models.IntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="periods_are_of_days", condition=models.Q(days__gte=1))]

    def __str__(self) -> str:
        return f"{self.holding} {self.days}"


class Disclosure(models.Model):
    """Everything we hold about one person, collected because they asked, then reviewed."""

    class State(models.TextChoices):
        """How far it is."""

        COLLECTING = "collecting"
        REVIEW = "review"
        READY = "ready"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.CASCADE, related_name="disclosures")
    asked_by = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="disclosures_made")
    progress = models.ForeignKey("jobs.Progress", null=True, on_delete=models.SET_NULL)
    state = models.TextField(choices=State.choices, default=State.COLLECTING)
    made_at = models.DateTimeField()
    collected_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    parts: "Manager[Part]"

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class Part(models.Model):
    """One record of a disclosure. `removed`: passages about other people; `left_out`: why the whole is left out."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="parts", db_index=False)
    holding = models.TextField()
    number = models.IntegerField()
    title = models.TextField()
    at = models.DateTimeField(null=True)
    values = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    left_out = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "number"], name="parts_are_numbered")]

    def __str__(self) -> str:
        return f"{self.holding} {self.number}"
