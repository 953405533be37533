"""What a case holds about its reporter is found, what it holds about others is not, and in time it is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from townhall.kernel.cases import actions, holdings
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.tests import factories
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.rules import Contact
from townhall.kernel.privacy.actions import forget_what_is_old

pytestmark = pytest.mark.django_db


def words(person: Any) -> str:
    """All values of the person's records."""
    return str([record.values for record in holdings.find_cases(person)])


def test_all_that_was_said_on_ones_own_case_is_found_but_not_the_words_of_others(council: Any, at: datetime) -> None:
    mine, theirs = factories.case(reporter=council.resident), factories.case(reporter=council.neighbour)
    actions.add_note(case_id=mine.pk, text="a note about Asha", by=council.officer, at=at)
    actions.add_update(case_id=mine.pk, says="still_there", text="Tom saw it too", by=council.neighbour, at=at)
    actions.add_update(case_id=theirs.pk, says="update", text="Asha saw it too", by=council.resident, at=at)
    actions.add_note(case_id=theirs.pk, text="a note about Tom", by=council.officer, at=at)
    found = words(council.resident)
    assert mine.reference in found
    assert "a note about Asha" in found
    assert "Asha saw it too" in found
    assert "Tom" not in found
    assert theirs.reference not in found


def test_after_seven_years_the_case_stays_without_its_person(council: Any, at: datetime) -> None:
    case = factories.case(reporter=council.resident)
    actions.add_note(case_id=case.pk, text="a note about Asha", by=council.officer, at=at)
    actions.resolve(case_id=case.pk, outcome="fixed", text="Asha's street is clean", by=council.officer, at=at)
    forget_what_is_old(at=at + timedelta(days=2500))
    assert Case.objects.get(pk=case.pk).reporter == council.resident
    forget_what_is_old(at=at + timedelta(days=2600))
    kept = Case.objects.get(pk=case.pk)
    assert kept.reporter is None
    assert kept.title == case.title
    assert "Asha" not in str(list(Entry.objects.filter(case=case).values_list("text", flat=True)))
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.filter(case=case).update(text="x")


def test_the_cases_of_a_typed_address_come_to_whoever_proves_it(
    council: Any, at: datetime, relay: Callable[[], Any]
) -> None:
    stray = identity.find_or_make_person(name="Asha", email="asha@example.org", at=at)
    case = factories.case(reporter=stray)
    identity.prove(Contact("email", "asha@example.org"), language="en", at=at)
    relay()
    assert Case.objects.get(pk=case.pk).reporter == council.resident


def test_what_a_typed_record_said_is_said_by_whoever_proves_it_and_nothing_else_moves(
    council: Any, at: datetime, relay: Callable[[], Any]
) -> None:
    stray = identity.find_or_make_person(name="Asha", email="asha@example.org", at=at)
    case = factories.case(reporter=stray)
    said = actions.add_update(case_id=case.pk, says="still_there", text="still here", by=stray, at=at)
    rang = actions.log_contact(case_id=case.pk, text="rang", by=council.officer, at=at, data={"caller": str(stray.pk)})
    identity.prove(Contact("email", "asha@example.org"), language="en", at=at)
    relay()
    moved = Entry.objects.get(pk=said.pk)
    assert moved.actor == council.resident
    assert (moved.text, moved.at, moved.number, moved.data) == (said.text, said.at, said.number, said.data)
    assert Entry.objects.get(pk=rang.pk).data == {**rang.data, "caller": str(council.resident.pk)}
    found = words(council.resident)
    assert "still here" in found
    assert "rang" in found


def test_while_records_are_joined_the_database_still_refuses_other_changes(council: Any, at: datetime) -> None:
    case = factories.case()
    entry = actions.add_note(case_id=case.pk, text="as it was", by=council.officer, at=at)
    with connection.cursor() as cursor:
        cursor.execute("set local townhall.joining = 'on'")
    for change in ({"text": "x"}, {"data": {"a": 1}}, {"actor": council.manager, "number": 9}):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**change)


def unproved(name: str, at: datetime) -> Any:
    """A person who typed an address and never proved it."""
    person = identity.find_or_make_person(name=name, email=f"{name.lower()}@example.net", at=at)
    Person.objects.filter(pk=person.pk).update(created_at=at)
    return person


def test_an_unproved_person_is_forgotten_two_years_after_their_last_matter(council: Any, at: datetime) -> None:
    bare, busy, done = unproved("Bare", at), unproved("Busy", at), unproved("Done", at)
    factories.case(reporter=busy)
    finished = factories.case(reporter=done)
    actions.resolve(case_id=finished.pk, outcome="fixed", by=council.officer, at=at + timedelta(days=100))
    forget_what_is_old(at=at + timedelta(days=729))
    assert Person.objects.filter(name__in=("Bare", "Busy", "Done")).count() == 3
    forget_what_is_old(at=at + timedelta(days=731))
    assert not Person.objects.filter(pk=bare.pk).exists()
    assert Person.objects.get(pk=done.pk).name == "Done"
    forget_what_is_old(at=at + timedelta(days=831))
    emptied = Person.objects.get(pk=done.pk)
    assert (emptied.name, emptied.email, emptied.phone) == ("", None, None)
    assert Case.objects.get(pk=finished.pk).reporter == done, "the case stays as it was, of somebody without a name"
    assert Person.objects.get(pk=busy.pk).name == "Busy", "an open matter keeps its person"


def test_proved_people_and_staff_are_not_forgotten_with_the_unproved(council: Any, at: datetime) -> None:
    Person.objects.update(created_at=at)
    Person.objects.filter(pk=council.officer.pk).update(email_verified_at=None)
    before = set(Person.objects.values_list("pk", "name", "email"))
    forget_what_is_old(at=at + timedelta(days=5000))
    assert set(Person.objects.values_list("pk", "name", "email")) == before
