"""A case is a matter the council must deal with: small, the same for every kind, with an append-only timeline."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from townhall.kernel.cases import rules
from townhall.kernel.geo.fields import PointField
from townhall.kernel.identity import rules as roles
from townhall.kernel.modules.keys import reference, uuid7


class Status(models.TextChoices):
    """Where a case stands. Public wording is per category; these are the words where none is given."""

    RECEIVED = "received"
    LOOKING = "looking"
    BOOKED = "booked"
    WAITING = "waiting"
    PASSED = "passed"
    FIXED = "fixed"
    CLOSED = "closed"


OPEN = (Status.RECEIVED, Status.LOOKING, Status.BOOKED, Status.WAITING, Status.PASSED)
DONE = (Status.FIXED, Status.CLOSED)


class CaseQuerySet(models.QuerySet["Case"]):
    """Sets of cases."""

    def open(self) -> "CaseQuerySet":
        """Cases that are not done."""
        return self.filter(closed_at__isnull=True)

    def overdue(self, at: datetime) -> "CaseQuerySet":
        """Open cases whose clock runs and whose time is up."""
        return self.open().filter(due_at__lt=at, paused_at__isnull=True)

    def seen_by(self, person: Any) -> "CaseQuerySet":
        """The cases this person may see as staff: their teams' and their own; `identity.rules` says who sees more."""
        if roles.sees_all(person.roles):
            return self
        own = Q(team_id__in=person.team_ids) | Q(assignee_id=person.pk)
        return self.filter(own | Q(team_id__isnull=True) if roles.sees_unassigned(person.roles) else own)


