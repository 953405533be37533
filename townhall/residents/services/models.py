"""Published versions of services, applications for them, and where the process of each application is."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from townhall.kernel.modules.fields import QuickJSONField
from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person

KEPT_DAYS = 28
REMIND_DAYS = 7
"""How long before an application goes we write to whoever asked for a link to it."""
KIND = "service"
"""The kind of case that an application opens; its category is the service's."""


class Version(models.Model):
    """A service's folder as it was published: never changed afterwards, so that what runs keeps what it began with.

    `files` has the text of each file by its path in the folder; `hash` is the hash of their content. One version of a
    service is live: new applications begin on it. Answers are kept for `kept_days` after the case was finished.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=60)
    hash = models.CharField(max_length=64)
    files = models.JSONField()
    name = models.TextField()
    name_cy = models.TextField()
    summary = models.TextField(blank=True)
    summary_cy = models.TextField(blank=True)
    kept_days = models.IntegerField()
    is_live = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    published_by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "hash"], name="a_version_is_kept_once"),
            models.UniqueConstraint(fields=["slug"], name="one_version_is_live", condition=Q(is_live=True)),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.hash[:12]}"

    def title(self, language: str) -> str:
        """Its name in a language."""
        return (self.name_cy if language == "cy" else "") or self.name

    def line(self, language: str) -> str:
        """What it is, in a sentence."""
        return (self.summary_cy if language == "cy" else "") or self.summary


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Sets of applications."""

    def unsent(self) -> "ApplicationQuerySet":
        """Applications that are still being filled in."""
        return self.filter(sent_at=None)

    def old(self, at: datetime) -> "ApplicationQuerySet":
        """Unsent ones that have been left alone for longer than we keep them."""
        return self.unsent().filter(updated_at__lt=at - timedelta(days=KEPT_DAYS))

    def to_remind(self, at: datetime) -> "ApplicationQuerySet":
        """Unsent ones with a mailed link that go within a week, where nobody was told so since."""
        links = ApplicationLink.objects.filter(application=OuterRef("pk"))
        told = links.filter(is_reminder=True, made_at__gt=OuterRef("updated_at"))
        soon, gone = at - timedelta(days=KEPT_DAYS - REMIND_DAYS), at - timedelta(days=KEPT_DAYS)
        return self.unsent().filter(Exists(links), ~Exists(told), updated_at__lt=soon, updated_at__gte=gone)


class Application(models.Model):
    """One filling in of a service's form. Only the browser that began it, its signed-in writer, or a browser that came
    by a mailed link can open it.

    `answers` are typed and kept by question; what is no longer asked is kept too until it is sent. `typed` has, by
    page, what was typed and cannot be an answer yet. `number` rises with every change; `pages` has the number at which
    each page was last kept. `files` has what is known of each document by its key. `prefilled` are the answers that
    came from the account. `owner` is the hash of a random cookie, `devices` are those of browsers that came by a link.
    `taken_by` is the officer who fills it in for a caller.
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


class Course(models.Model):
    """Where the process of a sent application is: the engine's own small state, and what waits for whom.

    `tasks` has the key of each open task of the engine by the case's task. `next_at` is when the next timer is due.
    `told` are the events that came from outside, with what they brought, so that the case can be replayed.
    """

    application = models.OneToOneField(Application, primary_key=True, on_delete=models.CASCADE, related_name="course")
    application_id: UUID
    state: Any = QuickJSONField()
    tasks = QuickJSONField(default=dict)
    told = QuickJSONField(default=list)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="course_due", condition=Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"course of {self.application_id}"


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


class SigningQuerySet(models.QuerySet["Signing"]):
    """Sets of requests to sign."""

    def open(self) -> "SigningQuerySet":
        """Those that somebody may still answer."""
        return self.filter(state=Signing.State.ASKED)


class Signing(models.Model):
    """A second person who is asked to sign an application, by a link that goes to their address alone.

    `question` names them in the form. Only the hash of the link's secret is here; a corrected address has another
    secret, so that the old link is dead. `letters` counts what was mailed.
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
