"""What can be booked, its slots, who wishes for one, and who has one."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from townhall.kernel.modules.keys import reference, uuid7
from townhall.residents.bookings.rules import Pattern

if TYPE_CHECKING:
    from townhall.kernel.cases.models import Case
    from townhall.kernel.identity.models import Person


class Resource(models.Model):
    """A van, a room, a person: something with a week of its own. Processes name its `code`, which several may share.

    `is_proposal`: a package's default that nobody here has looked at yet. `feed_number` rises when its calendar's
    secret link is to work no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60)
    name = models.TextField(unique=True)
    name_cy = models.TextField(blank=True)
    openings = models.JSONField(default=list)
    capacity = models.IntegerField(default=1)
    slot_minutes = models.IntegerField(default=0)
    notice_days = models.IntegerField(default=1)
    ahead_days = models.IntegerField(default=42)
    hold_minutes = models.IntegerField(default=30)
    change_days = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    is_proposal = models.BooleanField(default=False)
    feed_number = models.IntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="a_resource_takes_somebody", condition=Q(capacity__gt=0))]

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        """Its name."""
        return (self.name_cy if language == "cy" else "") or self.name

    @property
    def pattern(self) -> Pattern:
        """Its week."""
        openings = tuple((int(day), str(begins), str(ends)) for day, begins, ends in self.openings)
        return Pattern(openings, self.slot_minutes, self.notice_days, self.ahead_days)


class Closure(models.Model):
    """A day on which a resource is closed though its week says otherwise."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="closures", db_index=False)
    resource_id: UUID
    on = models.DateField()
    reason = models.TextField(blank=True)
    by: "models.ForeignKey[Person | None]" = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "on"], name="a_day_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} closed on {self.on}"


class Slot(models.Model):
    """A time of a resource that somebody has wished for: its row is the lock under which places are taken."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="slots", db_index=False)
    resource_id: UUID
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    capacity = models.IntegerField()
    taken = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "begins"], name="a_slot_is_there_once"),
            models.CheckConstraint(name="never_overbooked", condition=Q(taken__gte=0, taken__lte=F("capacity"))),
        ]

    def __str__(self) -> str:
        return f"slot {self.begins}"


class Wish(models.Model):
    """What a case asks for under the key of an order: a place, held or firm. `waits_since`: on the waiting list."""

    class State(models.TextChoices):
        """`open`: nothing is chosen yet."""

        OPEN = "open"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case: "models.ForeignKey[Case]" = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="wishes", db_index=False
    )
    case_id: UUID
    key = models.CharField(max_length=200)
    code = models.CharField(max_length=60)
    about = models.TextField()
    about_cy = models.TextField(blank=True)
    places = models.IntegerField(default=1)
    is_held = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="a_case_wishes_once"),
            models.CheckConstraint(name="a_wish_is_for_a_place", condition=Q(places__gt=0)),
        ]
        indexes = [models.Index(fields=["waits_since"], name="waiting_list", condition=Q(waits_since__isnull=False))]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    def title(self, language: str) -> str:
        """What it is for."""
        return (self.about_cy if language == "cy" else "") or self.about


class State(models.TextChoices):
    """How a booking stands. `offered`: of the waiting list. `lapsed`: the time of a hold or an offer was over."""

    OFFERED = "offered"
    HELD = "held"
    FIRM = "firm"
    LAPSED = "lapsed"
    GIVEN_UP = "given_up"
    MOVED = "moved"
    CALLED_OFF = "called_off"


LIVE = (State.OFFERED, State.HELD, State.FIRM)
FOR_A_WHILE = (State.OFFERED, State.HELD)


class BookingQuerySet(models.QuerySet["Booking"]):
    """Sets of bookings."""

    def live(self) -> "BookingQuerySet":
        """Those that take a place, also where the time of their hold is over and nobody has noticed."""
        return self.filter(state__in=LIVE)

    def over(self, at: datetime) -> "BookingQuerySet":
        """Holds and offers whose time is over."""
        return self.filter(state__in=FOR_A_WHILE, held_until__lte=at)


class Booking(models.Model):
    """A place in a slot. One that moves ends, and another begins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="bookings")
    wish_id: UUID
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    slot_id: UUID
    reference = models.CharField(max_length=8, unique=True, default=reference)
    places = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices)
    held_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[BookingQuerySet] = BookingQuerySet.as_manager()  # pyright: ignore

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish"], name="one_place_for_a_wish", condition=Q(state__in=["offered", "held", "firm"])
            ),
            models.CheckConstraint(
                name="what_is_held_is_held_until",
                condition=~Q(state__in=["offered", "held"]) | Q(held_until__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["held_until"], name="booking_for_a_while", condition=Q(state__in=["offered", "held"]))
        ]

    def __str__(self) -> str:
        return f"booking {self.reference}"

    def is_over(self, at: datetime) -> bool:
        """Whether its hold has run out."""
        return self.state in FOR_A_WHILE and self.held_until is not None and self.held_until <= at
