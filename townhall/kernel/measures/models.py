"""The roll-up: how many, by measure, day, category, ward, team and bin."""

from django.db import models

NO_TEAM = "00000000-0000-0000-0000-000000000000"


class Tally(models.Model):
    """One row per measure, day, category, ward, team and bin (what a bin means is the measure's: yes or no, working
    days).
    """

    measure = models.TextField()
    day = models.DateField()
    category = models.TextField()
    ward = models.TextField()
    team_id = models.UUIDField(default=NO_TEAM)
    bin = models.SmallIntegerField(default=0)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "day", "category", "ward", "team_id", "bin"], name="one_tally_for_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day} {self.count}"