class Case(models.Model):
    """One matter. Modules keep what they know of it in their own one-to-one tables.

    `version` rises with every write and equals the number of the latest timeline entry. `point` is in metres on the
    British National Grid. The clock: `due_at` is when the promise runs out; `paused_at` is set while it stands still;
    `paused_minutes` is the working time it has stood still before. Everyone may see a case that
    `is_public`. `passed_to` is the GSS code of the authority that has it instead of us. `place` and `title` are safe
    to show to everyone where the case is public.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=8, default=reference)
    kind = models.TextField()
    category = models.TextField(blank=True)
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    status = models.TextField(choices=Status.choices, default=Status.RECEIVED)
    is_public = models.BooleanField(default=False)
    reporter = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="reported_cases", db_index=False
    )
    team = models.ForeignKey("identity.Team", null=True, on_delete=models.PROTECT, db_index=False)
    assignee = models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="assigned_cases", db_index=False
    )
    channel = models.TextField(default="web")
    point = PointField(null=True)
    place = models.TextField(blank=True)
    place_cy = models.TextField(blank=True)
    ward = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    target_days = models.SmallIntegerField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_reason = models.TextField(blank=True)
    paused_minutes = models.IntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    was_late = models.BooleanField(default=False)
    reopened = models.SmallIntegerField(default=0)
    followers = models.IntegerField(default=0)
    routed_by = models.JSONField(null=True)
    passed_to = models.TextField(blank=True)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined", db_index=False)
    version = models.IntegerField(default=0)
    updated_at = models.DateTimeField()
    search = SearchVectorField(null=True)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # pyright: ignore

    team_id: UUID | None
    assignee_id: UUID | None
    reporter_id: UUID | None
    joined_to_id: UUID | None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="a_reference_is_one_cases"),
            models.CheckConstraint(
                name="done_cases_have_a_closing_time",
                condition=Q(closed_at__isnull=True, status__in=OPEN) | Q(closed_at__isnull=False, status__in=DONE),
            ),
            models.CheckConstraint(name="a_case_is_not_joined_to_itself", condition=~Q(joined_to=F("id"))),
            models.CheckConstraint(
                name="done_cases_are_not_paused", condition=Q(paused_at__isnull=True) | Q(closed_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "due_at", "id"],
                name="case_queue",
                condition=Q(closed_at__isnull=True),
                include=["assignee", "paused_at"],
            ),
            models.Index(fields=["assignee", "due_at", "id"], name="case_mine", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["due_at", "id"],
                name="case_by_clock",
                condition=Q(closed_at__isnull=True),
                include=["team", "assignee", "paused_at", "ward", "category", "status"],
            ),
            models.Index(
                fields=["category", "ward", "due_at"], name="case_open_category", condition=Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["paused_at"], name="case_paused", condition=Q(closed_at__isnull=True, paused_at__isnull=False)
            ),
            models.Index(
                fields=["due_at"], name="case_back_again", condition=Q(closed_at__isnull=True, reopened__gt=0)
            ),
            models.Index(fields=["team", "-opened_at"], name="case_of_team"),
            models.Index(
                fields=["assignee", "-opened_at"], name="case_of_assignee", condition=Q(assignee__isnull=False)
            ),
            models.Index(fields=["reporter", "-opened_at"], name="case_of_person"),
            models.Index(fields=["joined_to"], name="case_joined", condition=Q(joined_to__isnull=False)),
            models.Index(fields=["category", "-opened_at"], name="case_category"),
            models.Index(fields=["-opened_at", "id"], name="case_newest"),
            models.Index(
                fields=["-updated_at", "id"],
                name="case_changed",
                include=["closed_at", "team", "assignee", "ward", "category", "status"],
            ),
            GistIndex(fields=["point"], name="case_point"),
            GinIndex(fields=["search"], name="case_search"),
            GinIndex(OpClass(F("title"), name="gin_trgm_ops"), name="case_title_trigram"),
        ]

    def __str__(self) -> str:
        return self.reference

    def clock(self, at: datetime) -> rules.Clock:
        """The promise on this case as it stands at a time."""
        return rules.Clock(
            opened_at=self.opened_at,
            due_at=self.due_at,
            paused_at=self.paused_at,
            paused_reason=self.paused_reason,
            closed_at=self.closed_at,
            was_late=self.was_late,
            at=at,
        )

    @property
    def is_open(self) -> bool:
        """Whether the case is not done."""
        return self.closed_at is None


class Entry(models.Model):
    """One line of a case's timeline. Never changed or removed: the database refuses it (redaction excepted).

    `kind` is what happened (`received`, `routed`, `status`, `reply`, `note`, `letter`, `paused`, `resumed`, `passed`,
    `assigned`,
    `category`, `missed`, `joined`, `update`, `resolved`, `reopened`, `contact`, `task`, `undone`, `redacted`); `text`
    is in the words of
    whoever wrote it, with `text_cy` where there is a Welsh one; `data` has what a machine needs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    actor = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT)
    is_public = models.BooleanField(default=False)
    status = models.TextField(choices=Status.choices, blank=True)
    text = models.TextField(blank=True)
    text_cy = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    case_id: UUID
    actor_id: UUID | None

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="entries_of_a_case_are_numbered")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Task(models.Model):
    """A person's step in a case. One that `is_asked` by a process is finished with what came of it, not ticked.

    One that `is_shared` goes to whoever of its team is on shift, has all its `skills` (codes, in order) and least to
    do; `given_why` says why it was they, and `weight` how much work it counts as.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    title = models.TextField()
    title_cy = models.TextField(blank=True)
    team = models.ForeignKey("identity.Team", null=True, on_delete=models.PROTECT)
    skills: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    is_shared = models.BooleanField(default=False)
    weight = models.SmallIntegerField(default=1)
    assignee = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT)
    due_on = models.DateField(null=True)
    is_asked = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("identity.Person", null=True, on_delete=models.PROTECT, related_name="done_tasks")
    created_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_why = models.TextField(blank=True)
    given_why_cy = models.TextField(blank=True)

    case_id: UUID
    team_id: UUID | None
    assignee_id: UUID | None

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="what_is_given_is_somebodys", condition=Q(given_at__isnull=True) | Q(assignee__isnull=False)
            ),
            models.CheckConstraint(name="a_task_is_some_work", condition=Q(weight__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["team", "skills", "due_on", "created_at", "id"],
                name="task_waiting",
                condition=Q(is_shared=True, done_at__isnull=True, assignee__isnull=True),
            ),
            models.Index(
                fields=["assignee", "due_on", "id"],
                name="task_of_person",
                condition=Q(done_at__isnull=True, assignee__isnull=False),
                include=["weight", "is_shared"],
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"

    def name(self, language: str) -> str:
        """What it is called."""
        return (self.title_cy if language == "cy" else "") or self.title

    def why(self, language: str) -> str:
        """Why it was given to whoever has it."""
        return (self.given_why_cy if language == "cy" else "") or self.given_why


class Routing(models.Model):
    """A routing rule as data: where all of its conditions hold, the case goes to its team. First match by order wins.

    Empty lists mean any. `words` are looked for in the case's text. Changing a rule makes a new version; a case keeps a
    copy of the one that sent it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.IntegerField()
    name = models.TextField()
    categories = models.JSONField(default=list)
    wards = models.JSONField(default=list)
    words = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    team = models.ForeignKey("identity.Team", on_delete=models.PROTECT)
    reason = models.TextField()
    reason_cy = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)

    team_id: UUID

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class SavedList(models.Model):
    """A filter that one person saved under a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.CASCADE, db_index=False)
    name = models.TextField()
    query = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_lists_have_different_names")]

    def __str__(self) -> str:
        return self.name
