"""Applications for services, and the links that open them elsewhere."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from townhall.kernel.modules.keys import uuid7
from townhall.residents.services.models.versions import Version

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person

KEPT_DAYS = 28
REMIND_DAYS = 7
"""How long before an application goes we write to whoever asked for a link to it or has it in an account."""
KIND = "service"
"""The kind of case that an application opens; its category is the service's."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Sets of applications."""

    def unsent(self) -> "ApplicationQuerySet":
        """Applications that are still being filled in."""
        return self.filter(sent_at=None)

    def old(self, at: datetime) -> "ApplicationQuerySet":
        """Unsent ones that have been left alone for longer than we keep them."""
        return self.unsent().filter(updated_at__lt=at - timedelta(days=KEPT_DAYS))

    def to_remind(self, at: datetime) -> "ApplicationQuerySet":
        """Unsent ones with a mailed link, or in an account with a proved address, that go within a week, where nobody
        was told so since.
        """
        links = ApplicationLink.objects.filter(application=OuterRef("pk"))
        told = links.filter(is_reminder=True, made_at__gt=OuterRef("updated_at"))
        soon, gone = at - timedelta(days=KEPT_DAYS - REMIND_DAYS), at - timedelta(days=KEPT_DAYS)
        account = Q(person__is_active=True, person__email__gt="", person__email_verified_at__isnull=False)
        found = self.unsent().filter(~Exists(told), updated_at__lt=soon, updated_at__gte=gone)
        return found.filter(Exists(links) | account & Q(taken_by=None, number__gt=0))


class Application(models.Model):
    """One filling in of a service's form. Only the browser that began it, its signed-in writer, or a browser that came
    by a mailed link can open it.

    `answers` are typed and kept by question; what is no longer asked is kept too until it is sent. `typed` has, by
    page, what was typed and cannot be an answer yet. `number` rises with every change; `pages` has the number at which
    each page was last kept. `files` has what is known of each document by its key. `prefilled` are the answers that
    came from the account. `owner` is the hash of a random cookie, `devices` are those of browsers that came by a link.
    `taken_by` is the officer who fills it in for a caller. `counted` is what `counts` have of it, until it is sent, and
    empty where it is not counted; `at_page` is the page where it goes on, empty for "check your answers".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    version_id: UUID
    owner = models.CharField(max_length=64)
    devices = models.JSONField(default=list)
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL, related_name="applications"
    )
    person_id: UUID | None
    taken_by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_by_id: UUID | None
    language = models.CharField(max_length=2, default="en")
    answers = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    pages = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    prefilled = models.JSONField(default=dict)
    number = models.IntegerField(default=0)
    counted = models.JSONField(default=list)
    at_page = models.CharField(max_length=60, blank=True)
    is_left = models.BooleanField(default=False)
    case: "models.OneToOneField[Case | None]" = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.CASCADE, related_name="application"
    )
    case_id: UUID | None
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # pyright: ignore

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_sent_application_has_a_case", condition=Q(sent_at=None) | Q(case__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["owner"], name="application_of_browser"),
            models.Index(fields=["updated_at"], name="application_age", condition=Q(sent_at=None)),
            GinIndex(fields=["devices"], name="application_of_devices"),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def gone_at(self) -> datetime:
        """When it is forgotten, unless somebody writes in it again or sends it."""
        return self.updated_at + timedelta(days=KEPT_DAYS)

    @property
    def is_sent(self) -> bool:
        """Whether it was sent."""
        return self.sent_at is not None


class ApplicationLink(models.Model):
    """A letter's link that opens one application on any device, as long as it is kept.

    Only the hash of its secret is here: the letter has the secret.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="links")
    application_id: UUID
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="en")
    is_reminder = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(Lower("email"), name="application_link_address")]

    def __str__(self) -> str:
        return f"link to application {self.application_id}"
