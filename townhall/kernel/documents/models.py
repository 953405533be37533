"""What is known of a document; its bytes are in the store."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from townhall.kernel.documents import rules
from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person


class Scan(models.TextChoices):
    """What a virus scanner said. `not_scanned` is never "clean"."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"


class Document(models.Model):
    """A photo or PDF. `sha256` is of the bytes we keep (a picture's are written by us), and names them in the store.

    Until a case has it a document belongs to a form that is being filled in. `taken_at` is only on the object that
    `actions.keep` returns; it is never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64)
    content_type = models.TextField()
    size = models.IntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    name = models.TextField()
    purpose = models.TextField()
    scan = models.TextField(choices=Scan.choices, default=Scan.NOT_SCANNED)
    case: "models.ForeignKey[Case | None]" = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE)
    by: "models.ForeignKey[Person | None]" = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT)
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    case_id: UUID | None
    taken_at: rules.TakenAt | None = None

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_infected_document_is_not_public", condition=~models.Q(scan="infected", is_public=True)
            ),
            models.CheckConstraint(
                name="a_picture_has_a_width_and_a_height",
                condition=models.Q(content_type__startswith="image/", width__gt=0, height__gt=0)
                | models.Q(content_type="application/pdf", width__isnull=True, height__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="document_content"),
            models.Index(fields=["created_at"], name="document_abandoned", condition=models.Q(case__isnull=True)),
            models.Index(fields=["created_at"], name="document_not_scanned", condition=models.Q(scan="not_scanned")),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not downloaded."""
        return self.content_type.startswith("image/")
