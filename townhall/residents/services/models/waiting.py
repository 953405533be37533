"""Files that wait for what they were chosen for to be sent."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from townhall.residents.services.models.applications import Application
from townhall.residents.services.rules import Choosing

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


class WaitingFileQuerySet(models.QuerySet["WaitingFile"]):
    """Sets of files that wait."""

    def chosen(self, choosing: Choosing) -> "WaitingFileQuerySet":
        """Those that somebody chose for something, the oldest first, with their documents."""
        mine = self.filter(application_id=choosing.application_id, what=choosing.what, whose=choosing.whose)
        return mine.select_related("document").order_by("document_id")


class WaitingFile(models.Model):
    """A document that was chosen for something of an application (`rules.Choosing`) which was not taken yet: where
    another answer is wrong, or where whoever writes had been signed out. `place` is the question that it answers.

    It is forgotten at `until`, unless it has been sent.
    """

    document: "models.OneToOneField[Document]" = models.OneToOneField(
        "documents.Document", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    document_id: UUID
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="waiting_files", db_index=False)
    application_id: UUID
    what = models.CharField(max_length=80)
    whose = models.CharField(max_length=64)
    place = models.CharField(max_length=300)
    until = models.DateTimeField()

    objects: ClassVar[WaitingFileQuerySet] = WaitingFileQuerySet.as_manager()  # pyright: ignore

    class Meta:
        indexes = [
            models.Index(fields=["application", "what", "whose"], name="waiting_file_chosen"),
            models.Index(fields=["until"], name="waiting_file_until"),
        ]

    def __str__(self) -> str:
        return f"file for {self.what} of {self.application_id}"

    @property
    def told(self) -> dict[str, object]:
        """What an application keeps of a document."""
        one = self.document
        return {"name": one.name, "size": one.size, "type": one.content_type, "at": self.place, "sha256": one.sha256}
