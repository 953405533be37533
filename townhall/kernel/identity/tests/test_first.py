"""A new installation has nobody: whoever runs the server makes the first administrator."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from townhall.kernel.identity.models import Change, Membership, Organisation, Person, Team
from townhall.kernel.identity.tests.conftest import Sent

pytestmark = pytest.mark.django_db


def administrator(name: str, email: str) -> str:
    """What the command says."""
    said = StringIO()
    call_command("administrator", name, email, stdout=said)
    return said.getvalue()


def test_the_first_administrator_of_an_empty_installation_signs_in_by_code(client: Client, sent: Sent) -> None:
    said = administrator("Nia Rees", "Nia@Council.example")
    assert "/identity/staff/password/" in said
    assert "Nia Rees" in said
    client.post("/identity/staff/password/", {"address": "nia@council.example"})
    assert client.post("/identity/sign-in/code/", {"code": sent.code}).status_code == 302
    answer = client.post("/identity/staff/password/new/", {"password": "four words of mine"})
    assert answer.headers["Location"] == "/identity/security/app/"
    person = Person.objects.get()
    assert (person.roles, person.is_staff) == ({"administrator"}, True)
    assert set(Change.objects.values_list("what", flat=True)) == {
        "organisation: Townhall", "team: Administrators", "person: Nia Rees",
    }  # fmt: skip


def test_running_it_again_changes_nothing(sent: Sent) -> None:
    first = administrator("Nia Rees", "nia@council.example")
    kept = [kind.objects.count() for kind in (Person, Team, Organisation, Membership, Change)]
    assert administrator("Somebody Else", "NIA@council.example") == first
    assert [kind.objects.count() for kind in (Person, Team, Organisation, Membership, Change)] == kept


def test_somebody_who_works_here_becomes_an_administrator_in_the_councils_organisation(council: Any) -> None:
    administrator("x", council.officer.email)
    place = Membership.objects.get(person=council.officer, role="administrator")
    assert place.team.organisation.name == "Northmere Borough Council"
    assert Person.objects.get(pk=council.officer.pk).name == "Dev Patel"


def test_an_administrator_keeps_their_team(council: Any) -> None:
    administrator("x", council.administrator.email)
    assert Membership.objects.filter(person=council.administrator).count() == 1


def test_an_administrator_who_had_left_is_back(council: Any, sent: Sent) -> None:
    administrator("Nia Rees", "nia@council.example")
    Person.objects.filter(name="Nia Rees").update(is_active=False)
    administrator("Nia Rees", "nia@council.example")
    assert Person.objects.get(name="Nia Rees").is_active


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        administrator("Nia Rees", "nia at council")
    assert not Person.objects.exists()
