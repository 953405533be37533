"""How often what happened on the pages of a form."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Sum

from townhall.residents.services.models.versions import Version


class CountQuerySet(models.QuerySet["Count"]):
    """Sets of counts."""

    def totals(self) -> "models.QuerySet[Count, tuple[str, str, str, str, int]]":
        """By page, what, question and rule: how often."""
        found = self.values_list("page", "what", "question", "rule").order_by()
        return found.annotate(total=Sum(F("number"))).filter(total__gt=0)


class Count(models.Model):
    """How often something (`rules.What`) happened on a page of a version, in the forms that were begun on a day.

    The day is always that of the beginning, so that what is said of some days is said of the same forms: those begun
    are those sent, left and still open together, and no share is more than the whole. Rows of one place are added up:
    a request appends its own and waits for nobody, and `fold_counts` makes one of them. A row that takes something
    back is negative.

    A row names no person, application or browser, holds nothing that was typed, and is read by officers who work the
    very cases of the service. Small numbers are therefore shown as they are; nothing of this is published.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", db_index=False)
    version_id: UUID
    day = models.DateField()
    page = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=8)
    question = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=20, blank=True)
    number = models.IntegerField()

    objects: ClassVar[CountQuerySet] = CountQuerySet.as_manager()  # pyright: ignore

    class Meta:
        indexes = [
            models.Index(fields=["version", "day"], name="count_of_version"),
            models.Index(fields=["day"], name="count_age"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.what} {self.day} {self.number}"
