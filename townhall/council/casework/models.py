"""What was said when somebody rang or came."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person


class Contact(models.Model):
    """One call or visit: who, about what, and what was said. `person` is empty where nobody gave a name.

    `is_verified` says that two answers matched; the answers themselves are not kept.
    """

    class About(models.TextChoices):
        """What it was about."""

        CHASING = "chasing", _("Chasing")
        NEW = "new", _("New")
        QUESTION = "question", _("Question")
        COMPLAINT = "complaint", _("Complaint")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="contacts", db_index=False
    )
    case: "models.ForeignKey[Case | None]" = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL)
    by: "models.ForeignKey[Person]" = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.TextField(default="phone")
    about = models.TextField(choices=About.choices)
    text = models.TextField(blank=True)
    minutes = models.IntegerField(default=0)
    is_answered = models.BooleanField(default=True)
    is_verified = models.BooleanField(default=False)

    person_id: UUID | None
    case_id: UUID | None

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="contact_of_person")]

    def __str__(self) -> str:
        return f"contact {self.pk}"
