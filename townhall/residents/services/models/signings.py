"""Second persons who are asked to sign."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from townhall.kernel.modules.keys import uuid7
from townhall.residents.services.models.applications import Application


class SigningQuerySet(models.QuerySet["Signing"]):
    """Sets of requests to sign."""

    def open(self) -> "SigningQuerySet":
        """Those that somebody may still answer."""
        return self.filter(state=Signing.State.ASKED)


class Signing(models.Model):
    """A second person who is asked to sign an application, by a link that goes to their address alone.

    `question` names them in the form. Only the hash of the link's secret is here; a corrected address has another
    secret, so that the old link is dead. `letters` counts what was mailed. `corrections` are the name and address
    `before` and `after` each correction, with when (`at`, ISO 8601) and which colleague (`by`, empty for who applied).
    """

    class State(models.TextChoices):
        """How it stands."""

        ASKED = "asked"
        SIGNED = "signed"
        REFUSED = "refused"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="signings", db_index=False)
    application_id: UUID
    question = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    secret_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.TextField(blank=True)
    letters = models.IntegerField(default=0)
    corrections: Any = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[SigningQuerySet] = SigningQuerySet.as_manager()  # pyright: ignore

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="a_signature_is_asked_for_once"),
            models.CheckConstraint(name="a_refusal_says_why", condition=~Q(state="refused") | ~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["until"], name="signing_until", condition=Q(state="asked")),
            models.Index(Lower("email"), name="signing_address"),
        ]

    def __str__(self) -> str:
        return f"signing of {self.application_id}"

    @property
    def letters_counted(self) -> int:
        """The letters that count against how many there may be: not those of a colleague to an address that is new."""
        moved = [each for each in self.corrections if each["before"]["email"] != each["after"]["email"]]
        return self.letters - sum(bool(each["by"]) for each in moved)
