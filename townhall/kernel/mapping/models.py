"""Where each case is on the map, and the counts by cell of a grid for each zoom. Both follow from the cases."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from townhall.kernel.mapping.rules import NO_TEAM


class Spot(models.Model):
    """What one case with a place counts as at this moment. `x`, `y` are its cell of the finest grid.

    `easting` and `northing` are in tenths of a metre, `age` and `standing` as `rules` has them. `changes_at` is when
    the passing of time alone makes it count as something else: its date is missed, it grows older than an age, or was
    done a while ago. `high` and `low` are the two halves of the case's key.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    x = models.IntegerField()
    y = models.IntegerField()
    easting = models.IntegerField()
    northing = models.IntegerField()
    kind = models.TextField()
    is_public = models.BooleanField()
    category = models.TextField()
    status = models.TextField()
    standing = models.SmallIntegerField()
    is_late = models.BooleanField()
    age = models.SmallIntegerField()
    ward = models.TextField()
    team_id = models.UUIDField(null=True)
    changes_at = models.DateTimeField(null=True)
    high = models.BigIntegerField()
    low = models.BigIntegerField()

    case_id: UUID

    class Meta:
        indexes = [
            models.Index(fields=["x", "y"], name="spot_place"),
            models.Index(fields=["changes_at"], name="spot_changes", condition=Q(changes_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"spot of {self.case_id}"


class Cell(models.Model):
    """How many cases of one sort are in a cell of the grid for a zoom, where their middle is, and which they are.

    `category` is `*` in the rows that count every category. `team_id` is kept for cases that are open or done lately.
    `eastings` and `northings` are sums of tenths of a metre. `high` and `low` are the two halves of the cases' keys,
    all of them XORed together: of a cell with one case they are its key, whatever came and went.
    """

    pk = models.CompositePrimaryKey(
        "level", "category", "x", "y", "kind", "is_public", "status", "standing", "is_late", "age", "ward", "team_id"
    )
    level = models.SmallIntegerField()
    category = models.TextField()
    x = models.IntegerField()
    y = models.IntegerField()
    kind = models.TextField()
    is_public = models.BooleanField()
    status = models.TextField()
    standing = models.SmallIntegerField()
    is_late = models.BooleanField()
    age = models.SmallIntegerField()
    ward = models.TextField()
    team_id = models.UUIDField(default=NO_TEAM)
    count = models.IntegerField()
    eastings = models.BigIntegerField()
    northings = models.BigIntegerField()
    high = models.BigIntegerField()
    low = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.level} {self.category} {self.x} {self.y}: {self.count}"


class Edition(models.Model):
    """One row, whose tag is another one after every change of the map: the key of tiles that are kept."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    tag = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_edition", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"edition {self.tag}"
