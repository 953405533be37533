"""Drafts of services: the files of a folder that is not published yet, and every change of them with who made it."""

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Manager

    from townhall.kernel.identity.models import Person


class State(models.TextChoices):
    """Where a draft is. Only an open one can be changed."""

    OPEN = "open"
    ASKED = "asked"
    PLANNED = "planned"
    PUBLISHED = "published"
    DROPPED = "dropped"


UNDER_WAY = (State.OPEN, State.ASKED, State.PLANNED)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Sets of drafts."""

    def under_way(self) -> "DraftQuerySet":
        """Drafts that are neither published nor dropped."""
        return self.filter(state__in=UNDER_WAY)

    def due(self, today: "date") -> "DraftQuerySet":
        """Approved drafts whose day has come."""
        return self.filter(state=State.PLANNED, publish_on__lte=today)


class Draft(models.Model):
    """A service that is being written. There is one for each service at a time, which several officers may share.

    `files` has the text of each file by its path in the folder. `base` is the hash of the version that it was begun
    from, `live_then` that of the version that was live when it was approved: what the second officer compared with.
    `number` rises with every change. `owner` is what the files say of whose service it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=60)
    files = models.JSONField()
    base = models.CharField(max_length=64, blank=True)
    owner = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    title_cy = models.TextField(blank=True)
    number = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    begun_by: "models.ForeignKey[Person]" = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+"
    )
    begun_by_id: UUID
    asked_by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by_id: UUID | None
    asked_at = models.DateTimeField(null=True)
    approved_by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by_id: UUID | None
    publish_on = models.DateField(null=True)
    live_then = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    """Why it was sent back the last time, or why it was not published on its day."""

    changes: "Manager[Change]"
    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # pyright: ignore

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="one_draft_of_a_service", condition=Q(state__in=UNDER_WAY))
        ]
        indexes = [models.Index(fields=["publish_on"], name="draft_due", condition=Q(state=State.PLANNED))]

    def __str__(self) -> str:
        return f"draft of {self.slug}"

    def title(self, language: str) -> str:
        """The service's name in a language; its name for the machine where it has none yet."""
        return (self.title_cy if language == "cy" else self.title_en) or self.title_en or self.title_cy or self.slug

    @property
    def is_open(self) -> bool:
        """Whether it can be changed."""
        return self.state == State.OPEN

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither published nor dropped."""
        return self.state in UNDER_WAY

    def content(self) -> dict[str, bytes]:
        """Its files, as packages are read."""
        return {path: text.encode() for path, text in self.files.items()}

    def writers(self) -> set[UUID]:
        """Everybody who began it, changed it, or asked for its review."""
        changed = set(Change.objects.filter(draft=self).values_list("by_id", flat=True))
        return changed | {self.begun_by_id} | ({self.asked_by_id} if self.asked_by_id else set())


class Change(models.Model):
    """One change of a draft's files: what each was before and after, null where it was not there.

    `what` says which kind of change it was (`rules` has no words; the page has them), `about` what it was about.
    `undoes` is the change that it took back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes", db_index=False)
    draft_id: UUID
    number = models.IntegerField()
    at = models.DateTimeField()
    by: "models.ForeignKey[Person]" = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    by_id: UUID
    what = models.CharField(max_length=40)
    about = models.TextField(blank=True)
    files: Any = models.JSONField(default=dict)
    undoes: "models.OneToOneField[Change | None]" = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="changes_of_a_draft_are_numbered"),
            models.CheckConstraint(
                name="undoing_undoes_an_earlier_change", condition=Q(undoes=None) | ~Q(undoes=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.number} of {self.draft_id}"
