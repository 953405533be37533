"""Documents that processes have ordered."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from townhall.kernel.modules.keys import uuid7
from townhall.residents.services.models.applications import Application

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


APPLICANT = ("", "applicant")
"""How an order names whoever applied."""


class DocumentOrder(models.Model):
    """A document that the process of an application has ordered: written down with the order, made afterwards.

    `key` is the order's own, `number` counts those of the application. `blocks` is its text, filled in when it was
    ordered; it is empty once the document is made. `to` is whom it is for: the applicant where it is empty, else
    somebody to whom a colleague gives it.
    """

    class State(models.TextChoices):
        """How it stands. `withdrawn`: the process wanted it no more before it was made."""

        ORDERED = "ordered"
        MADE = "made"
        FAILED = "failed"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents", db_index=False)
    application_id: UUID
    key = models.TextField()
    number = models.IntegerField()
    name = models.CharField(max_length=60)
    to = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2)
    title = models.TextField()
    title_cy = models.TextField()
    blocks = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ORDERED)
    tries = models.SmallIntegerField(default=0)
    ordered_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    document: "models.OneToOneField[Document | None]" = models.OneToOneField(
        "documents.Document", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    document_id: UUID | None

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="an_order_makes_one_document"),
            models.UniqueConstraint(fields=["application", "number"], name="documents_are_numbered"),
            models.CheckConstraint(
                name="what_waits_to_be_made_has_its_moment",
                condition=Q(state="ordered", next_at__isnull=False) | (~Q(state="ordered") & Q(next_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="document_order_due", condition=Q(state="ordered"))]

    @property
    def is_for_applicant(self) -> bool:
        """Whether whoever applied sees it."""
        return self.to in APPLICANT

    def said(self, language: str) -> str:
        """Its title in a language."""
        return self.title_cy if language == "cy" else self.title

    def __str__(self) -> str:
        return f"document {self.number} of {self.application_id}"
