"""Residents as people the council knows."""

from collections.abc import Sequence
from datetime import datetime

from townhall.demo.loading.keys import PERSON, Keys
from townhall.demo.town.people import Resident
from townhall.kernel.modules.bulk import copy

COLUMNS = (
    "id",
    "password",
    "name",
    "email",
    "email_verified_at",
    "phone",
    "phone_verified_at",
    "address",
    "postcode",
    "uprn",
    "year_of_birth",
    "language",
    "is_active",
    "created_at",
)


def load_people(residents: Sequence[Resident], *, keys: Keys, at: datetime) -> list[str]:
    """Load residents and how they like to be reached; their keys in the same order. Nobody has a password."""
    known = [keys.key(at, number, PERSON) for number in range(len(residents))]
    copy("identity.Person", COLUMNS, (_row(person, key_, at) for person, key_ in zip(residents, known, strict=True)))
    channels = {"email": "email", "text": "sms", "post": "post"}
    rows = (
        (key_, channels[person.channel], False, at)
        for person, key_ in zip(residents, known, strict=True)
        if person.channel != "email"
    )
    copy("notify.Preference", ("person_id", "channel", "large_print", "changed_at"), rows)
    return known


def _row(person: Resident, key_: str, at: datetime) -> tuple[object, ...]:
    phone = "+44" + person.phone.replace(" ", "")[1:] if person.phone else None
    return (
        key_,
        "!",
        person.name,
        person.email,
        at,
        phone,
        at if phone else None,
        person.address,
        person.postcode,
        person.uprn,
        person.year_of_birth,
        person.language,
        True,
        at,
    )
