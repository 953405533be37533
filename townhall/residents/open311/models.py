"""Keys of other systems, what they sent, what we sent on and fetched back, and files of requests that were loaded."""
import hashlib
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from townhall.kernel.modules.keys import uuid7


class Scope(models.TextChoices):
    """What a key may do."""

    READ = "read"
    WRITE = "write"
    UPDATES = "updates"


class State(models.TextChoices):
    """How something that goes over the network stands. `failed` is given up: a person has to look."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class ApiKey(models.Model):
    """Another system's key. Only its hash is kept; `start` is its first characters, to tell keys apart.

    `authority_gss` is the authority that the key belongs to, where it is one's. `jurisdiction` binds the key to one
    jurisdiction_id; empty is any that we answer for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField(unique=True)
    start = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=60)
    jurisdiction = models.TextField(blank=True)
    authority_gss = models.CharField(max_length=9, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["ended_at", "name"]

    def __str__(self) -> str:
        return self.name

    def may(self, scope: str) -> bool:
        """Whether the key is alive and has the scope."""
        return self.ended_at is None and scope in self.scopes

    @property
    def source(self) -> str:
        """Where a report that came with this key says it is from."""
        return f"open311:{self.name}"


def digest_of(secret: str) -> str:
    """The hash under which a key is kept. Keys are 256 random bits, so a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Receipt(models.Model):
    """A request or an update that was sent to us. Its id is the token; `key` is the sender's own word for this sending.

    The same word, or within ten minutes the same body, gets the same answer and makes nothing new.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    api_key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, db_index=False)
    key = models.TextField()
    body = models.CharField(max_length=64)
    is_update = models.BooleanField(default=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["api_key", "is_update", "key"], name="sent_once_under_a_key", condition=~Q(key="")
            )
        ]
        indexes = [models.Index(fields=["api_key", "body", "created_at"], name="receipt_of_body")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class RemotePhoto(models.Model):
    """A photo that came as an address; it is fetched in the background, checked and kept like any other."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False)
    case_id: UUID
    address = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "address"], name="photo_comes_once_to_a_case")]
        indexes = [models.Index(fields=["next_at"], name="photo_waits", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.state} photo"


class ForwardedQuerySet(models.QuerySet["Forwarded"]):
    """Sets of cases that belong to others."""

    def due(self, at: datetime) -> "ForwardedQuerySet":
        """Those to be sent now."""
        return self.filter(state=State.WAITING, next_at__lte=at)

    def followed(self) -> "ForwardedQuerySet":
        """Those that the other has and has not finished."""
        return self.filter(state=State.SENT, is_done=False)


class Forwarded(models.Model):
    """A case that another authority deals with, and how sending it there stands. `their_id` is its id over there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="forwarded")
    case_id: UUID
    gss_code = models.CharField(max_length=9)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    their_id = models.TextField(blank=True)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(default=False)

    objects: ClassVar[ForwardedQuerySet] = ForwardedQuerySet.as_manager()  # pyright: ignore[reportIncompatibleVariableOverride, reportAssignmentType]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gss_code", "their_id"], name="their_id_is_one_case", condition=~Q(their_id="")
            ),
            models.CheckConstraint(
                name="what_was_sent_has_their_id",
                condition=~Q(state="sent") | (~Q(their_id="") & Q(sent_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="forwarded_waits", condition=Q(state="waiting")),
            models.Index(
                fields=["gss_code", "fetched_at"], name="forwarded_follow", condition=Q(state="sent", is_done=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} to {self.gss_code}"


class Fetched(models.Model):
    """One update of theirs that is written on our case; its id keeps it from being written twice."""

    forwarded = models.ForeignKey(Forwarded, on_delete=models.CASCADE, db_index=False)
    update_id = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forwarded", "update_id"], name="their_update_is_written_once")]

    def __str__(self) -> str:
        return self.update_id


class Told(models.Model):
    """One update of ours that goes to the authority that has the case."""

    forwarded = models.ForeignKey(Forwarded, on_delete=models.CASCADE)
    entry_id = models.UUIDField(unique=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="told_waits", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.state} {self.entry_id}"


class Neighbour(models.Model):
    """Up to when another authority's updates have been fetched, and when its server is to be called again."""

    gss_code = models.CharField(max_length=9, primary_key=True)
    fetched_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.gss_code


class Load(models.Model):
    """A file of requests that was loaded, or how far that got. The same file goes on where it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64)
    source = models.TextField()
    rows = models.IntegerField(default=0)
    loaded = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    wrong = models.IntegerField(default=0)
    outside = models.IntegerField(default=0)
    error_bytes = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "source"], name="file_is_loaded_once_from_a_source")]

    def __str__(self) -> str:
        return f"{self.loaded} loaded"

    def begin_again(self) -> None:
        """Count from the first row again. Rows that were loaded are known by then and change nothing."""
        self.rows = self.loaded = self.known = self.wrong = self.outside = self.error_bytes = 0
        self.ended_at = None
