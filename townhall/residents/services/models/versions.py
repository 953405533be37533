"""Published versions of services."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from townhall.kernel.identity.models import Person


class Version(models.Model):
    """A service's folder as it was published: never changed afterwards, so that what runs keeps what it began with.

    `files` has the text of each file by its path in the folder; `hash` is the hash of their content. One version of a
    service is live: new applications begin on it. Answers are kept for `kept_days` after the case was finished.
    `nations` is empty where the service exists in all of them.
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
    nations = models.JSONField(default=list)
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
