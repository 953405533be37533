"""Reports of problems, their categories, who follows them, and what is not sent yet."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from townhall.kernel.modules.keys import uuid7
from townhall.residents.reports.rules.questions import Question, questions

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person

DRAFT_DAYS = 28
REMIND_DAYS = 7
"""How long before a draft goes we write to whoever asked for a link to it."""
KIND = "problem_report"
"""The kind of case that a report opens."""


class CategoryQuerySet(models.QuerySet["Category"]):
    """Sets of categories."""

    def active(self) -> "CategoryQuerySet":
        """Categories that can be reported now."""
        return self.filter(is_active=True)


class Category(models.Model):
    """A kind of problem that can be reported, and what is asked about it.

    `owner_gss` is the authority that deals with it; empty is ours. `target_days` are working days. `keywords` are what
    people type for it, in both languages. `asks_place_of` is the kind of asset to choose there, as in `street_light`.
    `questions` is a list as `rules.Question` reads it. A `stop_message` is shown before the report goes on; where
    `stops` is set it goes no further. `status_words` has public sentences by status and language.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(unique=True)
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    group = models.TextField()
    group_cy = models.TextField(blank=True)
    order = models.IntegerField(default=0)
    owner_gss = models.CharField(max_length=9, blank=True)
    target_days = models.SmallIntegerField(null=True, blank=True)
    is_anonymous_allowed = models.BooleanField(default=True)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    asks_place_of = models.TextField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    keywords = models.JSONField(default=list, blank=True)
    stop_message = models.TextField(blank=True)
    stop_message_cy = models.TextField(blank=True)
    stops = models.BooleanField(default=False)
    next_step = models.TextField(blank=True)
    next_step_cy = models.TextField(blank=True)
    status_words = models.JSONField(default=dict, blank=True)

    objects: ClassVar[CategoryQuerySet] = CategoryQuerySet.as_manager()  # pyright: ignore

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(
                name="category_target_is_positive", condition=Q(target_days=None) | Q(target_days__gte=0)
            )
        ]

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        """Its name in a language; the English one where there is no other."""
        return (self.name_cy if language == "cy" else "") or self.name

    @cached_property
    def asked(self) -> list[Question]:
        """What is asked about it."""
        return questions(self.questions)


class Report(models.Model):
    """What somebody told us of a problem. Where it is and how it stands is on its case.

    `description` is as it was typed: `rules.redact` comes before anyone outside sees it. `language` is the one it is
    written in. `answers` has the category's questions by code. `source` is `web`, `phone`, or who sent it
    (`open311:name`); `source_id` is its key there. `is_held` keeps it from the public until an officer has looked;
    `safeguarding` says which kind of words held it. `shows_name` is the reporter's choice; nobody's name is shown
    without it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case: "models.OneToOneField[Case]" = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, related_name="report"
    )
    case_id: UUID
    followers: "RelatedManager[Follower]"
    notes: "RelatedManager[Note]"
    description = models.TextField()
    language = models.CharField(max_length=2, default="en")
    answers = models.JSONField(default=dict)
    asset = models.TextField(blank=True)
    asset_label = models.TextField(blank=True)
    source = models.TextField(default="web")
    source_id = models.TextField(blank=True)
    is_anonymous = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    safeguarding = models.TextField(blank=True)
    photo_count = models.SmallIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], name="report_comes_once_from_a_source", condition=~Q(source_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Follower(models.Model):
    """Somebody who gets a letter when the report changes: a person, or an address that has answered our letter.

    `is_supporter` when they met the same problem ("yes, it is this").
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="followers")
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.CASCADE
    )
    email = models.EmailField(blank=True, max_length=254)
    language = models.CharField(max_length=2, default="en")
    is_supporter = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person"], name="person_follows_once", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint("report", Lower("email"), name="address_follows_once", condition=~Q(email="")),
            models.CheckConstraint(name="follower_can_be_reached", condition=Q(person__isnull=False) | ~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Note(models.Model):
    """Words or photos that somebody added to a report. Those of people who have not signed in wait for an officer."""

    class State(models.TextChoices):
        """Whether the public sees it."""

        HELD = "held"
        SHOWN = "shown"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes", db_index=False)
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL
    )
    number = models.IntegerField()
    text = models.TextField(blank=True)
    photos = models.JSONField(default=list)
    state = models.TextField(choices=State.choices, default=State.HELD)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="note_goes_with_one_entry")]
        indexes = [models.Index(fields=["at"], name="note_is_held", condition=Q(state="held"))]

    def __str__(self) -> str:
        return f"note {self.pk}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Sets of drafts."""

    def old(self, at: datetime) -> "DraftQuerySet":
        """Drafts that have been left alone for longer than we keep them."""
        return self.filter(updated_at__lt=at - timedelta(days=DRAFT_DAYS))

    def to_remind(self, at: datetime) -> "DraftQuerySet":
        """Unsent drafts with a mailed link that go within a week, where nobody was told so since."""
        told = DraftLink.objects.filter(draft=OuterRef("pk"), is_reminder=True, made_at__gt=OuterRef("updated_at"))
        soon = at - timedelta(days=DRAFT_DAYS - REMIND_DAYS)
        found = self.filter(report=None, updated_at__lt=soon, updated_at__gte=at - timedelta(days=DRAFT_DAYS))
        return found.filter(Exists(DraftLink.objects.filter(draft=OuterRef("pk"))), ~Exists(told))


class Draft(models.Model):
    """A report that is being written. Only the browser that began it, its signed-in writer, or a browser that came by a
    mailed link can open it.

    `owner` is the hash of a random cookie; `devices` are those of the browsers that came by a link. `answers` has what
    was typed, page by page; `photos` the kept documents.
    `taken_by` is the officer who writes it for a caller (`person`). `report` is set once it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField(max_length=64)
    devices = models.JSONField(default=list)
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.CASCADE, related_name="report_drafts"
    )
    person_id: UUID | None
    taken_by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_by_id: UUID | None
    answers = models.JSONField(default=dict)
    photos = models.JSONField(default=list)
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL)
    report_id: UUID | None
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # pyright: ignore

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="draft_of_browser"),
            models.Index(fields=["updated_at"], name="draft_age"),
            GinIndex(fields=["devices"], name="draft_of_devices"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def gone_at(self) -> datetime:
        """When it is forgotten, unless somebody writes in it again."""
        return self.updated_at + timedelta(days=DRAFT_DAYS)


class DraftLink(models.Model):
    """A letter's link that opens one draft on any device, as long as the draft is kept.

    Only the hash of its secret is here: the letter has the secret.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="en")
    is_reminder = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(Lower("email"), name="draft_link_address")]

    def __str__(self) -> str:
        return f"link to draft {self.draft_id}"

    draft_id: UUID
