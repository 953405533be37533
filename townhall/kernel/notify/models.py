"""Letters, how people wish to get them, and the council's own wording."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from townhall.kernel.modules.keys import uuid7
from townhall.kernel.notify import rules

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person

CHANNEL_CHOICES = [("email", "email"), ("sms", "sms"), ("post", "post")]


class State(models.TextChoices):
    """Where a letter is. `sent`: handed over; `delivered`: the provider says it arrived."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNSENT = (State.HELD, State.WAITING)


class Batch(models.Model):
    """Posted letters that were handed to print together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by: "models.ForeignKey[Person | None]" = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Letter(models.Model):
    """One letter to one person, by whichever channel. `key` makes sure that nobody gets it twice.

    `blocks` is the text as it was filled in (`rules.from_json`); `address` where it may go; `ways` the channels that
    are left after this one. `sends` counts how often a provider took it, and is part of the reference it is sent
    under, so that a provider can be asked about exactly this sending. `is_uncertain`: the last try ended without an
    answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.TextField(unique=True)
    kind = models.TextField()
    wording_version = models.IntegerField(default=0)
    person: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, db_index=False
    )
    case: "models.ForeignKey[Case | None]" = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.CASCADE, db_index=False
    )
    number = models.IntegerField(null=True)
    language = models.CharField(max_length=2)
    large_print = models.BooleanField(default=False)
    channel = models.TextField(choices=CHANNEL_CHOICES)
    ways = models.JSONField(default=list)
    address = models.JSONField()
    subject = models.TextField()
    blocks = models.JSONField()
    is_secret = models.BooleanField(default=False)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    sends = models.SmallIntegerField(default=0)
    is_uncertain = models.BooleanField(default=False)
    provider = models.TextField(blank=True)
    provider_id = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    case_id: UUID | None
    person_id: UUID | None
    batch_id: UUID | None

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="sent_letters_have_a_time",
                condition=Q(sent_at__isnull=False) | ~Q(state__in=(State.SENT, State.DELIVERED)),
            ),
            models.CheckConstraint(
                name="letters_being_sent_were_claimed", condition=Q(claimed_at__isnull=False) | ~Q(state=State.SENDING)
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="letter_due", condition=Q(state__in=UNSENT)),
            models.Index(fields=["claimed_at"], name="letter_being_sent", condition=Q(state=State.SENDING)),
            models.Index(
                fields=["next_at"], name="letter_on_its_way", condition=Q(state=State.SENT, provider="notify")
            ),
            models.Index(fields=["-ended_at", "id"], name="letter_failed", condition=Q(state=State.FAILED)),
            models.Index(fields=["case", "created_at"], name="letter_of_case"),
            models.Index(fields=["person", "-created_at"], name="letter_of_person"),
            models.Index(fields=["provider_id"], name="letter_of_provider", condition=~Q(provider_id="")),
            models.Index(fields=["-created_at"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def reference(self) -> str:
        """What a provider knows this sending by."""
        return f"{self.pk}.{self.sends + 1}"

    @property
    def where(self) -> rules.Address:
        """Where the letter may go."""
        kept = self.address
        return rules.Address(
            name=kept.get("name", ""), email=kept.get("email", ""), phone=kept.get("phone", ""),
            lines=tuple(kept.get("lines", ())),
        )  # fmt: skip

    @property
    def text(self) -> list[rules.Block]:
        """The letter's blocks."""
        return rules.from_json(self.blocks)


class Preference(models.Model):
    """How a person wishes to hear from us; the language is the person's own."""

    person: "models.OneToOneField[Person]" = models.OneToOneField(
        "identity.Person", primary_key=True, on_delete=models.CASCADE
    )
    channel = models.TextField(choices=CHANNEL_CHOICES, blank=True)
    large_print = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"preference of {self.person_id}"

    person_id: UUID


class ChangedWording(models.Model):
    """A version of a letter's wording that the council wrote.

    The highest one counts. `is_default`: back to the file's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    version = models.IntegerField()
    is_default = models.BooleanField(default=False)
    subject_en = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    subject_cy = models.TextField(blank=True)
    body_cy = models.TextField(blank=True)
    by: "models.ForeignKey[Person | None]" = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="versions_of_a_wording_are_numbered"),
            models.CheckConstraint(
                name="a_wording_has_english", condition=Q(is_default=True) | ~(Q(subject_en="") | Q(body_en=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
