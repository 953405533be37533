"""Payments that are asked for, each try to pay one, and money that goes back. No card ever comes near us."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Sum

from townhall.kernel.modules.keys import reference, uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person


class State(models.TextChoices):
    """How a payment stands. `withdrawn`: what it was for is not wanted. `disputed`: another sum came than was asked."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"


class Try(models.TextChoices):
    """How a try stands. `starting`: we do not know yet whether the provider has heard of it."""

    STARTING = "starting"
    STARTED = "started"
    PAID = "paid"
    WRONG_AMOUNT = "wrong_amount"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


LIVE = (Try.STARTING, Try.STARTED)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Sets of payments."""

    def overdue(self, at: datetime) -> "PaymentQuerySet":
        """Open ones whose time is over."""
        return self.filter(state=State.OPEN, expires_at__lte=at)


class Payment(models.Model):
    """A sum that somebody is asked for on a case. `key` is that of the order: the case asks once under each.

    `about` is what it is for. `paid_pence` is what the provider says that it has taken, `attempt` the try that brought
    it. Money is on its way back while `refunds` of it wait.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case: "models.ForeignKey[Case]" = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="payments", db_index=False
    )
    case_id: UUID
    key = models.CharField(max_length=200)
    reference = models.CharField(max_length=8, unique=True, default=reference)
    about = models.TextField()
    about_cy = models.TextField(blank=True)
    amount_pence = models.IntegerField()
    paid_pence = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # pyright: ignore
    refunds: Any
    attempts: Any

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="a_case_asks_once_for_a_payment"),
            models.CheckConstraint(name="a_payment_is_of_something", condition=Q(amount_pence__gt=0)),
            models.CheckConstraint(
                name="what_is_paid_is_the_whole", condition=~Q(state="paid") | Q(paid_pence=F("amount_pence"))
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="payment_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"payment {self.reference}"

    def title(self, language: str) -> str:
        """What it is for."""
        return (self.about_cy if language == "cy" else "") or self.about

    def returned_pence(self) -> int:
        """What went back, or is on its way back."""
        kept = self.refunds.exclude(state=Refund.State.REFUSED)
        return kept.aggregate(total=Sum("amount_pence"))["total"] or 0

    def left_pence(self) -> int:
        """What could still go back."""
        return self.paid_pence - self.returned_pence()


class Attempt(models.Model):
    """One try to pay. Its own key is the idempotency key that the provider is given: starting it twice starts one.

    `provider_reference` and `next_url` are the provider's. `next_at`: when we ask it again. One try is live at a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="attempts")
    payment_id: UUID
    provider = models.CharField(max_length=30)
    provider_reference = models.CharField(max_length=100, blank=True)
    return_url = models.TextField(blank=True)
    next_url = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=Try.choices, default=Try.STARTING)
    started_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)
    error = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], name="one_try_at_a_time", condition=Q(state__in=["starting", "started"])
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"], name="a_try_of_the_provider_is_known_once",
                condition=~Q(provider_reference=""),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["next_at"], name="try_hangs", condition=Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"try {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether it is not known yet what came of it."""
        return self.state in LIVE


class Refund(models.Model):
    """Money that goes back, by an officer's word or because nobody wanted it. Its key is its idempotency key."""

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="refunds", db_index=False)
    payment_id: UUID
    key = models.CharField(max_length=200)
    amount_pence = models.IntegerField()
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)
    error = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "key"], name="a_refund_is_ordered_once"),
            models.CheckConstraint(name="a_refund_is_of_something", condition=Q(amount_pence__gt=0)),
        ]
        indexes = [models.Index(fields=["next_at"], name="refund_waits", condition=Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"refund {self.pk}"


class SandboxCharge(models.Model):
    """What the sandbox, which stands for a payment provider, keeps on its side. `key` is what we gave it.

    `silent_for`: how many more times it does not answer. `refunded`: the keys and sums of refunds.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    amount_pence = models.IntegerField()
    reference = models.CharField(max_length=8)
    about = models.TextField()
    return_url = models.TextField()
    outcome = models.CharField(max_length=10, default="pending")
    taken_pence = models.IntegerField(default=0)
    silent_for = models.IntegerField(default=0)
    refuses_refunds = models.BooleanField(default=False)
    refunded = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"sandbox charge {self.key}"
