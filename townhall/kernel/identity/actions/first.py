"""The first administrator of a new installation, made by whoever runs the server."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions.staff import add_colleague, change_person, give_role, save_organisation, save_team
from townhall.kernel.identity.models import Membership, Organisation, Person, Role, Team

TEAM = "administrators"


class NoAddress(ValueError):
    """That is no e-mail address."""


def make_administrator(*, name: str, email: str, at: datetime) -> Membership:
    """Somebody who may set everything up, in a team of the council's own; made where missing, left as it is where not.

    A resident or colleague with that proved address gets the role; one who had left is back. Raises NoAddress.
    """
    address = rules.tidy_email(email)
    if not address:
        raise NoAddress(email)
    with transaction.atomic():
        team = _team(at)
        person = selectors.colleague_with_email(address) or selectors.proved_owner(rules.Contact("email", address))
        if person is None:
            person = add_colleague(name=name, email=address, team=team, role=Role.ADMINISTRATOR, by=None, at=at)
        return _placed(person, team, name=name, at=at)


def _placed(person: Person, team: Team, *, name: str, at: datetime) -> Membership:
    """The person's place as administrator, given where they have none."""
    if not person.is_active or not person.name:
        person.is_active, person.name = True, person.name or name
        change_person(person, by=None, at=at)
    known = Membership.objects.filter(person=person, role=Role.ADMINISTRATOR, team__is_active=True).first()
    return known or give_role(person=person, team=team, role=Role.ADMINISTRATOR, by=None, at=at)


def _team(at: datetime) -> Team:
    """The administrators' team, made in the council's own organisation where it is missing."""
    if team := Team.objects.filter(code=TEAM).first():
        return team
    ours = Organisation.objects.filter(kind=Organisation.Kind.COUNCIL).order_by("id").first()
    if ours is None:
        ours = save_organisation(Organisation(name=authority.ours().name), by=None, at=at)
    team = Team(organisation=ours, code=TEAM, name="Administrators", name_cy="Gweinyddwyr")
    return save_team(team, by=None, at=at)
