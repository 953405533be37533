"""Who works here: organisations, teams, people and their roles. Each change is kept in the list of changes."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions.changes import note_change
from townhall.kernel.identity.actions.signing_in import end_sessions
from townhall.kernel.identity.models import Membership, Organisation, Person, Role, Team

ORGANISATION_FIELDS = ("name", "kind")
TEAM_FIELDS = ("name", "name_cy", "code", "email", "telephone", "is_active")
PERSON_FIELDS = ("name", "email", "phone", "language", "is_active")


class LastAdministrator(Exception):
    """Without this person nobody could set anything up."""


class AlreadyHere(Exception):
    """Somebody who works here, or a resident who has proved it, has that e-mail address."""


def save_organisation(organisation: Organisation, *, by: Person | None, at: datetime) -> Organisation:
    """Keep a new or changed organisation."""
    return _save(organisation, "organisation", ORGANISATION_FIELDS, by, at)


def save_team(team: Team, *, by: Person | None, at: datetime) -> Team:
    """Keep a new, changed or ended team."""
    return _save(team, "team", TEAM_FIELDS, by, at)


def add_colleague(*, name: str, email: str, team: Team, role: str, by: Person | None, at: datetime) -> Person:
    """Let somebody work here, who then sets a password by a code sent to that address. Raises AlreadyHere."""
    address = rules.tidy_email(email)
    if selectors.colleague_with_email(address) or selectors.proved_owner(rules.Contact("email", address)):
        raise AlreadyHere
    with transaction.atomic():
        person = Person.objects.create_person(name=name, email=address, email_verified_at=at)
        note_change(by, f"person: {name}", {}, _values(person, PERSON_FIELDS), at)
        give_role(person=person, team=team, role=role, by=by, at=at)
    return person


def change_person(person: Person, *, by: Person | None, at: datetime) -> Person:
    """Keep a colleague's changed details. Another e-mail address ends their sessions. Raises AlreadyHere."""
    before = Person.objects.get(pk=person.pk)
    moved = (before.email or "").lower() != (person.email or "").lower()
    if moved and person.email:
        owner = selectors.proved_owner(rules.Contact("email", person.email))
        if selectors.colleague_with_email(person.email) or (owner and owner != person):
            raise AlreadyHere
        person.email_verified_at = at
    if before.phone != person.phone:
        person.phone_verified_at = None
    with transaction.atomic():
        _save(person, "person", PERSON_FIELDS, by, at)
        if moved:
            end_sessions(person)
    return person


def give_role(*, person: Person, team: Team, role: str, by: Person | None, at: datetime) -> Membership:
    """Put a person in a team, or give them another role in it.

    They sign in again, so that nobody works here on the strength of a resident's code. Raises LastAdministrator.
    """
    with transaction.atomic():
        was = Membership.objects.filter(person=person, team=team).first()
        if was and was.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
            _must_leave_another(person, but=team)
        membership, _made = Membership.objects.update_or_create(person=person, team=team, defaults={"role": role})
        _note_role(person, team, was=was.role if was else "", role=role, by=by, at=at)
        end_sessions(person)
    return membership


def take_role(*, person: Person, team: Team, by: Person | None, at: datetime) -> None:
    """Take a person out of a team. Raises LastAdministrator."""
    with transaction.atomic():
        was = Membership.objects.filter(person=person, team=team).first()
        if was is None:
            return
        if was.role == Role.ADMINISTRATOR:
            _must_leave_another(person, but=team)
        was.delete()
        _note_role(person, team, was=was.role, role="", by=by, at=at)
        end_sessions(person)


def end_colleague(*, person: Person, by: Person | None, at: datetime) -> None:
    """Somebody has left: they cannot sign in, their sessions end, and their passkeys, app and password are gone.

    Their name stays on what they did. Raises LastAdministrator.
    """
    with transaction.atomic():
        if Role.ADMINISTRATOR in person.roles:
            _must_leave_another(person)
        person.is_active = False
        person.set_unusable_password()
        _save(person, "person", PERSON_FIELDS, by, at)
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)


def forget_factors(*, person: Person, by: Person | None, at: datetime) -> None:
    """Somebody has lost their telephone: the second step ends, and is set up again after the next password."""
    with transaction.atomic():
        kinds = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
        Authenticator.objects.filter(user=person).delete()
        note_change(by, f"person: {person.name}", {"second step": kinds}, {"second step": []}, at)
        end_sessions(person)


def _must_leave_another(person: Person, but: Team | None = None) -> None:
    """Raise LastAdministrator unless somebody remains an administrator without this person (in the team `but`)."""
    rest = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    left = rest.exclude(person=person, team=but) if but else rest.exclude(person=person)
    if not list(left):
        raise LastAdministrator


def _save(row: Any, kind: str, fields: tuple[str, ...], by: Person | None, at: datetime) -> Any:
    with transaction.atomic():
        old = type(row).objects.filter(pk=row.pk).first()
        row.save()
        note_change(by, f"{kind}: {row.name}", _values(old, fields) if old else {}, _values(row, fields), at)
    return row


def _values(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


def _note_role(person: Person, team: Team, *, was: str, role: str, by: Person | None, at: datetime) -> None:
    key = f"role in {team.name}"
    note_change(by, f"person: {person.name}", {key: was} if was else {}, {key: role} if role else {}, at)
