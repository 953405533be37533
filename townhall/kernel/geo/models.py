"""Where things are: boundaries, the gazetteer, and the shapes that the base map is drawn from. Metres throughout."""

from typing import ClassVar

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models

from townhall.kernel.geo.fields import BoxField, PointField
from townhall.kernel.modules.keys import uuid7

ORIGIN_HELP = "where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin"


class Boundary(models.Model):
    """The area of this council, of one of its wards, or of a neighbour. `geometry` is WKB in metres."""

    class Kind(models.TextChoices):
        """What the area is to us."""

        COUNCIL = "council"
        WARD = "ward"
        NEIGHBOUR = "neighbour"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField(choices=Kind.choices)
    code = models.TextField()
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    geometry = models.BinaryField()
    box = BoxField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "code"], name="boundary_has_one_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Street(models.Model):
    """A named street. `sought` is its name as `rules.fold` writes it; `point` lies halfway along."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    usrn = models.BigIntegerField(null=True, unique=True)
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    kind = models.TextField()
    locality = models.TextField(blank=True)
    ward_code = models.TextField(blank=True)
    sought = models.TextField()
    point = PointField()
    geometry = models.BinaryField()
    box = BoxField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["box"], name="street_box")]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A property. `usrn` names its street where the source says so; else `street` and `locality` do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    uprn = models.BigIntegerField(null=True, unique=True)
    usrn = models.BigIntegerField(null=True)
    number = models.TextField()
    street = models.TextField()
    locality = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    ward_code = models.TextField(blank=True)
    point = PointField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        indexes: ClassVar = [
            GistIndex(fields=["point"], name="address_point"),
            models.Index(OpClass("postcode", name="text_pattern_ops"), name="address_postcode"),
            models.Index(fields=["street", "number"], name="address_street_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.street}, {self.postcode}".strip(" ,")


class Asset(models.Model):
    """A thing on the ground that somebody looks after: a light, a bin. `owner`: district, county or a GSS code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    reference = models.TextField()
    label = models.TextField()
    label_cy = models.TextField(blank=True)
    usrn = models.BigIntegerField(null=True)
    owner = models.TextField(blank=True)
    sought = models.TextField()
    point = PointField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "reference"], name="asset_has_one_reference")]

    def __str__(self) -> str:
        return self.label


class Place(models.Model):
    """A named place that people search for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    kind = models.TextField()
    sought = models.TextField()
    point = PointField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["point"], name="place_point")]

    def __str__(self) -> str:
        return self.name


class Feature(models.Model):
    """One shape of the base map, drawn from `min_zoom` on. `geometry` is WKB in metres."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    layer = models.TextField()
    kind = models.TextField()
    name = models.TextField(blank=True)
    name_cy = models.TextField(blank=True)
    width_metres = models.FloatField(default=0)
    min_zoom = models.SmallIntegerField()
    geometry = models.BinaryField()
    box = BoxField()
    origin = models.TextField(help_text=ORIGIN_HELP)

    class Meta:
        indexes: ClassVar = [
            GistIndex(fields=["box"], name="feature_box"),
            GistIndex(fields=["box"], name="feature_box_far", condition=models.Q(min_zoom__lt=13)),
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.kind} {self.name}".strip()


class Load(models.Model):
    """One load of data: from where, when, how many rows. The newest one's key is the edition of all that is cached."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.TextField()
    title = models.TextField()
    counts = models.JSONField(default=dict)
    credit = models.TextField(blank=True, help_text="words the source's licence wants beside the map")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.title}, {self.at:%Y-%m-%d %H:%M}"
