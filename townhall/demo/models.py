"""What the generator knows to be true, kept for evaluation only; nothing else reads it."""

from uuid import UUID

from django.db import models


class Truth(models.Model):
    """The truth about a synthetic report: whether it repeats another, and whether somebody in it needs help."""

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    duplicate_of = models.UUIDField(null=True)
    safeguarding = models.TextField(blank=True)

    case_id: UUID

    def __str__(self) -> str:
        return f"truth of {self.case_id}"


class Borough(models.Model):
    """What this installation's borough was drawn from (one row).

    `pictured` names the categories that have their photos.
    """

    seed = models.IntegerField()
    size = models.TextField()
    people = models.IntegerField()
    cases = models.IntegerField()
    seconds = models.FloatField()
    until = models.DateTimeField()
    pictured = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"seed {self.seed}"
