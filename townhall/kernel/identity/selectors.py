"""Finding people, teams and changes."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.http import HttpRequest

from townhall.kernel.identity import rules
from townhall.kernel.identity.models import PeopleQuerySet, Person, Team


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider of the council's staff."""

    issuer: str
    client_id: str
    secret: str
    name: str


def provider() -> Provider | None:
    """The provider that the settings name, or None."""
    parts = settings.TOWNHALL_OIDC.split("|") if settings.TOWNHALL_OIDC else []
    return Provider(*parts) if len(parts) == 4 else None


def proved_owner(contact: rules.Contact) -> Person | None:
    """The person who has proved that the address is theirs, or None."""
    if contact.channel == "email":
        return Person.objects.annotate(plain=Lower("email")).filter(
            plain=contact.address.lower(), email_verified_at__isnull=False
        ).first()  # fmt: skip
    return Person.objects.filter(phone=contact.address, phone_verified_at__isnull=False).first()


def colleague_with_email(email: str) -> Person | None:
    """The active member of staff, or partner, with this e-mail address; None where nobody or more than one has it."""
    found = Person.objects.staff().filter(email__iexact=email, is_active=True)[:2]
    return found[0] if len(found) == 1 else None


def search_people(text: str, limit: int = 10) -> list[Person]:
    """Residents by name (typing errors allowed), telephone, postcode or e-mail address, the likeliest first.

    For the front desk: whoever calls must hold the permission `identity.see_person`.
    """
    typed = text.strip()
    if len(typed) < 2:
        return []
    people = Person.objects.residents()
    if "@" in typed:
        return list(
            people.annotate(plain=Lower("email")).filter(plain__startswith=typed.lower()).order_by("plain")[:limit]
        )
    if number := rules.tidy_phone(typed):
        return list(people.filter(phone=number).order_by("name", "id")[:limit])
    if postcode := rules.tidy_postcode(typed):
        return list(people.filter(postcode=postcode).order_by("name", "id")[:limit])
    return list(_by_name(people, typed)[:limit])


def teams() -> list[Team]:
    """Teams in use, by name."""
    return list(Team.objects.filter(is_active=True).select_related("organisation"))


def colleagues(team: Team) -> list[Person]:
    """The active people of a team, by name."""
    return list(Person.objects.filter(membership__team=team, is_active=True).order_by("name", "id"))


def people_with(*roles: str) -> list[Person]:
    """The active people who have one of the roles in any team, by name."""
    found = Person.objects.filter(membership__role__in=roles, is_active=True)
    return list(found.distinct().order_by("name", "id"))


def factors(person: Person) -> list[Authenticator]:
    """The person's passkeys and authenticator app; recovery codes are not a factor by themselves."""
    return list(Authenticator.objects.filter(user=person).exclude(type="recovery_codes").order_by("created_at"))


def recovery_codes(person: Person) -> Authenticator | None:
    """The person's recovery codes, or None."""
    return Authenticator.objects.filter(user=person, type="recovery_codes").first()


@dataclass(frozen=True)
class OpenSession:
    """A place where a person is signed in."""

    session: UserSession
    is_current: bool

    @property
    def device(self) -> str:
        """What the browser and its machine are called, as far as they say."""
        return rules.device(self.session.user_agent)


def open_sessions(request: HttpRequest) -> list[OpenSession]:
    """Where the person is signed in, this browser first; sessions that have run out are forgotten."""
    sessions = [each for each in UserSession.objects.filter(user_id=request.user.pk) if not each.purge()]
    here = request.session.session_key
    listed = [OpenSession(session, session.session_key == here) for session in sessions]
    return sorted(listed, key=lambda each: (not each.is_current, -each.session.last_seen_at.timestamp()))


def _by_name(people: PeopleQuerySet, typed: str) -> PeopleQuerySet:
    plain = Func(Value(typed), function="identity_plain", output_field=TextField())
    name = Func(F("name"), function="identity_plain", output_field=TextField())
    near = Func(plain, name, function="word_similarity")
    named = people.annotate(plain_name=name, nearness=near)
    return named.filter(Q(plain_name__trigram_word_similar=plain)).order_by("-nearness", "name", "id")
