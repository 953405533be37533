"""Who wants to be told of what happens and what each was told; systems that processes call, and each call."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case


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


class System(models.Model):
    """Another system that processes of services call. `name` is what packages call it; the secret signs each call.

    `stopped_at`: it is not called, and what processes order of it a colleague does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60, unique=True)
    address = models.TextField()
    secret = models.TextField()
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Call(models.Model):
    """One order of a process on its way to a system; without a case it is a test. Its key is the `webhook-id`.

    `key` is the order's own. `body` is what is signed and sent, the same at each try; it is forgotten after 30 days.
    `error` is why it was not taken, in words.
    """

    class State(models.TextChoices):
        """How it stands. `withdrawn`: the process went on before it was taken."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="calls", db_index=False)
    system_id: UUID
    case: "models.ForeignKey[Case | None]" = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.CASCADE, db_index=False
    )
    case_id: UUID | None
    key = models.TextField()
    body = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="an_order_is_one_call"),
            models.CheckConstraint(
                name="a_call_that_waits_has_its_moment",
                condition=Q(state="waiting", next_at__isnull=False, ended_at=None)
                | (~Q(state="waiting") & Q(next_at=None, ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="call_waits", condition=Q(state="waiting")),
            models.Index(fields=["system", "-created_at"], name="call_of_system"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"
