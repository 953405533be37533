"""The outbox: events written in the same transaction as the change they tell of."""

from uuid import UUID

from django.db import models

from townhall.kernel.modules.keys import uuid7


class Event(models.Model):
    """One fact. `relayed_at` is empty until every subscriber has had it or has been noted as behind."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    case_id = models.UUIDField(null=True)
    number = models.IntegerField(default=0)
    payload = models.JSONField()
    at = models.DateTimeField()
    relayed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="event_waits", condition=models.Q(relayed_at=None)),
            models.Index(fields=["case_id", "number"], name="event_of_case", condition=models.Q(case_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Retry(models.Model):
    """An event that a subscriber failed on. Later events of the same case wait behind it, for that subscriber."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, db_index=False)
    subscriber = models.TextField()
    case_id = models.UUIDField(null=True)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.TextField()

    event_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="retry_once_per_subscriber")]
        indexes = [models.Index(fields=["subscriber", "case_id"], name="retry_of_case")]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.event_id}"
