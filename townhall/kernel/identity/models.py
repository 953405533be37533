"""Who people are to the council: residents and staff, their teams and roles."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from townhall.kernel.modules.keys import uuid7

if TYPE_CHECKING:
    from django.db.models import Manager


class Role(models.TextChoices):
    """What a member of a team may do; `permissions` says what each means."""

    OFFICER = "officer", _("Officer")
    CALL_HANDLER = "call_handler", _("Call Handler")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER = "partner", _("Partner")


class PeopleQuerySet(models.QuerySet["Person"]):
    """Sets of people."""

    def staff(self) -> "PeopleQuerySet":
        """People who are in a team."""
        return self.filter(membership__isnull=False).distinct()

    def residents(self) -> "PeopleQuerySet":
        """People who are in no team."""
        return self.filter(membership__isnull=True)


class People(BaseUserManager["Person"]):
    """Makes people, and finds them by the address they sign in with."""

    def get_queryset(self) -> PeopleQuerySet:
        """All people."""
        return PeopleQuerySet(self.model, using=self._db)

    def staff(self) -> PeopleQuerySet:
        """People who are in a team."""
        return self.get_queryset().staff()

    def residents(self) -> PeopleQuerySet:
        """People who are in no team."""
        return self.get_queryset().residents()

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person who signs in with this e-mail address, in any case: whoever proved it before whoever only gave it.

        Raises Person.DoesNotExist.
        """
        first = (
            self.filter(email__iexact=username)
            .order_by(F("email_verified_at").asc(nulls_last=True), "created_at")
            .first()
        )
        if first is None:
            raise self.model.DoesNotExist
        return first

    def create_person(self, *, email: str | None = None, password: str | None = None, **fields: Any) -> "Person":
        """A new person; without a password they sign in by code, passkey or provider."""
        person = self.unsaved(email=email, password=password, **fields)
        person.save(using=self._db)
        return person

    def unsaved(self, *, email: str | None = None, password: str | None = None, **fields: Any) -> "Person":
        """A person as `create_person` makes them, not saved yet."""
        person = self.model(email=self.normalize_email(email) if email else None, **fields)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        return person


class Person(AbstractBaseUser):
    """A human the council deals with, signed in or not. Modules that need more have a table of their own, one-to-one.

    `phone` is in international form (+447700900142). `email` and `phone` count as proved only when their `_verified_at`
    is set: until then nothing of the person's is shown to whoever types them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField(blank=True)
    email = models.EmailField(null=True, blank=True, max_length=254)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    phone = models.TextField(null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    uprn = models.BigIntegerField(null=True, blank=True)
    year_of_birth = models.SmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("cy", "Cymraeg")])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()  # pyright: ignore[reportIncompatibleVariableOverride]
    membership_set: "Manager[Membership]"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="verified_email_is_one_persons",
                condition=models.Q(email_verified_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                name="verified_phone_is_one_persons",
                condition=models.Q(phone_verified_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_email"),
            models.Index(fields=["postcode"], name="person_postcode"),
            models.Index(fields=["phone"], name="person_phone"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def get_full_name(self) -> str:
        """The person's name, or nothing."""
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:])).upper() if words else "?"

    @cached_property
    def memberships(self) -> list["Membership"]:
        """The person's places in teams, read once."""
        return list(self.membership_set.select_related("team__organisation"))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles the person has in any team."""
        return frozenset(membership.role for membership in self.memberships)

    @cached_property
    def team_ids(self) -> frozenset[UUID]:
        """The teams the person is in."""
        return frozenset(membership.team_id for membership in self.memberships)

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the council: in a team, and not only as a partner."""
        return bool(self.roles - {Role.PARTNER})

    @property
    def is_partner(self) -> bool:
        """Whether the person works for another organisation that some cases are with."""
        return self.roles == {Role.PARTNER}


class Organisation(models.Model):
    """The council itself, or a partner or contractor whose people work on some cases."""

    class Kind(models.TextChoices):
        """What the organisation is to the council."""

        COUNCIL = "council", _("Council")
        PARTNER = "partner", _("Partner")
        CONTRACTOR = "contractor", _("Contractor")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField(unique=True)
    kind = models.TextField(choices=Kind.choices, default=Kind.COUNCIL)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who share a list of work. `code` is its stable short name, as routing rules use it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    code = models.SlugField(unique=True)
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in a team, with one role."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    role = models.TextField(choices=Role.choices, default=Role.OFFICER)

    person_id: UUID
    team_id: UUID
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "team"], name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} in {self.team_id}"


class Code(models.Model):
    """A code that was sent to an address, kept only as a hash. It is good once, for a while, in the browser that asked.

    `address` is an e-mail address, a telephone number in international form, or for post the postcode it went to.
    `browser` is the hash of a secret in the asking session; a posted code has none, and names its person instead.
    """

    class Purpose(models.TextChoices):
        """What the right code lets its holder do."""

        SIGN_IN = "sign_in"
        ADD = "add"
        AGAIN = "again"
        PASSWORD = "password"  # noqa: S105
        POST = "post"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.TextField(choices=Purpose.choices)
    channel = models.TextField()
    address = models.TextField()
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    code_hash = models.CharField(max_length=64)
    browser = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address", "made_at"], name="code_address")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Tally(models.Model):
    """How often something was tried in the current window of time; the table is not logged, so a crash forgets it."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.IntegerField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Change(models.Model):
    """What somebody changed on a set-up page. Never changed or removed: the database refuses it.

    `what` is the kind and name of the thing, as in `team: Street Scene`; `before` and `after` hold the values that
    differ (`before` is empty for something new, `after` for something ended).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    what = models.TextField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="change_newest")]

    def __str__(self) -> str:
        return self.what


class PersonKey(models.Model):
    """A colleague's own key to the API. It may do what its person may, within its scopes, until it ends.

    Only its hash is kept; `start` is its first characters, to tell keys apart.
    """

    class Scope(models.TextChoices):
        """What a key may do."""

        READ = "cases:read", _("Read the cases that I see")
        WORK = "cases:work", _("Work on the cases that I work on")
        SEND = "services:send", _("Send applications for services, and ask how they stand")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    person_id: UUID
    name = models.TextField()
    start = models.CharField(max_length=9)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=120)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
