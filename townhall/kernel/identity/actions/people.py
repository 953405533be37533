"""Who an address belongs to: nobody, until somebody has proved it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.events import AddressProved, PeopleJoined
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox

FIELDS = {"email": "email", "sms": "phone"}


class Taken(Exception):
    """Another person has proved the address already."""


def find_or_make_person(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "en",
    at: datetime,  # noqa: ARG001
    signed_in: Person | None = None,
) -> Person:
    """The person to hold responsible for what was typed on a form.

    Somebody signed in is themselves, whatever they typed. Anyone else becomes an unproved record of their own, even
    where a proved person has that address; the same words typed again find the same record. A proof joins them.
    """
    if signed_in is not None:
        name = " ".join(name.split())
        if name and not signed_in.name:
            signed_in.name = name
            signed_in.save(update_fields=["name"])
        return signed_in
    person = unproved(name=name, email=email, phone=phone, language=language)
    if (person.email or person.phone) and (known := next(iter(Person.objects.raw(SAME, same_as([person]))), None)):
        return known
    person.save(force_insert=True)
    return person


def unproved(*, name: str, email: str, phone: str, language: str) -> Person:
    """A record of what was typed on a form, not saved."""
    return Person.objects.unsaved(
        name=" ".join(name.split()), email=rules.tidy_email(email) or None, phone=rules.tidy_phone(phone) or None,
        language=language,
    )  # fmt: skip


SAME = """
select found.*, given.place
from unnest(%(names)s::text[], %(emails)s::text[], %(phones)s::text[]) with ordinality
    as given (name, email, phone, place)
cross join lateral (
    select * from (
        select * from identity_person where given.email is not null and lower(email) = lower(given.email)
        union all
        select * from identity_person where given.email is null and email is null and phone = given.phone
    ) person
    where upper(name) = upper(given.name) and phone is not distinct from given.phone
        and email_verified_at is null and phone_verified_at is null
        and not exists (select from identity_membership where person_id = person.id)
    order by created_at limit 1
) found
"""
"""The records that were made from the same words before: unproved, and nobody's in a team. `place` counts from 1."""


def same_as(people: Sequence[Person]) -> dict[str, list[str | None]]:
    """The parameters of `SAME` for records as `unproved` gives them."""
    return {
        "names": [person.name for person in people], "emails": [person.email for person in people],
        "phones": [person.phone for person in people],
    }  # fmt: skip


def prove(contact: rules.Contact, *, language: str, at: datetime) -> Person:
    """The person who has just shown that the address is theirs; made where nobody was.

    Records that were made from this address, unproved, are joined to the person by an event. Of the newest, which
    becomes the person where there was none, the name is kept and any other unproved address is dropped: somebody
    else may have typed it.
    """
    with transaction.atomic():
        _one_at_a_time(contact)
        person = selectors.proved_owner(contact) or _staff_owner(contact)
        records = [
            record for record in _made_from(contact).select_for_update().order_by("-created_at") if record != person
        ]
        if person is None:
            person = records.pop(0) if records else Person.objects.create_person(language=language, created_at=at)
            person.email = person.phone = None
        _mark(person, contact, at)
        joined = [PeopleJoined(at=at, from_id=record.pk, person_id=person.pk) for record in records]
        outbox.publish(AddressProved(at=at, person_id=person.pk, channel=contact.channel), *joined)
    return person


def add_address(person: Person, contact: rules.Contact, *, at: datetime) -> None:
    """The person has proved a further address, or another for the old. Raises Taken where it is somebody else's."""
    owner = selectors.proved_owner(contact)
    if owner is not None and owner != person:
        raise Taken
    try:
        with transaction.atomic():
            _mark(person, contact, at)
            joined = [
                PeopleJoined(at=at, from_id=record.pk, person_id=person.pk)
                for record in _made_from(contact)
                if record != person
            ]
            outbox.publish(AddressProved(at=at, person_id=person.pk, channel=contact.channel), *joined)
    except IntegrityError as problem:
        raise Taken from problem


def _unproved() -> QuerySet[Person]:
    return Person.objects.residents().filter(email_verified_at=None, phone_verified_at=None)


def _made_from(contact: rules.Contact) -> QuerySet[Person]:
    lookup = "email__iexact" if contact.channel == "email" else "phone"
    ids = _unproved().filter(**{lookup: contact.address}).values("pk")
    return Person.objects.filter(pk__in=ids)


def _one_at_a_time(contact: rules.Contact) -> None:
    """Wait for any other proof of the same address in this moment, so that one address makes one person."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [contact.address.lower()])


def _staff_owner(contact: rules.Contact) -> Person | None:
    return selectors.colleague_with_email(contact.address) if contact.channel == "email" else None


def _mark(person: Person, contact: rules.Contact, at: datetime) -> None:
    field = FIELDS[contact.channel]
    setattr(person, field, contact.address)
    setattr(person, f"{field}_verified_at", at)
    person.save()
