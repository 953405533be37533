"""Who wants to be told of what happens, and what each was told."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from townhall.kernel.modules.keys import uuid7


class State(models.TextChoices):
    """How a delivery stands. `failed`: given up after three days. `withheld`: the case is not public any more."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"


class Hook(models.Model):
    """An address that is told of public events. The secret is kept as it is, because each delivery is signed with it.

    `stopped_at`: nothing is sent, by our choice after three days in vain (`stopped_because`), or by an administrator's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField(unique=True)
    address = models.TextField()
    secret = models.TextField()
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Sets of deliveries."""

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Those to be sent now: of each case, only the first that the hook has not had yet."""
        is_before = Q(number__lt=OuterRef("number")) | Q(number=OuterRef("number"), id__lt=OuterRef("id"))
        earlier = Delivery.objects.filter(
            is_before, hook=OuterRef("hook"), case_id=OuterRef("case_id"), state=State.WAITING
        )
        return self.filter(state=State.WAITING, next_at__lte=at, hook__stopped_at=None).exclude(Exists(earlier))


class Delivery(models.Model):
    """One event on its way to one hook. `body` is what is signed and sent, the same at each try."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    event_id = models.UUIDField()
    kind = models.TextField()
    case_id = models.UUIDField(null=True)
    number = models.IntegerField(default=0)
    body = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    hook_id: UUID
    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # pyright: ignore

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["hook", "event_id"], name="an_event_goes_once_to_a_hook")]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_waits", condition=Q(state="waiting")),
            models.Index(fields=["hook", "case_id", "number"], name="delivery_of_case", condition=Q(state="waiting")),
            models.Index(fields=["hook", "-created_at"], name="delivery_of_hook"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
