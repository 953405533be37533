"""Whose an address is: only a proof says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError, ProgrammingError

from townhall.kernel.identity import actions, selectors
from townhall.kernel.identity.actions import people
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.rules import Contact
from townhall.kernel.outbox.models import Event

pytestmark = pytest.mark.django_db
ASHA = Contact("email", "asha@example.org")


def test_a_typed_address_never_reaches_the_person_who_proved_it(council: Any, at: datetime) -> None:
    made = actions.find_or_make_person(name="Asha Begum", email="ASHA@example.org", phone="07700 900142", at=at)
    assert made != council.resident
    assert made.email_verified_at is None
    assert made.phone_verified_at is None


def test_a_typed_address_never_reaches_staff(council: Any, at: datetime) -> None:
    assert actions.find_or_make_person(name="Dev Patel", email="dev@northmere.example", at=at) != council.officer


def test_somebody_signed_in_is_themselves_whatever_they_typed(council: Any, at: datetime) -> None:
    same = actions.find_or_make_person(name="Tom", email="tom@example.org", at=at, signed_in=council.resident)
    assert same == council.resident
    assert same.name == "Asha Begum"


def test_the_same_words_typed_twice_make_one_record(at: datetime, db: None) -> None:
    first = actions.find_or_make_person(name="Ada Lee", email="ada@example.org", phone="", at=at)
    assert actions.find_or_make_person(name=" ada  lee ", email="Ada@example.org", at=at) == first
    assert actions.find_or_make_person(name="Ben Lee", email="ada@example.org", at=at) != first
    assert actions.find_or_make_person(name="Ada Lee", email="ada@example.org", phone="07700 900001", at=at) != first


def test_people_without_any_address_are_never_taken_for_one_another(at: datetime, db: None) -> None:
    assert actions.find_or_make_person(name="Ada Lee", at=at) != actions.find_or_make_person(name="Ada Lee", at=at)


def test_the_first_proof_makes_a_person_of_the_newest_record_and_joins_the_others(at: datetime, db: None) -> None:
    old = actions.find_or_make_person(name="A Lee", email="ada@example.org", at=at)
    new = actions.find_or_make_person(name="Ada Lee", email="ada@example.org", phone="07700 900001", at=at)
    person = actions.prove(Contact("email", "ada@example.org"), language="en", at=at)
    assert person == new
    assert person.name == "Ada Lee"
    assert person.phone is None, "somebody else may have typed that number"
    joined = Event.objects.filter(kind="identity.people_joined.v1").values_list("payload", flat=True)
    assert list(joined) == [{"from_id": str(old.pk), "person_id": str(person.pk)}]


def test_a_proof_of_a_known_address_is_the_person_who_proved_it_before(council: Any, at: datetime) -> None:
    stray = actions.find_or_make_person(name="Asha", email="asha@example.org", at=at)
    assert actions.prove(ASHA, language="en", at=at) == council.resident
    assert Event.objects.get(kind="identity.people_joined.v1").payload["from_id"] == str(stray.pk)


def test_a_proved_number_does_not_open_a_record_that_somebody_proved_by_email(council: Any, at: datetime) -> None:
    council.neighbour.phone = "+447700900999"
    council.neighbour.save()
    assert actions.prove(Contact("sms", "+447700900999"), language="en", at=at) != council.neighbour


def test_an_address_can_be_proved_by_one_person_only(council: Any, at: datetime) -> None:
    with pytest.raises(people.Taken):
        people.add_address(council.neighbour, ASHA, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=council.neighbour.pk).update(email="ASHA@example.org")


def test_people_are_found_by_name_with_typing_errors_number_postcode_and_email(council: Any) -> None:
    Person.objects.filter(pk=council.resident.pk).update(postcode="NM2 6RD", name="Siân Ó Begum")
    for typed in ("Sian Begum", "begun sian", "begum", "07700 900 142", "nm26rd", "asha@exam"):
        assert council.resident in selectors.search_people(typed), typed
    assert selectors.search_people("a") == []
    assert selectors.search_people("Dev Patel") == [], "staff are not in the front desk's search"


def test_a_search_of_many_people_is_answered_by_an_index(council: Any) -> None:
    Person.objects.bulk_create(Person(name=f"Person {number} Example", password="!") for number in range(3000))
    with connection.cursor() as cursor:
        cursor.execute("analyze identity_person; set local enable_seqscan = off")
        cursor.execute("explain select * from identity_person where identity_plain(name) %> identity_plain('begum')")
        assert "person_name_trigram" in "\n".join(row[0] for row in cursor.fetchall())


def test_a_change_is_kept_as_the_values_that_differ(council: Any, at: datetime) -> None:
    kept = actions.note_change(
        council.administrator, "team: Parks", {"name": "Parks", "code": "p"}, {"name": "Green", "code": "p"}, at
    )
    assert kept is not None
    assert (kept.before, kept.after) == ({"name": "Parks"}, {"name": "Green"})
    assert actions.note_change(council.administrator, "team: Parks", {"name": "Parks"}, {"name": "Parks"}, at) is None


@pytest.mark.parametrize("statement", ["update identity_change set what = 'x'", "delete from identity_change"])
def test_the_database_refuses_to_rewrite_the_list_of_changes(council: Any, at: datetime, statement: str) -> None:
    actions.note_change(council.administrator, "team: Parks", {}, {"name": "Parks"}, at)
    with (
        pytest.raises((InternalError, ProgrammingError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_attempts_are_counted_within_their_window_and_forgotten_after_it(at: datetime, db: None) -> None:
    tries = [actions.within_limit("Door of Asha", 3, seconds=60, at=at) for _ in range(5)]
    assert tries == [True, True, True, False, False]
    assert actions.within_limit("another door", 3, seconds=60, at=at)
    assert actions.within_limit("door of asha", 3, seconds=60, at=at + timedelta(seconds=61))
