"""Applications that other systems sent."""

from uuid import UUID

from django.db import models

from townhall.kernel.modules.keys import uuid7
from townhall.residents.services.models.applications import Application


class Submission(models.Model):
    """An application that a program sent in the name of `by`. The same word again, with the same body, makes nothing.

    `word` and `body` are hashes, of the sender's own word for this sending and of what was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="submission")
    application_id: UUID
    by = models.ForeignKey("identity.Person", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    by_id: UUID | None
    word = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "word"], name="a_word_sends_one_application")]

    def __str__(self) -> str:
        return f"submission of application {self.application_id}"
