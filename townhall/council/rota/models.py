"""What people can do, when they work, and which tasks they gave back."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from townhall.council.rota import rules
from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Task
    from townhall.kernel.identity.models import Person


class Skill(models.Model):
    """Something that a task can need. `code` is what processes call it; `weight` is how much work such a task is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    weight = models.SmallIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="a_skill_is_some_work", condition=Q(weight__gte=1, weight__lte=100))]

    def __str__(self) -> str:
        return self.code

    def title(self, language: str) -> str:
        """What it is called."""
        return (self.name_cy if language == "cy" else "") or self.name


class Worker(models.Model):
    """Somebody who is given tasks. Their row is the lock under which they get one.

    `week` has [weekday from Monday 0, "09:00", "17:00"]; `capacity` is the most open work that they are given.
    """

    person: "models.OneToOneField[Person]" = models.OneToOneField(
        "identity.Person", primary_key=True, on_delete=models.CASCADE, related_name="rota_worker"
    )
    person_id: UUID
    skills: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    week = models.JSONField(default=list)
    capacity = models.SmallIntegerField(default=10)
    works_holidays = models.BooleanField(default=False)
    is_given_work = models.BooleanField(default=True)
    last_given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="capacity_is_not_negative", condition=Q(capacity__gte=0, capacity__lte=1000))
        ]

    def __str__(self) -> str:
        return f"worker {self.person_id}"


class Change(models.Model):
    """A change of somebody's week: days away, or a shift on top (`extra`), which is on one day and has its hours.

    Without `until` they are away until further notice. `is_cleared`: their work was given to others.
    """

    class Kind(models.TextChoices):
        """Why. What exactly somebody is sick with is never kept."""

        LEAVE = "leave", _("Leave")
        SICK = "sick", _("Sick")
        TRAINING = "training", _("Training")
        OTHER = "other", _("Other")
        EXTRA = "extra", _("Extra shift")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="changes", db_index=False)
    worker_id: UUID
    kind = models.TextField(choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    begins = models.CharField(max_length=5, blank=True)
    ends = models.CharField(max_length=5, blank=True)
    is_cleared = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_change_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="an_extra_shift_has_hours_on_one_day",
                condition=~Q(kind="extra") | (Q(until=F("since")) & ~Q(begins="") & ~Q(ends="")),
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "until"], name="rota_change_of_worker"),
            models.Index(
                fields=["since"], name="rota_change_to_clear", condition=Q(is_cleared=False) & ~Q(kind="extra")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.since}"

    def covers(self, day: date) -> bool:
        """Whether they are away on a day."""
        return self.kind != self.Kind.EXTRA and rules.Away(self.since, self.until).covers(day)


class GaveBack(models.Model):
    """Somebody gave a task back, and why: it is not given to them again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task: "models.ForeignKey[Task]" = models.ForeignKey(
        "cases.Task", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    task_id: UUID
    person: "models.ForeignKey[Person]" = models.ForeignKey(
        "identity.Person", on_delete=models.CASCADE, related_name="+"
    )
    person_id: UUID
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="a_task_is_given_back_once")]

    def __str__(self) -> str:
        return f"{self.task_id} given back"
