"""Running cases that go on with another version of their service."""

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from townhall.kernel.modules.fields import QuickJSONField
from townhall.kernel.modules.keys import uuid7
from townhall.residents.services.models.applications import Application
from townhall.residents.services.models.versions import Version

if TYPE_CHECKING:
    from townhall.kernel.identity.models import Person


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Sets of transfers."""

    def under_way(self) -> "TransferQuerySet":
        """Those that are not done."""
        return self.filter(ended_at=None)


class Transfer(models.Model):
    """Running cases of a service go on with another version of it, in batches, until none is left that could.

    `states` has what each state becomes where that is not the state of the same name. `undoes` is the transfer that
    this one takes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    source_id: UUID
    target = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    target_id: UUID
    states = models.JSONField(default=dict)
    undoes: "models.ForeignKey[Transfer | None]" = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    undoes_id: UUID | None
    by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # pyright: ignore

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="one_transfer_at_a_time", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="a_transfer_leads_elsewhere", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"transfer from {self.source_id} to {self.target_id}"


class TransferredCase(models.Model):
    """What a transfer did with one case. `before` has its course as it was, with what was asked of whom; `mark` is that
    of the course afterwards: while it is the same, nothing has happened since.
    """

    class Outcome(models.TextChoices):
        """`returned`: to the very state that it had. `stuck`: it stays where it is, and `why` says why."""

        MOVED = "moved"
        RETURNED = "returned"
        STUCK = "stuck"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="cases", db_index=False)
    transfer_id: UUID
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    application_id: UUID
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    states = models.TextField()
    why = models.TextField(blank=True)
    before: Any = QuickJSONField(default=dict)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "application"], name="a_case_is_transferred_once")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.application_id}"
